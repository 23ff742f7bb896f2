"""Sentences about the numbers of the real clips, made from the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from validation.real.clips import REPETITIONS, RealFilm
from validation.real.repeating import Repeated
from validation.real.rounding import SHOWN, Told
from validation.real.standing import Standings
from validation.real.two_cameras import Compared, two_cameras
from validation.table.cells import number

__all__ = ["plain_words"]

_TWO_TANGENTS: Final = float(np.sqrt(2.0))  # lumbar flexion is the difference of two


def plain_words(
    films: Mapping[str, RealFilm],
    rows: Sequence[Repeated],
    stood: Sequence[Standings],
    told: Sequence[Told],
) -> str:
    """Return what the tables say, a line each."""
    lines = [_counting(films), _repeating(rows), _twice(rows), _cameras(films), _standing(stood)]
    lines += [_rounding(told)]
    return "\n".join(f"- {line}" for line in lines if line)


def _counting(films: Mapping[str, RealFilm]) -> str:
    here = [name for name in REPETITIONS if name in films]
    right = [
        name
        for name in here
        if (trial := films[name].trial) is not None
        and len(trial.repetitions) == REPETITIONS[name]
        and trial.view is not None
        and trial.view.accepted
    ]
    others = [film.trial for name, film in films.items() if name not in REPETITIONS]
    silent = sum(t is None or not any(m.is_known for m in t.measures.values()) for t in others)
    return (
        f"**Counting**: in {len(right)} of {len(here)} side films of a deadlift every repetition "
        f"is found; of {len(others)} films from elsewhere or of other lifts {silent} are given no "
        "measure."
    )


def _repeating(rows: Sequence[Repeated]) -> str:
    if not rows:
        return ""
    above = [row.measure for row in rows if row.within.low > row.stated_se]
    named = ", ".join(f"`{name}`" for name in above)
    return (
        f"**Repetitions** scatter less than, or not surely more than, the stated error in "
        f"{len(rows) - len(above)} of {len(rows)} measures"
        + (f"; surely more in {named}." if above else ".")
    )


def _twice(rows: Sequence[Repeated]) -> str:
    known = [row for row in rows if np.isfinite(row.twice)]
    if not known:
        return ""
    above = [row for row in known if row.twice > row.stated_se]
    quiet = [row.twice / row.stated_se for row in known if row not in above]
    named = ", ".join(f"`{row.measure}`" for row in above)
    typical = number(float(np.median(quiet)), digits=2) if quiet else number(np.nan)
    loud = f"; more than it in {named}, where something turns on a hair" if above else ""
    return (
        "**Read twice** from different pictures of the same seconds, one reading is off by "
        f"{typical} of the stated error (median of {len(quiet)} measures){loud}."
    )


def _cameras(films: Mapping[str, RealFilm]) -> str:
    found = two_cameras(films)
    if found is None:
        return ""
    read = [row for row in found.stressed if np.isfinite(row.oblique)]
    angles = "nothing is measured"
    if read:
        angles = (
            f"{sum(row.overlap for row in read)} of {len(read)} pairs of 90 % intervals overlap, "
            f"and {sum(row.agree for row in read)} differences lie within their own"
        )
    latest = max(one.largest_s for one in found.instants)
    same = len(found.side.repetitions) == len(found.oblique.repetitions)
    return (
        f"**Two cameras**: side and oblique film of one set give "
        f"{'the same number of' if same else 'different numbers of'} repetitions, and instants "
        f"within {number(latest, digits=2)} s of each other. The oblique film is refused for "
        f"angles. Read all the same, {angles}{_farthest(read)}."
    )


def _farthest(read: Sequence[Compared]) -> str:
    angles = [row for row in read if row.unit == "rad"]
    if not angles:
        return ""
    worst = max(angles, key=lambda row: abs(row.oblique - row.side))
    apart = number(np.rad2deg(worst.oblique - worst.side), sign=True)
    return f"; farthest apart is `{worst.measure}`, by {apart} deg"


def _standing(stood: Sequence[Standings]) -> str:
    name = "lumbar_flexion_bottom"
    spans = [
        f"{number(np.rad2deg(_span(row.means[name])))} deg (`{row.film}`, stated "
        f"{number(np.rad2deg(_TWO_TANGENTS * row.own.se_rad))})"
        for row in stood
        if name in row.means
    ]
    if not spans:
        return ""
    return (
        "**Standing**: which half second of standing the low back is counted from moves its "
        f"flexion at the bottom by up to {', '.join(spans)}."
    )


def _span(values: Floats) -> float:
    return float(np.nanmax(values) - np.nanmin(values))


def _rounding(told: Sequence[Told]) -> str:
    first = [row for row in told if row.measure == SHOWN[0]]
    if not first:
        return ""
    parts = [
        f"{row.way} {number(np.rad2deg(row.apart.difference), sign=True)} deg, "
        f"{number(row.apart.in_sds)} SD, AUC {number(row.apart.auc, digits=2)}"
        for row in first
    ]
    return f"**Rounded against held**, low back at the bottom: {'; '.join(parts)}."
