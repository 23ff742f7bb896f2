"""How a set of measured values agrees with the truth, with intervals over people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from validation.table.bootstrap import Estimate, estimates
from validation.table.moments import COLUMNS, agreement_of, group_sums, person_sums
from validation.table.observations import Observations

__all__ = [
    "GROSS_DEG",
    "SEED",
    "Summary",
    "correlation",
    "icc_a1",
    "mae_ratio",
    "summary",
]

GROSS_DEG: Final = 10.0  # an error larger than this is a gross one (issue 3)
SEED: Final = 3  # of every bootstrap; the same numbers always give the same page


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How measured agrees with true in one row of the table.

    Attributes
    ----------
    people, films, asked : counts; `asked` pairs with a known truth
    statistics : see `moments.agreement_of`, in the unit of the observations
    """

    people: int
    films: int
    asked: int
    statistics: dict[str, Estimate]

    def __getitem__(self, name: str) -> Estimate:
        return self.statistics[name]


def summary(seen: Observations, *, gross: float = GROSS_DEG) -> Summary:
    """Return the statistics of observations, clusters by person; NaN without any."""
    counted = seen.of(np.isfinite(seen.true))
    sums = _sums(counted, gross)
    return Summary(
        people=np.unique(counted.person).size,
        films=np.unique(counted.film).size,
        asked=counted.true.size,
        statistics=estimates(sums, agreement_of, seed=SEED),
    )


def mae_ratio(poor: Observations, good: Observations) -> Estimate:
    """Return the mean absolute error of `poor` over that of `good`; people drawn together."""
    people = np.union1d(poor.person, good.person)
    size, n = COLUMNS.index("size"), COLUMNS.index("n")
    both = np.zeros((people.size, 4))
    for column, seen in ((0, poor), (2, good)):
        rows = np.searchsorted(people, np.unique(seen.person))
        both[rows, column : column + 2] = _sums(seen, np.inf)[:, [size, n]]

    def ratio(totals: Floats) -> dict[str, Floats]:
        with np.errstate(divide="ignore", invalid="ignore"):
            poor_mae = totals[..., 0] / totals[..., 1]
            return {"ratio": poor_mae / (totals[..., 2] / totals[..., 3])}

    return estimates(both, ratio, seed=SEED)["ratio"]


def correlation(x: Floats, y: Floats, person: Sequence[int]) -> Estimate:
    """Return Pearson's correlation with its interval; pairs with a NaN are left out."""
    known = np.isfinite(x) & np.isfinite(y)
    people, index = np.unique(np.asarray(person)[known], return_inverse=True)
    a, b = x[known], y[known]
    columns = (np.ones(a.size), a, b, a * a, b * b, a * b)
    sums = np.stack([group_sums(index, c, people.size) for c in columns], axis=1)

    def r(totals: Floats) -> dict[str, Floats]:
        n, sa, sb, saa, sbb, sab = np.moveaxis(totals, -1, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.sqrt((saa - sa * sa / n) * (sbb - sb * sb / n))
            return {"r": (sab - sa * sb / n) / spread}

    return estimates(sums, r, seed=SEED)["r"]


def icc_a1(ratings: Floats) -> float:
    """Return ICC(A,1): two-way, absolute agreement, one measurement; (n, k) ratings.

    McGraw and Wong 1996, Psychol Methods 1:30-46, doi:10.1037/1082-989X.1.1.30.
    """
    n, k = ratings.shape
    grand = ratings.mean()
    rows = k * np.sum((ratings.mean(axis=1) - grand) ** 2) / (n - 1)
    columns = n * np.sum((ratings.mean(axis=0) - grand) ** 2) / (k - 1)
    rest = ratings - ratings.mean(axis=1, keepdims=True) - ratings.mean(axis=0) + grand
    residual = np.sum(rest**2) / ((n - 1) * (k - 1))
    return float((rows - residual) / (rows + (k - 1) * residual + k / n * (columns - residual)))


def _sums(seen: Observations, gross: float) -> Floats:
    return person_sums(
        seen.true,
        seen.measured,
        low=seen.low,
        high=seen.high,
        person=seen.person,
        gross=gross,
    )
