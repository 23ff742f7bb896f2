"""Whether the deadlift may come first: the article's "but it might be"."""

from __future__ import annotations

from primemover.knowledge.loading import load
from primemover.model.assessment import ExamReading
from primemover.model.safety import SafetyResult
from primemover.plan.facts import Facts

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
    untested = "" if facts.on_sides("endurance_short") else _ENDURANCE
    return True, f"{gate.open}{untested}"


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
    for name in gate.must_be_present:
        if not facts.holds(name):
            known = "it does not hold that" if facts.on_sides(name) else "it is not known that"
            reasons.append(f"{known} {_label(name)}")
    reasons += [_label(name) for name in gate.must_not_be_present if facts.holds(name)]
    return reasons


def _label(name: str) -> str:
    label = load().rules[name].label
    return label[:1].lower() + label[1:]
