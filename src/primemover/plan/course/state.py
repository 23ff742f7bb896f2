"""What a log comes to so far: where each exercise stands, and what the pain allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.course import Change
from primemover.model.measure import Measure
from primemover.model.safety import StopVerdict

__all__ = ["DAYS", "NO_MARK", "Mark", "State", "week_of"]

DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where one exercise stands.

    Attributes
    ----------
    rung : of its dose, 0 the least
    green : green sessions in a row since the last change
    mastered : done green at the top of its dose
    share : of the first load, where it is loaded
    load_kg : last load told, changed as `share` is; None = never told
    days : days done, of the last week of them
    raised_day : last day its load went up
    times : sessions in which it was done
    sharp : sessions with a sharp pain or pinch in it
    undo : rung, share and load before it last went up, until that was done; else None
    change, why : what the last session did to it; `why` is a key of the course's texts
    other : the exercise `why` speaks of, or ""
    """

    rung: int = 0
    green: int = 0
    mastered: bool = False
    share: float = 1.0
    load_kg: float | None = None
    days: tuple[int, ...] = ()
    raised_day: int = 0
    times: int = 0
    sharp: int = 0
    undo: tuple[int, float, float | None] | None = None
    change: Change = Change.NEW
    why: str = "new"
    other: str = ""


NO_MARK: Final = Mark()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A course up to its last logged day.

    Attributes
    ----------
    week : the week in question, a logged session's or the one to be planned
    day : last logged day, 0 before the first
    start_day : first day of the course, or of the time since a clearance
    marks : by exercise
    work : sessions with a step's exercises, by (step, week)
    sessions : sessions by week
    worst : worst pain rating by week
    reds : red sessions in a row up to now
    calm : green sessions since the last red one, at most what is asked for
    rest_pain : last rating at rest, None = never told
    settled : whether pain had settled a day after the last session that told
    symptoms : how often each was reported
    stage, stage_green, stage_lifts, stage_weeks : of the lift: stage, green sessions in a row in
        it, sessions of it, and the weeks they were in
    gate_holds : the open gate still counts: nothing was red since
    tested : newest measures of the tests done again, with the exam's where there are none
    done : steps whose exit tests are met
    verdict : of the last session
    stopped : why the course has stopped, None while it goes on
    gap : text of the last gap's rule, "" without one
    cleared : whether it goes on after a clinician's word
    """

    week: int = 1
    day: int = 0
    start_day: int = 1
    marks: Mapping[str, Mark] = field(default_factory=dict)
    work: Mapping[tuple[int, int], int] = field(default_factory=dict)
    sessions: Mapping[int, int] = field(default_factory=dict)
    worst: Mapping[int, float] = field(default_factory=dict)
    reds: int = 0
    calm: int = 0
    rest_pain: float | None = None
    settled: bool = True
    symptoms: Mapping[str, int] = field(default_factory=dict)
    stage: int = 0
    stage_green: int = 0
    stage_lifts: int = 0
    stage_weeks: frozenset[int] = frozenset()
    gate_holds: bool = True
    tested: Mapping[str, Measure] = field(default_factory=dict)
    done: frozenset[int] = frozenset()
    verdict: StopVerdict | None = None
    stopped: StopVerdict | None = None
    gap: str = ""
    cleared: bool = False

    @property
    def is_quiet(self) -> bool:
        """Whether anything may go up or begin: enough green sessions since the last red one."""
        return self.calm >= load().course_rules.calm_sessions

    def mark(self, name: str) -> Mark:
        """Return where an exercise stands; a new one before it was ever done."""
        return self.marks.get(name, NO_MARK)

    def mastered(self) -> frozenset[str]:
        """Return the exercises done green at the top of their dose."""
        return frozenset(name for name, mark in self.marks.items() if mark.mastered)

    def trained_weeks(self, step: int) -> int:
        """Return how many weeks before this one had enough sessions with a step's work."""
        least = load().course_rules.sessions_in_a_trained_week
        return sum(
            count >= least
            for (one, week), count in self.work.items()
            if one == step and week < self.week
        )

    def days_this_week(self, name: str) -> tuple[int, ...]:
        """Return the days (1-7) on which an exercise was already done in the week in question."""
        first = (self.week - 1) * DAYS
        return tuple(day - first for day in self.mark(name).days if day > first)


def week_of(day: int) -> int:
    """Return the week of a day; day 1 begins week 1."""
    return (day - 1) // DAYS + 1
