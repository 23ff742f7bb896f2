"""Read measures off curves: at an instant, as a change, over repetitions."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from primemover.model.measure import INTERVAL_SE, Measure, Status, not_measured
from primemover.model.repetition import Repetition
from primemover.model.series import Series

__all__ = ["NOT_SEEN", "at_instant", "change_between", "over_repetitions"]

NOT_SEEN = "not seen in this film at that moment"

_HALF_WINDOW_S = 0.07  # two to four frames of a phone's film
# Errors of one person's angle at two instants of one film share body shape, clothing and camera;
# half of the variance in common is an engineering default until it is calibrated.
_SHARED = 0.5


def at_instant(series: Series, time_s: float, measure_id: str, *, why: str = NOT_SEEN) -> Measure:
    """Return the median of `series` about an instant, or not measured."""
    if not math.isfinite(time_s):
        return not_measured(measure_id, why, unit=series.unit)
    near = np.abs(series.time_s - time_s) <= _HALF_WINDOW_S
    near &= np.isfinite(series.value)
    if not near.any():
        return not_measured(measure_id, why, unit=series.unit)
    return Measure(
        id=measure_id,
        value=float(np.median(series.value[near])),
        se=float(np.median(series.se[near])),
        unit=series.unit,
    )


def change_between(
    series: Series, from_s: float, to_s: float, measure_id: str, *, why: str = NOT_SEEN
) -> Measure:
    """Return the later minus the earlier value; systematic errors partly cancel."""
    before = at_instant(series, from_s, measure_id, why=why)
    after = at_instant(series, to_s, measure_id, why=why)
    if not (before.is_known and after.is_known):
        return not_measured(measure_id, why, unit=series.unit)
    variance = before.se**2 + after.se**2 - 2.0 * _SHARED * before.se * after.se
    return replace(after, value=after.value - before.value, se=math.sqrt(variance))


def over_repetitions(repetitions: tuple[Repetition, ...], measure_id: str, unit: str) -> Measure:
    """Return the mean of a measure over the repetitions in which it is known.

    The systematic part of the error does not shrink with repetitions, their scatter does: the
    standard error is sqrt(median(se)^2 + variance / n). Where all have `bounds` theirs are averaged
    and widened by the scatter.
    """
    known = [
        repetition.measures[measure_id]
        for repetition in repetitions
        if measure_id in repetition.measures and repetition.measures[measure_id].is_known
    ]
    if not known:
        reasons = [
            repetition.measures[measure_id].why
            for repetition in repetitions
            if measure_id in repetition.measures
        ]
        return not_measured(measure_id, reasons[0] if reasons else "no repetition", unit=unit)
    values = np.array([measure.value for measure in known])
    errors = np.array([measure.se for measure in known])
    scatter = float(values.var(ddof=1)) / values.size if values.size > 1 else 0.0
    estimated = any(measure.status is Status.ESTIMATED for measure in known)
    return replace(
        known[0],
        value=float(values.mean()),
        se=math.sqrt(float(np.median(errors)) ** 2 + scatter),
        status=Status.ESTIMATED if estimated else Status.MEASURED,
        bounds=_bounds(known, scatter),
    )


def _bounds(known: list[Measure], scatter: float) -> tuple[float, float] | None:
    ends = [measure.bounds for measure in known if measure.bounds is not None]
    if len(ends) < len(known):
        return None
    value = float(np.mean([measure.value for measure in known]))
    low, high = np.mean(ends, axis=0)
    more = INTERVAL_SE * math.sqrt(scatter)
    return value - math.hypot(value - low, more), value + math.hypot(high - value, more)
