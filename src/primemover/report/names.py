"""What things are called: the knowledge tables' words for measures, sources and equipment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from primemover.knowledge import load
from primemover.model.measure import Side
from primemover.report.words import humanise
from primemover.words import word

__all__ = [
    "citation",
    "equipment_label",
    "measure_group",
    "measure_label",
    "typeset",
]

_UNREAD: Final = ("secondary", "unverified")
_TYPESET: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(?<![\w.)-])-(?=\d)"), "\u2212"),
    (re.compile(r"(?<=\d) ?deg\b"), "°"),
    (re.compile(r"(?<=\d) ?\+/- ?(?=\d)"), " ± "),
    (re.compile(r" ± (?=\d)"), "\u00a0±\u00a0"),
    (re.compile(r"(?<=\d) x (?=\d)"), " \u00d7 "),
    (re.compile(r"(?<![\d-])(\d+(?:\.\d+)?)-(?=\d+(?:\.\d+)?(?![\d-]))"), "\\1\u2013"),
)


def measure_label(measure_id: str, side: Side = Side.NONE) -> str:
    """Return what a measure is called, with its side: ``"Hip extension, left"``."""
    stem, sided = measure_id, "" if side is Side.NONE else str(side)
    for one in (Side.LEFT, Side.RIGHT):
        if measure_id.endswith(f"_{one}"):
            stem, sided = measure_id.removesuffix(f"_{one}"), str(one)
    row = load().measures.get(stem)
    label = humanise(stem) if row is None else row.label[:1].upper() + row.label[1:]
    return f"{label}, {word('common.side', sided)}" if sided else label


def measure_group(measure_id: str) -> str:
    """Return the group of a measure, empty when the knowledge has none."""
    row = load().measure_of_id.get(measure_id) or load().measures.get(measure_id)
    return "" if row is None else row.group


def citation(key: str) -> str:
    """Return a source's reference and how far it was checked; the key itself when unknown."""
    row = load().sources.get(key)
    if row is None:
        return key
    doi = f", doi:{row.doi}" if row.doi else ""
    checked = f" {word('report.source_tag', row.tag)}" if row.tag in _UNREAD else ""
    return f"{row.citation}{doi}{checked}"


def equipment_label(keys: Iterable[str]) -> str:
    """Return the names of some equipment, comma-separated."""
    rows = load().equipment
    return ", ".join(rows[key].label if key in rows else humanise(key).lower() for key in keys)


def typeset(text: str) -> str:
    """Return plain-typed text with degree signs, multiplication signs and ranges as printed."""
    for pattern, printed in _TYPESET:
        text = pattern.sub(printed, text)
    return text
