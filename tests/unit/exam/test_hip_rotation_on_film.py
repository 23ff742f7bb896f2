"""The seated test on the bundled films, with the real engine, against what was rendered."""

from __future__ import annotations

import numpy as np
import pytest

from primemover.exam.hip_rotation import examine_hip_rotation
from primemover.model.measure import Measure, Status
from primemover.model.session import ClipKind
from primemover.model.view import TaskName
from tests.unit.exam.rendered import examined, true_deg

pytestmark = [pytest.mark.weights, pytest.mark.slow]

CASES = [
    (mode, kind, side)
    for mode, kind in (
        ("active", ClipKind.HIP_ROTATION_ACTIVE),
        ("passive", ClipKind.HIP_ROTATION_PASSIVE),
    )
    for side in ("left", "right")
]


def measured(mode: str, kind: ClipKind, side: str) -> Measure:
    trial = examined(f"hip_rotation_front_{mode}", kind)
    return trial.measures[f"hip_rotation_{mode}_{side}"]


@pytest.mark.parametrize(("mode", "kind", "side"), CASES)
def test_internal_rotation_is_within_4_deg_of_the_truth(
    mode: str, kind: ClipKind, side: str
) -> None:
    measure = measured(mode, kind, side)
    true = true_deg(f"hip_rotation_front_{mode}", f"hip_rotation_{side}", side)
    assert measure.status is Status.MEASURED
    assert np.rad2deg(measure.value) == pytest.approx(true, abs=4.0)
    assert abs(np.rad2deg(measure.value) - true) < 2.0 * np.rad2deg(measure.se)


@pytest.mark.parametrize(("mode", "kind"), [(case[0], case[1]) for case in CASES[::2]])
def test_every_repetition_is_found_where_it_was_held(mode: str, kind: ClipKind) -> None:
    trial = examined(f"hip_rotation_front_{mode}", kind)
    assert len(trial.holds) == 6
    assert [next(iter(hold.measures)).rsplit("_", 1)[1] for hold in trial.holds] == (
        ["left"] * 3 + ["right"] * 3
    )
    assert trial.task is not None
    assert trial.task.looks_like is TaskName.HIP_ROTATION


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_gap_between_passive_and_active_is_the_posed_one(side: str) -> None:
    gap = np.rad2deg(
        measured("passive", ClipKind.HIP_ROTATION_PASSIVE, side).value
        - measured("active", ClipKind.HIP_ROTATION_ACTIVE, side).value
    )
    posed = [
        true_deg(f"hip_rotation_front_{mode}", f"hip_rotation_{side}", side)
        for mode in ("passive", "active")
    ]
    assert gap == pytest.approx(posed[0] - posed[1], abs=3.0)


def test_a_forward_bend_fed_in_is_refused() -> None:
    film = examined("forward_bend_side", ClipKind.FORWARD_BEND).film
    assert film is not None
    trial = examine_hip_rotation(film.recording, film.pose.raw, mode="active")
    assert trial.task is not None
    assert trial.task.looks_like is TaskName.OTHER
    assert all(one.status is Status.NOT_MEASURED for one in trial.measures.values())
