"""Whether the deadlift may come first: the article's "but it might be"."""

from __future__ import annotations

from primemover.knowledge.loading import load
from primemover.model.assessment import ExamReading
from primemover.model.safety import SafetyResult
from primemover.plan.facts import Fact, Facts
from primemover.words import lower_first, say

__all__ = ["gate_of"]


def gate_of(reading: ExamReading, safety: SafetyResult, facts: Facts) -> tuple[bool, str]:
    """Return whether the deadlift may come first, and why.

    Both tests clear, pain low, no finding that speaks against it, the safety screen answered
    and nothing to refer. Back endurance counts when it was tested.
    """
    gate = load().programme.gate
    against = _against(reading, safety, facts)
    if against:
        return False, say("plan.gate.against", closed=gate.closed, reasons="; ".join(against))
    known = set(facts.on_sides("endurance_short").values()) - {Fact.UNTESTED}
    return True, gate.open if known else f"{gate.open} {say('plan.gate.endurance')}"


def _against(reading: ExamReading, safety: SafetyResult, facts: Facts) -> list[str]:
    gate = load().programme.gate
    reasons = []
    if not safety.answered:
        reasons.append(say("plan.gate.screen"))
    if safety.stops_loading:
        reasons.append(say("plan.gate.clinician"))
    if reading.pairing.result != "clear":
        reasons.append(say("plan.gate.tests"))
    reasons += [_not_held(name, facts) for name in gate.must_be_present if not facts.holds(name)]
    reasons += [_label(name) for name in gate.must_not_be_present if facts.holds(name)]
    return reasons


def _not_held(name: str, facts: Facts) -> str:
    """Return why a finding that must be present is not: known to be absent, or not known."""
    if Fact.ABSENT in facts.on_sides(name).values():
        return lower_first(load().rules[name].plain_absent.rstrip("."))
    return say("plan.gate.not_known", finding=_label(name))


def _label(name: str) -> str:
    return lower_first(load().rules[name].label)
