"""Quality checks: what was looked at, and whether the measurement may stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Check", "CheckStatus"]


class CheckStatus(StrEnum):
    """Outcome of a check."""

    PASSED = "passed"
    WARNING = "warning"
    """The measure stands, with a wider error."""
    FAILED = "failed"
    """The measure does not stand."""
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One quality check; `detail` is a sentence with what to do when it did not pass."""

    id: str
    status: CheckStatus
    detail: str
