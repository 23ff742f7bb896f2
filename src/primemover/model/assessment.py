"""The whole exam: what was seen, how sure, why, what to do first."""

from __future__ import annotations

from dataclasses import dataclass

from primemover.model.check import Check
from primemover.model.course import Course
from primemover.model.finding import Finding
from primemover.model.measure import Measure
from primemover.model.outcome import Score
from primemover.model.plan import Plan
from primemover.model.provenance import Provenance
from primemover.model.reasoning import Conflict, FurtherMeasurement
from primemover.model.safety import SafetyResult, StopReason
from primemover.model.session import Session
from primemover.model.standing import Standing
from primemover.model.trial import Trial

__all__ = ["Assessment", "BendReading", "ExamReading", "HipReading", "Pairing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HipReading:
    """One hip's state: the likeliest, or ``"indeterminate"``, with all probabilities.

    `state` is one of target_met, control, socket, mixed, indeterminate. `percentile` is the
    person's passive (else active) rotation among healthy people: (low, high) over the sources.
    """

    state: str
    probabilities: dict[str, float]
    because: str
    plain: str
    percentile: tuple[float, float] | None = None
    next_step: str = ""
    further: FurtherMeasurement | None = None
    clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BendReading:
    """The bend's pattern: mobile_compensating, hip_blocked, even, mixed, indeterminate.

    `direction` is ``"lordosis_held"``, ``"over_rounded"`` or ``""``.
    """

    pattern: str
    direction: str
    probabilities: dict[str, float]
    because: str
    plain: str
    next_step: str = ""
    further: FurtherMeasurement | None = None
    clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The two tests read together.

    `result` is agree_control, agree_socket, clear, disagree or indeterminate.
    """

    result: str
    probabilities: dict[str, float]
    plain: str
    clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamReading:
    """Everything the rule base says of a session.

    `conflicts` are readings that contradict each other; `further` the measurements that would
    settle most of what is open, best first.
    """

    hip_left: HipReading
    hip_right: HipReading
    bend: BendReading
    pairing: Pairing
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...] = ()
    further: tuple[FurtherMeasurement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One exam's whole result.

    `measures` gathers all tests' measures by id (sided ids end in ``_left`` / ``_right``);
    `checks` are those of the typed-in values; each trial carries its own.
    `reading` is None when safety stopped the exam. `scores` are the totals of the questionnaires,
    `stop_rules` what ends an exercise, a session or the programme for this person, worst first.
    `standings` tell where values lie beside published ones.
    `course` is the plan as weeks and sessions, None where nothing planned it.
    """

    session: Session
    safety: SafetyResult
    trials: tuple[Trial, ...]
    measures: dict[str, Measure]
    reading: ExamReading | None
    plan: Plan
    provenance: Provenance
    checks: tuple[Check, ...] = ()
    scores: tuple[Score, ...] = ()
    stop_rules: tuple[StopReason, ...] = ()
    course: Course | None = None
    standings: tuple[Standing, ...] = ()
