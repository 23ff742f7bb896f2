"""Find a lift's repetitions and phases."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from primemover.events.visits import Visit, first_index, visits_above
from primemover.model.arrays import Floats, Mask
from primemover.model.repetition import Repetition
from primemover.signal.gaps import bridged
from primemover.signal.smooth import derivative, smooth

__all__ = ["LiftSignals", "find_lifts"]

# Engineering defaults, far from both ends of a deadlift (hip flexion 95-115 deg at lift-off, about
# 0 at lockout; clinical.md 3.1) and beyond the 7-9 deg that landmarks err.
_BENT_RAD = np.deg2rad(50.0)
_TALL_RAD = np.deg2rad(28.0)
_LOCKED_RAD = np.deg2rad(4.0)  # within this of the tallest the lift is locked out
_LOWERING_RAD = np.deg2rad(12.0)
_LEAST_RISE_LEGS = 0.20  # a repetition lifts the hands at least this far
_AT_BOTTOM_LEGS = 0.03  # 2-3 cm of an 0.85 m leg, the bar's lift-off threshold (clinical.md 3.1)
_WINDOW_S = 0.15
_SPEED_WINDOW_S = 0.25
_STILL = 0.1  # of the pull's peak speed
_LOW = 0.1  # of the whole rise: 6-8 cm
_LEAST_S = 0.25  # nobody stands up faster


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSignals:
    """The curves in which a lift is found, all (T,).

    Attributes
    ----------
    hinge_rad : trunk-thigh angle, 0 standing, flexion +
    hand_up_legs : height of the hands above the ankles, in leg lengths
    load_up_legs : height of the load's centre, or of the hands that stand in for it
    knee_up_legs : height of the knees above the ankles, in leg lengths
    held : the load is off its resting place; None if the load could not be followed
    planted : the feet stand still
    """

    time_s: Floats
    hinge_rad: Floats
    hand_up_legs: Floats
    load_up_legs: Floats
    knee_up_legs: Floats
    held: Mask | None
    planted: Mask


def find_lifts(signals: LiftSignals) -> tuple[Repetition, ...]:
    """Return the repetitions: from a bent posture, hands low, to standing tall, hands up.

    Steps: visits of the hinge angle above 50 deg that end in standing (below 28 deg) are
    candidates; the hands must rise by a fifth of the leg, the load be held, the feet stand still.
    Set-up wiggles, a pause at the bottom and touch-and-go stay inside one visit. A visit under way
    at the film's start counts, one under way at its end does not: it never reached lockout.
    """
    time_s = signals.time_s
    hinge = smooth(time_s, bridged(signals.hinge_rad), window_s=_WINDOW_S)
    load = smooth(time_s, bridged(signals.load_up_legs), window_s=_WINDOW_S)
    visits = visits_above(hinge, enter=_BENT_RAD, leave=_TALL_RAD)
    found: list[Repetition] = []
    for position, visit in enumerate(visits):
        following = visits[position + 1] if position + 1 < len(visits) else None
        repetition = _repetition(signals, hinge, load, visit, following)
        if repetition is not None:
            if found and abs(found[-1].end_s - repetition.start_s) < 2 * _LEAST_S:
                repetition = _starting_at(repetition, found[-1].end_s)
            found.append(repetition)
    return tuple(found)


def _repetition(
    signals: LiftSignals, hinge: Floats, load: Floats, visit: Visit, following: Visit | None
) -> Repetition | None:
    start, tall, _, reached = visit
    limit = following[0] if following else hinge.size
    if not reached or limit <= tall:
        return None
    locked = _lockout(hinge, tall, limit)
    bottom = _bottom(signals.time_s, load, start, locked)
    if not _is_a_lift(signals, load, bottom, locked):
        return None
    time_s = signals.time_s
    lift_off = _lift_off(signals, bottom, tall)
    passed = first_index(load >= signals.knee_up_legs, lift_off, locked + 1)
    lowering = first_index(hinge > hinge[locked] + _LOWERING_RAD, locked, limit)
    hand = bridged(signals.hand_up_legs)
    lowest = hand[start : bottom + 1].min()
    arrived = first_index(hand <= lowest + 2 * _AT_BOTTOM_LEGS, start, bottom + 1)
    return Repetition(
        start_s=float(time_s[start if arrived is None else arrived]),
        bottom_s=float(time_s[bottom]),
        lift_off_s=float(time_s[lift_off]),
        knee_pass_s=math.nan if passed in {None, lift_off} else float(time_s[passed or 0]),
        lockout_s=float(time_s[locked]),
        lowering_s=math.nan if lowering is None else float(time_s[lowering]),
        end_s=_end_s(signals.time_s, load, following),
    )


def _bottom(time_s: Floats, load: Floats, start: int, locked: int) -> int:
    """Return when the hands start up: the last moment before the pull with hardly any speed.

    From the pull's fastest moment back to where the speed falls below a tenth of it, low down: a
    hand that jitters stands still on its way up too. A long set-up, in which the hands settle by a
    centimetre or two, does not matter.
    """
    speed = np.nan_to_num(derivative(time_s, load, window_s=_SPEED_WINDOW_S))
    lowest = start + int(np.argmin(load[start : locked + 1]))
    fastest = lowest + int(np.argmax(speed[lowest : locked + 1]))
    before = slice(start, fastest + 1)
    low = load[before] <= load[lowest] + _LOW * (load[locked] - load[lowest])
    still = np.flatnonzero(low & (speed[before] <= _STILL * speed[fastest]))
    return start + int(still[-1]) if still.size else lowest


def _lockout(hinge: Floats, tall: int, limit: int) -> int:
    """Return the first moment within 4 deg of the tallest posture of this standing."""
    tallest = hinge[tall:limit].min()
    found = first_index(hinge <= tallest + _LOCKED_RAD, tall, limit)
    return tall if found is None else found


def _lift_off(signals: LiftSignals, bottom: int, tall: int) -> int:
    """Return when the load leaves its rest; without a load to follow, when the hands start up."""
    if signals.held is None:
        return bottom
    resting = np.flatnonzero(~signals.held[:tall])
    if not resting.size:
        return bottom
    last = int(resting[-1]) + 1
    # Touch-and-go never rests: then the lowest point is the lift-off.
    close = abs(signals.time_s[min(last, tall - 1)] - signals.time_s[bottom]) < 4 * _LEAST_S
    return min(last, tall - 1) if close else bottom


def _is_a_lift(signals: LiftSignals, load: Floats, bottom: int, locked: int) -> bool:
    rises = load[locked] - load[bottom] >= _LEAST_RISE_LEGS
    takes_time = signals.time_s[locked] - signals.time_s[bottom] >= _LEAST_S
    stands = signals.planted[bottom : locked + 1].mean() > 0.5  # noqa: PLR2004 - most of it
    carried = signals.held is None or bool(signals.held[bottom : locked + 1].mean() > 0.5)  # noqa: PLR2004 - most of it
    return bool(rises and takes_time and stands and carried)


def _end_s(time_s: Floats, load: Floats, following: Visit | None) -> float:
    """Return when the load is down again: the next bottom's arrival, or the film's end."""
    if following is None:
        return float(time_s[-1])
    start, end = following[0], following[1]
    lowest = load[start:end].min()
    down = first_index(load <= lowest + _AT_BOTTOM_LEGS, start, end)
    return float(time_s[end - 1 if down is None else down])


def _starting_at(repetition: Repetition, start_s: float) -> Repetition:
    return replace(repetition, start_s=min(start_s, repetition.lift_off_s))
