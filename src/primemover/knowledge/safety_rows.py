"""Rows that guard a person: when to stop during the programme, and words never to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from primemover.knowledge.evidence_rows import Tag
from primemover.model.person import Sex
from primemover.model.safety import StopEnds, StopLevel

__all__ = ["ReportField", "StopRow", "StopTexts", "StopWhen"]

ReportField = Literal[
    "pain_before",
    "pain_during",
    "pain_after",
    "pain_next_day",
    "pain_rise_next_day",
    "pain_rise_week",
    "red_in_a_row",
    "weeks_without_change",
]
"""A number of a `SymptomReport`; ratings 0-10, rises in points, counts. ``red_in_a_row`` counts the
session reported on, when it is red itself, and the red ones just before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWhen:
    """The number at which a stop rule applies: exactly one of `above` and `at_least`."""

    field: ReportField
    above: float | None = None
    at_least: float | None = None

    def __post_init__(self) -> None:
        """Refuse a condition without a limit, or with two."""
        if (self.above is None) == (self.at_least is None):
            raise ValueError("a stop rule's number needs exactly one of above, at_least")


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRow:
    """One rule about stopping during the programme.

    Attributes
    ----------
    question : what is asked, or which number is told
    when : the number at which it applies; None = when its symptom is reported
    ends : what it ends; `then` says how to go on
    same_as : id of the screening question that asks the same before the programme, or ""
    clinician : the same in a clinician's line
    age_below, sex : whom it concerns; without the person's age or sex it concerns everybody
    """

    id: str
    label: str
    question: str
    level: StopLevel
    ends: StopEnds
    action: str
    then: str
    clinician: str
    sources: tuple[str, ...]
    tag: Tag
    when: StopWhen | None = None
    same_as: str = ""
    age_below: float | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTexts:
    """What is said at each level, and of a symptom in unknown words."""

    carry_on: str
    hold: str
    step_back: str
    stop_refer: str
    emergency: str
    unknown: str
