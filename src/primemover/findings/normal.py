"""The joint normal distribution of two quantities over a grid of lines, in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import ndtr, owens_t

from primemover.model.arrays import Floats

__all__ = ["bivariate_cdf", "grid_weights", "line_weights"]

_TINY: Final = 1e-300  # stands for 0, where the closed form divides by it
_TIED: Final = 1.0 - 1e-12


def bivariate_cdf(h: Floats, k: Floats, correlation: Floats) -> Floats:
    """Return P(X < h and Y < k) of two standard normals with a correlation, shapes broadcast.

    By Owen's T function (Owen 1956, Ann Math Statist 27:1075-90, eq. 2.1). Correlations of
    exactly 1 and -1 are taken as such; h and k are finite.
    """
    rho = np.clip(correlation, -1.0, 1.0)
    tied = np.abs(rho) > _TIED
    spread = np.sqrt(np.where(tied, 1.0, 1.0 - rho**2))
    x = np.where(h == 0.0, _TINY, h)
    y = np.where(k == 0.0, _TINY, k)
    with np.errstate(over="ignore"):
        first = owens_t(x, (y - rho * x) / (x * spread))
        second = owens_t(y, (x - rho * y) / (y * spread))
    across = np.where((x < 0.0) != (y < 0.0), 0.5, 0.0)
    free = 0.5 * (ndtr(x) + ndtr(y)) - first - second - across
    together = np.where(rho > 0.0, np.minimum(ndtr(h), ndtr(k)), ndtr(h) + ndtr(k) - 1.0)
    return np.asarray(np.clip(np.where(tied, together, free), 0.0, 1.0))


def line_weights(mean: Floats, sd: Floats, cuts: Sequence[float]) -> Floats:
    """Return the probability of each cell that cuts make on a line, (B, cuts + 1).

    Parameters
    ----------
    mean, sd : (B,) arrays, sd > 0
    cuts : increasing
    """
    below = ndtr((np.asarray(cuts)[None, :] - mean[:, None]) / sd[:, None])
    ends = np.pad(below, ((0, 0), (1, 1)))
    ends[:, -1] = 1.0
    return np.asarray(np.diff(ends, axis=1))


def grid_weights(mean: Floats, covariance: Floats, cuts: tuple[Sequence[float], ...]) -> Floats:
    """Return the probability of each cell of a grid, (B, first cells * second cells).

    Parameters
    ----------
    mean : (B, 2) array
    covariance : (B, 2, 2) array with a diagonal above zero
    cuts : increasing lines of the first and of the second quantity
    """
    sd = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    scaled = [
        (np.asarray(lines)[None, :] - mean[:, [axis]]) / sd[:, [axis]]
        for axis, lines in enumerate(cuts)
    ]
    correlation = covariance[:, 0, 1] / (sd[:, 0] * sd[:, 1])
    rows, columns = len(cuts[0]) + 2, len(cuts[1]) + 2
    below = np.zeros((len(mean), rows, columns))
    below[:, 1:-1, 1:-1] = bivariate_cdf(
        scaled[0][:, :, None], scaled[1][:, None, :], correlation[:, None, None]
    )
    below[:, 1:-1, -1] = ndtr(scaled[0])
    below[:, -1, 1:-1] = ndtr(scaled[1])
    below[:, -1, -1] = 1.0
    cells = np.clip(np.diff(np.diff(below, axis=1), axis=2), 0.0, 1.0)
    flat = cells.reshape(len(mean), -1)
    return np.asarray(flat / flat.sum(axis=1, keepdims=True))
