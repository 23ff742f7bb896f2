"""Hip rotation as it looks from the front: the shank swings outwards from the knee."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from primemover.model.measure import Measure, Side
from primemover.report import svg
from primemover.report.numbers import interval_text, value_text
from primemover.words import say, word

__all__ = ["HipNumbers", "dial", "hip_numbers"]

_SIZE: Final = (250.0, 222.0)
_KNEE_IN: Final = 48.0  # the knee's distance from the inner edge of the drawing
_RADIUS: Final = 180.0
_FROM_DEG: Final = -10.0
_TO_DEG: Final = 60.0
_TARGET_DEG: Final = (40.0, 45.0)  # the article's target; published norms lie below it
_FOOT: Final = 5.0
_WEDGE_FROM: Final = 60.0  # the interval's wedge begins where it is wide enough to be seen
_WEDGE_BEYOND: Final = 4.0
_LABELLED_DEG: Final = (0, 20, 60)  # 40 is where the target's own label stands
_DEG: Final = math.pi / 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HipNumbers:
    """One hip's measures; None where the exam has no such measure."""

    side: Side
    active: Measure | None
    passive: Measure | None
    gap: Measure | None

    @property
    def any_known(self) -> bool:
        """Whether there is anything to draw."""
        return any(one is not None and one.is_known for one in (self.active, self.passive))


def hip_numbers(measures: Mapping[str, Measure], side: Side) -> HipNumbers:
    """Return one hip's active and passive rotation and their gap."""
    return HipNumbers(
        side=side,
        active=measures.get(f"hip_rotation_active_{side}"),
        passive=measures.get(f"hip_rotation_passive_{side}"),
        gap=measures.get(f"hip_rotation_gap_{side}"),
    )


def dial(numbers: HipNumbers) -> Markup:
    """Return one hip's dial: target band, both needles, their 90 % intervals, the gap between.

    Seen from the front, so the person's right leg is on the left and swings to the left.
    """
    turn = -1.0 if numbers.side is Side.RIGHT else 1.0
    knee = (_SIZE[0] - _KNEE_IN if numbers.side is Side.RIGHT else _KNEE_IN, 18.0)
    parts = [*_face(knee, turn), *_gap(numbers, knee, turn)]
    for measure, kind in ((numbers.passive, "passive"), (numbers.active, "active")):
        if measure is not None and measure.is_known:
            parts += _needle(measure, knee, turn, kind)
    parts.append(svg.tag("circle", class_="knee", cx=knee[0], cy=knee[1], r=9.0))
    spoken = ", ".join(
        f"{word('report.hip_kind', kind)} {_spoken(measure)}"
        for kind, measure in (("active", numbers.active), ("passive", numbers.passive))
        if measure is not None
    )
    return svg.picture(
        *_SIZE,
        *parts,
        title=say(
            "drawings.dial.title",
            hip=word("report.hip_side", numbers.side.value),
            readings=spoken or word("report.status", "not_measured"),
        ),
        class_="chart dial",
    )


def _spoken(measure: Measure) -> str:
    between = interval_text(measure)
    value = value_text(measure)
    return say("drawings.dial.between", value=value, between=between) if between else value


def _face(knee: tuple[float, float], turn: float) -> list[Markup]:
    target = _sector(knee, turn, _TARGET_DEG, radii=(34.0, _RADIUS))
    parts = [
        svg.tag("path", class_="dial-face", d=_sector(knee, turn, (0.0, _TO_DEG), (0.0, _RADIUS))),
        svg.tag("path", class_="target", d=target),
        svg.tag(
            "path",
            class_="rim",
            d=svg.path(_arc(knee, turn, (_FROM_DEG, _TO_DEG), _RADIUS)),
        ),
        svg.tag("path", class_="target-rim", d=svg.path(_arc(knee, turn, _TARGET_DEG, _RADIUS))),
    ]
    for degrees in range(0, 61, 10):
        inner, outer = (
            _at(knee, turn, degrees, _RADIUS - 5.0),
            _at(knee, turn, degrees, _RADIUS),
        )
        parts.append(svg.tag("path", class_="rim", d=svg.path([inner, outer])))
        x, y = _at(knee, turn, degrees, _RADIUS + 15.0)
        if degrees in _LABELLED_DEG:
            parts.append(svg.text(x, y + 4.0, f"{degrees}°", class_="tick", anchor="middle"))
    x, y = _at(knee, turn, sum(_TARGET_DEG) / 2.0, _RADIUS + 8.0)
    anchor = "end" if turn < 0.0 else "start"
    parts.append(svg.text(x, y + 7.0, "40\u201345°", class_="target-text", anchor=anchor))
    return parts


def _gap(numbers: HipNumbers, knee: tuple[float, float], turn: float) -> list[Markup]:
    active, passive = numbers.active, numbers.passive
    if active is None or passive is None or not (active.is_known and passive.is_known):
        return []
    between = (max(active.value / _DEG, _FROM_DEG), min(passive.value / _DEG, _TO_DEG))
    if between[1] <= between[0]:
        return []
    return [svg.tag("path", class_="gap", d=_sector(knee, turn, between, (34.0, _RADIUS - 30.0)))]


def _needle(measure: Measure, knee: tuple[float, float], turn: float, kind: str) -> list[Markup]:
    degrees = min(max(measure.value / _DEG, _FROM_DEG), _TO_DEG)
    length = _RADIUS - (8.0 if kind == "passive" else 16.0)
    parts = []
    low, high = (min(max(end / _DEG, _FROM_DEG), _TO_DEG) for end in measure.interval)
    if low < high:
        limits = (low, high)
        wedge = _sector(knee, turn, limits, (_WEDGE_FROM, length + _WEDGE_BEYOND))
        parts.append(svg.tag("path", class_=f"error {kind}", d=wedge))
    tip = _at(knee, turn, degrees, length)
    parts.append(svg.tag("path", class_=f"needle {kind}", d=svg.path([knee, tip])))
    parts.append(svg.tag("circle", class_=f"foot {kind}", cx=tip[0], cy=tip[1], r=_FOOT))
    return parts


def _at(
    knee: tuple[float, float], turn: float, degrees: float, radius: float
) -> tuple[float, float]:
    angle = degrees * _DEG
    return knee[0] + turn * radius * math.sin(angle), knee[1] + radius * math.cos(angle)


def _arc(
    knee: tuple[float, float], turn: float, limits: tuple[float, float], radius: float
) -> list[tuple[float, float]]:
    return svg.arc_points(knee, radius, turn * limits[0] * _DEG, turn * limits[1] * _DEG)


def _sector(
    knee: tuple[float, float],
    turn: float,
    limits: tuple[float, float],
    radii: tuple[float, float],
) -> str:
    outer = _arc(knee, turn, limits, radii[1])
    inner = [knee] if radii[0] <= 0.0 else _arc(knee, turn, limits, radii[0])[::-1]
    return svg.path([*outer, *inner], closed=True)
