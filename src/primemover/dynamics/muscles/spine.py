"""The load on the L5/S1 disc: compression, and anterior shear as an indication.

Context for a lifter, never a pass or fail. The angle of the plate is assumed, and shear depends on
it strongly: 1.4, 3.3 and 4.7 kN at 16, 28 and 38 degrees in one and the same lift.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.arrays import Floats

__all__ = ["PLATE_ANGLE_RAD", "disc_load"]

PLATE_ANGLE_RAD: Final = float(np.radians(28.0))
"""Slope of the sacral plate against the horizontal, standing, front down: assumed, not measured."""


def disc_load(
    net_force_n: Floats,
    pull_n: Floats,
    *,
    pelvis_tilt_rad: Floats,
    plate_angle_rad: float | Floats = PLATE_ANGLE_RAD,
) -> tuple[Floats, Floats]:
    """Return compression and anterior shear on the disc, (...) each.

    What the bones must give is the net force on all above L5/S1 less what muscles pull there.
    Compression is that along the plate's normal, anterior shear (+: the spine would slip forward
    on the sacrum) along the plate. No abdominal pressure, no ligaments.

    Parameters
    ----------
    net_force_n : (..., 2) array, of the pelvis on all above it, forward and up, global
    pull_n : (..., 2) array, of the muscles on the spine, X and Y of the pelvis
    pelvis_tilt_rad : (...) array, forward +
    plate_angle_rad
        Front down +, in the upright pelvis; a number or an array (...).
    """
    sine, cosine = np.sin(pelvis_tilt_rad), np.cos(pelvis_tilt_rad)
    forward = net_force_n[..., 0] * cosine - net_force_n[..., 1] * sine - pull_n[..., 0]
    up = net_force_n[..., 0] * sine + net_force_n[..., 1] * cosine - pull_n[..., 1]
    slope_sine, slope_cosine = np.sin(plate_angle_rad), np.cos(plate_angle_rad)
    compression: Floats = forward * slope_sine + up * slope_cosine
    shear: Floats = up * slope_sine - forward * slope_cosine
    return compression, shear
