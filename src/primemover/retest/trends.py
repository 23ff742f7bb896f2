"""A measure over three or more sessions: a weighted straight line, in closed form.

With values y at times t and standard errors s, w = 1 / s^2 and sums over the sessions,

    t0 = sum(w t) / sum(w)        level = sum(w y) / sum(w)
    slope = sum(w (t - t0) y) / sum(w (t - t0)^2)        var(slope) = 1 / sum(w (t - t0)^2)

(weighted least squares, Aitken 1936). Where the sessions scatter about the line by more than their
errors (chi-square over n - 2 above 1) the slope's error is widened by its root, the habit of the
Particle Data Group (Navas 2024, 5.2.2); less scatter never narrows it. `s` is the error that
comparing sessions has to reckon with: the MDC's where it is larger than the reading's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chdtrc

from primemover.knowledge.loading import load
from primemover.model.arrays import Floats
from primemover.model.measure import INTERVAL_SE
from primemover.model.retest import ChangeKind, Trend, TrendPoint, Visit
from primemover.retest.changes import aim_of
from primemover.retest.numbers import label_of, side_of, signed
from primemover.retest.yardstick import Z95, known, yardstick

__all__ = ["Line", "straight_line", "trends_of"]

_DAYS_A_WEEK: Final = 7.0
_BENT: Final = 0.05  # chi-square this unlikely on a straight line is told; engineering default


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A weighted straight line; `at` is where `level` and `slope` are independent of each other."""

    slope: float
    slope_se: float
    level: float
    at: float
    misfit: float


def straight_line(time: Floats, value: Floats, se: Floats) -> Line:
    """Return the weighted line through points.

    Parameters
    ----------
    time, value, se : (N,) arrays with N >= 3, se > 0, not all times equal; any units
    """
    weight = 1.0 / se**2
    at = float((weight * time).sum() / weight.sum())
    level = float((weight * value).sum() / weight.sum())
    spread = float((weight * (time - at) ** 2).sum())
    slope = float((weight * (time - at) * value).sum()) / spread
    left = value - level - slope * (time - at)
    misfit = float((weight * left**2).sum()) / (time.size - 2)
    wider = math.sqrt(max(misfit, 1.0))
    return Line(slope=slope, slope_se=wider / math.sqrt(spread), level=level, at=at, misfit=misfit)


def trends_of(visits: Sequence[Visit]) -> tuple[Trend, ...]:
    """Return the course of every measure that at least two visits know, in order of the measures.

    Visits that cannot be compared with the last one that knows it (another instrument, network,
    lift or load) are shown and take no part in the line.
    """
    found = (_trend(name, visits) for name in load().measure_of_id)
    return tuple(one for one in found if one is not None)


def _trend(measure_id: str, visits: Sequence[Visit]) -> Trend | None:
    having = [visit for visit in visits if known(visit, measure_id) is not None]
    if len(having) < 2:  # noqa: PLR2004 - one point is no course
        return None
    points = tuple(_point(measure_id, visit, having[-1]) for visit in having)
    used = [one for one in points if one.comparable]
    mdc = math.nan
    comparable = [visit for visit, one in zip(having, points, strict=True) if one.comparable]
    if len(comparable) > 1:
        mdc = yardstick(measure_id, comparable[0], comparable[-1]).mdc
    line = _line(points[0], used)
    kind = _kind(line)
    return Trend(
        id=measure_id,
        label=label_of(measure_id),
        side=side_of(measure_id),
        unit=load().measure_of_id[measure_id].unit,
        points=points,
        slope=line.slope * _DAYS_A_WEEK,
        slope_se=line.slope_se * _DAYS_A_WEEK,
        slope_low=(line.slope - INTERVAL_SE * line.slope_se) * _DAYS_A_WEEK,
        slope_high=(line.slope + INTERVAL_SE * line.slope_se) * _DAYS_A_WEEK,
        level=line.level,
        middle=line.at,
        misfit=line.misfit,
        mdc=mdc,
        kind=kind,
        plain=_plain(measure_id, line, kind, len(used)),
        listed=aim_of(measure_id).listed,
    )


def _point(measure_id: str, visit: Visit, last: Visit) -> TrendPoint:
    measure = visit.measures[measure_id]
    held = yardstick(measure_id, visit, last)
    own = yardstick(measure_id, visit, visit)
    return TrendPoint(
        date=visit.date,
        value=measure.value,
        se=own.se / math.sqrt(2.0),
        instrument=measure.instrument,
        comparable=not held.obstacle,
    )


def _line(first: TrendPoint, used: Sequence[TrendPoint]) -> Line:
    nothing = Line(slope=math.nan, slope_se=math.nan, level=math.nan, at=math.nan, misfit=math.nan)
    if len(used) < load().retest_rules.fewest_points:
        return nothing
    time = np.array([(one.date - first.date).days for one in used], dtype=np.float64)
    se = np.array([one.se for one in used])
    if not (np.isfinite(se).all() and (se > 0.0).all() and np.ptp(time) > 0.0):
        return nothing
    return straight_line(time, np.array([one.value for one in used]), se)


def _kind(line: Line) -> ChangeKind:
    if not math.isfinite(line.slope):
        return ChangeKind.ERROR_UNKNOWN
    beyond = abs(line.slope) > Z95 * line.slope_se
    return ChangeKind.REAL if beyond else ChangeKind.WITHIN_ERROR


def _plain(measure_id: str, line: Line, kind: ChangeKind, count: int) -> str:
    texts = load().retest_texts
    if kind is ChangeKind.ERROR_UNKNOWN:
        return texts.trend_few.format(count=count, fewest=load().retest_rules.fewest_points)
    template = texts.trend_flat
    if kind is ChangeKind.REAL:
        template = texts.trend_up if line.slope > 0.0 else texts.trend_down
    reach = INTERVAL_SE * line.slope_se
    said = template.format(
        count=count,
        slope=signed(measure_id, _DAYS_A_WEEK * line.slope),
        low=signed(measure_id, _DAYS_A_WEEK * (line.slope - reach)),
        high=signed(measure_id, _DAYS_A_WEEK * (line.slope + reach)),
    )
    bent = float(chdtrc(count - 2, line.misfit * (count - 2))) < _BENT
    return f"{said} {texts.trend_bent}" if bent else said
