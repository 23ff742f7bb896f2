"""The whole reading: hips, bend, the two together, and every finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from primemover.findings.bend import read_bend
from primemover.findings.hips import read_hip
from primemover.findings.joint import complete
from primemover.findings.pairing import pair
from primemover.findings.rules import judge_families, tried
from primemover.findings.told import session_measures
from primemover.model.assessment import ExamReading
from primemover.model.check import Check
from primemover.model.finding import Finding
from primemover.model.measure import Measure, Side
from primemover.model.session import Session

__all__ = ["read_bend_findings", "read_exam", "read_lift_findings"]

_FAMILIES = ("hip", "bend", "lift", "felt", "entry", "pain")


def read_exam(
    measures: Mapping[str, Measure], checks: Iterable[Check], session: Session
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
    left = read_hip(Side.LEFT, found, session.person)
    right = read_hip(Side.RIGHT, found, session.person)
    bend = read_bend(found, listed)
    return ExamReading(
        hip_left=left,
        hip_right=right,
        bend=bend,
        pairing=pair(left, right, bend),
        findings=judge_families((f for f in _FAMILIES if tried(f, found)), found, listed),
    )


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
