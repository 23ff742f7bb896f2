"""A course as JSON: the coming week in full, the weeks after it in short."""

from __future__ import annotations

from typing import Any, Final

from primemover.model.course import (
    Course,
    LiftSetup,
    OutlookWeek,
    PlannedExercise,
    StepWeek,
    Week,
)
from primemover.model.safety import StopVerdict
from primemover.report.wire_guard import stop_rule_to_json

__all__ = ["course_file_to_json", "course_to_json"]

Json = dict[str, Any]
_SCHEMA_VERSION: Final = 1
_DECIMALS: Final = 2  # minutes and shares need no more


def course_file_to_json(course: Course, *, title: str, date: str) -> Json:
    """Return a course as a result of its own: ``primemover plan ... --json``."""
    head = {"schema_version": _SCHEMA_VERSION, "kind": "course", "title": title, "date": date}
    return head | course_to_json(course)


def course_to_json(course: Course) -> Json:
    """Return a course; ``week`` is null with the reason in ``stopped`` where nothing is planned."""
    return {
        "stopped": course.stopped,
        "week": None if course.week is None else _week(course.week),
        "outlook": [_outlook(one) for one in course.outlook],
        "assumption": course.assumption,
        "pain_rule": course.pain_rule,
        "retest_day": course.retest_day,
        "verdict": None if course.verdict is None else _verdict(course.verdict),
    }


def _week(week: Week) -> Json:
    return {
        "number": week.number,
        "summary": week.summary,
        "notes": list(week.notes),
        "retest": week.retest,
        "sessions": [
            {
                "day": one.day,
                "minutes": round(one.minutes, _DECIMALS),
                "exercises": list(one.exercises),
            }
            for one in week.sessions
        ],
        "exercises": [_exercise(one) for one in week.exercises],
        "steps": [_step(one) for one in week.steps],
        "left_out": [
            {"id": one.id, "name": one.name, "step": one.step, "why": one.why}
            for one in week.left_out
        ],
        "lift": None if week.lift is None else _lift(week.lift),
    }


def _exercise(one: PlannedExercise) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "step": one.step,
        "level": one.level,
        "is_loaded": one.is_loaded,
        "side": str(one.side),
        "together": one.together,
        "sets_left": one.sets_left,
        "sets_right": one.sets_right,
        "count": one.count,
        "counts": one.counts,
        "hold_s": one.hold_s,
        "rpe": None if one.rpe is None else list(one.rpe),
        "rest_s": one.rest_s,
        "days": one.days,
        "wanted_days": one.wanted_days,
        "minutes": round(one.minutes, _DECIMALS),
        "first_side": str(one.first_side),
        "load_kg": one.load_kg,
        "load_share": round(one.load_share, _DECIMALS),
        "dose": one.dose,
        "note": one.note,
        "cue": one.cue,
        "cheat": one.cheat,
        "must_not": one.must_not,
        "exit_test": one.exit_test,
        "change": str(one.change),
        "change_why": one.change_why,
        "why": one.why,
        "sources": list(one.sources),
    }


def _step(one: StepWeek) -> Json:
    return {
        "step": one.step,
        "title": one.title,
        "status": str(one.status),
        "why": one.why,
        "side": str(one.side),
        "trained_weeks": one.trained_weeks,
        "exits": list(one.exits),
    }


def _lift(lift: LiftSetup) -> Json:
    return {
        "stage": lift.stage,
        "label": lift.label,
        "plain": lift.plain,
        "variant": lift.variant,
        "start_height": lift.start_height,
        "load": lift.load,
        "cues": list(lift.cues),
        "because": list(lift.because),
        "sources": list(lift.sources),
    }


def _outlook(one: OutlookWeek) -> Json:
    return {
        "number": one.number,
        "steps": list(one.steps),
        "stage": one.stage,
        "exercises": list(one.exercises),
        "new": list(one.new),
        "minutes": round(one.minutes, _DECIMALS),
        "retest": one.retest,
    }


def _verdict(verdict: StopVerdict) -> Json:
    return {
        "level": str(verdict.level),
        "ends": str(verdict.ends),
        "text": verdict.text,
        "reasons": [stop_rule_to_json(one) for one in verdict.reasons],
    }
