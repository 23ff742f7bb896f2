"""The conventional deadlift, after standing without the bar."""

from typing import Any

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.performance import Performance, hanging_wrists_m
from validation.virtual.posture import (
    Channel,
    Reach,
    arm_length_m,
    grip_depth_m,
    pose_trunk_and_legs,
    posture,
    reach_with_arms,
    stand,
)
from validation.virtual.rotations import Floats
from validation.virtual.skeleton import Track, place_joints
from validation.virtual.timing import Score, Stroke, play, sway

PLATE_RADIUS_M = 0.225
GRIP_HALF_WIDTH_M = 0.25
LIFTED_M = 0.01
_HELD = 0.999
_ELBOW = np.array([-1.0, 0.0, 0.3])

STANDING = posture(shank=2.0, knee=2.0)
LOCKOUT = posture(shank=-2.0, knee=1.0, pelvis=-1.0, grip=1.0)


def mid_foot_m(body: Body) -> float:
    """Return how far the middle of the foot is in front of the ankle joint."""
    ankle = body.joint("ankle_right")
    on_foot = (body.weight_joints[:, 0] == ankle) | (
        body.weight_joints[:, 0] == body.joint("toe_right")
    )
    foot_x = body.vertices_m[on_foot, 0] - body.joints_m[ankle, 0]
    return float(0.5 * (foot_x.min() + foot_x.max()))


def bent_to_bar(body: Body, *, bar_height_m: float, lead_m: float, **angles: float) -> Floats:
    """Return the posture (C,) that holds a bar over mid-foot with straight arms.

    `shank`, `lumbar`, `thoracic` and `neck` (degrees) are given, as is `lead_m`, how far the
    shoulders are in front of the bar; the knee and the pelvis follow: thigh and
    trunk are two links between the knee and the shoulder.

    Raises
    ------
    ValueError
        When the links cannot meet.
    """
    arm_m = arm_length_m(body)
    first = posture(grip=1.0, **angles)
    trunk = _trunk_m(body, first)
    aside_m = GRIP_HALF_WIDTH_M - abs(float(body.joints_m[body.joint("shoulder_right"), 2]))
    shoulder = np.array(
        [
            mid_foot_m(body) + lead_m,
            bar_height_m + np.sqrt(arm_m**2 - lead_m**2 - aside_m**2),
        ]
    )
    shank_m = body.length_m("knee_right", "ankle_right")
    thigh_m = body.length_m("hip_right", "knee_right")
    tilt = first[Channel.SHANK]
    ankle_m = float(body.joints_m[body.joint("ankle_right"), 1])
    knee = np.array([shank_m * np.sin(tilt), ankle_m + shank_m * np.cos(tilt)])
    hip = _hinge(knee, shoulder, lengths_m=(thigh_m, float(np.hypot(*trunk))))
    thigh_back = np.arctan2(knee[0] - hip[0], hip[1] - knee[1])
    lean = np.arctan2(shoulder[0] - hip[0], shoulder[1] - hip[1])
    first[Channel.KNEE] = thigh_back + tilt
    first[Channel.PELVIS] = lean - np.arctan2(trunk[0], trunk[1])
    return first


def _trunk_m(body: Body, angles: Floats) -> Floats:
    """Return mid-hip to mid-shoulder (X, Y) of a posture with its pelvis level."""
    joints_m = place_joints(body, pose_trunk_and_legs(body, angles[None]))[0]
    shoulders = joints_m[[body.joint(f"shoulder_{side}") for side in SIDES]].mean(axis=0)
    hips = joints_m[[body.joint(f"hip_{side}") for side in SIDES]].mean(axis=0)
    trunk: Floats = (shoulders - hips)[:2]
    return trunk


def _hinge(low: Floats, high: Floats, *, lengths_m: tuple[float, float]) -> Floats:
    """Return the point at the given distances from two points, the one behind them."""
    line = high - low
    distance = float(np.hypot(*line))
    along = (lengths_m[0] ** 2 - lengths_m[1] ** 2 + distance**2) / (2.0 * distance)
    aside_squared = lengths_m[0] ** 2 - along**2
    if aside_squared <= 0.0:
        message = f"thigh and trunk {lengths_m} cannot span {distance:.3f} m"
        raise ValueError(message)
    forward = line / distance
    behind = np.array([-forward[1], forward[0]])
    point: Floats = low + along * forward + np.sqrt(aside_squared) * behind
    return point


def deadlift(
    body: Body,
    *,
    seed: int,
    frames_per_s: float,
    rounding_deg: float = 27.0,
    hips_first: tuple[bool, ...] = (False, True, False),
) -> Performance:
    """Return repetitions of the deadlift with the lumbar spine rounded at the bottom.

    Parameters
    ----------
    rounding_deg : lumbar flexion over the own standing in the set-up
    hips_first : one repetition each; true where the hips rise before the bar moves
    """
    score = play(
        _strokes(body, rounding_deg=rounding_deg, hips_first=hips_first, seed=seed),
        frames_per_s=frames_per_s,
    )
    moving = (Channel.PELVIS, Channel.LUMBAR, Channel.NECK)
    postures = sway(score, amplitude_deg=0.25, channels=moving, seed=seed)
    track = stand(body, pose_trunk_and_legs(body, postures))
    bar_m = _bar_m(body, track, grip=postures[:, Channel.GRIP])
    reach = _hold(body, track, bar_m=bar_m, grip=postures[:, Channel.GRIP])
    return Performance(
        move="deadlift",
        view="side",
        time_s=score.time_s,
        body=body,
        track=reach_with_arms(body, track, reach),
        standing_s=(0.2, 1.8),
        repetitions=_repetitions(score, bar_m, hips_first=hips_first),
        bar_m=bar_m,
    )


def _strokes(
    body: Body, *, rounding_deg: float, hips_first: tuple[bool, ...], seed: int
) -> tuple[Stroke, ...]:
    random = np.random.default_rng(seed + 1)
    down = bent_to_bar(
        body, bar_height_m=PLATE_RADIUS_M, lead_m=0.03,
        shank=9.0, lumbar=rounding_deg, thoracic=8.0, neck=-20.0,
    )  # fmt: skip
    out = [
        Stroke(label="stand", duration_s=2.0, postures=(STANDING,)),
        Stroke(label="reach", duration_s=1.4, postures=(STANDING, down)),
        Stroke(label="brace", duration_s=0.4, postures=(down,)),
    ]
    for early in hips_first:
        more = rounding_deg + random.uniform(-1.5, 1.5)
        start = down
        if early:
            start = bent_to_bar(
                body, bar_height_m=PLATE_RADIUS_M, lead_m=0.08,
                shank=1.0, lumbar=more + 3.0, thoracic=10.0, neck=-22.0,
            )  # fmt: skip
            out.append(Stroke(label="hips", duration_s=0.5, postures=(down, start)))
        knee_pass = bent_to_bar(
            body, bar_height_m=0.50 * body.height_m / 1.75, lead_m=0.06,
            shank=-2.0, lumbar=0.85 * more, thoracic=8.0, neck=-15.0,
        )  # fmt: skip
        pull_s = 1.25 + random.uniform(-0.1, 0.1)
        out += [
            Stroke(label="lift", duration_s=pull_s, postures=(start, knee_pass, LOCKOUT)),
            Stroke(label="lockout", duration_s=0.4, postures=(LOCKOUT,)),
            Stroke(label="lower", duration_s=1.15, postures=(LOCKOUT, knee_pass, down)),
            Stroke(label="floor", duration_s=0.35, postures=(down,)),
        ]
    free = down.copy()
    free[Channel.GRIP] = 0.0
    return (
        *out,
        Stroke(label="let go", duration_s=0.4, postures=(down, free)),
        Stroke(label="rise", duration_s=1.4, postures=(free, STANDING)),
        Stroke(label="end", duration_s=0.5, postures=(STANDING,)),
    )


def _bar_m(body: Body, track: Track, *, grip: Floats) -> Floats:
    """Return the bar (T, 3): over mid-foot, hanging from straight arms, never in the floor."""
    shoulder = track.joints_m[:, body.joint("shoulder_right")]
    bar_x = mid_foot_m(body)
    aside = GRIP_HALF_WIDTH_M - shoulder[:, 2]
    below = np.sqrt(arm_length_m(body) ** 2 - (shoulder[:, 0] - bar_x) ** 2 - aside**2)
    lifted = np.maximum(shoulder[:, 1] - below, PLATE_RADIUS_M)
    height = np.where(grip > _HELD, lifted, PLATE_RADIUS_M)
    return np.stack([np.full_like(height, bar_x), height, np.zeros_like(height)], axis=1)


def _hold(body: Body, track: Track, *, bar_m: Floats, grip: Floats) -> Reach:
    """Return the wrists between hanging and the bar, as closed as the grip is."""
    hanging = hanging_wrists_m(body, track)
    held = np.empty_like(hanging)
    for number, side in enumerate(SIDES):
        outward = 1.0 if side == "right" else -1.0
        hand = bar_m + np.array([0.0, 0.0, outward * GRIP_HALF_WIDTH_M])
        arm = track.joints_m[:, body.joint(f"shoulder_{side}")] - hand
        distance = np.linalg.norm(arm, axis=1, keepdims=True)
        held[:, number] = hand + arm / distance * grip_depth_m(body)
    share = grip[:, None, None]
    wrists: Floats = (1.0 - share) * hanging + share * held
    return Reach(wrists_m=wrists, elbow_towards=_ELBOW, grip=grip)


def _repetitions(
    score: Score, bar_m: Floats, *, hips_first: tuple[bool, ...]
) -> tuple[dict[str, Any], ...]:
    """Return the times of each repetition, from the bar's height.

    Lift-off and touch-down are where the bar passes 10 mm over its rest, lockout and
    the start of lowering where it passes 10 mm under its highest point.
    """
    height, time_s = bar_m[:, 1], score.time_s
    off_floor = np.flatnonzero(np.diff((height > PLATE_RADIUS_M + LIFTED_M).astype(int)))
    out: list[dict[str, Any]] = []
    for early, (start, end) in zip(hips_first, off_floor.reshape(-1, 2) + 1, strict=True):
        near_top = np.flatnonzero(height[start:end] > height[start:end].max() - LIFTED_M) + start
        out.append(
            {
                "liftoff_s": float(time_s[start]),
                "lockout_s": float(time_s[near_top[0]]),
                "lowering_s": float(time_s[near_top[-1]]),
                "touchdown_s": float(time_s[end]),
                "hips_first": early,
            }
        )
    return tuple(out)
