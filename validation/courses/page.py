"""The page docs/courses.md: five simulated courses, week by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from primemover.knowledge import load
from validation.courses.checks import CHECKS, colour, faults
from validation.courses.figures import draw, file_name
from validation.courses.run import Day, Lived, live
from validation.courses.stories import STORIES
from validation.pages import markdown_table

__all__ = ["IMAGES", "PAGE", "courses_page", "figures_of", "lived_all"]

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "courses.md"
IMAGES: Final = PAGE.parent / "images"
_DAYS: Final = 7
_HEAD: Final = (
    "week",
    "sessions",
    "steps",
    "lift",
    "worst pain",
    "colours",
    "new this week",
    "what the log changed",
)
_MOST_NOTES: Final = 2
_INTRO: Final = """\
<!-- Made by `python -m validation.courses --write`; change the code, not this page. -->
# Twelve weeks, five stories

Simulated people train by the plan for twelve weeks. Each has a simple model of capacity and pain
(`validation/courses/person.py`) that knows nothing of the planner: what goes beyond capacity hurts,
training below it makes capacity grow. They log what they did and felt, the plan is made anew before
every session from that log, and the tests are done again every two weeks. Nobody was measured for
this; it shows what the plan does, not what happens to people.

{checks} checks that were written apart from the planner go through every course: {names}. Of these
five courses {broken}.

Colours of sessions: `g` green (pain of 3 or less, settled the day after), `a` amber (4 to 5), `r`
red (above 5, or more pain the day after), `-` missed. "Load" is of the first load.
"""


def lived_all() -> tuple[Lived, ...]:
    """Return all five courses."""
    return tuple(live(story) for story in STORIES)


def figures_of(courses: Iterable[Lived]) -> dict[str, str]:
    """Return the figures as the text of SVG files, by file name."""
    return {file_name(lived): draw(lived) for lived in courses}


def courses_page(courses: Sequence[Lived]) -> str:
    """Return the page as Markdown."""
    wrong = sum(bool(faults(lived)) for lived in courses)
    intro = _INTRO.format(
        checks=len(CHECKS),
        names=", ".join(CHECKS),
        broken="none broke a rule" if not wrong else f"{wrong} broke a rule",
    )
    return "\n".join([intro, *(_section(lived) for lived in courses)])


def _section(lived: Lived) -> str:
    story = lived.story
    needed = [str(step) for step, is_needed in lived.needed.items() if is_needed]
    pain, plan = story.pain, story.plan
    facts = (
        f"Pain at first: now {pain['now']}, in the lift {pain['during']}. "
        f"{plan['days_per_week']} days a week, {plan['minutes_per_day']} minutes; "
        f"there: {', '.join(plan['equipment'])}. Steps needed: {', '.join(needed)}."
    )
    parts = [
        f"## {story.title}",
        "",
        f"{story.told} {facts}",
        "",
        f"![{story.title}](images/{file_name(lived)})",
        "",
        markdown_table(_HEAD, _rows(lived)),
        "",
        _end(lived),
        "",
    ]
    return "\n".join(parts)


def _rows(lived: Lived) -> list[tuple[str, ...]]:
    weeks: dict[int, list[Day]] = {}
    for day in lived.days:
        weeks.setdefault((day.day - 1) // _DAYS + 1, []).append(day)
    seen: set[str] = set()
    rows = []
    for number, days in weeks.items():
        rows.append(_row(number, days, seen))
        seen |= {one["id"] for day in days if day.logged is not None for one in day.asked}
    return rows


def _row(number: int, days: Sequence[Day], seen: set[str]) -> tuple[str, ...]:
    trained = [day for day in days if day.logged is not None]
    asked = [one for day in trained for one in day.asked]
    steps = sorted({one["step"] for one in asked})
    pains = [one["pain"] for day in trained if day.logged for one in day.logged["exercise"]]
    new = dict.fromkeys(one["name"] for one in asked if one["id"] not in seen)
    return (
        str(number),
        f"{len(trained)} of {len(days)}",
        ", ".join(str(step) for step in steps) or "-",
        _lift(days, asked),
        f"{max(pains):g}" if pains else "-",
        "".join("-" if day.logged is None else colour(day)[0] for day in days),
        ", ".join(new) or "-",
        _notes(days),
    )


def _lift(days: Sequence[Day], asked: Sequence[dict[str, object]]) -> str:
    stages = [day.week["lift"]["label"] for day in days if day.week["lift"] is not None]
    if not stages:
        return "-"
    loads = [float(str(one["load_share"])) for one in asked if one["is_loaded"]]
    load_text = f", load {max(loads):.2f}" if loads else ""
    return " > ".join(dict.fromkeys(stages)) + load_text


def _notes(days: Sequence[Day]) -> str:
    retest = load().course_texts.week_retest
    told = dict.fromkeys(note for day in days for note in day.week["notes"] if note != retest)
    return " ".join(list(told)[:_MOST_NOTES]) or "-"


def _end(lived: Lived) -> str:
    if lived.stopped:
        return f"The course stops before day {lived.stopped_day}: {lived.stopped}"
    last = lived.days[-1].week
    done = [str(one["step"]) for one in last["steps"] if one["status"] == "done"]
    stage = "not begun" if last["lift"] is None else last["lift"]["label"].lower()
    met = f"exit tests met: steps {', '.join(done)}" if done else "no exit test met"
    return f"After twelve weeks: {met}; the lift: {stage}."
