"""The coming week, written out: steps, exercises, days, and a reason for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
from primemover.plan.course.draft import Draft, done_last, draft_week, is_missed
from primemover.plan.course.lift import DEADLIFT
from primemover.plan.course.prescribe import prescribed
from primemover.plan.course.setup import lift_setup
from primemover.plan.course.standing import step_weeks
from primemover.plan.course.state import DAYS, State

__all__ = ["next_week"]


def next_week(state: State, case: Case, *, from_day: int | None = None) -> Week:
    """Return the sessions from a day on (the one after the last logged), to the end of its week."""
    draft = draft_week(state, case, from_day=from_day)
    exercises = _exercises(draft, case)
    sessions = _sessions(draft, exercises)
    retest = draft.number % load().course_rules.retest_weeks == 0
    lifts = [one for one in exercises if one.step == DEADLIFT]
    return Week(
        number=draft.number,
        summary=_summary(draft, sessions, case),
        sessions=sessions,
        exercises=exercises,
        steps=_steps(draft, case),
        left_out=tuple(_left_out(draft, case)),
        notes=tuple(_notes(draft, case, retest=retest)),
        retest=retest,
        lift=lift_setup(draft.state, case, draft.facts, lifts),
    )


def _exercises(draft: Draft, case: Case) -> tuple[PlannedExercise, ...]:
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


def _sessions(draft: Draft, exercises: Sequence[PlannedExercise]) -> tuple[PlannedSession, ...]:
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


def _steps(draft: Draft, case: Case) -> tuple[StepWeek, ...]:
    """Return all five steps; one that found no exercise or no time waits, and says so."""
    texts = load().course_texts
    steps = []
    for step, told in step_weeks(draft.standing, draft.state, case).items():
        if step in draft.table.without_time:
            why = texts.step_waits_time
            steps.append(replace(told, status=StepStatus.WAITING, why=why))
        elif step in draft.standing.order and not draft.picked[step].rows:
            why = texts.step_waits_nothing
            steps.append(replace(told, status=StepStatus.WAITING, why=why))
        else:
            steps.append(told)
    return tuple(steps)


def _left_out(draft: Draft, case: Case) -> Iterable[Omission]:
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


def _summary(draft: Draft, sessions: Sequence[PlannedSession], case: Case) -> str:
    texts = load().course_texts
    whole = len(draft.days) == case.days
    said = texts.week_first if whole else texts.week_goes_on
    return said.format(week=draft.number, sessions=len(sessions), minutes=f"{case.minutes:.0f}")


def _notes(draft: Draft, case: Case, *, retest: bool) -> Iterable[str]:
    """Yield what the log changed: the last report's actions first, then what follows from them."""
    texts, state = load().course_texts, draft.state
    yield from _reported(draft)
    if not state.settled:
        yield texts.begin_only
    if state.gap:
        yield state.gap
    elif is_missed(state, case, draft.number):
        done = done_last(state, draft.number)
        yield texts.missed.format(done=done, planned=case.days, week=draft.number - 1)
    if retest:
        yield texts.week_retest


def _reported(draft: Draft) -> Iterable[str]:
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
