"""What a page or a terminal shows of a course: words, days, and later weeks that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from primemover.knowledge import load
from primemover.knowledge.course_rows import CourseHeadings
from primemover.model.course import Course, OutlookWeek, PlannedExercise, StepStatus, Week

__all__ = [
    "CourseView",
    "SessionView",
    "SpanView",
    "course_sources",
    "course_view",
    "day_name",
    "outlook_spans",
    "span_text",
    "status_word",
]

_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One session: its name, its minutes in words, and its exercises in order."""

    name: str
    minutes: str
    exercises: tuple[PlannedExercise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """Later weeks that are alike: their name, what is worked on, what is new, when to measure.

    `retest` are the weeks at whose end the tests are done again, `measure` says so in words.
    """

    name: str
    steps: tuple[int, ...]
    stage: str
    new: tuple[str, ...]
    retest: tuple[int, ...]
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """A course for the page; `week` is its coming week."""

    course: Course
    week: Week
    words: CourseHeadings
    sessions: tuple[SessionView, ...]
    spans: tuple[SpanView, ...]


def course_view(course: Course | None) -> CourseView | None:
    """Return what is shown of a course, None where there is no week."""
    if course is None or course.week is None:
        return None
    words = load().course_headings
    exercises = {one.id: one for one in course.week.exercises}
    return CourseView(
        course=course,
        week=course.week,
        words=words,
        sessions=tuple(
            SessionView(
                name=day_name(one.day),
                minutes=words.minutes.format(minutes=f"{one.minutes:.0f}"),
                exercises=tuple(exercises[name] for name in one.exercises),
            )
            for one in course.week.sessions
        ),
        spans=outlook_spans(course.outlook),
    )


def course_sources(course: Course | None) -> tuple[str, ...]:
    """Return the source keys that the coming week cites, in its order."""
    if course is None or course.week is None:
        return ()
    cited = [key for one in course.week.exercises for key in one.sources]
    cited += course.week.lift.sources if course.week.lift is not None else ()
    return tuple(dict.fromkeys(cited))


def day_name(day: int) -> str:
    """Return a day of the course in words."""
    return load().course_headings.day.format(day=day)


def status_word(status: StepStatus) -> str:
    """Return where a step stands in one or two words."""
    words = load().course_headings
    return {
        StepStatus.SKIPPED: words.skipped,
        StepStatus.DONE: words.done,
        StepStatus.OPEN: words.open,
        StepStatus.WAITING: words.waiting,
    }[status]


def outlook_spans(weeks: Sequence[OutlookWeek]) -> tuple[SpanView, ...]:
    """Return later weeks, those that work on the same in the same stage taken together."""
    spans: list[list[OutlookWeek]] = []
    for one in weeks:
        last = spans[-1][-1] if spans else None
        alike = last is not None and (last.steps, last.stage) == (one.steps, one.stage)
        if alike:
            spans[-1].append(one)
        else:
            spans.append([one])
    return tuple(_span(listed) for listed in spans)


def span_text(span: SpanView) -> str:
    """Return a span in a line."""
    words = load().course_headings
    text = f"{span.name}: {words.steps_short} {', '.join(str(step) for step in span.steps)}"
    if span.stage:
        text += f", {span.stage[:1].lower()}{span.stage[1:]}"
    told = [f"{words.new}: {', '.join(span.new)}"] if span.new else []
    return "; ".join([text, *told, *([span.measure] if span.measure else [])])


def _span(listed: Sequence[OutlookWeek]) -> SpanView:
    words = load().course_headings
    first, last = listed[0], listed[-1]
    retest = tuple(one.number for one in listed if one.retest)
    named = words.week if len(listed) == 1 else words.weeks
    return SpanView(
        name=named.format(first=first.number, last=last.number),
        steps=first.steps,
        stage=first.stage,
        new=tuple(dict.fromkeys(name for one in listed for name in one.new)),
        retest=retest,
        measure=words.measure.format(weeks=", ".join(map(str, retest))) if retest else "",
    )
