"""Two-link arms from the shoulders to where the hands hold the load."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.dynamics.planar import Planar
from primemover.model.arrays import Floats

__all__ = ["grip_point", "reach"]

_TINY: Final = 1e-9


def grip_point(shoulder: Planar, load: Planar, *, grip_m: float) -> Planar:
    """Return the middle of the grip, `grip_m` from the load's centre towards the shoulders."""
    up = shoulder - load
    grip: Planar = load + grip_m * up / np.maximum(np.abs(up), _TINY)
    return grip


def reach(
    shoulder: Planar, grip: Planar, *, upper_m: Floats, lower_m: Floats, locking: float = 0.0
) -> tuple[Floats, Floats, Floats]:
    """Return the inclinations of upper arm and forearm, and how far the hands miss the grip.

    The law of cosines; of the two solutions the one with the elbow behind the line from shoulder
    to grip. If the grip is out of reach the stretched (or folded) arm points at it, which leaves
    the least error.

    Parameters
    ----------
    shoulder, grip : (..., T) complex
    upper_m, lower_m : (..., 1) shoulder to elbow and elbow to grip
    locking
        How softly elbows lock, in arm lengths; see `HeldLoad`. 0 = exactly.

    Returns
    -------
    upper_arm_rad, forearm_rad : (..., T), hanging 0, hand in front of the shoulder -
    gap_m : (..., T), 0 where the grip is within reach
    """
    up = shoulder - grip
    distance = np.abs(up)
    longest = upper_m + lower_m
    soft = longest - _softly(longest - distance, locking * longest)
    within = np.maximum(soft, np.abs(upper_m - lower_m) + _TINY * longest)
    line = np.arctan2(up.real, up.imag)
    at_shoulder = _angle(upper_m, within, lower_m)
    at_grip = _angle(lower_m, within, upper_m)
    return line + at_shoulder, line - at_grip, np.abs(distance - within)


def _angle(first_m: Floats, second_m: Floats, opposite_m: Floats) -> Floats:
    """Return a triangle's angle between two sides."""
    cosine = (first_m**2 + second_m**2 - opposite_m**2) / (2.0 * first_m * second_m)
    angle: Floats = np.arccos(np.clip(cosine, -1.0, 1.0))
    return angle


def _softly(slack_m: Floats, width_m: Floats) -> Floats:
    """Return a smooth stand-in for max(slack, 0), at most half of `width_m` above it."""
    eased: Floats = 0.5 * (slack_m + np.hypot(slack_m, width_m))
    return eased
