"""Exercises onto days: within each session's minutes, loads apart, every step its share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from primemover.knowledge.loading import load
from primemover.plan.course.state import DAYS

__all__ = ["Item", "Room", "Timetable", "timetable", "training_days"]

_TOLERANCE_MIN: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An exercise to be placed.

    `minutes` is how long it takes in a session, `wanted` how often it is wanted a week, `past` the
    days (1-7) of this week on which it was done already.
    """

    id: str
    step: int
    minutes: float
    wanted: int
    is_loaded: bool
    past: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What there is to fill.

    `days` (1-7) are left of this week, `minutes` is of one session, `loaded` are the days a load
    was lifted already; those of the week before count down from 0.
    """

    days: tuple[int, ...]
    minutes: float
    loaded: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Which days (1-7) each exercise is done, and the steps that found no time."""

    days: Mapping[str, tuple[int, ...]]
    without_time: tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class _Week:
    """A week being filled: minutes left by day, days by exercise, days with a load."""

    left_min: dict[int, float]
    loaded: set[int]
    placed: dict[str, list[int]] = field(default_factory=dict)

    def place(self, item: Item) -> None:
        """Put an exercise on its best day, if there is one."""
        own = (*item.past, *self.placed.get(item.id, ()))
        free = [
            day
            for day, left in self.left_min.items()
            if day not in own
            and left + _TOLERANCE_MIN >= item.minutes
            and (not item.is_loaded or self._may_load(day))
        ]
        if not free:
            return
        day = max(free, key=lambda one: self._worth(one, item, own))
        self.left_min[day] -= item.minutes
        self.placed.setdefault(item.id, []).append(day)
        if item.is_loaded:
            self.loaded.add(day)

    def _worth(self, day: int, item: Item, own: Sequence[int]) -> tuple[int, bool, float, int]:
        """Return how good a day is: far from the exercise's others, loads together, most time."""
        together = item.is_loaded and day in self.loaded
        return _nearest(day, own), together, self.left_min[day], -day

    def _may_load(self, day: int) -> bool:
        """Whether a load may lie on a day: few days have one, and they lie apart."""
        rules = load().course_rules
        if sum(one > 0 for one in self.loaded) >= rules.loaded_days:
            return day in self.loaded
        least = rules.days_between_loads
        return all(day == one or _between(day, one) >= least for one in self.loaded)


def training_days(per_week: int) -> tuple[int, ...]:
    """Return the training days of a week, spread evenly, 1-7."""
    return tuple(1 + k * DAYS // per_week for k in range(per_week))


def timetable(items: Sequence[Item], order: Sequence[int], room: Room) -> Timetable:
    """Return the timetable of what is left of a week.

    First two exercises of every step, once; then these as often as they are wanted; then the
    others. A step of which not even two find a place gives its time to the others.

    Parameters
    ----------
    items
        Exercises, best first within a step.
    order
        Steps in order of their claim on time.
    room
        Days, minutes, and the loads so far.
    """
    steps = list(order)
    starved: list[int] = []
    while True:
        week = _filled(items, steps, room)
        short = _starved(items, steps, week)
        if short is None:
            placed = {name: tuple(sorted(on)) for name, on in week.placed.items()}
            return Timetable(days=placed, without_time=tuple(starved))
        steps.remove(short)
        starved.append(short)


def _filled(items: Sequence[Item], steps: Sequence[int], room: Room) -> _Week:
    week = _Week(left_min=dict.fromkeys(room.days, room.minutes), loaded=set(room.loaded))
    fewest = load().programme.fewest_exercises
    of_step = {step: [item for item in items if item.step == step] for step in steps}
    core = [item for step in steps for item in of_step[step][:fewest]]
    more = [item for step in steps for item in of_step[step][fewest:]]
    for listed in (core, more):
        for turn in range(DAYS):
            for item in listed:
                if len(item.past) <= turn < item.wanted:
                    week.place(item)
    return week


def _starved(items: Sequence[Item], steps: Sequence[int], week: _Week) -> int | None:
    """Return the last step that is short of exercises for want of time, None if there is none."""
    fewest = load().programme.fewest_exercises
    for step in reversed(steps):
        wanted = [item for item in items if item.step == step]
        placed = sum(item.id in week.placed or bool(item.past) for item in wanted)
        if placed < min(fewest, len(wanted)) and (len(steps) > 1 or not placed):
            return step
    return None


def _nearest(day: int, own: Sequence[int]) -> int:
    return min((_between(day, one) for one in own), default=DAYS)


def _between(first: int, second: int) -> int:
    """Return the days between two days; those of this week (1-7) as if weeks were all alike."""
    apart = abs(first - second)
    return min(apart, DAYS - apart) if min(first, second) > 0 else apart
