"""Runs of true samples, and gaps short enough to bridge."""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats, Mask

__all__ = ["bridged", "fill_short_gaps", "longest_run", "runs"]


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Return the half-open index ranges [start, end) in which `mask` (T,) is true."""
    padded = np.concatenate(([False], np.asarray(mask, dtype=bool), [False]))
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def longest_run(mask: Mask) -> tuple[int, int] | None:
    """Return the longest half-open range in which `mask` is true, the first of equals, or None."""
    found = runs(mask)
    return max(found, key=lambda span: span[1] - span[0]) if found else None


def bridged(values: Floats) -> Floats:
    """Return `values` (T,) with every gap bridged by sample number, ends held; all NaN stays so.

    For finding events or smoothing, where a curve is needed and not its exact height in the gap.
    """
    known = np.isfinite(values)
    if known.all() or not known.any():
        return values
    index = np.arange(values.size)
    return np.where(known, values, np.interp(index, index[known], values[known]))


def fill_short_gaps(time_s: Floats, values: Floats, *, longest_s: float) -> Floats:
    """Return `values` (T,) or (T, D) with NaN gaps of at most `longest_s` bridged linearly.

    Gaps at either end and longer gaps stay NaN. A sample of (T, D) counts as missing when any of
    its components is.
    """
    filled = np.array(values, dtype=np.float64, copy=True)
    columns = filled.reshape(filled.shape[0], -1)
    known: Mask = np.all(np.isfinite(columns), axis=1)
    missing: Mask = np.logical_not(known)
    if known.sum() < 2:  # noqa: PLR2004 - a line needs two points
        return filled
    for start, end in runs(missing):
        inside = start > 0 and end < time_s.size
        if inside and time_s[end] - time_s[start - 1] <= longest_s:
            gap = slice(start, end)
            for column in columns.T:
                column[gap] = np.interp(time_s[gap], time_s[known], column[known])
    return filled
