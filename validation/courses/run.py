"""Twelve weeks of one story: plan, train, log, plan again; everything through files' formats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from primemover.pipeline.course import course_after
from primemover.pipeline.exam import examine
from primemover.pipeline.log_file import parse_log
from primemover.pipeline.options import Options
from primemover.pipeline.session_file import parse_session
from primemover.report.wire_course import course_to_json
from validation.courses.person import Person
from validation.courses.stories import Story, exam_of, person_of, tests_as_typed

__all__ = ["LAST_DAY", "Day", "Lived", "live"]

LAST_DAY: Final = 84
"""Twelve weeks."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One session: the week as planned that morning, what was asked of it, and what was logged.

    `asked` are the exercises of the session, as the JSON tells them; `logged` is None for a
    session that was missed.
    """

    day: int
    week: Json
    asked: tuple[Json, ...]
    logged: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A story to its end; `stopped` is why the course stopped, "" if it went on.

    `plan` is the exam's five steps as JSON would tell them: needed or not, by step.
    """

    story: Story
    days: tuple[Day, ...]
    log: Json
    stopped: str
    stopped_day: int
    needed: dict[int, bool]
    may_deadlift_first: bool


def live(story: Story) -> Lived:
    """Return a story's course: each session planned anew from the log so far."""
    session = parse_session(exam_of(story), folder=Path())
    examined = examine(session, options=Options()).assessment
    person, log = person_of(story), Json(session=[], test=[])
    days: list[Day] = []
    day, stopped, last_test = 1, "", 0
    while day <= LAST_DAY:
        course = course_to_json(course_after(examined, parse_log(log), from_day=day, weeks=1))
        stopped = course["stopped"]
        week = course["week"]
        if stopped or week["sessions"][0]["day"] > LAST_DAY:
            break
        first = week["sessions"][0]
        if _test_is_due(first["day"], last_test):
            last_test = _test(log, person, first["day"])
            continue
        days.append(_train(person, log, week))
        day = first["day"] + 1
    return Lived(
        story=story,
        days=tuple(days),
        log=log,
        stopped=stopped,
        stopped_day=day if stopped else 0,
        needed={step.step: step.needed for step in examined.plan.steps},
        may_deadlift_first=examined.plan.may_deadlift_first,
    )


def _train(person: Person, log: Json, week: Json) -> Day:
    session = week["sessions"][0]
    rows = {one["id"]: one for one in week["exercises"]}
    asked = tuple(rows[name] for name in session["exercises"])
    person.live_until(session["day"])
    logged = None if person.misses() else person.train(session["day"], list(asked))
    if logged is not None:
        log["session"].append(logged)
    return Day(day=session["day"], week=week, asked=asked, logged=logged)


def _test_is_due(day: int, last_test: int) -> bool:
    """Whether two weeks are over since the last test: tests are done on the first day after."""
    fortnight = (day - 1) // 14
    return fortnight > 0 and last_test <= fortnight * 14 - 1


def _test(log: Json, person: Person, day: int) -> int:
    """Log the tests on the last day of the two weeks that are over; return that day."""
    on = (day - 1) // 14 * 14
    log["test"].append({"day": on, **tests_as_typed(person.measured())})
    return on
