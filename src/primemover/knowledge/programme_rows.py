"""Rows of the programme: steps, exercises, muscles, equipment, entry tests, its rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import ClinicianLine, Tag
from primemover.model.measure import Instrument

__all__ = [
    "Dose",
    "EntryTestRow",
    "EquipmentRow",
    "ExerciseRow",
    "Gate",
    "MuscleRow",
    "Position",
    "Programme",
    "StartWhen",
    "StepRow",
]

Bone = Literal["spine", "ribs", "pelvis", "femur", "tibia", "foot", "arm", "shoulder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleRow:
    """A muscle group of the felt map.

    `connects` are the two bones it joins. By the article's rule what joins pelvis and femur is a
    prime mover; `role` says how it is counted and `why` gives the reason.
    """

    id: str
    label: str
    connects: tuple[Bone, Bone]
    role: Literal["prime_mover", "stabiliser"]
    why: str
    sources: tuple[str, ...]
    tag: Tag
    hip_flexor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentRow:
    """Something an exercise may need; `household` things are taken to be there."""

    id: str
    label: str
    household: bool = False


Position = Literal[
    "supine", "prone", "side_lying", "quadruped", "kneeling", "half_kneeling", "seated", "standing"
]
Span = tuple[Annotated[int, Field(gt=0)], Annotated[int, Field(gt=0)]]
"""(fewest, most); a course begins with the fewest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise, of a side where one side is done at a time.

    Attributes
    ----------
    sets : (fewest, most)
    reps, seconds, breaths : (fewest, most) of a set; exactly one of them
    hold_s : seconds each repetition is held, 0 for none
    rpe : (lowest, highest) effort 0-10, None where effort is not the aim
    rest_s : seconds between sets
    per_week : days a week
    setup_s : seconds to get ready, with lighter sets to warm up where there is a load
    """

    sets: Span
    rest_s: Annotated[float, Field(ge=0)]
    per_week: Annotated[int, Field(ge=1, le=7)]
    reps: Span | None = None
    seconds: Span | None = None
    breaths: Span | None = None
    hold_s: Annotated[float, Field(ge=0)] = 0.0
    rpe: Span | None = None
    setup_s: Annotated[float, Field(ge=0)] = 30.0

    def __post_init__(self) -> None:
        """Refuse a dose that counts nothing, or two things, or falls where it should rise."""
        counted = [span for span in (self.reps, self.seconds, self.breaths) if span is not None]
        if len(counted) != 1:
            raise ValueError("a dose needs exactly one of reps, seconds, breaths")
        spans = (self.sets, *counted, *(() if self.rpe is None else (self.rpe,)))
        if any(low > high for low, high in spans):
            raise ValueError("a dose goes from the least to the most")

    @property
    def counted(self) -> Span:
        """(fewest, most) repetitions, seconds or breaths of a set."""
        span = self.reps or self.seconds or self.breaths
        assert span is not None  # noqa: S101 - held by __post_init__
        return span


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWhen:
    """An entry test that lets an exercise begin at once: at least this on every trained side."""

    measure: str
    at_least: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """One exercise.

    Attributes
    ----------
    step : which of the five steps it belongs to
    positions : what the body rests on or stands in, closed list
    sides : ``"both"`` trains both sides at once, ``"each"`` one side at a time
    actions : what it asks of the body (closed list; step 2 may not hold ``hip_flexion``)
    equipment : all of it is needed
    level : 0 easiest, 3 hardest
    priority : lower is chosen earlier, when nothing else speaks
    for_findings : finding or state ids it answers; chosen earlier when one of them holds
    not_when : finding, state or screening ids that leave it out
    clinician : what it trains and what it is not, in a clinician's line
    follows : the exercise of the same step that comes before it (its regression), "" for one to
        begin with
    start_when : an entry test that stands in for `follows`
    """

    id: str
    name: str
    step: Annotated[int, Field(ge=1, le=5)]
    muscles: Annotated[tuple[str, ...], Field(min_length=1)]
    actions: Annotated[tuple[str, ...], Field(min_length=1)]
    positions: Annotated[tuple[Position, ...], Field(min_length=1)]
    sides: Literal["both", "each"]
    equipment: tuple[str, ...]
    level: Annotated[int, Field(ge=0, le=3)]
    priority: int
    dose: Dose
    cue: str
    must_not: str
    cheat: str
    exit_test: str
    why: str
    clinician: ClinicianLine
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    tag: Tag
    for_findings: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    follows: str = ""
    start_when: StartWhen | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether it lifts a weight, which the pain rule may forbid."""
        return "loaded" in self.actions


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One of the five steps.

    Attributes
    ----------
    called_by : finding or hip-state ids; one of them being present makes the step needed
    tested_by : finding ids that must all be known and absent before the step is skipped; empty
        for a step that is always done
    why_needed, why_untested, why_open, why_skipped : the reason's opening sentence in each case
    clinician : what it aims at and on which evidence, in a clinician's line
    sided_by : finding or hip-state ids that give the step its side
    may_be_one_sided : False for a step that always trains both sides, one of them more at most
    """

    step: int
    title: str
    article: str
    claim: str
    called_by: tuple[str, ...]
    tested_by: tuple[str, ...]
    sided_by: tuple[str, ...]
    why_needed: str
    why_untested: str
    why_open: str
    why_skipped: str
    clinician: ClinicianLine
    exit_test: str
    sources: tuple[str, ...]
    tag: Tag
    may_be_one_sided: bool = True
    also_claims: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The article's claims it speaks of, the main one first."""
        return tuple(name for name in (self.claim, *self.also_claims) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What may stand before the deadlift comes first; finding ids, all of them."""

    must_be_present: tuple[str, ...]
    must_not_be_present: tuple[str, ...]
    open: str
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The programme's standing rules.

    `order_claim` is the article's claim behind `order_note`.
    `minutes_per_day` is taken when none was told; `exercises_per_step` is the most per step.
    """

    pain_rule: str
    order_note: str
    order_claim: str
    retest_days: int
    minutes_per_day: float
    fewest_exercises: int
    most_exercises: int
    default_exercises: int
    equipment_when_not_told: tuple[str, ...]
    stopped_emergency: str
    stopped_refer: str
    gate: Gate
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTestRow:
    """A test of the programme's steps that is typed in.

    `measures` are the stems it gives, `how` what to do, `repetitions` how often.
    """

    id: str
    label: str
    step: int
    measures: tuple[str, ...]
    instruments: tuple[Instrument, ...]
    repetitions: int
    how: str
    reliability: str
    sources: tuple[str, ...]
    tag: Tag
