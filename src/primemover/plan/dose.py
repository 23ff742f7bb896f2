"""A dose at a rung: how many sets and repetitions now, how long they take, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import Dose, ExerciseRow, Span
from primemover.model.plan import StepSide

__all__ = ["TOP_RUNG", "Amount", "amount_at", "dose_text", "minutes_of", "sets_of_sides"]

TOP_RUNG: Final = 2
"""Each dose is climbed in three rungs: the least, the middle, the most (engineering default)."""
_REPETITION_S: Final = 4.0  # a slow repetition, engineering default
_BREATH_S: Final = 6.0  # a slow breath, ten a minute, engineering default
_MINUTE_S: Final = 60.0
_EVERY_DAY: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is done of an exercise in one session.

    Attributes
    ----------
    sets : of a side, before a worse side gets one more
    count : repetitions, seconds or breaths of a set, as the dose counts
    """

    sets: int
    count: int


def amount_at(dose: Dose, rung: int) -> Amount:
    """Return the amount at a rung, 0 the least to `TOP_RUNG` the most; halves count up."""
    return Amount(sets=_between(dose.sets, rung), count=_between(dose.counted, rung))


def _between(span: Span, rung: int) -> int:
    low, high = span
    return low + ((high - low) * rung + 1) // TOP_RUNG if rung else low


def sets_of_sides(row: ExerciseRow, sets: int, side: StepSide) -> tuple[int, int]:
    """Return sets of the left and of the right side; both sides at once count for each.

    The side that is worse gets one set more (engineering default; no trial has tested it).
    """
    if row.sides == "both":
        return sets, sets
    left = {StepSide.RIGHT: 0, StepSide.LEFT_MORE: sets + 1}.get(side, sets)
    right = {StepSide.LEFT: 0, StepSide.RIGHT_MORE: sets + 1}.get(side, sets)
    return left, right


def minutes_of(row: ExerciseRow, amount: Amount, side: StepSide, dose: Dose | None = None) -> float:
    """Return how long an exercise takes in one session, with getting ready and rests."""
    dose = row.dose if dose is None else dose
    left, right = sets_of_sides(row, amount.sets, side)
    sets = amount.sets if row.sides == "both" else left + right
    each_s = dose.hold_s + (_REPETITION_S if dose.reps else _BREATH_S if dose.breaths else 1.0)
    work_s = sets * amount.count * each_s
    return (dose.setup_s + work_s + (sets - 1) * dose.rest_s) / _MINUTE_S


def dose_text(
    row: ExerciseRow,
    dose: Dose | None = None,
    amount: Amount | None = None,
    *,
    one_side: bool = False,
) -> str:
    """Return a dose in words: the whole range, or what is done now where an amount is given.

    `one_side`: only one side does it, so it is not said to be for each.
    """
    words = load().dose_words
    dose = row.dose if dose is None else dose
    sets = _span(dose.sets) if amount is None else str(amount.sets)
    count = _span(dose.counted) if amount is None else str(amount.count)
    what = words.reps if dose.reps else words.seconds if dose.seconds else words.breaths
    parts = [words.sets.format(sets=sets, what=what.format(count=count))]
    if dose.hold_s:
        parts[0] += words.hold.format(seconds=f"{dose.hold_s:g}")
    if row.sides == "each" and not one_side:
        parts[0] += words.per_side
    if dose.rpe:
        parts.append(words.rpe.format(rpe=_span(dose.rpe)))
    daily = dose.per_week == _EVERY_DAY
    parts.append(words.daily if daily else words.per_week.format(days=dose.per_week))
    return ", ".join(parts)


def _span(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
