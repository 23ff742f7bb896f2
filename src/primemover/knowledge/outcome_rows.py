"""Rows about questionnaires: scale, error, wording, and what may be shipped of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import Tag
from primemover.model.outcome import Direction

__all__ = [
    "BandRow",
    "GroupRow",
    "OutcomeAsking",
    "OutcomeHeadings",
    "OutcomeTexts",
    "QuestionnaireRow",
    "RmdqItem",
    "ScoreRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One total that a questionnaire gives; what it leaves out is the questionnaire's."""

    id: str
    label: str
    high: float | None = None
    plain: str = ""
    clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """Totals up to and with `up_to`, above the band before."""

    id: str
    up_to: float
    label: str
    plain: str
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group by total and distress subscale; the first that fits counts, the last fits all."""

    id: str
    label: str
    plain: str
    clinician: str
    tag: Tag
    total_up_to: float | None = None
    distress_up_to: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireRow:
    """One questionnaire.

    Attributes
    ----------
    items : what may be shipped: its own wording, the person's own words, or the total only
    low, high : ends of the scale, in `unit`; `whole` when totals are whole numbers
    mdc, mic, mic_share : see `ScoreError`; `mdc_single` for one activity on its own
    mdc_confidence : 0.90 for an MDC90, None where it was not stated
    least_answered : fewest answered items for a total, None = all
    plain, clinician : the sentence with the total, for a lifter and for a clinician
    numbers_only : whether a page shows its totals without the sentence, as they say it all
    tag : how far scale and scoring were checked
    """

    id: str
    label: str
    short: str
    items: Literal["shipped", "own", "total"]
    unit: Literal["points", "%"]
    low: float
    high: float
    whole: bool
    higher_is: Direction
    plain: str
    clinician: str
    licence: str
    sources: tuple[str, ...]
    tag: Tag
    score: Annotated[tuple[ScoreRow, ...], Field(min_length=1)]
    mdc: float | None = None
    mdc_single: float | None = None
    mdc_confidence: float | None = None
    mdc_tag: Tag | None = None
    mdc_note: str = ""
    mic: float | None = None
    mic_share: float | None = None
    mic_tag: Tag | None = None
    mic_note: str = ""
    least_answered: int | None = None
    least_answered_note: str = ""
    intro: str = ""
    numbers_only: bool = False
    band: tuple[BandRow, ...] = ()
    group: tuple[GroupRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RmdqItem:
    """One sentence of the Roland-Morris questionnaire, in its authors' words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTexts:
    """Sentences beside every total."""

    error: str
    error_share: str
    error_wide: str
    error_none: str
    clinician_error: str
    clinician_error_none: str
    higher_worse: str
    higher_better: str
    prorated: str
    too_few: str
    no_distress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeHeadings:
    """Headings of the report's part about questionnaires."""

    title: str
    intro: str
    change: str
    for_clinician: str
    no_total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeAsking:
    """What the interview asks; `activity` takes {number}, `rating` takes {name}."""

    activities: str
    activity: str
    rating: str
    again: str
    offer_rmdq: str
    answer_rmdq: str
    which: str
