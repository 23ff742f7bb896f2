"""Smooth values, rates and accelerations of many curves on one clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Mask
from primemover.signal.smooth import local_polynomial

__all__ = ["WINDOW_S", "Clock", "clock"]

# How wide to smooth. Measured on the lift of the project's evidence (loads.md section 2: 80 kg,
# 100 kg, hip moment up to 550 Nm) at 60 frames/s, root mean square error of the hip moment in Nm:
#                                         0.20 s  0.25 s  0.30 s  0.35 s  0.40 s  0.50 s
#   2.0 s lift, 1 deg and 3 mm of noise       18      11       7       5       4       5
#   1.2 s lift, the same noise                19      13      12      14      16      22
#   0.9 s lift, the same noise                24      24      30      35      42      55
#   2.0 s lift, no noise                       1       1       2       2       3       4
# Noise here is fresh in every frame, as after no cleaning at all; the pose track's is less.
WINDOW_S: Final = 0.30
_ORDER: Final = 2
_FEWEST: Final = 6  # frames; fewer cannot carry an acceleration


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The house's local polynomial on one clock, as matrices: it is linear in the values.

    Attributes
    ----------
    time_s : (T,) array
    smoothing : (T, T) array; values -> smooth values
    slope : (T, T) array; values -> rates per second
    window_s : full width of the window
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

    Both are `primemover.signal.smooth.local_polynomial` of order 2 applied to unit impulses: the
    filter is linear in the values, so the columns it returns are its matrix, and one matrix serves
    every curve and every Monte-Carlo draw. An acceleration is the slope of the slope.

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
    slope = local_polynomial(time_s, unit, window_s=window_s, order=_ORDER, derivative_order=1)
    lone = np.any(np.isnan(slope), axis=1)
    slope = np.where(np.isnan(slope), 0.0, slope)
    doubtful = lone | np.any(slope[:, lone] != 0.0, axis=1)
    half_s = 0.5 * window_s
    gap = np.diff(time_s) > half_s
    edge_s = np.concatenate((time_s[:1], time_s[:-1][gap], time_s[1:][gap], time_s[-1:]))
    near = np.min(np.abs(time_s[:, None] - edge_s[None, :]), axis=1) < half_s
    return Clock(
        time_s=time_s,
        smoothing=smoothing,
        slope=slope,
        window_s=window_s,
        usable=~doubtful,
        steady=~near & ~doubtful,
    )
