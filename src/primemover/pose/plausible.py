"""A knee must fit between hip and foot: catch those that a plate made the network invent."""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats, Mask

__all__ = ["impossible_knee"]

# Thigh and shank are 0.245 and 0.246 of the height (Drillis and Contini 1966): half a leg each.
# The limits leave room for a landmark error of a tenth of the leg at either end and for people
# who are built differently; engineering defaults.
_SHORTEST, _LONGEST = 0.34, 0.66  # of the leg
_BACKWARD = 0.06  # of the leg: a knee this far behind the hip-ankle line bends the wrong way


def impossible_knee(
    hip_px: Floats, knee_px: Floats, ankle_px: Floats, *, forward: int, leg_px: float
) -> Mask:
    """Return (T,) whether the knee cannot be where it was drawn.

    Parameters
    ----------
    hip_px, knee_px, ankle_px : (T, 2)
        In a side view; the ankle held where the foot stands.
    forward
        +1 or -1, the picture direction the person faces.
    leg_px
        Hip to ankle in standing.
    """
    thigh = np.linalg.norm(hip_px - knee_px, axis=1) / leg_px
    shank = np.linalg.norm(knee_px - ankle_px, axis=1) / leg_px
    misfit = (thigh < _SHORTEST) | (thigh > _LONGEST) | (shank < _SHORTEST) | (shank > _LONGEST)
    line = hip_px - ankle_px
    length = np.maximum(np.linalg.norm(line, axis=1), 1.0)
    offset = knee_px - ankle_px
    # y points down: this is positive when the knee lies on the side the person faces
    ahead = forward * (line[:, 0] * offset[:, 1] - line[:, 1] * offset[:, 0]) / length
    backward = ahead < -_BACKWARD * leg_px
    impossible: Mask = misfit | backward
    return impossible
