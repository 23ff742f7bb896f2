"""Whether the rows that guard a person agree with each other and with the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.safety_rows import StopRow
from primemover.model.safety import SafetyLevel, StopEnds, StopLevel

__all__ = ["safety_problems"]

_ORDER: Final = tuple(SafetyLevel)
_ENDING: Final = {StopLevel.STOP_REFER, StopLevel.EMERGENCY}


def safety_problems(knowledge: Knowledge) -> Iterator[str]:
    """Yield every disagreement of screen, clusters, marks and stop rules as a sentence."""
    yield from _clusters(knowledge)
    yield from _marks(knowledge)
    yield from _stops(knowledge)
    if knowledge.rmdq_items and list(knowledge.rmdq_items) != list(
        range(1, len(knowledge.rmdq_items) + 1)
    ):
        yield "the sentences of the Roland-Morris questionnaire are not numbered from 1 on"


def _clusters(knowledge: Knowledge) -> Iterator[str]:
    for row in knowledge.screening_clusters.values():
        unknown = [name for name in (*row.of, *row.must) if name not in knowledge.screening]
        yield from (f"cluster {row.id} names {name}, which is not a question" for name in unknown)
        if row.id in knowledge.screening:
            yield f"cluster {row.id} has the id of a question"
        if row.needs > len(row.of) + (row.measured is not None):
            yield f"cluster {row.id} needs more answers than it names"
        if not set(row.must) <= set(row.of):
            yield f"cluster {row.id} must have what it does not count"
        for leaf in row.measured.leaves() if row.measured else ():
            if leaf.measure.format(side="left", other="right") not in knowledge.measure_of_id:
                yield f"cluster {row.id} asks for {leaf.measure}, which is not a measure"
        members = [knowledge.screening[name].level for name in row.must if name not in unknown]
        if any(_ORDER.index(level) > _ORDER.index(row.level) for level in members):
            yield f"cluster {row.id} is milder than an answer it must have"


def _marks(knowledge: Knowledge) -> Iterator[str]:
    for row in knowledge.screening_marked:
        if row.question not in knowledge.screening:
            yield f"a mark asks for {row.question}, which is not a question"
        for region in row.regions:
            if region not in knowledge.regions:
                yield f"a mark stands on {region}, which is not on the body map"


def _stops(knowledge: Knowledge) -> Iterator[str]:
    for row in knowledge.stop_rules.values():
        if (row.level in _ENDING) != (row.ends is StopEnds.PROGRAMME):
            yield f"stop rule {row.id}: {row.level} and ending the programme go together"
        if row.when is not None and len({example.applies for example in row.example}) < 2:  # noqa: PLR2004 - both answers
            yield f"stop rule {row.id} needs examples with both outcomes"
        yield from _unlike_its_question(row, knowledge)
    asked = {row.same_as for row in knowledge.stop_rules.values()}
    for question in knowledge.screening.values():
        if question.level is SafetyLevel.EMERGENCY and question.id not in asked:
            yield f"{question.id} is an emergency before the programme and no stop rule during it"


def _unlike_its_question(row: StopRow, knowledge: Knowledge) -> Iterator[str]:
    """Yield how a stop rule falls short of the screen's question that asks the same."""
    question = knowledge.screening.get(row.same_as)
    if row.same_as and question is None:
        yield f"stop rule {row.id} is the same as {row.same_as}, which is not a question"
    if question is None or question.level is not SafetyLevel.EMERGENCY:
        return
    if row.level is not StopLevel.EMERGENCY:
        yield f"stop rule {row.id} is milder than the screen's question"
    if row.sex is not question.sex or row.age_below != question.age_below:
        yield f"stop rule {row.id} concerns others than the screen's question"
