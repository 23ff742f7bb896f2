"""The section of docs/accuracy.md about real clips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from primemover.calibration.model import fit_for
from primemover.model.units import to_display
from validation.pages import markdown_table
from validation.real.cameras_page import cameras_text
from validation.real.clips import REPETITIONS, SETS, RealFilm
from validation.real.likeness import Likeness, likeness
from validation.real.repeating import Repeated, repeated
from validation.real.rounding import Told, told_apart
from validation.real.standing import Standings, standings
from validation.real.words import plain_words
from validation.table.cells import number, share

__all__ = ["SECTION", "page_text"]

SECTION: Final = "real clips"


def page_text(films: Mapping[str, RealFilm]) -> str:
    """Return the section in Markdown."""
    rows, stood, told = repeated(films), standings(films), told_apart(films)
    return TEXT.format(
        engine=_engine(films),
        fit="angles with the shipped correction"
        if fit_for("side") is not None
        else "angles plain: no correction is shipped yet, so what a table calls shipped is plain",
        plain=plain_words(films, rows, stood, told),
        films=_films_table(films),
        repeated=_repeated_table(rows),
        cameras=cameras_text(films),
        standing=_standing_table(stood),
        tops=_tops_table(stood),
        rounding=_rounding_table(told),
        likeness=_likeness_table(likeness(films)),
    )


def _engine(films: Mapping[str, RealFilm]) -> str:
    engines = {
        film.trial.film.pose.raw.engine
        for film in films.values()
        if film.trial is not None and film.trial.film is not None
    }
    return ", ".join(f"`{engine}`" for engine in sorted(engines))


def _films_table(films: Mapping[str, RealFilm]) -> str:
    head = ["clip", "sha-256 of film", "view", "camera off the side", "looks like",
            "repetitions found / shown", "own standing", "measures"]  # fmt: skip
    return markdown_table(head, [_film_row(name, film) for name, film in films.items()])


def _film_row(name: str, film: RealFilm) -> list[str]:
    trial = film.trial
    if trial is None or trial.view is None or trial.task is None:
        return [f"`{name}`", f"`{film.fingerprint}`", film.refused, *[""] * 5]
    view = trial.view
    known = sum(measure.is_known for measure in trial.measures.values())
    zero = trial.film.zero if trial.film is not None else None
    return [
        f"`{name}`",
        f"`{film.fingerprint}`",
        view.label.value if view.accepted else f"{view.label.value}: refused",
        f"{number(np.rad2deg(view.yaw_rad), digits=0)} ± {np.rad2deg(view.yaw_se_rad):.0f} deg",
        trial.task.looks_like.value.replace("_", " "),
        f"{len(trial.repetitions)} / {REPETITIONS.get(name, '')}".rstrip(" /"),
        f"{zero.start_s:.1f} to {zero.end_s:.1f} s" if zero is not None else "none",
        f"{known} of {len(trial.measures)}" if known else "none",
    ]


def _repeated_table(rows: Sequence[Repeated]) -> str:
    head = [
        "measure",
        *(f"{name}: mean ± SD (n)" for name in SETS),
        "SD within sets [95 %]",
        "step to step",
        "plain SD",
        "read twice",
        "stated se",
        "SD / se",
    ]
    return markdown_table(head, [_repeated_row(row) for row in rows])


def _repeated_row(row: Repeated) -> list[str]:
    scale, unit = to_display(1.0, row.unit)
    digits = 1 if unit in {"deg", "cm"} else 2

    def show(value: float) -> str:
        return number(scale * value, digits=digits)

    within = row.within
    loud = within.low > row.stated_se
    ratio = number(within.sd / row.stated_se, digits=2)
    twice = show(row.twice)
    return [
        f"`{row.measure}`" + ("" if unit == "1" else f", {unit}"),
        *(_of_set(row.by_set.get(name, np.zeros(0)), scale, digits) for name in SETS),
        f"{show(within.sd)} [{show(within.low)}, {show(within.high)}]",
        show(within.step),
        show(row.plain_within.sd),
        f"**{twice}**" if row.twice > row.stated_se else twice,
        show(row.stated_se),
        f"**{ratio}**" if loud else ratio,
    ]


def _of_set(values: np.ndarray, scale: float, digits: int) -> str:
    known = scale * values[np.isfinite(values)]
    if not known.size:
        return number(np.nan)
    spread = f" ± {known.std(ddof=1):.{digits}f}" if known.size > 1 else ""
    return f"{number(known.mean(), digits=digits)}{spread} ({known.size})"


def _standing_table(rows: Sequence[Standings]) -> str:
    head = ["film", "half seconds, from (s)", "measure", "from each of them, deg", "SD",
            "largest apart", "stated se of the standing"]  # fmt: skip
    lines = []
    for row in rows:
        starts = ", ".join(f"{zero.start_s:.1f}" for zero in row.zeros)
        for measure, means in row.means.items():
            each = np.rad2deg(means)
            if (
                not measure.endswith(("_bottom", "_lockout"))
                or np.nanmax(each) - np.nanmin(each) < _SAME_DEG
            ):
                continue
            lines.append([
                f"`{row.film}`",
                starts,
                f"`{measure}`",
                ", ".join(number(value) for value in each),
                number(float(np.nanstd(each, ddof=1))),
                number(np.nanmax(each) - np.nanmin(each)),
                number(np.rad2deg(row.own.se_rad)),
            ])  # fmt: skip
            starts = ""
    return markdown_table(head, lines) if lines else "No film shows two."


def _tops_table(rows: Sequence[Standings]) -> str:
    head = ["film", "repetitions", "curve", "mean at the top, deg", "SD over the repetitions"]
    lines = [
        [
            f"`{row.film}`",
            f"{values.size}",
            f"`{curve}`",
            number(np.rad2deg(np.nanmean(values))),
            number(np.rad2deg(np.nanstd(values, ddof=1))),
        ]
        for row in rows
        for curve, values in row.tops.items()
        if np.isfinite(values).sum() > 1
    ]
    return markdown_table(head, lines) if lines else "No film shows two repetitions and a standing."


def _rounding_table(rows: Sequence[Told]) -> str:
    head = ["measure", "read", "held, deg", "rounded, deg", "difference", "SD within sets",
            "difference / SD", "AUC", "stated se"]  # fmt: skip
    lines = [
        [
            f"`{row.measure}`",
            row.way,
            number(np.rad2deg(row.held)),
            number(np.rad2deg(row.rounded)),
            number(np.rad2deg(row.apart.difference), sign=True),
            number(np.rad2deg(row.apart.sd)),
            number(row.apart.in_sds, digits=2),
            number(row.apart.auc, digits=2),
            number(np.rad2deg(row.se)),
        ]
        for row in rows
    ]
    return markdown_table(head, lines)


def _likeness_table(rows: Sequence[Likeness]) -> str:
    if not rows:
        return "No correction is shipped yet, so there is nothing to be unlike."
    head = ["clip", "standing", "repetitions, median", "95th percentile", "frames beyond 1",
            "farthest from the fit's mean (in its SDs)"]  # fmt: skip
    return markdown_table(head, [_likeness_row(row) for row in rows])


def _likeness_row(row: Likeness) -> list[str]:
    if row.why and not np.isfinite(row.standing):
        return [f"`{row.film}`", "", "", "", "", row.why]
    farthest = ", ".join(f"`{name}` {number(far, sign=True)}" for name, far in row.farthest)
    return [
        f"`{row.film}`",
        *(number(value, digits=2) for value in (row.standing, row.lifting, row.most)),
        share(row.beyond),
        farthest or row.why,
    ]


_SAME_DEG: Final = 0.05  # a measure that no standing moves is a change and is left out

TEXT: Final = """\
## What real clips can tell

Made by `python -m validation.real_clips --write`; engine {engine}.
Films of living people from public repositories, which are not part of this project. Read as
`primemover analyze` does, with nothing told about the person;
{fit}.

**There is no truth in them.** Nobody measured these people, so nothing here is an error. A reading
that repeats well may be wrong every time: what a body's shape, a hood or the camera's place add is
the same in each repetition, and drops out of every figure of scatter below. The side films show
four lifters, one of them in one hood, and as far as is known nobody who hurts. What they can do is
catch a reading that cannot be right: one that scatters more than it says, or that two films of the
same lift contradict.

### In plain words

{plain}

### The films

"Shown" are the repetitions counted by eye. Camera: towards the person's front +.

{films}

### Repetition by repetition

Two kettlebell sets of one man, ten repetitions each ("held", "rounded"), and two men who lifted a
bar once in each of three films ("outdoors", "gym"). People do not repeat themselves exactly, so the
scatter over repetitions is at most this much random error, and probably less: an **upper limit**.
"Step to step" is the typical error from one repetition to the next (root mean square step over the
square root of 2), in which slow tiring counts little. "Read twice": every repetition is read from
every other picture, and once more from the pictures in between. There the person does the very
same, so all that differs is error; what both readings share is not in it. The stated error also
covers what is the same in all repetitions, so "SD / se" should be well below 1. **Bold**: above the
stated error; of a scatter only where its whole interval is.

{repeated}

### The same set, two cameras

{cameras}

### Standing

Every angle is counted from the person's own standing. Here the same film's measures are counted
from every half second in which the person stands upright with free hands, whether still or not, arm
raised or not (the program itself asks for a still body and prefers hanging hands). How far they lie
apart is what the choice of the standing can do.

{standing}

Standing at the top of each repetition, load in hand, counted from own standing. A loaded spine need
not stand as an unloaded one, so the mean is no error; a large one is a hint that the standing was
not a good one. The scatter says how well standing is repeated.

{tops}

### Rounded against held

One man in one hood made two sets, one that its author calls correct and one with a rounded back.
The repetitions of a set belong together, so ten against ten are not twenty independent cases, and
no interval stands here. "AUC" is the chance that a repetition of the rounded set is read as more
than one of the other; 0.5 is no better than tossing a coin. The sets differ in more than the back.

{rounding}

### How unlike the fitted people

1 = as the least usual per cent of frames of virtual people left out of the fit; beyond that the
plain reading takes over by steps and the interval widens. The oblique film is there to see that it
is noticed; the program refuses it before.

{likeness}
"""
