"""How one exercise moves on its dose after a session: up, held, down, or back to an easier form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import Dose, ExerciseRow
from primemover.model.course import Change
from primemover.model.safety import StopLevel
from primemover.model.training import DoneExercise
from primemover.plan.course.judge import is_red
from primemover.plan.course.state import DAYS, NO_MARK, Mark
from primemover.plan.dose import TOP_RUNG, Amount, amount_at

__all__ = [
    "Effort",
    "after_exercise",
    "amount_of",
    "dose_of",
    "first_mark",
    "not_yet_up",
    "stepped_back",
]

_DEADLIFT = 5
_MIDDLE_RUNG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """One exercise of one session, judged.

    `level` is what it asks for; `pain_told` whether any pain was rated; `may_rise` whether the
    course is quiet enough for anything to go up; `stage` of the lift.
    """

    done: DoneExercise
    day: int
    level: StopLevel
    pain_told: bool
    may_rise: bool
    stage: int


def dose_of(row: ExerciseRow, stage: int) -> Dose:
    """Return the dose of an exercise: the lift's stage gives that of its loaded lifts."""
    staged = load().lift_stages[stage].dose if row.step == _DEADLIFT and row.is_loaded else None
    return row.dose if staged is None else staged


def amount_of(row: ExerciseRow, stage: int, rung: int) -> Amount:
    """Return the amount at a rung; a loaded exercise keeps its amount and changes its load."""
    return amount_at(dose_of(row, stage), _MIDDLE_RUNG if row.is_loaded else rung)


def first_mark(row: ExerciseRow, marks: Mapping[str, Mark]) -> Mark:
    """Return where an exercise begins: a new loaded lift with less than the one lifted so far."""
    rows = load().exercises
    lifted = [
        mark for name, mark in marks.items() if rows[name].is_loaded and rows[name].step == row.step
    ]
    if not (row.is_loaded and lifted):
        return NO_MARK
    last = max(lifted, key=lambda mark: (mark.days, mark.share))
    keep = 1.0 - load().course_rules.load_down
    return replace(
        NO_MARK,
        share=last.share * keep,
        load_kg=None if last.load_kg is None else last.load_kg * keep,
    )


def after_exercise(mark: Mark, row: ExerciseRow, effort: Effort) -> Mark:
    """Return where an exercise stands after a session of it."""
    done = effort.done
    told = replace(
        mark,
        times=mark.times + 1,
        days=(*(day for day in mark.days if effort.day - day < DAYS), effort.day),
        sharp=mark.sharp + bool(done.symptoms),
        load_kg=mark.load_kg if done.load_kg is None else done.load_kg,
        other="",
        undo=None,
    )
    if is_red(effort.level):
        return stepped_back(told, row)
    held = _why_held(told, row, effort)
    if held:
        return replace(told, green=0, change=Change.HELD, why=held)
    green = told.green + 1
    enough = 1 if done.too_easy else load().course_rules.green_sessions
    if green < enough or not effort.may_rise:
        return replace(told, green=green, change=Change.SAME, why="same")
    return _raised(told, row, effort)


def stepped_back(mark: Mark, row: ExerciseRow) -> Mark:
    """Return where an exercise stands after a red session: less load, or a rung down."""
    back = replace(mark, green=0, mastered=False, change=Change.DOWN, why="down")
    if row.is_loaded:
        keep = 1.0 - load().course_rules.load_down
        return replace(
            back,
            share=mark.share * keep,
            load_kg=None if mark.load_kg is None else mark.load_kg * keep,
            rung=max(mark.rung - 1, 0),
            why="down_load",
        )
    return replace(back, rung=max(mark.rung - 1, 0))


def not_yet_up(mark: Mark) -> Mark:
    """Return an exercise without a rise that was earned and not yet done: the course is on hold."""
    if mark.undo is None:
        return mark
    rung, share, load_kg = mark.undo
    return replace(
        mark, rung=rung, share=share, load_kg=load_kg, undo=None, change=Change.SAME, why="same"
    )


def _why_held(mark: Mark, row: ExerciseRow, effort: Effort) -> str:
    """Return the text's key of why an exercise may not go up, "" where it may."""
    done = effort.done
    if effort.level is StopLevel.HOLD:
        return "held"
    if not effort.pain_told:
        return "held_untold"
    dose = dose_of(row, effort.stage)
    most = max(load().course_rules.effort_up_to, dose.rpe[1] if dose.rpe else 0)
    if done.effort is not None and done.effort > most:
        return "held_effort"
    planned = amount_of(row, effort.stage, mark.rung)
    short = (done.sets is not None and done.sets < planned.sets) or (
        done.count is not None and done.count < planned.count
    )
    return "held_short" if short else ""


def _raised(mark: Mark, row: ExerciseRow, effort: Effort) -> Mark:
    """Return an exercise after enough green sessions: more load, a rung up, or mastered."""
    top = mark.rung >= TOP_RUNG
    up = replace(
        mark,
        rung=min(mark.rung + 1, TOP_RUNG),
        mastered=mark.mastered or top,
        green=0,
        undo=None if top else (mark.rung, mark.share, mark.load_kg),
        change=Change.SAME if top else Change.UP,
        why="same" if top else "up",
    )
    if not row.is_loaded:
        return up
    rules = load().course_rules
    if mark.raised_day and effort.day - mark.raised_day < DAYS:
        return replace(up, undo=None, change=Change.SAME, why="same")
    more = 1.0 + (rules.load_up_easy if effort.done.too_easy else rules.load_up)
    return replace(
        up,
        share=mark.share * more,
        load_kg=None if mark.load_kg is None else mark.load_kg * more,
        raised_day=effort.day,
        undo=(mark.rung, mark.share, mark.load_kg),
        change=Change.UP,
        why="up_load_easy" if effort.done.too_easy else "up_load",
    )
