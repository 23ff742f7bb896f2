"""Exit tests of the steps after a re-test: met, not met, too close to call, or not measured.

The rows and what counts are those of the course (``course.toml``); a gain counts here only when it
is a real change as well, also for a lay reader's wider error.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from scipy.special import ndtr

from primemover.knowledge.course_rows import ExitRow, ExitWay
from primemover.knowledge.loading import load
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, Side
from primemover.model.plan import StepSide
from primemover.model.retest import ChangeKind, ExitResult, ExitStatus, MeasureChange, Visit
from primemover.model.units import from_display
from primemover.retest.numbers import amount, change_words
from primemover.retest.yardstick import known

__all__ = ["exit_results"]

_TRAINED: Final = {StepSide.LEFT: (Side.LEFT,), StepSide.RIGHT: (Side.RIGHT,)}
_BOTH: Final = (Side.LEFT, Side.RIGHT)
_GAINS: Final = {"gain": 1.0, "fall": -1.0}
_BEST: Final = (ExitStatus.MET, ExitStatus.OPEN, ExitStatus.NOT_MET, ExitStatus.UNTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """How one way to meet an exit test stands, and what to say: a template and its value."""

    status: ExitStatus
    template: str
    value: str = ""


def exit_results(
    step: int, first: Visit, last: Visit, changes: Mapping[str, MeasureChange]
) -> tuple[ExitResult, ...]:
    """Return the exit tests of a step that count for this person, one result per trained side.

    Parameters
    ----------
    step
        1 to 4; the lift has no exit test that an exam could measure.
    first, last
        The sessions between which gains are counted.
    changes
        First against last, by measure id.
    """
    rows = [row for row in load().exits.values() if row.step == step]
    counting = [row for row in rows if _counts(row, (first, last))] or rows
    side = last.steps.get(step) or first.steps.get(step) or StepSide.BOTH
    return tuple(
        _result(row, one, last, changes)
        for row in counting
        for one in (_TRAINED.get(side, _BOTH) if row.any[0].sided else (Side.NONE,))
    )


def _counts(row: ExitRow, visits: Iterable[Visit]) -> bool:
    """Return whether a finding or state called for an exit test, or nobody looked for any."""
    if not row.when_found:
        return True
    looked = False
    for visit in visits:
        statuses = [one.status for one in visit.findings if one.id in row.when_found]
        states = [one.state for one in visit.states if one.id != "pairing"]
        looked = looked or bool(statuses)
        if any(status is not FindingStatus.ABSENT for status in statuses):
            return True
        if not set(states).isdisjoint(row.when_found):
            return True
    return not looked


def _result(
    row: ExitRow, side: Side, last: Visit, changes: Mapping[str, MeasureChange]
) -> ExitResult:
    answers = [(way, _answer(way, side, last, changes)) for way in row.any]
    way, best = min(answers, key=lambda pair: _BEST.index(pair[1].status))
    # with several ways, the reader is told which one decided
    which = f"{load().measures[way.measure].label}: " if len(row.any) > 1 else ""
    where = "" if side is Side.NONE else f" ({side.value})"
    label = f"{row.label[:1].upper()}{row.label[1:]}{where}"
    return ExitResult(
        id=row.id,
        label=label,
        side=side,
        status=best.status,
        plain=best.template.format(label=label, value=f"{which}{best.value}"),
    )


def _answer(way: ExitWay, side: Side, last: Visit, changes: Mapping[str, MeasureChange]) -> _Answer:
    texts = load().retest_texts
    name = f"{way.measure}_{side.value}" if way.sided else way.measure
    now = known(last, name)
    if now is None:
        return _Answer(status=ExitStatus.UNTESTED, template=texts.exit_untested)
    if way.kind in _GAINS:
        return _gain(way, name, changes.get(name))
    return _level(way, name, now)


def _level(way: ExitWay, name: str, now: Measure) -> _Answer:
    """Return whether a value is beyond its line, with the probability that calls a finding."""
    texts, decision = load().retest_texts, load().decision
    line = from_display(way.value, way.unit)[0]
    beyond = now.value - line if way.kind == "at_least" else line - now.value
    chance = float(ndtr(beyond / now.se)) if now.se > 0.0 else float(beyond >= 0.0)
    value = amount(name, now.value)
    if chance >= decision.present_from:
        return _Answer(status=ExitStatus.MET, template=texts.exit_met, value=value)
    if chance <= decision.absent_to:
        return _Answer(status=ExitStatus.NOT_MET, template=texts.exit_not_met, value=value)
    return _Answer(status=ExitStatus.OPEN, template=texts.exit_open, value=value)


def _gain(way: ExitWay, name: str, change: MeasureChange | None) -> _Answer:
    """Return whether a value changed by as much as asked, and by more than its error."""
    texts = load().retest_texts
    if change is None or change.kind is ChangeKind.NOT_MEASURED_AGAIN:
        return _Answer(status=ExitStatus.UNTESTED, template=texts.exit_untested)
    if not math.isfinite(change.change):
        return _Answer(status=ExitStatus.UNTESTED, template=texts.exit_instrument)
    value = change_words(name, change.change)
    enough = _GAINS[way.kind] * change.change >= from_display(way.value, way.unit)[0]
    if not enough:
        return _Answer(status=ExitStatus.NOT_MET, template=texts.exit_not_met, value=value)
    if change.kind is ChangeKind.REAL:
        return _Answer(status=ExitStatus.MET, template=texts.exit_met, value=value)
    return _Answer(status=ExitStatus.OPEN, template=texts.exit_gain_open, value=value)
