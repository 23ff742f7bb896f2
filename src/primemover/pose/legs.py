"""Legs that the network drew somewhere else: in a deep bend it can take an arm for the far leg."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask

__all__ = ["stray_legs"]

# Of the leg's length; engineering defaults, looked at on rendered people: a foot that stands is
# drawn within a tenth, an arm that hangs beside the shin is a third of a leg away and more.
_ASTRAY: Final = 0.35
_AT_PLACE: Final = 0.15
_LEAST: Final = 5  # frames of standing that carry a place


def stray_legs(
    left_px: Floats, right_px: Floats, *, upright: Mask, leg_px: float
) -> tuple[Mask, Mask]:
    """Return (T,) each whether the left and the right leg were drawn away from where they stand.

    A leg is astray where its ankle is far from its own place in standing while the other ankle is
    at its own: then one of them is wrong, for in these tests both feet stand.

    Parameters
    ----------
    left_px, right_px : (T, 2) ankle paths; NaN where not seen
    upright : (T,) whether the person stands tall
    leg_px : hip to ankle in standing
    """
    off = [_from_place(path, upright) / leg_px for path in (left_px, right_px)]
    left: Mask = (off[0] > _ASTRAY) & (off[1] < _AT_PLACE)
    right: Mask = (off[1] > _ASTRAY) & (off[0] < _AT_PLACE)
    return left, right


def _from_place(path_px: Floats, upright: Mask) -> Floats:
    """Return how far each point of a path is from its median in standing, (T,); NaN not known."""
    standing = path_px[upright & np.isfinite(path_px).all(axis=1)]
    if len(standing) < _LEAST:
        return np.full(len(path_px), np.nan)
    away: Floats = np.linalg.norm(path_px - np.median(standing, axis=0), axis=1)
    return away
