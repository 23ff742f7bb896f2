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
from primemover.plan.choose import Limits, choose
from primemover.plan.facts import Facts, gather
from primemover.plan.gate import gate_of
from primemover.plan.need import Need, need_of

__all__ = ["make_plan"]

_DEADLIFT: Final = 5
# Hardest exercise level, engineering defaults: 0 unloaded, 1 light or raised, 2 full, 3 hardest.
_UNLOADED: Final = 0
_LIGHT: Final = 1
_FULL: Final = 2
_NOTE_PAIN: Final = "Pain is above 5, so only the movement without load for now."
_NOTE_LATER: Final = (
    "It comes after the steps before; until their exit tests are met, only the movement and light "
    "or raised lifts."
)
_NOTE_FIRST: Final = "It may come first here."


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
    facts = gather(reading, safety)
    gate = gate_of(reading, safety, facts)
    needs = {row.step: need_of(row, facts) for row in load().steps.values()}
    wanted = sum(need.needed for step, need in needs.items() if step != _DEADLIFT)
    steps = tuple(
        _step(row, needs[row.step], facts, _limits(row, session, facts, gate=gate, wanted=wanted))
        for row in load().steps.values()
    )
    return _plan(steps, gate=gate)


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
    asked = " ".join(dict.fromkeys(flag.action for flag in safety.flags))
    if safety.stops_exam:
        return f"{programme.stopped_emergency} {asked}".strip()
    if safety.stops_loading:
        return f"{programme.stopped_refer} {asked}".strip()
    if reading is None or not any(measure.is_known for measure in measures.values()):
        return "No programme: nothing was measured yet. Film or type in a test first."
    return ""


def _limits(
    row: StepRow, session: Session, facts: Facts, *, gate: tuple[bool, str], wanted: int
) -> Limits:
    programme = load().programme
    minutes = session.minutes_per_day
    level, why, note = _level(row, facts, gate_open=gate[0])
    day = minutes or programme.minutes_per_day
    # The deadlift has days of its own; the other steps share a session.
    return Limits(
        equipment=_equipment(session),
        minutes=day if row.step == _DEADLIFT else day / max(wanted, 1),
        highest_level=level,
        level_why=why,
        level_note=note,
        most=programme.default_exercises if minutes is None else programme.most_exercises,
    )


def _equipment(session: Session) -> frozenset[str]:
    """Return what is there: household things always, a barbell when nobody was asked."""
    programme = load().programme
    told = programme.equipment_when_not_told if session.equipment is None else session.equipment
    household = (row.id for row in load().equipment.values() if row.household)
    return frozenset((*told, *household))


def _level(row: StepRow, facts: Facts, *, gate_open: bool) -> tuple[int, str, str]:
    """Return the hardest level, why harder exercises are left out, and a note for the step."""
    if facts.holds("pain_high"):
        level = _LIGHT if row.step != _DEADLIFT else _UNLOADED
        return level, "pain is above 5: no load yet", _NOTE_PAIN
    if row.step == _DEADLIFT and not gate_open:
        return _LIGHT, "later: when the exit tests of the steps before are met", _NOTE_LATER
    return _FULL, "later: harder than needed now", _NOTE_FIRST


def _step(row: StepRow, need: Need, facts: Facts, limits: Limits) -> PlanStep:
    why = need.why if row.step != _DEADLIFT else f"{need.why} {limits.level_note}".strip()
    exercises, left_out = choose(row.step, need.side, facts, limits) if need.needed else ((), ())
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
    )
