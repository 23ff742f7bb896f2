"""The load at L5/S1 through a repetition: one curve with its band, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from primemover.model.arrays import Floats
from primemover.model.mechanics import Curve90, LiftMechanics, Range
from primemover.report import svg
from primemover.report.musclewords import instant_word
from primemover.report.ranges import range_text, spoken_range
from primemover.words import say

__all__ = ["SpineLoad", "peak_of", "spine_load"]

_WIDTH: Final = 420.0
_HEIGHT: Final = 190.0
_LEFT: Final = 52.0
_RIGHT: Final = 12.0
_TOP: Final = 12.0
_BOTTOM: Final = 30.0
_STEPS_N: Final = (500.0, 1000.0, 2000.0, 5000.0, 10_000.0)
_MOST_TICKS: Final = 5
_LEAST_FRAMES: Final = 2
_LABEL_ROOM: Final = 78.0  # between two instants' names; of nearer ones the later is named


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineLoad:
    """The drawing, the headline, and the largest values in words."""

    drawing: Markup
    compression: str
    shear: str


def peak_of(curve: Curve90) -> Range | None:
    """Return a curve's range where its middle is largest (by size), None where nothing is known."""
    known = np.isfinite(curve.low) & np.isfinite(curve.middle) & np.isfinite(curve.high)
    if not known.any():
        return None
    row = int(np.argmax(np.where(known, np.abs(curve.middle), -1.0)))
    return Range(
        low=float(curve.low[row]), middle=float(curve.middle[row]), high=float(curve.high[row])
    )


def spine_load(mechanics: LiftMechanics) -> SpineLoad | None:
    """Return the load at L5/S1, None where it is not known."""
    compression, shear = peak_of(mechanics.compression_n), peak_of(mechanics.shear_n)
    if compression is None or mechanics.time_s.size < _LEAST_FRAMES:
        return None
    return SpineLoad(
        drawing=_drawing(mechanics, compression),
        compression=range_text(compression, "N"),
        shear="" if shear is None else range_text(shear, "N"),
    )


def _drawing(mechanics: LiftMechanics, peak: Range) -> Markup:
    curve = mechanics.compression_n
    top = float(np.nanmax(curve.high))
    step = next((s for s in _STEPS_N if top / s <= _MOST_TICKS), _STEPS_N[-1])
    top = step * float(np.ceil(top / step))

    def y(value: Floats | float) -> Floats:
        room = _HEIGHT - _TOP - _BOTTOM
        return np.asarray(_HEIGHT - _BOTTOM - np.asarray(value) / top * room, dtype=np.float64)

    start, end = float(mechanics.time_s[0]), float(mechanics.time_s[-1])

    def x(time_s: Floats | float) -> Floats:
        share = (np.asarray(time_s) - start) / (end - start)
        return np.asarray(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), dtype=np.float64)

    across = x(mechanics.time_s)
    parts = [
        part
        for value in np.arange(0.0, top + step, step)
        if value <= top
        for part in _grid(float(value), float(y(value)))
    ]
    parts += _instants([(f.instant, float(x(f.time_s))) for f in mechanics.figures])
    parts += [
        svg.tag("path", class_="band", d=svg.band(across, y(curve.low), y(curve.high))),
        svg.tag("path", class_="middle", d=svg.polylines(across, y(curve.middle))),
    ]
    spoken = spoken_range(peak, say("drawings.spine.newtons"))
    return svg.picture(
        _WIDTH,
        _HEIGHT,
        *parts,
        title=say("drawings.spine.title", most=spoken),
        class_="chart spine-load",
    )


def _grid(value_n: float, y: float) -> list[Markup]:
    kind = "zero" if value_n == 0.0 else "grid"
    words = f"{value_n:,.0f}".replace(",", "\u202f")
    return [
        svg.tag("line", class_=kind, x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y),
        svg.text(_LEFT - 7.0, y + 4.0, words, class_="tick", anchor="end"),
    ]


def _instants(places: list[tuple[str, float]]) -> list[Markup]:
    """Return a line per instant, and its name where there is room."""
    parts = []
    following = [x for _, x in places[1:]] + [np.inf]
    for (instant, x), after in zip(places, following, strict=True):
        foot = _HEIGHT - _BOTTOM
        parts.append(svg.tag("line", class_="phase", x1=x, x2=x, y1=_TOP, y2=foot))
        if after - x < _LABEL_ROOM:
            continue
        at_end = x > _WIDTH - _LABEL_ROOM
        anchor = "end" if at_end else ("start" if x < _LEFT + 1.0 else "middle")
        words = instant_word(instant)
        parts.append(svg.text(x, foot + 17.0, words, class_="tick", anchor=anchor))
    return parts
