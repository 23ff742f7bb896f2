"""The safety screen's outcome, and what a symptom during the programme asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from primemover.errors import OutOfRangeError

__all__ = [
    "HIGHEST_PAIN",
    "SafetyFlag",
    "SafetyLevel",
    "SafetyResult",
    "StopEnds",
    "StopLevel",
    "StopReason",
    "StopVerdict",
    "SymptomReport",
]

HIGHEST_PAIN: Final = 10.0
"""The numeric pain rating scale goes from 0 to 10."""


class SafetyLevel(StrEnum):
    """What the answers ask for, mildest first."""

    CLEAR = "clear"
    CAUTION = "caution"
    REFER = "refer"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFlag:
    """One answer, or several together, that raised concern, and what to do about it.

    `within` is how soon: now, same_day, promptly, days, weeks, before_training, or "" where it
    was not stated; `together` holds the ids of the answers of a cluster.
    """

    id: str
    level: SafetyLevel
    asked: str
    action: str
    sources: tuple[str, ...] = ()
    clinician: str = ""
    within: str = ""
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyResult:
    """The screen's outcome; `answered` is False when the screen was skipped.

    `stops_exam` (emergency) means no measurement is read and no plan is made;
    `stops_loading` (refer) means no plan that loads the back or hip.
    """

    level: SafetyLevel
    flags: tuple[SafetyFlag, ...]
    text: str
    answered: bool
    stops_exam: bool
    stops_loading: bool

    @property
    def main_flags(self) -> tuple[SafetyFlag, ...]:
        """The flags a person has to read, in order.

        In an emergency nothing milder stands beside it. An answer is left out where a cluster of
        the same or a higher level speaks for it.
        """
        order = list(SafetyLevel)
        spoken_for = {
            (name, level)
            for flag in self.flags
            for name in flag.together
            for level in order[: order.index(flag.level) + 1]
        }
        return tuple(
            flag
            for flag in self.flags
            if (flag.id, flag.level) not in spoken_for
            and (flag.level is SafetyLevel.EMERGENCY or self.level is not SafetyLevel.EMERGENCY)
        )


class StopLevel(StrEnum):
    """What a report during the programme asks for, mildest first."""

    CARRY_ON = "carry_on"
    HOLD = "hold"
    STEP_BACK = "step_back"
    STOP_REFER = "stop_refer"
    EMERGENCY = "emergency"


class StopEnds(StrEnum):
    """What a report ends, least first."""

    NOTHING = "nothing"
    EXERCISE = "exercise"
    SESSION = "session"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomReport:
    """What a person tells during the programme; None where not told.

    Attributes
    ----------
    symptoms : ids of the stop rules' symptoms that are there
    pain_before, pain_during, pain_after, pain_next_day : rating 0-10 before, during (its worst)
        and right after a session, and 24 hours later
    pain_rise_week : this week's worst rating less last week's, points
    red_before : sessions in a row just before this one that asked for a step back
    weeks_without_change : weeks since pain or function last changed by more than its smallest
        important change

    Raises
    ------
    OutOfRangeError
        If a rating is not within 0-10, or a count is below 0 or not a number.
    """

    symptoms: frozenset[str] = frozenset()
    pain_before: float | None = None
    pain_during: float | None = None
    pain_after: float | None = None
    pain_next_day: float | None = None
    pain_rise_week: float | None = None
    red_before: int = 0
    weeks_without_change: float | None = None

    def __post_init__(self) -> None:
        """Refuse a rating that nobody can give: an unread number must not pass as calm."""
        ratings = (self.pain_before, self.pain_during, self.pain_after, self.pain_next_day)
        told = [rating for rating in ratings if rating is not None]
        counts = (self.red_before, self.weeks_without_change or 0.0)
        if not all(0.0 <= rating <= HIGHEST_PAIN for rating in told):
            raise OutOfRangeError("A pain rating goes from 0 to 10; check what was typed.")
        if not all(count >= 0.0 for count in counts) or math.isnan(self.pain_rise_week or 0.0):
            raise OutOfRangeError("A count of sessions or weeks cannot be below 0; check it.")

    @property
    def pain_rise_next_day(self) -> float | None:
        """Points by which pain 24 hours later is above that before the session."""
        if self.pain_next_day is None or self.pain_before is None:
            return None
        return self.pain_next_day - self.pain_before


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReason:
    """One stop rule that applies; `asked` is what was reported, `then` how to go on."""

    id: str
    level: StopLevel
    ends: StopEnds
    label: str
    asked: str
    action: str
    then: str
    clinician: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopVerdict:
    """What a report asks for: the worst level and the most that is ended, with all reasons.

    `reasons` come worst first; `text` says the level in a sentence.
    """

    level: StopLevel
    ends: StopEnds
    reasons: tuple[StopReason, ...]
    text: str
