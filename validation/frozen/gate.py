"""What got worse since the errors of the frozen films were recorded, and which bounds are broken.

The frozen films always give the same errors on one machine, and on another the same to a
millionth, so the margins need not hold chance. They hold what a harmless change of the product may
do to one film; what it does to all films together is held tighter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from validation.frozen.errors import Rows, Seen, film_errors, pooled_errors
from validation.table.bounds import COVERED, GROSS_MOST, USUAL, Target
from validation.table.rows import COLUMNS, chosen
from validation.table.rows import Seen as Observed
from validation.table.statistics import Summary

__all__ = ["Noted", "broken_bounds", "complaints", "noted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How much an error may grow, and how it is told.

    Attributes
    ----------
    most : in the unit of the error
    share : and this share of what was recorded
    told : the unit after a number
    """

    most: float
    share: float = 0.0
    told: str = ""

    def allowed(self, before: float) -> float:
        """Return the largest error that passes."""
        return before + self.most + self.share * before


# Engineering defaults, tried against planted faults and against noise of the landmarks:
# tests/validation/test_gate.py.
OF_ONE_FILM: Final = {
    "curve": Margin(most=1.0, share=0.15, told=" deg"),
    "missing": Margin(most=0.15),
    "angle": Margin(most=2.0, share=0.15, told=" deg"),
    "length": Margin(most=2.0, share=0.15, told=" cm"),
    "share": Margin(most=0.15, share=0.15),
    "speed": Margin(most=0.15, share=0.15, told=" m/s"),
    "instant": Margin(most=0.10, told=" s"),
    "finding": Margin(most=1.0),  # right to open passes, right to wrong does not
}
OF_ALL_FILMS: Final = {
    "mean error": Margin(most=0.25, share=0.05, told=" deg"),
    "bias": Margin(most=0.5, share=0.05, told=" deg"),
    "outside": Margin(most=0.05),
    "gross": Margin(most=0.02),
    "half width": Margin(most=0.2, share=0.15, told=" deg"),
    "missing": Margin(most=0.03),
}


_SLACK: Final = 0.15  # share of a bound by which it must be broken anew: a hair is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The errors of the frozen films at one time.

    Attributes
    ----------
    films : film name -> its errors
    pooled : of all films together
    broken : the bounds of the target table that these films prove broken
    well_broken : those that they prove broken by more than `_SLACK`
    """

    films: dict[str, Rows]
    pooled: Rows
    broken: tuple[str, ...]
    well_broken: tuple[str, ...] = ()


def noted(every: Sequence[Seen]) -> Noted:
    """Return the errors of examined films."""
    broken = broken_bounds(every)
    return Noted(
        films={seen.result.name: film_errors(seen) for seen in every},
        pooled=pooled_errors(every),
        broken=tuple(broken),
        well_broken=tuple(name for name, excess in broken.items() if excess > _SLACK),
    )


def complaints(before: Noted, now: Noted, *, about: dict[str, str]) -> tuple[str, ...]:
    """Return a sentence for everything that got worse, the most telling first; none if all holds.

    Parameters
    ----------
    before, now
        Of the same films.
    about
        Film name -> what it shows, in a few words.
    """
    found = [
        f"A bound of the target table is broken that held: {one}"
        for one in now.well_broken
        if one not in before.broken
    ]
    found += _grown(before.pooled, now.pooled, OF_ALL_FILMS, where="over all films")
    for name, rows in before.films.items():
        where = f"in {name} ({about[name]})"
        found += _grown(rows, now.films.get(name, {}), OF_ONE_FILM, where=where)
    return tuple(found)


def _grown(before: Rows, now: Rows, margins: dict[str, Margin], *, where: str) -> list[str]:
    found = []
    for (kind, name), old in before.items():
        margin = margins[kind]
        new = now.get((kind, name), math.nan)
        if math.isnan(old):
            continue  # what was not measured cannot get worse; `missing` tells that it is there
        allowed = margin.allowed(old)
        if math.isnan(new):
            found.append(f"{name}: {kind} {old:.2f}{margin.told}, now not measured, {where}")
        elif new > allowed:
            found.append(
                f"{name}: {kind} {old:.2f} -> {new:.2f}{margin.told} "
                f"({new - old:+.2f}, at most {allowed:.2f}), {where}"
            )
    return found


def broken_bounds(every: Sequence[Seen]) -> dict[str, float]:
    """Return the bounds of the target table that the films prove broken -> by what share of it.

    A few films cannot prove that a bound is kept. They prove it broken when the whole bootstrap
    interval over their people lies beyond it. Intervals that hold too much are not told here: that
    their width does not grow is held closer than that.
    """
    films = [seen.result for seen in every]
    targets = Observed.every(films)
    found = {}
    for column, keeps in COLUMNS.items():
        mask = chosen(films, keeps)
        for one in targets:
            for what, excess in _excess(one.target, one.row(mask), column).items():
                if excess > 0.0:
                    found[f"{one.target.label}, {column}: {what}"] = excess
    return found


def _excess(target: Target, row: Summary, column: str) -> dict[str, float]:
    """Return how far beyond each bound the interval begins; NaN with too few people for one."""
    most_deg = target.usual_deg if column == USUAL else target.hard_deg
    outside = 1.0 - COVERED[0]
    return {
        f"mean error over {most_deg:g} deg": row["mae"].low / most_deg - 1.0,
        f"intervals hold less than {COVERED[0]:.0%}": (1.0 - row["covered"].high) / outside - 1.0,
        f"gross errors over {GROSS_MOST:.0%}": row["gross"].low / GROSS_MOST - 1.0,
    }
