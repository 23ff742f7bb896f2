"""The filmed people: they have the angles they are said to have."""

import json
from pathlib import Path

import numpy as np
import pytest

from primemover.sample import CLIPS as SAMPLE_CLIPS
from primemover.sample import clip_path, truth_path
from validation.virtual.bodies import FIRST, Body, load_body
from validation.virtual.camera import camera_at
from validation.virtual.deadlift import PLATE_RADIUS_M, deadlift, mid_foot_m
from validation.virtual.film import Shot, film, picture_frames
from validation.virtual.forward_bend import forward_bend
from validation.virtual.hip_rotation import hip_rotation
from validation.virtual.moves import CLIPS
from validation.virtual.performance import Performance
from validation.virtual.posture import pose_trunk_and_legs, posture, sit, stand
from validation.virtual.rotations import about_axis, between, forward_pitch, turn
from validation.virtual.skeleton import place_joints, skin
from validation.virtual.truth import joint_angles_rad

BODIES = range(FIRST)
RATE = 10.0


@pytest.fixture(scope="module")
def body() -> Body:
    return load_body(0)


@pytest.fixture(scope="module")
def lift() -> Performance:
    return deadlift(load_body(0), seed=3, frames_per_s=RATE)


def held(body: Body, view: str = "side", **angles: float) -> dict[str, float]:
    """Return the true angles (degrees) of one posture held after standing upright."""
    straight = "knee" if view == "front" else "shank"
    first = posture(**{straight: 90.0 if view == "front" else 0.0})
    rotations = pose_trunk_and_legs(body, np.stack([first, first, posture(**angles)]))
    track = stand(body, rotations) if view == "side" else sit(body, rotations, hip_height_m=0.7)
    performance = Performance(
        move="held",
        view=view,
        time_s=np.arange(3.0),
        body=body,
        track=track,
        standing_s=(0.0, 2.0),
        repetitions=(),
    )
    return {
        name: float(np.degrees(value[-1])) for name, value in joint_angles_rad(performance).items()
    }


def test_a_forward_pitch_takes_up_to_forward() -> None:
    assert turn(forward_pitch(np.pi / 2), np.array([0.0, 1.0, 0.0])) == pytest.approx([1, 0, 0])


def test_the_rotation_between_two_directions_turns_one_into_the_other() -> None:
    start, end = np.array([0.2, -1.0, 0.4]), np.array([1.0, 0.1, -0.3])
    turned = turn(between(start, end), start)
    assert turned / np.linalg.norm(turned) == pytest.approx(end / np.linalg.norm(end))


def test_joints_follow_from_lengths_and_angles_as_by_hand(body: Body) -> None:
    track = stand(body, pose_trunk_and_legs(body, posture(shank=20.0, knee=70.0)[None]))
    at = {name: track.joints_m[0, body.joint(name)] for name in body.joint_names}
    shank = body.length_m("knee_right", "ankle_right")
    thigh = body.length_m("hip_right", "knee_right")
    knee = at["ankle_right"] + shank * np.array([np.sin(np.radians(20)), np.cos(np.radians(20)), 0])
    hip = knee + thigh * np.array([-np.sin(np.radians(50)), np.cos(np.radians(50)), 0])
    assert at["knee_right"] == pytest.approx(knee, abs=1e-9)
    assert at["hip_right"] == pytest.approx(hip, abs=1e-9)


@pytest.mark.parametrize("number", BODIES)
def test_bones_keep_their_length_however_the_body_is_posed(number: int) -> None:
    body = load_body(number)
    angles = {
        "shank": 15.0,
        "knee": 80.0,
        "pelvis": 50.0,
        "lumbar": 30.0,
        "hip_rotation_left": 20.0,
    }
    joints_m = place_joints(body, pose_trunk_and_legs(body, posture(**angles)[None]))[0]
    for joint, parent in enumerate(body.parents[1:], start=1):
        rest = np.linalg.norm(body.joints_m[joint] - body.joints_m[parent])
        assert np.linalg.norm(joints_m[joint] - joints_m[parent]) == pytest.approx(rest)


def test_skin_moves_as_one_rigid_piece_when_all_joints_turn_alike(body: Body) -> None:
    rotation = about_axis(1, 0.7)
    rotations = np.tile(rotation, (1, len(body.parents), 1, 1))
    joints_m = place_joints(body, rotations)
    moved = skin(body, body.vertices_m, rotations=rotations[0], joints_m=joints_m[0])
    expected = turn(rotation, body.vertices_m - body.joints_m[0])
    assert moved == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("number", BODIES)
def test_true_angles_are_the_commanded_ones_in_side_view(number: int) -> None:
    true = held(load_body(number), shank=12.0, knee=70.0, pelvis=35.0, lumbar=28.0, thoracic=9.0)
    assert true["ankle_dorsiflexion"] == pytest.approx(12.0, abs=1e-6)
    assert true["knee_flexion"] == pytest.approx(70.0, abs=1e-6)
    assert true["pelvis_inclination"] == pytest.approx(35.0, abs=1e-6)
    assert true["lumbar_flexion"] == pytest.approx(28.0, abs=1e-6)
    assert true["thoracic_flexion"] == pytest.approx(9.0, abs=1e-6)
    assert true["hip_flexion"] == pytest.approx(35.0 + 70.0 - 12.0, abs=1e-6)


def test_a_rounded_back_leans_the_trunk_without_moving_the_hip(body: Body) -> None:
    flat, rounded = held(body, pelvis=20.0), held(body, pelvis=20.0, lumbar=30.0)
    assert rounded["hip_flexion"] == pytest.approx(flat["hip_flexion"])
    assert rounded["trunk_inclination"] > flat["trunk_inclination"] + 10.0


@pytest.mark.parametrize("side", ["left", "right"])
def test_internal_rotation_is_positive_and_carries_the_foot_outward(body: Body, side: str) -> None:
    angles = {"knee": 90.0, f"hip_rotation_{side}": 31.0}
    true = held(body, "front", **angles)
    other = {"left": "right", "right": "left"}[side]
    assert true[f"hip_rotation_{side}"] == pytest.approx(31.0, abs=1e-6)
    assert true[f"hip_rotation_{other}"] == pytest.approx(0.0, abs=1e-6)
    assert true["knee_flexion"] == pytest.approx(90.0, abs=1e-6)
    joints_m = place_joints(body, pose_trunk_and_legs(body, posture(**angles)[None]))[0]
    ankle, knee = (joints_m[body.joint(f"{part}_{side}")] for part in ("ankle", "knee"))
    outward = 1.0 if side == "right" else -1.0
    assert outward * (ankle - knee)[2] > 0.15


def test_seen_from_the_front_the_persons_right_is_at_the_left_of_the_picture() -> None:
    camera = camera_at(
        np.zeros(3),
        bearing_rad=np.pi / 2,
        distance_m=4.0,
        height_m=1.0,
        span_m=2.0,
        size_px=(540, 960),
    )
    pixel, depth_m = camera.project(np.array([0.0, 1.0, 0.3]))
    assert pixel[0] < 270.0
    assert pixel[1] == pytest.approx(480.0)
    assert depth_m == pytest.approx(4.0)


def test_the_feet_stay_planted_through_the_lift(lift: Performance) -> None:
    ankle = lift.track.joints_m[:, lift.body.joint("ankle_right")]
    assert np.ptp(ankle, axis=0).max() < 1e-9


def test_the_bar_stays_over_mid_foot_and_in_the_hands(lift: Performance) -> None:
    assert lift.bar_m is not None
    held_up = lift.bar_m[:, 1] > PLATE_RADIUS_M + 0.01
    assert lift.bar_m[:, 0] == pytest.approx(mid_foot_m(lift.body))
    knuckle = lift.track.joints_m[held_up, lift.body.joint("knuckle_right")]
    assert np.linalg.norm((knuckle - lift.bar_m[held_up])[:, :2], axis=1).max() < 0.015


def test_repetitions_follow_each_other_and_one_rises_hips_first(lift: Performance) -> None:
    names = ("liftoff_s", "lockout_s", "lowering_s", "touchdown_s")
    times = [repetition[name] for repetition in lift.repetitions for name in names]
    assert len(lift.repetitions) == 3
    assert times == sorted(times, key=float)
    assert [repetition["hips_first"] for repetition in lift.repetitions] == [False, True, False]
    knee = np.degrees(joint_angles_rad(lift)["knee_flexion"])
    at_liftoff = [knee[round(float(r["liftoff_s"]) * RATE)] for r in lift.repetitions]
    assert at_liftoff[1] < min(at_liftoff[0], at_liftoff[2]) - 15.0


def test_the_back_is_rounded_at_the_floor_and_not_at_lockout(lift: Performance) -> None:
    lumbar = np.degrees(joint_angles_rad(lift)["lumbar_flexion"])
    for repetition in lift.repetitions:
        assert 22.0 < lumbar[round(float(repetition["liftoff_s"]) * RATE)] < 34.0
        lockout = round(
            0.5 * (float(repetition["lockout_s"]) + float(repetition["lowering_s"])) * RATE
        )
        assert abs(lumbar[lockout]) < 3.0


@pytest.mark.parametrize("number", BODIES)
def test_every_person_can_do_every_move(number: int) -> None:
    for clip in CLIPS.values():
        assert np.isfinite(clip.performance(body=number).track.joints_m).all()


def test_a_hip_blocked_bend_is_hip_blocked_with_straight_knees(body: Body) -> None:
    bend = forward_bend(body, seed=1, frames_per_s=RATE)
    angles = {name: np.degrees(value) for name, value in joint_angles_rad(bend).items()}
    assert angles["pelvis_inclination"].max() == pytest.approx(36.0, abs=3.0)
    assert angles["lumbar_flexion"].max() == pytest.approx(56.0, abs=3.0)
    assert angles["thoracic_flexion"].max() == pytest.approx(36.0, abs=3.0)
    assert angles["knee_flexion"].max() < 5.0


def test_each_leg_turns_three_times_and_the_left_first(body: Body) -> None:
    seated = hip_rotation(body, seed=1, frames_per_s=RATE, ends_deg=(24.0, 33.0))
    assert [repetition["side"] for repetition in seated.repetitions] == ["left"] * 3 + ["right"] * 3
    angles = joint_angles_rad(seated)
    assert np.degrees(angles["hip_rotation_left"]).max() == pytest.approx(24.0, abs=1.2)
    assert np.degrees(angles["hip_rotation_right"]).max() == pytest.approx(33.0, abs=1.2)


def test_the_same_seed_gives_the_same_picture_and_another_does_not(lift: Performance) -> None:
    shots = [Shot(seed=seed, size_px=(90, 160)) for seed in (5, 5, 6)]
    first, again, other = (next(picture_frames(lift, shot)) for shot in shots)
    assert first.shape == (160, 90, 3)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_same_call_writes_the_same_film_and_truth(lift: Performance, tmp_path: Path) -> None:
    shot = Shot(seed=5, size_px=(90, 160))
    paths = [tmp_path / name / "clip.mp4" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        film(lift, shot, path, frames=3)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    truth = json.loads((tmp_path / "a" / "clip.truth.json").read_text())
    assert truth["plate"]["radius_px"] * truth["plate"]["metres_per_pixel"] == pytest.approx(
        0.225, rel=1e-3
    )


@pytest.mark.parametrize("name", SAMPLE_CLIPS)
def test_the_bundled_truth_is_what_the_generator_says(name: str) -> None:
    truth = json.loads(truth_path(name).read_text(encoding="utf-8"))
    made = CLIPS[name].performance()
    for angle, expected in joint_angles_rad(made).items():
        assert truth["angles_deg"][angle] == pytest.approx(np.degrees(expected), abs=0.011)
    assert clip_path(name).stat().st_size < 1_200_000


def test_a_missing_sample_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="deadlift_side"):
        clip_path("squat")
