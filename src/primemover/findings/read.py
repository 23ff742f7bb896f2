"""The whole reading: hips, bend, the two together, and every finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from primemover.findings.advice import film_lift, rank
from primemover.findings.bend import advised_bend
from primemover.findings.conflicts import conflicts_of
from primemover.findings.hips import advised_hip
from primemover.findings.joint import complete
from primemover.findings.pairing import pair
from primemover.findings.rules import advised_families, judge_families, tried
from primemover.findings.states import INDETERMINATE
from primemover.findings.told import session_measures
from primemover.model.assessment import ExamReading
from primemover.model.check import Check
from primemover.model.finding import Finding
from primemover.model.measure import Measure, Side
from primemover.model.session import Session

__all__ = ["read_bend_findings", "read_exam", "read_lift_findings"]

_DISAGREE = "disagree"
_FAMILIES = ("hip", "bend", "lift", "felt", "entry", "pain")


def read_exam(
    measures: Mapping[str, Measure],
    checks: Iterable[Check],
    session: Session,
) -> ExamReading:
    """Return everything the rule base says of a session's measures.

    A test that nobody tried (no measure of it is there, not even a "not measured") gives no
    findings.

    Parameters
    ----------
    measures
        By id, from all tests; derived ones (gaps, shares) are added where their parts are known.
    checks
        Of all tests; a failed one leaves the rules it blocks open.
    session
        For the person's facts and what was told (pain, felt muscles).
    """
    found = complete({**session_measures(session), **measures})
    listed = tuple(checks)
    left, left_advice = advised_hip(Side.LEFT, found, session.person)
    right, right_advice = advised_hip(Side.RIGHT, found, session.person)
    bend, bend_advice = advised_bend(found, listed)
    pairing = pair(left, right, bend)
    families = [family for family in _FAMILIES if tried(family, found)]
    judged = advised_families(families, found, listed)
    states = [one for one in (left_advice, right_advice, bend_advice) if one is not None]
    advices = [*states, *(advice for _, advice in judged if advice is not None)]
    first = frozenset(one.question.id for one in states)
    lift = (
        (film_lift(decides=pairing.result == _DISAGREE),)
        if _lift_is_next(pairing.result, families)
        else ()
    )
    return ExamReading(
        hip_left=left,
        hip_right=right,
        bend=bend,
        pairing=pairing,
        findings=tuple(finding for finding, _ in judged),
        conflicts=conflicts_of(found, (left, right), bend, pairing),
        further=(*lift, *rank(advices, first=first)),
    )


def _lift_is_next(result: str, families: Iterable[str]) -> bool:
    """Return whether the lift is what is missing: both tests read, and the lift not seen."""
    return result != INDETERMINATE and "lift" not in families


def read_lift_findings(
    measures: Mapping[str, Measure], checks: Iterable[Check] = ()
) -> tuple[Finding, ...]:
    """Return the findings of the lift alone, for one filmed deadlift without a session."""
    return judge_families(("lift",), complete(measures), checks)


def read_bend_findings(
    measures: Mapping[str, Measure], checks: Iterable[Check] = ()
) -> tuple[Finding, ...]:
    """Return the findings of the forward bend alone, for one filmed bend without a session."""
    return judge_families(("bend",), complete(measures), checks)
