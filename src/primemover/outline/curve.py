"""From candidate exits to one smooth line: continuous with its neighbours, outliers out."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.linalg import solveh_banded
from scipy.ndimage import median_filter

from primemover.model.arrays import Floats, Mask

__all__ = ["choose", "smooth_line"]

# Prices of the path through the candidates, in units of one "ordinary" step between neighbouring
# rays; engineering defaults. A back 45 deg steep against its axis steps by one station a ray.
_STEP: Final = 0.015
_STEP_CAP: Final = 6.0
_PRICE_OF_RANK: Final = np.array([0.0, 0.6, 1.2])
_PRICE_OF_NONE: Final = 2.0
_BIG: Final = 1e6

_MEDIAN_RAYS: Final = 13  # outliers are judged against the median of this many neighbours
_OUTLIER: Final = 0.03  # axis lengths; 1.5 silhouette pixels
# Smoothing-spline weight in rays**4: half of a wave of 24 rays (0.24 axis lengths) passes. A back
# bends over longer waves, clothing folds and pixel steps over shorter ones; engineering default.
_STIFFNESS: Final = (24.0 / (2.0 * np.pi)) ** 4


def choose(candidates: Floats) -> Floats:
    """Return one exit a ray, the cheapest continuous path, for all frames at once.

    Parameters
    ----------
    candidates : (S, K, C) distances, NaN = no such exit

    Returns
    -------
    (S, K) distances, NaN where no exit fits.
    """
    frames, rays, ranks = candidates.shape
    none = np.full((frames, rays, 1), np.nan)
    states = np.concatenate([candidates, none], axis=2)
    price = np.where(np.isfinite(candidates), _PRICE_OF_RANK[:ranks], _BIG)
    price = np.concatenate([price, np.full((frames, rays, 1), _PRICE_OF_NONE)], axis=2)
    total = price[:, 0]
    came_from = np.zeros((frames, rays, ranks + 1), dtype=np.int64)
    for ray in range(1, rays):
        jump = np.abs(states[:, ray, None, :] - states[:, ray - 1, :, None]) / _STEP
        jump = np.where(np.isnan(jump), 0.5, np.minimum(jump, _STEP_CAP))
        through = total[:, :, None] + jump
        came_from[:, ray] = np.argmin(through, axis=1)
        total = np.min(through, axis=1) + price[:, ray]
    chosen = np.empty((frames, rays), dtype=np.int64)
    chosen[:, -1] = np.argmin(total, axis=1)
    everyone = np.arange(frames)
    for ray in range(rays - 1, 0, -1):
        chosen[:, ray - 1] = came_from[everyone, ray, chosen[:, ray]]
    picked: Floats = np.take_along_axis(states, chosen[:, :, None], axis=2)[:, :, 0]
    return picked


def smooth_line(chosen: Floats) -> tuple[Floats, Mask]:
    """Return the smoothing spline through each frame's exits, and which exits it kept.

    A penalised least-squares line on second differences (Whittaker; Eilers, Anal. Chem. 75:3631,
    2003), which is the discrete cubic smoothing spline, refitted once without its outliers.

    Parameters
    ----------
    chosen : (S, K) distances, NaN = missing

    Returns
    -------
    line : (S, K), NaN beyond the first and the last kept exit and where a frame has too few
    kept : (S, K)
    """
    kept = np.isfinite(chosen)
    filled = _bridged(chosen)
    middle = median_filter(filled, size=(1, _MEDIAN_RAYS), mode="nearest")
    kept &= np.abs(chosen - middle) <= _OUTLIER
    line = np.full_like(chosen, np.nan)
    for row in range(chosen.shape[0]):
        used = np.flatnonzero(kept[row])
        if used.size < _MEDIAN_RAYS:
            continue
        fit = _spline(chosen[row], kept[row])
        # 3 robust standard deviations or one silhouette pixel, whichever is more.
        residual = np.abs(chosen[row] - fit)
        limit = max(3.0 * 1.4826 * float(np.median(residual[used])), 0.02)
        kept[row] &= residual <= limit
        used = np.flatnonzero(kept[row])
        if used.size < _MEDIAN_RAYS:
            continue
        span = slice(used[0], used[-1] + 1)
        line[row, span] = _spline(chosen[row], kept[row])[span]
    return line, kept


def _bridged(chosen: Floats) -> Floats:
    filled = np.zeros_like(chosen)
    rays = np.arange(chosen.shape[1])
    for row, values in enumerate(chosen):
        known = np.isfinite(values)
        if known.any():
            filled[row] = np.interp(rays, rays[known], values[known])
    return filled


def _spline(values: Floats, kept: Mask) -> Floats:
    count = values.size
    banded = np.zeros((3, count))
    # D'D of second differences, upper banded form for solveh_banded.
    diagonal = np.full(count, 6.0)
    diagonal[[0, -1]] = 1.0
    diagonal[[1, -2]] = 5.0
    beside = np.full(count, -4.0)
    beside[[1, -1]] = -2.0
    banded[0, 2:] = _STIFFNESS
    banded[1, 1:] = _STIFFNESS * beside[1:]
    # The least ridge keeps the system definite when all kept exits crowd in one place.
    banded[2] = _STIFFNESS * diagonal + kept + 1e-9
    right = np.where(kept, values, 0.0)
    solved: Floats = solveh_banded(banded, right)
    return solved
