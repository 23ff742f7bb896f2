"""Limbs held still: the rest before a movement and the plateau at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.events.visits import visits_above
from primemover.model.arrays import Floats, Mask
from primemover.signal.gaps import longest_run, runs
from primemover.signal.smooth import derivative, smooth

__all__ = ["Swing", "find_rest", "find_swings", "plateau"]

# Engineering defaults. A goniometer reading takes a second of stillness; 0.4 s is the least that
# still averages a dozen frames. 10 deg/s moves a held limb by less than the networks' own error
# (about 2 deg) in 0.2 s, and lies far below a test's swing of 30-60 deg/s.
LEAST_HOLD_S: Final = 0.4
_STILL_RAD_S: Final = float(np.deg2rad(10.0))
_NEAR_TOP_RAD: Final = float(np.deg2rad(4.0))
_NEAR_TOP_SHARE: Final = 0.12  # of the top, for large swings
_SLOPE_WINDOW_S: Final = 0.4
_TOP_WINDOW_S: Final = 0.3
_LEAST_REST_S: Final = 0.5
_MOST_REST_S: Final = 2.0
_LEAST_SWING_RAD: Final = float(np.deg2rad(6.0))  # beyond what a resting leg sways
_SWING_SHARE: Final = 0.4  # of the largest swing: less is no repetition
_LEAVE_SHARE: Final = 0.5  # of what it takes to enter


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One swing of a limb out and back, as half-open index ranges of the film.

    Attributes
    ----------
    start, end : the whole swing
    hold_start, hold_end : the plateau near its top; equal when it was not held long enough
    level_rad : median over the plateau, or the top of the smoothed swing without one
    """

    start: int
    end: int
    hold_start: int
    hold_end: int
    level_rad: float

    @property
    def held(self) -> bool:
        """Whether the limb was held at the end of its motion."""
        return self.hold_end > self.hold_start


def find_swings(time_s: Floats, angle_rad: Floats) -> tuple[Swing, ...]:
    """Return the swings of a limb to its positive side.

    Steps: a swing is a visit of the smoothed angle above 40 % of the film's largest, at least
    6 deg, until it has fallen to half of that; the plateau inside it is what `plateau` finds. A
    leg that only sways, or turns to the negative side, has no swings.

    Parameters
    ----------
    time_s, angle_rad : (T,), the angle counted from rest; NaN = unknown
    """
    calm = smooth(time_s, angle_rad, window_s=_TOP_WINDOW_S)
    known = calm[np.isfinite(calm)]
    if not known.size:
        return ()
    enter = max(_LEAST_SWING_RAD, _SWING_SHARE * float(np.quantile(known, 0.98)))
    visits = visits_above(calm, enter=enter, leave=_LEAVE_SHARE * enter)
    return tuple(_swing(time_s, angle_rad, start, end) for start, end, _, _ in visits)


def _swing(time_s: Floats, angle_rad: Floats, start: int, end: int) -> Swing:
    span = plateau(time_s, angle_rad, start, end)
    if span is not None:
        level = float(np.nanmedian(angle_rad[span[0] : span[1]]))
        return Swing(start=start, end=end, hold_start=span[0], hold_end=span[1], level_rad=level)
    top = float(np.nanmax(smooth(time_s, angle_rad, window_s=_TOP_WINDOW_S)[start:end]))
    return Swing(start=start, end=end, hold_start=start, hold_end=start, level_rad=top)


def plateau(
    time_s: Floats, angle_rad: Floats, start: int, end: int, *, least_s: float = LEAST_HOLD_S
) -> tuple[int, int] | None:
    """Return the longest still stretch near the top of [start, end), or None.

    Still means slower than 10 deg/s; near the top means within 4 deg, or 12 % of the top. An
    overshoot that settles a little lower is therefore read where it settles.
    """
    calm = smooth(time_s, angle_rad, window_s=_TOP_WINDOW_S)
    slope = derivative(time_s, angle_rad, window_s=_SLOPE_WINDOW_S)
    if not np.isfinite(calm[start:end]).any():
        return None
    top = float(np.nanmax(calm[start:end]))
    near = calm >= top - max(_NEAR_TOP_RAD, _NEAR_TOP_SHARE * top)
    still: Mask = near & (np.abs(slope) < _STILL_RAD_S)
    found = longest_run(still[start:end])
    if found is None:
        return None
    first, last = start + found[0], start + found[1]
    return (first, last) if time_s[last - 1] - time_s[first] >= least_s else None


def find_rest(time_s: Floats, curves_rad: Floats) -> tuple[int, int] | None:
    """Return the first half-open stretch in which all curves are still, or None.

    Parameters
    ----------
    time_s : (T,)
    curves_rad : (T, C)

    Returns
    -------
    At least 0.5 s and at most 2 s of the film.
    """
    slopes = derivative(time_s, curves_rad, window_s=_SLOPE_WINDOW_S)
    still: Mask = np.all(np.abs(slopes) < _STILL_RAD_S, axis=1)
    for start, end in runs(still):
        if time_s[end - 1] - time_s[start] >= _LEAST_REST_S:
            last = int(np.searchsorted(time_s, time_s[start] + _MOST_REST_S))
            return start, min(end, last)
    return None
