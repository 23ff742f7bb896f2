"""The headline: the issue's target table with what was measured, and how the view changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from validation.pages import markdown_table
from validation.table.bounds import (
    COVERED,
    GROSS_MOST,
    HARD,
    USUAL,
    YAW_RATIO_MOST,
    Target,
)
from validation.table.cells import few, interval, number, share, verdict
from validation.table.observations import Observations
from validation.table.records import FilmResult
from validation.table.rows import COLUMNS, Seen, chosen, faces_as_asked, in_yaw_band
from validation.table.statistics import Summary, mae_ratio, summary

__all__ = ["Judged", "headline_table", "judge", "standing_of", "yaw_table"]

_OF: Final[dict[str, Callable[[Seen], Observations]]] = {
    "curves": lambda seen: seen.curves,
    "events": lambda seen: seen.events,
}
_POOR_BAND_DEG: Final = (10.0, 20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One bound and what came of it.

    Attributes
    ----------
    column : `USUAL` or `HARD`
    kind : ``"curves"`` (through the repetitions) or ``"events"`` (measures at instants)
    most_deg : the bound
    """

    target: Target
    column: str
    kind: str
    most_deg: float
    row: Summary

    @property
    def known(self) -> bool:
        """Whether anything was measured."""
        return bool(np.isfinite(self.row["mae"].value))

    @property
    def met(self) -> bool:
        """Whether the mean absolute error is within its bound."""
        return self.known and self.row["mae"].value <= self.most_deg


def judge(films: Sequence[FilmResult], seen: Sequence[Seen]) -> tuple[Judged, ...]:
    """Return every bound of the target table with its row, for curves and for events."""
    masks = {column: chosen(films, keeps) for column, keeps in COLUMNS.items()}
    return tuple(
        Judged(
            target=one.target,
            column=column,
            kind=kind,
            most_deg=one.target.usual_deg if column == USUAL else one.target.hard_deg,
            row=summary(take(one).of_films(mask)),
        )
        for kind, take in _OF.items()
        for one in seen
        for column, mask in masks.items()
    )


def headline_table(judged: Sequence[Judged], kind: str) -> str:
    """Return the target table of one kind, both columns side by side."""
    head = ["mean absolute error, deg"]
    for column in (USUAL, HARD):
        head += [column, "at most", "people", ""]
    rows = []
    for target, pair in _pairs(judged, kind):
        cells = [f"**{target.label}**"]
        for one in pair:
            cells += [
                few(interval(one.row["mae"]), one.row.people),
                number(one.most_deg),
                f"{one.row.people}",
                verdict(one.row["mae"].value, one.most_deg) if one.row.asked else "no film",
            ]
        rows.append(cells)
    return markdown_table(head, rows)


def _pairs(judged: Sequence[Judged], kind: str) -> Iterator[tuple[Target, list[Judged]]]:
    """Yield every target with its two columns."""
    of_kind = [one for one in judged if one.kind == kind]
    for target in dict.fromkeys(one.target for one in of_kind):
        yield target, [one for one in of_kind if one.target is target]


def yaw_table(films: Sequence[FilmResult], seen: Sequence[Seen]) -> str:
    """Return how much larger the errors are with the camera 10 to 20 deg off, or refused."""
    low, high = _POOR_BAND_DEG
    good = chosen(films, faces_as_asked)
    poor = chosen(films, partial(in_yaw_band, low=low, high=high))
    rows = []
    for one in seen:
        near, far = one.row(good), one.row(poor)
        ratio = mae_ratio(one.curves.of_films(poor), one.curves.of_films(good))
        rows.append(
            [
                f"**{one.target.label}**",
                few(interval(near["mae"]), near.people),
                few(interval(far["mae"]), far.people),
                interval(ratio, digits=2),
                share(near["refused"].value),
                share(far["refused"].value),
                _yaw_verdict(far, ratio.value),
            ]
        )
    head = [
        "mean absolute error, deg",
        "yaw up to 10",
        "yaw 10 to 20",
        f"ratio (at most {YAW_RATIO_MOST:g})",
        "refused, up to 10",
        "refused, 10 to 20",
        "",
    ]
    return markdown_table(head, rows)


def _yaw_verdict(far: Summary, ratio: float) -> str:
    if not far.asked:
        return "no film"
    if far["refused"].value == 1.0:
        return "met: refused"
    return verdict(ratio, YAW_RATIO_MOST, digits=2)


def standing_of(judged: Sequence[Judged]) -> str:
    """Return in plain words which bounds hold."""
    asked = [one for one in judged if one.row.asked]
    covered = [one for one in asked if one.known and not _is_covered(one.row)]
    gross = [one for one in asked if one.known and one.row["gross"].value > GROSS_MOST]
    held = len(asked) - len(covered)
    small = len(asked) - len(gross)
    inside = f"{COVERED[0]:.0%} to {COVERED[1]:.0%}"
    lines = (
        (
            f"{_counted(asked, 'curves')} bounds on the mean error hold through the repetitions, "
            f"{_counted(asked, 'events')} at the instants the report states."
        ),
        (
            f"The stated 90 % intervals hold the truth in {inside} of the cases in {held} of "
            f"{len(asked)} rows{_named(covered, 'covered')}"
        ),
        (
            f"Gross errors (over 10 deg) are at most {GROSS_MOST:.0%} in {small} of {len(asked)} "
            f"rows{_named(gross, 'gross')}"
        ),
    )
    return "\n".join(f"- {line}" for line in lines)


def _counted(asked: Sequence[Judged], kind: str) -> str:
    of_kind = [one for one in asked if one.kind == kind]
    return f"{sum(one.met for one in of_kind)} of {len(of_kind)}"


def _is_covered(row: Summary) -> bool:
    return COVERED[0] <= row["covered"].value <= COVERED[1]


def _named(missed: Sequence[Judged], statistic: str) -> str:
    """Return which rows missed, in brackets of where."""
    if not missed:
        return "."
    where = {"curves": "", "events": ", at instants"}
    names = (
        f"{one.target.label} ({one.column}{where[one.kind]}): {one.row[statistic].value:.1%}"
        for one in missed
    )
    return f"; missed: {'; '.join(names)}."
