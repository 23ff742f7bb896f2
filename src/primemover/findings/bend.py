"""The forward bend's pattern and, when the low back does something unusual, its direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from primemover.findings.advice import Advice, advise
from primemover.findings.clinician import because_of, state_line
from primemover.findings.joint import complete
from primemover.findings.states import INDETERMINATE, Verdicts, contradiction, question_of, weigh
from primemover.findings.words import choice, sentence_of
from primemover.knowledge.loading import load
from primemover.knowledge.reasoning_rows import ConflictRow
from primemover.model.assessment import BendReading
from primemover.model.check import Check, CheckStatus
from primemover.model.measure import Measure
from primemover.words import say

__all__ = ["advised_bend", "read_bend"]

_SHOWN = (
    "fingertip_to_floor",
    "bend_pelvis_rotation",
    "bend_lumbar_excursion",
    "bend_thoracic_excursion",
    "bend_lumbar_share",
)
_COMPENSATING = "mobile_compensating"
KNEES_STRAIGHT = "knees_straight"
"""Check id: with bent knees the bend says nothing of the hips."""


def read_bend(measures: Mapping[str, Measure], checks: Iterable[Check] = ()) -> BendReading:
    """Return the pattern of the forward bend with its probabilities."""
    return advised_bend(measures, checks)[0]


def advised_bend(
    measures: Mapping[str, Measure], checks: Iterable[Check] = ()
) -> tuple[BendReading, Advice | None]:
    """Return the pattern of the forward bend, and what would settle it where it is open.

    Bent knees and readings that contradict each other leave it open, whatever was measured.
    """
    found = complete(measures)
    rows = load().bend_patterns
    bent = _knees_bent(checks)
    row = contradiction("bend", found)
    verdicts = weigh(rows, {} if bent or row else found)
    is_open = verdicts.state == INDETERMINATE and not (bent or row)
    advice = advise(question_of(rows, "bend"), found) if is_open else None
    unreadable = load().next_texts.straight_knees if bent else row.to_do if row else ""
    numbers = _numbers(found)
    reading = BendReading(
        pattern=verdicts.state,
        direction=_direction(verdicts, found),
        probabilities=verdicts.probabilities,
        because=bent or because_of(rows, verdicts, numbers),
        plain=row.what if row and not bent else _plain(verdicts, found),
        next_step=unreadable or (advice.further.text if advice else ""),
        further=advice.further if advice else None,
        clinician=_clinician(verdicts, row, bent, numbers),
    )
    return reading, advice


def _knees_bent(checks: Iterable[Check]) -> str:
    for check in checks:
        if check.id == KNEES_STRAIGHT and check.status is CheckStatus.FAILED:
            return check.detail or say("findings.bend.knees_bent")
    return ""


def _direction(verdicts: Verdicts, measures: Mapping[str, Measure]) -> str:
    """Return which unusual thing the low back does; only for a compensating bend."""
    if verdicts.state != _COMPENSATING:
        return ""
    directions = weigh(load().bend_directions, measures).probabilities
    directions.pop(INDETERMINATE, None)
    return max(directions, key=lambda name: directions[name])


def _numbers(measures: Mapping[str, Measure]) -> str:
    shown = [name for name in _SHOWN if name in measures] or list(_SHOWN[:3])
    return sentence_of(shown, measures)


def _clinician(verdicts: Verdicts, row: ConflictRow | None, bent: str, numbers: str) -> str:
    if bent:
        return bent
    return row.clinician if row else state_line(load().bend_patterns, verdicts, numbers)


def _plain(verdicts: Verdicts, measures: Mapping[str, Measure]) -> str:
    rows = load().bend_patterns
    direction = _direction(verdicts, measures)
    if direction:
        return f"{rows[verdicts.state].plain} {load().bend_directions[direction].plain}"
    if verdicts.state != INDETERMINATE:
        return rows[verdicts.state].plain
    if not any(name in measures and measures[name].is_known for name in _SHOWN):
        return say("findings.bend.not_measured")
    possible = choice(rows[name].label for name in verdicts.possible)
    return say("findings.bend.not_settled", possible=possible)
