"""Entry tests of the programme's steps: what to do, what to type in, what comes out."""

from __future__ import annotations

from collections.abc import Iterable

from primemover.exam.readings import measures_from_readings
from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import EntryTestRow
from primemover.model.measure import Measure
from primemover.model.session import Reading

__all__ = ["entry_measures", "entry_tests"]


def entry_tests() -> tuple[EntryTestRow, ...]:
    """Return the declared entry tests in the order of the steps."""
    return tuple(sorted(load().entry_tests.values(), key=lambda row: row.step))


def entry_measures(readings: Iterable[Reading]) -> dict[str, Measure]:
    """Return the measures of the entry tests among some readings, side differences derived.

    Raises
    ------
    UsageError
        If a reading names an instrument not made for it.
    """
    stems = {stem for row in entry_tests() for stem in row.measures}
    return measures_from_readings(r for r in readings if r.measure in stems)[0]
