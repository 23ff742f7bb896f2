"""Questionnaires: what was answered, and the totals that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Activity", "Direction", "Questionnaires", "RmdqAnswers", "Score", "ScoreError"]


class Direction(StrEnum):
    """What a higher total means."""

    WORSE = "worse"
    BETTER = "better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity of the patient-specific functional scale.

    `rating` 0 (cannot do it) to 10 (as well as before).
    """

    name: str
    rating: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RmdqAnswers:
    """Roland-Morris: numbers (1-24) of the sentences answered yes, and of those left out.

    Every other sentence was answered no.
    """

    yes: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaires:
    """What was answered or typed in; None where not told. Pain ratings stand in `Pain`.

    Attributes
    ----------
    activities : the person's own, with ratings 0-10 (PSFS), at most five
    rmdq : Roland-Morris by its sentences; `rmdq_total` where only the total (0-24) is known
    odi_percent : Oswestry total, 0-100 %
    start_back, start_back_distress : STarT Back total (0-9) and distress subscale (0-5)
    """

    activities: tuple[Activity, ...] = ()
    rmdq: RmdqAnswers | None = None
    rmdq_total: int | None = None
    odi_percent: float | None = None
    start_back: int | None = None
    start_back_distress: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreError:
    """How far a total may move by chance, and from which change on it matters, in its unit.

    Attributes
    ----------
    mdc : smallest change that is more than chance, None when not known
    mic : smallest change that people call important, None when not known
    mic_share : the same as a share (0-1) of the first total, None when not known
    mdc_tag, mic_tag : how far each was checked: read, secondary, unverified, default; "" without
    """

    mdc: float | None = None
    mic: float | None = None
    mic_share: float | None = None
    mdc_tag: str = ""
    mic_tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One total of one questionnaire.

    Attributes
    ----------
    id : ``"rmdq"``, ``"psfs"``, ``"nprs_worst"`` ...; the same in every session
    questionnaire : id of its questionnaire row
    value : the total in `unit`, None when it could not be made; `why` then says why
    low, high : the scale's ends
    possible : what the total can be given the items left out; both ends are `value` without any
    answered, of : items answered, items there are
    category : id of its band or group, "" without; `category_label` in words
    plain, clinician : what it means for a lifter, and as a clinician's line
    """

    id: str
    questionnaire: str
    label: str
    value: float | None
    unit: str
    low: float
    high: float
    higher_is: Direction
    possible: tuple[float, float] | None
    answered: int
    of: int
    error: ScoreError
    plain: str
    clinician: str
    category: str = ""
    category_label: str = ""
    why: str = ""
    sources: tuple[str, ...] = ()
