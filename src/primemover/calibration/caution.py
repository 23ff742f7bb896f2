"""Trust in a fitted answer ends where the fit ends: there the plain reading gets a say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats

__all__ = ["Answer", "slide_back"]

# From here on a frame is unlike the fitted ones and the plain reading gets a say, ...
_UNUSUAL: Final = 1.0
# ... from here on it alone counts, and what it cannot read is not measured. Engineering defaults:
# 1 is kept by 99 % of the frames of people that were left out of the fit.
_STRANGE: Final = 1.6


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
