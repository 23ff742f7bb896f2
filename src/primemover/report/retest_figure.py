"""A measure over the sessions: points with their errors, and the band that error alone explains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from primemover.model.measure import INTERVAL_SE
from primemover.model.retest import ChangeKind, Trend, TrendPoint
from primemover.model.units import to_display
from primemover.report import svg

__all__ = ["trend_drawing"]

_WIDTH: Final = 420.0
_HEIGHT: Final = 176.0
_LEFT: Final = 44.0
_RIGHT: Final = 42.0
_TOP: Final = 22.0
_BOTTOM: Final = 26.0
_ROOM: Final = 0.06  # of the shown span, above and below
_MOST_TICKS: Final = 4
_WHISKER: Final = 4.0
_DATE_GAP: Final = 52.0  # dates nearer than this would touch
_STEPS: Final = (1.0, 2.0, 5.0)
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def trend_drawing(trend: Trend, *, aim: tuple[float, float] = (math.nan, math.nan)) -> Markup:
    """Return the drawing of one measure over the sessions.

    Shaded: what a comparison with the first comparable session must leave to count as real (its
    value plus and minus the MDC). Whiskers: 90 % of each point's error between sessions. Points
    that cannot be compared are hollow. The line is drawn where there are enough sessions, dashed
    when it is within error. Dotted: the ends of the aim, where they lie in the picture.

    Parameters
    ----------
    trend
        With at least two points.
    aim
        (low, high) in SI; NaN = open.
    """
    scale = _Scale.around(trend)
    parts = [*_mdc_band(trend, scale), *_grid(scale, trend), *_aim_lines(aim, scale)]
    parts += [*_line(trend, scale), *_dates(trend, scale)]
    for point in trend.points:
        parts += _mark(point, trend, scale)
    parts += [_value_text(point, trend, scale) for point in (trend.points[0], trend.points[-1])]
    return svg.picture(_WIDTH, _HEIGHT, *parts, title=_title(trend), class_="chart trend")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where days and shown values land in a drawing."""

    low: float
    high: float
    days: float
    factor: float

    @classmethod
    def around(cls, trend: Trend) -> _Scale:
        factor = _factor(trend)
        ends: list[float] = []
        for point in trend.points:
            reach = INTERVAL_SE * point.se if math.isfinite(point.se) else 0.0
            ends += [point.value - reach, point.value + reach]
        first = _first(trend)
        if first is not None and math.isfinite(trend.mdc):
            ends += [first.value - trend.mdc, first.value + trend.mdc]
        low, high = factor * min(ends), factor * max(ends)
        room = _ROOM * (high - low) or 1.0
        span = (trend.points[-1].date - trend.points[0].date).days
        return cls(low=low - room, high=high + room, days=max(float(span), 1.0), factor=factor)

    def x(self, days: float) -> float:
        return _LEFT + 14.0 + days / self.days * (_WIDTH - _LEFT - _RIGHT - 28.0)

    def y(self, value_si: float) -> float:
        return self.y_shown(self.factor * value_si)

    def y_shown(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP)


def _factor(trend: Trend) -> float:
    is_share = trend.unit == "1" and any(word in trend.id for word in ("share", "imbalance"))
    return 100.0 if is_share else to_display(1.0, trend.unit)[0]


def _unit(trend: Trend) -> str:
    if _factor(trend) == 100.0 and trend.unit == "1":  # noqa: PLR2004 - a share in percent
        return "%"
    shown = to_display(0.0, trend.unit)[1]
    return {"deg": "°", "1": ""}.get(shown, f" {shown}")


def _tick_unit(trend: Trend) -> str:
    """Return what stands beside a tick: units of one sign only, the others make it too long."""
    unit = _unit(trend)
    return unit if unit in {"°", "%"} else ""


def _first(trend: Trend) -> TrendPoint | None:
    return next((one for one in trend.points if one.comparable), None)


def _days(point: TrendPoint, trend: Trend) -> float:
    return float((point.date - trend.points[0].date).days)


def _mdc_band(trend: Trend, scale: _Scale) -> list[Markup]:
    first = _first(trend)
    if first is None or not math.isfinite(trend.mdc):
        return []
    top, foot = scale.y(first.value + trend.mdc), scale.y(first.value - trend.mdc)
    left, right = scale.x(_days(first, trend)) - 14.0, _WIDTH - _RIGHT
    box = svg.tag("rect", class_="chance", x=left, y=top, width=right - left, height=foot - top)
    y = scale.y(first.value)
    return [box, svg.tag("line", class_="start", x1=left, x2=right, y1=y, y2=y)]


def _grid(scale: _Scale, trend: Trend) -> list[Markup]:
    parts = []
    for value in _ticks(scale.low, scale.high):
        y = scale.y_shown(value)
        kind = "zero" if value == 0.0 else "grid"
        parts.append(svg.tag("line", class_=kind, x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y))
        words = f"{value:g}".replace("-", "\u2212") + _tick_unit(trend)
        parts.append(svg.text(_LEFT - 7.0, y + 4.0, words, class_="tick", anchor="end"))
    return parts


def _ticks(low: float, high: float) -> list[float]:
    raw = (high - low) / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((one * power for one in _STEPS if one * power >= raw), 10.0 * power)
    count = range(math.ceil(low / step), math.floor(high / step) + 1)
    return [round(step * k, 9) for k in count]


def _aim_lines(aim: tuple[float, float], scale: _Scale) -> list[Markup]:
    ends = [scale.factor * end for end in aim if math.isfinite(end)]
    inside = [scale.y_shown(end) for end in ends if scale.low < end < scale.high]
    return [svg.tag("line", class_="aim", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y) for y in inside]


def _line(trend: Trend, scale: _Scale) -> list[Markup]:
    if not math.isfinite(trend.slope):
        return []
    first = _first(trend)
    days = [0.0 if first is None else _days(first, trend), _days(trend.points[-1], trend)]
    values = [trend.level + trend.slope / 7.0 * (day - trend.middle) for day in days]
    kind = "fit" if trend.kind is ChangeKind.REAL else "fit flat"
    ends = [(scale.x(day), scale.y(value)) for day, value in zip(days, values, strict=True)]
    return [svg.tag("path", class_=kind, d=svg.path(ends))]


def _mark(point: TrendPoint, trend: Trend, scale: _Scale) -> list[Markup]:
    x, y = scale.x(_days(point, trend)), scale.y(point.value)
    kind = "point" if point.comparable else "point other"
    parts = [svg.tag("circle", class_=kind, cx=x, cy=y, r=4.5)]
    if not (math.isfinite(point.se) and point.se > 0.0):
        return parts
    reach = INTERVAL_SE * point.se
    high, low = scale.y(point.value + reach), scale.y(point.value - reach)
    stem = svg.tag("line", class_="whisker", x1=x, x2=x, y1=high, y2=low)
    caps = [
        svg.tag("line", class_="whisker", x1=x - _WHISKER, x2=x + _WHISKER, y1=end, y2=end)
        for end in (high, low)
    ]
    return [stem, *caps, *parts]


def _value_text(point: TrendPoint, trend: Trend, scale: _Scale) -> Markup:
    shown = scale.factor * point.value
    whole = trend.unit == "rad" or abs(shown) >= 10.0 or shown == round(shown)  # noqa: PLR2004 - two digits do
    digits = 0 if whole else 1
    words = f"{shown:.{digits}f}".replace("-", "\u2212") + _unit(trend)
    reach = INTERVAL_SE * point.se if math.isfinite(point.se) else 0.0
    x, y = scale.x(_days(point, trend)), scale.y(point.value + reach) - 7.0
    is_first = point is trend.points[0]
    x, anchor = (x - 6.0, "start") if is_first else (x + 6.0, "end")
    return svg.text(x, y, words, class_="value", anchor=anchor)


def _dates(trend: Trend, scale: _Scale) -> list[Markup]:
    """Return the dates below, each where it does not touch the one before; the last always."""
    places = [(scale.x(_days(point, trend)), point) for point in trend.points]
    kept: list[tuple[float, TrendPoint]] = [places[-1]]
    for x, point in reversed(places[:-1]):
        if kept[-1][0] - x >= _DATE_GAP:
            kept.append((x, point))
    return [
        svg.text(x, _HEIGHT - 6.0, _day_text(point), class_="tick", anchor="middle")
        for x, point in kept
    ]


def _day_text(point: TrendPoint) -> str:
    return f"{point.date.day} {_MONTHS[point.date.month - 1]}"


def _title(trend: Trend) -> str:
    shown = _sequence(trend, trend.points)
    return f"{trend.label}: {shown}. {trend.plain}"


def _sequence(trend: Trend, points: Sequence[TrendPoint]) -> str:
    factor, unit = _factor(trend), _unit(trend)
    told = (f"{point.date.isoformat()} {factor * point.value:.3g}{unit}" for point in points)
    return ", ".join(told)
