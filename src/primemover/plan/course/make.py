"""The course: the coming week from the exam and the log, and how it goes on."""

from __future__ import annotations

from typing import Final

from primemover.knowledge.loading import load
from primemover.model.course import Course, Week
from primemover.model.plan import Plan
from primemover.model.training import TrainingLog
from primemover.plan.case import Case
from primemover.plan.course.fold import state_of
from primemover.plan.course.outlook import outlook
from primemover.plan.course.state import DAYS, State
from primemover.plan.course.week import next_week

__all__ = ["make_course", "plan_week"]

_NO_LOG: Final = TrainingLog()


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
        outlook=outlook(state, case, from_day=from_day, until=weeks or load().course_rules.weeks),
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
