"""The article's claims, each beside what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from primemover.knowledge import load
from primemover.knowledge.evidence_rows import ClaimRow
from primemover.knowledge.reading_rows import StateRow
from primemover.model.assessment import Assessment
from primemover.model.finding import Finding
from primemover.words import say

__all__ = [
    "bend_claims",
    "claims_beside",
    "claims_named",
    "hip_claims",
    "order_claims",
    "pairing_claims",
    "places_of",
    "step_claims",
]


def claims_named(ids: Iterable[str]) -> tuple[ClaimRow, ...]:
    """Return the rows of some claims, each once; ids nobody knows are left out."""
    rows = load().claims
    return tuple(rows[name] for name in dict.fromkeys(ids) if name in rows)


def hip_claims(state: str) -> tuple[ClaimRow, ...]:
    """Return the claims behind one hip's state; while it is open, those of every state."""
    return claims_named(_state_claims(load().hip_states, state))


def bend_claims(pattern: str) -> tuple[ClaimRow, ...]:
    """Return the claims behind the bend's pattern; while it is open, those of every pattern."""
    return claims_named(_state_claims(load().bend_patterns, pattern))


def pairing_claims(result: str) -> tuple[ClaimRow, ...]:
    """Return the claims behind the two tests read together."""
    return claims_named(load().pairings[result].claims)


def step_claims(step: int) -> tuple[ClaimRow, ...]:
    """Return the claims behind one of the five steps."""
    return claims_named(load().steps[step].claims)


def order_claims() -> tuple[ClaimRow, ...]:
    """Return the claim behind the order of the steps."""
    return claims_named([load().programme.order_claim])


def claims_beside(
    findings: Iterable[Finding], assessment: Assessment | None = None
) -> dict[str, tuple[str, ...]]:
    """Return, by claim, the ids of what it stands beside in one result.

    Ids are those of findings, and ``hip_left``, ``hip_right``, ``forward_bend``, ``pairing``,
    ``step_1`` to ``step_5`` and ``order``.
    """
    found: dict[str, dict[str, None]] = {}
    for finding in findings:
        for claim in finding.claims:
            found.setdefault(claim, {})[finding.id] = None
    for place, rows in _places(assessment):
        for row in rows:
            found.setdefault(row.id, {})[place] = None
    return {claim: tuple(places) for claim, places in found.items()}


def places_of(claim: str) -> tuple[str, ...]:
    """Return the labels of all that a claim can stand beside, in any result."""
    known = load()
    hips = (row for row in known.hip_states.values() if claim in row.claims)
    bends = (*known.bend_patterns.values(), *known.bend_directions.values())
    bends = tuple(row for row in bends if claim in row.claims)
    steps = (row for row in known.steps.values() if claim in row.claims)
    paired = any(claim in row.claims for row in known.pairings.values())
    return (
        *(row.label for row in known.rules.values() if claim in row.claims),
        *(say("report.places.hip", label=row.label) for row in hips),
        *(say("report.places.bend", label=row.label) for row in bends),
        *((say("report.places.pairing"),) if paired else ()),
        *(say("report.places.step", step=row.step, title=row.title) for row in steps),
        *((say("report.places.order"),) if claim == known.programme.order_claim else ()),
    )


def _state_claims(rows: Mapping[str, StateRow], state: str) -> Sequence[str]:
    if state in rows:
        return rows[state].claims
    return [claim for row in rows.values() for claim in row.claims]


def _places(assessment: Assessment | None) -> list[tuple[str, tuple[ClaimRow, ...]]]:
    if assessment is None or assessment.reading is None:
        return []
    reading = assessment.reading
    places = [
        ("hip_left", hip_claims(reading.hip_left.state)),
        ("hip_right", hip_claims(reading.hip_right.state)),
        ("forward_bend", bend_claims(reading.bend.pattern)),
        ("pairing", pairing_claims(reading.pairing.result)),
    ]
    places += [(f"step_{step.step}", step_claims(step.step)) for step in assessment.plan.steps]
    return [*places, *([("order", order_claims())] if assessment.plan.steps else [])]
