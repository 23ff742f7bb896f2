"""Angles of segments and joints in the plane of the picture. Pure geometry.

Picture pixels: x right, y DOWN. `forward` is +1 when the person faces the picture's right and -1
when they face left. Inclinations are counted from the upward vertical, forward +; joint angles are
clinical: flexion and dorsiflexion +, zero in the anatomical position.
"""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats

__all__ = ["inclination_rad", "inclination_se_rad", "joint_flexion_rad", "shank_rotation_rad"]


def inclination_rad(low_px: Floats, high_px: Floats, *, forward: int) -> Floats:
    """Return the forward inclination of the line from a low to a high point, (T,).

    Parameters
    ----------
    low_px, high_px : (T, 2)
        The segment's lower and upper end in standing, e.g. mid-hip and mid-shoulder.
    forward
        +1 or -1, the picture direction the person faces.

    Returns
    -------
    (T,) in (-pi, pi]: 0 upright, +pi/2 level with the upper end in front.
    """
    along = np.asarray(high_px) - np.asarray(low_px)
    angle: Floats = np.arctan2(forward * along[..., 0], -along[..., 1])
    return angle


def joint_flexion_rad(distal_rad: Floats, proximal_rad: Floats) -> Floats:
    """Return distal minus proximal inclination wrapped to (-pi, pi].

    With shank and thigh this is knee flexion; with trunk (or pelvis) and thigh, hip flexion.
    """
    turned = np.asarray(distal_rad) - np.asarray(proximal_rad)
    wrapped: Floats = np.arctan2(np.sin(turned), np.cos(turned))
    return wrapped


def inclination_se_rad(
    low_px: Floats, high_px: Floats, *, low_se_px: Floats, high_se_px: Floats
) -> Floats:
    """Return the standard error of `inclination_rad` for independent end-point errors, (T,).

    First-order propagation: an error across the segment of sqrt(se_low^2 + se_high^2) turns it by
    that over its length.
    """
    length_px = np.linalg.norm(np.asarray(high_px) - np.asarray(low_px), axis=-1)
    error: Floats = np.hypot(low_se_px, high_se_px) / np.maximum(length_px, 1.0)
    return error


def shank_rotation_rad(knee_px: Floats, ankle_px: Floats, *, outward: int) -> Floats:
    """Return the shank's swing from gravity in a front view, (T,), internal hip rotation +.

    Seated with the knee at a right angle, internal rotation of the hip carries the foot outward,
    away from the body's midline.

    Parameters
    ----------
    knee_px, ankle_px : (T, 2)
    outward
        +1 if this leg's outward direction is the picture's right (a left leg filmed from the
        front), -1 if it is the picture's left.
    """
    hanging = np.asarray(ankle_px) - np.asarray(knee_px)
    angle: Floats = np.arctan2(outward * hanging[..., 0], hanging[..., 1])
    return angle
