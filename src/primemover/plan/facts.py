"""What the planner knows of a person: which findings hold, on which side, and which are open."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.assessment import ExamReading, HipReading
from primemover.model.finding import FindingStatus
from primemover.model.measure import Side
from primemover.model.safety import SafetyResult
from primemover.words import say

__all__ = ["HIP_LIMITED", "Fact", "Facts", "gather"]

HIP_LIMITED: Final = "hip_limited"
"""A hip that does not meet the target: control, socket or mixed."""
_SHORT: Final = ("hip_rotation_below_target", "hip_rotation_gap")
_MET: Final = "target_met"
_INDETERMINATE: Final = "indeterminate"
_SIDES: Final = tuple(Side)


class Fact(StrEnum):
    """What is known of one finding on one side."""

    PRESENT = "present"
    ABSENT = "absent"
    OPEN = "open"
    """Measured, and too close to call."""
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Findings, hip states, the bend's pattern and the screen's answers by id and side."""

    of: dict[tuple[str, Side], Fact]
    labels: dict[str, str]

    def on_sides(self, name: str) -> dict[Side, Fact]:
        """Return what is known of `name`, per side; empty when nothing is."""
        return {side: self.of[name, side] for side in _SIDES if (name, side) in self.of}

    def holds(self, name: str, side: Side | None = None) -> bool:
        """Return whether `name` is present, on a side or (None) anywhere."""
        wanted = _SIDES if side is None else (side,)
        return any(self.of.get((name, one)) is Fact.PRESENT for one in wanted)

    def holds_on_a_side(self, name: str) -> bool:
        """Return whether `name` is present on the left or the right."""
        return self.holds(name, Side.LEFT) or self.holds(name, Side.RIGHT)

    def may_hold(self, name: str, side: Side) -> bool:
        """Return whether `name` is present, or measured and not ruled out, on a side."""
        return self.of.get((name, side)) in (Fact.PRESENT, Fact.OPEN)


def gather(reading: ExamReading, safety: SafetyResult) -> Facts:
    """Return the facts of a reading and of the safety screen's answers."""
    of: dict[tuple[str, Side], Fact] = {}
    labels: dict[str, str] = {HIP_LIMITED: say("plan.facts.hip_limited")}
    for finding in reading.findings:
        of[finding.id, finding.side] = _fact(finding.status, finding.probability)
        labels[finding.id] = finding.label
    for side, hip in ((Side.LEFT, reading.hip_left), (Side.RIGHT, reading.hip_right)):
        short = any(of.get((name, side)) is Fact.PRESENT for name in _SHORT)
        of[HIP_LIMITED, side] = _limited(hip, known_short=short)
        if hip.state != _INDETERMINATE:
            of[hip.state, side] = Fact.PRESENT
            labels[hip.state] = say(
                "plan.facts.hip_reads", state=load().hip_states[hip.state].label
            )
    of[reading.bend.pattern, Side.NONE] = Fact.PRESENT
    pattern = load().bend_patterns.get(reading.bend.pattern)
    labels[reading.bend.pattern] = (
        say("plan.facts.bend_reads", pattern=pattern.label)
        if pattern
        else say("plan.facts.bend_open")
    )
    of.update(_answers(flag.id for flag in safety.flags))
    return Facts(of=of, labels=labels)


def _answers(flags: Iterable[str]) -> dict[tuple[str, Side], Fact]:
    return {(flag, Side.NONE): Fact.PRESENT for flag in flags if flag in load().screening}


def _fact(status: FindingStatus, probability: float) -> Fact:
    if status is FindingStatus.PRESENT:
        return Fact.PRESENT
    if status is FindingStatus.ABSENT:
        return Fact.ABSENT
    return Fact.UNTESTED if math.isnan(probability) else Fact.OPEN


def _limited(hip: HipReading, *, known_short: bool) -> Fact:
    """Return whether a hip misses the target; it may even when its kind is still open.

    `known_short`: half of the test is enough to know (passive below the target, or a real gap).
    """
    if hip.state == _MET:
        return Fact.ABSENT
    decision = load().decision
    left_open = hip.probabilities.get(_INDETERMINATE, 0.0)
    met_at_most = hip.probabilities.get(_MET, 0.0) + left_open
    if hip.state != _INDETERMINATE or known_short or met_at_most <= decision.absent_to:
        return Fact.PRESENT
    return Fact.UNTESTED if left_open > decision.present_from else Fact.OPEN
