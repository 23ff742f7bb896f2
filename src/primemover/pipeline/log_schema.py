"""The training log's format: what may stand in it, table by table.

Boundary types only: they check words and shapes. Days and loads become numbers in `log_file`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from primemover.pipeline.session_schema import (
    BendTable,
    EntryTable,
    HipTable,
    Number,
    Quantity,
    Rating,
    Table,
    Text,
)

__all__ = ["LAST_DAY", "ClearedTable", "ExerciseTable", "LogTable", "LoggedTable", "TestTable"]

LAST_DAY = 730
"""A course is not followed for more than two years."""
Day = Annotated[int, Field(strict=True, ge=1, le=LAST_DAY)]
Count = Annotated[Number, Field(ge=0, le=1000)]


class DatedTable(Table):
    """Something on a day of the course: `day` counts from 1, or `date` from the log's `start`."""

    day: Day | None = None
    date: dt.date | None = None


class ExerciseTable(Table):
    """One exercise as it was done; `sets` of each side."""

    id: Text
    sets: Annotated[int, Field(strict=True, ge=0, le=50)] | None = None
    reps: Count | None = None
    seconds: Count | None = None
    breaths: Count | None = None
    load: Quantity | None = None
    pain: Rating | None = None
    effort: Rating | None = None
    too_easy: bool = False
    symptoms: list[Text] = Field(default_factory=list)


class LoggedTable(DatedTable):
    """One session."""

    pain_before: Rating | None = None
    pain_during: Rating | None = None
    pain_after: Rating | None = None
    pain_next_day: Rating | None = None
    symptoms: list[Text] = Field(default_factory=list)
    note: str = ""
    exercise: list[ExerciseTable] = Field(default_factory=list)


class TestTable(DatedTable):
    """Tests done again, written as in a session file."""

    __test__ = False  # the name is no invitation to pytest

    entry: EntryTable = EntryTable()
    hip_rotation: HipTable = HipTable()
    forward_bend: BendTable = BendTable()


class ClearedTable(DatedTable):
    """A clinician's word that training may go on after a stop."""

    by: Annotated[Text, Field(min_length=1)]


class LogTable(Table):
    """A whole log."""

    title: str = ""
    start: dt.date | None = None
    session: list[LoggedTable] = Field(default_factory=list)
    test: list[TestTable] = Field(default_factory=list)
    cleared: list[ClearedTable] = Field(default_factory=list)
