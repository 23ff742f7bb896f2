"""Which steps are worked on in a week, in which order, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.course import StepStatus, StepWeek
from primemover.model.measure import Side
from primemover.model.safety import StopEnds, StopLevel
from primemover.plan.case import Case
from primemover.plan.course.exits import exit_lines
from primemover.plan.course.judge import is_red
from primemover.plan.course.lift import DEADLIFT, is_matured, stage_now
from primemover.plan.course.state import State
from primemover.plan.facts import Fact, Facts
from primemover.words import lower_first

__all__ = ["Standing", "facts_now", "no_load_why", "standings", "step_weeks"]

_PREPARING: Final = (1, 2, 3, 4)
_LASTING: Final = 2  # a symptom reported twice counts as an answer of the safety screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The steps to be worked on in a week, in order of their claim on time.

    `matured` were trained as long as usual and not yet met; `turn` are those whose turn it is.
    """

    order: tuple[int, ...]
    matured: tuple[int, ...]
    turn: tuple[int, ...]


def standings(state: State, case: Case, *, restrained: bool) -> Standing:
    """Return where the steps stand.

    The clinic's order: at most `steps_at_once` of the steps before the lift are in focus; one
    leaves the focus when its exit test is met, or after the weeks it usually takes (it then goes
    on while there is time). The lift comes first where the gate is open; else its hinge without
    load joins after some trained weeks. When `restrained`, nothing that was never done begins.
    """
    left = [s for s in _PREPARING if case.needs[s].needed and s not in state.done]
    matured = [s for s in left if is_matured(s, state)]
    turn = [s for s in left if s not in matured][: load().course_rules.steps_at_once]
    focus = [s for s in turn if state.trained_weeks(s) or _worked(s, state)] if restrained else turn
    focus = focus or turn[:1]
    lift = [DEADLIFT] if _lift_opens(state, case, left=left, restrained=restrained) else []
    first = case.gate[0] and state.gate_holds and stage_now(state, case) > 0
    order = (*lift, *focus, *matured) if first else (*focus, *lift, *matured)
    return Standing(order=order, matured=tuple(matured), turn=tuple(turn))


def step_weeks(standing: Standing, state: State, case: Case) -> dict[int, StepWeek]:
    """Return all five steps as they stand in a week, each with its reason and its exit tests."""
    return {step: _step_week(step, state, case, standing) for step in load().steps}


def facts_now(state: State, case: Case) -> Facts:
    """Return the exam's facts with what the log adds.

    A symptom that asks for a step back or more, that ends a session, or that came twice counts as
    its answer of the safety screen. High pain of the exam's day counts until enough green sessions
    say otherwise.
    """
    rules = load().stop_rules
    of = dict(case.facts.of)
    for name, times in state.symptoms.items():
        rule = rules.get(name)
        if rule is None or not rule.same_as:
            continue
        lasting = is_red(rule.level) or rule.ends is StopEnds.SESSION or times >= _LASTING
        if lasting:
            of[rule.same_as, Side.NONE] = Fact.PRESENT
    if _pain_came_down(state):
        of["pain_high", Side.NONE] = Fact.ABSENT
    return replace(case.facts, of=of)


def no_load_why(state: State, facts: Facts) -> str:
    """Return why nothing may be loaded in the coming week, "" where it may."""
    limit = load().course_rules.no_load_above
    rest = state.rest_pain
    hurts = rest is not None and rest > limit
    leg = state.symptoms.get("leg_symptoms", 0) > 0 and not state.is_quiet
    if hurts or leg or facts.holds("pain_high"):
        return load().course_texts.no_load_now.format(limit=f"{limit:g}")
    return ""


def _pain_came_down(state: State) -> bool:
    rules = load().course_rules
    rest = state.rest_pain
    done = sum(state.sessions.values()) >= rules.calm_sessions
    calm = state.verdict is not None and state.verdict.level is StopLevel.CARRY_ON
    return done and calm and state.is_quiet and rest is not None and rest <= rules.no_load_above


def _worked(step: int, state: State) -> bool:
    return any(one == step for one, _ in state.work)


def _lift_opens(state: State, case: Case, *, left: list[int], restrained: bool) -> bool:
    if not case.needs[DEADLIFT].needed:
        return False
    if case.gate[0] or not left or _worked(DEADLIFT, state):
        return True
    trained = max((state.trained_weeks(step) for step in _PREPARING), default=0)
    return trained >= load().course_rules.hinge_from_week and not restrained


def _step_week(step: int, state: State, case: Case, standing: Standing) -> StepWeek:
    need = case.needs[step]
    row = load().steps[step]
    exits = exit_lines(step, case, state.tested) if step != DEADLIFT else ()
    base = StepWeek(
        step=step,
        title=row.title,
        status=StepStatus.OPEN,
        why="",
        side=need.side,
        trained_weeks=state.trained_weeks(step),
        exits=exits if need.needed else (),
    )
    texts = load().course_texts
    if not need.needed:
        return replace(base, status=StepStatus.SKIPPED, why=need.why)
    if step in state.done:
        done = texts.step_done.format(tests="; ".join(exits))
        return replace(base, status=StepStatus.DONE, why=done)
    if step not in standing.order:
        return replace(base, status=StepStatus.WAITING, why=_why_waiting(step, standing))
    return replace(base, why=_why_open(step, state, case, standing))


def _why_waiting(step: int, standing: Standing) -> str:
    texts = load().course_texts
    if step == DEADLIFT:
        return texts.step_waits_hinge.format(weeks=load().course_rules.hinge_from_week)
    if step in standing.turn:
        return texts.step_waits_calm
    before = [
        lower_first(load().steps[one].title)
        for one in standing.order
        if one not in (step, DEADLIFT)
    ]
    return texts.step_waits_order.format(before=", ".join(before[:2]))


def _why_open(step: int, state: State, case: Case, standing: Standing) -> str:
    texts = load().course_texts
    if step in standing.matured:
        tests = "; ".join(exit_lines(step, case, state.tested))
        return texts.step_matured.format(weeks=state.trained_weeks(step), tests=tests)
    weeks = [week for one, week in state.work if one == step]
    if weeks:
        return texts.step_open.format(since=min(weeks))
    if step == DEADLIFT:
        stage = load().lift_stages[stage_now(state, case)]
        return texts.step_early if case.gate[0] and stage.stage else stage.plain
    return texts.step_first_in_line
