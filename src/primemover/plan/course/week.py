"""The coming week: steps, exercises, days, and a reason for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from primemover.knowledge.loading import load
from primemover.model.course import (
    Omission,
    PlannedExercise,
    PlannedSession,
    StepStatus,
    StepWeek,
    Week,
)
from primemover.model.safety import StopLevel
from primemover.plan.case import Case
from primemover.plan.course.fold import on_day
from primemover.plan.course.lift import DEADLIFT
from primemover.plan.course.pick import Picked, pick
from primemover.plan.course.prescribe import Portion, portion_of, prescribed
from primemover.plan.course.schedule import Item, Room, Timetable, timetable, training_days
from primemover.plan.course.setup import lift_setup
from primemover.plan.course.standing import Standing, facts_now, standings
from primemover.plan.course.state import DAYS, State, week_of
from primemover.plan.facts import Facts

__all__ = ["next_week"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
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


def next_week(state: State, case: Case, *, from_day: int | None = None) -> Week:
    """Return the sessions from a day on (the one after the last logged), to the end of its week.

    A week whose training days are all over gives way to the next one.
    """
    day = max(from_day or 0, state.day + 1)
    number, days = _days_left(day, case)
    draft = _draft(on_day(state, (number - 1) * DAYS + days[0]), case, number, days)
    exercises = _exercises(draft, case)
    sessions = _sessions(draft, exercises)
    if not sessions and len(days) < case.days:
        return next_week(state, case, from_day=number * DAYS + 1)
    retest = number % load().course_rules.retest_weeks == 0
    return Week(
        number=number,
        summary=_summary(draft, sessions, case),
        sessions=sessions,
        exercises=exercises,
        steps=_steps(draft),
        left_out=tuple(_left_out(draft, case)),
        notes=tuple(_notes(draft, case, retest=retest)),
        retest=retest,
        lift=lift_setup(draft.state, case, draft.facts, _lifts(exercises)),
    )


def _lifts(exercises: Iterable[PlannedExercise]) -> list[PlannedExercise]:
    return [one for one in exercises if one.step == DEADLIFT]


def _days_left(day: int, case: Case) -> tuple[int, tuple[int, ...]]:
    """Return the week, and its training days that are not over on `day`."""
    number = week_of(day)
    all_days = training_days(case.days)
    left = tuple(one for one in all_days if (number - 1) * DAYS + one >= day)
    return (number, left) if left else (number + 1, all_days)


def _draft(state: State, case: Case, number: int, days: tuple[int, ...]) -> _Draft:
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
    return _Draft(
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
    return held or not state.is_quiet or bool(state.gap) or _missed(state, case, number)


def _missed(state: State, case: Case, number: int) -> bool:
    """Whether fewer than half of last week's sessions were done."""
    return number > 1 and bool(state.sessions) and 2 * _done_last(state, number) < case.days


def _done_last(state: State, number: int) -> int:
    return state.sessions.get(number - 1, 0)


def _exercises(draft: _Draft, case: Case) -> tuple[PlannedExercise, ...]:
    state, found = draft.state, []
    for step in sorted(draft.standing.order):
        for row in draft.picked[step].rows:
            days = draft.table.days.get(row.id, ())
            if days:
                portion = draft.portions[row.id]
                found.append(
                    prescribed(row, portion, state, case, facts=draft.facts, days=len(days))
                )
    return tuple(found)


def _sessions(draft: _Draft, exercises: Sequence[PlannedExercise]) -> tuple[PlannedSession, ...]:
    first = (draft.number - 1) * DAYS
    sessions = []
    for day in draft.days:
        listed = [one for one in exercises if day in draft.table.days[one.id]]
        if listed:
            sessions.append(
                PlannedSession(
                    day=first + day,
                    exercises=tuple(one.id for one in listed),
                    minutes=sum(one.minutes for one in listed),
                )
            )
    return tuple(sessions)


def _steps(draft: _Draft) -> tuple[StepWeek, ...]:
    """Return all five steps; one that found no exercise or no time waits, and says so."""
    texts = load().course_texts
    steps = []
    for step, told in draft.standing.weeks.items():
        if step in draft.table.without_time:
            why = texts.step_waits_time
            steps.append(replace(told, status=StepStatus.WAITING, why=why))
        elif step in draft.standing.order and not draft.picked[step].rows:
            why = texts.step_waits_nothing
            steps.append(replace(told, status=StepStatus.WAITING, why=why))
        else:
            steps.append(told)
    return tuple(steps)


def _left_out(draft: _Draft, case: Case) -> Iterable[Omission]:
    """Yield every exercise of the week's steps that is not in it, with the reason."""
    texts, rows = load().course_texts, load().exercises
    for step in sorted(draft.standing.order):
        out = dict(draft.picked[step].left_out)
        for row in draft.picked[step].rows:
            minutes = draft.portions[row.id].minutes
            if minutes > case.minutes:
                out[row.id] = texts.out_too_long.format(
                    minutes=f"{minutes:.0f}", most=f"{case.minutes:.0f}"
                )
            elif row.id not in draft.table.days:
                past = draft.state.days_this_week(row.id)
                out[row.id] = texts.out_done if past else texts.out_room
        yield from (
            Omission(id=name, name=rows[name].name, step=step, why=why) for name, why in out.items()
        )


def _summary(draft: _Draft, sessions: Sequence[PlannedSession], case: Case) -> str:
    texts = load().course_texts
    whole = len(draft.days) == case.days
    said = texts.week_first if whole else texts.week_goes_on
    return said.format(week=draft.number, sessions=len(sessions), minutes=f"{case.minutes:.0f}")


def _notes(draft: _Draft, case: Case, *, retest: bool) -> Iterable[str]:
    """Yield what the log changed: the last report's actions first, then what follows from them."""
    texts, state = load().course_texts, draft.state
    yield from _reported(draft)
    if not state.settled:
        yield texts.begin_only
    if state.gap:
        yield state.gap
    elif _missed(state, case, draft.number):
        done = _done_last(state, draft.number)
        yield texts.missed.format(done=done, planned=case.days, week=draft.number - 1)
    if retest:
        yield texts.week_retest


def _reported(draft: _Draft) -> Iterable[str]:
    """Yield what the last report asks for, and what it means for the week."""
    texts, verdict = load().course_texts, draft.state.verdict
    reported = verdict is not None and verdict.level is not StopLevel.CARRY_ON
    if verdict is not None and reported:
        yield from (one.action for one in verdict.reasons)
    if not draft.state.is_quiet:
        calm = texts.calm.format(count=load().course_rules.calm_sessions)
        yield texts.cleared if draft.state.cleared else calm
    elif reported:
        yield texts.hold
