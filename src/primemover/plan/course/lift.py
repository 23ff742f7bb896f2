"""The return to lifting: when a load may begin, and from which stage to which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.safety import StopLevel
from primemover.model.training import DoneExercise, DoneSession
from primemover.plan.case import Case
from primemover.plan.course.judge import exercise_level, is_red, worse
from primemover.plan.course.state import State, week_of

__all__ = [
    "DEADLIFT",
    "Lift",
    "after_lift",
    "can_load",
    "is_matured",
    "may_begin_load",
    "stage_now",
]

DEADLIFT: Final = 5
_LIGHT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """The lift's stage, its green sessions in a row, its sessions, and the weeks they were in."""

    stage: int
    stage_green: int = 0
    stage_lifts: int = 0
    stage_weeks: frozenset[int] = frozenset()


def is_matured(step: int, state: State) -> bool:
    """Whether a step before the lift was trained as long as it usually takes."""
    return state.trained_weeks(step) >= load().course_rules.usual_weeks[step - 1]


def can_load(case: Case) -> bool:
    """Whether there is anything to lift: the gear of at least one loaded lift of step 5."""
    return any(
        row.step == DEADLIFT and row.is_loaded and case.equipment.issuperset(row.equipment)
        for row in load().exercises.values()
    )


def may_begin_load(state: State, case: Case) -> bool:
    """Whether the first load may follow the hinge without load.

    All of it: something to lift; the steps before done or trained as long as usual (or the gate
    open); two green sessions of the hinge in a row; pain at rest known and low; nothing red lately.
    """
    rules = load().course_rules
    ready = all(
        not need.needed or step in state.done or is_matured(step, state)
        for step, need in case.needs.items()
        if step != DEADLIFT
    )
    low = state.rest_pain is not None and state.rest_pain <= rules.most_rest_pain_to_load
    return (
        (ready or case.gate[0])
        and low
        and state.settled
        and state.is_quiet
        and state.stage_green >= rules.green_sessions
        and can_load(case)
    )


def stage_now(state: State, case: Case) -> int:
    """Return the stage of the coming week."""
    return _LIGHT if state.stage == 0 and may_begin_load(state, case) else state.stage


def after_lift(state: State, session: DoneSession, shared: StopLevel, case: Case) -> Lift:
    """Return the lift's stage after a session.

    A red lift, or a session red as a whole, goes one stage back. A stage is left for the next
    when it has lasted its weeks and enough of its last sessions were green in a row.
    """
    rows = load().exercises
    lifts = [done for done in session.exercises if rows[done.id].step == DEADLIFT]
    level = reduce(worse, map(exercise_level, lifts), shared)
    began = any(rows[done.id].is_loaded for done in lifts)
    stage = stage_now(state, case) if began else state.stage
    if is_red(level):
        return Lift(stage=max(stage - 1, 0))
    before = Lift(stage=stage)
    if stage == state.stage:
        before = Lift(
            stage=stage,
            stage_green=state.stage_green,
            stage_lifts=state.stage_lifts,
            stage_weeks=state.stage_weeks,
        )
    if not (began or (lifts and stage == 0)):
        return before
    green = before.stage_green + 1 if _is_calm(session, lifts, level, stage) else 0
    now = replace(
        before,
        stage_green=green,
        stage_lifts=before.stage_lifts + 1,
        stage_weeks=before.stage_weeks | {week_of(session.day)},
    )
    return Lift(stage=stage + 1) if _has_lasted(now) and state.is_quiet else now


def _is_calm(session: DoneSession, lifts: list[DoneExercise], level: StopLevel, stage: int) -> bool:
    """Whether a session's lifts were green; the hinge without load must hurt even less."""
    pains = [done.pain if done.pain is not None else session.pain_during for done in lifts]
    told = [pain for pain in pains if pain is not None]
    most = load().course_rules.most_hinge_pain if stage == 0 else float("inf")
    return level is StopLevel.CARRY_ON and len(told) == len(pains) and max(told) <= most


def _has_lasted(lift: Lift) -> bool:
    """Whether a loaded stage may be left for the next; the first load has a gate of its own."""
    rules = load().course_rules
    weeks = load().lift_stages[lift.stage].weeks
    last = lift.stage + 1 not in load().lift_stages
    return (
        lift.stage > 0
        and not last
        and len(lift.stage_weeks) >= weeks
        and lift.stage_lifts >= weeks * rules.sessions_in_a_trained_week
        and lift.stage_green >= rules.green_sessions
    )
