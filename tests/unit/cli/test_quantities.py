"""Typed quantities: SI inside, human limits, one way to read each."""

from __future__ import annotations

import pytest

from primemover.cli.quantities import age_years, lift_facts, person
from primemover.errors import OutOfRangeError, UnknownUnitError, UsageError
from primemover.model.limits import LIMITS
from primemover.model.limits import typed_quantity as quantity
from primemover.model.person import Sex


def test_pounds_and_feet_become_kilograms_and_metres() -> None:
    found = person(body_mass="176lb", height="5'11\"", age="34", sex=Sex.MALE)
    assert found.body_mass_kg == pytest.approx(79.832, abs=1e-3)
    assert found.height_m == pytest.approx(1.8034, abs=1e-4)
    assert found.age_years == 34.0


def test_what_is_not_told_is_none() -> None:
    found = person(body_mass=None, height=None, age=None, sex=None)
    assert (found.body_mass_kg, found.height_m, found.age_years, found.sex) == (None,) * 4


def test_the_plate_is_a_competition_plate_unless_told_otherwise() -> None:
    assert lift_facts(bar_mass=None, plate_diameter=None, variant=None).plate_diameter_m == 0.45
    facts = lift_facts(bar_mass="100kg", plate_diameter="400mm", variant=None)
    assert (facts.bar_mass_kg, facts.plate_diameter_m) == (100.0, 0.4)


@pytest.mark.parametrize("kind", LIMITS)
def test_the_limits_themselves_are_allowed_and_beyond_is_not(kind: str) -> None:
    limit = LIMITS[kind]
    assert quantity(kind, f"{limit.low}{limit.dimension}") == limit.low
    assert quantity(kind, f"{limit.high}{limit.dimension}") == limit.high
    with pytest.raises(OutOfRangeError, match=limit.name):
        quantity(kind, f"{limit.high * 1.01}{limit.dimension}")
    with pytest.raises(OutOfRangeError, match=limit.name):
        quantity(kind, f"{limit.low * 0.99}{limit.dimension}")


def test_a_decimal_comma_is_read_and_a_thousands_comma_is_questioned() -> None:
    assert quantity("body_mass", "82,5kg") == 82.5
    assert quantity("plate_diameter", "0,450m") == 0.45
    with pytest.raises(UnknownUnitError, match="two ways"):
        quantity("bar_mass", "1,000lb")


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "4", "111"])
def test_an_age_nobody_has_is_refused(text: str) -> None:
    with pytest.raises(OutOfRangeError, match="years"):
        age_years(text)


def test_an_age_in_words_is_refused() -> None:
    with pytest.raises(UsageError, match="in years"):
        age_years("thirty")
