"""One figure a course: pain day by day, the steps worked on, and the load of the lift."""

from __future__ import annotations

from typing import Final

import numpy as np
from markupsafe import Markup

from primemover.report import svg
from validation.courses.checks import colour
from validation.courses.run import LAST_DAY, Day, Lived
from validation.table.drawing import Panel, legend, sheet

__all__ = ["draw", "file_name"]

_WIDTH: Final = 960.0
_LEFT: Final = 70.0
_PLOT: Final = 640.0
_WEEKS: Final = [7.0 * week for week in range(13)]
# Colours of the sheet: what is usual, what is hard, what is other.
_LOOK: Final = {"green": "dot usual", "amber": "ring hard", "red": "dot hard"}
_MOST_PAIN: Final = 10.0
_TOP_LOAD: Final = 1.5


def file_name(lived: Lived) -> str:
    """Return the file a course's figure is kept in."""
    return f"course-{lived.story.id}.svg"


def draw(lived: Lived) -> str:
    """Return the figure of a course as the text of an SVG file."""
    parts = [*_pain(lived), *_steps(lived), *_load(lived), *_key()]
    return sheet(
        _WIDTH,
        560.0,
        *parts,
        title=lived.story.title,
        about=f"{lived.story.title}: pain, steps and load over twelve weeks",
    )


def _panel(top: float, height: float, low: float, high: float) -> Panel:
    return Panel(
        left=_LEFT, top=top, width=_PLOT, height=height,
        x_low=0.0, x_high=float(LAST_DAY), y_low=low, y_high=high,
    )  # fmt: skip


def _pain(lived: Lived) -> list[Markup]:
    panel = _panel(80.0, 170.0, 0.0, _MOST_PAIN)
    parts = panel.frame("Worst pain of a session, 0-10", x_ticks=_WEEKS, y_ticks=[0, 3, 5, 10])
    for day in lived.days:
        if day.logged is None:
            continue
        worst = max(one["pain"] for one in day.logged["exercise"])
        look = _LOOK[colour(day)]
        parts.append(svg.tag("circle", class_=look, cx=panel.x(day.day), cy=panel.y(worst), r=4.0))
    if lived.stopped:
        parts.append(_stop_line(panel, lived.stopped_day))
    return parts


def _stop_line(panel: Panel, day: int) -> Markup:
    at = panel.x(day)
    return svg.tag(
        "line", class_="range hard", x1=at, x2=at, y1=panel.top, y2=panel.top + panel.height
    )


def _steps(lived: Lived) -> list[Markup]:
    """Return a row a step: a mark on each day its exercises were done."""
    panel = _panel(300.0, 100.0, 0.5, 5.5)
    parts = panel.frame("Steps worked on", x_ticks=_WEEKS, y_ticks=[5, 4, 3, 2, 1])
    for step in range(1, 6):
        days = np.array([float(day.day) for day in lived.days if _works_on(day, step)])
        parts.append(panel.dots(days, np.full(days.size, float(step)), "usual"))
    return parts


def _load(lived: Lived) -> list[Markup]:
    panel = _panel(445.0, 80.0, 0.0, _TOP_LOAD)
    parts = panel.frame("Heaviest load, of the first load", x_ticks=_WEEKS, y_ticks=[0, 0.5, 1])
    told = [(day.day, _share(day)) for day in lived.days if day.logged is not None]
    loaded = [(day, share) for day, share in told if share > 0.0]
    if loaded:
        days, shares = (np.array(column, dtype=float) for column in zip(*loaded, strict=True))
        parts.append(panel.line(days, shares, "usual"))
        parts.append(panel.dots(days, shares, "usual"))
    return parts


def _key() -> list[Markup]:
    lines = (
        ("dot usual", "green: pain of 3 or less"),
        ("ring hard", "amber: 4 to 5"),
        ("dot hard", "red: above 5, or more"),
        ("", "pain the day after"),
        ("range hard", "the course stops"),
        ("", "Across: days, a tick a week"),
    )
    return legend(_LEFT + _PLOT + 30.0, 100.0, lines)


def _works_on(day: Day, step: int) -> bool:
    return day.logged is not None and any(one["step"] == step for one in day.asked)


def _share(day: Day) -> float:
    return max((float(one["load_share"]) for one in day.asked if one["is_loaded"]), default=0.0)
