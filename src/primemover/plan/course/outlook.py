"""How a course goes on if every session is done and green: later weeks in short."""

from __future__ import annotations

from typing import Final

from primemover.knowledge.loading import load
from primemover.model.course import OutlookWeek
from primemover.model.training import DoneExercise, DoneSession
from primemover.plan.case import Case
from primemover.plan.course.draft import Draft, draft_week
from primemover.plan.course.fold import after
from primemover.plan.course.lift import DEADLIFT, stage_now
from primemover.plan.course.state import DAYS, State

__all__ = ["outlook"]

_GREEN_PAIN: Final = 1.0  # what the outlook takes each session to hurt
_EASY_EFFORT: Final = 6.0


def outlook(
    state: State, case: Case, *, from_day: int | None, until: int
) -> tuple[OutlookWeek, ...]:
    """Return the weeks after the coming one, each session taken as done and green.

    Parameters
    ----------
    state, case
        Where the course is, and whose it is.
    from_day
        Day the coming week is planned from; None = the one after the last logged.
    until
        Number of the last week.
    """
    draft = draft_week(state, case, from_day=from_day)
    weeks: list[OutlookWeek] = []
    while draft.number < until:
        for done in _as_planned(draft):
            state = after(state, done, case)
        draft = draft_week(state, case, from_day=draft.number * DAYS + 1)
        weeks.append(_in_short(draft, case))
    return tuple(weeks)


def _as_planned(draft: Draft) -> list[DoneSession]:
    """Return a week's sessions as if each was done as written and green."""
    first = (draft.number - 1) * DAYS
    done = {
        name: DoneExercise(
            id=name,
            sets=draft.portions[name].amount.sets,
            count=draft.portions[name].amount.count,
            pain=_GREEN_PAIN,
            effort=_EASY_EFFORT,
        )
        for name in draft.table.days
    }
    sessions = []
    for day in draft.days:
        listed = tuple(done[name] for name, days in draft.table.days.items() if day in days)
        if listed:
            sessions.append(
                DoneSession(
                    day=first + day,
                    exercises=listed,
                    pain_before=_GREEN_PAIN,
                    pain_next_day=_GREEN_PAIN,
                )
            )
    return sessions


def _in_short(draft: Draft, case: Case) -> OutlookWeek:
    rows = load().exercises
    listed = [
        row
        for step in sorted(draft.standing.order)
        for row in draft.picked[step].rows
        if row.id in draft.table.days
    ]
    steps = tuple(dict.fromkeys(row.step for row in listed))
    stage = load().lift_stages[stage_now(draft.state, case)].label if DEADLIFT in steps else ""
    minutes = [
        sum(draft.portions[name].minutes for name, days in draft.table.days.items() if day in days)
        for day in draft.days
    ]
    return OutlookWeek(
        number=draft.number,
        steps=steps,
        stage=stage,
        exercises=tuple(row.id for row in listed),
        new=tuple(rows[row.id].name for row in listed if not draft.state.mark(row.id).times),
        minutes=max(minutes, default=0.0),
        retest=draft.number % load().course_rules.retest_weeks == 0,
    )
