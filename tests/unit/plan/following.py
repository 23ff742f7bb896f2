"""People who train by the plan, for tests: cases from measures, and weeks done as planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from primemover.findings import read_exam, screen, session_measures
from primemover.model.course import PlannedSession, Week
from primemover.model.session import Pain, Screening, Session
from primemover.model.training import DoneExercise, DoneSession, TrainingLog
from primemover.plan.case import Case, case_of
from primemover.plan.course import plan_week
from tests.unit.findings.given import given

__all__ = ["CALM", "SHORT", "Training", "case", "done", "follow", "green"]

CALM = Session(screening=Screening(answered=True), pain=Pain(now=1, worst=3, during=2, after=1))
"""A person with little pain; nothing of equipment or time was told."""
SHORT = {
    "hip_extension_left": (-8.0, 2.0),
    "hip_extension_right": (-8.0, 2.0),
    "single_leg_bridge_left": (4.0, 1.0),
    "single_leg_bridge_right": (4.0, 1.0),
    "rib_control_hold": (10.0, 3.0),
    "knee_to_wall_left": (6.0, 0.6),
    "knee_to_wall_right": (6.0, 0.6),
    "hip_rotation_passive_left": (48.0, 2.0),
    "hip_rotation_active_left": (28.0, 2.0),
    "hip_rotation_passive_right": (48.0, 2.0),
    "hip_rotation_active_right": (28.0, 2.0),
}
"""Short of everything, on both sides alike."""


def case(session: Session = CALM, /, **measured: tuple[float, float]) -> Case:
    measures = given(**(measured or SHORT)) | session_measures(session)
    safety = screen(session.screening, measures, session.pain)
    return case_of(read_exam(measures, (), session), safety, session, measures)


def done(week: Week, session: PlannedSession, **told: object) -> DoneSession:
    """Return a session done as written; `told` may change ratings of the whole session."""
    rows = {one.id: one for one in week.exercises}
    exercises = tuple(
        DoneExercise(
            id=name,
            sets=min(sets for sets in (rows[name].sets_left, rows[name].sets_right) if sets),
            count=rows[name].count,
            pain=1.0,
            effort=6.0,
        )
        for name in session.exercises
    )
    calm = DoneSession(day=session.day, exercises=exercises, pain_before=1.0, pain_next_day=1.0)
    return replace(calm, **told)  # type: ignore[arg-type]


def green(week: Week, session: PlannedSession) -> DoneSession:
    return done(week, session)


Training = Callable[[Week, PlannedSession], DoneSession | None]
"""How somebody does a session of a week; None = it was missed."""


def follow(who: Case, weeks: int, train: Training = green) -> tuple[TrainingLog, list[Week]]:
    """Return the log and the weeks of a person who trains by the plan; None = a missed session."""
    log, planned = TrainingLog(), []
    for number in range(1, weeks + 1):
        week = plan_week(who, log, from_day=7 * (number - 1) + 1)
        if week is None:
            break
        planned.append(week)
        sessions = [train(week, session) for session in week.sessions]
        log = replace(log, sessions=(*log.sessions, *(one for one in sessions if one is not None)))
    return log, planned
