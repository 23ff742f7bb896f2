"""Hip rotation and forward bend read together."""

from __future__ import annotations

from typing import Final

from primemover.findings.states import INDETERMINATE
from primemover.knowledge.loading import load
from primemover.model.assessment import BendReading, HipReading, Pairing

__all__ = ["pair", "worse_hip"]

_ANY: Final = "*"
_MET: Final = "target_met"
_DISAGREE: Final = "disagree"
_MOSTLY: Final = 0.5  # engineering default: more of a hip left open by what is missing is not read
_SAME: Final = 0.05  # engineering default: closer probabilities do not make one hip the worse


def pair(left: HipReading, right: HipReading, bend: BendReading) -> Pairing:
    """Return what the worse hip and the bend say together.

    The two tests' errors are independent, so the probabilities of a pair multiply. A result is
    called when both tests are called and its probability is high enough.
    """
    hip = worse_hip(left, right)
    probabilities = _probabilities(hip, bend)
    result = INDETERMINATE
    if INDETERMINATE not in (hip.state, bend.pattern):
        named = _result_of(hip.state, bend.pattern)
        if probabilities[named] >= load().decision.present_from:
            result = named
    row = load().pairings[result]
    return Pairing(
        result=result, probabilities=probabilities, plain=row.plain, clinician=row.clinician
    )


def worse_hip(left: HipReading, right: HipReading) -> HipReading:
    """Return the hip that is less likely to meet the target.

    When both are alike the one with the lower percentile; a hip that was not or only half measured
    counts only when the other one meets the target, because then it decides.
    """
    met = [hip.probabilities.get(_MET, 0.0) for hip in (left, right)]
    measured = [hip.probabilities.get(INDETERMINATE, 0.0) < _MOSTLY for hip in (left, right)]
    if measured[0] != measured[1]:
        known, unknown = (left, right) if measured[0] else (right, left)
        return unknown if known.state == _MET else known
    if abs(met[0] - met[1]) > _SAME:
        return left if met[0] < met[1] else right
    called = [hip.state != INDETERMINATE for hip in (left, right)]
    if called[0] != called[1]:
        return right if called[0] else left
    ranks = [hip.percentile[0] if hip.percentile else 0.0 for hip in (left, right)]
    return left if ranks[0] <= ranks[1] else right


def _result_of(state: str, pattern: str) -> str:
    for row in load().pairings.values():
        for first, second in row.pairs:
            if first in (state, _ANY) and second in (pattern, _ANY):
                return row.result
    return _DISAGREE


def _probabilities(hip: HipReading, bend: BendReading) -> dict[str, float]:
    found = dict.fromkeys(load().pairings, 0.0)
    for state, p_state in hip.probabilities.items():
        for pattern, p_pattern in bend.probabilities.items():
            either_open = INDETERMINATE in (state, pattern)
            name = INDETERMINATE if either_open else _result_of(state, pattern)
            found[name] += p_state * p_pattern
    return found
