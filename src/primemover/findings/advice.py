"""The next measurement in a sentence, for one open question and for the exam as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from primemover.findings.further import Question, Trial, best, trials
from primemover.findings.joint import parts_of
from primemover.findings.words import label_of, listing
from primemover.knowledge.loading import load
from primemover.model.measure import Instrument, Measure
from primemover.model.reasoning import Conflict, FurtherKind, FurtherMeasurement

__all__ = ["Advice", "advise", "again", "film_lift", "hopeless", "rank"]

_HARDLY: Final = 0.1  # engineering default: less likely successes are not promised
_UNLIKELY: Final = 0.3  # the same, for a single finding when the tests are called
_MOST: Final = 3  # engineering default: nobody reads a longer list
_NOTHING: Final = 0.01  # bits: engineering default, less is not worth a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An open question, every candidate for it, and the one that is worth most."""

    question: Question
    tried: tuple[Trial, ...]
    further: FurtherMeasurement


def advise(question: Question, measures: Mapping[str, Measure]) -> Advice | None:
    """Return what would settle an open question; None where nothing can be measured for it."""
    tried = trials(question, measures)
    chosen = best(tried)
    if chosen is None:
        return None
    return Advice(
        question=question,
        tried=tried,
        further=FurtherMeasurement(
            kind=chosen.kind,
            measures=chosen.measures,
            readings=chosen.readings,
            probability=chosen.probability,
            bits=chosen.bits,
            settles=(question.id,),
            text=_sentence(chosen, tried),
        ),
    )


def rank(found: Sequence[Advice], *, first: frozenset[str]) -> tuple[FurtherMeasurement, ...]:
    """Return the measurements that tell most over all that is open, best first.

    `first` are ids of questions that come before all others: those that keep the two tests from
    being read together; of them, what nobody measured yet comes before what was. Bits are added
    over the questions that a measurement bears on.
    """
    wide = [_over_all(one, found) for one in found if _is_worth(one.further, first)]
    wide.sort(key=lambda one: _order(one, first))
    distinct: dict[tuple[str, ...], FurtherMeasurement] = {}
    for one in wide:
        distinct.setdefault(one.measures, one)
    return tuple(distinct.values())[:_MOST]


def _is_worth(one: FurtherMeasurement, first: frozenset[str]) -> bool:
    """Return whether a measurement belongs on the list: an unlikely success only for a test."""
    return one.settles[0] in first or not one.probability < _UNLIKELY


def _order(one: FurtherMeasurement, first: frozenset[str]) -> tuple[bool, bool, bool, float]:
    known = one.kind is not FurtherKind.MEASURE
    return hopeless(one), one.settles[0] not in first, known, -_number(one.bits)


def film_lift(*, decides: bool) -> FurtherMeasurement:
    """Return the advice to film the lift, which decides where the two tests do not (`decides`)."""
    texts = load().next_texts
    return FurtherMeasurement(
        kind=FurtherKind.FILM_LIFT,
        measures=(),
        readings=_MOST,
        text=texts.film_lift_decides if decides else texts.film_lift,
        settles=("lift",),
    )


def again(conflicts: Iterable[Conflict]) -> tuple[FurtherMeasurement, ...]:
    """Return the advice to do a test again whose readings contradict each other."""
    rows = load().conflicts
    return tuple(
        FurtherMeasurement(
            kind=FurtherKind.REPEAT,
            measures=tuple(n for n in one.measures if parts_of(n) is None)
            or parts_of(one.measures[0])
            or one.measures,
            readings=_MOST,
            text=one.to_do,
            settles=(f"hip_{one.side}" if rows[one.id].leaves_open == "hip" else "bend",),
        )
        for one in conflicts
        if one.id in rows and rows[one.id].leaves_open
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Same:
    """What makes two candidates of different questions the same measurement."""

    kind: FurtherKind
    measures: tuple[str, ...]
    readings: int


def _same(one: Trial | FurtherMeasurement) -> _Same:
    return _Same(kind=one.kind, measures=one.measures, readings=one.readings)


def _over_all(mine: Advice, found: Sequence[Advice]) -> FurtherMeasurement:
    """Return a measurement with what it settles over all questions, and the bits of it."""
    settles, bits, same = list(mine.further.settles), mine.further.bits, _same(mine.further)
    for other in found:
        if other.question.id == mine.question.id:
            continue
        equal = [one for one in other.tried if _same(one) == same]
        if equal and _number(equal[0].bits) > _NOTHING:
            settles.append(other.question.id)
            bits = _number(bits) + equal[0].bits
    return replace(mine.further, settles=tuple(settles), bits=bits)


def hopeless(one: FurtherMeasurement) -> bool:
    """Return whether it would hardly settle what it is meant for."""
    return one.kind is not FurtherKind.MEASURE and one.probability < _HARDLY


def _number(bits: float) -> float:
    return 0.0 if math.isnan(bits) else bits


def _sentence(chosen: Trial, tried: Sequence[Trial]) -> str:
    texts = load().next_texts
    what = listing(label_of(name) for name in chosen.measures)
    chance = _in_ten(chosen.probability)
    if chosen.kind is FurtherKind.MEASURE:
        open_chance = math.isnan(chosen.probability) or chosen.probability < _HARDLY
        said = texts.missing if open_chance else texts.missing_chance
        return said.format(what=what, chance=chance)
    if chosen.kind is FurtherKind.RETAKE:
        instrument = listing(_named(one) for one in chosen.instruments)
        again = texts.retake.format(what=what, instrument=instrument, chance=chance)
        return f"{again} {_as_before(tried)}".strip()
    if chosen.probability < _HARDLY:
        return f"{_as_before(tried)} {texts.on_the_line}"
    if chosen.readings == 1 and len(chosen.measures) == 1:
        return texts.repeat_one.format(what=what, chance=chance)
    said = texts.repeat_more if len(chosen.measures) == 1 else texts.repeat_each
    return said.format(what=what, readings=_count(chosen.readings), chance=chance)


def _as_before(tried: Sequence[Trial]) -> str:
    """Say what the best repeats would do."""
    repeats = [one for one in tried if one.kind is FurtherKind.REPEAT]
    if not repeats:
        return ""
    most = max(repeats, key=lambda one: (one.probability, -one.readings))
    if most.probability < _HARDLY:
        return load().next_texts.as_before_hardly
    return load().next_texts.as_before.format(
        readings=_count(most.readings), chance=_in_ten(most.probability)
    )


def _in_ten(probability: float) -> str:
    """Return a probability as cases of ten, never none and never all."""
    texts = load().next_texts
    if math.isnan(probability):
        return ""
    count = round(10.0 * probability)
    if count < 1:
        return texts.in_ten_hardly
    return texts.in_ten.format(count=min(count, 9))


def _count(readings: int) -> str:
    return {1: "one", 2: "two", 3: "three", 5: "five"}.get(readings, str(readings))


def _named(instrument: Instrument) -> str:
    label = load().instruments[instrument].label
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
