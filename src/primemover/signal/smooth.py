"""Smoothing and derivatives by local polynomials, exact on uneven time stamps."""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats, Mask

__all__ = ["derivative", "local_polynomial", "noise_sd", "smooth"]


def smooth(time_s: Floats, values: Floats, *, window_s: float, order: int = 2) -> Floats:
    """Return `values` (T,) or (T, D) smoothed over `window_s`; NaN stays NaN."""
    return local_polynomial(time_s, values, window_s=window_s, order=order, derivative_order=0)


def derivative(time_s: Floats, values: Floats, *, window_s: float, order: int = 2) -> Floats:
    """Return the first time derivative of `values` (T,) or (T, D), per second; NaN stays NaN."""
    return local_polynomial(time_s, values, window_s=window_s, order=order, derivative_order=1)


def local_polynomial(
    time_s: Floats, values: Floats, *, window_s: float, order: int, derivative_order: int
) -> Floats:
    """Fit a polynomial in a window about each sample and read value or slope at its middle.

    This is the filter of Savitzky and Golay (Anal. Chem. 36:1627, 1964) with the fit redone for
    the true time stamps, so that phones' uneven frame intervals do not bend the curve. Weights
    fall off with a tricube (Cleveland, JASA 74:829, 1979). Where fewer than `order` + 1 samples
    are known the result is NaN.

    Parameters
    ----------
    time_s : (T,) strictly increasing
    values : (T,) or (T, D); NaN = missing
    window_s : full width of the window
    order : degree of the polynomial, 1 or 2
    derivative_order : 0 for the value, 1 for the slope per second

    Returns
    -------
    Array of the shape of `values`.
    """
    flat = np.asarray(values, dtype=np.float64).reshape(time_s.size, -1)
    known: Mask = np.all(np.isfinite(flat), axis=1)
    result = np.full_like(flat, np.nan)
    half_s = max(0.5 * window_s, 1e-9)
    first = np.searchsorted(time_s, time_s - half_s, side="left")
    last = np.searchsorted(time_s, time_s + half_s, side="right")
    for i in np.flatnonzero(known):
        span = np.arange(first[i], last[i])
        span = span[known[span]]
        if span.size <= order:
            result[i] = flat[i] if derivative_order == 0 else np.nan
            continue
        offset_s = time_s[span] - time_s[i]
        weight = (1.0 - np.abs(offset_s / (half_s * (1.0 + 1e-9))) ** 3) ** 3
        basis = np.vander(offset_s / half_s, order + 1, increasing=True)
        gram = basis.T * weight
        coefficients = np.linalg.solve(gram @ basis + 1e-12 * np.eye(order + 1), gram @ flat[span])
        result[i] = coefficients[derivative_order] / half_s**derivative_order
    return result.reshape(np.shape(values))


def noise_sd(time_s: Floats, values: Floats, *, window_s: float = 0.35) -> float:
    """Return the robust standard deviation of `values` (T,) about their smooth course.

    1.4826 times the median absolute deviation, the consistent estimate for a normal error.
    """
    residual = values - smooth(time_s, values, window_s=window_s)
    known = residual[np.isfinite(residual)]
    return float(1.4826 * np.median(np.abs(known - np.median(known)))) if known.size else np.nan
