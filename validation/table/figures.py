"""The page's figures: errors against truth, calibration, errors by view and by clothes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from markupsafe import Markup
from scipy.special import ndtri

from primemover.model.arrays import Floats
from primemover.report import svg
from validation.table.bootstrap import Estimate
from validation.table.bounds import COVERED, HARD, USUAL, YAW_RATIO_MOST
from validation.table.drawing import Panel, legend, sheet, whisker
from validation.table.observations import Observations
from validation.table.records import FilmResult
from validation.table.rows import (
    COLUMNS,
    Seen,
    chosen,
    clothing_levels,
    faces_as_asked,
    in_yaw_band,
)
from validation.table.statistics import Summary, summary

__all__ = ["FIGURES", "calibration", "draw_figures", "file_name"]

FIGURES: Final = {
    "agreement": "Error against the true angle, one panel a measure",
    "coverage": "How often stated intervals hold the truth, against how often they should",
    "by_yaw": "Mean error by how far the camera is off the view",
    "by_clothing": "Mean error by clothing",
}
_LOOK: Final = {USUAL: "usual", HARD: "hard"}
_WIDTH: Final = 960.0
_DOTS: Final = 400  # per panel and column: more only blackens the panel
_LEVELS: Final = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
_STATED: Final = 0.90
_BANDS_DEG: Final = (0.0, 5.0, 10.0, 15.0, 20.0, 30.0)
_MOST_STEPS: Final = 4
_ROOM: Final = 1.02  # above the highest mark
_TOP_DEG: Final = 40.0  # of an error axis: what errs further is drawn at its edge
_OTHER: Final = "raw landmarks"
_SHORT: Final = {
    "trunk": "Trunk",
    "knee": "Knee",
    "hip": "Hip flexion",
    "pelvis": "Pelvis",
    "lumbar": "Low back",
    "thoracic": "Upper back",
    "rotation": "Hip rotation",
}


def file_name(figure: str) -> str:
    """Return the file a figure is kept in."""
    return f"accuracy-{figure.replace('_', '-')}.svg"


def draw_figures(
    films: Sequence[FilmResult],
    seen: Sequence[Seen],
    others: Mapping[str, Sequence[Observations]],
) -> dict[str, str]:
    """Return every figure of `FIGURES` as the text of an SVG file."""
    return {
        "agreement": _agreement(films, seen),
        "coverage": _coverage(films, seen),
        "by_yaw": _by_yaw(films, seen, others[_OTHER]),
        "by_clothing": _by_clothing(films, seen),
    }


def calibration(seen: Observations, levels: Floats = _LEVELS) -> Floats:
    """Return how often the truth lies within the stated intervals scaled to other levels.

    The stated 90 % interval's two halves are stretched as a normal error's would be; NaN without
    any measured value.
    """
    known = np.isfinite(seen.measured)
    if not known.any():
        return np.full(levels.size, np.nan)
    there = seen.of(known)
    error = there.true - there.measured
    half = np.where(error < 0.0, there.measured - there.low, there.high - there.measured)
    stretch = ndtri(0.5 + 0.5 * levels) / ndtri(0.5 + 0.5 * _STATED)
    return np.asarray(np.mean(np.abs(error)[:, None] <= half[:, None] * stretch, axis=0))


def _grid(count: int, *, top: float = 92.0, height: float = 176.0) -> list[tuple[float, float]]:
    """Return left and top of panels, four a row."""
    return [
        (62.0 + 228.0 * (index % 4), top + (height + 62.0) * (index // 4)) for index in range(count)
    ]


def _agreement(films: Sequence[FilmResult], seen: Sequence[Seen]) -> str:
    masks = {column: chosen(films, keeps) for column, keeps in COLUMNS.items()}
    most = _error_range([one.curves.of_films(mask) for one in seen for mask in masks.values()])
    parts: list[Markup] = []
    places = _grid(len(seen) + 1)
    for one, (left, top) in zip(seen, places, strict=False):
        known = one.curves.true[np.isfinite(one.curves.true)]
        low, high = (0.0, 60.0) if not known.size else np.quantile(known, (0.002, 0.998))
        panel = Panel(
            left=left, top=top, width=176.0, height=176.0,
            x_low=5.0 * np.floor(low / 5.0), x_high=5.0 * np.ceil(high / 5.0 + 1e-9),
            y_low=-most, y_high=most,
        )  # fmt: skip
        ticks = _ticks(panel.x_low, panel.x_high)
        parts += panel.frame(
            _SHORT[one.target.id], x_ticks=ticks, y_ticks=(-most, -most / 2, 0.0, most / 2, most)
        )
        clouds = [(one.curves.of_films(mask), _LOOK[column]) for column, mask in masks.items()]
        parts += [_dots(panel, cloud, look) for cloud, look in clouds]
        parts += [line for cloud, look in clouds for line in _limits(panel, cloud, look)]
    left, top = places[-1]
    marks = (
        ("", "error, deg (up), against the"),
        ("", "true angle, deg (across)"),
        ("dot usual", "good film"),
        ("dot hard", "plates or loose clothes"),
        ("range usual", "bias"),
        ("limits usual", "95 % limits of agreement"),
    )
    parts += legend(left - 20.0, top + 20.0, marks)
    return sheet(
        _WIDTH, 560.0, *parts,
        title="How far readings are off, by the true angle", about=FIGURES["agreement"],
    )  # fmt: skip


def _dots(panel: Panel, seen: Observations, look: str) -> Markup:
    """Return the errors as dots, at most `_DOTS` of them."""
    known = np.flatnonzero(np.isfinite(seen.measured))
    shown = known[np.linspace(0, known.size - 1, min(_DOTS, known.size)).astype(np.int64)]
    return panel.dots(seen.true[shown], (seen.measured - seen.true)[shown], look)


def _limits(panel: Panel, seen: Observations, look: str) -> list[Markup]:
    """Return lines at bias and limits of agreement, as far as they are known."""
    row = summary(seen)
    marks = {"bias": "range", "loa_low": "limits", "loa_high": "limits"}
    return [
        panel.level(row[name].value, f"{mark} {look}", low=panel.x_low, high=panel.x_high)
        for name, mark in marks.items()
        if np.isfinite(row[name].value)
    ]


def _error_range(parts: Sequence[Observations]) -> float:
    """Return a half range that holds nearly all errors, in steps of 10 deg."""
    errors = np.concatenate([one.measured - one.true for one in parts])
    known = np.abs(errors[np.isfinite(errors)])
    far = float(np.quantile(known, 0.995)) if known.size else 10.0
    return float(np.clip(10.0 * np.ceil(far / 10.0), 10.0, 40.0))


def _coverage(films: Sequence[FilmResult], seen: Sequence[Seen]) -> str:
    parts: list[Markup] = []
    places = _grid(len(seen) + 1)
    ticks = (50.0, 70.0, 90.0)
    ideal = np.array([45.0, 100.0])
    wanted = (100.0 * COVERED[0], 100.0 * COVERED[1])
    for one, (left, top) in zip(seen, places, strict=False):
        panel = Panel(
            left=left, top=top, width=176.0, height=176.0,
            x_low=45.0, x_high=100.0, y_low=30.0, y_high=100.0,
        )  # fmt: skip
        parts += panel.frame(_SHORT[one.target.id], x_ticks=ticks, y_ticks=ticks)
        parts.append(panel.line(ideal, ideal, "target"))
        parts.append(panel.box("area usual", x=(87.0, 93.0), y=wanted))
        for column, keeps in COLUMNS.items():
            of_column = one.curves.of_films(chosen(films, keeps))
            held = summary(of_column)["covered"]
            look = _LOOK[column]
            parts.append(panel.line(100.0 * _LEVELS, 100.0 * calibration(of_column), look))
            parts += whisker(panel, _percent(held), at=100.0 * _STATED, class_=look)
    left, top = places[-1]
    marks = (
        ("", "% that hold the truth (up)"),
        ("", "against the stated % (across)"),
        ("curve usual", "good film"),
        ("curve hard", "plates or loose clothes"),
        ("area usual", "85 to 95 % at stated 90 %"),
        ("target", "as it should be"),
        ("", "below the line: too sure"),
    )
    parts += legend(left - 20.0, top + 20.0, marks)
    return sheet(
        _WIDTH, 560.0, *parts,
        title="Do the stated intervals hold the truth as often as they say?",
        about=FIGURES["coverage"],
    )  # fmt: skip


def _by_yaw(
    films: Sequence[FilmResult], seen: Sequence[Seen], others: Sequence[Observations]
) -> str:
    masks = [
        chosen(films, partial(in_yaw_band, low=low, high=high))
        for low, high in pairwise((*_BANDS_DEG[:-1], 180.0))
    ]
    parts: list[Markup] = []
    places = _grid(len(seen) + 1)
    for one, other, (left, top) in zip(seen, others, places, strict=False):
        rows = [one.row(mask) for mask in masks]
        theirs = np.array([summary(other.of_films(mask))["mae"].value for mask in masks])
        most = _most(rows, [*theirs, one.target.usual_deg * YAW_RATIO_MOST])
        panel = Panel(
            left=left, top=top, width=176.0, height=176.0,
            x_low=0.0, x_high=_BANDS_DEG[-1], y_low=0.0, y_high=most,
        )  # fmt: skip
        parts += panel.frame(_SHORT[one.target.id], x_ticks=_BANDS_DEG, y_ticks=_ticks(0.0, most))
        middle = np.array([0.5 * (low + high) for low, high in pairwise(_BANDS_DEG)])
        for (low, high), row in zip(pairwise(_BANDS_DEG), rows, strict=True):
            share = row["refused"].value
            if np.isfinite(share) and share > 0.0:
                parts.append(panel.box("gap", x=(low + 0.4, high - 0.4), y=(0.0, share * most)))
        parts.append(panel.line(middle, theirs, "other soft"))
        parts.append(panel.level(one.target.usual_deg, "target", low=0.0, high=10.0))
        parts.append(
            panel.level(YAW_RATIO_MOST * one.target.usual_deg, "target", low=10.0, high=20.0)
        )
        parts.append(panel.line(middle, np.array([row["mae"].value for row in rows]), "usual"))
        for x, row in zip(middle, rows, strict=True):
            parts += whisker(panel, row["mae"], at=float(x), class_="usual")
    left, top = places[-1]
    marks = (
        ("", "mean absolute error, deg (up), by"),
        ("", "yaw of the camera, deg (across)"),
        ("curve usual", "PrimeMover, 95 % interval"),
        ("curve other soft", "raw landmarks, all frames"),
        ("target", "target of good films, x 1.5"),
        ("gap", "share refused (full height: all)"),
    )
    parts += legend(left - 20.0, top + 20.0, marks)
    return sheet(
        _WIDTH, 560.0, *parts,
        title="What a camera off the asked view does", about=FIGURES["by_yaw"],
    )  # fmt: skip


def _by_clothing(films: Sequence[FilmResult], seen: Sequence[Seen]) -> str:
    levels = clothing_levels(films)
    masks = [chosen(films, level.keeps, faces_as_asked) for level in levels]
    rows = [[one.row(mask) for mask in masks] for one in seen]
    most = _most([row for each in rows for row in each], [one.target.hard_deg for one in seen])
    height = 30.0 * max(len(levels), 1)
    parts: list[Markup] = []
    for line, level in enumerate(levels):
        y = 96.0 + 30.0 * (line + 0.5)
        parts.append(svg.text(178.0, y + 4.0, level.label, class_="words", anchor="end"))
    for index, (one, each) in enumerate(zip(seen, rows, strict=True)):
        panel = Panel(
            left=194.0 + 107.0 * index, top=96.0, width=92.0, height=height,
            x_low=0.0, x_high=most, y_low=0.0, y_high=float(max(len(levels), 1)),
        )  # fmt: skip
        parts += panel.frame(_SHORT[one.target.id], x_ticks=_ticks(0.0, most - 0.5), y_ticks=())
        for line, (level, row) in enumerate(zip(levels, each, strict=True)):
            y = len(levels) - line - 0.5
            look = "hard" if level.label.endswith("(loose)") else "usual"
            limit = one.target.hard_deg if look == "hard" else one.target.usual_deg
            at = panel.x(limit)
            parts.append(
                svg.tag(
                    "line", class_="target", x1=at, x2=at,
                    y1=panel.y(y + 0.4), y2=panel.y(y - 0.4),
                )
            )  # fmt: skip
            parts += whisker(panel, row["mae"], at=y, class_=look, across=True)
    foot = 96.0 + height
    parts += legend(194.0, foot + 48.0, (("dot usual", "close, mean absolute error, deg"),))
    parts += legend(450.0, foot + 48.0, (("dot hard", "loose"),))
    parts += legend(540.0, foot + 48.0, (("target", "target (loose: second column's)"),))
    return sheet(
        _WIDTH, foot + 70.0, *parts,
        title="What clothes do (camera up to 10 deg off, with and without plates)",
        about=FIGURES["by_clothing"],
    )  # fmt: skip


def _most(rows: Sequence[Summary], others: Sequence[float]) -> float:
    """Return the top of an error axis, in steps of 2 deg, that shows rows, intervals and others."""
    ends = [end for row in rows for end in (row["mae"].value, row["mae"].high)]
    values = np.array([*ends, *others])
    top = float(values[np.isfinite(values)].max(initial=0.0))
    return float(np.clip(2.0 * np.ceil(_ROOM * top / 2.0), 4.0, _TOP_DEG))


def _percent(held: Estimate) -> Estimate:
    return Estimate(value=100.0 * held.value, low=100.0 * held.low, high=100.0 * held.high)


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Return at most five round numbers within a range."""
    step = next(
        (s for s in (1.0, 2.0, 5.0, 10.0, 20.0, 30.0) if (high - low) / s <= _MOST_STEPS), 50.0
    )
    first, last = int(np.ceil(low / step)), int(np.floor(high / step))
    return tuple(step * k for k in range(first, last + 1))
