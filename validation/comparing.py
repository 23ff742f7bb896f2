"""How far a measured quantity lies from the true one, in the fewest honest numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats

__all__ = ["SURE", "Agreement", "agreement"]

SURE = 1.96  # standard errors either side that should hold 95 % of the errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Measured against true.

    Attributes
    ----------
    count : pairs that were looked at
    missing : share of them that was not measured, 0-1
    bias, mae, rmse, p95 : mean error, mean and root mean square and 95th percentile of its size,
        in the unit that was given; NaN when nothing was measured
    covered : share of the measured ones whose error is within 1.96 stated standard errors
    slope, r : of the straight line measured = a + slope x true, and its correlation; NaN when the
        truth does not vary
    """

    count: int
    missing: float
    bias: float
    mae: float
    rmse: float
    p95: float
    covered: float
    slope: float
    r: float


def agreement(measured: Floats, se: Floats, true: Floats) -> Agreement:
    """Return how measured values agree with true ones.

    Parameters
    ----------
    measured, se, true : (N,)
        In one unit; NaN in `measured` = not measured. A true value that is not known is left out.
    """
    asked = np.isfinite(true)
    known = asked & np.isfinite(measured)
    count = int(asked.sum())
    missing = 1.0 - known.sum() / count if count else np.nan
    if not known.any():
        nothing = float("nan")
        return Agreement(
            count=count, missing=float(missing), bias=nothing, mae=nothing, rmse=nothing,
            p95=nothing, covered=nothing, slope=nothing, r=nothing,
        )  # fmt: skip
    error = measured[known] - true[known]
    slope, r = _line(true[known], measured[known])
    return Agreement(
        count=count,
        missing=float(missing),
        bias=float(error.mean()),
        mae=float(np.abs(error).mean()),
        rmse=float(np.sqrt(np.mean(error**2))),
        p95=float(np.quantile(np.abs(error), 0.95)),
        covered=float(np.mean(np.abs(error) <= SURE * se[known])),
        slope=slope,
        r=r,
    )


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Return slope and correlation of y over x; NaN where x or y does not vary."""
    dx, dy = x - x.mean(), y - y.mean()
    varies = float(dx @ dx)
    if varies <= 0.0:
        return float("nan"), float("nan")
    slope = float(dx @ dy) / varies
    spread = float(dy @ dy)
    return slope, (float(dx @ dy) / float(np.sqrt(varies * spread)) if spread > 0.0 else np.nan)
