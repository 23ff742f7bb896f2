"""The baselines read known angles off stick figures, and their rounding is a hip hinge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from primemover.model.arrays import Floats
from primemover.model.pose import PoseTrack
from tests.validation.pretend import STANDING_S, stick_track
from validation.table.baselines import (
    ALARMS,
    BASELINES,
    raw_landmark_angles,
    rounding_scores,
    world_landmark_angles,
)

TIME_S = np.arange(0.0, 4.0, 0.1)
BENT = np.clip((TIME_S - 1.0) / 3.0, 0.0, 1.0)
LIFT = {
    "trunk_inclination": 60.0 * BENT,
    "knee_flexion": 70.0 * BENT,
    "ankle_dorsiflexion": 15.0 * BENT,
}
HINGE = {"trunk_inclination": 70.0 * BENT}
TURNED = {"hip_rotation_left": 30.0 * BENT, "hip_rotation_right": 40.0 * BENT}


def mirrored(track: PoseTrack) -> PoseTrack:
    """Return the same person facing the picture's left."""
    flip = np.array([-1.0, 1.0, 1.0])
    xy = np.array([track.width_px, 0.0]) + track.xy_px * flip[:2]
    return replace(track, xy_px=xy, world_m=track.world_m * flip)


@pytest.mark.parametrize("name", BASELINES)
def test_a_side_view_from_exactly_the_side_reads_the_true_angles(name: str) -> None:
    found = BASELINES[name](stick_track(TIME_S, LIFT), 1, STANDING_S)
    for angle, true in LIFT.items():
        np.testing.assert_allclose(np.rad2deg(found[angle]), true, atol=1e-6)
    thigh = LIFT["ankle_dorsiflexion"] - LIFT["knee_flexion"]
    np.testing.assert_allclose(
        np.rad2deg(found["hip_flexion"]), LIFT["trunk_inclination"] - thigh, atol=1e-6
    )


@pytest.mark.parametrize("name", BASELINES)
def test_facing_left_reads_the_same(name: str) -> None:
    track = stick_track(TIME_S, LIFT)
    right, left = (
        BASELINES[name](track, 1, STANDING_S),
        BASELINES[name](mirrored(track), -1, STANDING_S),
    )
    for angle in right:
        np.testing.assert_allclose(left[angle], right[angle], atol=1e-9)


def test_world_landmarks_do_not_mind_a_turned_camera_and_the_picture_does() -> None:
    track = stick_track(TIME_S, LIFT, yaw_deg=30.0)
    world = world_landmark_angles(track, 1, STANDING_S)["knee_flexion"]
    plain = raw_landmark_angles(track, 1, STANDING_S)["knee_flexion"]
    np.testing.assert_allclose(np.rad2deg(world), LIFT["knee_flexion"], atol=1e-6)
    assert np.rad2deg(np.abs(plain - world)).max() > 2.0


@pytest.mark.parametrize("name", BASELINES)
def test_a_front_view_reads_both_shanks_outward_positive(name: str) -> None:
    found = BASELINES[name](stick_track(TIME_S, TURNED, front=True), 0, STANDING_S)
    assert set(found) == set(TURNED)
    for angle, true in TURNED.items():
        np.testing.assert_allclose(np.rad2deg(found[angle]), true, atol=1e-6)


def test_only_the_world_landmarks_see_the_shank_in_the_persons_own_frontal_plane() -> None:
    track = stick_track(TIME_S, TURNED, front=True, yaw_deg=20.0)
    world = world_landmark_angles(track, 0, STANDING_S)["hip_rotation_left"]
    np.testing.assert_allclose(np.rad2deg(world), TURNED["hip_rotation_left"], atol=1e-6)


def test_standing_is_subtracted() -> None:
    leaning = {"trunk_inclination": 12.0 + 30.0 * BENT}
    found = raw_landmark_angles(stick_track(TIME_S, leaning), 1, STANDING_S)
    np.testing.assert_allclose(np.rad2deg(found["trunk_inclination"]), 30.0 * BENT, atol=1e-6)


def test_a_lost_person_leaves_gaps_and_not_zeros() -> None:
    track = stick_track(TIME_S, LIFT)
    lost = np.array(track.xy_px)
    lost[20:25] = np.nan
    found = raw_landmark_angles(replace(track, xy_px=lost), 1, STANDING_S)["knee_flexion"]
    assert np.isnan(found[20:25]).all()
    assert np.isfinite(found[:20]).all()


def test_without_standing_nothing_is_known() -> None:
    found = raw_landmark_angles(stick_track(TIME_S, LIFT), 1, (50.0, 51.0))
    assert np.isnan(found["knee_flexion"]).all()


def test_a_straight_back_that_hinges_sets_off_the_published_alarm() -> None:
    """The figure has no spine to round, yet the turn of the hip-shoulder line says it did."""
    scores = rounding_scores(stick_track(TIME_S, HINGE), 1, STANDING_S)
    assert scores["shoulder_hip_turn"].max() > ALARMS["shoulder_hip_turn"]
    assert np.rad2deg(scores["ear_shoulder_hip"]).max() == pytest.approx(0.0, abs=1e-6)
    assert scores["shoulder_hip_shortening"].max() == pytest.approx(0.0, abs=1e-9)


def test_a_bent_neck_and_a_shorter_trunk_are_scored() -> None:
    track = stick_track(TIME_S, HINGE)
    moved: Floats = np.array(track.xy_px)
    ears, shoulders, hips = [7, 8], [11, 12], [23, 24]
    last = moved[-1]
    along = last[shoulders] - last[hips]
    last[shoulders] = last[hips] + 0.75 * along
    last[ears] = last[shoulders] + np.linalg.norm(along[0]) * np.array([0.0, 0.4])
    scores = rounding_scores(replace(track, xy_px=moved), 1, STANDING_S)
    assert scores["shoulder_hip_shortening"][-1] == pytest.approx(0.25)
    down = 180.0 - HINGE["trunk_inclination"][-1]
    assert np.rad2deg(scores["ear_shoulder_hip"][-1]) == pytest.approx(down)


def test_a_front_view_has_no_rounding_score() -> None:
    assert rounding_scores(stick_track(TIME_S, TURNED, front=True), 0, STANDING_S) == {}
