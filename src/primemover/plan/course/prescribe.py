"""One exercise of a week, written out: amount, load, side, days, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import Dose, ExerciseRow
from primemover.model.course import Change, PlannedExercise
from primemover.model.measure import Side
from primemover.model.plan import StepSide
from primemover.plan.case import Case
from primemover.plan.choose import chosen_for
from primemover.plan.course.climb import amount_of, dose_of, first_mark
from primemover.plan.course.lift import DEADLIFT, stage_now
from primemover.plan.course.state import Mark, State
from primemover.plan.dose import Amount, dose_text, minutes_of, sets_of_sides
from primemover.plan.facts import Facts
from primemover.words import word

__all__ = ["Portion", "load_text", "portion_of", "prescribed"]

_PLATE_KG: Final = 2.5  # smallest step of a load, two plates of 1.25 kg
_FIRST: Final = {
    StepSide.LEFT: Side.LEFT,
    StepSide.LEFT_MORE: Side.LEFT,
    StepSide.RIGHT: Side.RIGHT,
    StepSide.RIGHT_MORE: Side.RIGHT,
}
_ONLY: Final = (StepSide.LEFT, StepSide.RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one session holds of an exercise."""

    dose: Dose
    amount: Amount
    minutes: float


def portion_of(row: ExerciseRow, state: State, case: Case) -> Portion:
    """Return an exercise's amount at its rung, or at the highest rung that fits the minutes."""
    stage, side = stage_now(state, case), _side(row, case)
    dose = dose_of(row, stage)
    rung = state.mark(row.id).rung
    while True:
        amount = amount_of(row, stage, rung)
        minutes = minutes_of(row, amount, side, dose)
        if minutes <= case.minutes or rung == 0:
            return Portion(dose=dose, amount=amount, minutes=minutes)
        rung -= 1


def prescribed(
    row: ExerciseRow, portion: Portion, state: State, case: Case, *, facts: Facts, days: int
) -> PlannedExercise:
    """Return an exercise as it stands in the coming week, done on `days` of it."""
    mark = state.marks.get(row.id) or first_mark(row, state.marks)
    side = _side(row, case)
    left, right = sets_of_sides(row, portion.amount.sets, side)
    dose = portion.dose
    return PlannedExercise(
        id=row.id,
        name=row.name,
        step=row.step,
        level=row.level,
        is_loaded=row.is_loaded,
        side=side,
        together=row.sides == "both",
        sets_left=left,
        sets_right=right,
        count=portion.amount.count,
        counts="reps" if dose.reps else "seconds" if dose.seconds else "breaths",
        hold_s=dose.hold_s,
        rpe=dose.rpe,
        rest_s=dose.rest_s,
        days=days,
        wanted_days=dose.per_week,
        minutes=portion.minutes,
        first_side=_FIRST.get(side, Side.NONE),
        dose=dose_text(row, dose, portion.amount, one_side=side in _ONLY),
        note=_note(row, portion, case, mark, days=days),
        cue=row.cue,
        cheat=row.cheat,
        must_not=row.must_not,
        exit_test=row.exit_test,
        change=mark.change,
        change_why=_change_why(row, mark, state),
        why=chosen_for(row, case.needs[row.step].side, facts),
        load_kg=_load_kg(row, mark, case),
        load_share=mark.share,
        sources=row.sources,
    )


def load_text(row: ExerciseRow, mark: Mark, case: Case, dose: Dose) -> str:
    """Return how heavy a loaded exercise is, in a sentence."""
    texts = load().course_texts
    rpe = "6" if dose.rpe is None else f"{dose.rpe[1]}"
    kilograms = _load_kg(row, mark, case)
    if kilograms is None:
        return texts.load_by_effort.format(rpe=rpe)
    said = texts.load_first if not mark.times and mark.share == 1.0 else texts.load_now
    return said.format(load=f"{kilograms:g}", rpe=rpe)


def _side(row: ExerciseRow, case: Case) -> StepSide:
    return case.needs[row.step].side if row.sides == "each" else StepSide.BOTH


def _load_kg(row: ExerciseRow, mark: Mark, case: Case) -> float | None:
    """Return the load, rounded down to what plates make; None for none or by effort."""
    if not row.is_loaded:
        return None
    if mark.load_kg is not None:
        exact = mark.load_kg
    elif case.bar_mass_kg is not None and row.step == DEADLIFT and "barbell" in row.equipment:
        exact = case.bar_mass_kg * load().course_rules.first_load_share * mark.share
    else:
        return None
    return float(int(exact / _PLATE_KG + 1e-9)) * _PLATE_KG


def _note(row: ExerciseRow, portion: Portion, case: Case, mark: Mark, *, days: int) -> str:
    texts, side = load().course_texts, _side(row, case)
    parts = []
    if side in _ONLY:
        parts.append(texts.side_only.format(side=word("common.side", side.value)))
    elif side is not StepSide.BOTH:
        parts.append(texts.side_more.format(side=word("common.side", _FIRST[side].value)))
    if row.is_loaded:
        parts.append(load_text(row, mark, case, portion.dose).rstrip("."))
    if days < min(portion.dose.per_week, case.days):
        wanted = min(portion.dose.per_week, case.days)
        parts.append(texts.fewer_days.format(days=days, wanted=wanted).rstrip("."))
    return "; ".join(parts)


def _change_why(row: ExerciseRow, mark: Mark, state: State) -> str:
    """Return what changed since the last time, and why, in a sentence."""
    texts, rules = load().course_texts, load().course_rules
    easier = state.mark(row.follows) if row.follows else mark
    if mark.change is Change.NEW and row.follows and easier.mastered:
        return texts.new_harder.format(before=load().exercises[row.follows].name)
    said: str = getattr(texts, mark.why)
    percent = {"up_load": rules.load_up, "up_load_easy": rules.load_up_easy}
    return said.format(
        count=rules.green_sessions,
        percent=f"{100.0 * percent.get(mark.why, rules.load_down):.0f}",
        rpe=f"{rules.effort_up_to:g}",
        after=load().exercises[mark.other].name if mark.other else "",
    )
