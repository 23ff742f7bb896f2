"""Where an answer is trusted less: away from what was fitted, and where it comes and goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, frozen
from primemover.model.series import Series

__all__ = ["Answer", "slide_back", "unbroken"]

# From here on a frame is unlike the fitted ones and the plain reading gets a say, ...
_UNUSUAL: Final = 1.0
# ... from here on it alone counts, and what it cannot read is not measured. Engineering defaults:
# 1 is kept by 99 % of the frames of people that were left out of the fit.
_STRANGE: Final = 1.6
# Measured on films of 200 virtual people: a frame with every neighbour measured errs 3 to 6 deg and
# by over 10 deg in 3 to 19 % of cases; with more than a third of them missing it is 7 to 19 deg
# and in a quarter to a half, whatever the curve.
_ABOUT_S: Final = 0.4
_TOO_BROKEN: Final = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A curve and its standard error, (T,) each, radians; NaN = not known."""

    value_rad: Floats
    se_rad: Floats


def slide_back(fitted: Answer, plain: Answer, novelty: Floats) -> Answer:
    """Return the fitted answer, sliding back to the plain one where a frame is unlike the fit.

    On the way the error is the larger of the two, and grows by what they differ.

    Parameters
    ----------
    novelty : (T,), see `primemover.calibration.model.novelty_of`; NaN counts as strange
    """
    share = np.clip((novelty - _UNUSUAL) / (_STRANGE - _UNUSUAL), 0.0, 1.0)
    share = np.where(np.isfinite(novelty), share, 1.0)
    apart = plain.value_rad - fitted.value_rad
    between = np.where(share < 1.0, fitted.value_rad + share * apart, plain.value_rad)
    value = np.where(share > 0.0, between, fitted.value_rad)
    wide = np.hypot(
        np.maximum(fitted.se_rad, plain.se_rad), share * (1.0 - share) * np.nan_to_num(apart)
    )
    wide = np.where(share < 1.0, wide, plain.se_rad)
    return Answer(value_rad=value, se_rad=np.where(share > 0.0, wide, fitted.se_rad))


def unbroken(curve: Series) -> Series:
    """Return a curve without the frames that stand nearly alone; their neighbours' error is wider.

    What was lost, hidden or impossible all around was seen badly there too. The standard error
    grows by the share of frames within 0.4 s either side that are not measured; where that is
    more than 0.35 the frame is not measured.
    """
    missing = np.concatenate([[0], np.cumsum(~np.isfinite(curve.value))])
    first = np.searchsorted(curve.time_s, curve.time_s - _ABOUT_S)
    last = np.searchsorted(curve.time_s, curve.time_s + _ABOUT_S, side="right")
    gaps = (missing[last] - missing[first]) / (last - first)
    alone = gaps > _TOO_BROKEN
    return replace(
        curve,
        value=frozen(np.where(alone, np.nan, curve.value)),
        se=frozen(np.where(alone, np.nan, curve.se * (1.0 + gaps))),
    )
