"""The curves of a seated hip rotation film: both shanks, pelvis, trunk, thighs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.calibration.caution import Answer
from primemover.calibration.front import calibrated_leg, front_inputs, front_worries
from primemover.calibration.model import fit_for
from primemover.events.holds import Swing, find_rest, find_swings
from primemover.kinematics.frontal import (
    hip_rotation_rad,
    line_tilt_rad,
    rotation_se_rad,
    side_lean_rad,
    space_flexion_rad,
)
from primemover.model.arrays import Floats
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Side
from primemover.model.pose import Landmark
from primemover.signal.smooth import noise_sd

__all__ = ["Leg", "Seat", "read_leg", "read_seat"]

# A shank that hangs free is drawn 4-7 deg off the vertical by the network alone (vision.md 3c);
# what hangs further off than that plus 5 deg is not taken for a rest. Engineering default.
REST_LIMIT_RAD: Final = float(np.deg2rad(12.0))
# A leg that moves only while the other moves four times as far is swaying. Engineering default.
_SWAY_SHARE: Final = 0.25
_KNEE_SQUARE_RAD: Final = (float(np.deg2rad(70.0)), float(np.deg2rad(110.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg through the film.

    Attributes
    ----------
    absolute_rad : (T,) shank against gravity, internal rotation +
    rest : half-open index range of the resting hang, or None
    rest_rad : median of `absolute_rad` at rest, 0 without a rest
    plain_rad : (T,) counted from rest if there is one, as the landmarks have it
    angle_rad : (T,) what is reported: against gravity after the fitted correction, which uses the
        rest; without a correction as `plain_rad`
    noise_rad : frame noise of the angle
    systematic_rad, absolute_systematic_rad : the errors that no averaging takes away, of
        `angle_rad` and of `absolute_rad`
    knee_rad : knee flexion in space at rest, indicative
    swings : this leg's own swings, the other leg's sway left out
    swayed : how many swings were left out as sway
    """

    side: Side
    absolute_rad: Floats
    rest: tuple[int, int] | None
    rest_rad: float
    plain_rad: Floats
    angle_rad: Floats
    noise_rad: float
    systematic_rad: float
    absolute_systematic_rad: float
    knee_rad: float
    swings: tuple[Swing, ...]
    swayed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The seated body through the film, all (T,).

    Attributes
    ----------
    hip_tilt_rad : line of the hips, person's left end higher +
    shoulder_tilt_rad : line of the shoulders, the same sign
    lean_rad : mid-hip to mid-shoulder, towards the person's left +
    thigh_drop : how far the knees are below the hips, in shank lengths: 0 seated, about 1 standing
    hip_travel : how far the mid-hip is from its median place, in shank lengths
    shank_px : median length of the shanks
    """

    hip_tilt_rad: Floats
    shoulder_tilt_rad: Floats
    lean_rad: Floats
    thigh_drop: Floats
    hip_travel: Floats
    shank_px: float


def read_leg(pose: CleanPose, side: Side, *, yaw_rad: float, roll_rad: float = math.nan) -> Leg:
    """Return one leg's curve, its rest and its swings.

    The goniometer reads the shank against the vertical. A shank that hangs free is vertical by
    gravity, while the network draws it 4-7 deg off; so the film's first rest stands in for the
    vertical if it lies within 12 deg of it, which also takes out a tilted camera; the fitted
    correction starts from there. Otherwise the angle against the picture's vertical is kept, with
    its larger error: a later still moment might be a hold.
    """
    own, other = _absolute(pose, side), _absolute(pose, _other(side))
    time_s = pose.raw.time_s
    rest = _rest(time_s, own, other)
    rest_rad = float(np.median(own[rest[0] : rest[1]])) if rest else 0.0
    knee = _knee_rad(pose, side, rest)
    low, high = _KNEE_SQUARE_RAD
    plain = own - rest_rad
    plain_se_rad = rotation_se_rad(
        yaw_rad=yaw_rad,
        from_rest=rest is not None,
        knee_is_square=not np.isfinite(knee) or low <= knee <= high,
    )
    read = Answer(value_rad=plain, se_rad=np.full(plain.size, plain_se_rad))
    corrected = _corrected(pose, side, rest, plain=read, yaw_rad=yaw_rad, roll_rad=roll_rad)
    answer = read if corrected is None else corrected
    angle = answer.value_rad
    swings = find_swings(time_s, angle)
    kept = tuple(swing for swing in swings if not _is_sway(swing, angle, other, rest))
    return Leg(
        side=side,
        absolute_rad=own,
        rest=rest,
        rest_rad=rest_rad,
        plain_rad=plain,
        angle_rad=angle,
        noise_rad=noise_sd(time_s, own),
        systematic_rad=float(np.nanmedian(answer.se_rad)),
        absolute_systematic_rad=rotation_se_rad(yaw_rad=yaw_rad, from_rest=False),
        knee_rad=knee,
        swings=kept,
        swayed=len(swings) - len(kept),
    )


def _corrected(
    pose: CleanPose,
    side: Side,
    rest: tuple[int, int] | None,
    *,
    plain: Answer,
    yaw_rad: float,
    roll_rad: float,
) -> Answer | None:
    """Return the angle after the shipped correction, or None if none was made."""
    fit = fit_for("front")
    if rest is None or fit is None:
        return None
    inputs = front_inputs(pose, side, rest=rest, yaw_rad=yaw_rad, roll_rad=roll_rad)
    return calibrated_leg(fit, inputs, front_worries(pose, side, yaw_rad=yaw_rad), plain)


def read_seat(pose: CleanPose) -> Seat:
    """Return the seated body's curves."""
    left, right, middle = pose.left_px, pose.right_px, pose.joints_px
    shanks = [np.linalg.norm(legs["ankle"] - legs["knee"], axis=1) for legs in (left, right)]
    shank_px = float(np.nanmedian(np.concatenate(shanks)))
    knees, hips = 0.5 * (left["knee"] + right["knee"]), 0.5 * (left["hip"] + right["hip"])
    place = np.nanmedian(hips, axis=0)
    return Seat(
        hip_tilt_rad=line_tilt_rad(left["hip"], right["hip"]),
        shoulder_tilt_rad=line_tilt_rad(left["shoulder"], right["shoulder"]),
        lean_rad=side_lean_rad(middle["hip"], middle["shoulder"]),
        thigh_drop=(knees[:, 1] - hips[:, 1]) / shank_px,
        hip_travel=np.linalg.norm(hips - place, axis=1) / shank_px,
        shank_px=shank_px,
    )


def _absolute(pose: CleanPose, side: Side) -> Floats:
    joints = pose.left_px if side is Side.LEFT else pose.right_px
    return hip_rotation_rad(joints["knee"], joints["ankle"], side=side)


def _rest(time_s: Floats, own_rad: Floats, other_rad: Floats) -> tuple[int, int] | None:
    """Return the first rest of both legs if this one hangs near the vertical there, or None."""
    rest = find_rest(time_s, np.stack([own_rad, other_rad], axis=1))
    if rest is None or abs(float(np.median(own_rad[rest[0] : rest[1]]))) > REST_LIMIT_RAD:
        return None
    return rest


def _other(side: Side) -> Side:
    return Side.RIGHT if side is Side.LEFT else Side.LEFT


def _is_sway(
    swing: Swing, angle_rad: Floats, other_rad: Floats, rest: tuple[int, int] | None
) -> bool:
    """Return whether a swing is the echo of a much larger one of the other leg."""
    zero = float(np.median(other_rad[rest[0] : rest[1]])) if rest else 0.0
    span = slice(swing.start, swing.end)
    far = float(np.nanmax(np.abs(other_rad[span] - zero), initial=0.0))
    return float(np.nanmax(angle_rad[span])) < _SWAY_SHARE * far


def _knee_rad(pose: CleanPose, side: Side, rest: tuple[int, int] | None) -> float:
    """Return the knee's flexion in space at rest from the network's world landmarks."""
    first = Landmark.LEFT_HIP if side is Side.LEFT else Landmark.RIGHT_HIP
    world = pose.raw.world_m
    hip, knee, ankle = (world[:, int(first) + step] for step in (0, 2, 4))
    flexion = space_flexion_rad(hip, knee, ankle)
    span = flexion[rest[0] : rest[1]] if rest else flexion
    known = span[np.isfinite(span)]
    return float(np.median(known)) if known.size else np.nan
