"""Five simulated courses: the rules are kept, the page is current, the checks can fail."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from validation.courses.checks import CHECKS, colour, faults
from validation.courses.page import IMAGES, PAGE, courses_page, figures_of, lived_all
from validation.courses.run import LAST_DAY, Day, Lived

_AGAIN = "run `python -m validation.courses --write`"


@pytest.fixture(scope="module")
def courses() -> tuple[Lived, ...]:
    return lived_all()


def story(courses: tuple[Lived, ...], name: str) -> Lived:
    return next(one for one in courses if one.story.id == name)


def test_every_course_keeps_the_gates_and_the_pain_rule(courses: tuple[Lived, ...]) -> None:
    assert {lived.story.id: faults(lived) for lived in courses} == {
        lived.story.id: [] for lived in courses
    }


def test_the_page_and_its_figures_are_up_to_date(courses: tuple[Lived, ...]) -> None:
    assert PAGE.read_text(encoding="utf-8") == courses_page(courses), _AGAIN
    for name, text in figures_of(courses).items():
        assert (IMAGES / name).read_text(encoding="utf-8") == text, _AGAIN


def test_the_quick_responder_gets_to_the_full_pull_before_the_slow_one(
    courses: tuple[Lived, ...],
) -> None:
    def first(name: str, stage: int) -> int:
        days = [d.day for d in story(courses, name).days if _stage(d) >= stage]
        return min(days, default=LAST_DAY + 1)

    assert first("quick", 3) <= LAST_DAY
    assert first("quick", 3) < first("slow", 3)
    assert first("quick", 1) < first("slow", 1)


def test_the_flare_up_lowers_the_load_and_the_lift_comes_back(courses: tuple[Lived, ...]) -> None:
    lived = story(courses, "flare")
    colours = [colour(day) for day in lived.days]
    at = colours.index("red")
    before = [_load(d) for d in lived.days[:at] if _load(d)]
    after = [_load(d) for d in lived.days[at + 1 :] if _load(d)]
    assert after[0] <= 0.8 * max(before)
    assert after[-1] > after[0]
    assert not lived.stopped


def test_the_one_sided_person_trains_the_short_side_only_where_it_is_short(
    courses: tuple[Lived, ...],
) -> None:
    asked = [one for day in story(courses, "one-sided").days for one in day.asked]
    hips = [one for one in asked if one["step"] in (1, 4)]
    assert hips
    assert all(one["sets_left"] == 0 and one["sets_right"] > 0 for one in hips)
    assert {one["step"] for one in asked} == {1, 4, 5}


def test_the_red_flag_ends_the_course_the_day_it_is_told(courses: tuple[Lived, ...]) -> None:
    lived = story(courses, "red-flag")
    assert "see a doctor today" in lived.stopped
    last = lived.days[-1]
    assert last.logged is not None
    assert last.logged["symptoms"] == ["leg_weakness"]
    assert all(not day.logged["symptoms"] for day in lived.days[:-1] if day.logged is not None)


def _stage(day: Day) -> int:
    return -1 if day.week["lift"] is None else int(day.week["lift"]["stage"])


def _load(day: Day) -> float:
    if day.logged is None:
        return 0.0
    return max((float(one["load_share"]) for one in day.asked if one["is_loaded"]), default=0.0)


def _spoil(lived: Lived, change: Callable[[list[Any]], None]) -> Lived:
    """Return a course with one thing wrong; `change` gets (day, week, asked, logged) of each."""
    days: list[list[Any]] = [
        [day.day, deepcopy(day.week), deepcopy(list(day.asked)), deepcopy(day.logged)]
        for day in lived.days
    ]
    change(days)
    made = tuple(Day(day=d, week=w, asked=tuple(a), logged=lg) for d, w, a, lg in days)
    return replace(lived, days=made)


def _too_long(days: list[Any]) -> None:
    days[3][1]["sessions"][0]["minutes"] = 400


def _gear(days: list[Any]) -> None:
    days[3][1]["exercises"][0]["id"] = "cable_press_out"


def _five(days: list[Any]) -> None:
    rows = days[0][1]["exercises"]
    rows += [deepcopy(rows[0]) for _ in range(4)]


def _hurts(days: list[Any]) -> None:
    for one in days[0][3]["exercise"]:
        one["pain"] = 7.0
    for one in days[1][1]["exercises"]:
        one["count"] += 5
        one["change"] = "up"


def _jump(days: list[Any]) -> None:
    days[0][2][0]["level"] = 3


def _daily_loads(days: list[Any]) -> None:
    for day in days[:4]:
        day[2][0]["is_loaded"] = True


def _early_load(days: list[Any]) -> None:
    days[1][2][0] |= {"is_loaded": True, "step": 5}


def _disorder(days: list[Any]) -> None:
    days[0][2][0]["step"] = 4


def _stage_jump(days: list[Any]) -> None:
    lifts = [day for day in days if day[1]["lift"] is not None]
    lifts[1][1]["lift"]["stage"] = 3


def _flag(days: list[Any]) -> None:
    days[5][3]["symptoms"] = ["saddle_numbness"]


def _no_reason(days: list[Any]) -> None:
    days[0][1]["left_out"][0]["why"] = ""


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("time", _too_long),
        ("equipment", _gear),
        ("two to four exercises", _five),
        ("pain rule", _hurts),
        ("calm after red", _hurts),
        ("one level, one tenth", _jump),
        ("rest between loads", _daily_loads),
        ("gate of the first load", _early_load),
        ("order of the steps", _disorder),
        ("stages of the lift", _stage_jump),
        ("stop", _flag),
        ("reasons", _no_reason),
    ],
)
def test_each_check_finds_what_it_is_for(
    courses: tuple[Lived, ...], check: str, change: Callable[[list[Any]], None]
) -> None:
    assert list(CHECKS[check](_spoil(story(courses, "flare"), change)))


def test_the_check_of_sides_finds_work_for_the_wrong_one(courses: tuple[Lived, ...]) -> None:
    def swap(days: list[Any]) -> None:
        one = days[0][2][0]
        one["sets_left"], one["sets_right"] = one["sets_right"], one["sets_left"]

    assert list(CHECKS["sides"](_spoil(story(courses, "one-sided"), swap)))
