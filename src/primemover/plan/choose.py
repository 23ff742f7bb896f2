"""Exercises that a step begins with: what fits equipment, time, side and findings, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import ExerciseRow
from primemover.model.plan import ExerciseChoice, StepSide
from primemover.plan.candidates import Bounds, answers, label_of, obstacles, possible, rank
from primemover.plan.dose import amount_at, dose_text, minutes_of
from primemover.plan.facts import Facts
from primemover.plan.ladder import Ladder
from primemover.words import say

__all__ = ["Limits", "choose", "chosen_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the choice must fit.

    Attributes
    ----------
    bounds : equipment and level
    starters : exercises that may begin at once though others come before them
    minutes : for this step in one session
    level_note : what the step says about its level
    most : at most this many exercises
    """

    bounds: Bounds
    starters: Collection[str]
    minutes: float
    level_note: str
    most: int


def choose(
    step: int, side: StepSide, facts: Facts, limits: Limits
) -> tuple[tuple[ExerciseChoice, ...], tuple[str, ...]]:
    """Return the exercises to begin with and, for each one left out, why.

    Exercises that answer one of the person's findings come first, then the table's priority; a
    harder form waits until the easier one is mastered. At least two are given even when time is
    short. The same input gives the same choice.
    """
    rows = [row for row in load().exercises.values() if row.step == step]
    reasons = obstacles(rows, side, facts, limits.bounds)
    ladder = Ladder(possible=possible(rows, side, facts, limits.bounds), starters=limits.starters)
    later = load().course_texts.out_later
    for row in rows:
        before = ladder.waits_for(row)
        if before and not reasons[row.id]:
            reasons[row.id] = later.format(before=load().exercises[before].name)
    fitting = sorted((r for r in rows if not reasons[r.id]), key=lambda r: rank(r, side, facts))
    chosen = _within_time(fitting, limits, side)
    for row in fitting:
        if row not in chosen:
            reasons[row.id] = say("plan.choice.enough")
    left_out = tuple(
        say("plan.choice.left_out", exercise=row.name, why=reasons[row.id])
        for row in rows
        if reasons[row.id]
    )
    return tuple(_prescribed(row, side, facts) for row in chosen), left_out


def chosen_for(row: ExerciseRow, side: StepSide, facts: Facts) -> str:
    """Return why an exercise was chosen, with this person's findings."""
    answered = answers(row, side, facts)
    if not answered:
        return row.why
    named = "; ".join(label_of(name, facts) for name in answered)
    return say("plan.choice.chosen_for", why=row.why, findings=named)


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
    return ExerciseChoice(
        id=row.id,
        name=row.name,
        side=side if row.sides == "each" else StepSide.BOTH,
        dose=dose_text(row) + _side_dose(row, side),
        cue=row.cue,
        must_not=row.must_not,
        equipment=tuple(equipment[name].label for name in row.equipment),
        exit_test=row.exit_test,
        why=chosen_for(row, side, facts),
        clinician=row.clinician,
        sources=row.sources,
    )


def _side_dose(row: ExerciseRow, side: StepSide) -> str:
    if row.sides == "both" or side is StepSide.BOTH:
        return ""
    return {
        StepSide.LEFT: say("plan.choice.only_left"),
        StepSide.RIGHT: say("plan.choice.only_right"),
        StepSide.LEFT_MORE: say("plan.choice.more_left"),
        StepSide.RIGHT_MORE: say("plan.choice.more_right"),
    }[side]
