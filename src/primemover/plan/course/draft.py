"""A week in outline: its steps, exercises, amounts and days, before it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from primemover.knowledge.loading import load
from primemover.model.safety import StopLevel
from primemover.plan.case import Case
from primemover.plan.course.fold import on_day
from primemover.plan.course.pick import Picked, pick
from primemover.plan.course.prescribe import Portion, portion_of
from primemover.plan.course.schedule import Item, Room, Timetable, timetable, training_days
from primemover.plan.course.standing import Standing, facts_now, standings
from primemover.plan.course.state import DAYS, State, week_of
from primemover.plan.facts import Facts

__all__ = ["Draft", "done_last", "draft_week", "is_missed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A week before it is written down; `days` (1-7) are those left of it."""

    number: int
    days: tuple[int, ...]
    state: State
    facts: Facts
    restrained: bool
    standing: Standing
    picked: Mapping[int, Picked]
    portions: Mapping[str, Portion]
    table: Timetable


def draft_week(state: State, case: Case, *, from_day: int | None = None) -> Draft:
    """Return the week from a day on (the one after the last logged), to its end.

    A week whose training days are all over, or of which all is done, gives way to the next one.
    """
    day = max(from_day or 0, state.day + 1)
    number, days = _days_left(day, case)
    draft = _draft(on_day(state, (number - 1) * DAYS + days[0]), case, number, days)
    if not draft.table.days and len(days) < case.days:
        return draft_week(state, case, from_day=number * DAYS + 1)
    return draft


def _days_left(day: int, case: Case) -> tuple[int, tuple[int, ...]]:
    """Return the week, and its training days that are not over on `day`."""
    number = week_of(day)
    all_days = training_days(case.days)
    left = tuple(one for one in all_days if (number - 1) * DAYS + one >= day)
    return (number, left) if left else (number + 1, all_days)


def _draft(state: State, case: Case, number: int, days: tuple[int, ...]) -> Draft:
    restrained = _is_restrained(state, case, number)
    facts = facts_now(state, case)
    standing = standings(state, case, restrained=restrained)
    picked = {
        step: pick(step, state, case, facts, restrained=restrained) for step in standing.order
    }
    portions = {
        row.id: portion_of(row, state, case) for step in standing.order for row in picked[step].rows
    }
    items = [
        Item(
            id=row.id,
            step=step,
            minutes=portions[row.id].minutes,
            wanted=portions[row.id].dose.per_week,
            is_loaded=row.is_loaded,
            past=state.days_this_week(row.id),
        )
        for step in standing.order
        for row in picked[step].rows
        if portions[row.id].minutes <= case.minutes
    ]
    return Draft(
        number=number,
        days=days,
        state=state,
        facts=facts,
        restrained=restrained,
        standing=standing,
        picked=picked,
        portions=portions,
        table=timetable(items, standing.order, _room(state, case, days)),
    )


def _room(state: State, case: Case, days: tuple[int, ...]) -> Room:
    first = (state.week - 1) * DAYS
    rows = load().exercises
    loaded = {
        day - first
        for name, mark in state.marks.items()
        if rows[name].is_loaded
        for day in mark.days
    }
    return Room(days=days, minutes=case.minutes, loaded=tuple(sorted(loaded)))


def _is_restrained(state: State, case: Case, number: int) -> bool:
    """Whether nothing new may begin: not quiet, on hold, after a gap or a week mostly missed."""
    held = state.verdict is not None and state.verdict.level is not StopLevel.CARRY_ON
    return held or not state.is_quiet or bool(state.gap) or is_missed(state, case, number)


def is_missed(state: State, case: Case, number: int) -> bool:
    """Whether fewer than half of last week's sessions were done."""
    return number > 1 and bool(state.sessions) and 2 * done_last(state, number) < case.days


def done_last(state: State, number: int) -> int:
    """Return how many sessions were done in the week before."""
    return state.sessions.get(number - 1, 0)
