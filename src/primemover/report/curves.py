"""Repetitions laid over each other on one clock, for drawing.

Each repetition is stretched piece by piece so that its phases fall where they fall in the median
repetition (landmark registration, Ramsay & Silverman 2005, Functional Data Analysis, ch. 7). With
one repetition nothing is stretched. Only for pictures: no measure is taken from these curves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Ints
from primemover.model.measure import INTERVAL_SE
from primemover.model.series import Series
from primemover.model.trial import Trial, TrialKind
from primemover.words import word

__all__ = ["Clock", "Overlay", "Tick", "overlay", "repetition_clock"]

_GRID: Final = 121  # points a curve is drawn with; finer than a 420-unit drawing can show
_LIFT: Final = ("start_s", "lift_off_s", "knee_pass_s", "lockout_s", "end_s")
_BEND: Final = ("start_s", "lift_off_s", "bottom_s", "lockout_s", "end_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A phase on the shared clock, in seconds from its zero."""

    label: str
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The shared clock of all repetitions.

    Attributes
    ----------
    time_s : (G,) array, the median repetition's time; 0 at lift-off (or where the bend begins)
    film_s : (R, G) array, the film's time of each repetition at those instants
    ticks : the phases every repetition has
    """

    time_s: Floats
    film_s: Floats
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One quantity of all repetitions on the shared clock, SI.

    Attributes
    ----------
    each : (R, G) array, one row a repetition
    middle, se : (G,) arrays, the median over repetitions and the median standard error
    """

    id: str
    unit: str
    each: Floats
    middle: Floats
    se: Floats

    @property
    def low(self) -> Floats:
        """Lower end of the 90 % interval at each instant, (G,)."""
        return self.middle - INTERVAL_SE * self.se

    @property
    def high(self) -> Floats:
        """Upper end of the 90 % interval at each instant, (G,)."""
        return self.middle + INTERVAL_SE * self.se


def repetition_clock(trial: Trial) -> Clock | None:
    """Return the clock that the trial's repetitions share, None where there is nothing to share."""
    bends = trial.kind is TrialKind.FORWARD_BEND
    names, test = (_BEND, "bend") if bends else (_LIFT, "lift")
    knots = np.array(
        [[getattr(rep, name) for name in names] for rep in trial.repetitions], dtype=np.float64
    ).reshape(-1, len(names))
    columns = _usable(knots)
    if columns.size < 2:  # noqa: PLR2004 - a stretch has two ends
        return None
    knots = knots[:, columns]
    whole = np.all(np.diff(knots, axis=1) >= 0.0, axis=1) & (knots[:, -1] > knots[:, 0])
    if not whole.any():
        return None
    knots = knots[whole]
    shared = np.concatenate([[0.0], np.cumsum(np.median(np.diff(knots, axis=1), axis=0))])
    labels = [word("drawings.phase", f"{test}_{names[column]}") for column in columns]
    zero = shared[1] if columns[0] == 0 and columns.size > 2 else 0.0  # noqa: PLR2004 - as above
    shared = shared - zero
    time_s = np.linspace(shared[0], shared[-1], _GRID)
    film_s = np.array([np.interp(time_s, shared, row) for row in knots])
    ticks = tuple(
        Tick(label=label, at_s=float(at)) for label, at in zip(labels, shared, strict=True)
    )
    return Clock(time_s=time_s, film_s=film_s, ticks=ticks)


def overlay(series: Series, clock: Clock) -> Overlay | None:
    """Return one quantity on the shared clock, None where it was never measured in a repetition."""
    if not np.isfinite(series.value).any():
        return None
    each = np.array([_sample(series.time_s, series.value, row) for row in clock.film_s])
    if not np.isfinite(each).any():
        return None
    errors = np.array([_sample(series.time_s, series.se, row) for row in clock.film_s])
    return Overlay(
        id=series.id, unit=series.unit, each=each, middle=_median(each), se=_median(errors)
    )


def _usable(knots: Floats) -> Ints:
    """Return the columns that are known in most repetitions, in order."""
    if not knots.size:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.isfinite(knots).mean(axis=0) > 0.5).astype(np.int64)  # noqa: PLR2004 - most


def _sample(time_s: Floats, value: Floats, at_s: Floats) -> Floats:
    """Return linear interpolation that stays NaN beside a missing sample and outside the film."""
    right = np.clip(np.searchsorted(time_s, at_s), 1, time_s.size - 1)
    left = right - 1
    weight = (at_s - time_s[left]) / (time_s[right] - time_s[left])
    mixed = value[left] * (1.0 - weight) + value[right] * weight
    inside = (at_s >= time_s[0]) & (at_s <= time_s[-1])
    sampled: Floats = np.where(inside, mixed, np.nan)
    return sampled


def _median(rows: Floats) -> Floats:
    """Return the median of the known rows, NaN where fewer than half are known."""
    known = np.isfinite(rows)
    enough = known.mean(axis=0) >= 0.5  # noqa: PLR2004 - half
    filled = np.where(known, rows, np.inf)
    ranked = np.sort(filled, axis=0)
    count = known.sum(axis=0)
    low = np.take_along_axis(ranked, np.maximum((count - 1) // 2, 0)[None], axis=0)[0]
    high = np.take_along_axis(ranked, np.minimum(count // 2, len(rows) - 1)[None], axis=0)[0]
    with np.errstate(invalid="ignore"):
        middle = 0.5 * (low + high)
    result: Floats = np.where(enough & (count > 0), middle, np.nan)
    return result
