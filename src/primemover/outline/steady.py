"""Outlines that leave their own course for a moment: something behind the back grew onto it."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.signal.gaps import runs

__all__ = ["leaps"]

# A plate, a rack or a passer-by that the silhouette catches and lets go is there for less than the
# gap between what came before and what comes after; a back takes longer to bend and to come back.
# Engineering defaults: of 3,840 frames of two kettlebell films and two rendered ones 16 are left
# out by them; a plate caught behind one lifter's buttock for a tenth of a second does.
_NEAR_S: Final = 0.1
_FAR_S: Final = 0.3
_LEAP: Final = 0.06  # axis lengths: three and a half silhouette pixels
_FADING_S: Final = 0.1 + 1e-9  # about a leap, in which the object comes and goes
_STRETCH: Final = 8  # rays over which the leap must hold: more than one fold of cloth


def leaps(time_s: Floats, offset: Floats) -> Mask:
    """Return the frames in which a stretch of the outline leaps out of its course and back.

    A frame's outline is held against the median outlines of a fifth of a second before and after:
    what lies between them is on its way, what lies outside of both by more than three silhouette
    pixels has leapt. The offsets are counted from the hip-shoulder axis, so a turn or a step that
    the trunk shares is no leap; neither is what moves the whole line alike.

    Parameters
    ----------
    time_s : (T,) strictly increasing
    offset : (T, K) distance behind the axis, in axis lengths; NaN = none
    """
    before = _medians(offset, *_span(time_s, -_FAR_S, -_NEAR_S))
    after = _medians(offset, *_span(time_s, _NEAR_S, _FAR_S))
    outwards = np.maximum(offset - np.maximum(before, after), 0.0)
    inwards = np.maximum(np.minimum(before, after) - offset, 0.0)
    out = outwards - inwards
    known = np.isfinite(out)
    # What moves the whole line alike is the landmarks' doing.
    out = np.where(known, out, np.nan) - _middle(out)
    total = np.abs(_stretches(np.where(known, out, 0.0)))
    count = _stretches(known.astype(np.float64))
    mean = np.divide(total, count, out=np.zeros_like(total), where=count >= 0.5 * _STRETCH)
    worst = mean.max(axis=1)
    # The frames in which the object comes and goes are spoilt too.
    return _around(time_s, worst > _LEAP)


def _around(time_s: Floats, sure: Mask) -> Mask:
    """Return the frames no further than `_FADING_S` from a `sure` one."""
    found = np.zeros_like(sure)
    for first, end in runs(sure):
        found |= (time_s >= time_s[first] - _FADING_S) & (time_s <= time_s[end - 1] + _FADING_S)
    return found


def _span(time_s: Floats, from_s: float, to_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and one past the last frame in a window about each frame."""
    first = np.searchsorted(time_s, time_s + from_s, side="left")
    return first, np.searchsorted(time_s, time_s + to_s, side="right")


def _medians(values: Floats, first: np.ndarray, end: np.ndarray) -> Floats:
    """Return the median (T, K) over frames first..end of each frame, NaN where none is known."""
    median = np.full_like(values, np.nan)
    rays = np.arange(values.shape[1])
    for frame in np.flatnonzero(end > first):
        # NaN sorts last, so the known values of every ray come first.
        window = np.sort(values[first[frame] : end[frame]], axis=0)
        known = np.sum(np.isfinite(window), axis=0)
        low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, len(window) - 1)
        median[frame] = 0.5 * (window[low, rays] + window[high, rays])
    return median


def _middle(values: Floats) -> Floats:
    """Return the median over the rays (T, 1), 0 where none is known."""
    middle = np.zeros((values.shape[0], 1))
    some = np.isfinite(values).any(axis=1)
    middle[some, 0] = np.nanmedian(values[some], axis=1)
    return middle


def _stretches(values: Floats) -> Floats:
    """Return the sums of `_STRETCH` neighbouring rays, (T, K - _STRETCH + 1)."""
    before = np.zeros((values.shape[0], 1))
    running = np.concatenate([before, np.cumsum(values, axis=1)], axis=1)
    sums: Floats = running[:, _STRETCH:] - running[:, :-_STRETCH]
    return sums
