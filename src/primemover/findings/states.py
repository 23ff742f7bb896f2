"""States that exclude each other and their probabilities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from primemover.findings.belief import Belief, believe, believe_all, for_side
from primemover.findings.further import Question
from primemover.findings.joint import parts_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition, StateRow
from primemover.knowledge.reasoning_rows import ConflictRow
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure

__all__ = ["INDETERMINATE", "Verdicts", "bases_of", "contradiction", "question_of", "weigh"]

INDETERMINATE: Final = "indeterminate"
_RULED_OUT: Final = 0.05  # engineering default: less likely states are not named


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Outcome over a set of states.

    Attributes
    ----------
    state : the called state's id, or ``"indeterminate"``
    probabilities : per state; what missing measures leave open is under ``"indeterminate"``;
        they add up to 1
    missing : measure ids that leave it open
    possible : ids of states that are not ruled out
    """

    state: str
    probabilities: dict[str, float]
    missing: tuple[str, ...]
    possible: tuple[str, ...]


def weigh(
    rows: Mapping[str, StateRow], measures: Mapping[str, Measure], *, side: str = ""
) -> Verdicts:
    """Return the probabilities of the states in `rows`, all from the same draws."""
    conditions = [for_side(row.present_when, side) for row in rows.values()]
    beliefs = dict(zip(rows, believe_all(conditions, measures), strict=True))
    known = {name: belief.lower for name, belief in beliefs.items()}
    left_open = max(0.0, 1.0 - sum(known.values()))
    probabilities = dict(known)
    if left_open > _rounding(beliefs):
        probabilities[INDETERMINATE] = left_open
    called = [name for name, value in known.items() if value >= load().decision.present_from]
    return Verdicts(
        state=called[0] if called else INDETERMINATE,
        probabilities=probabilities,
        missing=tuple(dict.fromkeys(m for belief in beliefs.values() for m in belief.missing)),
        possible=tuple(n for n, b in beliefs.items() if b.upper > _RULED_OUT),
    )


def contradiction(
    test: str, measures: Mapping[str, Measure], *, side: str = ""
) -> ConflictRow | None:
    """Return the row that says why a test's readings cannot all be right, None when they can."""
    for row in load().conflicts.values():
        if row.leaves_open == test:
            belief = believe(for_side(row.present_when, side), measures)
            if belief.status is FindingStatus.PRESENT:
                return row
    return None


def question_of(
    rows: Mapping[str, StateRow], question_id: str, *, side: str = "", enough: float | None = None
) -> Question:
    """Return states as an open question; `enough` as in the decision table unless given."""
    conditions = tuple(for_side(row.present_when, side) for row in rows.values())
    line = load().decision.present_from if enough is None else enough
    return Question(id=question_id, conditions=conditions, needed=bases_of(conditions), enough=line)


def bases_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Return the measures read directly that conditions cannot do without."""
    found: list[str] = []
    for condition in conditions:
        for leaf in condition.leaves():
            if not leaf.if_measured:
                found += parts_of(leaf.measure) or (leaf.measure,)
    return tuple(dict.fromkeys(found))


def _rounding(beliefs: Mapping[str, Belief]) -> float:
    """Return what float sums of the draws' shares may miss."""
    return 1e-9 * len(beliefs)
