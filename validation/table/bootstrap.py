"""Intervals by drawing people again: all films of a person stay together.

Frames and films of one person are not independent, so the person is what is drawn (cluster
bootstrap; Field and Welsh 2007, J R Stat Soc B 69:369-90, doi:10.1111/j.1467-9868.2007.00593.x).
Intervals are 95 % and bias-corrected and accelerated (Efron 1987, J Am Stat Assoc 82:171-85,
doi:10.1080/01621459.1987.10478410), with the plain percentiles where that is not defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri

from primemover.model.arrays import Floats

__all__ = [
    "DRAWS",
    "LEAST_PEOPLE",
    "Estimate",
    "bca_interval",
    "draw_people",
    "estimates",
    "weighted_estimates",
]

DRAWS: Final = 1000
LEVEL: Final = 0.95
LEAST_PEOPLE: Final = 5  # fewer people cannot carry an interval: engineering default
_LEAST_DRAWS: Final = 0.9  # share of the draws in which the statistic must be defined


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A statistic with its 95 % interval; `low` and `high` are NaN with too few people."""

    value: float
    low: float
    high: float


def draw_people(people: int, *, seed: int, draws: int = DRAWS) -> Floats:
    """Return how often every person is drawn, (draws, people); each row adds up to `people`."""
    random = np.random.default_rng(seed)
    return random.multinomial(people, np.full(people, 1.0 / people), size=draws).astype(np.float64)


def estimates(
    sums: Floats,
    statistics: Callable[[Floats], dict[str, Floats]],
    *,
    seed: int,
    draws: int = DRAWS,
) -> dict[str, Estimate]:
    """Return statistics of sums over people with bootstrap intervals.

    Parameters
    ----------
    sums : (P, K)
        One row a person; totals of any sample of people are sums of rows.
    statistics
        Turns totals (..., K) into named statistics (...).
    """
    return weighted_estimates(
        sums.shape[0], lambda weights: statistics(weights @ sums), seed=seed, draws=draws
    )


def weighted_estimates(
    people: int,
    statistics: Callable[[Floats], dict[str, Floats]],
    *,
    seed: int,
    draws: int = DRAWS,
) -> dict[str, Estimate]:
    """Return statistics with bootstrap intervals.

    Parameters
    ----------
    people
        How many.
    statistics
        Turns weights (D, people), how often each person counts, into named statistics (D,).
    """
    everybody = np.ones((1, people))
    point = {name: float(value[0]) for name, value in statistics(everybody).items()}
    if people < LEAST_PEOPLE:
        return {n: Estimate(value=v, low=np.nan, high=np.nan) for n, v in point.items()}
    drawn = statistics(draw_people(people, seed=seed, draws=draws))
    left_out = statistics(everybody - np.eye(people))
    found = {}
    for name, value in point.items():
        low, high = bca_interval(value, drawn=drawn[name], left_out=left_out[name])
        found[name] = Estimate(value=value, low=low, high=high)
    return found


def bca_interval(point: float, *, drawn: Floats, left_out: Floats) -> tuple[float, float]:
    """Return the bias-corrected and accelerated interval of a statistic.

    Parameters
    ----------
    point
        From everybody.
    drawn : (B,)
        From each bootstrap draw.
    left_out : (P,)
        With each person left out in turn.
    """
    known = drawn[np.isfinite(drawn)]
    if not np.isfinite(point) or known.size < _LEAST_DRAWS * drawn.size:
        return float("nan"), float("nan")
    tails = np.array([0.5 * (1.0 - LEVEL), 0.5 * (1.0 + LEVEL)])
    shift = float(ndtri(np.mean(known < point) + 0.5 * np.mean(known == point)))
    if np.isfinite(shift):
        z = shift + ndtri(tails)
        tails = ndtr(shift + z / (1.0 - _acceleration(left_out) * z))
    low, high = np.quantile(known, tails)
    return float(low), float(high)


def _acceleration(left_out: Floats) -> float:
    away = left_out[np.isfinite(left_out)].mean() - left_out[np.isfinite(left_out)]
    spread = float(np.sum(away**2))
    return float(np.sum(away**3)) / (6.0 * spread**1.5) if spread > 0.0 else 0.0
