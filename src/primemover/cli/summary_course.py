"""A course for a terminal: the coming week session by session, then how it goes on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from primemover.model.assessment import Assessment
from primemover.model.course import PlannedExercise, StepStatus
from primemover.report.courseview import (
    CourseView,
    SessionView,
    course_view,
    span_text,
    status_word,
)

__all__ = ["course_lines", "course_summary"]

_WIDTH: Final = 88  # as the summary's
_TELLS_EXITS: Final = (StepStatus.OPEN, StepStatus.WAITING)


def course_summary(assessment: Assessment) -> str:
    """Return the coming week with every dose, its reasons, and the outlook."""
    course = assessment.course
    view = course_view(course)
    if view is None:
        stopped = assessment.plan.stopped if course is None else course.stopped
        return "\n".join(_wrapped(stopped, indent=""))
    parts = (_week, _exercises, _steps, _left_out, _outlook)
    lines = [line for part in parts for line in part(view)]
    return "\n".join([*lines, "", *_wrapped(view.course.pain_rule)])


def course_lines(assessment: Assessment) -> list[str]:
    """Return the coming week in short, for the end of an exam; empty without one."""
    view = course_view(assessment.course)
    if view is None:
        return []
    return ["", *_head(view), *_once(view), *_outlook(view), *_wrapped(view.words.log_how)]


def _week(view: CourseView) -> Iterator[str]:
    yield from _head(view)
    for session in view.sessions:
        yield from _session(session)


def _once(view: CourseView) -> Iterator[str]:
    """Yield each exercise once, with its dose and its days."""
    for one in view.week.exercises:
        days = [str(session.day) for session in view.week.sessions if one.id in session.exercises]
        yield from _wrapped(f"{_dose(one)}; {view.words.days.format(days=', '.join(days))}")


def _head(view: CourseView) -> Iterator[str]:
    yield from _wrapped(view.week.summary, indent="")
    for note in view.week.notes:
        yield from _wrapped(f"! {note}")
    lift = view.week.lift
    if lift is not None:
        told = f"{lift.label}. {lift.variant}. {lift.start_height} {lift.load}".rstrip()
        yield from _wrapped(f"{view.words.lift}: {told}")
        yield from _wrapped(f"{view.words.cues}: {' '.join(lift.cues)}")


def _session(session: SessionView) -> Iterator[str]:
    yield f"  {session.name}, {session.minutes}"
    for one in session.exercises:
        yield from _wrapped(_dose(one), indent="      ")


def _dose(one: PlannedExercise) -> str:
    """Return an exercise with what is done in one session."""
    note = f" ({one.note})" if one.note else ""
    return f"{one.name}: {one.dose.rpartition(', ')[0]}{note}"


def _exercises(view: CourseView) -> Iterator[str]:
    yield from ("", view.words.why_these)
    for one in view.week.exercises:
        yield from _wrapped(f"{one.name}: {one.change_why} {one.why}")
        yield from _wrapped(f"{view.words.cue}: {one.cue}", indent="      ")
        yield from _wrapped(f"{view.words.must_not}: {one.must_not}", indent="      ")
        yield from _wrapped(f"{view.words.cheat}: {one.cheat}", indent="      ")


def _steps(view: CourseView) -> Iterator[str]:
    yield from ("", view.words.steps)
    for one in view.week.steps:
        yield from _wrapped(f"{one.step}. {one.title} ({status_word(one.status)}): {one.why}")
        for line in one.exits if one.status in _TELLS_EXITS else ():
            yield from _wrapped(f"- {line}", indent="      ")


def _left_out(view: CourseView) -> Iterator[str]:
    if view.week.left_out:
        yield from ("", view.words.left_out)
    for one in view.week.left_out:
        yield from _wrapped(f"{one.name}: {one.why}.")


def _outlook(view: CourseView) -> Iterator[str]:
    if not view.spans:
        return
    yield from ("", view.words.goes_on)
    for span in view.spans:
        yield from _wrapped(span_text(span))
    yield from _wrapped(view.course.assumption)


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
