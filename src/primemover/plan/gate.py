"""Whether the deadlift may come first: the article's "but it might be"."""

from __future__ import annotations

from primemover.knowledge.loading import load
from primemover.model.assessment import ExamReading
from primemover.model.safety import SafetyResult
from primemover.plan.facts import Fact, Facts

__all__ = ["gate_of"]


def gate_of(reading: ExamReading, safety: SafetyResult, facts: Facts) -> tuple[bool, str]:
    """Return whether the deadlift may come first, and why.

    Both tests clear, pain low, no finding that speaks against it, the safety screen answered
    and nothing to refer. Back endurance counts when it was tested.
    """
    gate = load().programme.gate
    against = _against(reading, safety, facts)
    if against:
        return False, f"{gate.closed}: {'; '.join(against)}."
    known = set(facts.on_sides("endurance_short").values()) - {Fact.UNTESTED}
    return True, gate.open if known else f"{gate.open}{_ENDURANCE}"


_ENDURANCE = (
    " Back endurance was not tested; holding the trunk level for more than 60 s speaks for it."
)


def _against(reading: ExamReading, safety: SafetyResult, facts: Facts) -> list[str]:
    gate = load().programme.gate
    reasons = []
    if not safety.answered:
        reasons.append("the safety screen was not answered")
    if safety.stops_loading:
        reasons.append("something should be looked at by a clinician first")
    if reading.pairing.result != "clear":
        reasons.append("the two tests are not both clear")
    reasons += [_not_held(name, facts) for name in gate.must_be_present if not facts.holds(name)]
    reasons += [_label(name) for name in gate.must_not_be_present if facts.holds(name)]
    return reasons


def _not_held(name: str, facts: Facts) -> str:
    """Return why a finding that must be present is not: known to be absent, or not known."""
    if Fact.ABSENT in facts.on_sides(name).values():
        said = load().rules[name].plain_absent.rstrip(".")
        return said[:1].lower() + said[1:]
    return f"it is not known that {_label(name)}"


def _label(name: str) -> str:
    label = load().rules[name].label
    return label[:1].lower() + label[1:]
