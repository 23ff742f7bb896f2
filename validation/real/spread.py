"""Scatter of repeated values, and how far two groups of them lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import chi2

from primemover.model.arrays import Floats

__all__ = ["Apart", "Scatter", "apart", "scatter", "twice_read"]

_SURE: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """Scatter within sets of repeated values.

    Attributes
    ----------
    sd : pooled standard deviation within the sets; NaN where no set has two values
    low, high : its 95 % interval, if the values are normal and independent
    step : typical error from one value to the next, root mean square step / sqrt(2): a slow drift
        through a set (tiredness) counts little in it
    freedom : degrees of freedom of `sd`
    """

    sd: float
    low: float
    high: float
    step: float
    freedom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How far a second group of values lies above a first.

    Attributes
    ----------
    difference : of the means, second minus first
    sd : pooled within the groups
    in_sds : `difference` / `sd`
    auc : probability that one of the second is larger than one of the first, ties half
    """

    difference: float
    sd: float
    in_sds: float
    auc: float


def scatter(sets: Sequence[Floats]) -> Scatter:
    """Return the scatter within sets, each (N,) in the order of time; NaN is left out."""
    known = [values[np.isfinite(values)] for values in sets]
    known = [values for values in known if values.size > 1]
    freedom = sum(values.size - 1 for values in known)
    if not freedom:
        return Scatter(sd=np.nan, low=np.nan, high=np.nan, step=np.nan, freedom=0)
    squares = sum(float(np.sum((values - values.mean()) ** 2)) for values in known)
    steps = np.concatenate([np.diff(values) for values in known])
    tail = 0.5 * (1.0 - _SURE)
    return Scatter(
        sd=float(np.sqrt(squares / freedom)),
        low=float(np.sqrt(squares / chi2.ppf(1.0 - tail, freedom))),
        high=float(np.sqrt(squares / chi2.ppf(tail, freedom))),
        step=float(np.sqrt(0.5 * np.mean(steps**2))),
        freedom=freedom,
    )


def twice_read(first: Floats, second: Floats) -> float:
    """Return the error of one of two readings of the same things: rms difference / sqrt(2).

    What both readings have in common is not in it. NaN without a pair.
    """
    difference = (second - first)[np.isfinite(first) & np.isfinite(second)]
    return float(np.sqrt(0.5 * np.mean(difference**2))) if difference.size else float("nan")


def apart(first: Floats, second: Floats) -> Apart:
    """Return how far the second group (M,) lies above the first (N,); NaN is left out."""
    a, b = first[np.isfinite(first)], second[np.isfinite(second)]
    if not (a.size and b.size):
        return Apart(difference=np.nan, sd=np.nan, in_sds=np.nan, auc=np.nan)
    above = b[:, None] - a[None, :]
    sd = scatter([a, b]).sd
    difference = float(b.mean() - a.mean())
    return Apart(
        difference=difference,
        sd=sd,
        in_sds=difference / sd if sd > 0.0 else np.nan,
        auc=float(np.mean((above > 0.0) + 0.5 * (above == 0.0))),
    )
