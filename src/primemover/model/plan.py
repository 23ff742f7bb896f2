"""The programme: five ordered steps, each side on its own terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ExerciseChoice", "Plan", "PlanStep", "StepSide"]


class StepSide(StrEnum):
    """Which side a step trains."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    LEFT_MORE = "left_more"
    RIGHT_MORE = "right_more"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseChoice:
    """One exercise as prescribed to this person.

    `dose` is text such as ``"3 x 8-10, RPE 5-6, 2 per week"``; `must_not` is what must not
    happen; `exit_test` says when to move on.
    """

    id: str
    name: str
    side: StepSide
    dose: str
    cue: str
    must_not: str
    equipment: tuple[str, ...]
    exit_test: str
    why: str
    sources: tuple[str, ...] = ()
    clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One of the five steps.

    `needed` is False with the reason in `why` when the step is skipped; `because` lists the
    finding ids that called for it; `left_out` says, per exercise left out, why.
    """

    step: int
    title: str
    needed: bool
    why: str
    side: StepSide
    exercises: tuple[ExerciseChoice, ...]
    exit_test: str
    article: str
    verdict: str
    verdict_text: str
    because: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The five steps in the clinic's order, and the rules about them.

    `may_deadlift_first` is the gate of the article's "but it might be"; `gate_why` its reason;
    `order_note` says that the order has not been tested in trials; `retest_days` when to measure
    again; `stopped` is the reason there is no plan (safety), with `steps` empty.
    """

    steps: tuple[PlanStep, ...]
    may_deadlift_first: bool
    gate_why: str
    pain_rule: str
    order_note: str
    retest_days: int
    stopped: str = ""
