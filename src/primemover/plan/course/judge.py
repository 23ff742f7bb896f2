"""One logged session: what it asks for as a whole, and of each of its exercises."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.safety import StopLevel, SymptomReport
from primemover.model.training import DoneExercise, DoneSession
from primemover.plan.case import Case
from primemover.plan.course.state import DAYS, State, week_of
from primemover.plan.stopping import judge_report

__all__ = ["exercise_level", "is_red", "report_of", "shared_level", "worse", "worst_pain"]

_LEVELS: Final = tuple(StopLevel)


def report_of(session: DoneSession, state: State, case: Case) -> SymptomReport:
    """Return the whole report of a session, with what the weeks before it add."""
    told = [session.pain_during, *(one.pain for one in session.exercises)]
    during = [pain for pain in told if pain is not None]
    symptoms = session.symptoms.union(*(one.symptoms for one in session.exercises))
    return SymptomReport(
        symptoms=symptoms,
        pain_before=session.pain_before,
        pain_during=max(during, default=None),
        pain_after=session.pain_after,
        pain_next_day=session.pain_next_day,
        pain_rise_week=_rise(session, state),
        red_before=state.reds,
        weeks_without_change=_unchanged_weeks(session.day, state, case),
    )


def shared_level(report: SymptomReport, session: DoneSession) -> StopLevel:
    """Return what every exercise of a session has in common: all but the pain in single ones."""
    return _judged(
        replace(report, symptoms=session.symptoms, pain_during=session.pain_during, red_before=0)
    )


@lru_cache(maxsize=64)
def _judged(report: SymptomReport) -> StopLevel:
    return judge_report(report).level


def exercise_level(done: DoneExercise) -> StopLevel:
    """Return what the pain and the symptoms in one exercise ask for."""
    if done.symptoms:
        report = SymptomReport(symptoms=done.symptoms, pain_during=done.pain)
        return judge_report(report).level
    return _pain_level(done.pain)


def worse(first: StopLevel, second: StopLevel) -> StopLevel:
    """Return the worse of two levels."""
    return max(first, second, key=_LEVELS.index)


def is_red(level: StopLevel) -> bool:
    """Whether a level asks for a step back, or for more than that."""
    return _LEVELS.index(level) >= _LEVELS.index(StopLevel.STEP_BACK)


def worst_pain(session: DoneSession) -> float | None:
    """Return the worst rating told of a session, None where none was told."""
    told = (
        session.pain_before,
        session.pain_during,
        session.pain_after,
        session.pain_next_day,
        *(one.pain for one in session.exercises),
    )
    return max((pain for pain in told if pain is not None), default=None)


@lru_cache(maxsize=128)
def _pain_level(pain: float | None) -> StopLevel:
    return judge_report(SymptomReport(pain_during=pain)).level


def _rise(session: DoneSession, state: State) -> float | None:
    """Return by how much this week's worst rating is above last week's, None where unknown."""
    week = week_of(session.day)
    before, now = state.worst.get(week - 1), worst_pain(session)
    if before is None or now is None:
        return None
    return max(now, state.worst.get(week, now)) - before


def _unchanged_weeks(day: int, state: State, case: Case) -> float | None:
    """Return the weeks without a real change of pain, None where pain was hardly there.

    A change is real where a whole week's worst rating is below the exam's by the smallest
    important change, in points or as a share. Where pain at the start is no more than what a load
    may begin with, there is nothing that must fall.
    """
    rules = load().course_rules
    start = case.start_pain
    if start is None or start <= rules.most_rest_pain_to_load:
        return None
    fall = min(rules.real_change_pain, rules.real_change_share * start)
    weeks = range(week_of(state.start_day), week_of(day))
    told = [state.worst[week] for week in weeks if week in state.worst]
    if not told or any(start - worst >= fall for worst in told):
        return None
    return (day - state.start_day) / DAYS
