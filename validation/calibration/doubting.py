"""Fit how sure an answer is: an error that grows with its doubts, scaled until it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.linear_model import GammaRegressor

from primemover.calibration.model import Doubt
from primemover.model.arrays import Floats, Ints
from primemover.model.measure import INTERVAL_SE

__all__ = ["Errors", "fit_doubt"]

COVERAGE: Final = 0.90
_FOLDS: Final = 5
_LEAST_RAD: Final = float(np.radians(0.2))  # an error of nothing is luck
_PENALTY: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Errors of people that no member of the ensemble saw.

    Attributes
    ----------
    doubts : (N, E)
    error_rad : (N,)
    person : (N,)
    weight : (N,)
    """

    doubts: Floats
    error_rad: Floats
    person: Ints
    weight: Floats


def fit_doubt(errors: Errors, curve: str, *, seed: int) -> Doubt:
    """Return the error model of one curve.

    Steps: a gamma regression with a logarithmic link of the errors' size on the doubts; then the
    scale at which 1.645 standard errors hold 90 % of the errors of people left out of that
    regression (cross-conformal prediction: Vovk, Ann. Math. Artif. Intell. 74:9, 2015).
    """
    people = np.unique(errors.person)
    order = np.random.default_rng(seed).permutation(people.size) % _FOLDS
    fold = order[np.searchsorted(people, errors.person)]
    ratio = np.empty(errors.error_rad.size)
    for number in range(_FOLDS):
        held = fold == number
        weight, bias = _regression(errors, ~held)
        expected = np.exp(errors.doubts[held] @ weight + bias)
        ratio[held] = np.abs(errors.error_rad[held]) / expected
    factor = _quantile(ratio, errors.weight, COVERAGE) / INTERVAL_SE
    weight, bias = _regression(errors, np.ones(ratio.size, dtype=bool))
    return Doubt(curve=curve, weight=weight, bias=bias + float(np.log(factor)))


def _regression(errors: Errors, chosen: np.ndarray) -> tuple[Floats, float]:
    doubts = errors.doubts[chosen]
    centre, scale = doubts.mean(axis=0), doubts.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)  # noqa: PLR2004 - a doubt that nobody had
    size = np.maximum(np.abs(errors.error_rad[chosen]), _LEAST_RAD)
    model = GammaRegressor(alpha=_PENALTY, max_iter=500)
    model.fit((doubts - centre) / scale, size, sample_weight=errors.weight[chosen])
    # No doubt may make an answer surer.
    weight = np.maximum(model.coef_, 0.0) / scale
    typical = np.exp(np.clip(doubts, centre - 3.0 * scale, centre + 3.0 * scale) @ weight)
    bias = np.log(np.average(size, weights=errors.weight[chosen])) - np.log(
        np.average(typical, weights=errors.weight[chosen])
    )
    return weight, float(bias)


def _quantile(values: Floats, weight: Floats, share: float) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weight[order]) / weight.sum()
    return float(values[order][np.searchsorted(reached, share)])
