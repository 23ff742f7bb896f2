"""The whole reading: hips, bend, the two together, and every finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from primemover.findings.advice import Advice, advise, again, film_lift, hopeless, rank
from primemover.findings.bend import advised_bend
from primemover.findings.conflicts import conflicts_of
from primemover.findings.hips import advised_hip
from primemover.findings.joint import complete, parts_of
from primemover.findings.pairing import pair, worse_hip
from primemover.findings.rules import advised_families, judge_families, tried
from primemover.findings.states import INDETERMINATE, question_of
from primemover.findings.told import session_measures
from primemover.knowledge.loading import load
from primemover.model.assessment import BendReading, ExamReading, HipReading, Pairing
from primemover.model.check import Check
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure, Side
from primemover.model.reasoning import Conflict
from primemover.model.session import Session

__all__ = ["read_bend_findings", "read_exam", "read_lift_findings"]

_DISAGREE = "disagree"
_GUARDS = ("hip_joint_flag", "hip_version_high")
_TOLD = ("felt", "pain")  # asked, not measured
_FAMILIES = ("hip", "bend", "lift", "felt", "entry", "pain")


def read_exam(
    measures: Mapping[str, Measure],
    checks: Iterable[Check],
    session: Session,
    *,
    may_lift: bool = True,
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
    may_lift
        False when the safety screen stops loading: then nothing asks for a film of the lift.
    """
    found = complete({**session_measures(session), **measures})
    listed = tuple(checks)
    left, left_advice = advised_hip(Side.LEFT, found, session.person)
    right, right_advice = advised_hip(Side.RIGHT, found, session.person)
    bend, bend_advice = advised_bend(found, listed)
    pairing = pair(left, right, bend)
    families = [family for family in _FAMILIES if tried(family, found)]
    judged = advised_families(families, found, listed)
    pairwise = _to_pair(left, right, bend, pairing, found)
    found_open = (left_advice, right_advice, bend_advice, *pairwise)
    states = [one for one in found_open if one is not None]
    rules = [
        advice
        for finding, advice in judged
        if advice is not None and load().rules[finding.id].family not in _TOLD
    ]
    first = frozenset(one.question.id for one in states)
    stuck = bool(states) and all(hopeless(one.further) for one in states)
    settled = pairing.result != INDETERMINATE or stuck
    film = may_lift and settled and "lift" not in families
    lift = (film_lift(decides=pairing.result == _DISAGREE),) if film else ()
    conflicts = conflicts_of(found, (left, right), bend, pairing, may_lift=may_lift)
    return ExamReading(
        hip_left=left,
        hip_right=right,
        bend=bend,
        pairing=pairing,
        findings=tuple(_unless_contradicted(finding, conflicts) for finding, _ in judged),
        conflicts=conflicts,
        further=(*lift, *again(conflicts), *rank([*states, *rules], first=first)),
    )


def _unless_contradicted(finding: Finding, conflicts: Iterable[Conflict]) -> Finding:
    """Return a finding, open where it rests on readings of which one must be wrong.

    What guards a person is left as it was called.
    """
    if finding.id in _GUARDS:
        return finding
    for conflict in conflicts:
        row = load().conflicts.get(conflict.id)
        bases = {base for name in conflict.measures for base in parts_of(name) or (name,)}
        mine = {base for name in finding.measures for base in parts_of(name) or (name,)}
        if row is not None and row.leaves_open and bases & mine:
            texts = load().next_texts
            return replace(
                finding,
                status=FindingStatus.INDETERMINATE,
                because=f"{finding.because} {texts.contradicted}",
                plain=texts.cannot_call,
                failed_check=conflict.id,
                next_step=conflict.to_do,
                further=None,
            )
    return finding


def _to_pair(
    left: HipReading,
    right: HipReading,
    bend: BendReading,
    pairing: Pairing,
    found: Mapping[str, Measure],
) -> tuple[Advice | None, ...]:
    """Return what makes two called tests sure enough to be read together.

    Either test has to become so sure that with the other one as it is both together are called.
    """
    hip = worse_hip(left, right)
    if pairing.result != INDETERMINATE or INDETERMINATE in (hip.state, bend.pattern):
        return ()
    line = load().decision.present_from
    side = "left" if hip is left else "right"
    seated = question_of(
        load().hip_states,
        f"hip_{side}",
        side=side,
        enough=line / bend.probabilities[bend.pattern],
    )
    standing = question_of(load().bend_patterns, "bend", enough=line / hip.probabilities[hip.state])
    return advise(seated, found), advise(standing, found)


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
