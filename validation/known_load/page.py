"""The section of docs/moments.md about virtual lifters with a known load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from validation.known_load.counting import TARGET, Cell, cell
from validation.known_load.mechanics import JOINTS, WORKERS
from validation.known_load.observing import PARTS, PEAK, PULL, Seen
from validation.pages import markdown_table, put_section
from validation.table.bootstrap import LEAST_PEOPLE

__all__ = ["PAGE", "section_of", "write_section"]

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "moments.md"
_NAME: Final = "known load"
_JOINT: Final = {"ankle": "ankle", "knee": "knee", "hip": "hip", "l5s1": "L5/S1"}
_PART: Final = {
    str(PARTS[0]): "floor to knees, mean",
    str(PARTS[1]): "knees to lockout, mean",
    PEAK: "largest of the pull",
}
_HEAD: Final = (
    "joint",
    "what",
    "films (people)",
    "error N m",
    "error % of peak",
    "bias N m",
    "half of the interval N m",
    "true inside % (95 % interval)",
    "true below / above %",
    "instants inside %",
    "met",
)
_WORK_HEAD: Final = (
    "share of the work",
    "films (people)",
    "error",
    "bias",
    "half of the interval",
    "true inside % (95 % interval)",
    "true below / above %",
    "met",
)
Group = tuple[str, Callable[[Seen], bool]]
_GROUPS: Final[tuple[Group, ...]] = (
    ("conventional", lambda one: one.move == "conventional"),
    ("sumo", lambda one: one.move == "sumo"),
    ("Romanian", lambda one: one.move == "romanian"),
    ("kettlebell", lambda one: one.move == "kettlebell"),
    ("clothes that follow the skin", lambda one: one.close),
    ("loose clothes", lambda one: not one.close),
)


def write_section(seen: Sequence[Seen], *, page: Path = PAGE) -> None:
    """Put the tables into the page."""
    put_section(page, _NAME, section_of(seen))


def section_of(seen: Sequence[Seen]) -> str:
    """Return the section: moments by joint and part, shares of work, groups, what is missing."""
    parts = (
        _summary(seen),
        "Moments:",
        markdown_table(_HEAD, _moment_rows(seen)),
        "Work:",
        markdown_table(_WORK_HEAD, _work_rows(seen)),
        "Parts of the lift (both means, all four joints together) by lift and clothes:",
        markdown_table(("films of", "films (people)", *_HEAD[4:5], _HEAD[7]), _group_rows(seen)),
        _missing(seen),
    )
    return "\n\n".join(parts)


def _moments(seen: Sequence[Seen], part: str | None = None) -> list[Seen]:
    return [
        one
        for one in seen
        if one.quantity in JOINTS and (one.part != PEAK if part is None else one.part == part)
    ]


def _summary(seen: Sequence[Seen]) -> str:
    films = {one.film for one in seen}
    people = {one.person for one in seen}
    known = {one.film for one in seen if one.measured}
    phases = cell(_moments(seen))
    at = phases.instants
    return (
        f"{len(films)} films of {len(people)} virtual people that nothing was fitted on; "
        f"{len(known)} were estimated. **Of all parts of the lift at all joints "
        f"{_percent(phases.inside.value)} % have their true mean moment in the 90 % interval "
        f"({_interval(phases)}), and {_percent(at)} % of their instants. "
        f"Wanted are {_percent(TARGET[0])} to {_percent(TARGET[1])} %: {_met(phases)}.**"
    )


def _moment_rows(seen: Sequence[Seen]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for joint, named in _JOINT.items():
        for part, what in _PART.items():
            found = cell([one for one in _moments(seen, part) if one.quantity == joint])
            rows.append(
                (
                    named,
                    what,
                    _films(found),
                    f"{found.error:.0f}",
                    _percent(found.relative),
                    f"{found.bias:+.0f}",
                    f"{found.width:.0f}",
                    _inside(found),
                    _sides(found),
                    "" if part == PEAK else _percent(found.instants),
                    _met(found),
                )
            )
    return rows


def _work_rows(seen: Sequence[Seen]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for who in WORKERS:
        mine = [one for one in seen if one.quantity == f"work_share_{who}" and one.part == PULL]
        found = cell(mine)
        rows.append(
            (
                who,
                _films(found),
                f"{found.error:.3f}",
                f"{found.bias:+.3f}",
                f"{found.width:.3f}",
                _inside(found),
                _sides(found),
                _met(found),
            )
        )
    return rows


def _group_rows(seen: Sequence[Seen]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for named, belongs in _GROUPS:
        found = cell([one for one in _moments(seen) if belongs(one)])
        if found.films:
            rows.append((named, _films(found), _percent(found.relative), _inside(found)))
    return rows


def _missing(seen: Sequence[Seen]) -> str:
    reason: Counter[str] = Counter()
    for film in sorted({one.film for one in seen}):
        peaks = [one for one in seen if one.film == film and one.part == PEAK]
        if not any(one.measured for one in peaks):
            reason[peaks[0].why] += 1
    if not reason:
        return "Every film was estimated."
    told = "; ".join(f"{why} ({count})" for why, count in reason.most_common())
    return f"Not estimated at all, with the reason that is shown (films): {told}."


def _films(found: Cell) -> str:
    return f"{found.films} ({found.people})"


def _inside(found: Cell) -> str:
    return f"{_percent(found.inside.value)} ({_interval(found)})"


def _interval(found: Cell) -> str:
    if found.people < LEAST_PEOPLE or not np.isfinite(found.inside.low):
        return "too few people"
    return f"{_percent(found.inside.low)} to {_percent(found.inside.high)}"


def _sides(found: Cell) -> str:
    above = 1.0 - found.inside.value - found.below
    return f"{_percent(found.below)} / {_percent(above)}"


def _met(found: Cell) -> str:
    low, high = TARGET
    if not np.isfinite(found.inside.value):
        return ""
    if found.inside.value < low:
        return "no, too narrow"
    return "yes" if found.inside.value <= high else "no, too wide"


def _percent(share: float) -> str:
    return f"{round(100.0 * share)}" if np.isfinite(share) else "-"
