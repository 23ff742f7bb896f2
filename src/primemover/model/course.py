"""A course: the coming week of sessions, and how it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from primemover.model.measure import Side
from primemover.model.plan import StepSide
from primemover.model.safety import StopVerdict

__all__ = [
    "Change",
    "Course",
    "LiftSetup",
    "Omission",
    "OutlookWeek",
    "PlannedExercise",
    "PlannedSession",
    "StepStatus",
    "StepWeek",
    "Week",
]


class StepStatus(StrEnum):
    """Where a step stands in a week."""

    SKIPPED = "skipped"
    DONE = "done"
    OPEN = "open"
    WAITING = "waiting"


class Change(StrEnum):
    """An exercise against the last time it was done."""

    NEW = "new"
    SAME = "same"
    UP = "up"
    HELD = "held"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExercise:
    """One exercise of a week.

    Attributes
    ----------
    sets_left, sets_right : sets of each side; equal where both sides work at once (`together`)
    count : repetitions, seconds or breaths of a set; `counts` says which
    hold_s : seconds each repetition is held
    rpe : (lowest, highest) effort aimed at, None where effort is not the aim
    rest_s : seconds between sets
    days, wanted_days : how often this week, and how often the dose asks for
    load_kg : load to begin with, None for none or by effort
    load_share : of the first load, 1 at first
    minutes : in one session
    first_side : where to begin, NONE where it does not matter
    dose : all of it in words; `note` what is said of load, side and days
    change, change_why : against last time
    why : why this exercise
    """

    id: str
    name: str
    step: int
    level: int
    is_loaded: bool
    side: StepSide
    together: bool
    sets_left: int
    sets_right: int
    count: int
    counts: str
    hold_s: float
    rpe: tuple[int, int] | None
    rest_s: float
    days: int
    wanted_days: int
    minutes: float
    first_side: Side
    dose: str
    note: str
    cue: str
    cheat: str
    must_not: str
    exit_test: str
    change: Change
    change_why: str
    why: str
    load_kg: float | None = None
    load_share: float = 1.0
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session: its day of the course, from 1, and the ids of its exercises in order."""

    day: int
    exercises: tuple[str, ...]
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWeek:
    """A step in a week; `exits` are its exit tests, each with what was measured."""

    step: int
    title: str
    status: StepStatus
    why: str
    side: StepSide
    trained_weeks: int
    exits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """An exercise left out of a week, and why."""

    id: str
    name: str
    step: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSetup:
    """How this person's lift is set up now: stage, variant, height, load and cues."""

    stage: int
    label: str
    plain: str
    variant: str
    start_height: str
    load: str
    cues: tuple[str, ...]
    because: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The coming week.

    Attributes
    ----------
    number : from 1
    summary : the week in a sentence
    sessions : in order of their days; empty when the course is stopped
    exercises : each once, by step and order
    steps : all five
    left_out : every exercise of an open step that is not among `exercises`
    notes : what the log changed, for the person
    retest : measure again at the end of it
    lift : None while the lift is not open
    """

    number: int
    summary: str
    sessions: tuple[PlannedSession, ...]
    exercises: tuple[PlannedExercise, ...]
    steps: tuple[StepWeek, ...]
    left_out: tuple[Omission, ...]
    notes: tuple[str, ...]
    retest: bool
    lift: LiftSetup | None = None

    @property
    def most_minutes(self) -> float:
        """Minutes of the longest session, 0 without one."""
        return max((one.minutes for one in self.sessions), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookWeek:
    """A later week in short: open steps, the lift's stage, what is new, whether to measure."""

    number: int
    steps: tuple[int, ...]
    stage: str
    exercises: tuple[str, ...]
    new: tuple[str, ...]
    minutes: float
    retest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The coming week, how it goes on, and what the last report asked for.

    `stopped` is the reason there are no sessions, "" when there are; `verdict` is of the last
    logged session, None without one; `retest_day` the day of the course to measure again.
    """

    week: Week | None
    outlook: tuple[OutlookWeek, ...]
    assumption: str
    pain_rule: str
    retest_day: int
    stopped: str = ""
    verdict: StopVerdict | None = None
