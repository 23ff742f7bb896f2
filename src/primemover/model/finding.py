"""What was found, how sure, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from primemover.model.measure import Side
from primemover.model.reasoning import FurtherMeasurement

__all__ = ["Finding", "FindingStatus", "Verdict"]


class FindingStatus(StrEnum):
    """Whether a finding holds."""

    PRESENT = "present"
    ABSENT = "absent"
    INDETERMINATE = "indeterminate"


class Verdict(StrEnum):
    """What published evidence says about the article's claim behind a finding."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    CONTRADICTS = "contradicts"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes
    ----------
    id : rule id, e.g. ``"back_rounds"``
    label : what it is, a few plain words
    status : present, absent or indeterminate
    probability : that it is present, 0-1, from the measurement errors; NaN when nothing was
        measured
    side : the side it speaks of
    measures : ids of the measures behind it
    because : a sentence with this person's numbers
    plain : what it means, for a lifter
    failed_check : id of the check that made it indeterminate, or ""
    article : what the article says (our words)
    verdict, verdict_text : what published evidence says of that, word and sentence
    sources : source keys
    next_step : what would settle it, when indeterminate
    claims : ids of the article's claims it speaks of, the main one first
    further : the same as a record with its probability, where it can be computed
    clinician : the finding in a clinician's line, with numbers and what it is not
    """

    id: str
    label: str
    status: FindingStatus
    probability: float
    side: Side = Side.NONE
    measures: tuple[str, ...] = ()
    because: str = ""
    plain: str = ""
    failed_check: str = ""
    article: str = ""
    verdict: Verdict = Verdict.NONE
    verdict_text: str = ""
    sources: tuple[str, ...] = ()
    next_step: str = ""
    claims: tuple[str, ...] = ()
    further: FurtherMeasurement | None = None
    clinician: str = ""
