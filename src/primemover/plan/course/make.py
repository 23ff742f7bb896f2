"""The course: the coming week from the exam and the log, and how it goes on."""

from __future__ import annotations

from typing import Final

from primemover.knowledge.loading import load
from primemover.model.course import Change, Course, OutlookWeek, Week
from primemover.model.plan import Plan
from primemover.model.training import DoneExercise, DoneSession, TrainingLog
from primemover.plan.case import Case
from primemover.plan.course.fold import after, state_of
from primemover.plan.course.state import DAYS, State
from primemover.plan.course.week import next_week

__all__ = ["as_planned", "make_course", "outlook", "plan_week"]

_NO_LOG: Final = TrainingLog()
_GREEN_PAIN: Final = 1.0  # what the outlook takes each session to hurt
_EASY_EFFORT: Final = 6.0


def make_course(
    plan: Plan,
    case: Case | None,
    log: TrainingLog = _NO_LOG,
    *,
    from_day: int | None = None,
    weeks: int | None = None,
) -> Course:
    """Return the course of a person, after what was logged; the same input gives the same course.

    A plan that was stopped, or a log whose last report ends the programme, gives no week: only the
    reason.

    Parameters
    ----------
    plan
        The five steps.
    case
        What the exam says (`case_of`); None for a stopped plan.
    log
        What was done and how it felt.
    from_day
        Day of the course to plan from; None = the one after the last logged.
    weeks
        How far the outlook goes, counted from week 1; None = as far as the rules say.
    """
    if plan.stopped or case is None:
        return _without_week(plan.stopped)
    state = state_of(log, case)
    if state.stopped is not None:
        actions = " ".join(dict.fromkeys(one.action for one in state.stopped.reasons))
        stopped = load().course_texts.stopped.format(action=actions)
        return _without_week(stopped, state)
    week = next_week(state, case, from_day=from_day)
    return Course(
        week=week,
        outlook=outlook(state, case, week, until=weeks or load().course_rules.weeks),
        assumption=load().course_texts.assumption,
        pain_rule=load().programme.pain_rule,
        retest_day=_retest_day(week),
        verdict=state.verdict,
    )


def plan_week(
    case: Case, log: TrainingLog = _NO_LOG, *, from_day: int | None = None
) -> Week | None:
    """Return the coming week, from a day or the one after the log's last; None when stopped."""
    state = state_of(log, case)
    return None if state.stopped is not None else next_week(state, case, from_day=from_day)


def outlook(state: State, case: Case, week: Week, *, until: int) -> tuple[OutlookWeek, ...]:
    """Return the weeks after the coming one, each session taken as done and green."""
    weeks: list[OutlookWeek] = []
    while week.number < until:
        for done in as_planned(week):
            state = after(state, done, case)
        week = next_week(state, case)
        weeks.append(_in_short(week))
    return tuple(weeks)


def as_planned(week: Week) -> tuple[DoneSession, ...]:
    """Return a week's sessions as if each was done as written and green."""
    exercises = {one.id: one for one in week.exercises}
    return tuple(
        DoneSession(
            day=session.day,
            pain_before=_GREEN_PAIN,
            pain_next_day=_GREEN_PAIN,
            exercises=tuple(
                DoneExercise(
                    id=name,
                    sets=min(
                        sets
                        for sets in (exercises[name].sets_left, exercises[name].sets_right)
                        if sets
                    ),
                    count=exercises[name].count,
                    pain=_GREEN_PAIN,
                    effort=_EASY_EFFORT,
                )
                for name in session.exercises
            ),
        )
        for session in week.sessions
    )


def _in_short(week: Week) -> OutlookWeek:
    return OutlookWeek(
        number=week.number,
        steps=tuple(dict.fromkeys(one.step for one in week.exercises)),
        stage="" if week.lift is None else week.lift.label,
        exercises=tuple(one.id for one in week.exercises),
        new=tuple(one.name for one in week.exercises if one.change is Change.NEW),
        minutes=week.most_minutes,
        retest=week.retest,
    )


def _retest_day(week: Week) -> int:
    """Return the last day of the next week that asks to measure again."""
    every = load().course_rules.retest_weeks
    return -(-week.number // every) * every * DAYS


def _without_week(why: str, state: State | None = None) -> Course:
    return Course(
        week=None,
        outlook=(),
        assumption="",
        pain_rule=load().programme.pain_rule,
        retest_day=0,
        stopped=why,
        verdict=None if state is None else state.verdict,
    )
