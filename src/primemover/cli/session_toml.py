"""The answers of an interview as a session file that `read_session` takes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from primemover.model.measure import Instrument, Side
from primemover.model.outcome import Questionnaires
from primemover.model.session import Clip, ClipKind, Pain, Reading, Session
from primemover.model.units import to_display

__all__ = ["session_to_toml"]

_DECIMALS: Final = 6
_CLIPS: Final[dict[ClipKind, tuple[str, str]]] = {
    ClipKind.HIP_ROTATION_ACTIVE: ("hip_rotation", "active_video"),
    ClipKind.HIP_ROTATION_PASSIVE: ("hip_rotation", "passive_video"),
    ClipKind.FORWARD_BEND: ("forward_bend", "video"),
    ClipKind.DEADLIFT: ("deadlift", "video"),
}
# measure stem -> (table, key); a hip's key stands below its side, an entry test's side in its key
_HIPS: Final = {
    "hip_rotation_active": "active",
    "hip_rotation_passive": "passive",
    "hip_external_rotation": "external",
}
_BENDS: Final = {
    "fingertip_to_floor": "fingertip_to_floor",
    "bend_pelvis_rotation": "pelvis_rotation",
    "bend_lumbar_excursion": "lumbar_excursion",
    "bend_thoracic_excursion": "thoracic_excursion",
}
_WITH_INSTRUMENT: Final = {
    Instrument.GONIOMETER,
    Instrument.INCLINOMETER,
    Instrument.PHONE,
    Instrument.VIDEO,
}
_SUFFIX: Final = {"kg": "kg", "m": "m", "cm": "cm", "s": "s"}

Table = dict[str, Any]


def session_to_toml(session: Session) -> str:
    """Return a session as TOML, films by their absolute path.

    A table of the format holds one instrument and one reader; what else was read of a test goes
    into its `also` tables. Of entry tests the first reader and instrument are kept.
    """
    tables: dict[str, Table] = {
        "person": _person(session),
        "screening": {
            "answered": session.screening.answered,
            "yes": sorted(session.screening.yes),
        },
        "pain": _pain(session.pain),
        "felt": {} if session.felt is None else {"muscles": list(session.felt)},
        "hip_rotation": {},
        "forward_bend": {},
        "deadlift": _lift(session),
        "entry": {},
        "plan": _known(
            {
                "equipment": None if session.equipment is None else list(session.equipment),
                "minutes_per_day": session.minutes_per_day,
                "days_per_week": session.days_per_week,
            }
        ),
        "questionnaires": _questionnaires(session.questionnaires),
    }
    for reading in session.readings:
        _put(tables, reading)
    for clip in session.clips:
        _film(tables, clip)
    lines = [f"title = {_text(session.title)}", f"date = {_text(session.date)}"]
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _person(session: Session) -> Table:
    told = session.person
    return _known(
        {
            "body_mass": _quantity(told.body_mass_kg, "kg"),
            "height": _quantity(told.height_m, "m"),
            "sex": None if told.sex is None else told.sex.value,
            "age": told.age_years,
        }
    )


def _pain(pain: Pain) -> Table:
    ratings = {"now": pain.now, "worst": pain.worst, "during": pain.during, "after": pain.after}
    return _known({**ratings, "where": list(pain.where) or None})


def _questionnaires(told: Questionnaires) -> Table:
    activities = [{"activity": one.name, "rating": one.rating} for one in told.activities]
    rmdq = None
    if told.rmdq is not None:
        rmdq = {"yes": sorted(told.rmdq.yes), "left_out": sorted(told.rmdq.left_out)}
    return _known(
        {
            "psfs": activities or None,
            "rmdq": rmdq,
            "rmdq_total": told.rmdq_total,
            "odi_total": told.odi_percent,
            "start_back_total": told.start_back,
            "start_back_distress": told.start_back_distress,
        }
    )


def _lift(session: Session) -> Table:
    if not any(clip.kind is ClipKind.DEADLIFT for clip in session.clips):
        return {}
    lift = session.lift
    return _known(
        {
            "bar_mass": _quantity(lift.bar_mass_kg, "kg"),
            "plate_diameter": _quantity(lift.plate_diameter_m, "m"),
            "variant": None if lift.variant is None else lift.variant.value,
        }
    )


def _put(tables: Mapping[str, Table], reading: Reading) -> None:
    """Add one reading to the list of its test and side."""
    if reading.measure in _HIPS:
        values = _fitting(tables["hip_rotation"], reading).setdefault(reading.side.value, {})
        key = _HIPS[reading.measure]
    elif reading.measure in _BENDS:
        values = _fitting(tables["forward_bend"], reading)
        key = _BENDS[reading.measure]
    else:
        values = tables["entry"]
        values.update(_taken_with(reading) | values)
        side = "" if reading.side is Side.NONE else f"_{reading.side.value}"
        key = f"{reading.measure}{side}"
    values.setdefault(key, []).append(_value(reading))


def _fitting(test: Table, reading: Reading) -> Table:
    """Return a test's table for this reader and instrument: its own, or one of `also`."""
    taken = _taken_with(reading)
    also: list[Table] = test.get("also", [])
    for table in (test, *also):
        if all(table.get(key, value) == value for key, value in taken.items()):
            table.update(taken)
            return table
    test["also"] = [*also, taken]
    return taken


def _taken_with(reading: Reading) -> Table:
    taken = {"by": "self" if reading.by_lay_person else "clinician"}
    if reading.instrument in _WITH_INSTRUMENT:
        taken["instrument"] = reading.instrument.value
    return taken


def _value(reading: Reading) -> float | str:
    """Return a reading as a person writes it: degrees and counts bare, the rest with its unit."""
    shown, unit = to_display(reading.value, reading.unit)
    return _quantity(shown, _SUFFIX[unit]) or "" if unit in _SUFFIX else round(shown, _DECIMALS)


def _film(tables: Mapping[str, Table], clip: Clip) -> None:
    table, key = _CLIPS[clip.kind]
    tables[table][key] = str(clip.path.absolute())


def _known(table: Table) -> Table:
    return {key: value for key, value in table.items() if value is not None}


def _quantity(value: float | None, unit: str) -> str | None:
    if value is None:
        return None
    number = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return f"{number}{unit}"


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Iterable):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return f"{value:g}" if float(value).is_integer() else repr(float(value))


def _text(value: str) -> str:
    """Return a TOML basic string; JSON's escapes are a part of TOML's, but for the delete sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
