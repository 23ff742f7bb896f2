"""The forward bend on the bundled film, with the real engine, against what was rendered."""

from __future__ import annotations

import numpy as np
import pytest

from primemover.exam.forward_bend import examine_forward_bend
from primemover.model.measure import Measure, Status
from primemover.model.session import ClipKind
from primemover.model.trial import Trial
from primemover.model.view import TaskName
from tests.unit.exam.rendered import examined, true_deg, true_fingertip_m, truth

pytestmark = [pytest.mark.weights, pytest.mark.slow]

NAME = "forward_bend_side"
ANGLES = {
    "bend_pelvis_rotation": "pelvis_inclination",
    "bend_lumbar_excursion": "lumbar_flexion",
    "bend_thoracic_excursion": "thoracic_flexion",
    "bend_hip_flexion": "hip_flexion",
    "bend_knee_flexion": "knee_flexion",
}


def trial() -> Trial:
    return examined(NAME, ClipKind.FORWARD_BEND)


def inside_interval(measure: Measure, true: float) -> bool:
    return abs(measure.value - true) <= 1.96 * measure.se


@pytest.mark.parametrize("measure_id", ANGLES)
def test_each_angle_is_within_its_stated_interval(measure_id: str) -> None:
    measure = trial().measures[measure_id]
    assert measure.status is Status.MEASURED
    assert inside_interval(measure, float(np.deg2rad(true_deg(NAME, ANGLES[measure_id]))))
    assert measure.se < np.deg2rad(15.0)


def test_the_lumbar_share_is_within_its_stated_interval() -> None:
    lumbar, pelvis = (
        true_deg(NAME, ANGLES[f"bend_{part}"]) for part in ("lumbar_excursion", "pelvis_rotation")
    )
    share = trial().measures["bend_lumbar_share"]
    assert inside_interval(share, lumbar / (lumbar + pelvis))
    assert share.se < 0.15


def test_the_fingertips_are_where_the_rendered_hands_are() -> None:
    measure = trial().measures["fingertip_to_floor"]
    assert inside_interval(measure, true_fingertip_m())
    assert measure.se < 0.10


def test_three_bends_are_found_where_they_were_made() -> None:
    repetitions = trial().repetitions
    assert len(repetitions) == 3
    for found, true in zip(repetitions, truth(NAME)["repetitions"], strict=True):
        assert true["hold_start_s"] - 0.3 <= found.bottom_s <= true["hold_end_s"] + 0.3
        assert found.start_s == pytest.approx(true["start_s"], abs=0.6)
        assert found.end_s == pytest.approx(true["end_s"], abs=0.6)
    guess = trial().task
    assert guess is not None
    assert guess.looks_like is TaskName.FORWARD_BEND


def test_a_deadlift_fed_in_is_named_and_refused() -> None:
    lift = examined("deadlift_side", ClipKind.FORWARD_BEND)
    assert lift.task is not None
    assert lift.task.looks_like is TaskName.DEADLIFT
    assert all(one.status is Status.NOT_MEASURED for one in lift.measures.values())


def test_a_seated_person_fed_in_is_refused() -> None:
    film = examined("hip_rotation_front_active", ClipKind.HIP_ROTATION_ACTIVE).film
    assert film is not None
    seated = examine_forward_bend(film.recording, film.pose.raw, person_height_m=1.78)
    assert all(one.status is Status.NOT_MEASURED for one in seated.measures.values())
