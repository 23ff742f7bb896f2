"""The same films read by others: raw landmarks, world landmarks, and published rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask
from validation.pages import markdown_table
from validation.table.baselines import ALARMS, BASELINES, Baseline, rounding_scores
from validation.table.cells import (
    NOTHING,
    few,
    interval,
    number,
    share,
    share_interval,
)
from validation.table.classing import area_under_curve, called
from validation.table.observations import Observations, of_curves
from validation.table.records import CurveResult, FilmResult
from validation.table.rows import COLUMNS, Seen, chosen, faces_as_asked
from validation.table.statistics import correlation, summary

__all__ = ["baseline_table", "baselines_of", "rounding_table"]

_ROUNDED: Final = "back_rounds"
_LUMBAR: Final = "lumbar_flexion"
_SCORES: Final = {
    "shoulder_hip_turn": "turn of the shoulder-hip line since standing",
    "ear_shoulder_hip": "bend between ear, shoulder and hip",
    "shoulder_hip_shortening": "shrinking of the shoulder-hip distance",
}
_ANGLES: Final = ("shoulder_hip_turn", "ear_shoulder_hip")  # the others are no angles
_FEWEST_FRAMES: Final = 3  # of a repetition with a score, for its largest to mean anything

Read = Mapping[str, Mapping[str, Floats]]  # film name -> curve id -> (T,)


def baselines_of(
    films: Sequence[FilmResult], seen: Sequence[Seen]
) -> dict[str, tuple[Observations, ...]]:
    """Return every baseline's observations of every target, at the product's own places."""
    found = {}
    for name, baseline in BASELINES.items():
        instead = partial(_instead, read=_read(films, baseline))
        found[name] = tuple(of_curves(films, one.target.curves, instead=instead) for one in seen)
    return found


def baseline_table(
    films: Sequence[FilmResult],
    seen: Sequence[Seen],
    others: Mapping[str, Sequence[Observations]],
    *,
    column: str,
) -> str:
    """Return the product beside the baselines in one column of the target table.

    The baselines are judged on the frames that the product measured; raw landmarks also on those
    that it refused, which shows whether refusing was worth it.
    """
    mask = chosen(films, COLUMNS[column])
    rows = []
    for index, one in enumerate(seen):
        own = one.curves.of_films(mask)
        row = summary(own)
        cells = [f"**{one.target.label}**", few(interval(row["mae"]), row.people)]
        refused = own.of(~np.isfinite(own.measured))
        for name in BASELINES:
            other = others[name][index].of_films(mask)
            cells.append(interval(summary(other.where_measured(own))["mae"]))
        raw = others[next(iter(BASELINES))][index].of_films(mask)
        left = summary(raw.of(~np.isfinite(own.measured))) if refused.true.size else None
        cells += [share(row["refused"].value), interval(left["mae"]) if left else NOTHING]
        rows.append(cells)
    head = ["mean absolute error, deg", "PrimeMover", *BASELINES, "refused", "raw where refused"]
    return markdown_table(head, rows)


def rounding_table(films: Sequence[FilmResult]) -> str:
    """Return how well published stand-ins for a rounded back follow the low back's flexion."""
    sideways = [
        film
        for film, keep in zip(films, chosen(films, faces_as_asked), strict=True)
        if keep and film.forward and any(curve.id == _LUMBAR for curve in film.curves)
    ]
    own = {film.name: {_LUMBAR: _curve(film).measured} for film in sideways}
    rows = [_rounding_row("PrimeMover's lumbar flexion", sideways, own, alarm=None)]
    rows[0][-1] = _own_alarm(sideways)
    read = _read(sideways, rounding_scores)
    for name, label in _SCORES.items():
        as_lumbar = {film: {_LUMBAR: values[name]} for film, values in read.items() if values}
        row = _rounding_row(label, sideways, as_lumbar, alarm=ALARMS.get(name))
        if name not in _ANGLES:
            row[2] = row[3] = NOTHING
        rows.append(row)
    head = [
        "taken for rounding",
        "r with true lumbar flexion",
        "bias, deg",
        "mean absolute error, deg",
        "area under the curve, rounded lift or not",
        "alarm at a back that does not round",
    ]
    return markdown_table(head, rows)


def _rounding_row(
    label: str, films: Sequence[FilmResult], read: Read, *, alarm: float | None
) -> list[str]:
    pairs = of_curves(films, [_LUMBAR], instead=partial(_instead, read=read))
    row = summary(pairs)
    posed = {film.name: one.true for film in films for one in film.findings if one.id == _ROUNDED}
    lifts = [film for film in films if film.name in posed]
    score = np.array([_film_score(film, read) for film in lifts])
    true = np.array([posed[film.name] for film in lifts], dtype=bool)
    person = [film.factors.person for film in lifts]
    return [
        label,
        interval(correlation(pairs.true, pairs.measured, pairs.person.tolist()), digits=2),
        number(row["bias"].value, sign=True),
        interval(row["mae"]),
        interval(area_under_curve(score, true, person), digits=2) if lifts else NOTHING,
        _alarms(score, true, alarm),
    ]


def _alarms(score: Floats, true: Mask, alarm: float | None) -> str:
    """Return how often a published alarm goes off in lifts posed without rounding."""
    straight = score[~true] if true.size else score
    known = straight[np.isfinite(straight)]
    if alarm is None or not known.size:
        return NOTHING
    return f"{share(float(np.mean(known > alarm)))} of {known.size} films"


def _own_alarm(films: Sequence[FilmResult]) -> str:
    """Return how often the product itself says that a straight back rounds."""
    straight = [
        (one, film.factors.person)
        for film in films
        for one in film.findings
        if one.id == _ROUNDED and not one.true
    ]
    if not straight:
        return NOTHING
    found = called([one for one, _ in straight], [person for _, person in straight])
    wrong = 1.0 - found.specificity.value
    return (
        f"{share(wrong)} of the answered, {share_interval(found.open_share)} left open, "
        f"{len(straight)} films"
    )


def _film_score(film: FilmResult, read: Read) -> float:
    """Return the mean over a film's true repetitions of the largest score in each."""
    score, curve = read.get(film.name, {}).get(_LUMBAR), _curve(film)
    if score is None:
        return float("nan")
    on_clock = _on_clock(film, curve, score)
    peaks = []
    for number_of in np.unique(curve.repetition[curve.repetition >= 0]):
        values = on_clock[curve.repetition == number_of]
        values = values[np.isfinite(values)]
        if values.size >= _FEWEST_FRAMES:
            peaks.append(float(values.max()))
    return float(np.mean(peaks)) if peaks else float("nan")


def _curve(film: FilmResult) -> CurveResult:
    return next(curve for curve in film.curves if curve.id == _LUMBAR)


def _read(films: Sequence[FilmResult], baseline: Baseline) -> dict[str, dict[str, Floats]]:
    """Return a baseline's curves of every film; none of a film in which nobody was found."""
    return {
        film.name: {} if film.track is None else baseline(film.track, film.forward, film.standing_s)
        for film in films
    }


def _instead(film: FilmResult, curve: CurveResult, *, read: Read) -> Floats:
    return _on_clock(film, curve, read.get(film.name, {}).get(curve.id))


def _on_clock(film: FilmResult, curve: CurveResult, values: Floats | None) -> Floats:
    """Return values of the track's frames at a curve's times, the nearest frame each."""
    if values is None:
        return np.full(curve.time_s.size, np.nan)
    if film.track is None or values.size == curve.time_s.size:
        return values
    clock = film.track.time_s
    after = np.clip(np.searchsorted(clock, curve.time_s), 1, clock.size - 1)
    nearer = curve.time_s - clock[after - 1] < clock[after] - curve.time_s
    return values[after - nearer.astype(np.int64)]
