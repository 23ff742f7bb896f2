"""Which further measurement would settle an open question, and how likely it is to.

A question is a set of conditions that exclude each other. Every candidate - more readings, a
missing measurement, a trained person with a better instrument - is tried on the outcomes that it
may have, given today's errors; on each outcome the question is asked again. The share of outcomes
in which it is then called is the probability; the mean loss of entropy is the information
(Lindley 1956, Ann Math Statist 27:986-1005). Readings are taken to come out as the reading itself
would use them: repeats are averaged, a more precise instrument replaces the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri, xlogy

from primemover.findings.chances import chances, normals
from primemover.findings.joint import parts_of, side_of
from primemover.findings.uncertain import Uncertain, repeatable_share, stem_of
from primemover.findings.world import World, world_of
from primemover.knowledge.evidence_rows import PrecisionRow
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.arrays import Floats
from primemover.model.measure import Instrument, Measure
from primemover.model.reasoning import FurtherKind
from primemover.model.units import from_display

__all__ = ["Question", "Trial", "best", "trials"]

# Engineering defaults: nobody repeats a test more than five times; each further reading must buy
# four points of probability, each further measure two, finding a trained person twenty.
_REPEATS: Final = (1, 2, 3, 5)
_READING_COST: Final = 0.04
_MEASURE_COST: Final = 0.02
_RETAKE_COST: Final = 0.20
_RETAKE_READINGS: Final = 3
_SHARPER: Final = 0.9  # a better instrument must bring the error down to this part of it
_QUANTILES: Final = 15  # outcomes of one measurement
_OUTCOMES: Final = 32  # outcomes of several together
_DRAWS: Final = 256  # of a question without closed form, per outcome: right to 2-3 points
_HANDS: Final = (Instrument.INCLINOMETER, Instrument.GONIOMETER, Instrument.TAPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something open.

    Attributes
    ----------
    id : ``"hip_left"``, ``"bend"``, a finding's id
    conditions : exclude each other and leave nothing out
    needed : measures read directly that it cannot do without
    enough : the probability from which it counts as called
    """

    id: str
    conditions: tuple[Condition, ...]
    needed: tuple[str, ...]
    enough: float

    @property
    def bases(self) -> tuple[str, ...]:
        """Every measure read directly that it rests on, optional ones included."""
        found: list[str] = []
        for condition in self.conditions:
            for leaf in condition.leaves():
                found += parts_of(leaf.measure) or (leaf.measure,)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A candidate and what may come of it; fields as in `FurtherMeasurement`."""

    kind: FurtherKind
    measures: tuple[str, ...]
    readings: int
    probability: float
    bits: float
    instruments: tuple[Instrument, ...] = ()

    @property
    def worth(self) -> float:
        """Probability less what the readings cost."""
        cost = _READING_COST * self.readings + _MEASURE_COST * (len(self.measures) - 1)
        return self.probability - cost - (_RETAKE_COST if self.kind is FurtherKind.RETAKE else 0.0)


def best(found: Sequence[Trial]) -> Trial | None:
    """Return the candidate that is worth most; the first of equals."""
    return max(found, key=lambda one: one.worth, default=None)


def trials(question: Question, measures: Mapping[str, Measure]) -> tuple[Trial, ...]:
    """Return every candidate for an open question; what it cannot do without comes first.

    Optional measures that were not taken are candidates where something is expected of them.
    """
    world = world_of(measures)
    absent = tuple(name for name in question.needed if name not in world.known)
    if absent:
        return _missing(question, world, absent)
    known = tuple(name for name in question.bases if name in world.known)
    loose = tuple(name for name in known if measures[name].se > 0.0)
    unread = (name for name in question.bases if name not in world.known)
    return (
        *_repeats(question, world, measures, loose),
        *(one for name in unread for one in _missing(question, world, (name,)) if one.bits > 0.0),
        *_retake(question, world, loose),
    )


def _repeats(
    question: Question, world: World, measures: Mapping[str, Measure], loose: tuple[str, ...]
) -> Iterator[Trial]:
    groups = [(name,) for name in loose]
    for group in [*groups, loose] if len(loose) > 1 else groups:
        rolled = _rolled(len(group))
        changes = {}
        for column, name in enumerate(group):
            one = world.known[name]
            after = np.array([_repeated(measures[name], more) for more in _REPEATS])
            step = np.sqrt(np.maximum(one.se**2 - after**2, 0.0))
            mean = one.mean + step[:, None] * rolled[None, :, column]
            errors = np.broadcast_to(after[:, None], mean.shape)
            changes[name] = Uncertain(
                mean=mean.ravel(), se=errors.ravel(), instrument=one.instrument
            )
        asked = _asked(question, world.with_readings(changes), len(_REPEATS))
        for more, (probability, bits) in zip(_REPEATS, asked, strict=True):
            yield Trial(
                kind=FurtherKind.REPEAT,
                measures=group,
                readings=more,
                probability=probability,
                bits=bits,
            )


def _retake(question: Question, world: World, loose: tuple[str, ...]) -> tuple[Trial, ...]:
    """Return the candidate of a trained person with the most precise hand instrument."""
    sharpest = {name: _sharpest(name) for name in loose}
    errors = {name: _trained_se(row) for name, row in sharpest.items() if row is not None}
    sharper = [n for n, se in errors.items() if se < _SHARPER * float(world.known[n].se[0])]
    if not sharper or len(errors) < len(loose):
        return ()
    rolled = _rolled(len(loose))
    changes = {
        name: Uncertain(
            mean=world.known[name].mean
            + np.hypot(world.known[name].se, errors[name]) * rolled[:, column],
            se=np.full(len(rolled), errors[name]),
            instrument=_instrument(sharpest[name]),
        )
        for column, name in enumerate(loose)
    }
    ((probability, bits),) = _asked(question, world.with_readings(changes), 1)
    return (
        Trial(
            kind=FurtherKind.RETAKE,
            measures=loose,
            readings=_RETAKE_READINGS,
            probability=probability,
            bits=bits,
            instruments=tuple(dict.fromkeys(_instrument(sharpest[name]) for name in loose)),
        ),
    )


def _missing(question: Question, world: World, absent: tuple[str, ...]) -> tuple[Trial, ...]:
    """Return the one candidate of measuring all that is absent, three readings each."""
    rolled = _rolled(len(absent))
    changes: dict[str, Uncertain] = {}
    for column, name in enumerate(absent):
        drawn = _expected(name, {**world.known, **changes}, rolled[:, column])
        if drawn is None:
            nothing = Trial(
                kind=FurtherKind.MEASURE,
                measures=absent,
                readings=_RETAKE_READINGS,
                probability=math.nan,
                bits=math.nan,
            )
            return (nothing,)
        changes[name] = drawn
    ((probability, bits),) = _asked(question, world.with_readings(changes), 1)
    return (
        Trial(
            kind=FurtherKind.MEASURE,
            measures=absent,
            readings=_RETAKE_READINGS,
            probability=probability,
            bits=bits,
        ),
    )


def _expected(name: str, known: Mapping[str, Uncertain], rolled: Floats) -> Uncertain | None:
    """Return what a missing measurement may read, or None where nothing is expected of it."""
    side = side_of(name).value
    row = _sharpest(name)
    for expected in load().expected:
        beside = expected.beside.format(side=side)
        if expected.measure != stem_of(name) or (beside and beside not in known) or row is None:
            continue
        mean, sd = (from_display(v, expected.unit)[0] for v in (expected.mean, expected.sd))
        at = known[beside].mean if beside else 0.0
        same = known[beside].instrument if beside else _instrument(row)
        error = _trained_se(row)
        return Uncertain(
            mean=at + mean + np.hypot(sd, error) * rolled,
            se=np.full(len(rolled), error),
            instrument=same,
        )
    return None


def _asked(question: Question, world: World, groups: int) -> list[tuple[float, float]]:
    """Return per group of outcomes how often the question is called, and the bits it loses."""
    found = chances(question.conditions, world, draws=_DRAWS)
    # where no outcome bears on the question (a share that was refused), there is one case
    cases = max(groups, *(one.sure.size for one in found))
    sure = np.stack([np.broadcast_to(one.sure, (cases,)) for one in found])
    left = np.maximum(1.0 - sure.sum(axis=0), 0.0)
    called = sure.max(axis=0) >= question.enough
    together = np.concatenate([sure, left[None, :]]).reshape(len(sure) + 1, groups, -1)
    bits = _entropy(together.mean(axis=2)) - _entropy(together).mean(axis=1)
    often = called.reshape(groups, -1).mean(axis=1)
    return [(float(p), max(float(b), 0.0)) for p, b in zip(often, bits, strict=True)]


def _entropy(probabilities: Floats) -> Floats:
    """Return the entropy over the first axis, bits."""
    return np.asarray(-xlogy(probabilities, probabilities).sum(axis=0) / np.log(2.0))


def _rolled(dimensions: int) -> Floats:
    """Return standard normal outcomes, (outcomes, dimensions): quantiles of one, draws of more."""
    if dimensions == 1:
        return np.asarray(ndtri((np.arange(_QUANTILES) + 0.5) / _QUANTILES))[:, None]
    return normals(dimensions, _OUTCOMES)


def _repeated(measure: Measure, more: int) -> float:
    """Return the standard error with `more` readings like those so far, SI.

    Only the repeatable share of the error shrinks; where the number of readings so far is not
    told, one is assumed.
    """
    share = repeatable_share(measure)
    taken = max(measure.repeats, 1)
    before = (1.0 - share) + share / taken
    after = (1.0 - share) + share / (taken + more)
    return measure.se * math.sqrt(after / before)


def _sharpest(name: str) -> PrecisionRow | None:
    rows = [r for r in load().precision if stem_of(name) in r.measures and r.instrument in _HANDS]
    return min(rows, key=lambda row: row.sem, default=None)


def _instrument(row: PrecisionRow | None) -> Instrument:
    return Instrument.INCLINOMETER if row is None else row.instrument


def _trained_se(row: PrecisionRow) -> float:
    """Return the error of a trained person's three readings, SI."""
    left = (1.0 - row.repeatable_share) + row.repeatable_share / _RETAKE_READINGS
    return from_display(row.sem, row.unit)[0] * math.sqrt(left)
