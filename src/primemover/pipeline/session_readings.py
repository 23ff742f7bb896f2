"""The typed-in values of a session file as readings in SI."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from primemover.errors import OutOfRangeError, SessionFileError
from primemover.knowledge.loading import load
from primemover.model.measure import Instrument, Side
from primemover.model.session import Reading
from primemover.model.units import from_display, parse_quantity, to_display
from primemover.pipeline import session_schema as schema

__all__ = ["readings_of"]

_SIDES: Final = (Side.LEFT, Side.RIGHT)
# Places of an inclinometer turn from upright to past upside down at most.
_PLACE_DEG: Final = (-90.0, 200.0)
_HIP_KEYS: Final = {
    "hip_rotation_active": "active",
    "hip_rotation_passive": "passive",
    "hip_external_rotation": "external",
}
_ENTRY: Final = {
    "hip_extension": None,  # the table's own instrument
    "single_leg_bridge": Instrument.COUNT,
    "rib_control_hold": Instrument.STOPWATCH,
    "knee_to_wall": Instrument.TAPE,
    "sorensen_hold": Instrument.STOPWATCH,
}


def readings_of(table: schema.SessionTable) -> tuple[Reading, ...]:
    """Return every typed-in trial of a session file.

    Raises
    ------
    SessionFileError
        If an instrument is missing, or inclinometer places do not pair up.
    UnknownUnitError, OutOfRangeError
        If a value has no known unit, or cannot be.
    """
    hips = (table.hip_rotation, *table.hip_rotation.also)
    bends = (table.forward_bend, *table.forward_bend.also)
    return (
        *(reading for one in hips for reading in _hips(one)),
        *(reading for one in bends for reading in _bend(one)),
        *_entry(table.entry),
    )


def _hips(table: schema.HipReadingsTable) -> Iterable[Reading]:
    for side, trials in zip(_SIDES, (table.left, table.right), strict=True):
        typed = {
            "hip_rotation_active": trials.active,
            "hip_rotation_passive": trials.passive,
            "hip_external_rotation": trials.external,
        }
        for measure, values in typed.items():
            if not values:
                continue
            instrument = _instrument(table.instrument, "[hip_rotation]")
            key = f"[hip_rotation] {side.value}.{_HIP_KEYS[measure]}"
            for value in values:
                yield _reading(measure, value, key, instrument, side=side, by=table.by)


def _bend(table: schema.BendReadingsTable) -> Iterable[Reading]:
    for value in table.fingertip_to_floor:
        key = "[forward_bend] fingertip_to_floor"
        yield _reading("fingertip_to_floor", value, key, Instrument.TAPE, by=table.by)
    typed = {
        "bend_pelvis_rotation": ("pelvis_rotation", table.pelvis_rotation),
        "bend_lumbar_excursion": ("lumbar_excursion", table.lumbar_excursion),
        "bend_thoracic_excursion": ("thoracic_excursion", table.thoracic_excursion),
    }
    for measure, (name, values) in typed.items():
        for value in values:
            instrument = _instrument(table.instrument, "[forward_bend]")
            yield _reading(measure, value, f"[forward_bend] {name}", instrument, by=table.by)
    yield from _places(table)


def _places(table: schema.BendReadingsTable) -> Iterable[Reading]:
    """Yield what inclinometer places say: each segment is the turn between two of them.

    Pelvis rotation = sacrum bent - standing; lumbar flexion = turn at T12 - turn of the sacrum;
    upper back flexion = turn at C7 - turn at T12.
    """
    chain = (
        ("bend_pelvis_rotation", "sacrum_deg", table.sacrum_deg),
        ("bend_lumbar_excursion", "t12_deg", table.t12_deg),
        ("bend_thoracic_excursion", "c7_deg", table.c7_deg),
    )
    below = None
    for index, (measure, name, place) in enumerate(chain):
        key = f"[forward_bend] {name}"
        if place is None:
            if any(later is not None for *_, later in chain[index + 1 :]):
                raise SessionFileError(f"{key} is missing; it is needed for the place above it.")
            return
        turned = _turns(place, key)
        if below is not None and len(below) != len(turned):
            raise SessionFileError(f"{key}.bent needs {len(below)} values, as the place below it.")
        from_below = below or [0.0] * len(turned)
        instrument = _instrument(table.instrument or "inclinometer", "[forward_bend]")
        for turn, lower in zip(turned, from_below, strict=True):
            yield _reading(measure, turn - lower, key, instrument, by=table.by)
        below = turned


def _turns(place: schema.TwoPostures, key: str) -> list[float]:
    """Return the turn from standing to bent of each trial, degrees."""
    if not place.bent:
        raise SessionFileError(f"{key}.bent needs at least one value.")
    low, high = (math.radians(limit) for limit in _PLACE_DEG)
    read = [
        math.degrees(parse_quantity(_deg(v), dimension="rad", low=low, high=high, name=key))
        for v in (place.standing, *place.bent)
    ]
    return [bent - read[0] for bent in read[1:]]


def _entry(table: schema.EntryTable) -> Iterable[Reading]:
    for stem, fixed in _ENTRY.items():
        instrument = fixed or Instrument(table.instrument)
        sides = _SIDES if load().measures[stem].sided else (Side.NONE,)
        for side in sides:
            name = stem if side is Side.NONE else f"{stem}_{side.value}"
            for value in getattr(table, name):
                yield _reading(stem, value, f"[entry] {name}", instrument, side=side, by=table.by)


def _instrument(name: str | None, place: str) -> Instrument:
    if name is None:
        raise SessionFileError(
            f"{place} instrument is missing; write goniometer, inclinometer, phone or video."
        )
    return Instrument(name)


def _reading(
    measure: str,
    value: str | float,
    key: str,
    instrument: Instrument,
    *,
    by: str,
    side: Side = Side.NONE,
) -> Reading:
    """Return one trial; a bare number is taken as degrees for angles and a count for counts."""
    row = load().measures[measure]
    shown, low, high = to_display(1.0, row.unit)[1], row.low, row.high
    text = _deg(value) if row.unit == "rad" else str(value)
    bound = [from_display(limit, shown)[0] for limit in (low or 0.0, high or 0.0)]
    try:
        si = parse_quantity(text, dimension=row.unit, low=bound[0], high=bound[1], name=key)
    except OutOfRangeError as error:
        raise OutOfRangeError(
            f"{key} of {text} is outside {low:g} to {high:g} {shown}; check number and unit."
        ) from error
    return Reading(
        measure=measure,
        value=si,
        unit=row.unit,
        instrument=instrument,
        side=side,
        by_lay_person=by == "self",
    )


def _deg(value: str | float) -> str:
    """Return an angle as text with its unit; the tables of this file are in degrees."""
    return f"{value:.6f}deg" if isinstance(value, int | float) else value
