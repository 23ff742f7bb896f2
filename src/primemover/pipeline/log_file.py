"""Training logs: TOML or JSON in, a `TrainingLog` out, with the place of every mistake."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from primemover.errors import OutOfRangeError, SessionFileError, UnknownUnitError
from primemover.exam.readings import measures_from_readings
from primemover.knowledge.loading import load
from primemover.model.limits import typed_quantity
from primemover.model.training import (
    Clearance,
    DoneExercise,
    DoneSession,
    DoneTest,
    TrainingLog,
)
from primemover.pipeline import log_schema as schema
from primemover.pipeline.session_readings import readings_of
from primemover.pipeline.session_schema import SessionTable
from primemover.pipeline.written_file import read_written

__all__ = ["parse_log", "read_log"]

_LARGEST_MB: Final = 2  # two years of daily sessions are well below
_REASON: Final = "training_log"
_COUNTS: Final = ("reps", "seconds", "breaths")
_TABLES: Final[dict[str, type[BaseModel]]] = {
    "session": schema.LoggedTable,
    "exercise": schema.ExerciseTable,
    "test": schema.TestTable,
    "cleared": schema.ClearedTable,
}


def read_log(path: Path) -> TrainingLog:
    """Return the training log of a TOML or JSON file.

    Raises
    ------
    NotFoundError
        If there is no such file.
    SessionFileError
        If it is not TOML or JSON, or does not follow the format; the sentence names the place.
    UnknownUnitError, OutOfRangeError
        If a quantity has no known unit, or cannot be.
    """
    raw = read_written(path, what="training log", most_mb=_LARGEST_MB, reason=_REASON)
    return parse_log(raw, name=path.name)


def parse_log(raw: Any, *, name: str = "log") -> TrainingLog:  # noqa: ANN401 - parsed TOML or JSON
    """Return the log described by parsed TOML or JSON, each list in order of its days.

    Raises
    ------
    SessionFileError
        If it does not follow the format; the sentence names the place and what is expected.
    UnknownUnitError, OutOfRangeError
        If a quantity has no known unit, or cannot be.
    """
    if not isinstance(raw, Mapping):
        raise _wrong(f"{name}: a training log is a set of tables such as [[session]].")
    try:
        table = schema.LogTable.model_validate(raw)
    except ValidationError as error:
        raise _wrong(f"{name}: {_sentence(error)}") from error
    try:
        return _log(table)
    except (UnknownUnitError, OutOfRangeError) as error:
        raise type(error)(f"{name}: {error}") from error
    except SessionFileError as error:
        raise _wrong(f"{name}: {error}") from error


def _log(table: schema.LogTable) -> TrainingLog:
    start = table.start or _first_date(table)
    sessions = [
        _session(one, start, f"[[session]] {place}")
        for place, one in enumerate(table.session, start=1)
    ]
    days = [one.day for one in sessions]
    twice = sorted({day for day in days if days.count(day) > 1})
    if twice:
        raise _wrong(f"[[session]]: day {twice[0]} stands twice; put its exercises into one.")
    tests = [_test(one, start, place) for place, one in enumerate(table.test, start=1)]
    cleared = [
        Clearance(day=_day(one, start, f"[[cleared]] {place}"), by=one.by)
        for place, one in enumerate(table.cleared, start=1)
    ]
    return TrainingLog(
        sessions=tuple(sorted(sessions, key=lambda one: one.day)),
        tests=tuple(sorted(tests, key=lambda one: one.day)),
        clearances=tuple(sorted(cleared, key=lambda one: one.day)),
        start="" if start is None else start.isoformat(),
    )


def _first_date(table: schema.LogTable) -> date | None:
    """Return the first date of a log that gives dates and no start."""
    told = [one.date for one in (*table.session, *table.test, *table.cleared) if one.date]
    return min(told, default=None)


def _day(table: schema.DatedTable, start: date | None, place: str) -> int:
    if table.day is not None and table.date is not None:
        raise _wrong(f"{place}: give day or date, not both.")
    if table.day is not None:
        return table.day
    if table.date is None or start is None:
        raise _wrong(f"{place}: day is missing; count from 1, or give a date.")
    day = (table.date - start).days + 1
    if not 1 <= day <= schema.LAST_DAY:
        raise _wrong(f"{place}: date {table.date} is before the start, {start}, or far after it.")
    return day


def _session(table: schema.LoggedTable, start: date | None, place: str) -> DoneSession:
    exercises = tuple(
        _exercise(one, f"{place}, exercise {number}")
        for number, one in enumerate(table.exercise, start=1)
    )
    names = [one.id for one in exercises]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _wrong(f"{place}: {twice[0]} stands twice; write its sets together.")
    _known(table.symptoms, load().stop_rules, f"{place} symptoms")
    return DoneSession(
        day=_day(table, start, place),
        exercises=exercises,
        pain_before=table.pain_before,
        pain_during=table.pain_during,
        pain_after=table.pain_after,
        pain_next_day=table.pain_next_day,
        symptoms=frozenset(table.symptoms),
    )


def _exercise(table: schema.ExerciseTable, place: str) -> DoneExercise:
    _known([table.id], load().exercises, f"{place} id")
    _known(table.symptoms, load().stop_rules, f"{place} symptoms")
    dose = load().exercises[table.id].dose
    counts = "reps" if dose.reps else "seconds" if dose.seconds else "breaths"
    other = [key for key in _COUNTS if key != counts and getattr(table, key) is not None]
    if other:
        raise _wrong(f"{place}: {table.id} is counted in {counts}, not in {other[0]}.")
    return DoneExercise(
        id=table.id,
        sets=table.sets,
        count=getattr(table, counts),
        load_kg=typed_quantity("bar_mass", table.load, name=f"{place} load"),
        pain=table.pain,
        effort=table.effort,
        too_easy=table.too_easy,
        symptoms=frozenset(table.symptoms),
    )


def _test(table: schema.TestTable, start: date | None, number: int) -> DoneTest:
    told = SessionTable(
        entry=table.entry, hip_rotation=table.hip_rotation, forward_bend=table.forward_bend
    )
    readings = readings_of(told)
    place = f"[[test]] {number}"
    if not readings:
        raise _wrong(f"{place} holds no reading; write [test.entry] or [test.hip_rotation].")
    return DoneTest(
        day=_day(table, start, place),
        readings=readings,
        measures=measures_from_readings(readings)[0],
    )


def _known(names: Collection[str], table: Mapping[str, object], place: str) -> None:
    for name in names:
        if name in table:
            continue
        close = get_close_matches(name, table, n=3)
        meant = (
            f"; did you mean {' or '.join(close)}?" if close else f"; choose from {_some(table)}."
        )
        raise _wrong(f"{place}: {name!r} is not known{meant}")


def _some(table: Mapping[str, object]) -> str:
    return ", ".join(table)


def _sentence(error: ValidationError) -> str:
    """Return the first mistake as a sentence with its place in the file."""
    first = error.errors()[0]
    where = [part for part in first["loc"] if part not in {"float", "str", "int"}]
    place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in where)
    if first["type"] == "extra_forbidden":
        return f"{place} is not part of a training log; {_expected(where)}."
    message = first["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return f"{place}: {first['input']!r} cannot be used; expected {message}."


def _expected(where: list[int | str]) -> str:
    """Return which keys the table of a misplaced key may hold."""
    inside = [str(part) for part in where[:-1] if part in _TABLES]
    if not inside and len(where) > 1:
        return "check the spelling"
    model = _TABLES[inside[-1]] if inside else schema.LogTable
    return f"expected {', '.join(model.model_fields)}"


def _wrong(sentence: str) -> SessionFileError:
    return SessionFileError(sentence, reason=_REASON)
