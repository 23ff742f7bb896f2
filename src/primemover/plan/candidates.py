"""Whether an exercise can be given to a person at all, and which ones come first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import ExerciseRow
from primemover.model.measure import Side
from primemover.model.plan import StepSide
from primemover.plan.facts import Facts
from primemover.words import lower_first, say

__all__ = ["Bounds", "answers", "label_of", "obstacle", "obstacles", "possible", "rank"]

_TRAINED: Final = {
    StepSide.LEFT: (Side.LEFT, Side.NONE),
    StepSide.RIGHT: (Side.RIGHT, Side.NONE),
}
_DEADLIFT_STEP: Final = 5  # its own order stands: the movement first, then the load
# Who owns something gets exercises that use it (engineering default, in steps of priority).
_GEAR_BONUS: Final = 25
_ALL: Final = (Side.LEFT, Side.RIGHT, Side.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What an exercise must fit.

    Attributes
    ----------
    equipment : ids that are there
    highest_level : hardest exercise allowed, with the reason in `level_why`
    load_why : why nothing may be loaded now, "" where it may
    """

    equipment: Collection[str]
    highest_level: int
    level_why: str
    load_why: str = ""


def possible(rows: Iterable[ExerciseRow], side: StepSide, facts: Facts, bounds: Bounds) -> set[str]:
    """Return the ids that neither equipment nor a reason against them leaves out."""
    return {
        row.id
        for row in rows
        if not _barred(row, side, facts) and not _missing(row, bounds.equipment)
    }


def obstacles(
    rows: Iterable[ExerciseRow], side: StepSide, facts: Facts, bounds: Bounds
) -> dict[str, str]:
    """Return, by id, why an exercise cannot be given, or an empty string.

    A step for one side leaves out what trains both at once, as long as two exercises remain.
    """
    listed = tuple(rows)
    reasons = {row.id: obstacle(row, side, facts, bounds) for row in listed}
    return _one_sided(listed, reasons, side) if side in _TRAINED else reasons


def obstacle(row: ExerciseRow, side: StepSide, facts: Facts, bounds: Bounds) -> str:
    """Return why an exercise cannot be given, or an empty string."""
    barred = _barred(row, side, facts)
    if barred:
        return say("plan.choice.not_with", finding=label_of(barred, facts))
    missing = _missing(row, bounds.equipment)
    if missing:
        *head, last = [load().equipment[name].label for name in missing]
        named = say("common.list.all", head=", ".join(head), last=last) if head else last
        return say("plan.choice.needs", equipment=named)
    if row.level > bounds.highest_level:
        return bounds.level_why
    return bounds.load_why if row.is_loaded else ""


def rank(row: ExerciseRow, side: StepSide, facts: Facts) -> tuple[int, int, str]:
    """Return the order of choice: findings first, then priority, owned gear counting for it."""
    gear = any(not load().equipment[name].household for name in row.equipment)
    earlier = _GEAR_BONUS if gear and row.step != _DEADLIFT_STEP else 0
    return (0 if answers(row, side, facts) else 1, row.priority - earlier, row.id)


def answers(row: ExerciseRow, side: StepSide, facts: Facts) -> tuple[str, ...]:
    """Return the person's findings that an exercise answers, on a side that is trained."""
    sides = _TRAINED.get(side, _ALL)
    return tuple(
        name for name in row.for_findings if any(facts.holds(name, where) for where in sides)
    )


def label_of(name: str, facts: Facts) -> str:
    """Return a finding, a state or an answer of the screen in words, to go on a sentence."""
    if name in facts.labels:
        return lower_first(facts.labels[name])
    if name in load().screening:
        return say("plan.choice.answer_on", question=name.replace("_", " "))
    return name.replace("_", " ")


def _missing(row: ExerciseRow, equipment: Collection[str]) -> list[str]:
    return [name for name in row.equipment if name not in equipment]


def _barred(row: ExerciseRow, side: StepSide, facts: Facts) -> str:
    """Return the first reason against an exercise that holds, or may hold, on a trained side."""
    sides = _TRAINED.get(side, _ALL)
    for name in row.not_when:
        if any(facts.may_hold(name, where) for where in sides):
            return name
    return ""


def _one_sided(
    rows: tuple[ExerciseRow, ...], reasons: dict[str, str], side: StepSide
) -> dict[str, str]:
    """Leave out what trains both sides at once, as long as two exercises remain."""
    single = [row for row in rows if row.sides == "each" and not reasons[row.id]]
    if len(single) < load().programme.fewest_exercises:
        return reasons
    left = side is StepSide.LEFT
    why = say("plan.choice.both_sides_left") if left else say("plan.choice.both_sides_right")
    return {row.id: reasons[row.id] or (why if row.sides == "both" else "") for row in rows}
