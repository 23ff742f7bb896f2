"""Exercises for a step: what fits equipment, time, side and findings, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import ExerciseRow
from primemover.model.measure import Side
from primemover.model.plan import ExerciseChoice, StepSide
from primemover.plan.dose import amount_at, dose_text, minutes_of
from primemover.plan.facts import Facts

__all__ = ["Limits", "choose"]

_TRAINED: Final = {
    StepSide.LEFT: (Side.LEFT, Side.NONE),
    StepSide.RIGHT: (Side.RIGHT, Side.NONE),
}
_DEADLIFT_STEP: Final = 5  # its own order stands: the movement first, then the load
# Who owns something gets exercises that use it (engineering default, in steps of priority).
_GEAR_BONUS: Final = 25
_ALL: Final = (Side.LEFT, Side.RIGHT, Side.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the choice must fit.

    Attributes
    ----------
    equipment : ids that are there
    minutes : for this step in one session
    highest_level : hardest exercise allowed, with the reason in `level_why`
    level_note : what the step says about it
    most : at most this many exercises
    """

    equipment: frozenset[str]
    minutes: float
    highest_level: int
    level_why: str
    level_note: str
    most: int


def choose(
    step: int, side: StepSide, facts: Facts, limits: Limits
) -> tuple[tuple[ExerciseChoice, ...], tuple[str, ...]]:
    """Return the chosen exercises and, for each one left out, why.

    Exercises that answer one of the person's findings come first, then the table's priority;
    at least two are given even when time is short. The same input gives the same choice.
    """
    rows = [row for row in load().exercises.values() if row.step == step]
    reasons = {row.id: _obstacle(row, side, facts, limits) for row in rows}
    if side in _TRAINED:
        reasons = _one_sided(rows, reasons, side)
    fitting = sorted((r for r in rows if not reasons[r.id]), key=lambda r: _rank(r, facts, side))
    chosen = _within_time(fitting, limits, side)
    for row in fitting:
        if row not in chosen:
            reasons[row.id] = "kept for later: enough for one session"
    left_out = tuple(f"{row.name}: {reasons[row.id]}." for row in rows if reasons[row.id])
    return tuple(_prescribed(row, side, facts) for row in chosen), left_out


def _rank(row: ExerciseRow, facts: Facts, side: StepSide) -> tuple[int, int, str]:
    """Return the order of choice: findings first, then priority, owned gear counting for it."""
    gear = any(not load().equipment[name].household for name in row.equipment)
    earlier = _GEAR_BONUS if gear and row.step != _DEADLIFT_STEP else 0
    return (0 if _answers(row, facts, side) else 1, row.priority - earlier, row.id)


def _answers(row: ExerciseRow, facts: Facts, side: StepSide) -> tuple[str, ...]:
    sides = _TRAINED.get(side, _ALL)
    return tuple(
        name for name in row.for_findings if any(facts.holds(name, where) for where in sides)
    )


def _obstacle(row: ExerciseRow, side: StepSide, facts: Facts, limits: Limits) -> str:
    """Return why an exercise cannot be given, or an empty string."""
    barred = _holding(row.not_when, facts, side)
    if barred:
        return f"not with {_label(barred, facts)}"
    missing = [name for name in row.equipment if name not in limits.equipment]
    if missing:
        return f"needs {' and '.join(load().equipment[name].label for name in missing)}"
    if row.level > limits.highest_level:
        return limits.level_why
    return ""


def _holding(names: Iterable[str], facts: Facts, side: StepSide) -> str:
    """Return the first name that holds, or may hold, on a trained side."""
    for name in names:
        if any(facts.may_hold(name, where) for where in _TRAINED.get(side, _ALL)):
            return name
    return ""


def _one_sided(
    rows: Iterable[ExerciseRow], reasons: dict[str, str], side: StepSide
) -> dict[str, str]:
    """Leave out what trains both sides at once, as long as two exercises remain."""
    listed = tuple(rows)
    single = [row for row in listed if row.sides == "each" and not reasons[row.id]]
    if len(single) < load().programme.fewest_exercises:
        return reasons
    why = f"trains both sides at once, and this step is for the {side.value} side"
    return {row.id: reasons[row.id] or (why if row.sides == "both" else "") for row in listed}


def _within_time(fitting: list[ExerciseRow], limits: Limits, side: StepSide) -> list[ExerciseRow]:
    chosen: list[ExerciseRow] = []
    spent = 0.0
    for row in fitting:
        if len(chosen) >= limits.most:
            break
        enough = len(chosen) >= load().programme.fewest_exercises
        takes = minutes_of(row, amount_at(row.dose, 0), side)
        if enough and spent + takes > limits.minutes:
            continue
        chosen.append(row)
        spent += takes
    return chosen


def _prescribed(row: ExerciseRow, side: StepSide, facts: Facts) -> ExerciseChoice:
    equipment = load().equipment
    answered = _answers(row, facts, side)
    why = row.why
    if answered:
        why += f" Chosen for: {'; '.join(_label(name, facts) for name in answered)}."
    return ExerciseChoice(
        id=row.id,
        name=row.name,
        side=side if row.sides == "each" else StepSide.BOTH,
        dose=dose_text(row) + _side_dose(row, side),
        cue=row.cue,
        must_not=row.must_not,
        equipment=tuple(equipment[name].label for name in row.equipment),
        exit_test=row.exit_test,
        why=why,
        sources=row.sources,
    )


def _side_dose(row: ExerciseRow, side: StepSide) -> str:
    if row.sides == "both" or side is StepSide.BOTH:
        return ""
    if side in _TRAINED:
        return f"; {side.value} side only"
    return f"; start with the {side.value.replace('_more', '')} side and give it one set more"


def _label(name: str, facts: Facts) -> str:
    if name in facts.labels:
        label = facts.labels[name]
        return label[:1].lower() + label[1:]
    question = load().screening.get(name)
    if question is not None:
        return f"your answer on {name.replace('_', ' ')}"
    return name.replace("_", " ")
