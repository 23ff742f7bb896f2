"""Small, safe SVG: escaped text, short numbers, the same bytes every time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from markupsafe import Markup, escape

from primemover.model.arrays import Floats

__all__ = ["arc_points", "band", "num", "path", "picture", "polylines", "tag", "text"]


def num(value: float) -> str:
    """Return a coordinate with at most one decimal; drawings need no more."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def tag(name: str, *children: Markup | str, **attributes: str | float | None) -> Markup:
    """Return one element; ``class_`` becomes ``class``, ``stroke_width`` ``stroke-width``."""
    pairs = "".join(
        f' {_attribute(key)}="{escape(value if isinstance(value, str) else num(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(child) for child in children)
    return Markup(f"<{name}{pairs}>{inside}</{name}>")  # noqa: S704 - every part was escaped above


def text(x: float, y: float, words: str, *, class_: str, anchor: str = "start") -> Markup:
    """Return one line of text."""
    return tag("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def picture(
    width: float, height: float, *parts: Markup, title: str, class_: str = "chart"
) -> Markup:
    """Return a whole drawing that scales to its column and tells screen readers what it shows."""
    return tag(
        "svg",
        tag("title", title),
        *parts,
        viewBox=f"0 0 {num(width)} {num(height)}",
        role="img",
        class_=class_,
        preserveAspectRatio="xMidYMid meet",
    )


def path(points: Sequence[tuple[float, float]] | Floats, *, closed: bool = False) -> str:
    """Return path data through points, none of which may be missing."""
    steps = " ".join(f"{num(float(x))} {num(float(y))}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def polylines(x: Floats, y: Floats) -> str:
    """Return path data through a curve with gaps where it is NaN."""
    return "".join(
        path(np.column_stack([x[run], y[run]])) for run in _runs(np.isfinite(x) & np.isfinite(y))
    )


def band(x: Floats, low: Floats, high: Floats) -> str:
    """Return path data of the area between two curves, with gaps where either is NaN."""
    known = np.isfinite(low) & np.isfinite(high)
    outlines = []
    for run in _runs(known):
        there = np.column_stack([x[run], high[run]])
        back = np.column_stack([x[run], low[run]])[::-1]
        outlines.append(path(np.vstack([there, back]), closed=True))
    return "".join(outlines)


def arc_points(
    centre: tuple[float, float], radius: float, start_rad: float, end_rad: float, *, count: int = 24
) -> list[tuple[float, float]]:
    """Return points of an arc; angle 0 hangs straight down, + turns to the picture's right."""
    angles = [start_rad + (end_rad - start_rad) * k / (count - 1) for k in range(count)]
    return [
        (centre[0] + radius * math.sin(angle), centre[1] + radius * math.cos(angle))
        for angle in angles
    ]


def _runs(known: Iterable[bool]) -> list[slice]:
    """Return the stretches of at least two neighbouring known points."""
    flags = np.concatenate([[False], np.asarray(list(known), dtype=bool), [False]])
    edges = np.flatnonzero(flags[1:] != flags[:-1])
    return [
        slice(int(start), int(stop))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
        if stop - start > 1
    ]


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")
