"""The forward bend exam on a drawn person who hinges with a straight back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from unittest.mock import patch

import numpy as np
import pytest

from primemover.exam.bend_fingers import fingertip_to_floor, standing_ruler
from primemover.exam.bend_measures import BEND_MEASURES
from primemover.exam.bend_shares import lumbar_share
from primemover.exam.forward_bend import examine_forward_bend
from primemover.model.check import CheckStatus
from primemover.model.measure import Measure, Status
from primemover.model.pose import PoseTrack
from primemover.model.trial import Trial
from primemover.model.view import TaskName
from primemover.pose.clean import clean
from tests.unit.exam.bending import HAND_PX, SOLE_PX, TOP_PX, bending_track, bends
from tests.unit.exam.seated import mirrored, recording_of

TIME_S = np.arange(0.0, 17.0, 1.0 / 12.0)
LEAN_DEG = bends(TIME_S, top_deg=70.0)
HEIGHT_M = 1.78


def examine(track: PoseTrack, height_m: float | None = HEIGHT_M) -> Trial:
    # The shipped fit is for people; a drawn figure is none.
    with patch("primemover.exam.corrected.fit_for", lambda _: None):
        return examine_forward_bend(recording_of(track), track, person_height_m=height_m)


@cache
def straight() -> Trial:
    return examine(bending_track(TIME_S, lean_deg=LEAN_DEG))


def degrees(trial: Trial, measure_id: str) -> float:
    return float(np.rad2deg(trial.measures[measure_id].value))


def status(trial: Trial, check_id: str) -> CheckStatus:
    return next(check.status for check in trial.checks if check.id == check_id)


def test_a_straight_back_turns_with_the_pelvis_and_flexes_nowhere() -> None:
    trial = straight()
    assert degrees(trial, "bend_pelvis_rotation") == pytest.approx(70.0, abs=2.0)
    assert degrees(trial, "bend_lumbar_excursion") == pytest.approx(0.0, abs=2.0)
    assert trial.measures["bend_lumbar_share"].value == pytest.approx(0.0, abs=0.04)
    assert degrees(trial, "bend_hip_flexion") == pytest.approx(70.0, abs=2.0)


def test_each_bend_is_a_repetition_with_its_own_measures() -> None:
    trial = straight()
    assert len(trial.repetitions) == 3
    for one in trial.repetitions:
        assert one.lift_off_s == one.start_s < one.bottom_s <= one.lockout_s < one.end_s
        assert set(one.measures) == set(BEND_MEASURES)
    assert trial.task is not None
    assert trial.task.looks_like is TaskName.FORWARD_BEND


def test_the_standing_before_the_first_bend_is_the_zero_and_is_handed_on() -> None:
    film = straight().film
    assert film is not None
    assert film.zero is not None
    assert film.zero.end_s <= 2.2
    assert set(film.key_frames) == {"standing", "bottom"}
    assert LEAN_DEG[film.key_frames["standing"]] == 0.0
    assert LEAN_DEG[film.key_frames["bottom"]] > 65.0


def test_bent_knees_make_it_an_estimate() -> None:
    trial = examine(bending_track(TIME_S, lean_deg=LEAN_DEG, knee_deg=bends(TIME_S, top_deg=20.0)))
    assert status(trial, "knees_straight") is CheckStatus.WARNING
    assert trial.measures["bend_pelvis_rotation"].status is Status.ESTIMATED
    assert "knees" in trial.measures["bend_pelvis_rotation"].why
    assert degrees(trial, "bend_knee_flexion") == pytest.approx(20.0, abs=1.0)


def test_well_bent_knees_are_not_this_test() -> None:
    trial = examine(bending_track(TIME_S, lean_deg=LEAN_DEG, knee_deg=bends(TIME_S, top_deg=45.0)))
    assert trial.measures["bend_pelvis_rotation"].status is Status.NOT_MEASURED
    assert trial.measures["fingertip_to_floor"].status is Status.NOT_MEASURED


@pytest.mark.parametrize("turned_deg", [0.0, 180.0, 45.0])
def test_any_view_but_the_side_is_refused(turned_deg: float) -> None:
    trial = examine(bending_track(TIME_S, lean_deg=LEAN_DEG, turned_deg=turned_deg, drawn=False))
    assert all(one.status is Status.NOT_MEASURED for one in trial.measures.values())
    assert status(trial, "view") is CheckStatus.FAILED
    assert trial.repetitions == ()


def test_without_a_silhouette_the_back_is_not_measured_and_the_reason_said() -> None:
    trial = examine(bending_track(TIME_S, lean_deg=LEAN_DEG, drawn=False))
    pelvis = trial.measures["bend_pelvis_rotation"]
    assert pelvis.status is Status.NOT_MEASURED
    assert pelvis.why
    assert trial.measures["bend_knee_flexion"].is_known


def test_without_a_standing_start_nothing_is_counted_from_anywhere() -> None:
    always_bent = np.maximum(LEAN_DEG, 30.0)
    trial = examine(bending_track(TIME_S, lean_deg=always_bent))
    assert status(trial, "standing_zero") is CheckStatus.FAILED
    assert "standing" in trial.measures["bend_lumbar_excursion"].why


def test_somebody_who_only_stands_did_not_bend() -> None:
    trial = examine(bending_track(TIME_S, lean_deg=0.0 * LEAN_DEG))
    assert status(trial, "repetitions") is CheckStatus.FAILED
    assert trial.measures["bend_pelvis_rotation"].why == "No forward bend was found."


def test_a_length_needs_the_persons_height() -> None:
    trial = examine(bending_track(TIME_S, lean_deg=LEAN_DEG), height_m=None)
    fingertip = trial.measures["fingertip_to_floor"]
    assert fingertip.status is Status.NOT_MEASURED
    assert "height" in fingertip.why
    assert trial.measures["bend_pelvis_rotation"].is_known


def test_the_standing_silhouette_is_the_ruler() -> None:
    track = bending_track(TIME_S[:12], lean_deg=np.zeros(12))
    ruler = standing_ruler(track.silhouettes, track.time_s, window_s=(0.0, 1.0), height_m=HEIGHT_M)
    assert ruler is not None
    assert ruler.sole_px == pytest.approx(SOLE_PX, abs=1.0)
    assert ruler.m_per_px == pytest.approx(HEIGHT_M / (SOLE_PX - TOP_PX), rel=0.005)


def test_the_fingertip_is_a_hands_length_beyond_the_wrist() -> None:
    track = bending_track(TIME_S[:12], lean_deg=np.zeros(12))
    ruler = standing_ruler(track.silhouettes, track.time_s, window_s=(0.0, 1.0), height_m=HEIGHT_M)
    assert ruler is not None
    measured = fingertip_to_floor(clean(track), ruler, slice(0, 12), height_m=HEIGHT_M)
    knuckle_px = float(track.xy_px[0, 19, 1])
    wrist_m = (SOLE_PX - (knuckle_px - HAND_PX)) * ruler.m_per_px
    assert measured.value == pytest.approx(wrist_m - 0.108 * HEIGHT_M, abs=0.01)
    assert 0.02 < measured.se < 0.06


def share_of(lumbar_deg: float, pelvis_deg: float) -> Measure:
    def angle(name: str, value_deg: float) -> Measure:
        return Measure(
            id=name, value=float(np.deg2rad(value_deg)), se=float(np.deg2rad(5.0)), unit="rad"
        )

    return lumbar_share(angle("lumbar", lumbar_deg), angle("pelvis", pelvis_deg), "share")


def test_the_share_is_lumbar_over_both() -> None:
    assert share_of(40.0, 60.0).value == pytest.approx(0.4)
    assert share_of(3.0, 2.0).status is Status.NOT_MEASURED


def test_the_shares_error_knows_that_both_angles_share_the_sacral_tangent() -> None:
    random = np.random.default_rng(5)
    sacral, junction = random.normal(0.0, (4.0, 3.0), (200_000, 2)).T
    lumbar = 40.0 + junction - sacral
    pelvis = 60.0 + sacral
    spread = float(np.std(lumbar / (lumbar + pelvis)))
    measured = lumbar_share(
        Measure(id="l", value=np.deg2rad(40.0), se=np.deg2rad(5.0), unit="rad"),
        Measure(id="p", value=np.deg2rad(60.0), se=np.deg2rad(4.0), unit="rad"),
        "share",
    )
    assert measured.se == pytest.approx(spread, rel=0.03)


def test_facing_the_other_way_changes_nothing() -> None:
    track = bending_track(TIME_S, lean_deg=LEAN_DEG)
    assert track.silhouettes is not None
    affine = track.silhouettes.crop_to_frame.copy()
    affine[:, 0, 2] = track.width_px - 255.0 * affine[:, 0, 0]
    flipped = replace(
        mirrored(track),
        silhouettes=replace(
            track.silhouettes,
            logits_q=track.silhouettes.logits_q[:, :, ::-1].copy(),
            crop_to_frame=affine,
        ),
    )
    seen, in_mirror = straight(), examine(flipped)
    for measure_id, measure in seen.measures.items():
        other = in_mirror.measures[measure_id]
        assert other.status is measure.status
        assert other.value == pytest.approx(measure.value, abs=1e-6, nan_ok=True)
