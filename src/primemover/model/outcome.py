"""Questionnaires: what was answered, and the totals that come of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from primemover.errors import OutOfRangeError

__all__ = [
    "MOST_ACTIVITIES",
    "RMDQ_SENTENCES",
    "Activity",
    "Direction",
    "Questionnaires",
    "RmdqAnswers",
    "Score",
    "ScoreError",
]

RMDQ_SENTENCES: Final = 24
"""Roland & Morris 1983."""
MOST_ACTIVITIES: Final = 5
"""Stratford 1995: three to five activities."""
_RATING: Final = (0, 10)
_ODI: Final = (0, 100)
_START_BACK: Final = (0, 9)  # Hill 2008: nine items
_DISTRESS: Final = (0, 5)  # its items 5 to 9
_NOT_DISTRESS: Final = 4  # its items 1 to 4


class Direction(StrEnum):
    """What a higher total means."""

    WORSE = "worse"
    BETTER = "better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity of the patient-specific functional scale.

    `rating` 0 (cannot do it) to 10 (as well as before).

    Raises
    ------
    OutOfRangeError
        If it has no name, or the rating is off the scale.
    """

    name: str
    rating: float

    def __post_init__(self) -> None:
        """Refuse an activity that says nothing."""
        if not self.name.strip():
            raise OutOfRangeError('psfs: an activity needs a name, such as "tie my shoes".')
        _within(self.rating, _RATING, f"psfs: the rating of {self.name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RmdqAnswers:
    """Roland-Morris: numbers (1-24) of the sentences answered yes, and of those left out.

    Every other sentence was answered no.

    Raises
    ------
    OutOfRangeError
        If a number names no sentence, or one was both answered yes and left out.
    """

    yes: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse numbers that no sentence has."""
        for number in sorted(self.yes | self.left_out):
            _within(number, (1, RMDQ_SENTENCES), "rmdq: the number of a sentence")
        both = sorted(self.yes & self.left_out)
        if both:
            raise OutOfRangeError(f"rmdq: sentence {both[0]} is both yes and left out; choose one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaires:
    """What was answered or typed in; None where not told. Pain ratings stand in `Pain`.

    Attributes
    ----------
    activities : the person's own, with ratings 0-10 (PSFS), at most five
    rmdq : Roland-Morris by its sentences; `rmdq_total` where only the total (0-24) is known
    odi_percent : Oswestry total, 0-100 %
    start_back, start_back_distress : STarT Back total (0-9) and distress subscale (0-5)

    Raises
    ------
    OutOfRangeError
        If a total is off its scale, totals contradict each other, or something is told twice.
    """

    activities: tuple[Activity, ...] = ()
    rmdq: RmdqAnswers | None = None
    rmdq_total: int | None = None
    odi_percent: float | None = None
    start_back: int | None = None
    start_back_distress: int | None = None

    def __post_init__(self) -> None:
        """Refuse totals that nobody can have."""
        _check_activities(self.activities)
        if self.rmdq is not None and self.rmdq_total is not None:
            raise OutOfRangeError("rmdq: give the sentences or the total, not both.")
        _within(self.rmdq_total, (0, RMDQ_SENTENCES), "rmdq_total")
        _within(self.odi_percent, _ODI, "odi_total")
        _within(self.start_back, _START_BACK, "start_back_total")
        _within(self.start_back_distress, _DISTRESS, "start_back_distress")
        _check_start_back(self.start_back, self.start_back_distress)

    @property
    def any_told(self) -> bool:
        """Whether anything was answered or typed in."""
        return self != Questionnaires()


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
    error_plain : how much it moves by chance and which change matters, for a lifter
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
    error_plain: str = ""
    category: str = ""
    category_label: str = ""
    why: str = ""
    sources: tuple[str, ...] = ()


def _within(value: float | None, scale: tuple[float, float], what: str) -> None:
    low, high = scale
    if value is not None and not low <= value <= high:
        raise OutOfRangeError(f"{what} of {value:g} is outside {low:g} to {high:g}; check it.")


def _check_activities(activities: Collection[Activity]) -> None:
    names = [one.name.strip().casefold() for one in activities]
    if len(names) > MOST_ACTIVITIES:
        raise OutOfRangeError(f"psfs: at most {MOST_ACTIVITIES} activities; keep the first ones.")
    if len(set(names)) < len(names):
        raise OutOfRangeError("psfs: the same activity stands there twice; keep one.")


def _check_start_back(total: int | None, distress: int | None) -> None:
    """Refuse a subscale that its total cannot hold: the other items give 0 to 4 points."""
    if total is None or distress is None or 0 <= total - distress <= _NOT_DISTRESS:
        return
    raise OutOfRangeError(
        f"start_back_distress of {distress} does not fit a total of {total}: the total is the "
        f"subscale and 0 to {_NOT_DISTRESS} points more; check both."
    )
