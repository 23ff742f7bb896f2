"""Rows that guard a person: the safety screen, when to stop later, words never to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import Tag
from primemover.knowledge.reading_rows import Condition
from primemover.model.person import Sex
from primemover.model.safety import SafetyLevel, StopEnds, StopLevel

__all__ = [
    "AllowedRow",
    "ClusterRow",
    "ForbiddenRow",
    "MarkedRow",
    "ReportField",
    "ScreeningRow",
    "ScreeningTexts",
    "StopExample",
    "StopHeadings",
    "StopRow",
    "StopTexts",
    "StopWhen",
    "Within",
    "WordingReading",
]

Within = Literal["now", "same_day", "promptly", "days", "weeks", "before_training"]
"""How soon somebody should look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRow:
    """One question of the safety screen, with what a yes asks for.

    Attributes
    ----------
    group : gathers questions on a page
    label : the question in a few words
    level : caution (watch), refer (before loading) or emergency
    within : how soon
    concern, clinician : what is suspected, and the clinician's line; never shown as a finding
    age_below, age_above, sex : whom it is asked (years); asked when age or sex is not known
    """

    id: str
    group: str
    label: str
    question: str
    level: SafetyLevel
    within: Within
    action: str
    concern: str
    clinician: str
    sources: tuple[str, ...]
    tag: Tag
    age_below: float | None = None
    age_above: float | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """Answers that point the same way and together raise concern.

    Attributes
    ----------
    of : question ids; `needs` of them, or one less when `measured` holds
    must : those among them without which there is no cluster
    measured : a condition on one side's measures that counts as one of the answers when it is
        present; `measured_label` names it
    """

    id: str
    label: str
    of: Annotated[tuple[str, ...], Field(min_length=1)]
    needs: Annotated[int, Field(ge=2)]
    level: SafetyLevel
    within: Within
    action: str
    concern: str
    clinician: str
    sources: tuple[str, ...]
    tag: Tag
    must: tuple[str, ...] = ()
    measured: Condition | None = None
    measured_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedRow:
    """Places of the body map whose pain asks for a question of the screen."""

    regions: Annotated[tuple[str, ...], Field(min_length=1)]
    question: str
    level: SafetyLevel
    asked: str
    action: str
    clinician: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningTexts:
    """What the screen says: at each level, of unknown answers, of the hips' measures."""

    clear: str
    caution: str
    refer: str
    emergency: str
    not_answered: str
    unknown_asked: str
    unknown_action: str
    together: str
    joint_refer: str
    joint_caution: str
    joint_clinician: str
    version: str
    version_clinician: str


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
class StopExample:
    """A worked example of a stop rule's number: what was told, and whether the rule applies."""

    told: float
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRow:
    """One rule about stopping during the programme.

    Attributes
    ----------
    question : what is asked, or which number is told
    when : the number at which it applies; None = when its symptom is reported
    example : worked examples of `when`, with both outcomes
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
    example: tuple[StopExample, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StopHeadings:
    """Headings of the report's part about stopping; `ends_...` say what a rule ends."""

    title: str
    intro: str
    carry_on: str
    hold: str
    step_back: str
    stop_refer: str
    emergency: str
    ends_nothing: str
    ends_exercise: str
    ends_session: str
    ends_programme: str
    for_clinician: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenRow:
    """A claim that is never made to people, as a pattern with controls of its own.

    Attributes
    ----------
    pattern : regular expression, letter case does not matter
    readers : ``"all"``, or ``"lay"`` when clinicians' lines may use the words
    caught : sentences that the pattern must catch
    fine : sentences near by that it must leave alone
    """

    id: str
    pattern: str
    why: str
    readers: Literal["all", "lay"]
    caught: Annotated[tuple[str, ...], Field(min_length=2)]
    fine: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedRow:
    """An exception from one forbidden claim: these very words, in these files, for a reason.

    `where` is a file's path below the project's root, `text` a part of the sentence.
    """

    forbidden: str
    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingReading:
    """Which fields of the knowledge files, and which pages, only clinicians are meant to read."""

    clinician_fields: tuple[str, ...]
    clinician_files: tuple[str, ...]
