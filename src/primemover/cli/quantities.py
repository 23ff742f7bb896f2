"""Typed quantities with the limits that a human, a barbell and a camera can have."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from primemover.errors import OutOfRangeError, UnknownUnitError, UsageError
from primemover.model.person import Person, Sex
from primemover.model.session import LiftFacts, Variant
from primemover.model.units import parse_quantity

__all__ = ["LIMITS", "Limit", "age_years", "lift_facts", "person", "quantity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The closed range of a typed quantity, in SI `dimension`."""

    name: str
    dimension: str
    low: float
    high: float


# Wide enough for every lifter: the heaviest recorded human had about 635 kg and could not lift;
# the heaviest deadlift on record is 510 kg. A plate of 450 mm is the competition standard (IWF,
# IPF). The other limits are engineering defaults.
LIMITS: Final[dict[str, Limit]] = {
    "body_mass": Limit(name="Body mass", dimension="kg", low=20.0, high=350.0),
    "height": Limit(name="Height", dimension="m", low=1.0, high=2.5),
    "bar_mass": Limit(name="Bar mass", dimension="kg", low=0.1, high=600.0),
    "plate_diameter": Limit(name="Plate diameter", dimension="m", low=0.2, high=0.5),
}
AGE_YEARS: Final = (5.0, 110.0)

# "1,000kg" is a thousand to some and one to others
_GROUPED: Final = re.compile(r"^\s*[+-]?[1-9]\d{0,2},\d{3}(?!\d)")


def quantity(kind: str, text: str | None) -> float | None:
    """Return a typed quantity in SI, None when it was not given.

    Parameters
    ----------
    kind
        A key of `LIMITS`.
    text
        Such as ``"82.5kg"``, ``"176 lb"`` or ``"5'11"``.

    Raises
    ------
    UnknownUnitError
        If the unit is missing or unknown, or the number can be read in two ways.
    OutOfRangeError
        If the value cannot be.
    """
    if text is None:
        return None
    limit = LIMITS[kind]
    if limit.dimension == "kg" and _GROUPED.match(text):
        raise UnknownUnitError(
            f"{limit.name}: {text!r} can be read in two ways; write it without a comma."
        )
    return parse_quantity(
        text, dimension=limit.dimension, low=limit.low, high=limit.high, name=limit.name
    )


def age_years(text: str | None) -> float | None:
    """Return an age in years, None when it was not given.

    Raises
    ------
    UsageError
        If it is not a number.
    OutOfRangeError
        If nobody who can be examined has that age.
    """
    if text is None:
        return None
    try:
        years = float(text)
    except ValueError as error:
        raise UsageError(f"Age: cannot read {text!r}; write it in years, such as 34.") from error
    low, high = AGE_YEARS
    if not (math.isfinite(years) and low <= years <= high):
        raise OutOfRangeError(f"Age of {text} is outside {low:g} to {high:g} years; check it.")
    return years


def person(
    *, body_mass: str | None, height: str | None, age: str | None, sex: Sex | None
) -> Person:
    """Return the examined person as typed; see `quantity` for the errors."""
    return Person(
        body_mass_kg=quantity("body_mass", body_mass),
        height_m=quantity("height", height),
        age_years=age_years(age),
        sex=sex,
    )


def lift_facts(
    *, bar_mass: str | None, plate_diameter: str | None, variant: Variant | None
) -> LiftFacts:
    """Return what is known of the lift as typed; see `quantity` for the errors."""
    plate_m = quantity("plate_diameter", plate_diameter)
    facts = LiftFacts(bar_mass_kg=quantity("bar_mass", bar_mass), variant=variant)
    if plate_m is None:
        return facts
    return LiftFacts(bar_mass_kg=facts.bar_mass_kg, variant=variant, plate_diameter_m=plate_m)
