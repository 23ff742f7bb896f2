"""What counts as one observation: thinned frames inside true repetitions, and measures at events.

Neighbouring frames say nearly the same, so of every true repetition ten frames are taken, evenly
spaced in time order; the choice looks at the truth's clock only, never at what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Ints, Mask
from primemover.model.units import to_display
from validation.table.records import CurveResult, FilmResult, MeasureResult

__all__ = ["FRAMES_PER_REPETITION", "Observations", "of_curves", "of_measures", "thinned"]

FRAMES_PER_REPETITION: Final = 10
_FIELDS: Final = ("true", "measured", "low", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """Pairs of true and measured values, in the unit shown to people (degrees, centimetres).

    Attributes
    ----------
    true, measured, low, high : (N,); NaN in `measured` = not measured
    person, film : (N,) index of the person, and of the film in the list they were taken from
    """

    true: Floats
    measured: Floats
    low: Floats
    high: Floats
    person: Ints
    film: Ints

    def of(self, rows: Mask) -> Observations:
        """Return the observations of these rows."""
        return Observations(
            true=self.true[rows],
            measured=self.measured[rows],
            low=self.low[rows],
            high=self.high[rows],
            person=self.person[rows],
            film=self.film[rows],
        )

    def of_films(self, chosen: Mask) -> Observations:
        """Return the observations of the films marked in (F,) `chosen`."""
        return self.of(chosen[self.film])

    def where_measured(self, other: Observations) -> Observations:
        """Return the observations at which `other`, taken at the same places, was measured."""
        return self.of(np.isfinite(other.measured))

    def people_count(self) -> int:
        """Return how many people are in it."""
        return int(np.unique(self.person).size)


def thinned(curve: CurveResult) -> Ints:
    """Return the frames of a curve that count: at most ten of every true repetition."""
    known = np.isfinite(curve.true)
    taken = []
    for number in np.unique(curve.repetition[known & (curve.repetition >= 0)]):
        frames = np.flatnonzero(known & (curve.repetition == number))
        places = np.linspace(0, frames.size - 1, min(FRAMES_PER_REPETITION, frames.size))
        taken.append(frames[np.round(places).astype(np.int64)])
    return np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)


def of_curves(
    films: Sequence[FilmResult],
    ids: Iterable[str],
    *,
    instead: Callable[[FilmResult, CurveResult], Floats] | None = None,
) -> Observations:
    """Return the observations of some curves of all films.

    Parameters
    ----------
    films, ids
        The films, and the curves that are pooled (a left and a right one, usually one).
    instead
        Returns (T,) SI values that take the place of what the product measured: a baseline. They
        have no interval.
    """
    wanted = set(ids)
    parts = []
    for index, film in enumerate(films):
        for curve in film.curves:
            if curve.id not in wanted:
                continue
            rows = thinned(curve)
            values = {name: getattr(curve, name)[rows] for name in _FIELDS}
            if instead is not None:
                nothing = np.full(rows.size, np.nan)
                values |= {
                    "measured": instead(film, curve)[rows],
                    "low": nothing,
                    "high": nothing,
                }
            parts.append(_part(values, to_display(1.0, curve.unit)[0], film, index))
    return _together(parts)


def of_measures(films: Sequence[FilmResult], ids: Iterable[str]) -> Observations:
    """Return the observations of some measures: per repetition, else per film."""
    wanted = set(ids)
    parts = []
    for index, film in enumerate(films):
        for one in _per_repetition([m for m in film.measures if m.id in wanted]):
            values = {name: np.array([getattr(one, name)]) for name in _FIELDS}
            parts.append(_part(values, to_display(1.0, one.unit)[0], film, index))
    found = _together(parts)
    return found.of(np.isfinite(found.true))


def _per_repetition(measures: list[MeasureResult]) -> list[MeasureResult]:
    """Return the measures without film means of what is there per repetition as well."""
    repeated = {one.id for one in measures if one.repetition >= 0}
    return [one for one in measures if one.repetition >= 0 or one.id not in repeated]


def _part(values: dict[str, Floats], scale: float, film: FilmResult, index: int) -> Observations:
    count = values["true"].size
    return Observations(
        **{name: scale * array for name, array in values.items()},
        person=np.full(count, film.factors.person, dtype=np.int64),
        film=np.full(count, index, dtype=np.int64),
    )


def _together(parts: list[Observations]) -> Observations:
    none, no_index = np.zeros(0), np.zeros(0, dtype=np.int64)
    empty = Observations(
        true=none, measured=none, low=none, high=none, person=no_index, film=no_index
    )
    if not parts:
        return empty
    names = (*_FIELDS, "person", "film")
    return replace(empty, **{n: np.concatenate([getattr(p, n) for p in parts]) for n in names})
