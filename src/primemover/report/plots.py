"""Curves through a repetition: one small drawing a quantity, all on the same clock.

Hand-written SVG rather than a plotting engine: the colours follow the reader's light or dark
setting, a drawing is a few kilobytes, and the same numbers always give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from primemover.model.arrays import Floats
from primemover.model.series import Series
from primemover.model.trial import Trial
from primemover.model.units import to_display
from primemover.report import svg
from primemover.report.curves import Clock, Overlay, overlay, repetition_clock
from primemover.report.numbers import quantity_text
from primemover.words import say, word

__all__ = ["Panel", "PlotSet", "bar_path", "plots_of"]

_ORDER: Final = (
    "trunk_inclination",
    "hip_flexion",
    "trunk_thigh",
    "knee_flexion",
    "pelvis_inclination",
    "lumbar_flexion",
    "thoracic_flexion",
    "ankle_dorsiflexion",
    "bar_y",
)
_WIDTH: Final = 420.0
_HEIGHT: Final = 176.0
_LEFT: Final = 40.0
_RIGHT: Final = 10.0
_TOP: Final = 10.0
_BOTTOM: Final = 26.0
_BADGE_GAP: Final = 17.0  # phase badges are 15 wide
_TICK_STEPS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0, 180.0)
_MOST_TICKS: Final = 4
_BAR_WIDTH: Final = 240.0
_BAR_FLOOR: Final = 272.0
_LEAST_GRID: Final = 42.0  # between plumb lines: less and their labels touch
_LEAST_PATH: Final = 3  # points that give a path a shape
_LEAST_SPAN: Final = 10.0  # degrees or centimetres: less than this is not blown up to fill the box


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One drawing with its words and its table.

    Attributes
    ----------
    values : one text per phase of the clock, for the table beside the drawing
    cursor : numbers for the moving cursor: the middle curve and its error in display units
    """

    id: str
    label: str
    unit: str
    headline: str
    drawing: Markup
    values: tuple[str, ...]
    cursor: tuple[tuple[float | None, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotSet:
    """All drawings of a trial and the clock they share.

    `absent` lists the quantities that were not measured; `left`, `right` and `width` place the
    clock in each drawing, for the moving cursor.
    """

    panels: tuple[Panel, ...]
    phases: tuple[str, ...]
    phase_times_s: tuple[float, ...]
    time_s: tuple[float, ...]
    repetitions: int
    absent: tuple[str, ...]
    left: float = _LEFT
    right: float = _WIDTH - _RIGHT
    width: float = _WIDTH

    def cursor_data(self) -> dict[str, list[list[float | None]]]:
        """Return each drawing's middle curve and error for the moving cursor."""
        return {panel.id: [list(pair) for pair in panel.cursor] for panel in self.panels}


def plots_of(trial: Trial) -> PlotSet | None:
    """Return the drawings of a trial, None where no repetition was seen."""
    clock = repetition_clock(trial)
    if clock is None:
        return None
    by_id = {series.id: series for series in trial.series}
    curves = {key: overlay(by_id[key], clock) for key in _ORDER if key in by_id}
    panels = tuple(_panel(curve, clock) for curve in curves.values() if curve is not None)
    if not panels:
        return None
    absent = tuple(
        word("report.series", key)
        for key in _ORDER
        if curves.get(key) is None and key not in {"bar_y", "thoracic_flexion"}
    )
    return PlotSet(
        panels=panels,
        phases=tuple(tick.label for tick in clock.ticks),
        phase_times_s=tuple(tick.at_s for tick in clock.ticks),
        time_s=tuple(round(float(time), 3) for time in clock.time_s),
        repetitions=len(clock.film_s),
        absent=absent,
    )


def _panel(curve: Overlay, clock: Clock) -> Panel:
    factor, unit = to_display(1.0, curve.unit)
    scale = _Scale.around(curve, factor, clock)
    label = word("report.series", curve.id)
    peak = int(np.nanargmax(np.abs(curve.middle))) if np.isfinite(curve.middle).any() else None
    headline = (
        ""
        if peak is None
        else say(
            "drawings.curve.peak",
            value=quantity_text(curve.middle[peak], curve.se[peak], curve.unit),
        )
    )
    drawing = svg.picture(
        _WIDTH,
        _HEIGHT,
        *_frame(scale, clock, unit),
        *_curve_marks(curve, factor, scale, clock),
        svg.tag("line", class_="cursor", y1=_TOP, y2=_HEIGHT - _BOTTOM),
        title=say(
            "drawings.curve.title",
            label=label,
            headline=headline or word("report.status", "not_measured"),
        ),
    )
    at = [int(np.argmin(np.abs(clock.time_s - tick.at_s))) for tick in clock.ticks]
    return Panel(
        id=curve.id,
        label=label,
        unit="°" if unit == "deg" else unit,
        headline=headline,
        drawing=drawing,
        values=tuple(quantity_text(curve.middle[k], curve.se[k], curve.unit) for k in at),
        cursor=tuple(
            (_cursor_number(value * factor), _cursor_number(error * factor))
            for value, error in zip(curve.middle, curve.se, strict=True)
        ),
    )


def _cursor_number(value: float) -> float | None:
    return round(float(value), 1) + 0.0 if np.isfinite(value) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where times and values land in a drawing."""

    low: float
    high: float
    start_s: float
    end_s: float

    @classmethod
    def around(cls, curve: Overlay, factor: float, clock: Clock) -> _Scale:
        shown = np.concatenate([curve.each.ravel(), curve.middle, curve.low, curve.high])
        shown = shown[np.isfinite(shown)] * factor
        low, high = min(0.0, float(shown.min())), float(shown.max())
        if curve.unit == "m":
            low = float(shown.min())
        room = max(0.06 * (high - low), 0.5 * max(_LEAST_SPAN - (high - low), 0.0))
        return cls(
            low=low - (room if low < 0.0 or curve.unit == "m" else 0.0),
            high=high + room,
            start_s=float(clock.time_s[0]),
            end_s=float(clock.time_s[-1]),
        )

    def x(self, time_s: Floats | float) -> Floats:
        share = (np.asarray(time_s) - self.start_s) / (self.end_s - self.start_s)
        return np.asarray(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), dtype=np.float64)

    def y(self, value: Floats | float) -> Floats:
        share = (np.asarray(value) - self.low) / (self.high - self.low)
        return np.asarray(_HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP), dtype=np.float64)


def _frame(scale: _Scale, clock: Clock, unit: str) -> list[Markup]:
    """Return the grid, the value axis and the numbered phases."""
    suffix = "°" if unit == "deg" else ""
    parts = []
    for value in _ticks(scale.low, scale.high):
        y = float(scale.y(value))
        kind = "zero" if value == 0.0 else "grid"
        parts.append(svg.tag("line", class_=kind, x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y))
        words = svg.num(value).replace("-", "\u2212") + suffix
        parts.append(svg.text(_LEFT - 7.0, y + 4.0, words, class_="tick", anchor="end"))
    places = [float(scale.x(tick.at_s)) for tick in clock.ticks]
    for number, (place, badge) in enumerate(zip(places, _apart(places), strict=True), start=1):
        foot = _HEIGHT - _BOTTOM
        parts.append(svg.tag("line", class_="phase", x1=place, x2=place, y1=_TOP, y2=foot))
        parts.append(
            svg.tag("path", class_="phase", d=svg.path([(place, foot), (badge, foot + 6.0)]))
        )
        parts.append(svg.tag("circle", class_="badge", cx=badge, cy=foot + 14.0, r=7.5))
        parts.append(
            svg.text(badge, foot + 18.0, str(number), class_="badge-text", anchor="middle")
        )
    return parts


def _curve_marks(curve: Overlay, factor: float, scale: _Scale, clock: Clock) -> list[Markup]:
    x = scale.x(clock.time_s)
    middle = curve.middle * factor
    low, high = scale.y(curve.low * factor), scale.y(curve.high * factor)
    parts = [svg.tag("path", class_="band", d=svg.band(x, low, high))]
    if len(curve.each) > 1:
        parts += [
            svg.tag("path", class_="one-rep", d=svg.polylines(x, scale.y(row * factor)))
            for row in curve.each
        ]
    parts.append(svg.tag("path", class_="middle", d=svg.polylines(x, scale.y(middle))))
    parts += _gaps(middle, x)
    return parts


def _gaps(middle: Floats, x: Floats) -> list[Markup]:
    """Return a faint bar on the floor of the drawing where the quantity could not be read."""
    missing = np.where(np.isfinite(middle), np.nan, 0.0)
    floor = missing + _HEIGHT - _BOTTOM - 2.0
    data = svg.polylines(x, floor)
    return [svg.tag("path", class_="unread", d=data)] if data else []


def _ticks(low: float, high: float) -> list[float]:
    step = next((s for s in _TICK_STEPS if (high - low) / s <= _MOST_TICKS), _TICK_STEPS[-1])
    first = int(np.ceil(low / step))
    last = int(np.floor(high / step))
    return [step * k for k in range(first, last + 1)]


def _apart(places: list[float]) -> list[float]:
    """Return the places pushed apart so that badges do not cover each other."""
    moved = list(places)
    for k in range(1, len(moved)):
        moved[k] = max(moved[k], moved[k - 1] + _BADGE_GAP)
    limit = _WIDTH - _BADGE_GAP / 2.0
    for k in range(len(moved) - 1, -1, -1):
        moved[k] = min(moved[k], limit)
        limit = moved[k] - _BADGE_GAP
    return moved


def bar_path(trial: Trial) -> Markup | None:
    """Return the bar's path from the floor to lockout, one line a repetition, equal scales.

    Forward of mid-foot is to the right.
    """
    by_id = {series.id: series for series in trial.series}
    across, up = by_id.get("bar_x"), by_id.get("bar_y")
    if across is None or up is None:
        return None
    cuts = [_pull_cm(across, up, one.lift_off_s, one.lockout_s) for one in trial.repetitions]
    paths = [cut for cut in cuts if len(cut) >= _LEAST_PATH]
    return _bar_drawing(paths) if paths else None


def _pull_cm(across: Series, up: Series, start_s: float, end_s: float) -> Floats:
    """Return one pull from lift-off to lockout, (n, 2) cm: ahead of mid-foot, up from lowest."""
    pull = (across.time_s >= start_s) & (across.time_s <= end_s)
    points: Floats = np.column_stack([across.value[pull], up.value[pull]]) * 100.0
    points = points[np.isfinite(points).all(axis=1)]
    return points - [0.0, points[:, 1].min()] if len(points) else points


def _bar_drawing(paths: list[Floats]) -> Markup:
    top = max(float(cut[:, 1].max()) for cut in paths)
    furthest = max(float(np.abs(cut[:, 0]).max()) for cut in paths)
    unit = min((_BAR_FLOOR - 16.0) / max(top, 20.0), (_BAR_WIDTH / 2.0 - 14.0) / furthest)
    middle = _BAR_WIDTH / 2.0
    parts = [*_bar_grid(unit)]
    for cut in paths:
        x = np.asarray(middle + cut[:, 0] * unit, dtype=np.float64)
        y = np.asarray(_BAR_FLOOR - cut[:, 1] * unit, dtype=np.float64)
        parts.append(svg.tag("path", class_="one-bar", d=svg.polylines(x, y)))
        parts.append(svg.tag("circle", class_="bar-end", cx=float(x[-1]), cy=float(y[-1]), r=3.0))
    return svg.picture(
        _BAR_WIDTH,
        _BAR_FLOOR + 30.0,
        *parts,
        title=say("drawings.bar.title", most=f"{furthest:.0f}"),
        class_="chart bar",
    )


def _bar_grid(unit: float) -> list[Markup]:
    """Return plumb lines about mid-foot every 10 cm or what is readable, and the floor."""
    middle, edge = _BAR_WIDTH / 2.0, 12.0
    parts = []
    step = next((step for step in (10, 20) if step * unit > _LEAST_GRID), 50)
    for cm in range(-100, 101, step):
        x = middle + cm * unit
        if not edge < x < _BAR_WIDTH - edge:
            continue
        kind = "zero" if cm == 0 else "grid"
        parts.append(svg.tag("line", class_=kind, x1=x, x2=x, y1=edge, y2=_BAR_FLOOR))
        words = say("drawings.bar.midfoot") if cm == 0 else f"{cm:+d}".replace("-", "\u2212")
        parts.append(svg.text(x, _BAR_FLOOR + 16.0, words, class_="tick", anchor="middle"))
    forward = svg.text(
        _BAR_WIDTH - 4.0, edge, say("drawings.bar.toes"), class_="tick", anchor="end"
    )
    floor = svg.tag(
        "line", class_="floor", x1=8.0, x2=_BAR_WIDTH - 8.0, y1=_BAR_FLOOR, y2=_BAR_FLOOR
    )
    return [*parts, forward, floor]
