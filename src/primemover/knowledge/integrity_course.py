"""Whether the course's rows agree with the rest: findings, exercises, measures, and the ladder."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Final

from primemover.knowledge.catalogue import Knowledge
from primemover.model.units import DISPLAY_UNIT

__all__ = ["course_problems"]

_DEADLIFT: Final = 5
_SIDES: Final = ("left", "right")


def course_problems(knowledge: Knowledge, findings: Collection[str]) -> Iterator[str]:
    """Yield every disagreement of the course's rows with the other files.

    Parameters
    ----------
    knowledge
        All rows.
    findings
        Ids that rules, states or patterns report.
    """
    yield from _wrong_ladder(knowledge)
    yield from _wrong_exits(knowledge, findings)
    yield from _wrong_lift(knowledge, findings)
    days = [gap.days for gap in knowledge.gaps]
    if days != sorted(set(days)):
        yield "the gaps must rise from row to row"


def _wrong_ladder(knowledge: Knowledge) -> Iterator[str]:
    """Yield exercises that no chain of easier ones leads to, or that start by an unknown test."""
    rows = knowledge.exercises
    for row in rows.values():
        passed = {row.id}
        before = rows.get(row.follows)
        while before is not None and before.id not in passed:
            passed.add(before.id)
            before = rows.get(before.follows)
        if before is not None:
            yield f"exercise {row.id} follows itself, so nobody can reach it"
        easier = rows.get(row.follows)
        if easier is not None and row.level - easier.level > 1:
            yield f"exercise {row.id} is two levels above {easier.id}, which it follows"
        if not row.follows and row.level > 1:
            yield f"exercise {row.id} is of level {row.level} and follows nothing"
        when = row.start_when
        if when is not None and not _is_shown(knowledge, when.measure, when.unit):
            yield f"exercise {row.id} starts by {when.measure}, not a measure in {when.unit}"


def _wrong_exits(knowledge: Knowledge, findings: Collection[str]) -> Iterator[str]:
    for row in knowledge.exits.values():
        for way in row.any:
            measure = knowledge.measures.get(way.measure)
            if measure is None or not _is_shown(knowledge, way.measure, way.unit):
                yield f"exit test {row.id} asks for {way.measure}, not a measure in {way.unit}"
            elif measure.sided != way.sided:
                yield f"exit test {row.id}: {way.measure} is wrong about its sides"
        yield from (
            f"exit test {row.id} listens to {name}, which nothing reports"
            for name in row.when_found
            if name not in findings
        )
    for step in range(1, _DEADLIFT):
        if not any(row.step == step for row in knowledge.exits.values()):
            yield f"step {step} has no exit test"


def _wrong_lift(knowledge: Knowledge, findings: Collection[str]) -> Iterator[str]:
    stages = knowledge.lift_stages
    if list(stages) != list(range(len(stages))):
        yield "the stages of the lift must count up from 0"
    levels = [stage.highest_level for stage in stages.values()]
    if any(after - before not in (0, 1) for before, after in pairwise(levels)):
        yield "the stages of the lift must rise by one level at most"
    for advice in knowledge.lift_advice.values():
        if advice.finding not in findings:
            yield f"the lift listens to {advice.finding}, which nothing reports"
        for name in advice.prefers:
            exercise = knowledge.exercises.get(name)
            if exercise is None or exercise.step != _DEADLIFT:
                yield f"the lift prefers {name}, which is not an exercise of step 5"


def _is_shown(knowledge: Knowledge, measure: str, unit: str) -> bool:
    row = knowledge.measures.get(measure)
    return row is not None and DISPLAY_UNIT.get(row.unit, (row.unit, 1.0))[0] == unit
