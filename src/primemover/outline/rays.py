"""Rays out of the back: where each leaves the silhouette, to a fraction of a pixel."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from primemover.model.arrays import Floats

__all__ = ["DISTANCE", "STATION", "exits"]

# From the fold of the buttock to the neck, every 1 % of the hip-shoulder axis: finer than a
# silhouette pixel (about 2 % of the axis when a whole person fills the crop).
STATION: Final[Floats] = np.linspace(-0.40, 1.15, 156)
# Sampled every 1 % too. A fully rounded back stands half that length behind the axis.
DISTANCE: Final[Floats] = np.linspace(-0.08, 0.80, 89)
CANDIDATES: Final = 3  # exits kept on a ray: torso, an arm behind it, something further


def exits(
    logits_q: NDArray[np.int8], origin: Floats, along: Floats, backward: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return where the rays of one frame leave the silhouette.

    Parameters
    ----------
    logits_q : (256, 256) silhouette, > 0 inside
    origin : (2,) mid-hip in crop pixels (x, y)
    along, backward : (2,) one axis length along and behind the axis, in crop pixels

    Returns
    -------
    candidates : (K, CANDIDATES) distances behind the axis in axis lengths, nearest first; NaN =
        none
    open_ended : (K,) whether the ray left the crop while still inside the person
    """
    points = (
        origin[:, None, None]
        + along[:, None, None] * STATION[None, :, None]
        + backward[:, None, None] * DISTANCE[None, None, :]
    )
    height, width = logits_q.shape
    values = map_coordinates(
        logits_q, points[::-1], output=np.float32, order=1, mode="nearest", prefilter=False
    )
    inside_crop = (
        (points[0] >= 0.0)
        & (points[0] <= width - 1.0)
        & (points[1] >= 0.0)
        & (points[1] <= height - 1.0)
    )
    return _crossings(values, inside_crop), _open_ended(values, inside_crop)


def _crossings(values: NDArray[np.float32], inside_crop: NDArray[np.bool_]) -> Floats:
    leaving = (values[:, :-1] > 0.0) & (values[:, 1:] <= 0.0)
    leaving &= inside_crop[:, :-1] & inside_crop[:, 1:]
    found = np.full((STATION.size, CANDIDATES), np.nan)
    remaining = leaving.copy()
    rows = np.arange(STATION.size)
    step = DISTANCE[1] - DISTANCE[0]
    for rank in range(CANDIDATES):
        first = np.argmax(remaining, axis=1)
        has = remaining[rows, first]
        before = values[rows, first].astype(np.float64)
        after = values[rows, first + 1].astype(np.float64)
        share = before / np.where(has, before - after, 1.0)
        found[:, rank] = np.where(has, DISTANCE[first] + share * step, np.nan)
        remaining[rows, first] = False
    return found


def _open_ended(values: NDArray[np.float32], inside_crop: NDArray[np.bool_]) -> NDArray[np.bool_]:
    inside_person = (values > 0.0) & inside_crop
    at_border = inside_crop[:, :-1] & ~inside_crop[:, 1:]
    ends_inside: NDArray[np.bool_] = np.any(inside_person[:, :-1] & at_border, axis=1)
    return ends_inside | inside_person[:, -1]
