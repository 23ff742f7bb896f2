"""Forward bends: down, held, and up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.events.holds import plateau
from primemover.events.visits import visits_above
from primemover.model.arrays import Floats
from primemover.signal.smooth import smooth

__all__ = ["Bend", "find_bends"]

# Engineering defaults. Even a stiff, sore back bends its trunk by 25 deg; standing sways by 2-5.
_LEAST_BEND_RAD: Final = float(np.deg2rad(25.0))
_BEND_SHARE: Final = 0.5  # of the film's deepest: less is no repetition
_LEAVE_SHARE: Final = 0.5  # of what it takes to enter
_UPRIGHT_RAD: Final = float(np.deg2rad(5.0))
_TOP_WINDOW_S: Final = 0.3
_AROUND_DEEPEST_S: Final = 0.15  # what stands in for a hold that was not held


@dataclass(frozen=True, slots=True, kw_only=True)
class Bend:
    """One bend, as indices of the film's frames; ranges are half-open.

    Attributes
    ----------
    start : the last upright frame before the way down, or the film's first
    hold_start, hold_end : the plateau at the bottom, or 0.15 s either side of the deepest frame
    deepest : where the trunk leans furthest
    end : the first upright frame afterwards, or the film's length
    held : whether the plateau lasted
    from_upright : whether the film shows the way down from standing
    """

    start: int
    hold_start: int
    deepest: int
    hold_end: int
    end: int
    held: bool
    from_upright: bool


def find_bends(time_s: Floats, trunk_rad: Floats) -> tuple[Bend, ...]:
    """Return the bends of a film from the trunk's forward lean, counted from standing.

    Steps: visits of the smoothed lean above half of the film's deepest, at least 25 deg; down and
    up are followed to within 5 deg of standing. A bend whose way down is cut off counts for its
    deepest posture only; one that is still going down when the film ends does not count.

    Parameters
    ----------
    time_s, trunk_rad : (T,); NaN = unknown
    """
    calm = smooth(time_s, trunk_rad, window_s=_TOP_WINDOW_S)
    known = calm[np.isfinite(calm)]
    if not known.size:
        return ()
    enter = max(_LEAST_BEND_RAD, _BEND_SHARE * float(known.max()))
    visits = visits_above(calm, enter=enter, leave=_LEAVE_SHARE * enter)
    found: list[Bend] = []
    for position, (start, end, from_below, _) in enumerate(visits):
        before = visits[position - 1][1] if position else 0
        after = visits[position + 1][0] if position + 1 < len(visits) else time_s.size
        deepest = start + int(np.nanargmax(calm[start:end]))
        if deepest >= time_s.size - 1:
            continue
        hold, held = _hold(time_s, trunk_rad, (start, end), deepest)
        found.append(
            Bend(
                start=_last_upright(calm, before, start),
                hold_start=hold[0],
                deepest=deepest,
                hold_end=hold[1],
                end=_first_upright(calm, end, after),
                held=held,
                from_upright=from_below,
            )
        )
    return tuple(found)


def _hold(
    time_s: Floats, trunk_rad: Floats, visit: tuple[int, int], deepest: int
) -> tuple[tuple[int, int], bool]:
    span = plateau(time_s, trunk_rad, *visit)
    if span is not None:
        return span, True
    near = np.flatnonzero(np.abs(time_s - time_s[deepest]) <= _AROUND_DEEPEST_S)
    return (int(near[0]), int(near[-1]) + 1), False


def _last_upright(calm: Floats, low: int, start: int) -> int:
    """Return the last upright frame in [low, start), or the least bent one."""
    upright = np.flatnonzero(calm[low:start] < _UPRIGHT_RAD)
    if upright.size:
        return low + int(upright[-1])
    return low + int(np.nanargmin(calm[low:start])) if _any(calm[low:start]) else start


def _first_upright(calm: Floats, end: int, high: int) -> int:
    """Return the first upright frame in [end, high), or the least bent one."""
    upright = np.flatnonzero(calm[end:high] < _UPRIGHT_RAD)
    if upright.size:
        return end + int(upright[0])
    return end + int(np.nanargmin(calm[end:high])) if _any(calm[end:high]) else high


def _any(values: Floats) -> bool:
    return bool(np.isfinite(values).any())
