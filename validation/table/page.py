"""The published page: everything that was collected from virtual people, as one section."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from primemover.model.units import to_display
from validation.pages import markdown_table, put_section
from validation.table.bounds import HARD, USUAL, YAW_RATIO_MOST
from validation.table.cells import few, interval, number, share, shares
from validation.table.factors import factor_tables, held_words, table_text
from validation.table.figures import FIGURES, draw_figures, file_name
from validation.table.judged import headline_table, judge, standing_of, yaw_table
from validation.table.observations import Observations, of_curves, of_measures
from validation.table.peers import baseline_table, baselines_of, rounding_table
from validation.table.records import FilmResult
from validation.table.rows import (
    COLUMNS,
    Seen,
    chosen,
    faces_as_asked,
    measure_ids,
    other_curves,
)
from validation.table.statistics import GROSS_DEG, Summary, summary
from validation.table.words import (
    findings_table,
    material,
    plain_words,
    refusal_table,
    view_words,
)

__all__ = ["SECTION", "page_text", "write_page"]

SECTION: Final = "virtual people"
_FULL_HEAD: Final = [
    "",
    "people / films / n",
    "bias",
    "95 % limits of agreement",
    "MAE",
    "RMSE",
    "gross",
    "ICC(A,1)",
    "slope",
    "covered",
    "refused",
]


def write_page(films: Sequence[FilmResult], *, page: Path, images: Path) -> None:
    """Write the section into a page and the figures beside it."""
    seen = Seen.every(films)
    others = baselines_of(films, (*seen, *Seen.beside(films)))
    images.mkdir(parents=True, exist_ok=True)
    for name, drawing in draw_figures(films, seen, others).items():
        (images / file_name(name)).write_text(drawing, encoding="utf-8")
    where = images.relative_to(page.parent).as_posix()
    put_section(page, SECTION, page_text(films, seen, others, images=where))


def page_text(
    films: Sequence[FilmResult],
    seen: Sequence[Seen],
    others: dict[str, tuple[Observations, ...]],
    *,
    images: str,
) -> str:
    """Return the section in Markdown; `images` is the figures' folder as the page sees it."""
    judged = judge(films, seen)
    tables = factor_tables(films, seen)
    beside = (*seen, *Seen.beside(films))
    return TEXT.format(
        material=material(films),
        plain=plain_words(judged),
        standing=standing_of(judged),
        curves=headline_table(judged, "curves"),
        events=headline_table(judged, "events"),
        yaw=yaw_table(films, seen),
        view=view_words(films),
        full_usual=full_table(films, seen, column=USUAL),
        full_hard=full_table(films, seen, column=HARD),
        groups="\n\n".join(table_text(table, seen) for table in tables),
        held=held_words(tables),
        beside_usual=baseline_table(films, beside, others, column=USUAL),
        beside_hard=baseline_table(films, beside, others, column=HARD),
        rounding=rounding_table(films),
        findings=findings_table(films, faces_as_asked),
        findings_all=findings_table(films),
        other=_other_curves_table(films),
        measures=_measures_table(films),
        refusals=refusal_table(films),
        ratio=YAW_RATIO_MOST,
        usual=USUAL,
        hard=HARD,
        **{name: f"![{label}]({images}/{file_name(name)})" for name, label in FIGURES.items()},
    )


def full_table(films: Sequence[FilmResult], seen: Sequence[Seen], *, column: str) -> str:
    """Return every statistic of the targets' curves in one column of the target table."""
    mask = chosen(films, COLUMNS[column])
    rows = [full_row(one.target.label, one.row(mask)) for one in seen]
    return markdown_table(_FULL_HEAD, rows)


def full_row(label: str, row: Summary, *, digits: int = 1) -> list[str]:
    """Return one row with every statistic and its interval."""
    low, high = (number(row[name].value, digits=digits) for name in ("loa_low", "loa_high"))
    return [
        label,
        f"{row.people} / {row.films} / {row.asked}",
        few(interval(row["bias"], digits=digits, sign=True), row.people),
        f"{low} to {high}",
        interval(row["mae"], digits=digits),
        interval(row["rmse"], digits=digits),
        shares(row).split(" · ")[1],
        interval(row["icc"], digits=2),
        number(row["slope"].value, digits=2),
        shares(row).split(" · ")[0],
        share(row["refused"].value),
    ]


def _other_curves_table(films: Sequence[FilmResult]) -> str:
    mask = chosen(films, faces_as_asked)
    return _quantities(
        [(name, of_curves(films, [name]).of_films(mask)) for name in other_curves(films)],
        {curve.id: curve.unit for film in films for curve in film.curves},
    )


def _measures_table(films: Sequence[FilmResult]) -> str:
    mask = chosen(films, faces_as_asked)
    return _quantities(
        [(name, of_measures(films, [name]).of_films(mask)) for name in measure_ids(films)],
        {measure.id: measure.unit for film in films for measure in film.measures},
    )


def _quantities(rows: list[tuple[str, Observations]], units: dict[str, str]) -> str:
    """Return every statistic of single quantities; gross errors are counted for angles only."""
    lines = []
    for name, seen in rows:
        unit = to_display(1.0, units[name])[1]
        row = summary(seen, gross=GROSS_DEG if unit == "deg" else np.inf)
        label = f"`{name}`" if unit == "1" else f"`{name}`, {unit}"
        lines.append(full_row(label, row, digits=1 if unit in {"deg", "cm"} else 2))
    return markdown_table(_FULL_HEAD, lines) if lines else "None."


TEXT: Final = """\
## Virtual people that were never used in fitting

Made by `make validate` (from films collected before: `python -m validation.table FOLDER`).
{material}

**Virtual people are not patients.** They are drawn by a program that this project wrote: skin
follows bone by simple rules, clothes hang as a simulation says, and nobody hurts. The tables say
how well the angles that were posed come back from such films. They do not say how well it does on
you, and no comparison with X-ray, markers or sensors on living people stands behind any of it.

### In plain words

{plain}

"A good film": camera at most 10 deg off the view that the test asks for, no plates in the picture,
clothes that follow the skin.

### Against the targets

{standing}
{held}

Through the repetitions:

{curves}

At the instants that the report states (the bottom of the lift, the end of the bend or the hold):

{events}

When the camera stands further off, the error may grow at most {ratio:g} times, or the measurement
must be refused; all clothes and plates:

{yaw}

{view}

{agreement}

{coverage}

{by_yaw}

{by_clothing}

### How to read the tables

One observation is one frame: of every true repetition ten frames are taken, evenly spaced, whether
or not they were measured. "MAE" is the mean size of the error, in square brackets its 95 %
interval: people were drawn again 1000 times with all their films (cluster bootstrap over people,
bias-corrected and accelerated); no interval stands where fewer than five people are. "Limits of
agreement" hold 95 % of the single errors, from the variance between and within people (Bland and
Altman 2007). "Covered" is the share of stated 90 % intervals that hold the truth; "gross" the share
of errors over 10 deg; "refused" the share of frames that the program would not measure; "slope" the
line of measured on true. ICC(A,1) is absolute agreement of single readings (McGraw and Wong 1996),
pooled over people and frames: it looks better the more the true angle varies. **Bold** is out of
bounds. Figures with few people say how many.

### Every statistic, {usual}

{full_usual}

### Every statistic, {hard}

{full_hard}

In the tables by factor a cell is the MAE in degrees with its interval, and below it the shares
covered · gross · refused. Except by view, only films with the camera at most 10 deg off count.

{groups}

### Side by side with others, same films

"raw landmarks": angles between the network's landmarks in the picture, own standing subtracted.
"world landmarks": the same in space from the network's world output (what MediaPipe calls world
landmarks: the same BlazePose network, here run by this project's runtime). Both are given the true
facing direction and the true standing; their hip is shoulder-hip-knee, as published. Landmarks have
no point between hip and shoulder, so for the pelvis and the back there is nothing to compare. Both
are counted on the frames that PrimeMover measured; the last column are raw landmarks where it
refused.

{usual}:

{beside_usual}

{hard}:

{beside_hard}

What published analysers take for a rounded back, read from the same landmarks, in side films up to
10 deg off. A hip hinge with a straight back turns the shoulder-hip line as well. "Alarm": the
analyser's own threshold is crossed in a lift posed without rounding (5 deg of turn as in vailá's
deadlift module; a distance under 0.8 of standing as in nghia17420/deadlift-analyzer).

{rounding}

### Findings

Balanced accuracy is the mean of the two rates, among the films that got an answer; what was left
open is counted apart. Camera up to 10 deg off:

{findings}

All views:

{findings_all}

### Other curves

{other}

### Every measure

{measures}

### What was not measured, and why

Films in which a reason was given:

{refusals}

### Make it again

`make validate` draws the people and films from seeds, runs the program on each and writes this
section and its figures; nothing in it is written by hand.
"""
