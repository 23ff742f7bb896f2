"""The JSON contract of a course: the coming week in full, the weeks after it in short."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from primemover.report.contract_guard import StopRuleJson
from primemover.report.shape import Shape

__all__ = ["CourseFileJson", "CourseJson"]

Step = Annotated[int, Field(ge=1, le=5)]
StepSideWord = Literal["both", "left", "right", "left_more", "right_more"]
Positive = Annotated[float, Field(ge=0.0)]


class PlannedExerciseJson(Shape):
    """One exercise of the coming week.

    `sets_left` and `sets_right` are sets of each side, equal where both sides work `together`;
    `count` is repetitions, seconds or breaths of a set, as `counts` says; `load_kg` is null where
    there is no load or effort chooses it; `load_share` is of the first load.
    """

    id: str
    name: str
    step: Step
    level: Annotated[int, Field(ge=0, le=3)]
    is_loaded: bool
    side: StepSideWord
    together: bool
    sets_left: Annotated[int, Field(ge=0)]
    sets_right: Annotated[int, Field(ge=0)]
    count: Annotated[int, Field(ge=1)]
    counts: Literal["reps", "seconds", "breaths"]
    hold_s: Positive
    rpe: list[int] | None
    rest_s: Positive
    days: Annotated[int, Field(ge=1, le=7)]
    wanted_days: Annotated[int, Field(ge=1, le=7)]
    minutes: Positive
    first_side: Literal["left", "right", "none"]
    load_kg: float | None
    load_share: Positive
    dose: str
    note: str
    cue: str
    cheat: str
    must_not: str
    exit_test: str
    change: Literal["new", "same", "up", "held", "down"]
    change_why: str
    why: str
    sources: list[str]


class PlannedSessionJson(Shape):
    """One session; `day` counts from day 1 of the course, `exercises` are ids in order."""

    day: Annotated[int, Field(ge=1)]
    minutes: Positive
    exercises: list[str]


class StepWeekJson(Shape):
    """Where a step stands in the week; `exits` are its exit tests with what was measured."""

    step: Step
    title: str
    status: Literal["skipped", "done", "open", "waiting"]
    why: str
    side: StepSideWord
    trained_weeks: Annotated[int, Field(ge=0)]
    exits: list[str]


class OmissionJson(Shape):
    """An exercise of an open step that is not in the week, and why."""

    id: str
    name: str
    step: Step
    why: str


class LiftSetupJson(Shape):
    """How the lift is set up in the week: stage, variant, start height, load and cues."""

    stage: Annotated[int, Field(ge=0)]
    label: str
    plain: str
    variant: str
    start_height: str
    load: str
    cues: list[str]
    because: list[str]
    sources: list[str]


class WeekJson(Shape):
    """The coming week; `lift` is null while the lift is not open."""

    number: Annotated[int, Field(ge=1)]
    summary: str
    notes: list[str]
    retest: bool
    sessions: list[PlannedSessionJson]
    exercises: list[PlannedExerciseJson]
    steps: list[StepWeekJson]
    left_out: list[OmissionJson]
    lift: LiftSetupJson | None


class OutlookWeekJson(Shape):
    """A later week in short, each session before it taken as done and green."""

    number: Annotated[int, Field(ge=1)]
    steps: list[Step]
    stage: str
    exercises: list[str]
    new: list[str]
    minutes: Positive
    retest: bool


class VerdictJson(Shape):
    """What the last logged session asks for."""

    level: Literal["carry_on", "hold", "step_back", "stop_refer", "emergency"]
    ends: Literal["nothing", "exercise", "session", "programme"]
    text: str
    reasons: list[StopRuleJson]


class CourseJson(Shape):
    """A course; `week` is null with the reason in `stopped` where nothing is planned."""

    stopped: str
    week: WeekJson | None
    outlook: list[OutlookWeekJson]
    assumption: str
    pain_rule: str
    retest_day: Annotated[int, Field(ge=0)]
    verdict: VerdictJson | None


class CourseFileJson(CourseJson):
    """A course on its own: ``primemover plan ... --json``."""

    schema_version: Literal[1]
    kind: Literal["course"]
    title: str
    date: str
