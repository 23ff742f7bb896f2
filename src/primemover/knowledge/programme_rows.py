"""Rows of the programme: steps, exercises, muscles, equipment, entry tests, its rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import Tag
from primemover.model.measure import Instrument

__all__ = [
    "EntryTestRow",
    "EquipmentRow",
    "ExerciseRow",
    "Gate",
    "MuscleRow",
    "Programme",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """One exercise.

    Attributes
    ----------
    step : which of the five steps it belongs to
    sides : ``"both"`` trains both sides at once, ``"each"`` one side at a time
    actions : what it asks of the body (closed list; step 2 may not hold ``hip_flexion``)
    equipment : all of it is needed
    level : 0 easiest, 3 hardest
    minutes : for one session, one side counted twice where `sides` is each
    priority : lower is chosen earlier, when nothing else speaks
    for_findings : finding or state ids it answers; chosen earlier when one of them holds
    not_when : finding, state or screening ids that leave it out
    follows : the exercise of the same step that comes before it, "" for one to begin with
    """

    id: str
    name: str
    step: Annotated[int, Field(ge=1, le=5)]
    muscles: Annotated[tuple[str, ...], Field(min_length=1)]
    actions: Annotated[tuple[str, ...], Field(min_length=1)]
    sides: Literal["both", "each"]
    equipment: tuple[str, ...]
    level: Annotated[int, Field(ge=0, le=3)]
    minutes: Annotated[float, Field(gt=0)]
    priority: int
    dose: str
    cue: str
    must_not: str
    cheat: str
    exit_test: str
    why: str
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    tag: Tag
    for_findings: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One of the five steps.

    Attributes
    ----------
    called_by : finding or hip-state ids; one of them being present makes the step needed
    tested_by : finding ids that must all be known and absent before the step is skipped; empty
        for a step that is always done
    why_needed, why_untested, why_open, why_skipped : the reason's opening sentence in each case
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
    exit_test: str
    sources: tuple[str, ...]
    tag: Tag
    may_be_one_sided: bool = True


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

    `minutes_per_day` is taken when none was told; `exercises_per_step` is the most per step.
    """

    pain_rule: str
    order_note: str
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
