"""Angles of a seated person filmed from the front. Pure geometry, and how far it is known to err.

Picture pixels: x right, y DOWN. The person faces the camera, so the person's left is the picture's
right. Internal hip rotation is +: it carries the foot outward, away from the other leg.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.kinematics.planar import shank_rotation_rad
from primemover.model.arrays import Floats
from primemover.model.measure import Side

__all__ = [
    "hip_rotation_rad",
    "line_tilt_rad",
    "rotation_se_rad",
    "side_lean_rad",
    "space_flexion_rad",
]

# Rendered people with known angles, vision.md 3c: hip internal rotation 0-50 deg, three bodies.
# Mean absolute errors in degrees by camera yaw, the shank's own rest subtracted; of each published
# range the upper end is taken because only three bodies stand behind it.
_YAW_DEG: Final = (0.0, 10.0, 20.0)
_FROM_REST_MAE_DEG: Final = (2.2, 2.5, 3.6)
_KNEE_OFF_MAE_DEG: Final = 3.3  # the same at yaw 0 with the knee at 100 deg instead of 88
_ABSOLUTE_MAE_DEG: Final = 6.4  # against gravity, nothing subtracted
_SD_OVER_MAE: Final = float(np.sqrt(np.pi / 2.0))  # of a normal error


def hip_rotation_rad(knee_px: Floats, ankle_px: Floats, *, side: Side) -> Floats:
    """Return the shank's angle against gravity, internal rotation +, (T,).

    Parameters
    ----------
    knee_px, ankle_px : (T, 2)
    side
        ``Side.LEFT`` or ``Side.RIGHT`` of a person who faces the camera.
    """
    return shank_rotation_rad(knee_px, ankle_px, outward=1 if side is Side.LEFT else -1)


def line_tilt_rad(left_px: Floats, right_px: Floats) -> Floats:
    """Return how far the line between the two sides is tilted, (T,); left end higher +."""
    across = np.asarray(left_px) - np.asarray(right_px)
    tilt: Floats = np.arctan2(-across[..., 1], across[..., 0])
    return tilt


def side_lean_rad(low_px: Floats, high_px: Floats) -> Floats:
    """Return the sideways lean of an upright line, (T,); towards the person's left +."""
    along = np.asarray(high_px) - np.asarray(low_px)
    lean: Floats = np.arctan2(along[..., 0], -along[..., 1])
    return lean


def space_flexion_rad(proximal_m: Floats, joint_m: Floats, distal_m: Floats) -> Floats:
    """Return a joint's flexion in space from three points (T, 3), 0 straight, (T,).

    From a pose network's depth it is indicative only: good for "about a right angle", no more.
    """
    upper = np.asarray(joint_m) - np.asarray(proximal_m)
    lower = np.asarray(distal_m) - np.asarray(joint_m)
    along = np.sum(upper * lower, axis=-1)
    across = np.linalg.norm(np.cross(upper, lower), axis=-1)
    flexion: Floats = np.arctan2(across, along)
    return flexion


def rotation_se_rad(*, yaw_rad: float, from_rest: bool, knee_is_square: bool = True) -> float:
    """Return the error of a hip rotation that averaging frames or repetitions does not shrink.

    Parameters
    ----------
    yaw_rad
        Camera off the exact front; NaN counts as the largest yaw that was tried, beyond it the
        last step is extrapolated.
    from_rest
        Whether the leg's own resting hang was subtracted.
    knee_is_square
        Whether the knee was near its right angle.
    """
    if not from_rest:
        return float(np.deg2rad(_SD_OVER_MAE * _ABSOLUTE_MAE_DEG))
    yaw_deg = abs(float(np.rad2deg(yaw_rad))) if np.isfinite(yaw_rad) else _YAW_DEG[-1]
    inside = float(np.interp(yaw_deg, _YAW_DEG, _FROM_REST_MAE_DEG))
    step = (_FROM_REST_MAE_DEG[-1] - _FROM_REST_MAE_DEG[-2]) / (_YAW_DEG[-1] - _YAW_DEG[-2])
    mae_deg = inside + max(yaw_deg - _YAW_DEG[-1], 0.0) * step
    if not knee_is_square:
        mae_deg = max(mae_deg, _KNEE_OFF_MAE_DEG)
    return float(np.deg2rad(_SD_OVER_MAE * mae_deg))
