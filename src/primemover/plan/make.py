"""The programme: five ordered steps, each on its own terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import StepRow
from primemover.model.assessment import ExamReading
from primemover.model.measure import Measure
from primemover.model.plan import Plan, PlanStep
from primemover.model.safety import SafetyResult
from primemover.model.session import Session
from primemover.plan.candidates import Bounds
from primemover.plan.case import Case, case_of
from primemover.plan.choose import Limits, choose
from primemover.plan.facts import Facts
from primemover.plan.ladder import starters
from primemover.words import say

__all__ = ["begins_at_once", "level_of", "make_plan"]

_DEADLIFT: Final = 5
# Hardest exercise level, engineering defaults: 0 unloaded, 1 light or raised, 2 full, 3 hardest.
_UNLOADED: Final = 0
_LIGHT: Final = 1
_FULL: Final = 2


def make_plan(
    reading: ExamReading | None,
    safety: SafetyResult,
    session: Session,
    measures: Mapping[str, Measure],
) -> Plan:
    """Return the programme, or a stopped one with the reason and no steps.

    Anything that asks for a clinician first - an emergency or a referral - stops the programme
    altogether: unloaded exercises would be safe for many, but a questionnaire cannot tell for
    whom. The same input always gives the same plan.

    Parameters
    ----------
    reading
        The rule base's reading; None when the exam was stopped.
    safety
        The safety screen's outcome.
    session
        For equipment, time and pain.
    measures
        All measures, for how the sentences speak of what was tested.
    """
    stopped = _stopped(reading, safety, measures)
    if stopped or reading is None:
        return _plan((), gate=(False, stopped), stopped=stopped)
    case = case_of(reading, safety, session, measures)
    wanted = sum(need.needed for step, need in case.needs.items() if step != _DEADLIFT)
    steps = tuple(
        _step(row, case, _limits(row, case, wanted=wanted)) for row in load().steps.values()
    )
    return _plan(steps, gate=case.gate)


def _plan(steps: tuple[PlanStep, ...], *, gate: tuple[bool, str], stopped: str = "") -> Plan:
    programme = load().programme
    return Plan(
        steps=steps,
        may_deadlift_first=gate[0],
        gate_why=gate[1],
        pain_rule=programme.pain_rule,
        order_note=programme.order_note,
        retest_days=programme.retest_days,
        stopped=stopped,
    )


def _stopped(
    reading: ExamReading | None, safety: SafetyResult, measures: Mapping[str, Measure]
) -> str:
    programme = load().programme
    asked = " ".join(dict.fromkeys(flag.action for flag in safety.main_flags))
    if safety.stops_exam:
        return f"{programme.stopped_emergency} {asked}".strip()
    if safety.stops_loading:
        return f"{programme.stopped_refer} {asked}".strip()
    if reading is None or not any(measure.is_known for measure in measures.values()):
        return say("plan.make.nothing_measured")
    return ""


def _limits(row: StepRow, case: Case, *, wanted: int) -> Limits:
    level, why, note = level_of(row, case.facts, gate_open=case.gate[0])
    # The deadlift has days of its own; the other steps share a session.
    is_lift = row.step == _DEADLIFT
    return Limits(
        bounds=Bounds(equipment=case.equipment, highest_level=level, level_why=why),
        starters=begins_at_once(case, row.step),
        minutes=case.minutes if is_lift else case.minutes / max(wanted, 1),
        level_note=note,
        most=case.most,
    )


def begins_at_once(case: Case, step: int) -> frozenset[str]:
    """Return the exercises of a step that need not wait for an easier form.

    An entry test may show it; and where the gate is open the lift itself may come first.
    """
    if step == _DEADLIFT and case.gate[0]:
        return frozenset(row.id for row in load().exercises.values() if row.step == _DEADLIFT)
    return starters(case.measures)


def level_of(row: StepRow, facts: Facts, *, gate_open: bool) -> tuple[int, str, str]:
    """Return the hardest level, why harder exercises are left out, and a note for the step."""
    if facts.holds("pain_high"):
        level = _LIGHT if row.step != _DEADLIFT else _UNLOADED
        return level, say("plan.make.level_pain"), say("plan.make.pain_high")
    if row.step == _DEADLIFT and not gate_open:
        return _LIGHT, say("plan.make.level_gate"), say("plan.make.later")
    return _FULL, say("plan.make.level_later"), say("plan.make.first")


def _step(row: StepRow, case: Case, limits: Limits) -> PlanStep:
    need = case.needs[row.step]
    why = need.why if row.step != _DEADLIFT else f"{need.why} {limits.level_note}".strip()
    exercises, left_out = (
        choose(row.step, need.side, case.facts, limits) if need.needed else ((), ())
    )
    claim = load().claims[row.claim]
    return PlanStep(
        step=row.step,
        title=row.title,
        needed=need.needed,
        why=why,
        side=need.side,
        exercises=exercises,
        exit_test=row.exit_test,
        article=row.article,
        verdict=claim.verdict.value,
        verdict_text=claim.known,
        because=need.because,
        sources=row.sources,
        left_out=left_out,
        clinician=row.clinician,
    )
