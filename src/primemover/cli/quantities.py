"""Typed quantities with the limits that a human, a barbell and a camera can have."""

from __future__ import annotations

import math

from primemover.errors import OutOfRangeError, UsageError
from primemover.model.limits import AGE_YEARS, typed_quantity
from primemover.model.person import Person, Sex
from primemover.model.session import LiftFacts, Variant

__all__ = ["age_years", "lift_facts", "person"]


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
    """Return the examined person as typed; see `typed_quantity` for the errors."""
    return Person(
        body_mass_kg=typed_quantity("body_mass", body_mass),
        height_m=typed_quantity("height", height),
        age_years=age_years(age),
        sex=sex,
    )


def lift_facts(
    *, bar_mass: str | None, plate_diameter: str | None, variant: Variant | None
) -> LiftFacts:
    """Return what is known of the lift as typed; see `typed_quantity` for the errors."""
    plate_m = typed_quantity("plate_diameter", plate_diameter)
    facts = LiftFacts(bar_mass_kg=typed_quantity("bar_mass", bar_mass), variant=variant)
    if plate_m is None:
        return facts
    return LiftFacts(bar_mass_kg=facts.bar_mass_kg, variant=variant, plate_diameter_m=plate_m)
