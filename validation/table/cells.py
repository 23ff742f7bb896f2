"""How numbers stand in the table's cells."""

from __future__ import annotations

from typing import Final

import numpy as np

from validation.table.bootstrap import LEAST_PEOPLE, Estimate
from validation.table.bounds import COVERED, GROSS_MOST
from validation.table.statistics import Summary

__all__ = [
    "NOTHING",
    "few",
    "interval",
    "number",
    "share",
    "share_interval",
    "shares",
    "two_lines",
    "verdict",
]

NOTHING: Final = "\N{EN DASH}"
_MINUS: Final = "\N{MINUS SIGN}"


def number(value: float, *, digits: int = 1, sign: bool = False) -> str:
    """Return a number, a dash if there is none."""
    if not np.isfinite(value):
        return NOTHING
    text = f"{value:{'+' if sign else ''}.{digits}f}"
    if float(text) == 0.0:
        text = f"{0.0:.{digits}f}"
    return text.replace("-", _MINUS)


def share(value: float) -> str:
    """Return a share as per cent; a decimal below 10 %, where the bounds are tight."""
    if not np.isfinite(value):
        return NOTHING
    return f"{value:.1%}" if 0.0 < value < 0.0995 else f"{value:.0%}"  # noqa: PLR2004 - 10 %


def interval(estimate: Estimate, *, digits: int = 1, sign: bool = False) -> str:
    """Return ``value [low, high]``, the value alone if there is no interval."""
    value = number(estimate.value, digits=digits, sign=sign)
    if value == NOTHING or not np.isfinite(estimate.low):
        return value
    low, high = (number(v, digits=digits, sign=sign) for v in (estimate.low, estimate.high))
    return f"{value} [{low}, {high}]"


def share_interval(estimate: Estimate) -> str:
    """Return a share with its interval."""
    if not np.isfinite(estimate.low):
        return share(estimate.value)
    return f"{share(estimate.value)} [{share(estimate.low)}, {share(estimate.high)}]"


def few(text: str, people: int) -> str:
    """Return the text, with how few people stand behind it if they are few."""
    if text == NOTHING or people >= LEAST_PEOPLE:
        return text
    return f"{text} ({people} {'person' if people == 1 else 'people'})"


def shares(row: Summary) -> str:
    """Return covered, gross and refused shares; bold what is out of bounds."""
    covered, gross, refused = (row[name].value for name in ("covered", "gross", "refused"))
    inside = not np.isfinite(covered) or COVERED[0] <= covered <= COVERED[1]
    small = not np.isfinite(gross) or gross <= GROSS_MOST
    return " · ".join(
        (
            share(covered) if inside else f"**{covered:.1%}**",
            share(gross) if small else f"**{gross:.1%}**",
            share(refused),
        )
    )


def two_lines(row: Summary) -> str:
    """Return a cell of the tables by factor: mean absolute error above the shares."""
    if not row.asked:
        return NOTHING
    if not np.isfinite(row["mae"].value):
        return few("not measured", row.people)
    return few(f"{interval(row['mae'])}<br>{shares(row)}", row.people)


def verdict(value: float, most: float, *, digits: int = 1) -> str:
    """Return whether a figure that should be small is."""
    if not np.isfinite(value):
        return "not measured"
    if value <= most:
        return "met"
    return f"**missed by {number(value - most, digits=_shown_digits(value - most, digits))}**"


def _shown_digits(miss: float, digits: int) -> int:
    """Return enough digits for a miss not to read as 0."""
    return digits if miss >= 0.5 * 10.0**-digits else digits + 1
