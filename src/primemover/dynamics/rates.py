"""Smooth values, rates and accelerations of many curves on one clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Mask
from primemover.signal.smooth import local_polynomial

__all__ = ["WINDOW_S", "Clock", "clock"]

# How to smooth. Measured on the lift of the project's evidence (loads.md section 2: 80 kg, 100 kg,
# hip moment up to 550 Nm) at 60 frames/s, squeezed to three durations: root mean square error of
# the hip moment in Nm, and in brackets by how much of the weight the vertical forces fail to close.
# "3 x" is a smoothing in the value and in each of the two slopes, as was done here before; "2 x"
# smooths the values twice and takes slopes from frame to frame, so that what the slopes are taken
# of has nothing left that they could blur.
#                                          3 x 0.30 s    2 x 0.30 s    2 x 0.40 s    2 x 0.45 s
#   2.0 s lift, 1 deg and 3 mm of noise    7 (0.4 %)     23 (0.6 %)    12 (0.4 %)     9 (0.3 %)
#   1.2 s lift, the same noise            13 (1.1 %)     19 (0.5 %)    13 (0.3 %)    11 (0.2 %)
#   0.9 s lift, the same noise            29 (2.2 %)     22 (0.5 %)    19 (0.4 %)    20 (0.4 %)
#   0.9 s lift, no noise                  26 (1.9 %)      9 (0.3 %)    12 (0.1 %)    16 (0.3 %)
# Noise here is fresh in every frame, as after no cleaning at all; the pose track's is less.
WINDOW_S: Final = 0.40
_ORDER: Final = 2
_FEWEST: Final = 6  # frames; fewer cannot carry an acceleration


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The house's local polynomial on one clock, as matrices: it is linear in the values.

    Attributes
    ----------
    time_s : (T,) array
    smoothing : (T, T) array; values -> smooth values
    slope : (T, T) array; smooth values -> rates per second
    window_s : full width of the smoothing window
    usable : (T,) bool array, whether value, rate and acceleration rest on enough frames
    steady : (T,) bool array, whether a whole window of film lies about the frame: not at an end
        of the film or of a gap
    """

    time_s: Floats
    smoothing: Floats
    slope: Floats
    window_s: float
    usable: Mask
    steady: Mask

    def smooth(self, values: Floats) -> Floats:
        """Return smoothed values, (..., T)."""
        result: Floats = values @ self.smoothing.T
        return result

    def rate(self, values: Floats) -> Floats:
        """Return the rate per second, (..., T)."""
        result: Floats = values @ self.slope.T
        return result


def clock(time_s: Floats, *, window_s: float = WINDOW_S) -> Clock:
    """Return smoothing and slope on a clock that may be uneven.

    Smoothing is `primemover.signal.smooth.local_polynomial` of order 2 applied to unit impulses:
    the filter is linear in the values, so the columns it returns are its matrix, and one matrix
    serves every curve and every Monte-Carlo draw. Values are smoothed twice. A slope is that of the
    parabola through a frame and its neighbours; an acceleration is the slope of the slope.

    Raises
    ------
    QualityError
        If there are fewer than 6 frames, or time does not increase.
    """
    if time_s.size < _FEWEST or not np.all(np.diff(time_s) > 0.0):
        raise QualityError(
            f"Inverse dynamics needs {_FEWEST} frames or more in the order of time.",
            reason="too_few_frames",
        )
    unit = np.eye(time_s.size)
    smoothing = local_polynomial(time_s, unit, window_s=window_s, order=_ORDER, derivative_order=0)
    slope = _slopes(time_s, longest_s=0.5 * window_s)
    lone = np.any(np.isnan(slope), axis=1)
    slope = np.where(np.isnan(slope), 0.0, slope)
    doubtful = lone | np.any(slope[:, lone] != 0.0, axis=1)
    half_s = 0.5 * window_s
    gap = np.diff(time_s) > half_s
    edge_s = np.concatenate((time_s[:1], time_s[:-1][gap], time_s[1:][gap], time_s[-1:]))
    near = np.min(np.abs(time_s[:, None] - edge_s[None, :]), axis=1) < half_s
    return Clock(
        time_s=time_s,
        smoothing=smoothing @ smoothing,
        slope=slope,
        window_s=window_s,
        usable=~doubtful,
        steady=~near & ~doubtful,
    )


def _slopes(time_s: Floats, *, longest_s: float) -> Floats:
    """Return slopes as a matrix (T, T); NaN rows where fewer than three frames lie together.

    Frames with more than `longest_s` between them are not neighbours.
    """
    slope = np.zeros((time_s.size, time_s.size))
    edges = np.flatnonzero(np.diff(time_s) > longest_s) + 1
    for run in np.split(np.arange(time_s.size), edges):
        rows = np.ix_(run, run)
        if run.size > _ORDER:
            slope[rows] = np.gradient(np.eye(run.size), time_s[run], axis=0, edge_order=2)
        else:
            slope[rows] = np.nan
    return slope
