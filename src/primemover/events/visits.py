"""Visits of a curve above a threshold, with hysteresis."""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats, Mask

__all__ = ["Visit", "first_index", "visits_above"]

Visit = tuple[int, int, bool, bool]
"""(start, end, came from below, went below again): the half-open range of one visit."""


def visits_above(values: Floats, *, enter: float, leave: float) -> list[Visit]:
    """Return the visits of `values` (T,) above `enter` that last until it falls below `leave`.

    NaN keeps the state it finds. A visit under way at the first sample has not come from below;
    one under way at the last sample has not gone below again.
    """
    visits: list[Visit] = []
    inside = bool(values.size) and bool(values[0] > leave)
    start, from_below = 0, False
    peak = -np.inf
    for i, value in enumerate(values):
        if np.isnan(value):
            continue
        if not inside and value > enter:
            inside, start, from_below, peak = True, i, True, value
        elif inside and value < leave:
            if peak > enter:
                visits.append((start, i, from_below, True))
            inside = False
        if inside:
            peak = max(peak, value)
    if inside and peak > enter:
        visits.append((start, values.size, from_below, False))
    return visits


def first_index(condition: Mask, start: int, end: int) -> int | None:
    """Return the first index in [start, end) at which `condition` (T,) is true, or None."""
    hits = np.flatnonzero(np.asarray(condition[start:end], dtype=bool))
    return start + int(hits[0]) if hits.size else None
