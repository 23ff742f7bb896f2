"""Statistics of agreement as functions of sums that add up over people.

Every statistic of the table can be had from a dozen sums per person, so that a bootstrap over
people is one matrix product: draws x people times people x sums. `person_sums` makes the sums,
`agreement_of` turns totals (of all people, or of each bootstrap draw) into the statistics.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Ints

__all__ = ["COLUMNS", "LIMITS_Z", "agreement_of", "group_sums", "person_sums"]

LIMITS_Z: Final = 1.96  # standard deviations either side that hold 95 % of normal errors

COLUMNS: Final = (
    "asked",  # pairs with a known truth
    "n",  # of them measured
    "people",  # 1 if anything was measured in this person
    "n_squared",
    "error",
    "error_squared",
    "person_error",  # (sum of the person's errors)^2 / n: between-people part of the variance
    "size",  # of the errors
    "gross",
    "covered",
    "x",  # true
    "y",  # measured
    "xx",
    "yy",
    "xy",
)


def person_sums(
    true: Floats, measured: Floats, *, low: Floats, high: Floats, person: Ints, gross: float
) -> Floats:
    """Return the sums of `COLUMNS` for every person, (P, K), people in increasing order.

    Parameters
    ----------
    true, measured, low, high : (N,)
        In one unit; NaN in `measured` = not measured; `low` and `high` are the stated interval.
    person : (N,)
    gross
        An error larger than this is a gross one; infinity where none is defined.
    """
    people, index = np.unique(person, return_inverse=True)
    known = np.isfinite(measured) & np.isfinite(true)
    x, y = np.where(known, true, 0.0), np.where(known, measured, 0.0)
    error = y - x
    each = {
        "asked": np.isfinite(true),
        "n": known,
        "error": error,
        "error_squared": error**2,
        "size": np.abs(error),
        "gross": known & (np.abs(error) > gross),
        "covered": known & (low <= true) & (true <= high),
        "x": x,
        "y": y,
        "xx": x**2,
        "yy": y**2,
        "xy": x * y,
    }
    sums = {
        name: group_sums(index, np.asarray(values, dtype=np.float64), people.size)
        for name, values in each.items()
    }
    sums["people"] = (sums["n"] > 0).astype(np.float64)
    sums["n_squared"] = sums["n"] ** 2
    sums["person_error"] = sums["error"] ** 2 / np.maximum(sums["n"], 1.0)
    return np.stack([sums[name] for name in COLUMNS], axis=1)


def group_sums(group: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of the values of each group 0..count-1, (count,)."""
    return np.asarray(np.bincount(group, values, count), dtype=np.float64)


def agreement_of(totals: Floats) -> dict[str, Floats]:
    """Return the statistics of totals (..., K), each (...); NaN where it is not defined.

    ``bias``, ``mae``, ``rmse``: of measured minus true. ``loa_low``, ``loa_high``: 95 % limits of
    agreement from the variance between and within people (Bland and Altman 2007, J Biopharm Stat
    17:571-82, doi:10.1080/10543400701329422, section 3: several observations per individual, the
    true value varies). ``gross``, ``covered``: shares of the measured. ``refused``: share of the
    asked that was not measured. ``slope``: of measured on true. ``icc``: ICC(A,1) of the pairs
    (McGraw and Wong 1996, doi:10.1037/1082-989X.1.1.30), pooled over people and frames.
    """
    s = dict(zip(COLUMNS, np.moveaxis(np.asarray(totals, dtype=np.float64), -1, 0), strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(s["n"] > 0, s["n"], np.nan)
        bias = s["error"] / n
        spread = LIMITS_Z * np.sqrt(_single_difference_variance(s, n))
        found = {
            "bias": bias,
            "loa_low": bias - spread,
            "loa_high": bias + spread,
            "mae": s["size"] / n,
            "rmse": np.sqrt(s["error_squared"] / n),
            "gross": s["gross"] / n,
            "covered": s["covered"] / n,
            "refused": 1.0 - s["n"] / s["asked"],
            "slope": _slope(s, n),
            "icc": _icc_a1(s, n),
        }
    return {name: np.where(np.isfinite(value), value, np.nan) for name, value in found.items()}


def _single_difference_variance(s: dict[str, Floats], n: Floats) -> Floats:
    """Return within-people plus between-people variance of the errors, one-way analysis."""
    people = s["people"]
    between = (s["person_error"] - s["error"] ** 2 / n) / (people - 1.0)
    within = np.maximum(s["error_squared"] - s["person_error"], 0.0) / (n - people)
    within = np.where(n > people, within, 0.0)
    size = (n - s["n_squared"] / n) / (people - 1.0)
    variance: Floats = within + np.maximum((between - within) / size, 0.0)
    return variance


def _slope(s: dict[str, Floats], n: Floats) -> Floats:
    varies = s["xx"] - s["x"] ** 2 / n
    together = s["xy"] - s["x"] * s["y"] / n
    slope: Floats = np.where(varies > 1e-12 * s["xx"], together / varies, np.nan)
    return slope


def _icc_a1(s: dict[str, Floats], n: Floats) -> Floats:
    """Return ICC(A,1) of two columns, truth and measurement, from their sums."""
    grand = (s["x"] + s["y"]) / (2.0 * n)
    rows = 2.0 * ((s["xx"] + 2.0 * s["xy"] + s["yy"]) / 4.0 - n * grand**2)
    columns = n * ((s["x"] / n - grand) ** 2 + (s["y"] / n - grand) ** 2)
    rest = s["xx"] + s["yy"] - 2.0 * n * grand**2 - rows - columns
    by_row, residual = rows / (n - 1.0), rest / (n - 1.0)
    icc: Floats = (by_row - residual) / (by_row + residual + 2.0 / n * (columns - residual))
    return icc
