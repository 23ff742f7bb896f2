"""The seated hip rotation exam on landmarks whose angles are known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.calibration.model import shipped
from primemover.exam.hip_rotation import examine_hip_rotation
from primemover.model.arrays import Floats
from primemover.model.check import CheckStatus
from primemover.model.measure import Side, Status
from primemover.model.trial import Trial
from primemover.model.view import TaskName
from tests.unit.exam.seated import clock, mirrored, recording_of, seated_track, swings

LEFT, RIGHT = "hip_rotation_active_left", "hip_rotation_active_right"
TIME_S = clock()
LEFT_SWINGS = swings(TIME_S, first_s=2.0, top_deg=30.0)
RIGHT_SWINGS = swings(TIME_S, first_s=12.5, top_deg=42.0)


def examine(**posture: Floats | float) -> Trial:
    both: dict[str, Any] = {"left_deg": LEFT_SWINGS, "right_deg": RIGHT_SWINGS}
    track = seated_track(TIME_S, **(both | posture))
    return examine_hip_rotation(recording_of(track), track, mode="active")


def degrees(trial: Trial, measure_id: str) -> float:
    return float(np.rad2deg(trial.measures[measure_id].value))


def status(trial: Trial, check_id: str) -> CheckStatus:
    return next(check.status for check in trial.checks if check.id == check_id)


def test_each_leg_is_read_at_its_holds() -> None:
    trial = examine()
    assert degrees(trial, LEFT) == pytest.approx(30.0, abs=0.5)
    assert degrees(trial, RIGHT) == pytest.approx(42.0, abs=0.5)
    assert len(trial.holds) == 6
    assert trial.task is not None
    assert trial.task.looks_like is TaskName.HIP_ROTATION
    assert status(trial, "repetitions_left") is CheckStatus.PASSED


def test_the_error_is_the_networks_and_the_scatter_of_the_repetitions() -> None:
    calm = examine().measures[LEFT].se
    uneven = LEFT_SWINGS.copy()
    uneven[(TIME_S > 5.0) & (TIME_S < 8.0)] *= 0.8
    assert np.deg2rad(1.5) < calm < np.deg2rad(4.0)
    assert examine(left_deg=uneven).measures[LEFT].se > calm


def test_what_the_network_draws_off_the_vertical_at_rest_is_mostly_taken_out() -> None:
    # The fitted correction takes part of it for the network's error and part for a true hang.
    trial = examine(left_deg=LEFT_SWINGS + 5.0, right_deg=RIGHT_SWINGS + 5.0)
    assert 29.5 < degrees(trial, LEFT) < 33.0
    assert degrees(trial, "shank_at_rest_active_left") == pytest.approx(5.0, abs=0.5)
    assert degrees(trial, "shank_from_vertical_active_left") == pytest.approx(35.0, abs=0.5)


def test_a_leg_that_never_hung_near_the_vertical_is_read_against_it_with_a_larger_error() -> None:
    trial = examine(left_deg=LEFT_SWINGS - 20.0)
    left = trial.measures[LEFT]
    assert degrees(trial, LEFT) == pytest.approx(10.0, abs=0.5)
    assert left.status is Status.ESTIMATED
    assert left.se > 2.0 * trial.measures[RIGHT].se
    assert status(trial, "rest_left") is CheckStatus.WARNING


def test_a_swing_that_is_not_held_is_left_out() -> None:
    touched = swings(TIME_S, first_s=2.0, top_deg=30.0, hold_s=0.02)
    trial = examine(left_deg=touched)
    assert trial.measures[LEFT].status is Status.NOT_MEASURED
    assert "held" in trial.measures[LEFT].why
    assert status(trial, "hold_left") is CheckStatus.FAILED
    assert trial.measures[RIGHT].is_known


def test_turning_the_leg_outward_is_not_internal_rotation() -> None:
    trial = examine(left_deg=-LEFT_SWINGS)
    assert trial.measures[LEFT].status is Status.NOT_MEASURED
    assert trial.measures[RIGHT].is_known


def test_the_other_legs_sway_is_no_repetition() -> None:
    trial = examine(left_deg=0.2 * RIGHT_SWINGS)
    assert trial.measures[LEFT].status is Status.NOT_MEASURED
    assert "echo" in next(c.detail for c in trial.checks if c.id == "hold_left")


def test_a_hiked_pelvis_takes_the_repetition_out() -> None:
    hiked = swings(TIME_S, first_s=2.0, top_deg=14.0)
    trial = examine(hike_deg=hiked)
    assert status(trial, "pelvis_level_left") is CheckStatus.FAILED
    assert trial.measures[LEFT].status is Status.NOT_MEASURED
    assert "pelvis" in trial.measures[LEFT].why
    assert status(trial, "pelvis_level_right") is CheckStatus.PASSED
    assert trial.measures[RIGHT].is_known


def test_a_slightly_hiked_pelvis_widens_the_error_by_its_tilt() -> None:
    trial = examine(hike_deg=swings(TIME_S, first_s=2.0, top_deg=7.0))
    assert status(trial, "pelvis_level_left") is CheckStatus.WARNING
    # The factor beside the fit scales the tilt's part with the rest.
    factor = shipped()["front"]["measures"].get("hip_rotation", 1.0)
    expected = np.hypot(trial.measures[RIGHT].se, factor * np.deg2rad(7.0))
    assert trial.measures[LEFT].se == pytest.approx(expected, rel=0.05)


def test_one_bad_repetition_of_three_is_dropped_and_the_others_count() -> None:
    hiked = swings(TIME_S, first_s=2.0, top_deg=14.0, count=1)
    trial = examine(hike_deg=hiked)
    assert status(trial, "pelvis_level_left") is CheckStatus.WARNING
    assert status(trial, "repetitions_left") is CheckStatus.WARNING
    assert degrees(trial, LEFT) == pytest.approx(30.0, abs=0.5)


def test_a_leaning_trunk_takes_the_repetition_out() -> None:
    trial = examine(lean_deg=swings(TIME_S, first_s=2.0, top_deg=20.0))
    assert status(trial, "trunk_upright_left") is CheckStatus.FAILED
    assert trial.measures[LEFT].status is Status.NOT_MEASURED


def test_a_drifting_thigh_takes_the_repetition_out() -> None:
    trial = examine(left_knee_out_px=swings(TIME_S, first_s=2.0, top_deg=90.0))
    assert status(trial, "thigh_still_left") is CheckStatus.FAILED
    assert trial.measures[LEFT].status is Status.NOT_MEASURED
    assert trial.measures[RIGHT].is_known


def test_landmarks_that_jump_to_somebody_else_are_noticed() -> None:
    track = seated_track(TIME_S, left_deg=LEFT_SWINGS, right_deg=RIGHT_SWINGS)
    xy = track.xy_px.copy()
    hold = np.flatnonzero((TIME_S > 2.0) & (TIME_S < 4.5))
    xy[hold[::2], 27] += 150.0
    jumping = type(track)(
        **{name: getattr(track, name) for name in track.__slots__ if name != "xy_px"}, xy_px=xy
    )
    trial = examine_hip_rotation(recording_of(track), jumping, mode="passive")
    assert status(trial, "right_person_left") is not CheckStatus.PASSED


@pytest.mark.parametrize("turned_deg", [90.0, -90.0, 180.0, 40.0])
def test_any_view_but_the_front_is_refused(turned_deg: float) -> None:
    trial = examine(turned_deg=turned_deg)
    assert all(one.status is Status.NOT_MEASURED for one in trial.measures.values())
    assert "in front" in trial.measures[LEFT].why
    assert status(trial, "view") is CheckStatus.FAILED
    assert trial.holds == ()
    assert all(np.isnan(series.value).all() for series in trial.series)


def test_somebody_who_stands_is_refused() -> None:
    trial = examine(thigh_drop_px=250.0)
    assert trial.measures[LEFT].status is Status.NOT_MEASURED
    assert trial.task is not None
    assert trial.task.looks_like is TaskName.OTHER
    assert status(trial, "seated") is CheckStatus.FAILED


def test_a_leg_that_was_not_asked_for_is_not_reported() -> None:
    track = seated_track(TIME_S, left_deg=LEFT_SWINGS)
    trial = examine_hip_rotation(recording_of(track), track, mode="passive", side=Side.LEFT)
    assert set(trial.measures) == {
        "hip_rotation_passive_left",
        "shank_from_vertical_passive_left",
        "shank_at_rest_passive_left",
    }
    assert [series.id for series in trial.series] == ["hip_rotation_left"]


def test_an_examiner_belongs_to_the_passive_test_only() -> None:
    track = seated_track(TIME_S, left_deg=LEFT_SWINGS)
    crowded = type(track)(
        **{name: getattr(track, name) for name in track.__slots__ if name != "other_people"},
        other_people=np.ones(TIME_S.size),
    )
    recording = recording_of(track)
    active = examine_hip_rotation(recording, crowded, mode="active")
    passive = examine_hip_rotation(recording, crowded, mode="passive")
    assert status(active, "one_person") is CheckStatus.WARNING
    assert status(passive, "one_person") is CheckStatus.PASSED


def test_key_frames_show_the_rest_and_each_hold() -> None:
    trial = examine()
    assert trial.film is not None
    frames = trial.film.key_frames
    assert TIME_S[frames["rest"]] < 2.0
    assert LEFT_SWINGS[frames["hold_left"]] == pytest.approx(30.0)
    assert RIGHT_SWINGS[frames["hold_right"]] == pytest.approx(42.0)


@settings(max_examples=8, deadline=None)
@given(
    left=st.floats(12.0, 55.0),
    right=st.floats(12.0, 55.0),
    rest=st.floats(-6.0, 6.0),
    seed=st.integers(0, 1000),
)
def test_a_mirrored_film_gives_mirrored_sides(
    left: float, right: float, rest: float, seed: int
) -> None:
    time_s = clock(13.0, 20.0)
    track = seated_track(
        time_s,
        left_deg=rest + swings(time_s, first_s=2.0, top_deg=left, count=1),
        right_deg=rest + swings(time_s, first_s=7.0, top_deg=right, count=1),
        seed=seed,
    )
    recording = recording_of(track)
    seen = examine_hip_rotation(recording, track, mode="active").measures
    in_mirror = examine_hip_rotation(recording, mirrored(track), mode="active").measures
    for own, other in ((LEFT, RIGHT), (RIGHT, LEFT)):
        assert in_mirror[other].value == pytest.approx(seen[own].value, abs=1e-9)
        assert in_mirror[other].se == pytest.approx(seen[own].se, abs=1e-9)
