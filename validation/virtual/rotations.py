"""Rotation matrices for whole time series at once, (..., 3, 3)."""

from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_AXES = ((1, 2), (2, 0), (0, 1))


def about_axis(axis: int, angle_rad: Floats | float) -> Floats:
    """Rotate by the right-hand rule about X (0), Y (1) or Z (2): (...) -> (..., 3, 3)."""
    angle = np.asarray(angle_rad, dtype=np.float64)
    first, second = _AXES[axis]
    out = np.zeros((*angle.shape, 3, 3))
    out[..., axis, axis] = 1.0
    out[..., first, first] = out[..., second, second] = np.cos(angle)
    out[..., second, first] = np.sin(angle)
    out[..., first, second] = -np.sin(angle)
    return out


def forward_pitch(angle_rad: Floats | float) -> Floats:
    """Tilt the upright forward: Y towards X. A forward inclination is positive."""
    return about_axis(2, -np.asarray(angle_rad, dtype=np.float64))


def between(start: Floats, end: Floats) -> Floats:
    """Return the smallest rotation that turns one direction into another.

    Parameters
    ----------
    start, end : (..., 3), of any length, broadcast; not opposite to each other

    Returns
    -------
    (..., 3, 3), by Rodrigues' formula.
    """
    a = unit(start)
    b = unit(end)
    axis = np.cross(a, b)
    cosine = np.sum(a * b, axis=-1)[..., None, None]
    skew = np.zeros((*axis.shape, 3))
    skew[..., 0, 1], skew[..., 0, 2] = -axis[..., 2], axis[..., 1]
    skew[..., 1, 0], skew[..., 1, 2] = axis[..., 2], -axis[..., 0]
    skew[..., 2, 0], skew[..., 2, 1] = -axis[..., 1], axis[..., 0]
    return cast("Floats", np.eye(3) + skew + skew @ skew / (1.0 + cosine))


def unit(vector: Floats) -> Floats:
    """Return the vectors with length one, (..., 3)."""
    length = np.sqrt(np.einsum("...i,...i->...", vector, vector))
    return cast("Floats", vector / length[..., None])


def turn(rotation: Floats, vector: Floats) -> Floats:
    """Apply rotations (..., 3, 3) to vectors (..., 3)."""
    return cast("Floats", np.einsum("...ij,...j->...i", rotation, vector))
