"""The report's words for ids: each is looked up in the catalogue of the current language."""

from __future__ import annotations

from typing import Final

from primemover.model.finding import Finding
from primemover.model.plan import StepSide
from primemover.words import word

__all__ = ["GROUPS", "finding_word", "group_word", "humanise", "instrument_word", "side_word"]

GROUPS: Final = (
    "hip_rotation",
    "forward_bend",
    "deadlift",
    "mechanics",
    "entry",
    "pain",
    "felt",
    "",
)
"""Groups of measures in the order of the page; "" is the rest."""


def humanise(key: str) -> str:
    """Return an id as words: ``"hips_rise_first"`` -> ``"Hips rise first"``."""
    words = " ".join(part for part in key.split("_") if part)
    return words[:1].upper() + words[1:]


def finding_word(finding: Finding) -> str:
    """Return the status of a finding in one or two words."""
    return word("report.finding", finding.status.value)


def side_word(side: StepSide) -> str:
    """Return which side a step or an exercise trains."""
    return word("report.step_side", side.value)


def group_word(group: str) -> str:
    """Return what a group of measures is called."""
    return word("report.group", group or "rest")


def instrument_word(instrument: str) -> str:
    """Return what an instrument is called."""
    return word("report.instrument", str(instrument))
