"""What stands behind a number, as words: the instruments that read it."""

from __future__ import annotations

from collections.abc import Iterable

from primemover.knowledge import load
from primemover.model.measure import Measure, Part
from primemover.report.numbers import quantity_text
from primemover.report.words import instrument_word
from primemover.words import say

__all__ = ["part_lines"]


def part_lines(measure: Measure) -> tuple[str, ...]:
    """Return what else read a quantity, and whether it was put together; empty for one reading."""
    texts = load().fusing_texts
    others = measure.parts[1:]
    fused = _listed(measure, (part for part in others if part.fused))
    beside = _listed(measure, (part for part in others if not part.fused))
    lines = []
    if fused:
        lines.append(texts.row_fused.format(other=fused))
    if beside:
        lines.append(texts.row_beside.format(other=beside))
    if others and measure.why == texts.why:
        lines.append(texts.row_conflict)
    return tuple(lines)


def _listed(measure: Measure, parts: Iterable[Part]) -> str:
    return ", ".join(
        f"{_name(part)} {quantity_text(part.value, part.se, measure.unit)}" for part in parts
    )


def _name(part: Part) -> str:
    if part.by_film:
        return say("report.parts.film")
    name = instrument_word(part.instrument)
    return say("report.parts.self", instrument=name) if part.by_lay_person else name
