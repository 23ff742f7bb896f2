"""A log, event by event, to the state of a course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.course import Change
from primemover.model.safety import StopEnds, StopLevel, StopVerdict
from primemover.model.training import Clearance, DoneSession, DoneTest, TrainingLog
from primemover.plan.case import Case
from primemover.plan.course.climb import (
    Effort,
    after_exercise,
    first_mark,
    not_yet_up,
    stepped_back,
)
from primemover.plan.course.exits import steps_done
from primemover.plan.course.judge import (
    exercise_level,
    is_red,
    report_of,
    shared_level,
    worse,
    worst_pain,
)
from primemover.plan.course.lift import after_lift, can_load, stage_now
from primemover.plan.course.state import Mark, State, week_of
from primemover.plan.stopping import judge_report

__all__ = ["after", "begin", "on_day", "state_of"]

Event = DoneSession | DoneTest | Clearance
_ORDER: Final = (DoneTest, Clearance, DoneSession)  # of one day


def begin(case: Case) -> State:
    """Return the state before the first session: the gate may open the lift at once."""
    rules = load().course_rules
    return State(
        calm=rules.calm_sessions,
        stage=1 if case.gate[0] and can_load(case) else 0,
        rest_pain=case.rest_pain,
        tested=case.measures,
    )


def state_of(log: TrainingLog, case: Case) -> State:
    """Return the state after a whole log."""
    events: list[Event] = [*log.tests, *log.clearances, *log.sessions]
    ordered = sorted(events, key=lambda one: (one.day, _ORDER.index(type(one))))
    return reduce(lambda state, event: after(state, event, case), ordered, begin(case))


def after(state: State, event: Event, case: Case) -> State:
    """Return the state after one more event; a stopped course changes by a clearance only."""
    if isinstance(event, DoneTest):
        return _after_test(state, event, case)
    if isinstance(event, Clearance):
        return _after_clearance(state, event)
    if state.stopped is not None:
        return replace(state, day=event.day)
    return _after_session(on_day(state, event.day), event, case)


def on_day(state: State, day: int) -> State:
    """Return the state on a day: its week, and what the days without training before it ask for."""
    rules = [gap for gap in load().gaps if day - state.day >= gap.days]
    if not rules or not state.sessions:
        return replace(state, week=week_of(day), gap="")
    rule = max(rules, key=lambda gap: gap.days)
    keep = 1.0 - rule.load_down
    lower = rule.rungs_down > 0
    marks = {
        name: replace(
            mark,
            rung=max(mark.rung - rule.rungs_down, 0),
            share=mark.share * keep,
            load_kg=None if mark.load_kg is None else mark.load_kg * keep,
            green=0,
            change=Change.DOWN if lower else Change.SAME,
            why="gap_down" if lower else "same",
        )
        for name, mark in state.marks.items()
    }
    return replace(state, week=week_of(day), marks=marks, gap=rule.text)


def _after_test(state: State, test: DoneTest, case: Case) -> State:
    tested = {**state.tested, **{k: one for k, one in test.measures.items() if one.is_known}}
    return replace(state, tested=tested, done=state.done | steps_done(case, tested))


def _after_clearance(state: State, clearance: Clearance) -> State:
    """Return the state after a clinician's word: on again, the lift without load, all lower."""
    if state.stopped is None:
        return state
    marks = {
        name: replace(mark, rung=max(mark.rung - 1, 0), green=0, change=Change.DOWN, why="down")
        for name, mark in state.marks.items()
    }
    return replace(
        state,
        stopped=None,
        verdict=None,
        cleared=True,
        marks=marks,
        start_day=max(clearance.day, 1),
        reds=0,
        calm=0,
        stage=0,
        stage_green=0,
        stage_lifts=0,
        stage_weeks=frozenset(),
        gate_holds=False,
    )


def _after_session(state: State, session: DoneSession, case: Case) -> State:
    report = report_of(session, state, case)
    verdict = judge_report(report)
    shared = shared_level(report, session)
    told = report.pain_during is not None
    calm = _calm(state, verdict, pain_told=told)
    lifted = after_lift(state, session, shared, case)
    counted = replace(
        _counted(state, session),
        calm=calm,
        reds=state.reds + 1 if is_red(verdict.level) else 0,
        rest_pain=_rest_pain(session, state),
        settled=_settled(session, state),
        symptoms=_reported(report.symptoms, state.symptoms),
        stage=lifted.stage,
        stage_green=lifted.stage_green,
        stage_lifts=lifted.stage_lifts,
        stage_weeks=lifted.stage_weeks,
        gate_holds=state.gate_holds and not is_red(verdict.level),
        verdict=verdict,
        stopped=verdict if verdict.ends is StopEnds.PROGRAMME else None,
        gap="",
    )
    return replace(counted, marks=_marks(counted, session, shared, stage=stage_now(state, case)))


def _calm(state: State, verdict: StopVerdict, *, pain_told: bool) -> int:
    """Return the green sessions since the last red one; an amber one asks for one more."""
    most = load().course_rules.calm_sessions
    if is_red(verdict.level):
        return 0
    if verdict.level is StopLevel.HOLD:
        return min(state.calm, most - 1)
    return min(state.calm + pain_told, most)


def _counted(state: State, session: DoneSession) -> State:
    week = week_of(session.day)
    exercises = load().exercises
    steps = {exercises[one.id].step for one in session.exercises}
    work = {(step, week): state.work.get((step, week), 0) + 1 for step in steps}
    worst = worst_pain(session)
    return replace(
        state,
        day=session.day,
        work={**state.work, **work},
        sessions={**state.sessions, week: state.sessions.get(week, 0) + 1},
        worst=state.worst
        if worst is None
        else {**state.worst, week: max(worst, state.worst.get(week, worst))},
    )


def _rest_pain(session: DoneSession, state: State) -> float | None:
    told = (session.pain_next_day, session.pain_before, state.rest_pain)
    return next((pain for pain in told if pain is not None), None)


def _settled(session: DoneSession, state: State) -> bool:
    if session.pain_next_day is None or session.pain_before is None:
        return state.settled
    rule = load().stop_rules["not_settled"].when
    least = rule.at_least if rule is not None and rule.at_least is not None else 1.0
    return session.pain_next_day - session.pain_before < least


def _reported(now: Iterable[str], before: Mapping[str, int]) -> dict[str, int]:
    return {**before, **{name: before.get(name, 0) + 1 for name in now}}


def _marks(state: State, session: DoneSession, shared: StopLevel, *, stage: int) -> dict[str, Mark]:
    """Return where every exercise stands after a session.

    A red exercise at its least hands back to its easier form; a red load lowers every load of its
    step, also of lifts that were not done that day. On hold, nothing rises that was earned before.
    """
    verdict = state.verdict
    held = verdict is not None and verdict.level is not StopLevel.CARRY_ON
    marks = {name: not_yet_up(mark) if held else mark for name, mark in state.marks.items()}
    rows, red_loads = load().exercises, set()
    for done in session.exercises:
        row = rows[done.id]
        mark = marks.get(done.id) or first_mark(row, state.marks)
        level = worse(shared, exercise_level(done))
        effort = Effort(
            done=done,
            day=session.day,
            level=level,
            pain_told=done.pain is not None or session.pain_during is not None,
            may_rise=state.is_quiet,
            stage=stage,
        )
        marks[done.id] = after_exercise(mark, row, effort)
        if is_red(level) and row.is_loaded:
            red_loads.add(row.step)
        if is_red(level) and mark.rung == 0 and row.follows in marks:
            marks[row.follows] = _handed_back(marks[row.follows], done.id)
    spared = set(marks) - {done.id for done in session.exercises}
    for name in spared:
        if rows[name].is_loaded and rows[name].step in red_loads:
            marks[name] = stepped_back(marks[name], rows[name])
    return marks


def _handed_back(mark: Mark, harder: str) -> Mark:
    """Return the easier form that takes over from a harder one."""
    return replace(mark, mastered=False, green=0, change=Change.DOWN, why="back_to", other=harder)
