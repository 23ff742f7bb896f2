"""The two-camera part of the section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from primemover.model.trial import Trial
from primemover.model.units import to_display
from validation.pages import markdown_table
from validation.real.clips import HELD, OBLIQUE, RealFilm
from validation.real.two_cameras import Compared, Instant, TwoCameras, two_cameras
from validation.table.cells import number, share

__all__ = ["cameras_text"]


def cameras_text(films: Mapping[str, RealFilm]) -> str:
    """Return the comparison in Markdown."""
    found = two_cameras(films)
    if found is None:
        return "The two films of one set are not here."
    return TEXT.format(
        said="\n".join((_said(HELD, found.side), _said(OBLIQUE, found.oblique))),
        clock=_clock(found),
        instants=_instants_table(found.instants),
        stressed=_stressed_table(found),
    )


def _said(name: str, trial: Trial) -> str:
    view = trial.view
    known = sum(measure.is_known for measure in trial.measures.values())
    label = f"named {view.label.value}" if view is not None else "no view"
    off = ""
    if view is not None:
        yaw_deg, se_deg = abs(np.rad2deg(view.yaw_rad)), np.rad2deg(view.yaw_se_rad)
        off = f", {yaw_deg:.0f} ± {se_deg:.0f} deg off the side"
    counted = f"{len(trial.repetitions)} repetitions, {known} measures"
    refused = "" if known else ": no angle is given"
    return f"- `{name}`: {label}{off}; {counted}{refused}."


def _clock(found: TwoCameras) -> str:
    return (
        f"Their clocks agree to {abs(1000.0 * found.clocks.offset_s):.0f} ms (heights of the "
        f"shoulders over the whole film, r {found.clocks.correlation:.4f}), so both show the same "
        "moments. Instants that both films give, oblique minus side:"
    )


def _instants_table(rows: tuple[Instant, ...]) -> str:
    head = ["of every repetition", "n", "mean, s", "largest, s"]
    return markdown_table(
        head,
        [
            [
                row.what,
                f"{row.count}",
                number(row.mean_s, digits=3, sign=True),
                number(row.largest_s, digits=3),
            ]
            for row in rows
        ],
    )


def _stressed_table(found: TwoCameras) -> str:
    head = [
        "measure",
        "side ± se",
        "oblique ± widened se",
        "difference",
        "in its own errors",
        "90 % intervals overlap",
        "in so many repetitions",
    ]
    return markdown_table(head, [_stressed_row(row) for row in found.stressed])


def _stressed_row(row: Compared) -> list[str]:
    scale, unit = to_display(1.0, row.unit)
    digits = 1 if unit in {"deg", "cm"} else 2

    def show(value: float, se: float) -> str:
        if not np.isfinite(value):
            return "not measured"
        return f"{number(scale * value, digits=digits)} ± {scale * se:.{digits}f}"

    known = np.isfinite(row.oblique)
    return [
        f"`{row.measure}`" + ("" if unit == "1" else f", {unit}"),
        show(row.side, row.side_se),
        show(row.oblique, row.oblique_se),
        number(scale * (row.oblique - row.side), digits=digits, sign=True),
        number(row.in_errors, sign=True),
        ("yes" if row.overlap else "**no**") if known else "",
        share(row.held) if known else "",
    ]


TEXT: Final = """\
One set of ten was filmed at once from the side and obliquely. What the program says of each:

{said}

{clock}

{instants}

**A stress test outside the program's own limits**: the oblique film read as if it were a side film,
counted from the same seconds of standing, errors widened for the camera's place (landmark angles
as they are for any yaw; outline angles by what the projection of a plane alone does to them).
Nobody is given these numbers. Two 90 % intervals that overlap are a weak test when they are wide;
"in its own errors" is the stricter one (1.6 is the edge of a difference's 90 % interval).

{stressed}"""
