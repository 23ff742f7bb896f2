"""Session files: TOML or JSON in, a `Session` out, with the place in the file of every mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from primemover.errors import OutOfRangeError, SessionFileError, UnknownUnitError
from primemover.knowledge.loading import load
from primemover.model.limits import typed_quantity
from primemover.model.measure import Side
from primemover.model.person import Person, Sex
from primemover.model.session import (
    Clip,
    ClipKind,
    LiftFacts,
    Pain,
    Screening,
    Session,
    Variant,
)
from primemover.pipeline import session_schema as schema
from primemover.pipeline.session_answers import questionnaires_of
from primemover.pipeline.session_readings import readings_of
from primemover.pipeline.written_file import read_written

__all__ = ["parse_session", "read_session"]

_LARGEST_MB: Final = 1  # a session file is a page of text


def read_session(path: Path) -> Session:
    """Return the session of a TOML or JSON file; video paths are taken from the file's folder.

    Raises
    ------
    NotFoundError
        If there is no such file.
    SessionFileError
        If it is not TOML or JSON, or does not follow the format; the sentence names the place.
    UnknownUnitError, OutOfRangeError
        If a quantity has no known unit, or cannot be.
    """
    raw = read_written(path, what="session file", most_mb=_LARGEST_MB, reason="session_file")
    return parse_session(raw, folder=path.parent, name=path.name)


def parse_session(raw: Any, *, folder: Path, name: str = "session") -> Session:  # noqa: ANN401 - parsed TOML or JSON
    """Return the session described by parsed TOML or JSON.

    Parameters
    ----------
    raw
        The parsed file.
    folder
        Where relative video paths start.
    name
        What the file is called, for the error's sentence.

    Raises
    ------
    SessionFileError
        If it does not follow the format; the sentence names the place and what is expected.
    UnknownUnitError, OutOfRangeError
        If a quantity has no known unit, or cannot be.
    """
    if not isinstance(raw, Mapping):
        raise SessionFileError(f"{name}: a session file is a set of tables such as [person].")
    try:
        table = schema.SessionTable.model_validate(raw)
    except ValidationError as error:
        raise SessionFileError(f"{name}: {_sentence(error)}") from error
    try:
        return _session(table, folder)
    except (UnknownUnitError, OutOfRangeError, SessionFileError) as error:
        raise type(error)(f"{name}: {error}") from error


def _session(table: schema.SessionTable, folder: Path) -> Session:
    knowledge = load()
    _known(table.screening.yes, knowledge.screening, "[screening] yes")
    _known(table.pain.where, knowledge.regions, "[pain] where")
    felt = None if table.felt is None else table.felt.muscles
    _known(felt or (), knowledge.muscles, "[felt] muscles")
    _known(table.plan.equipment or (), knowledge.equipment, "[plan] equipment")
    return Session(
        title=table.title,
        date=table.date,
        person=_person(table),
        screening=Screening(yes=frozenset(table.screening.yes), answered=table.screening.answered),
        pain=Pain(
            now=table.pain.now,
            worst=table.pain.worst,
            during=table.pain.during,
            after=table.pain.after,
            where=tuple(table.pain.where),
        ),
        felt=None if felt is None else tuple(dict.fromkeys(felt)),
        readings=readings_of(table),
        clips=_clips(table, folder),
        lift=_lift(table),
        equipment=None if table.plan.equipment is None else tuple(table.plan.equipment),
        minutes_per_day=table.plan.minutes_per_day,
        days_per_week=table.plan.days_per_week,
        questionnaires=questionnaires_of(table.questionnaires),
    )


def _person(table: schema.SessionTable) -> Person:
    told = table.person
    return Person(
        body_mass_kg=typed_quantity("body_mass", told.body_mass, name="[person] body_mass"),
        height_m=typed_quantity("height", told.height, name="[person] height"),
        age_years=told.age,
        sex=None if told.sex is None else Sex(told.sex),
    )


def _lift(table: schema.SessionTable) -> LiftFacts:
    told = table.deadlift
    plate = typed_quantity("plate_diameter", told.plate_diameter, name="[deadlift] plate_diameter")
    bar = typed_quantity("bar_mass", told.bar_mass, name="[deadlift] bar_mass")
    variant = None if told.variant is None else Variant(told.variant)
    if plate is None:
        return LiftFacts(bar_mass_kg=bar, variant=variant)
    return LiftFacts(bar_mass_kg=bar, variant=variant, plate_diameter_m=plate)


def _clips(table: schema.SessionTable, folder: Path) -> tuple[Clip, ...]:
    told = (
        (ClipKind.HIP_ROTATION_ACTIVE, table.hip_rotation.active_video),
        (ClipKind.HIP_ROTATION_PASSIVE, table.hip_rotation.passive_video),
        (ClipKind.FORWARD_BEND, table.forward_bend.video),
        (ClipKind.DEADLIFT, table.deadlift.video),
    )
    return tuple(
        Clip(kind=kind, path=folder / Path(video).expanduser(), side=Side.NONE)
        for kind, video in told
        if video is not None
    )


def _known(names: Iterable[str], table: Mapping[str, object], place: str) -> None:
    for name in names:
        if name not in table:
            raise SessionFileError(
                f"{place}: {name!r} is not known; choose from {', '.join(table)}."
            )


def _sentence(error: ValidationError) -> str:
    """Return the first mistake as a sentence with its place in the file."""
    first = error.errors()[0]
    where = [str(part) for part in first["loc"] if not _is_type_name(part)]
    place = f"[{where[0]}] {'.'.join(where[1:])}".strip() if len(where) > 1 else ".".join(where)
    if first["type"] == "extra_forbidden":
        return f"{place} is not part of a session file; {_expected(where)}."
    message = first["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return f"{place}: {first['input']!r} cannot be used; expected {message}."


def _is_type_name(part: int | str) -> bool:
    """Return whether pydantic named a member of a union instead of a place in the file."""
    return part in {"float", "str"}


def _expected(where: list[str]) -> str:
    """Return which keys the table of a misplaced key may hold."""
    model: Any = schema.SessionTable
    for part in where[:-1]:
        field = model.model_fields.get(part)
        model = getattr(field.default, "__class__", None) if field is not None else None
        if model is None or not hasattr(model, "model_fields"):
            return "check the spelling"
    return f"expected {', '.join(model.model_fields)}"
