"""The tables by factor: move, view, clothes, plates, camera, person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from validation.pages import markdown_table
from validation.table.bootstrap import LEAST_PEOPLE
from validation.table.bounds import COVERED, GROSS_MOST
from validation.table.cells import two_lines
from validation.table.records import FilmResult
from validation.table.rows import GROUPS, Seen, chosen, faces_as_asked
from validation.table.statistics import Summary

__all__ = ["FactorRow", "FactorTable", "factor_tables", "held_words", "table_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One level of a factor: its films and one summary a target."""

    label: str
    people: int
    films: int
    cells: tuple[Summary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorTable:
    """All levels of a factor that occur."""

    title: str
    rows: tuple[FactorRow, ...]


def factor_tables(films: Sequence[FilmResult], seen: Sequence[Seen]) -> tuple[FactorTable, ...]:
    """Return the tables of `GROUPS`; except by view, films within 10 deg of the asked view."""
    tables = []
    for group in GROUPS:
        rows = []
        for level in group.levels(films):
            keeps = (level.keeps,) if group.everywhere else (level.keeps, faces_as_asked)
            mask = chosen(films, *keeps)
            kept = [film for film, keep in zip(films, mask, strict=True) if keep]
            if not kept:
                continue
            rows.append(
                FactorRow(
                    label=level.label,
                    people=len({film.factors.person for film in kept}),
                    films=len(kept),
                    cells=tuple(one.row(mask) for one in seen),
                )
            )
        tables.append(FactorTable(title=group.title, rows=tuple(rows)))
    return tuple(tables)


def table_text(table: FactorTable, seen: Sequence[Seen]) -> str:
    """Return one table in Markdown."""
    head = ["", "people / films", *(one.target.label.split(",")[0] for one in seen)]
    lines = [
        [row.label, f"{row.people} / {row.films}", *(two_lines(cell) for cell in row.cells)]
        for row in table.rows
    ]
    return f"### {table.title}\n\n{markdown_table(head, lines)}"


def held_words(tables: Iterable[FactorTable]) -> str:
    """Return in how many cells of the tables by factor intervals and gross errors are in bounds."""
    cells = [
        cell
        for table in tables
        for row in table.rows
        for cell in row.cells
        if cell.people >= LEAST_PEOPLE and np.isfinite(cell["mae"].value)
    ]
    low, high = COVERED
    covered = sum(low <= cell["covered"].value <= high for cell in cells)
    small = sum(cell["gross"].value <= GROSS_MOST for cell in cells)
    return (
        f"- In the tables by factor below, {covered} of {len(cells)} cells (those with at least "
        f"{LEAST_PEOPLE} people) are covered {low:.0%} to {high:.0%}, and {small} have at most "
        f"{GROSS_MOST:.0%} gross errors."
    )
