"""What a person did and how it felt: the log of a course."""

from __future__ import annotations

from dataclasses import dataclass, field

from primemover.model.measure import Measure
from primemover.model.session import Reading

__all__ = ["Clearance", "DoneExercise", "DoneSession", "DoneTest", "TrainingLog"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneExercise:
    """One exercise as it was done; None where not told.

    Attributes
    ----------
    id : of the exercises table
    sets : of the side trained most, the extra set of a worse side not counted
    count : repetitions, seconds or breaths of a set, as its dose counts
    load_kg : load on the bar or in the hands
    pain : worst rating 0-10 in it
    effort : RPE 0-10
    too_easy : it could have been clearly more
    symptoms : ids of stop rules reported of this exercise
    """

    id: str
    sets: int | None = None
    count: float | None = None
    load_kg: float | None = None
    pain: float | None = None
    effort: float | None = None
    too_easy: bool = False
    symptoms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSession:
    """One session; `day` counts from 1 at the start of the course.

    Ratings are 0-10: `pain_before` at rest before it, `pain_during` its worst, `pain_after` right
    after it, `pain_next_day` at rest 24 hours later; None where not told.
    """

    day: int
    exercises: tuple[DoneExercise, ...] = ()
    pain_before: float | None = None
    pain_during: float | None = None
    pain_after: float | None = None
    pain_next_day: float | None = None
    symptoms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneTest:
    """Entry and movement tests done again.

    `readings` as typed; `measures` what they come to, by id, filled in before planning.
    """

    day: int
    readings: tuple[Reading, ...] = ()
    measures: dict[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A clinician's word that training may go on after a stop."""

    day: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLog:
    """Everything logged of a course, each list in order of its days.

    `start` is the date of day 1 (ISO), "" where the log counts days only.
    """

    sessions: tuple[DoneSession, ...] = ()
    tests: tuple[DoneTest, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    start: str = ""
