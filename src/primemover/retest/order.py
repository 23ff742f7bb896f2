"""Whether some sessions can be compared at all: one person, different days, in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from primemover.errors import UsageError
from primemover.knowledge.loading import load
from primemover.model.retest import Visit

__all__ = ["check_visits"]

_FEWEST: Final = 2
_DAYS_A_YEAR: Final = 365.25


def check_visits(visits: Sequence[Visit]) -> None:
    """Make sure that visits are of one person, on different days, earliest first.

    Sex, height and age are compared only where both sessions tell them. Heights of children may
    grow; nobody shrinks by more than the slack of the rules.

    Raises
    ------
    UsageError
        ``reason`` ``"one_session"``, ``"same_date"``, ``"wrong_order"`` or
        ``"different_people"``.
    """
    if len(visits) < _FEWEST:
        raise UsageError(
            "A re-test needs two sessions or more; name the earlier one first.",
            reason="one_session",
        )
    for before, after in pairwise(visits):
        _check_dates(before, after)
    for index, before in enumerate(visits):
        for after in visits[index + 1 :]:
            _check_person(before, after)


def _check_dates(before: Visit, after: Visit) -> None:
    if after.date == before.date:
        raise UsageError(
            f"{before.name} and {after.name} are both of {before.date}; a re-test needs sessions "
            "of different days, so check their dates.",
            reason="same_date",
        )
    if after.date < before.date:
        raise UsageError(
            f"{after.name} ({after.date}) is earlier than {before.name} ({before.date}); name the "
            "sessions in the order of their dates.",
            reason="wrong_order",
        )


def _check_person(before: Visit, after: Visit) -> None:
    what = _differs_in_sex(before, after) or _differs_in_height(before, after)
    what = what or _differs_in_age(before, after)
    if what:
        raise UsageError(
            f"{before.name} and {after.name} look like two people: {what}. Compare sessions of "
            "one person, or correct the one that is wrong.",
            reason="different_people",
        )


def _differs_in_sex(before: Visit, after: Visit) -> str:
    a, b = before.person.sex, after.person.sex
    return "" if a is None or b is None or a is b else f"{a.value} and {b.value}"


def _differs_in_height(before: Visit, after: Visit) -> str:
    a, b = before.person.height_m, after.person.height_m
    if a is None or b is None:
        return ""
    rules, age = load().retest_rules, before.person.age_years
    may_grow = age is not None and age < rules.grown_up_years
    grew = b - a
    if abs(grew) <= rules.height_m or (grew > 0.0 and may_grow):
        return ""
    return f"{100.0 * a:.0f} cm and {100.0 * b:.0f} cm tall"


def _differs_in_age(before: Visit, after: Visit) -> str:
    a, b = before.person.age_years, after.person.age_years
    if a is None or b is None:
        return ""
    passed = (after.date - before.date).days / _DAYS_A_YEAR
    if abs((b - a) - passed) <= load().retest_rules.age_slack_years:
        return ""
    return f"{a:g} and {b:g} years old, {passed:.1f} years apart"
