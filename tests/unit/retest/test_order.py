from __future__ import annotations

import pytest

from primemover.errors import UsageError
from primemover.model.person import Person, Sex
from primemover.retest import check_visits
from tests.unit.retest.visits import visit

MAN = Person(sex=Sex.MALE, height_m=1.80, age_years=31.0)


@pytest.mark.parametrize(
    ("weeks", "reason"),
    [((0.0,), "one_session"), ((3.0, 3.0), "same_date"), ((3.0, 0.0), "wrong_order")],
)
def test_sessions_must_be_several_and_in_the_order_of_their_dates(
    weeks: tuple[float, ...], reason: str
) -> None:
    with pytest.raises(UsageError) as raised:
        check_visits([visit(weeks=one) for one in weeks])
    assert raised.value.reason == reason


@pytest.mark.parametrize(
    "other",
    [
        Person(sex=Sex.FEMALE),
        Person(height_m=1.70),
        Person(height_m=1.90),
        Person(age_years=40.0),
        Person(age_years=25.0),
    ],
)
def test_two_people_are_not_compared(other: Person) -> None:
    with pytest.raises(UsageError) as raised:
        check_visits([visit(person=MAN), visit(weeks=3, person=other)])
    assert raised.value.reason == "different_people"
    assert "week 0" in str(raised.value)
    assert "week 3" in str(raised.value)


@pytest.mark.parametrize(
    "same", [Person(), Person(height_m=1.83), Person(age_years=32.0), Person(body_mass_kg=70.0)]
)
def test_what_one_person_may_tell_twice_is_let_through(same: Person) -> None:
    check_visits([visit(person=MAN), visit(weeks=3, person=same)])


def test_somebody_young_may_have_grown_and_nobody_shrinks() -> None:
    small, tall = Person(height_m=1.50, age_years=13.0), Person(height_m=1.58, age_years=14.0)
    check_visits([visit(person=small), visit(weeks=50, person=tall)])
    with pytest.raises(UsageError):
        check_visits([visit(person=Person(height_m=1.58)), visit(weeks=3, person=small)])


def test_a_third_session_is_held_against_the_first_as_well() -> None:
    with pytest.raises(UsageError):
        check_visits(
            [visit(person=MAN), visit(weeks=3), visit(weeks=6, person=Person(sex=Sex.FEMALE))]
        )
