"""How much a measure scatters over repetitions, and when the same repetitions are read twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from primemover.exam.lift_measures import LIFT_MEASURES
from primemover.model.arrays import Floats
from primemover.model.repetition import Repetition
from validation.real.again import (
    Look,
    corrected_angles,
    every_other,
    look_of,
    measured,
    plain_angles,
)
from validation.real.clips import SETS, RealFilm
from validation.real.spread import Scatter, scatter, twice_read

__all__ = ["Repeated", "repeated", "values_of"]

BySet: TypeAlias = dict[str, list[Repetition]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """One measure over the sets of `clips.SETS`, in SI units.

    Attributes
    ----------
    by_set : set -> what the product gave for each repetition, (N,); NaN = not measured
    within : scatter within the sets
    plain_within : the same without the correction
    stated_se : median of what is stated for one repetition; NaN = never measured
    twice : error of one reading when every repetition is read from every other picture and again
        from the pictures in between
    """

    measure: str
    unit: str
    by_set: dict[str, Floats]
    within: Scatter
    plain_within: Scatter
    stated_se: float
    twice: float


def repeated(films: Mapping[str, RealFilm]) -> list[Repeated]:
    """Return every measure that at least two repetitions of one set have."""
    shipped = _repetitions(films, lambda look: look.repetitions)
    plain = _repetitions(films, lambda look: measured(look, plain_angles))
    halves = [_repetitions(films, _from_half(first)) for first in (0, 1)]
    rows = []
    for measure, unit in LIFT_MEASURES.items():
        values, unread = (
            {name: values_of(one, measure) for name, one in of.items()} for of in (shipped, plain)
        )
        twice = [np.concatenate([values_of(one, measure) for one in of.values()]) for of in halves]
        row = Repeated(
            measure=measure,
            unit=unit,
            by_set=values,
            within=scatter(list(values.values())),
            plain_within=scatter(list(unread.values())),
            stated_se=_stated(shipped, measure),
            twice=twice_read(*twice),
        )
        rows.append(row)
    return [row for row in rows if row.within.freedom]


def values_of(repetitions: Sequence[Repetition], measure: str) -> Floats:
    """Return a measure's value for each repetition, (N,), NaN = not measured."""
    found = [one.measures.get(measure) for one in repetitions]
    return np.array([m.value if m is not None and m.is_known else np.nan for m in found])


def _repetitions(
    films: Mapping[str, RealFilm], read: Callable[[Look], Sequence[Repetition]]
) -> BySet:
    """Return the repetitions of every set whose films are there, read in one way."""
    out: BySet = {}
    for name, clips in SETS.items():
        trials = [films[one].trial for one in clips if one in films]
        looks = [look_of(trial) for trial in trials if trial is not None]
        out[name] = [one for look in looks if look is not None for one in read(look)]
    return {name: found for name, found in out.items() if found}


def _from_half(first: int) -> Callable[[Look], Sequence[Repetition]]:
    return lambda look: measured(every_other(look, first), corrected_angles)


def _stated(of: BySet, measure: str) -> float:
    found = [one.measures[measure] for reps in of.values() for one in reps if one.measures]
    errors = [m.se for m in found if m.is_known]
    return float(np.median(errors)) if errors else float("nan")
