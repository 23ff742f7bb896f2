"""From an engine's landmarks to a person who can be measured."""

from __future__ import annotations

import numpy as np

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.pose import Landmark, PoseTrack
from primemover.pose.feet import Footing, find_footing
from primemover.pose.legs import stray_legs
from primemover.pose.orientation import Orientation, orientation
from primemover.pose.plausible import impossible_knee
from primemover.pose.sides import repair_swaps
from primemover.pose.stranger import without_strangers
from primemover.signal.gaps import fill_short_gaps
from primemover.signal.smooth import smooth

__all__ = ["clean"]

_PAIRS: dict[str, tuple[Landmark, Landmark]] = {
    "ear": (Landmark.LEFT_EAR, Landmark.RIGHT_EAR),
    "shoulder": (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    "elbow": (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW),
    "wrist": (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST),
    "hip": (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    "knee": (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    "ankle": (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
    "heel": (Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL),
    "toe": (Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX),
}
_FEET = ("ankle", "heel", "toe")
_LEG = ("hip", "knee", *_FEET)
_BOTH_SEEN = 15  # pictures that show both sides before their distance is believed; eng. default
_CORE = ("hip", "shoulder")  # their visibility stays 1 even when covered: never gated by it
_VISIBLE = 0.5
_WINDOW_S = 0.20  # smoothing of landmark paths: a lift's fastest joint turns at about 2 Hz
_LONGEST_GAP_S = 0.25
_UPRIGHT_RAD = np.deg2rad(25.0)
_POINT_ERROR = 0.015  # of the trunk: a landmark's own error in standing (vision.md 3a)


def clean(track: PoseTrack) -> CleanPose:
    """Return the person in the picture's plane, sides repaired, feet planted, gaps bridged.

    Steps: leave out frames that show a passer-by; repair left-right swaps; find which way the
    person faces; smooth the paths on their true time stamps; take left-right midpoints (immune to
    swaps) where both sides are seen and no leg is astray, else the seen side carried to the
    midpoint; hold planted feet at their visible place.

    Raises
    ------
    QualityError
        If the person is found in too few frames to measure anything.
    """
    track = without_strangers(track)
    if track.found.sum() < 5:  # noqa: PLR2004 - fewer frames carry no movement
        raise QualityError(
            "Nobody could be followed through this film; film one person, whole body in view.",
            reason="no_person",
        )
    trunk_px = _trunk_length_px(track)
    xy_px, visibility, repaired = repair_swaps(track, trunk_px=trunk_px)
    facing = orientation(track)
    left, right = _side_paths(track.time_s, xy_px)
    joints: dict[str, Floats] = {}
    hidden: dict[str, Mask] = {}
    stray = _stray_legs(left, right) if facing.forward else None
    for name, (one, other) in _PAIRS.items():
        seen_left, seen_right = visibility[:, one], visibility[:, other]
        if name in _CORE:
            seen_left = seen_right = np.ones_like(seen_left)
        if stray is not None and name in _LEG:
            seen_left, seen_right = np.where(stray, 0.0, (seen_left, seen_right))
        joints[name], hidden[name] = _midpoint(left[name], right[name], seen_left, seen_right)
    footing = _plant(track.time_s, joints, hidden, visibility)
    if facing.forward:
        hidden["knee"] = hidden["knee"] | impossible_knee(
            joints["hip"],
            joints["knee"],
            joints["ankle"],
            forward=facing.forward,
            leg_px=footing.leg_px,
        )
    se = {name: _errors_px(name, hidden[name], footing, trunk_px) for name in _PAIRS}
    return CleanPose(
        raw=track,
        facing=facing.facing,
        near_side=facing.near_side,
        forward=facing.forward,
        joints_px={name: frozen(path) for name, path in joints.items()},
        left_px={name: frozen(path) for name, path in left.items()},
        right_px={name: frozen(path) for name, path in right.items()},
        se_px={name: frozen(path) for name, path in se.items()},
        hidden={name: frozen(mask, dtype=bool) for name, mask in hidden.items()},
        feet_planted=frozen(footing.planted, dtype=bool),
        notes=_notes(repaired, footing, facing),
        turn_rad=facing.turn_rad,
        turn_se_rad=facing.se_rad,
    )


def _trunk_length_px(track: PoseTrack) -> float:
    shoulder = track.midpoint_px(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    hip = track.midpoint_px(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return float(np.nanmedian(np.linalg.norm(shoulder - hip, axis=1)))


def _side_paths(time_s: Floats, xy_px: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return smoothed paths by joint name, left and right."""
    chosen = [int(pair[side]) for side in (0, 1) for pair in _PAIRS.values()]
    flat = xy_px[:, chosen].reshape(time_s.size, -1)
    bridged = fill_short_gaps(time_s, flat, longest_s=_LONGEST_GAP_S)
    paths = smooth(time_s, bridged, window_s=_WINDOW_S).reshape(time_s.size, 2, len(_PAIRS), 2)
    names = list(_PAIRS)
    left = {name: paths[:, 0, i] for i, name in enumerate(names)}
    right = {name: paths[:, 1, i] for i, name in enumerate(names)}
    return left, right


def _stray_legs(left: dict[str, Floats], right: dict[str, Floats]) -> tuple[Mask, Mask]:
    upright, leg_px = _standing(
        {name: 0.5 * (left[name] + right[name]) for name in ("shoulder", "hip", "knee", "ankle")}
    )
    return stray_legs(left["ankle"], right["ankle"], upright=upright, leg_px=leg_px)


def _midpoint(
    left_px: Floats, right_px: Floats, seen_left: Floats, seen_right: Floats
) -> tuple[Floats, Mask]:
    """Return the left-right midpoint (T, 2), carried by one side while the other is covered."""
    middle = 0.5 * (left_px + right_px)
    both = (seen_left >= _VISIBLE) & (seen_right >= _VISIBLE)
    either = (seen_left >= _VISIBLE) | (seen_right >= _VISIBLE)
    enough = both.sum() >= _BOTH_SEEN
    half_gap = np.nanmedian(0.5 * (right_px - left_px)[both], axis=0) if enough else np.zeros(2)
    only_left = either & ~both & (seen_left > seen_right)
    only_right = either & ~both & ~only_left
    middle[only_left] = left_px[only_left] + half_gap
    middle[only_right] = right_px[only_right] - half_gap
    return middle, ~either | ~np.isfinite(middle[:, 0])


def _plant(
    time_s: Floats, joints: dict[str, Floats], hidden: dict[str, Mask], visibility: Floats
) -> Footing:
    """Hold planted feet in place, in `joints` and `hidden`."""
    upright, leg_px = _standing(joints)
    ankles = visibility[:, [Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE]].max(axis=1)
    footing = find_footing(
        time_s, {name: joints[name] for name in _FEET}, ankles, upright=upright, leg_px=leg_px
    )
    for name in _FEET:
        joints[name][footing.planted] = footing.held_px[name]
        hidden[name] = np.where(footing.planted, footing.hidden, hidden[name])
    return footing


def _standing(joints: dict[str, Floats]) -> tuple[Mask, float]:
    """Return (T,) where the person stands tall, and the length from hip to ankle there."""
    trunk = joints["shoulder"] - joints["hip"]
    thigh = joints["hip"] - joints["knee"]
    hinge = np.abs(np.arctan2(trunk[:, 0], -trunk[:, 1]) - np.arctan2(thigh[:, 0], -thigh[:, 1]))
    upright: Mask = hinge < _UPRIGHT_RAD
    legs = np.linalg.norm(joints["hip"] - joints["ankle"], axis=1)
    leg_px = float(np.nanmedian(legs[upright])) if upright.any() else float(np.nanmax(legs))
    return upright, leg_px


def _errors_px(name: str, hidden: Mask, footing: Footing, trunk_px: float) -> Floats:
    """Return the standard error of one coordinate (T,): wider where the joint is covered."""
    base = _POINT_ERROR * trunk_px
    if name in _FEET:
        held = float(np.hypot(base, footing.spread_px[name]))
        return np.where(footing.planted, held, 3.0 * base)
    return np.where(hidden, 3.0 * base, base)


def _notes(repaired: dict[str, int], footing: Footing, facing: Orientation) -> tuple[str, ...]:
    notes = [
        f"Left and right of the {joint} were put back in {count} frames."
        for joint, count in repaired.items()
    ]
    covered = int(footing.hidden.sum())
    if covered and facing.forward:
        notes.append(f"The feet were covered in {covered} frames and held where they stand.")
    return tuple(notes)
