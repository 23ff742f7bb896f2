"""Ranges as people read them: no number of mechanics is ever shown without its range."""

from __future__ import annotations

import math
from typing import Final

from primemover.model.mechanics import Range
from primemover.words import say

__all__ = [
    "bounds_text",
    "is_known",
    "middle_text",
    "percent_range",
    "range_text",
    "spoken_range",
]

_DASH: Final = "\u2013"
_MINUS: Final = "\u2212"
_THIN: Final = "\u202f"  # narrow no-break space between thousands
_HALF_WIDTHS_SE: Final = 1.645  # a 90 % range is so many standard errors to each side
_GLUE: Final = "\u00a0"
_NOTHING: Final = 0.5  # of a unit
_FINEST: Final = 1.0  # newtons, newton metres and joules: tenths of one mean nothing here
_WIDE: Final = 0.25  # wider ranges are told to tens of a percent
_LEAST_SHARE: Final = 0.005  # what rounds to 0 %
_GROUPED_FROM: Final = 1000.0


def is_known(one: Range) -> bool:
    """Return whether a range has numbers."""
    return all(math.isfinite(value) for value in (one.low, one.middle, one.high))


def range_text(one: Range, unit: str) -> str:
    """Return ``"500 N·m (480-520)"``, no finer than the range's own standard error.

    What lies within half a unit of nothing is ``"under 1 J"``.
    """
    if max(abs(one.low), abs(one.high)) < _NOTHING:
        return say("drawings.range.under", unit=unit)
    return f"{middle_text(one, unit)} ({bounds_text(one)})"


def middle_text(one: Range, unit: str) -> str:
    """Return the middle alone, ``"500 N·m"``; only for where `bounds_text` stands beside it."""
    return f"{_number(one.middle, _step(one))}{_GLUE}{unit}"


def bounds_text(one: Range) -> str:
    """Return ``"480-520"``; with a minus sign it is ``"-30 to 20"``."""
    step = _step(one)
    low, high = _number(one.low, step), _number(one.high, step)
    if one.low < 0.0:
        return say("drawings.range.to", low=low, high=high)
    return f"{low}{_DASH}{high}"


def percent_range(one: Range) -> str:
    """Return a range of shares (0-1) as ``"14-20 %"``, ``"under 1 %"`` where all of it is."""
    step = 10.0 if one.high - one.low > _WIDE else 1.0
    if one.high < _LEAST_SHARE:
        return say("drawings.range.under", unit="%")
    low, high = (step * round(100.0 * value / step) for value in (one.low, one.high))
    return f"{low:.0f}{_DASH}{high:.0f}{_GLUE}%"


def spoken_range(one: Range, unit: str) -> str:
    """Return a range for those who listen: ``"500 N·m, from 480 to 520"``."""
    step = _step(one)
    low, middle, high = (_number(value, step) for value in (one.low, one.middle, one.high))
    return say("drawings.range.spoken", middle=middle, unit=unit, low=low, high=high)


def _step(one: Range) -> float:
    """Return the power of ten to round to: one significant digit of the standard error."""
    error = (one.high - one.low) / (2.0 * _HALF_WIDTHS_SE)
    if not math.isfinite(error) or error <= _FINEST:
        return _FINEST
    return max(_FINEST, float(10.0 ** math.floor(math.log10(error))))


def _number(value: float, step: float) -> str:
    rounded = step * round(value / step)
    text = f"{abs(rounded):,.0f}".replace(",", _THIN) if abs(rounded) >= _GROUPED_FROM else ""
    text = text or f"{abs(rounded):.0f}"
    return f"{_MINUS}{text}" if rounded < 0.0 else text
