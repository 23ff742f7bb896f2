"""Simulated people: unchanged ones are rarely called changed, changed ones are found."""

from __future__ import annotations

import re

import pytest

from validation.pages import section
from validation.retest.__main__ import PAGE, worked_example
from validation.retest.calls import film_calls, trend_calls, typed_calls
from validation.retest.people import Film, Rater

PEOPLE = 120  # times about 20 comparisons each
HIP = "hip_rotation_passive_left"
LUMBAR = "bend_lumbar_excursion"


@pytest.mark.parametrize("rater", [Rater(), Rater(is_lay=True, true_factor=1.75)])
def test_unchanged_people_are_called_changed_no_oftener_than_stated(rater: Rater) -> None:
    tally = typed_calls(PEOPLE, rater)
    assert sum(tally.compared.values()) >= 15 * PEOPLE
    assert tally.share() <= 0.05
    assert tally.calls_a_person() <= tally.stated
    assert tally.coverage() >= 0.88


def test_errors_larger_than_published_give_more_false_calls() -> None:
    assert typed_calls(PEOPLE, Rater(true_factor=1.75)).share() > 0.08


def test_a_true_change_is_found_the_oftener_the_larger_it_is_and_in_its_own_direction() -> None:
    found = {
        moved: typed_calls(PEOPLE, Rater(), changes={HIP: moved}) for moved in (3.0, 9.0, 15.0)
    }
    shares = [tally.share([HIP]) for tally in found.values()]
    assert shares == sorted(shares)
    assert shares[0] < 0.25
    assert shares[2] > 0.9
    assert found[9.0].wrong_way[HIP] == found[15.0].wrong_way[HIP] == 0


def test_findings_come_and_go_less_often_than_their_bare_status_turns_over() -> None:
    tally = typed_calls(20, Rater(), with_findings=True)
    assert 0 < tally.shifts < tally.flips


@pytest.mark.parametrize("lasting", [0.0, 0.5])
def test_films_with_the_assumed_day_to_day_difference_keep_to_the_stated_share(
    lasting: float,
) -> None:
    film = Film(measure=LUMBAR, stated=5.0, day=15.0 / 1.645 / 2.0**0.5, lasting=lasting)
    assert film_calls(600, film).share() <= 0.08  # 5 % and what 600 people scatter
    assert film_calls(200, film, moved=40.0).share() > 0.9


def test_unchanged_people_show_no_trend() -> None:
    found = trend_calls(60, 4)
    assert found["real"] <= 6
    assert found["inside"] >= 50


def test_the_worked_example_on_the_page_is_what_the_program_says() -> None:
    again = "run `python -m validation.retest`"
    assert section(PAGE, "worked example") == worked_example(), again


def test_the_page_keeps_its_promise_in_its_own_table() -> None:
    table = section(PAGE, "simulated people")
    rows = re.findall(
        r"\| (clinician, errors as published|lay reader, 1.75[^|]*) \| ([\d.]+) %", table
    )
    assert len(rows) == 2
    assert all(float(share) <= 5.0 for _, share in rows)
