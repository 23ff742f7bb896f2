"""The moves: every style is what it says, everybody can do it, the truth follows the measures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from primemover.exam.bend_measures import BEND_MEASURES
from primemover.exam.lift_measures import LIFT_MEASURES
from validation.true_findings import true_findings, true_measures
from validation.virtual.bodies import SIDES, body_names, load_body
from validation.virtual.camera import camera_at
from validation.virtual.moves import MOVES, TEST_OF, perform
from validation.virtual.performance import Performance
from validation.virtual.skeleton import skin
from validation.virtual.styles import LIFTS
from validation.virtual.truth import joint_angles_rad, mid_foot_x_m, truth_record

RATE = 30.0
CAMERA = camera_at(
    np.zeros(3), bearing_rad=0.0, distance_m=4.0, height_m=1.0, span_m=2.4, size_px=(540, 960)
)
EVERY = [(move, style) for move, styles in MOVES.items() for style in styles]
# In how many of ten draws at least a style must truly be what it says.
RULE_OF = {
    "hips_first": "hips_rise_first",
    "squat_like": "squat_like",
    "finished_with_back": "back_finishes",
    "leans_back": "leans_back",
    "lordosis_held": "bend_lordosis_held",
    "hip_blocked": "sacrum_stays_up",
}


def short(move: str, style: str, *, body: int = 0, seed: int = 1) -> Performance:
    return perform(move, style, load_body(body), seed=seed, frames_per_s=RATE, length="short")


def record(performance: Performance) -> dict[str, Any]:
    return truth_record(performance, CAMERA, seed=1, yaw_deg=0.0)


@pytest.mark.parametrize(("move", "style"), EVERY)
def test_a_short_clip_begins_with_free_standing_and_takes_seconds(move: str, style: str) -> None:
    clip = short(move, style)
    start, end = clip.standing_s
    assert end - start > 1.1
    assert 4.5 < clip.time_s[-1] < 9.5
    assert all(float(one["start_s"]) > end for one in clip.repetitions)
    assert len(clip.repetitions) == (2 if clip.view == "front" else 1)
    moved = np.ptp(clip.track.joints_m[clip.time_s < end], axis=0)
    assert moved.max() < 0.05


@pytest.mark.parametrize(("move", "style"), EVERY)
def test_the_same_seed_gives_the_same_motion_and_another_does_not(move: str, style: str) -> None:
    first, again, other = (short(move, style, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first.track.joints_m, again.track.joints_m)
    assert first.track.joints_m.shape != other.track.joints_m.shape or not np.allclose(
        first.track.joints_m, other.track.joints_m
    )


def test_an_unknown_style_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="lumbar_led"):
        perform("forward_bend", "rounded", load_body(0), seed=1, frames_per_s=RATE)


@pytest.mark.parametrize("move", MOVES)
def test_people_of_every_build_can_do_every_move(move: str) -> None:
    for number in range(0, len(body_names()), 16):
        for style in MOVES[move][:2]:
            clip = short(move, style, body=number, seed=number)
            assert np.isfinite(clip.track.joints_m).all()
            feet = [clip.body.joint(f"ankle_{side}") for side in SIDES]
            if clip.view == "side":
                assert np.ptp(clip.track.joints_m[:, feet], axis=0).max() < 1e-9
                angles = joint_angles_rad(clip)
                assert np.degrees(angles["hip_flexion"].max()) < 150.0
                assert np.degrees(angles["knee_flexion"].max()) < 125.0


@pytest.mark.parametrize("move", LIFTS)
def test_the_load_stays_in_the_hands_off_the_shins_and_on_the_floor(move: str) -> None:
    for style in MOVES[move]:
        clip = short(move, style, body=5, seed=9)
        assert clip.bar_m is not None
        assert clip.load is not None
        held = clip.time_s >= float(clip.repetitions[0]["start_s"])
        for side in SIDES:
            knuckle = clip.track.joints_m[held, clip.body.joint(f"knuckle_{side}")]
            assert np.linalg.norm((knuckle - clip.bar_m[held])[:, :2], axis=1).max() < 0.04
        if clip.load.rests_on == "floor":
            assert clip.bar_m[:, 1].min() == pytest.approx(clip.bar_m[0, 1])
        if clip.load.kind == "barbell":
            assert deepest_in_shins_m(clip, np.flatnonzero(held)[::10]) < 0.02


def deepest_in_shins_m(clip: Performance, frames: np.ndarray[Any, Any]) -> float:
    """Return how far the bar's back is inside the skin of the shanks at most."""
    body, deepest = clip.body, -1.0
    shanks = np.isin(body.weight_joints[:, 0], [body.joint(f"knee_{side}") for side in SIDES])
    assert clip.bar_m is not None
    for frame in frames:
        track, bar = clip.track, clip.bar_m[frame]
        skin_m = skin(
            body,
            body.vertices_m,
            rotations=track.rotations[frame],
            joints_m=track.joints_m[frame],
        )[shanks]
        level = skin_m[np.abs(skin_m[:, 1] - bar[1]) < 0.014]
        if level.size:
            deepest = max(deepest, float(level[:, 0].max() - (bar[0] - 0.014)))
    return deepest


def test_a_romanian_lift_begins_standing_and_never_reaches_the_floor() -> None:
    clip = perform("romanian", "neutral", load_body(2), seed=4, frames_per_s=RATE)
    assert clip.bar_m is not None
    assert clip.bar_m[:, 1].min() > 0.225 + 0.01
    assert clip.bar_m[0, 1] > 0.5
    assert len(clip.repetitions) == 3


@pytest.mark.parametrize(("move", "style"), [pair for pair in EVERY if pair[1] in RULE_OF])
def test_a_style_is_true_in_the_truth(move: str, style: str) -> None:
    rule = RULE_OF[style]
    found = [
        true_findings(record(short(move, style, body=(23 * seed) % len(body_names()), seed=seed)))
        for seed in range(10)
    ]
    assert sum(one[rule] for one in found) >= 7


@pytest.mark.parametrize("move", LIFTS)
def test_a_neutral_lift_shows_none_of_the_patterns(move: str) -> None:
    for seed in range(8):
        found = true_findings(record(short(move, "neutral", body=seed, seed=seed)))
        names = ("back_rounds", "hips_rise_first", "squat_like", "back_finishes", "leans_back")
        assert not any(found[name] for name in names), (seed, found)


def test_own_standing_and_the_levels_of_the_spine_differ_from_clip_to_clip() -> None:
    clips = [short("forward_bend", "hip_led", seed=seed) for seed in range(12)]
    for name in ("own_pelvis_deg", "own_lumbar_deg"):
        drawn = [clip.posed[name] for clip in clips]
        assert np.ptp(drawn) > 6.0
        assert np.abs(drawn).max() <= 8.01
    level = load_body(0).joint("l3l4")
    pelvis, chest = load_body(0).joint("pelvis"), load_body(0).joint("t12l1")
    shares = []
    for clip in clips:
        middle = int(np.argmin(np.abs(clip.time_s - float(clip.repetitions[0]["hold_end_s"]))))
        tilts = [
            np.arctan2(clip.track.rotations[middle, j, 0, 1], clip.track.rotations[middle, j, 1, 1])
            for j in (pelvis, level, chest)
        ]
        shares.append((tilts[1] - tilts[0]) / (tilts[2] - tilts[0]))
    assert np.ptp(shares) > 0.15


def test_angles_are_zero_in_the_own_standing_whatever_the_posture() -> None:
    for move in ("sumo", "forward_bend"):
        clip = short(move, MOVES[move][1], seed=8)
        start, end = clip.standing_s
        still = (clip.time_s >= start) & (clip.time_s < end)
        for name in ("pelvis_inclination", "lumbar_flexion", "thoracic_flexion"):
            assert abs(joint_angles_rad(clip)[name][still].mean()) < 1e-9


def test_instants_follow_each_other_and_uneven_frames_have_uneven_times() -> None:
    clip = perform("sumo", "rounded", load_body(4), seed=5, frames_per_s=RATE, uneven=True)
    names = ("start_s", "bottom_s", "liftoff_s", "knee_pass_s", "lockout_s", "lowering_s")
    for one in clip.repetitions:
        times = [float(one[name]) for name in (*names, "touchdown_s")]
        assert times == sorted(times)
    steps = np.diff(clip.time_s)
    assert steps.min() > 0.0
    assert steps.std() > 0.001


def test_every_measure_has_a_truth() -> None:
    assert set(true_measures(record(short("kettlebell", "neutral")))) == set(LIFT_MEASURES)
    bent = true_measures(record(short("forward_bend", "hip_led")))
    assert set(bent) <= set(BEND_MEASURES)
    assert {"fingertip_to_floor", "bend_lumbar_share", "bend_hip_flexion"} <= set(bent)
    turned = true_measures(record(short("hip_rotation_passive", "plain", seed=2)))
    assert {"shank_at_rest_passive_left", "shank_at_rest_passive_right"} <= set(turned)


def test_the_bar_is_counted_from_the_middle_of_the_feet() -> None:
    clip = short("conventional", "neutral")
    assert clip.bar_m is not None
    ahead = np.array(record(clip)["bar_ahead_m"])
    assert ahead == pytest.approx(clip.bar_m[:, 0] - mid_foot_x_m(clip), abs=1e-4)
    first = clip.body
    foot = np.isin(first.weight_joints[:, 0], [first.joint(f"{p}_left") for p in ("ankle", "toe")])
    ankle_x = first.joints_m[first.joint("ankle_left"), 0]
    middle = 0.5 * (first.vertices_m[foot, 0].min() + first.vertices_m[foot, 0].max()) - ankle_x
    assert mid_foot_x_m(clip) == pytest.approx(middle, abs=0.02)


@pytest.mark.parametrize("style", MOVES["hip_rotation_active"])
def test_what_moves_along_in_a_seated_turn_is_told(style: str) -> None:
    moved = {"pelvis_hike": ("pelvis_list", 8.0), "trunk_lean": ("trunk_side_lean", 12.0)}
    told = []
    for seed in range(6):
        truth = record(short("hip_rotation_active", style, seed=seed))
        told.append({name: float(np.ptp(values)) for name, values in truth["sideways_deg"].items()})
    for faulty, (name, clear) in moved.items():
        spread = np.median([one[name] for one in told])
        assert (spread > clear) == (style == faulty), (name, spread)
    drift = np.median([one["thigh_aside_left"] for one in told])
    assert (drift > 5.0) == (style == "thigh_drift")


def test_external_rotation_counts_outward_and_not_as_internal() -> None:
    for seed in range(40):
        clip = short("hip_rotation_passive", "plain", seed=seed)
        outward = [one for one in clip.repetitions if one["direction"] == "external"]
        if outward:
            break
    side = str(outward[0]["side"])
    found = true_measures(record(clip))
    assert f"hip_rotation_passive_{side}" not in found
    assert found[f"hip_external_rotation_{side}"] > 5.0


@pytest.mark.parametrize(
    ("yaw_deg", "pitch_deg", "roll_deg"), [(0, 0, 0), (12, 4, -3), (-9, -5, 6)]
)
def test_the_cameras_bearings_are_read_from_its_axes(
    yaw_deg: float, pitch_deg: float, roll_deg: float
) -> None:
    clip = short("forward_bend", "hip_led")
    for side, bearing in (("right", yaw_deg), ("left", 180.0 - yaw_deg)):
        camera = camera_at(
            np.zeros(3),
            bearing_rad=float(np.radians(bearing)),
            distance_m=4.0,
            height_m=1.0,
            span_m=2.4,
            size_px=(540, 960),
        ).turned(pitch_rad=float(np.radians(pitch_deg)), roll_rad=float(np.radians(roll_deg)))
        told = truth_record(clip, camera, seed=1, yaw_deg=yaw_deg)["camera"]
        assert told["near_side"] == side
        found = [told[f"{name}_deg"] for name in ("yaw", "pitch", "roll")]
        assert found == pytest.approx([yaw_deg, pitch_deg, roll_deg], abs=0.01)
        tilted, _ = camera.project(np.array([[0.0, 0.9, 0.0], [0.0, 1.1, 0.0]]))
        leans_left = tilted[1, 0] < tilted[0, 0]
        assert leans_left == (roll_deg > 0.0) or roll_deg == 0.0


def test_seen_from_the_front_yaw_counts_to_the_persons_right() -> None:
    clip = short("hip_rotation_active", "plain")
    camera = camera_at(
        np.zeros(3),
        bearing_rad=float(np.radians(90.0 - 7.0)),
        distance_m=4.0,
        height_m=1.0,
        span_m=2.4,
        size_px=(540, 960),
    )
    told = truth_record(clip, camera, seed=1, yaw_deg=7.0)["camera"]
    assert told["yaw_deg"] == pytest.approx(7.0, abs=0.01)
    assert camera.position_m[2] > 0.0


def test_every_move_belongs_to_a_test() -> None:
    assert set(TEST_OF) == set(MOVES)
    assert set(TEST_OF.values()) == {
        "deadlift",
        "forward_bend",
        "hip_rotation_active",
        "hip_rotation_passive",
    }
