"""Stick figures with the joint moments as arcs, all of one scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from primemover.model.mechanics import Range, StickFigure
from primemover.report import svg
from primemover.report.musclewords import instant_word
from primemover.report.ranges import bounds_text, is_known, middle_text, spoken_range
from primemover.words import say, word

__all__ = ["FigureView", "draw_figures"]

_PX_PER_M: Final = 165.0
_SIDE: Final = 74.0  # the labels' columns
_FLOOR_ROOM: Final = 18.0
_TOP_ROOM: Final = 10.0
_ARC_RADIUS: Final = 19.0
_FULL_SWEEP: Final = 1.15 * math.pi  # of the largest moment on the page
_ARROW: Final = 5.0
_ROUND_NM: Final = 100.0
_LABEL_GAP: Final = 56.0  # between labels of three lines
_HEAD_M: Final = 0.095
_LIMBS: Final = (
    ("heel", "toe"),
    ("ankle", "knee", "hip"),
    ("shoulder", "elbow", "hand"),
)
_SPINE: Final = (("pelvis", ("hip", "l5s1")), ("lumbar", ("l5s1", "thoracolumbar", "shoulder")))
# The moment that the part below gives to the part above turns it counter-clockwise (facing right)
# where it extends; a knee extensor turns the thigh the other way.
_TURN: Final = {"ankle": 1.0, "knee": -1.0, "hip": 1.0, "l5s1": 1.0}
_LEFT: Final = ("l5s1", "hip")
_RIGHT: Final = ("knee", "ankle")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One instant: its name and its drawing."""

    instant: str
    name: str
    time_s: float
    drawing: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """One paper for all figures: equal scale, equal ground, equal arcs."""

    left_m: float
    width: float
    floor: float
    full_nm: float

    def at(self, place_m: Point) -> Point:
        return _SIDE + (place_m[0] - self.left_m) * _PX_PER_M, self.floor - place_m[1] * _PX_PER_M


def draw_figures(figures: Sequence[StickFigure]) -> tuple[FigureView, ...]:
    """Return every figure on paper of the same scale; arcs of all figures compare."""
    if not figures:
        return ()
    paper = _paper(figures)
    return tuple(
        FigureView(
            instant=figure.instant,
            name=instant_word(figure.instant),
            time_s=figure.time_s,
            drawing=_drawing(figure, paper),
        )
        for figure in figures
    )


def _paper(figures: Sequence[StickFigure]) -> _Paper:
    places = [place for figure in figures for place in figure.joints_m.values()]
    moments = [
        max(abs(one.low), abs(one.high))
        for figure in figures
        for one in figure.moment_nm.values()
        if is_known(one)
    ]
    across = [x for x, _ in places]
    margin = _ARC_RADIUS / _PX_PER_M
    left, right = min(across) - margin, max(across) + margin
    top = max(y for _, y in places)
    largest = max(moments, default=_ROUND_NM)
    return _Paper(
        left_m=left,
        width=2.0 * _SIDE + (right - left) * _PX_PER_M,
        floor=_TOP_ROOM + top * _PX_PER_M,
        full_nm=_ROUND_NM * math.ceil(largest / _ROUND_NM),
    )


def _drawing(figure: StickFigure, paper: _Paper) -> Markup:
    known = {
        key: one
        for key, one in figure.moment_nm.items()
        if key in figure.joints_m and is_known(one)
    }
    spoken = "; ".join(
        say(
            "drawings.stick.moment",
            joint=word("drawings.joint", key),
            range=spoken_range(one, "N·m"),
            way=_direction(key, one),
        )
        for key, one in known.items()
    )
    return svg.picture(
        paper.width,
        paper.floor + _FLOOR_ROOM,
        *_ground(figure, paper),
        *_body(figure.joints_m, paper),
        *(part for key, one in known.items() for part in _arc(figure, key, one, paper)),
        *_column(figure, {k: known[k] for k in _LEFT if k in known}, paper, left=True),
        *_column(figure, {k: known[k] for k in _RIGHT if k in known}, paper, left=False),
        title=say(
            "drawings.stick.title",
            instant=instant_word(figure.instant),
            moments=spoken or say("drawings.stick.unknown"),
        ),
        class_="chart stick",
    )


def _direction(joint: str, moment: Range) -> str:
    """Return which way a joint is turned, in words."""
    if moment.low < 0.0 < moment.high:
        return say("drawings.stick.either")
    extends = moment.middle >= 0.0
    if joint == "ankle":
        return say("drawings.stick.toes_down") if extends else say("drawings.stick.toes_up")
    return say("drawings.stick.straightening") if extends else say("drawings.stick.bending")


def _ground(figure: StickFigure, paper: _Paper) -> list[Markup]:
    """Return the ground, the load, and the plumb line from which levers are counted."""
    line = svg.tag(
        "line",
        class_="floor",
        x1=_SIDE - 30.0,
        x2=paper.width - _SIDE + 30.0,
        y1=paper.floor,
        y2=paper.floor,
    )
    if "load" not in figure.joints_m:
        return [line]
    x, y = paper.at(figure.joints_m["load"])
    return [
        line,
        svg.tag("line", class_="plumb", x1=x, x2=x, y1=y, y2=paper.floor),
        svg.tag("circle", class_="load", cx=x, cy=y, r=9.0),
    ]


def _body(joints_m: Mapping[str, Point], paper: _Paper) -> list[Markup]:
    parts = []
    if {"shoulder", "head_top"} <= joints_m.keys():
        (x0, y0), (x1, y1) = joints_m["shoulder"], joints_m["head_top"]
        length = math.hypot(x1 - x0, y1 - y0)
        share = max(0.0, 1.0 - _HEAD_M / length) if length > 0.0 else 0.0
        centre = paper.at((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
        parts.append(svg.tag("path", class_="limb", d=svg.path([paper.at((x0, y0)), centre])))
        parts.append(
            svg.tag("circle", class_="head", cx=centre[0], cy=centre[1], r=_HEAD_M * _PX_PER_M)
        )
    for names in _LIMBS:
        points = [paper.at(joints_m[name]) for name in names if name in joints_m]
        if len(points) > 1:
            parts.append(svg.tag("path", class_="limb", d=svg.path(points)))
    for kind, names in _SPINE:
        points = [paper.at(joints_m[name]) for name in names if name in joints_m]
        if len(points) > 1:
            parts.append(svg.tag("path", class_=f"spine {kind}", d=svg.path(points)))
    return parts


def _arc(figure: StickFigure, joint: str, moment: Range, paper: _Paper) -> list[Markup]:
    """Return a joint's dot and arc: its length is the moment, the pale band its range."""
    centre = paper.at(figure.joints_m[joint])
    turn = _TURN[joint]
    per_nm = turn * _FULL_SWEEP / paper.full_nm
    start = _outward(figure.joints_m, joint) - 0.5 * per_nm * moment.middle
    ends = [start + per_nm * value for value in (moment.low, moment.high)]
    tip = start + per_nm * moment.middle
    line = svg.arc_points(centre, _ARC_RADIUS, start, tip)
    band = svg.arc_points(centre, _ARC_RADIUS, ends[0], ends[1])
    forward = math.copysign(1.0, turn * moment.middle)
    way = []
    if not moment.low < 0.0 < moment.high:  # else it could turn either way: no arrow
        way = [
            svg.tag("path", class_=f"arc {joint}", d=svg.path(line)),
            svg.tag("path", class_=f"tip {joint}", d=_head(centre, tip, forward)),
        ]
    return [
        svg.tag("circle", class_=f"joint {joint}", cx=centre[0], cy=centre[1], r=4.0),
        svg.tag("path", class_=f"arc-range {joint}", d=svg.path(band)),
        *way,
    ]


def _head(centre: Point, angle: float, forward: float) -> str:
    """Return an arrow head at the end of an arc; `forward` +1 turns counter-clockwise."""
    point = svg.arc_points(centre, _ARC_RADIUS, angle, angle + forward * _ARROW / _ARC_RADIUS)[-1]
    inner, outer = (
        svg.arc_points(centre, _ARC_RADIUS + side, angle, angle)[0] for side in (-_ARROW, _ARROW)
    )
    return svg.path([inner, point, outer], closed=True)


def _outward(joints_m: Mapping[str, Point], joint: str) -> float:
    """Return the middle of an arc as an angle from straight down, + to the right.

    Hip and L5/S1 lie close together: each arc keeps to the side away from the other. The knee's
    lies before it, the ankle's behind.
    """
    other = {"hip": "l5s1", "l5s1": "hip"}.get(joint, "")
    if other in joints_m:
        x, y = (a - b for a, b in zip(joints_m[joint], joints_m[other], strict=True))
        return math.atan2(x, -y)
    return 0.5 * math.pi if joint == "knee" else -0.5 * math.pi


def _column(
    figure: StickFigure, moments: Mapping[str, Range], paper: _Paper, *, left: bool
) -> list[Markup]:
    """Return labels beside the figure, with leaders to their joints."""
    x, anchor = (0.0, "start") if left else (paper.width, "end")
    joints = {key: paper.at(figure.joints_m[key]) for key in moments}
    ordered = sorted(moments, key=lambda key: joints[key][1])
    parts = []
    lowest = paper.floor - 26.0
    places: dict[str, float] = {}
    for key in reversed(ordered):
        places[key] = min(joints[key][1], lowest)
        lowest = places[key] - _LABEL_GAP
    for key in ordered:
        one, y, (jx, jy) = moments[key], places[key], joints[key]
        edge = _SIDE - 10.0 if left else paper.width - _SIDE + 10.0
        parts.append(svg.tag("path", class_="leader", d=svg.path([(edge, y), (jx, jy)])))
        parts.append(
            svg.text(x, y - 12.0, word("drawings.joint", key), class_="who", anchor=anchor)
        )
        parts.append(svg.text(x, y + 4.0, middle_text(one, "N·m"), class_="moment", anchor=anchor))
        parts.append(svg.text(x, y + 19.0, bounds_text(one), class_="share", anchor=anchor))
    return parts
