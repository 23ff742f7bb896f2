"""What a repetition's measures say when the back could not be read, and why."""

from dataclasses import replace

import numpy as np
import pytest

from primemover.exam.lift_curves import bar_series, heights
from primemover.exam.lift_measures import (
    HIDDEN,
    NO_LOAD,
    NO_ZERO,
    TOO_OBLIQUE,
    LiftCurves,
    measure_repetition,
)
from primemover.kinematics.sagittal import sagittal_series
from primemover.model.loadtrack import LoadKind
from primemover.model.measure import Measure
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.pose.clean import clean
from tests.unit.pose.test_clean import bent, standing_track

BOTTOM_S, LOCKOUT_S = 2.0, 3.0
ONE = Repetition(
    start_s=1.6,
    bottom_s=BOTTOM_S,
    lift_off_s=BOTTOM_S,
    knee_pass_s=np.nan,
    lockout_s=LOCKOUT_S,
    end_s=3.9,
)


def curves(*, has_zero: bool, back_why: str = HIDDEN) -> LiftCurves:
    pose = clean(bent(standing_track(), 40, 80))
    angles = sagittal_series(pose, None, zero_s=None, yaw_rad=0.0)
    return LiftCurves(
        pose=pose,
        body=heights(pose),
        angles=angles,
        tangents=angles,
        bar=bar_series(pose, None),
        has_zero=has_zero,
        back_why=back_why,
    )


@pytest.mark.parametrize(
    ("has_zero", "back_why", "said"),
    [(False, HIDDEN, NO_ZERO), (True, HIDDEN, HIDDEN), (False, TOO_OBLIQUE, TOO_OBLIQUE)],
)
def test_a_missing_lumbar_angle_says_the_true_reason(
    has_zero: bool,  # noqa: FBT001 - a table of cases
    back_why: str,
    said: str,
) -> None:
    lumbar = measure_repetition(curves(has_zero=has_zero, back_why=back_why), ONE).measures[
        "lumbar_flexion_bottom"
    ]
    assert not lumbar.is_known
    assert lumbar.why == said


def test_the_trunk_of_the_drawn_person_is_read_where_it_was_drawn() -> None:
    """Hip (150, 290), shoulder (270, 260): atan2(120, 30) from the vertical."""
    trunk = measure_repetition(curves(has_zero=False), ONE).measures["trunk_inclination_bottom"]
    assert np.rad2deg(trunk.value) == pytest.approx(np.rad2deg(np.arctan2(120, 30)), abs=0.5)


def test_without_a_load_the_bar_is_not_measured() -> None:
    measures = measure_repetition(curves(has_zero=False), ONE).measures
    assert not any(measures[name].is_known for name in ("bar_drift", "bar_speed_peak"))


def test_a_repetition_never_seen_to_lock_out_measures_no_share() -> None:
    never = replace(ONE, lockout_s=np.nan)
    measures = measure_repetition(curves(has_zero=False), never).measures
    assert not measures["trunk_rise_share_hips"].is_known
    assert not measures["hip_rise_ratio"].is_known


def rising(*, shake_m: float) -> dict[str, Series]:
    """Return a load that rises 0.6 m, fastest in the middle, at 1.2 m/s; with shaking hands."""
    pose = curves(has_zero=False).pose
    time_s = pose.raw.time_s
    done = np.clip((time_s - ONE.lift_off_s) / (ONE.lockout_s - ONE.lift_off_s), 0.0, 1.0)
    span_s = ONE.lockout_s - ONE.lift_off_s
    height = 0.6 * span_s * (done - np.sin(2 * np.pi * done) / (2 * np.pi))
    shake = shake_m * np.random.default_rng(1).standard_normal(time_s.size)
    se = np.full(time_s.size, 0.01)
    at = {"bar_x": np.zeros(time_s.size), "bar_y": height + shake}
    return {
        name: Series(id=name, unit="m", time_s=time_s, value=value, se=se)
        for name, value in at.items()
    }


def peak_speed(load: LoadKind, *, shake_m: float) -> Measure:
    seen = replace(curves(has_zero=False), bar=rising(shake_m=shake_m), load=load)
    return measure_repetition(seen, ONE).measures["bar_speed_peak"]


def test_a_plate_s_peak_speed_is_that_of_its_path() -> None:
    assert peak_speed(LoadKind.PLATE, shake_m=0.0).value == pytest.approx(1.2, abs=0.06)


def test_shaking_hands_on_a_bell_do_not_double_its_speed() -> None:
    shaken = peak_speed(LoadKind.KETTLEBELL, shake_m=0.02).value
    assert shaken == pytest.approx(1.2, abs=0.25)
    assert peak_speed(LoadKind.PLATE, shake_m=0.02).value > shaken + 0.2


def test_hands_that_stand_in_for_a_load_tell_no_speed() -> None:
    assert peak_speed(LoadKind.HANDS, shake_m=0.0).why == NO_LOAD
