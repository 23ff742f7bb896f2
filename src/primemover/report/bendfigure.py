"""The forward bend as a small figure: how much the pelvis, low back and upper back each gave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from primemover.model.measure import Measure
from primemover.report import svg
from primemover.report.numbers import value_text
from primemover.words import say, word

__all__ = ["BendNumbers", "bend_figure", "bend_numbers"]

_SIZE: Final = (330.0, 284.0)
_FLOOR: Final = 272.0
_HIP: Final = (118.0, 140.0)
# Lengths of a figure 250 units tall, shares of stature from Drillis & Contini 1966 (hip .530,
# hip to shoulder .288); the trunk is cut 2 : 3 : 4 into sacrum, low back and upper back, roughly.
_PARTS: Final[tuple[tuple[str, float], ...]] = (
    ("pelvis", 16.0),
    ("lumbar", 26.0),
    ("thoracic", 40.0),
)
_NECK: Final = 14.0
_HEAD: Final = 12.0
_ARM: Final = 84.0
_LINE = 18.0  # labels nearer than this above one another would touch
_STEEP: Final = 0.5  # cosine of 60 deg: flatter than this, there is room beyond the upper back
_STEPS: Final = 8  # points a part is bent over
_STANDING_CURVES: Final = (8.0, -18.0, 24.0)  # deg a drawn standing back curves by; looks only


@dataclass(frozen=True, slots=True, kw_only=True)
class BendNumbers:
    """What the bend is drawn from; None where the exam has no such measure.

    `thirds` are the low back's shares in the early, middle and late third of the bend.
    """

    pelvis: Measure | None
    lumbar: Measure | None
    thoracic: Measure | None
    fingertip: Measure | None
    thirds: tuple[tuple[str, Measure], ...] = ()

    @property
    def drawable(self) -> bool:
        """Whether pelvis and low back are both known."""
        return all(one is not None and one.is_known for one in (self.pelvis, self.lumbar))

    @property
    def any_known(self) -> bool:
        """Whether the bend was measured at all."""
        parts = (self.pelvis, self.lumbar, self.thoracic, self.fingertip)
        return any(one is not None and one.is_known for one in parts)

    def known_thirds(self) -> list[tuple[str, Measure]]:
        """Return the thirds that were measured."""
        return [(third, one) for third, one in self.thirds if one.is_known]

    def shares(self) -> list[tuple[str, float]]:
        """Return each part's share of the whole bend, of those that are known and bend forward."""
        angles = [
            (name, max(one.value, 0.0))
            for name, one in (
                ("pelvis", self.pelvis),
                ("lumbar", self.lumbar),
                ("thoracic", self.thoracic),
            )
            if one is not None and one.is_known
        ]
        total = sum(angle for _, angle in angles)
        return [(name, angle / total) for name, angle in angles] if total > 0.0 else []


def bend_numbers(measures: Mapping[str, Measure]) -> BendNumbers:
    """Return the bend's measures out of all."""
    return BendNumbers(
        pelvis=measures.get("bend_pelvis_rotation"),
        lumbar=measures.get("bend_lumbar_excursion"),
        thoracic=measures.get("bend_thoracic_excursion"),
        fingertip=measures.get("fingertip_to_floor"),
        thirds=tuple(
            (third, measures[f"bend_lumbar_share_{third}"])
            for third in ("early", "middle", "late")
            if f"bend_lumbar_share_{third}" in measures
        ),
    )


def bend_figure(numbers: BendNumbers) -> Markup:
    """Return the figure bent as measured, with a faint standing one behind it.

    Angles are turns of each part relative to the one below, counted from the person's own
    standing; the picture faces right.
    """
    known = [
        one if one is not None and one.is_known else None
        for one in (numbers.pelvis, numbers.lumbar, numbers.thoracic)
    ]
    turns = tuple(0.0 if one is None else one.value for one in known)
    kinds = tuple(" unknown" if one is None else "" for one in known)
    spoken = ", ".join(
        f"{word('report.part', name)} {value_text(one)}"
        for name, one in (
            ("pelvis", numbers.pelvis),
            ("lumbar", numbers.lumbar),
            ("thoracic", numbers.thoracic),
        )
        if one is not None
    )
    return svg.picture(
        *_SIZE,
        svg.tag("line", class_="floor", x1=20.0, x2=310.0, y1=_FLOOR, y2=_FLOOR),
        *_body((0.0, 0.0, 0.0), kinds=(" ghost",) * 3),
        *_body(turns, kinds=kinds),
        *_labels(numbers, turns),
        title=say("drawings.bend.title", parts=spoken),
        class_="chart bend",
    )


def _spine(turns: tuple[float, ...]) -> list[list[tuple[float, float]]]:
    """Return the three parts as bent lines from the hip up, pixels, y DOWN."""
    x, y = _HIP
    lean = 0.0
    drawn: list[list[tuple[float, float]]] = []
    for (_, length), turn, curve in zip(_PARTS, turns, _STANDING_CURVES, strict=True):
        points = [(x, y)]
        is_sacrum = not drawn
        for step in range(_STEPS):
            share = 1.0 if is_sacrum else (step + 0.5) / _STEPS
            bow = math.radians(curve) * (0.0 if is_sacrum else math.cos(math.pi * share) * -0.5)
            angle = lean + turn * share + bow
            x += length / _STEPS * math.sin(angle)
            y -= length / _STEPS * math.cos(angle)
            points.append((x, y))
        lean += turn
        drawn.append(points)
    return drawn


def _body(turns: tuple[float, ...], *, kinds: tuple[str, ...]) -> list[Markup]:
    """Return the whole figure; `kinds` adds a class to each part of the spine."""
    spine = _spine(turns)
    top = spine[-1][-1]
    lean = sum(turns)
    ghost = " ghost" if " ghost" in kinds else ""
    neck = (top[0] + _NECK * math.sin(lean), top[1] - _NECK * math.cos(lean))
    head = (neck[0] + _HEAD * math.sin(lean), neck[1] - _HEAD * math.cos(lean))
    hand = (top[0] + 0.10 * _ARM * math.cos(min(lean, 1.4)), min(top[1] + _ARM, _FLOOR - 4.0))
    foot = (_HIP[0], _FLOOR - 5.0)
    limbs = [
        [_HIP, foot, (foot[0] + 26.0, foot[1])],
        [top, hand],
        [top, neck],
    ]
    parts = [svg.tag("path", class_=f"limb{ghost}", d=svg.path(line)) for line in limbs]
    for (name, _), points, kind in zip(_PARTS, spine, kinds, strict=True):
        parts.append(svg.tag("path", class_=f"spine {name}{kind}", d=svg.path(points)))
    parts.append(svg.tag("circle", class_=f"head{ghost}", cx=head[0], cy=head[1], r=_HEAD))
    return parts


def _labels(numbers: BendNumbers, turns: tuple[float, ...]) -> list[Markup]:
    """Return each part's number beside it, on the back's outer side."""
    spine = _spine(turns)
    lean, last_y = 0.0, math.inf
    parts = []
    named = (
        ("pelvis", numbers.pelvis),
        ("lumbar", numbers.lumbar),
        ("thoracic", numbers.thoracic),
    )
    for (name, measure), points, turn in zip(named, spine, turns, strict=True):
        angle = lean + 0.5 * turn
        lean += turn
        if measure is None or not measure.is_known:
            continue
        x, y = points[len(points) // 2]
        out = (x - 20.0 * math.cos(angle), y - 20.0 * math.sin(angle))
        flat = name == "thoracic" and math.cos(angle) < _STEEP
        anchor = "start" if flat else "end"
        part = word("report.part", name)
        words = f"{part[:1].upper()}{part[1:]} {value_text(measure, with_error=False)}"
        above = min(out[1], last_y - _LINE) if abs(out[1] - last_y) < _LINE else out[1]
        last_y = above
        parts.append(svg.text(out[0], above, words, class_="part-label", anchor=anchor))
    return parts
