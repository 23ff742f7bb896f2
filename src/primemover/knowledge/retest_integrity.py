"""Whether the rows about measuring again fit the measures: each has one aim, in its own unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.retest_rows import AimRow
from primemover.model.units import DISPLAY_UNIT

__all__ = ["retest_problems"]


def retest_problems(knowledge: Knowledge) -> Iterator[str]:
    """Yield every disagreement of the aims and day-to-day rows with the measures."""
    aimed = Counter(name for row in knowledge.aims for name in row.measures)
    for name in knowledge.measures:
        if aimed[name] != 1:
            yield f"measure {name} has {aimed[name]} aims in retest.toml, it needs one"
    for row in knowledge.aims:
        yield from _wrong_aim(row, knowledge)
    daily = Counter(name for row in knowledge.days for name in row.measures)
    yield from (f"{name} has {count} day rows" for name, count in daily.items() if count > 1)
    for day in knowledge.days:
        for name in day.measures:
            yield from _wrong_unit(name, day.unit, knowledge)


def _wrong_aim(row: AimRow, knowledge: Knowledge) -> Iterator[str]:
    has_aim = row.low is not None or row.high is not None
    if has_aim != bool(row.words) or has_aim != bool(row.unit):
        yield f"the aim of {row.measures[0]} needs its words and unit, or none of all"
    if row.low is not None and row.high is not None and row.low >= row.high:
        yield f"the aim of {row.measures[0]} ends before it begins"
    for name in row.measures:
        if has_aim or name not in knowledge.measures:
            yield from _wrong_unit(name, row.unit, knowledge)


def _wrong_unit(name: str, unit: str, knowledge: Knowledge) -> Iterator[str]:
    measure = knowledge.measures.get(name)
    shown = None if measure is None else DISPLAY_UNIT.get(measure.unit, (measure.unit, 1.0))[0]
    if shown != unit:
        yield f"retest.toml names {name} in {unit!r}, which is not a measure in that unit"
