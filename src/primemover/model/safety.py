"""The safety screen's outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SafetyFlag", "SafetyLevel", "SafetyResult"]


class SafetyLevel(StrEnum):
    """What the answers ask for, mildest first."""

    CLEAR = "clear"
    CAUTION = "caution"
    REFER = "refer"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFlag:
    """One answer that raised concern, and what to do about it."""

    id: str
    level: SafetyLevel
    asked: str
    action: str
    sources: tuple[str, ...] = ()


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
