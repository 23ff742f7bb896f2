"""Who was examined and how, as JSON: what a re-test needs beside the measures."""

from __future__ import annotations

from typing import Any

from primemover.model.person import Person
from primemover.model.session import Session
from primemover.model.units import to_display

__all__ = ["person_to_json", "session_to_json"]

_DECIMALS = 4  # as in `wire`


def session_to_json(session: Session) -> dict[str, Any]:
    """Return a session's facts as strict JSON data, lengths in centimetres."""
    lift = session.lift
    return {
        "person": person_to_json(session.person),
        "lift": {
            "variant": None if lift.variant is None else lift.variant.value,
            "bar_mass_kg": _rounded(lift.bar_mass_kg),
        },
        "read_by_lay": sorted(session.read_by_lay),
    }


def person_to_json(person: Person) -> dict[str, Any]:
    """Return a person's facts, null where not told."""
    height = person.height_m
    return {
        "sex": None if person.sex is None else person.sex.value,
        "age_years": _rounded(person.age_years),
        "height_cm": None if height is None else _rounded(to_display(height, "m")[0]),
        "body_mass_kg": _rounded(person.body_mass_kg),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(float(number), _DECIMALS)
