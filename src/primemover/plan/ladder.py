"""From easier to harder: which exercise must be mastered before another may begin."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import ExerciseRow
from primemover.model.measure import Measure, Side
from primemover.model.units import to_display

__all__ = ["Ladder", "followers", "starters"]

_FIRST_LEVEL: Final = 1  # hardest level to begin with, engineering default


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What may be begun.

    Attributes
    ----------
    possible : exercises that neither equipment nor a reason against them leaves out
    mastered : done at the top of their dose, green
    starters : may begin at once, because a test or the gate shows it
    """

    possible: Collection[str]
    mastered: Collection[str] = ()
    starters: Collection[str] = ()

    def waits_for(self, row: ExerciseRow) -> str:
        """Return the exercise that must be mastered before `row`, "" for none.

        Where the easier form cannot be done here, another one of the level below in the same step
        stands in for it, so that nobody climbs two levels at once; where there is none, only an
        exercise of level 1 or less may begin.
        """
        if not row.follows or row.id in self.starters:
            return ""
        rows = load().exercises
        if row.follows in self.possible:
            return "" if row.follows in self.mastered else row.follows
        below = [
            name
            for name in self.possible
            if rows[name].step == row.step and rows[name].level == row.level - 1
        ]
        if below:
            return "" if any(name in self.mastered for name in below) else min(below)
        before = rows[row.follows]
        if before.level == row.level:
            return self.waits_for(before)
        return "" if row.level <= _FIRST_LEVEL else before.id


def starters(measures: Mapping[str, Measure]) -> frozenset[str]:
    """Return the exercises that an entry test lets begin at once, on both sides."""
    found = set()
    for row in load().exercises.values():
        when = row.start_when
        if when is None:
            continue
        told = [measures.get(f"{when.measure}_{side.value}") for side in (Side.LEFT, Side.RIGHT)]
        shown = [
            to_display(one.value, one.unit)[0] for one in told if one is not None and one.is_known
        ]
        if len(shown) == len(told) and min(shown) >= when.at_least:
            found.add(row.id)
    return frozenset(found)


def followers(name: str) -> tuple[str, ...]:
    """Return the exercises that come right after one (its progressions), in the table's order."""
    return tuple(row.id for row in load().exercises.values() if row.follows == name)
