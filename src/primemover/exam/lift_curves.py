"""The curves of a lift that are not joint angles: heights, and where the bar is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.events.lift import LiftSignals
from primemover.events.task import BodySignals
from primemover.kinematics.planar import inclination_rad, joint_flexion_rad
from primemover.load.scale import body_scale
from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.series import Series

__all__ = ["Heights", "bar_series", "body_signals", "heights", "in_body_plane", "lift_signals"]

_UPRIGHT_RAD = np.deg2rad(28.0)
# A network's wrist is where the hand begins; the bar's centre hangs this far below, in leg
# lengths (hand 0.108 H, half of it, over a leg of 0.53 H; Drillis and Contini 1966).
_GRIP_LEGS = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """Heights above the ankles in leg lengths, all (T,), and the leg's length in pixels.

    `hinge_rad` and `knee_rad` are trunk-thigh and knee flexion, also where a joint is covered:
    good enough to find events, not to be reported.
    """

    leg_px: float
    hinge_rad: Floats
    knee_rad: Floats
    hand: Floats
    knee: Floats
    hip: Floats
    shoulder: Floats


def heights(pose: CleanPose) -> Heights:
    """Return how high hands, knees, hips and shoulders are, for any view."""
    joints = pose.joints_px
    forward = pose.forward or 1
    trunk = inclination_rad(joints["hip"], joints["shoulder"], forward=forward)
    thigh = inclination_rad(joints["knee"], joints["hip"], forward=forward)
    shank = inclination_rad(joints["ankle"], joints["knee"], forward=forward)
    hinge = joint_flexion_rad(trunk, thigh)
    legs = np.linalg.norm(joints["hip"] - joints["knee"], axis=1) + np.linalg.norm(
        joints["knee"] - joints["ankle"], axis=1
    )
    upright = np.abs(hinge) < _UPRIGHT_RAD
    leg_px = float(np.nanmedian(legs[upright] if upright.any() else legs))
    hinge = np.fmin(hinge, _hinge_without_knee(pose, trunk, leg_px=leg_px))
    floor_px = joints["ankle"][:, 1]

    def above(y_px: Floats) -> Floats:
        up: Floats = (floor_px - y_px) / leg_px
        return up

    lower_hand_px = np.fmax(pose.left_px["wrist"][:, 1], pose.right_px["wrist"][:, 1])
    return Heights(
        leg_px=leg_px,
        hinge_rad=hinge,
        knee_rad=joint_flexion_rad(shank, thigh),
        hand=above(lower_hand_px),
        knee=above(joints["knee"][:, 1]),
        hip=above(joints["hip"][:, 1]),
        shoulder=above(joints["shoulder"][:, 1]),
    )


def _hinge_without_knee(pose: CleanPose, trunk_rad: Floats, *, leg_px: float) -> Floats:
    """Return the trunk-thigh angle (T,) from trunk, hip and planted ankle alone.

    A plate in front of the knee lets networks draw it anywhere. With thigh and shank of equal
    length l the knee's bend is 2 acos(d / 2l), d from hip to ankle, and half of it turns the thigh.
    """
    hip, ankle = pose.joints_px["hip"], pose.joints_px["ankle"]
    line = inclination_rad(ankle, hip, forward=pose.forward or 1)
    reach = np.linalg.norm(hip - ankle, axis=1) / leg_px
    thigh = line - np.arccos(np.clip(reach, -1.0, 1.0))
    return joint_flexion_rad(trunk_rad, thigh)


def lift_signals(
    pose: CleanPose, body: Heights, load: LoadTrack | None, held: Mask | None
) -> LiftSignals:
    """Return the curves in which repetitions are found; the load's path outranks the hands."""
    carried = body.hand - _GRIP_LEGS
    if load is not None and load.kind is LoadKind.PLATE:
        carried = np.where(load.lost, carried, _load_up(pose, body, load))
    return LiftSignals(
        time_s=pose.raw.time_s,
        hinge_rad=body.hinge_rad,
        hand_up_legs=body.hand,
        load_up_legs=carried,
        knee_up_legs=body.knee,
        held=held if load is not None and load.kind is LoadKind.PLATE else None,
        planted=pose.feet_planted,
    )


def body_signals(pose: CleanPose, body: Heights, load: LoadTrack | None) -> BodySignals:
    """Return the curves that tell one lift from another."""
    load_up = np.full(body.hand.size, np.nan)
    if load is not None and load.kind is not LoadKind.HANDS:
        load_up = _load_up(pose, body, load)
    return BodySignals(
        time_s=pose.raw.time_s,
        hinge_rad=body.hinge_rad,
        knee_rad=body.knee_rad,
        hand_up=body.hand,
        shoulder_up=body.shoulder,
        knee_up=body.knee,
        load_up=load_up,
    )


def bar_series(pose: CleanPose, load: LoadTrack | None) -> dict[str, Series]:
    """Return ``bar_x`` (ahead of mid-foot +) and ``bar_y`` (above the soles +), metres.

    Mid-foot is half-way between heel and toe where the feet stand. The near plate is carried over
    to the body's midline first: it is nearer to the camera and looks larger and lower there.
    Without a scale, or while the load is lost, the values are NaN.
    """
    time_s = pose.raw.time_s
    missing = np.full(time_s.size, np.nan)
    scale = body_scale(load) if load is not None else None
    if load is None or scale is None:
        return {name: _metres(name, time_s, missing, missing) for name in ("bar_x", "bar_y")}
    at_px, at_se_px = in_body_plane(load)
    heel, toe = pose.joints_px["heel"], pose.joints_px["toe"]
    midfoot_px = 0.5 * (heel + toe)
    ahead = pose.forward * (at_px[:, 0] - midfoot_px[:, 0]) * scale.m_per_px
    sole_px = np.fmax(heel[:, 1], toe[:, 1])
    up = (sole_px - at_px[:, 1]) * scale.m_per_px
    relative = scale.se_m_per_px / scale.m_per_px
    point_px = np.hypot(at_se_px, 0.5 * np.hypot(pose.se_px["heel"], pose.se_px["toe"]))
    lost = load.lost

    def with_error(name: str, value: Floats) -> Series:
        se = np.hypot(point_px * scale.m_per_px, np.abs(value) * relative)
        return _metres(name, time_s, np.where(lost, np.nan, value), se)

    return {"bar_x": with_error("bar_x", ahead), "bar_y": with_error("bar_y", up)}


def in_body_plane(load: LoadTrack) -> tuple[Floats, Floats]:
    """Return the load's path (T, 2) and its error (T,) where it may be compared with joints."""
    if load.midline_px is None or load.midline_se_px is None:
        return load.xy_px, load.se_px
    known: Mask = np.all(np.isfinite(load.midline_px), axis=1)
    path = np.where(known[:, None], load.midline_px, load.xy_px)
    return path, np.where(known, load.midline_se_px, load.se_px)


def _load_up(pose: CleanPose, body: Heights, load: LoadTrack) -> Floats:
    up: Floats = (pose.joints_px["ankle"][:, 1] - in_body_plane(load)[0][:, 1]) / body.leg_px
    return up


def _metres(name: str, time_s: Floats, value: Floats, se: Floats) -> Series:
    return Series(
        id=name,
        unit="m",
        time_s=time_s,
        value=frozen(value),
        se=frozen(np.where(np.isfinite(value), se, np.nan)),
    )
