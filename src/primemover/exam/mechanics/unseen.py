"""Errors of a lift's mechanics that the film's own errors do not explain."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from primemover.dynamics.draws import BuildErrors
from primemover.model.measure import INTERVAL_SE
from primemover.model.mechanics import Range

__all__ = ["BUILD", "of_peak", "of_share"]

# How far a person's build may be from de Leva's. The tables themselves differ by about this much:
# above the hips lie 58 to 68 % of the mass (de Leva 1996 women, Winter 2009), the trunk's centre
# 0.51 to 0.62 of the way from hip to shoulder (Winter, de Leva women), Dumas 2007 between them.
# L5/S1 lies within 1 to 2 cm of where they put it on the virtual people of docs/moments.md.
BUILD: Final = BuildErrors(upper_mass=0.08, trunk_centre=0.10, l5s1_m=0.015)

# What is largest or adds up over noisy curves errs by more than their level does: 36 lifts of 28
# virtual people with a known load, none of them among those counted in docs/moments.md.
_PEAK_SE: Final = {"ankle": 0.3, "knee": 0.3, "hip": 0.15, "l5s1": 0.15}  # of the peak
_SHARE_SE: Final = 0.05  # of the whole work


def of_peak(found: Range, joint: str) -> Range:
    """Return the 90 % range of a joint's largest moment with what the draws do not know.

    Parameters
    ----------
    joint
        ``ankle, knee, hip`` or ``l5s1``.
    """
    return _widened(found, _PEAK_SE[joint] * abs(found.middle))


def of_share(found: Range) -> Range:
    """Return the 90 % range of a share of the work, 0-1, with what the draws do not know."""
    wide = _widened(found, _SHARE_SE)
    return replace(wide, low=max(wide.low, 0.0), high=min(wide.high, 1.0))


def _widened(found: Range, se: float) -> Range:
    """Return a range with an independent error added on either side."""
    more = INTERVAL_SE * se
    return Range(
        low=found.middle - math.hypot(found.middle - found.low, more),
        middle=found.middle,
        high=found.middle + math.hypot(found.high - found.middle, more),
    )
