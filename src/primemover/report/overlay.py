"""What was seen, drawn over a key frame: joints, back outline, tangents, plate and its path."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from primemover.model.arrays import Floats
from primemover.model.outline import DorsalLine
from primemover.model.trial import Film, Trial, TrialKind
from primemover.report import svg
from primemover.report.numbers import quantity_text
from primemover.report.readings import value_at
from primemover.words import word

__all__ = ["Canvas", "draw_over"]

_SIDE_CHAINS: Final = (("shoulder", "hip", "knee", "ankle", "toe"), ("shoulder", "elbow", "wrist"))
_FRONT_CHAIN: Final = ("hip", "knee", "ankle", "toe")
_RINGS: Final = ("shoulder", "hip", "knee", "ankle")
# Where along hip (0) -> shoulder (1) the three tangents are read: ../evidence, vision trial 2.
_ZONES: Final[dict[str, tuple[float, float]]] = {
    "pelvis": (0.06, 0.24),
    "lumbar": (0.42, 0.58),
    "thoracic": (0.80, 1.00),
}
_TANGENT: Final = 0.13  # half length of a drawn tangent, of the picture's height
_TEXT: Final = 0.76  # font size over the pill's height
_PILL_HEIGHT: Final = 0.047  # of the picture's height
_CHAR_WIDTH: Final = 0.62  # of the font size, for digits of system fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Where the picture's pixels land in the drawing; sizes in drawing units."""

    left_px: float
    top_px: float
    scale: float
    width: float
    height: float

    def place(self, xy_px: Floats) -> Floats:
        """Return picture pixels, (..., 2), as drawing units."""
        corner = np.array([self.left_px, self.top_px])
        placed: Floats = (np.asarray(xy_px, dtype=np.float64) - corner) * self.scale
        return placed

    @property
    def thin(self) -> float:
        """Width of a thin line that reads well at any picture size."""
        return max(1.2, self.height / 260.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pill:
    """A name and number beside a joint: how it reads, where the joint is, which side it is on."""

    words: str
    kind: str
    at: tuple[float, float]
    outward: float  # +1 to the right of the joint, -1 to the left


def draw_over(trial: Trial, film: Film, index: int, canvas: Canvas) -> Markup:
    """Return the drawing over one frame, parts of an SVG in the canvas's units."""
    parts: list[Markup] = []
    parts += _load(trial, film, index, canvas)
    if film.pose.forward == 0:
        parts += _front(film, index, canvas)
    else:
        parts += _side(film, index, canvas)
        if film.dorsal is not None:
            parts += _back(film.dorsal, index, canvas)
    parts += _pills(_wanted_pills(trial, film, index, canvas), canvas)
    return Markup("").join(parts)


def _known(point: Floats) -> bool:
    return bool(np.isfinite(point).all())


def _line(points: list[Floats], canvas: Canvas, kind: str, width: float) -> list[Markup]:
    """Return a line with a dark casing, so that it reads on any photograph."""
    known = [canvas.place(point) for point in points if _known(point)]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return []
    data = svg.path(np.array(known))
    return [
        svg.tag("path", class_="casing", d=data, stroke_width=width * canvas.thin + 2.0),
        svg.tag("path", class_=kind, d=data, stroke_width=width * canvas.thin),
    ]


def _ring(point: Floats, canvas: Canvas, *, hidden: bool) -> list[Markup]:
    if not _known(point):
        return []
    x, y = canvas.place(point)
    kind = "joint hidden" if hidden else "joint"
    radius = 2.6 * canvas.thin
    return [svg.tag("circle", class_=kind, cx=float(x), cy=float(y), r=radius)]


def _side(film: Film, index: int, canvas: Canvas) -> list[Markup]:
    joints = {name: track[index] for name, track in film.pose.joints_px.items()}
    parts = []
    for chain in _SIDE_CHAINS:
        points = [joints[name] for name in chain if name in joints]
        parts += _line(points, canvas, "bone", 1.5)
    for name in _RINGS:
        if name in joints:
            hidden = name in film.pose.hidden and bool(film.pose.hidden[name][index])
            parts += _ring(joints[name], canvas, hidden=hidden)
    return parts


def _front(film: Film, index: int, canvas: Canvas) -> list[Markup]:
    parts = []
    for tracks in (film.pose.left_px, film.pose.right_px):
        joints = {name: track[index] for name, track in tracks.items()}
        parts += _line([joints[n] for n in _FRONT_CHAIN if n in joints], canvas, "bone", 1.5)
        if "knee" in joints and "ankle" in joints and _known(joints["knee"]):
            length = float(np.linalg.norm(joints["ankle"] - joints["knee"]))
            if math.isfinite(length):
                plumb = joints["knee"] + np.array([0.0, length])
                parts += _line([joints["knee"], plumb], canvas, "plumb", 1.0)
        for name in ("hip", "knee", "ankle"):
            if name in joints:
                parts += _ring(joints[name], canvas, hidden=False)
    return parts


def _back(dorsal: DorsalLine, index: int, canvas: Canvas) -> list[Markup]:
    points = [point for point in dorsal.xy_px[index] if _known(point)]
    parts = _line(points, canvas, "back", 2.0)
    for name in _ZONES:
        tangent = _tangent(dorsal, index, name)
        if tangent is None:
            continue
        middle, along = canvas.place(tangent[0]), tangent[1]
        reach = _TANGENT * canvas.height * along
        ends = np.array([middle - reach, middle + reach])
        parts.append(
            svg.tag(
                "path",
                class_=f"tangent {name}",
                d=svg.path(ends),
                stroke_width=1.1 * canvas.thin,
            )
        )
    return parts


def _tangent(dorsal: DorsalLine, index: int, zone: str) -> tuple[Floats, Floats] | None:
    """Return a zone's middle point and unit direction, by the first principal axis."""
    low, high = _ZONES[zone]
    inside = (dorsal.station >= low) & (dorsal.station <= high)
    points = dorsal.xy_px[index][inside]
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) < 3:  # noqa: PLR2004 - fewer points have no direction worth drawing
        return None
    middle = points.mean(axis=0)
    _, _, axes = np.linalg.svd(points - middle)
    return middle, axes[0]


def _load(trial: Trial, film: Film, index: int, canvas: Canvas) -> list[Markup]:
    load = film.load
    if load is None:
        return []
    time_s = film.recording.time_s
    now = float(time_s[index])
    start_s = max((r.lift_off_s for r in trial.repetitions if r.start_s <= now), default=now)
    trace = load.xy_px[(time_s >= start_s) & (time_s <= now)]
    parts = _line([point for point in trace if _known(point)], canvas, "bar-path", 1.2)
    centre, axes = load.xy_px[index], load.axes_px[index]
    if not _known(centre):
        return parts
    x, y = (float(value) for value in canvas.place(centre))
    if _known(axes):
        rx, ry = (float(value) * canvas.scale for value in axes)
        parts.append(svg.tag("ellipse", class_="plate", cx=x, cy=y, rx=rx, ry=ry))
    parts.append(svg.tag("circle", class_="hub", cx=x, cy=y, r=2.0 * canvas.thin))
    return parts


def _wanted_pills(trial: Trial, film: Film, index: int, canvas: Canvas) -> list[_Pill]:
    time_s = float(film.recording.time_s[index])
    by_id = {series.id: series for series in trial.series}
    places = _places(trial, film, index)
    pills = []
    for key, (point, kind, outward) in places.items():
        if key not in by_id or not _known(point):
            continue
        value, se = value_at(by_id[key], time_s)
        if math.isfinite(value):
            number = quantity_text(value, se, by_id[key].unit).split(" ± ")[0].rstrip("°")
            words = f"{word('drawings.pill', key)} {number}°".strip()
            x, y = canvas.place(point)
            pills.append(_Pill(words=words, kind=kind, at=(float(x), float(y)), outward=outward))
    return pills


def _places(trial: Trial, film: Film, index: int) -> dict[str, tuple[Floats, str, float]]:
    """Return series id -> where its number stands, its colour and the side it stands on."""
    if trial.kind is TrialKind.HIP_ROTATION:
        pairs = (("left", film.pose.left_px, 1.0), ("right", film.pose.right_px, -1.0))
        return {
            f"hip_rotation_{side}": (tracks["ankle"][index], "bone", out)
            for side, tracks, out in pairs
            if "ankle" in tracks
        }
    front = float(film.pose.forward)
    joints = {name: track[index] for name, track in film.pose.joints_px.items()}
    missing = np.full(2, np.nan)
    places = {"knee_flexion": (joints.get("knee", missing), "bone", front)}
    hip = "hip_flexion" if any(one.id == "hip_flexion" for one in trial.series) else "trunk_thigh"
    places[hip] = (joints.get("hip", missing), "bone", -front)
    if film.dorsal is not None:
        tangent = _tangent(film.dorsal, index, "lumbar")
        if tangent is not None:
            places["lumbar_flexion"] = (tangent[0], "back", -front)
    return places


def _pills(pills: list[_Pill], canvas: Canvas) -> list[Markup]:
    """Return the numbers, pushed apart where they would cover each other."""
    height = _PILL_HEIGHT * canvas.height
    size = height * _TEXT
    taken: list[tuple[float, float, float]] = []  # left, right, middle height of each pill
    parts = []
    for pill in sorted(pills, key=lambda one: one.at[1]):
        width = size * _CHAR_WIDTH * len(pill.words) + 0.8 * size
        away = 1.2 * height
        middle = pill.at[0] + pill.outward * (away + width / 2.0)
        middle = min(max(middle, width / 2.0 + 2.0), canvas.width - width / 2.0 - 2.0)
        y = min(max(pill.at[1], height), canvas.height - height)
        for left, right, other in taken:
            overlaps = middle - width / 2.0 < right and middle + width / 2.0 > left
            if overlaps and abs(y - other) < 1.15 * height:
                y = other + 1.15 * height
        taken.append((middle - width / 2.0, middle + width / 2.0, y))
        parts += _pill(pill, (middle, y), width, height)
    return parts


def _pill(pill: _Pill, middle: tuple[float, float], width: float, height: float) -> list[Markup]:
    x, y = middle
    near = x - pill.outward * width / 2.0
    return [
        svg.tag("path", class_="leader", d=svg.path([pill.at, (near, y)])),
        svg.tag(
            "rect",
            class_=f"pill {pill.kind}",
            x=x - width / 2.0,
            y=y - height / 2.0,
            width=width,
            height=height,
            rx=height / 2.0,
        ),
        svg.tag(
            "text",
            pill.words,
            class_="pill-text",
            x=x,
            y=y + 0.27 * height,
            text_anchor="middle",
            font_size=height * _TEXT,
        ),
    ]
