"""Exit tests of the steps: met, not yet, or not tested; with the error of each measure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from primemover.knowledge.course_rows import ExitRow, ExitWay
from primemover.knowledge.loading import load
from primemover.model.measure import Measure, Side
from primemover.model.plan import StepSide
from primemover.model.units import to_display
from primemover.plan.case import Case
from primemover.plan.facts import Fact
from primemover.words import word

__all__ = ["ExitState", "exit_lines", "steps_done"]

_TRAINED: Final = {StepSide.LEFT: (Side.LEFT,), StepSide.RIGHT: (Side.RIGHT,)}
_BOTH: Final = (Side.LEFT, Side.RIGHT)
_CHANGES: Final = ("gain", "fall")


class ExitState(StrEnum):
    """How an exit test stands."""

    MET = "met"
    OPEN = "open"
    UNTESTED = "untested"
    INSTRUMENT = "instrument"
    """It asks for a change, and the instrument is another than at first."""


_BEST: Final = (ExitState.MET, ExitState.INSTRUMENT, ExitState.OPEN, ExitState.UNTESTED)
_WORST: Final = (ExitState.OPEN, ExitState.UNTESTED, ExitState.INSTRUMENT, ExitState.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """How one way stands, with what was measured in words."""

    state: ExitState
    value: str = ""


def steps_done(case: Case, tested: Mapping[str, Measure]) -> frozenset[int]:
    """Return the needed steps before the lift whose exit tests are all met.

    A value counts where it is beyond its line with at least the probability that calls a finding
    present (0.8), given its error; a change where it is at least as large as its line, which is
    the error of a change already.
    """
    steps = [step for step, need in case.needs.items() if need.needed]
    rows = {step: _rows(step, case) for step in steps}
    return frozenset(
        step
        for step, listed in rows.items()
        if listed and all(_answer(row, case, tested).state is ExitState.MET for row in listed)
    )


def exit_lines(step: int, case: Case, tested: Mapping[str, Measure]) -> tuple[str, ...]:
    """Return a line for each exit test of a step that counts for this person."""
    return tuple(_line(row, _answer(row, case, tested)) for row in _rows(step, case))


def _line(row: ExitRow, answer: _Answer) -> str:
    texts = load().course_texts
    said = {
        ExitState.MET: texts.exit_met,
        ExitState.OPEN: texts.exit_open,
        ExitState.UNTESTED: texts.exit_untested,
        ExitState.INSTRUMENT: texts.exit_instrument,
    }
    return said[answer.state].format(label=row.label, value=answer.value)


def _rows(step: int, case: Case) -> list[ExitRow]:
    """Return the exit tests that count: a finding called for them, or nobody tested it."""
    rows = [row for row in load().exits.values() if row.step == step]
    counting = [row for row in rows if not row.when_found or _found(row, case)]
    return counting or rows


def _found(row: ExitRow, case: Case) -> bool:
    known = [fact for name in row.when_found for fact in case.facts.on_sides(name).values()]
    rules = [name for name in row.when_found if name in load().rules]
    measured = [
        fact
        for name in rules
        for fact in case.facts.on_sides(name).values()
        if fact is not Fact.UNTESTED
    ]
    return Fact.PRESENT in known or Fact.OPEN in known or not measured


def _answer(row: ExitRow, case: Case, tested: Mapping[str, Measure]) -> _Answer:
    """Return the best of the ways to meet a test."""
    answers = [_way(way, row.step, case, tested) for way in row.any]
    return min(answers, key=lambda one: _BEST.index(one.state))


def _way(way: ExitWay, step: int, case: Case, tested: Mapping[str, Measure]) -> _Answer:
    """Return how a way stands: the worst of the sides that are trained."""
    if not way.sided:
        return _one(way, case.measures.get(way.measure), tested.get(way.measure))
    sides = _TRAINED.get(case.needs[step].side, _BOTH)
    names = [f"{way.measure}_{side.value}" for side in sides]
    answers = [_one(way, case.measures.get(name), tested.get(name)) for name in names]
    worst = min(answers, key=lambda one: _WORST.index(one.state))
    told = [(side, one.value) for side, one in zip(sides, answers, strict=True) if one.value]
    values = ", ".join(f"{word('common.side', side.value)} {value}" for side, value in told)
    return _Answer(state=worst.state, value=values)


def _one(way: ExitWay, first: Measure | None, now: Measure | None) -> _Answer:
    if now is None or not now.is_known:
        return _Answer(state=ExitState.UNTESTED)
    value, unit = to_display(now.value, now.unit)
    said = f"{value:.0f}{'' if unit == '1' else f' {unit}'}"
    if way.kind in _CHANGES:
        return _changed(way, first, now, said)
    error = to_display(now.se, now.unit)[0]
    above = _probability_above(value, error, way.value)
    met = above if way.kind == "at_least" else 1.0 - above
    enough = met >= load().decision.present_from
    return _Answer(state=ExitState.MET if enough else ExitState.OPEN, value=said)


def _changed(way: ExitWay, first: Measure | None, now: Measure, said: str) -> _Answer:
    if first is None or not first.is_known or first is now:
        return _Answer(state=ExitState.UNTESTED)
    if first.instrument is not now.instrument:
        return _Answer(state=ExitState.INSTRUMENT)
    by = to_display(now.value - first.value, now.unit)[0]
    enough = (by if way.kind == "gain" else -by) >= way.value
    return _Answer(state=ExitState.MET if enough else ExitState.OPEN, value=said)


def _probability_above(value: float, error: float, line: float) -> float:
    """Return the probability that the true value is at least `line`, normal errors."""
    if not math.isfinite(error) or error <= 0.0:
        return float(value >= line)
    return 0.5 * math.erfc((line - value) / (error * math.sqrt(2.0)))
