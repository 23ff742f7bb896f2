"""Readings in a lifter's sentence and in a clinician's line: numbers, errors, probability."""

from __future__ import annotations

import math

from primemover.findings.states import INDETERMINATE, Verdicts
from primemover.findings.words import listing, per_cent
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import RuleRow, StateRow
from primemover.model.finding import FindingStatus
from primemover.words import say, word

__all__ = ["because_of", "finding_line", "probability_text", "state_line"]

_FINEST = 0.01


def finding_line(rule: RuleRow, status: FindingStatus, probability: float, numbers: str) -> str:
    """Return a finding's line; `numbers` is the sentence with this person's values."""
    named = word("findings.clinician.status", status.value)
    if math.isnan(probability):
        return say("findings.clinician.rule_unmeasured", status=named, line=rule.clinician)
    return say(
        "findings.clinician.rule",
        status=named,
        chance=probability_text(probability),
        line=rule.clinician,
        numbers=numbers,
    )


def state_line(rows: dict[str, StateRow], verdicts: Verdicts, numbers: str) -> str:
    """Return the line of a hip's state or a bend's pattern."""
    if verdicts.state != INDETERMINATE:
        row = rows[verdicts.state]
        return say(
            "findings.clinician.state",
            label=row.label[:1].upper() + row.label[1:],
            chance=probability_text(verdicts.probabilities[row.id]),
            line=row.clinician,
            numbers=numbers,
        )
    if verdicts.missing:
        return say("findings.clinician.state_unmeasured", numbers=numbers)
    chances = "; ".join(
        say(
            "findings.clinician.chance",
            label=rows[name].label,
            chance=probability_text(verdicts.probabilities[name]),
        )
        for name in verdicts.possible
    )
    enough = f"{load().decision.present_from:g}"
    return say("findings.clinician.state_open", enough=enough, chances=chances, numbers=numbers)


def because_of(rows: dict[str, StateRow], verdicts: Verdicts, numbers: str) -> str:
    """Return this person's numbers and what follows from them, for a lifter."""
    if verdicts.state != INDETERMINATE:
        chance = per_cent(verdicts.probabilities[verdicts.state])
        label = rows[verdicts.state].label
        return say("findings.state.called", numbers=numbers, label=label, chance=chance)
    if verdicts.missing:
        return numbers
    chances = listing(
        say(
            "findings.state.chance",
            label=rows[name].label,
            chance=per_cent(verdicts.probabilities[name]),
        )
        for name in verdicts.possible
        if name in rows
    )
    return say("findings.state.open", numbers=numbers, chances=chances)


def probability_text(probability: float) -> str:
    """Return ``"= 0.93"``: a probability with its sign, which never claims certainty."""
    if probability < _FINEST:
        return f"< {_FINEST:g}"
    if probability > 1.0 - _FINEST:
        return f"> {1.0 - _FINEST:g}"
    return f"= {probability:.2f}"
