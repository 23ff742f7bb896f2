"""Rows of the course: how sessions follow each other week by week, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import Tag
from primemover.knowledge.programme_rows import Dose

__all__ = [
    "CourseHeadings",
    "CourseRules",
    "CourseTexts",
    "DoseWords",
    "ExitRow",
    "ExitWay",
    "GapRule",
    "LiftAdvice",
    "LiftStage",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseWords:
    """How a dose is said; ``{}`` names are filled in."""

    sets: str
    reps: str
    seconds: str
    breaths: str
    hold: str
    per_side: str
    rpe: str
    daily: str
    per_week: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRules:
    """The numbers by which a course is planned and adapted.

    Attributes
    ----------
    weeks : how far the outlook goes
    days_per_week : training days when none were told
    retest_weeks : weeks between two measurings
    steps_at_once : of the four steps before the lift, how many are worked on at a time
    usual_weeks : by step, trained weeks after which the next one may begin before the exit test
    sessions_in_a_trained_week : sessions with a step's work that make a week count for it
    hinge_from_week : trained weeks after which the unloaded hinge begins
    green_sessions : green sessions in a row before anything goes up
    calm_sessions : green sessions after a red one before anything goes up
    effort_up_to : effort (0-10) up to which a dose or load may go up
    load_up, load_up_easy : share added to a load a week; where it felt too easy
    load_down : share taken off a load after a red session
    first_load_share : of the filmed bar, for the first loaded sessions
    most_rest_pain_to_load : pain at rest, 0-10, up to which a load may begin
    no_load_above : pain at rest, 0-10, above which nothing is loaded
    most_hinge_pain : pain in the unloaded hinge, 0-10, up to which a load may follow
    days_between_loads : fewest days from one loaded session to the next
    loaded_days, loaded_lifts : at most, days a week with a load and loaded lifts at a time
    real_change_pain, real_change_share : smallest important change of pain, points or share
    sharp_reports : reports of a sharp pain in one exercise that leave it out for good
    """

    weeks: int
    days_per_week: Annotated[int, Field(ge=2, le=7)]
    retest_weeks: int
    steps_at_once: int
    usual_weeks: tuple[int, int, int, int]
    sessions_in_a_trained_week: int
    hinge_from_week: int
    green_sessions: int
    calm_sessions: int
    effort_up_to: float
    load_up: Annotated[float, Field(gt=0, le=0.1)]
    load_up_easy: Annotated[float, Field(gt=0, le=0.1)]
    load_down: Annotated[float, Field(ge=0.2, le=0.4)]
    first_load_share: Annotated[float, Field(gt=0, lt=1)]
    most_rest_pain_to_load: float
    no_load_above: float
    most_hinge_pain: float
    days_between_loads: int
    loaded_days: int
    loaded_lifts: int
    real_change_pain: float
    real_change_share: float
    sharp_reports: int
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftStage:
    """A stage of the return to lifting.

    Attributes
    ----------
    stage : 0 is the hinge without load
    label, plain : its name, and what it is for
    highest_level : hardest exercise of step 5 in it
    weeks : trained weeks before the next stage may come
    dose : of every loaded lift in it; None = each exercise's own
    """

    stage: Annotated[int, Field(ge=0)]
    label: str
    plain: str
    highest_level: Annotated[int, Field(ge=0, le=3)]
    weeks: Annotated[int, Field(ge=0)]
    sources: tuple[str, ...]
    tag: Tag
    dose: Dose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftAdvice:
    """What a finding changes of the lift.

    Attributes
    ----------
    finding : id of a rule, hip state or bend pattern
    prefers : exercises of step 5 that answer it, best first
    start_height : where the load begins, "" where it changes nothing
    cue : what to think of, "" where it changes nothing
    why : the reason in a sentence
    """

    finding: str
    prefers: tuple[str, ...]
    why: str
    sources: tuple[str, ...]
    tag: Tag
    start_height: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule:
    """What days without training ask for; the longest that applies counts.

    `rungs_down` is taken off every dose, `load_down` off every load; `measure_first` asks for the
    tests before going on.
    """

    days: int
    rungs_down: int
    load_down: float
    measure_first: bool
    text: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitWay:
    """One way to meet an exit test, on every trained side; `kind` says how it is read.

    ``at_least``, ``at_most``: the value, with its error, is beyond `value`. ``gain``, ``fall``: it
    changed by at least `value` since the first test, with the same instrument.
    """

    measure: str
    kind: Literal["at_least", "at_most", "gain", "fall"]
    value: float
    unit: str
    sided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRow:
    """One exit test of a step: met when one of its ways is.

    `when_found` are findings or states that make it count; empty = always. One that was never
    tested counts too.
    """

    id: str
    step: Annotated[int, Field(ge=1, le=4)]
    label: str
    any: Annotated[tuple[ExitWay, ...], Field(min_length=1)]
    sources: tuple[str, ...]
    tag: Tag
    when_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseHeadings:
    """Headings and short words of the course, on the page and in the terminal."""

    title: str
    intro: str
    day: str
    days: str
    minutes: str
    week: str
    weeks: str
    lift: str
    cues: str
    cue: str
    load: str
    start: str
    must_not: str
    cheat: str
    why_these: str
    why: str
    steps: str
    steps_short: str
    exits: str
    left_out: str
    goes_on: str
    new: str
    measure: str
    skipped: str
    done: str
    open: str
    waiting: str
    log_title: str
    log_how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseTexts:
    """What is said of a week, a step, a choice and an omission; ``{}`` names are filled in."""

    assumption: str
    week_first: str
    week_goes_on: str
    week_retest: str
    missed: str
    calm: str
    hold: str
    stopped: str
    cleared: str
    load_first: str
    load_now: str
    load_by_effort: str
    start_floor: str
    start_usual: str
    begin_only: str
    no_load_now: str
    step_done: str
    step_open: str
    step_first_in_line: str
    step_matured: str
    step_early: str
    step_waits_order: str
    step_waits_time: str
    step_waits_calm: str
    step_waits_nothing: str
    step_waits_hinge: str
    exit_met: str
    exit_open: str
    exit_untested: str
    exit_instrument: str
    new: str
    new_harder: str
    same: str
    up: str
    up_load: str
    up_load_easy: str
    held: str
    held_effort: str
    held_short: str
    held_untold: str
    down: str
    down_load: str
    back_to: str
    gap_down: str
    fewer_days: str
    side_more: str
    side_only: str
    out_room: str
    out_done: str
    out_enough: str
    out_enough_load: str
    out_too_long: str
    out_later: str
    out_level: str
    out_moved_on: str
    out_sharp: str
