"""What the raw landmarks of the same films say, with no correction of this project's.

Three families, each a function of the raw track: plain angles in the picture, plain angles of the
network's own world landmarks in space (the output that MediaPipe calls world landmarks: the same
BlazePose network, run by this project's runtime), and the stand-ins for a rounded back that
published analysers compute from shoulder and hip. All get more help than their users have: the
true facing direction, the true standing window to subtract, and left-right midpoints, which are
what the truth is defined on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from primemover.kinematics.frontal import space_flexion_rad
from primemover.kinematics.planar import inclination_rad, joint_flexion_rad, shank_rotation_rad
from primemover.model.arrays import Floats, Mask
from primemover.model.pose import Landmark, PoseTrack

__all__ = [
    "ALARMS",
    "BASELINES",
    "Baseline",
    "raw_landmark_angles",
    "rounding_scores",
    "world_landmark_angles",
]

Baseline = Callable[[PoseTrack, int, tuple[float, float]], dict[str, Floats]]

# What the published analysers take for rounding. A turn of the hip-shoulder line by 5 deg from the
# first frame is vaila's "Excessive Lumbar Flexion Risk" (AGPL code read, not copied; we subtract
# the whole standing window and keep the picture's aspect, it does neither); a hip-shoulder
# distance below 0.8 of the start is nghia17420/deadlift-analyzer's "Back is bending".
ALARMS: Final = {
    "shoulder_hip_turn": float(np.deg2rad(5.0)),
    "shoulder_hip_shortening": 0.2,
}
_UP: Final = np.array([0.0, -1.0, 0.0])  # world landmarks count y downwards


def raw_landmark_angles(
    track: PoseTrack, forward: int, standing_s: tuple[float, float]
) -> dict[str, Floats]:
    """Return angles of the landmarks in the picture since standing, series id -> (T,) rad.

    ``hip_flexion`` is shoulder-hip-knee, as published analysers have it; against the pelvis's own
    turn it also holds what the back bends. A front view (`forward` 0) has the shanks only.

    Parameters
    ----------
    track
    forward
        +1 or -1, the picture direction the person faces; 0 in a front view.
    standing_s
        [start, end) of standing, or sitting, at rest.
    """
    if forward == 0:
        angles = {
            "hip_rotation_left": _shank_rad(track, Landmark.LEFT_KNEE, outward=1),
            "hip_rotation_right": _shank_rad(track, Landmark.RIGHT_KNEE, outward=-1),
        }
        return _since_standing(track, angles, standing_s)
    points = {name: track.midpoint_px(*pair) for name, pair in _PAIRS.items()}
    trunk = inclination_rad(points["hip"], points["shoulder"], forward=forward)
    thigh = inclination_rad(points["knee"], points["hip"], forward=forward)
    shank = inclination_rad(points["ankle"], points["knee"], forward=forward)
    foot = inclination_rad(points["ankle"], points["toe"], forward=forward)
    hip = joint_flexion_rad(trunk, thigh)
    angles = {
        "trunk_inclination": trunk,
        "knee_flexion": joint_flexion_rad(shank, thigh),
        "hip_flexion": hip,
        "trunk_thigh": hip,
        "ankle_dorsiflexion": joint_flexion_rad(shank, foot),
    }
    return _since_standing(track, angles, standing_s)


def world_landmark_angles(
    track: PoseTrack, forward: int, standing_s: tuple[float, float]
) -> dict[str, Floats]:
    """Return the same angles in space from the world landmarks, series id -> (T,) rad.

    Joint angles are those between the two segments in space; the trunk's is that against the
    vertical, its sign by the picture; the shank's is read in the person's own frontal plane, across
    the line of the hips. Parameters as for `raw_landmark_angles`.
    """
    world = track.world_m
    if forward == 0:
        across = _level(world[:, Landmark.RIGHT_HIP] - world[:, Landmark.LEFT_HIP])
        angles = {
            "hip_rotation_left": _world_shank_rad(track, Landmark.LEFT_KNEE, -across),
            "hip_rotation_right": _world_shank_rad(track, Landmark.RIGHT_KNEE, across),
        }
        return _since_standing(track, angles, standing_s)
    points = {
        name: 0.5 * (world[:, left] + world[:, right]) for name, (left, right) in _PAIRS.items()
    }
    trunk = points["shoulder"] - points["hip"]
    lean = np.arctan2(np.linalg.norm(np.cross(trunk, _UP), axis=-1), trunk @ _UP)
    hip = space_flexion_rad(points["shoulder"], points["hip"], points["knee"])
    angles = {
        "trunk_inclination": np.copysign(lean, forward * trunk[:, 0]),
        "knee_flexion": space_flexion_rad(points["hip"], points["knee"], points["ankle"]),
        "hip_flexion": hip,
        "trunk_thigh": hip,
        "ankle_dorsiflexion": space_flexion_rad(points["knee"], points["ankle"], points["toe"]),
    }
    return _since_standing(track, angles, standing_s)


def rounding_scores(
    track: PoseTrack, forward: int, standing_s: tuple[float, float]
) -> dict[str, Floats]:
    """Return what published analysers take for a rounded back, name -> (T,), more is rounder.

    ``shoulder_hip_turn``: turn of the hip-shoulder line since standing, rad.
    ``ear_shoulder_hip``: bend at the shoulder between ear and hip since standing, rad, head
    forward +. ``shoulder_hip_shortening``: share by which the hip-shoulder distance has shrunk.
    A front view has none.
    """
    if forward == 0:
        return {}
    ear = track.midpoint_px(Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
    hip, shoulder = (track.midpoint_px(*_PAIRS[name]) for name in ("hip", "shoulder"))
    trunk = inclination_rad(hip, shoulder, forward=forward)
    neck = inclination_rad(shoulder, ear, forward=forward)
    turns = {"shoulder_hip_turn": trunk, "ear_shoulder_hip": joint_flexion_rad(neck, trunk)}
    length = np.linalg.norm(shoulder - hip, axis=-1)
    standing = length[_during(track, standing_s)]
    whole = float(np.median(standing)) if standing.size else np.nan
    shrunk: Floats = 1.0 - length / whole
    return _since_standing(track, turns, standing_s) | {"shoulder_hip_shortening": shrunk}


BASELINES: Final[dict[str, Baseline]] = {
    "raw landmarks": raw_landmark_angles,
    "world landmarks": world_landmark_angles,
}

_PAIRS: Final = {
    "shoulder": (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    "hip": (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    "knee": (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    "ankle": (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
    "toe": (Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX),
}
_TO_ANKLE: Final = Landmark.LEFT_ANKLE - Landmark.LEFT_KNEE


def _shank_rad(track: PoseTrack, knee: Landmark, *, outward: int) -> Floats:
    ankle = Landmark(knee + _TO_ANKLE)
    return shank_rotation_rad(track.joint_px(knee), track.joint_px(ankle), outward=outward)


def _world_shank_rad(track: PoseTrack, knee: Landmark, outward: Floats) -> Floats:
    """Return the shank's swing (T,) towards the level unit vectors `outward` (T, 3)."""
    shank = track.world_m[:, Landmark(knee + _TO_ANKLE)] - track.world_m[:, knee]
    swing: Floats = np.arctan2(np.sum(shank * outward, axis=-1), -(shank @ _UP))
    return swing


def _level(vectors: Floats) -> Floats:
    """Return vectors (T, 3) laid level and made one long."""
    flat = vectors * np.array([1.0, 0.0, 1.0])
    level: Floats = flat / np.linalg.norm(flat, axis=-1, keepdims=True)
    return level


def _during(track: PoseTrack, window_s: tuple[float, float]) -> Mask:
    inside = (track.time_s >= window_s[0]) & (track.time_s < window_s[1])
    return np.asarray(inside & track.found)


def _since_standing(
    track: PoseTrack, angles: dict[str, Floats], standing_s: tuple[float, float]
) -> dict[str, Floats]:
    """Return angles less their circular mean over the standing window, within (-pi, pi]."""
    standing = _during(track, standing_s)
    found = {}
    for name, angle in angles.items():
        rest = angle[standing]
        zero = np.arctan2(np.sin(rest).mean(), np.cos(rest).mean()) if rest.size else np.nan
        found[name] = joint_flexion_rad(angle, np.asarray(zero))
    return found
