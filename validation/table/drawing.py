"""Small multiples as hand-written SVG files that read well in light and in dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from primemover.model.arrays import Floats
from primemover.report import svg
from validation.table.bootstrap import Estimate

__all__ = ["Panel", "legend", "sheet", "whisker"]

# The report's colours (report/templates/page.css); a file of its own brings its own background.
_STYLE: Final = """
svg { --bg: #ffffff; --panel: #faf9f6; --ink: #1b1c1a; --muted: #5d5f5a; --line: #e3e1da;
  --usual: #0b6b63; --hard: #b85c00; --other: #6a5a9c; }
@media (prefers-color-scheme: dark) { svg { --bg: #131514; --panel: #1c1f1e; --ink: #eceae5;
  --muted: #a8aaa4; --line: #343837; --usual: #6ecdc2; --hard: #f0a04b; --other: #b5a6ea; } }
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--muted); }
.title { font-size: 17px; font-weight: 650; fill: var(--ink); }
.name { font-size: 13px; font-weight: 620; fill: var(--ink); }
.sheet { fill: var(--bg); } .panel { fill: var(--panel); } .gap { fill: var(--line); }
.grid { stroke: var(--line); } .zero { stroke: var(--muted); }
.usual { --c: var(--usual); } .hard { --c: var(--hard); } .other { --c: var(--other); }
.dots { stroke: var(--c); stroke-width: 2.6; stroke-linecap: round; opacity: .4; }
.dot { fill: var(--c); } .ring { fill: var(--bg); stroke: var(--c); stroke-width: 2; }
.range { stroke: var(--c); stroke-width: 1.8; } .soft { stroke-dasharray: 4 4; }
.curve { stroke: var(--c); stroke-width: 2.2; stroke-linejoin: round; }
.limits { stroke: var(--c); stroke-width: 1.4; stroke-dasharray: 5 4; }
.area { fill: var(--c); opacity: .13; } .target { stroke: var(--ink); stroke-dasharray: 2 3; }
path { fill: none; } path.area { fill: var(--c); }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One plot: its place on the sheet and its scales, from `low` to `high` each way."""

    left: float
    top: float
    width: float
    height: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Return where a value lies across the sheet, at the panel's edge if beyond it."""
        share = (value - self.x_low) / (self.x_high - self.x_low)
        return self.left + self.width * min(max(share, 0.0), 1.0)

    def y(self, value: float) -> float:
        """Return where a value lies down the sheet, at the panel's edge if beyond it."""
        share = (value - self.y_low) / (self.y_high - self.y_low)
        return self.top + self.height * (1.0 - min(max(share, 0.0), 1.0))

    def frame(
        self, name: str, *, x_ticks: Sequence[float], y_ticks: Sequence[float], zero: float = 0.0
    ) -> list[Markup]:
        """Return background, name, grid and numbers; the line at y = `zero` is stronger."""
        right, foot = self.left + self.width, self.top + self.height
        parts = [
            svg.tag(
                "rect", class_="panel", x=self.left, y=self.top, width=self.width,
                height=self.height, rx=4.0,
            ),
            svg.text(self.left, self.top - 8.0, name, class_="name"),
        ]  # fmt: skip
        for value in y_ticks:
            y = self.y(value)
            kind = "zero" if value == zero else "grid"
            parts.append(svg.tag("line", class_=kind, x1=self.left, x2=right, y1=y, y2=y))
            parts.append(
                svg.text(self.left - 6.0, y + 4.0, _tick(value), class_="tick", anchor="end")
            )
        for value in x_ticks:
            x = self.x(value)
            parts.append(svg.tag("line", class_="grid", x1=x, x2=x, y1=foot, y2=foot + 4.0))
            parts.append(svg.text(x, foot + 17.0, _tick(value), class_="tick", anchor="middle"))
        return parts

    def level(self, y: float, class_: str, *, low: float, high: float) -> Markup:
        """Return a level line at `y` from x = `low` to x = `high`."""
        at = self.y(y)
        return svg.tag("line", class_=class_, x1=self.x(low), x2=self.x(high), y1=at, y2=at)

    def dots(self, x: Floats, y: Floats, class_: str) -> Markup:
        """Return many small dots as one path."""
        data = "".join(
            f"M{svg.num(self.x(float(a)))} {svg.num(self.y(float(b)))}h0"
            for a, b in zip(x, y, strict=True)
        )
        return svg.tag("path", class_=f"dots {class_}", d=data)

    def line(self, x: Floats, y: Floats, class_: str) -> Markup:
        """Return a curve with gaps where it is NaN."""
        across = np.array([self.x(float(value)) for value in x])
        down = np.array([self.y(float(v)) if np.isfinite(v) else np.nan for v in y])
        return svg.tag("path", class_=f"curve {class_}", d=svg.polylines(across, down))

    def box(self, class_: str, *, x: tuple[float, float], y: tuple[float, float]) -> Markup:
        """Return a filled rectangle."""
        left, top = self.x(x[0]), self.y(y[1])
        return svg.tag(
            "rect", class_=class_, x=left, y=top,
            width=self.x(x[1]) - left, height=self.y(y[0]) - top,
        )  # fmt: skip


def whisker(
    panel: Panel, shown: Estimate, *, at: float, class_: str, across: bool = False
) -> list[Markup]:
    """Return a dot with its interval, up or `across`, at a place on the other axis.

    An estimate without an interval (too few people) is a ring; none at all is nothing.
    """
    if not np.isfinite(shown.value):
        return []
    sure = bool(np.isfinite(shown.low))
    x, y = (shown.value, at) if across else (at, shown.value)
    look = f"{'dot' if sure else 'ring'} {class_}"
    dot = svg.tag("circle", class_=look, cx=panel.x(x), cy=panel.y(y), r=4.0)
    if not sure:
        return [dot]
    low, high = shown.low, shown.high
    x_low, x_high, y_low, y_high = (low, high, y, y) if across else (x, x, low, high)
    ends = {
        "x1": panel.x(x_low),
        "x2": panel.x(x_high),
        "y1": panel.y(y_low),
        "y2": panel.y(y_high),
    }
    return [svg.tag("line", class_=f"range {class_}", **ends), dot]


def legend(left: float, top: float, lines: Sequence[tuple[str, str]]) -> list[Markup]:
    """Return lines of (kind of mark, words): a mark's classes, or empty for words alone."""
    parts = []
    for row, (mark, words) in enumerate(lines):
        y = top + 20.0 * row
        if mark.startswith(("dot", "ring")):
            parts.append(svg.tag("circle", class_=mark, cx=left + 9.0, cy=y - 4.0, r=4.5))
        elif mark.startswith(("gap", "area")):
            parts.append(svg.tag("rect", class_=mark, x=left, y=y - 11.0, width=18.0, height=13.0))
        elif mark:
            parts.append(
                svg.tag("line", class_=mark, x1=left, x2=left + 18.0, y1=y - 4.0, y2=y - 4.0)
            )
        parts.append(svg.text(left + (26.0 if mark else 0.0), y, words, class_="words"))
    return parts


def sheet(width: float, height: float, *parts: Markup, title: str, about: str) -> str:
    """Return a whole SVG file with its heading; `about` tells screen readers what it shows."""
    drawing = svg.tag(
        "svg",
        svg.tag("title", about),
        svg.tag("style", Markup(_STYLE)),  # noqa: S704 - a constant of this module
        svg.tag("rect", class_="sheet", width=width, height=height, rx=10.0),
        svg.text(24.0, 34.0, title, class_="title"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {svg.num(width)} {svg.num(height)}",
        width=svg.num(width),
        height=svg.num(height),
        role="img",
    )
    return f"{drawing}\n"


def _tick(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")
