"""Vectors of the sagittal plane as complex numbers: x + iy, X forward, Y up.

Turning, differentiating a turning link and taking moments are then one product each. Inside this
package only; records carry arrays (..., 2).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats

__all__ = ["Planar", "along", "frame", "moment", "planar", "xy"]

Planar = NDArray[np.complex128]


def planar(points: Floats) -> Planar:
    """Return (..., 2) points as complex numbers (...)."""
    points = np.asarray(points, dtype=np.float64)
    vector: Planar = points[..., 0] + 1j * points[..., 1]
    return vector


def xy(vector: Planar) -> Floats:
    """Return complex numbers (...) as points (..., 2)."""
    return np.stack((vector.real, vector.imag), axis=-1)


def along(inclination_rad: Floats) -> Planar:
    """Return the unit vector (sin, cos) of an inclination from the upward vertical, forward +.

    With rate w and acceleration a of the inclination, its derivatives are -iw and -(ia + w^2)
    times itself.
    """
    vector: Planar = 1j * np.exp(-1j * inclination_rad)
    return vector


def frame(places_m: Floats) -> Planar:
    """Return places (..., 2), forward and up in a segment's frame, as (..., 1) complex.

    Times `along` of the segment's inclination they are where they are in the world: up is along
    the segment, forward is that turned clockwise, -i times it.
    """
    turned: Planar = (places_m[..., 1] - 1j * places_m[..., 0])[..., None]
    return turned


def moment(arm: NDArray[Any], force: NDArray[Any]) -> Floats:
    """Return the moment of a force about the foot of its lever arm, counter-clockwise +."""
    turning: Floats = arm.real * force.imag - arm.imag * force.real
    return turning
