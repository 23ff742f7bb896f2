"""A person measured again: what really changed, what did not, and what the plan does with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from primemover.model.finding import Finding
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.outcome import Score
from primemover.model.person import Person
from primemover.model.plan import StepSide
from primemover.model.session import LiftFacts

__all__ = [
    "ChangeKind",
    "ExitResult",
    "ExitStatus",
    "FindingShift",
    "MeasureChange",
    "Retest",
    "Review",
    "ScoreChange",
    "Shift",
    "StateShift",
    "StepMove",
    "StepVerdict",
    "Towards",
    "Trend",
    "TrendPoint",
    "Visit",
    "VisitState",
]


class ChangeKind(StrEnum):
    """What two readings of the same thing say."""

    REAL = "real"
    """More than the error of measuring explains."""
    WITHIN_ERROR = "within_error"
    INSTRUMENT_CHANGED = "instrument_changed"
    """Another tool, network, lift or load: the two numbers cannot be compared."""
    NOT_MEASURED_AGAIN = "not_measured_again"
    """Known in one of the two sessions only."""
    ERROR_UNKNOWN = "error_unknown"
    """Nobody published how far it moves by chance, and it carries no error of its own."""


class Towards(StrEnum):
    """Where a change goes, by the aim of the measure's row; more is not always better."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitState:
    """A state read in one session: ``hip_left``, ``hip_right``, ``bend`` or ``pairing``."""

    id: str
    state: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one session brings to the comparison.

    Attributes
    ----------
    name : what the session is called, for sentences and error messages
    date : the day it was measured
    measures : by id, SI
    read_by_lay : ids of typed-in measures that a lay person read; None = not told, then every
        typed-in one is taken as read by a lay person
    states : hips, bend and pairing; empty when safety stopped the exam
    steps : step (1-5) -> the side that the plan of that day trains in it, None where it was not
        needed; empty without a plan
    network : the pose network that read the films, "" without films
    knowledge_sha256 : of the rules that made the findings, "" when not told
    stopped : what the safety screen asked for when it forbade loading, "" when it did not
    stops_exam : whether the screen asked for emergency care
    """

    name: str
    date: dt.date
    person: Person
    measures: Mapping[str, Measure]
    read_by_lay: frozenset[str] | None
    scores: tuple[Score, ...] = ()
    findings: tuple[Finding, ...] = ()
    states: tuple[VisitState, ...] = ()
    steps: Mapping[int, StepSide | None] = field(default_factory=dict)
    lift: LiftFacts = field(default_factory=LiftFacts)
    network: str = ""
    knowledge_sha256: str = ""
    stopped: str = ""
    stops_exam: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """One measure in an earlier and a later session.

    Attributes
    ----------
    before, after : the two readings, SI; None where the session has no such measure
    change : later minus earlier, SI `unit`; NaN when they cannot be compared
    se : standard error of the change, SI; NaN when they cannot be compared
    low, high : 90 % interval of the true change, SI; NaN when they cannot be compared
    probability : how often two readings of somebody who did not change lie closer together than
        these (0-1); 0.95 at the MDC. NaN when they cannot be compared
    mdc : the smallest change that counts as real (95 %), SI; NaN when they cannot be compared
    mdc_from : ``"published"``, or ``"readings"`` when the errors of the two readings ask for more
        than any published figure
    towards : by the measure's aim; NEITHER unless the change is real
    listed : False for what repeats or serves another measure: it supports findings and is not
        counted among the comparisons
    lay : whether a lay person read it in either session
    caution : what else may explain a change, "" when nothing is known
    """

    id: str
    label: str
    group: str
    side: Side
    unit: str
    kind: ChangeKind
    before: Measure | None
    after: Measure | None
    change: float
    se: float
    low: float
    high: float
    probability: float
    mdc: float
    mdc_from: str
    towards: Towards
    listed: bool
    lay: bool
    plain: str
    clinician: str
    caution: str = ""
    tag: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """One questionnaire total in an earlier and a later session, in its own points.

    `change`, `low`, `high` and `probability` as in `MeasureChange`. `matters` is whether the change
    reaches the smallest one that people call important (MIC); None when no MIC is known.
    `category_before` and `category_after` are its bands or groups, "" without.
    """

    id: str
    questionnaire: str
    label: str
    unit: str
    kind: ChangeKind
    before: float | None
    after: float | None
    change: float
    low: float
    high: float
    probability: float
    mdc: float
    mic: float
    towards: Towards
    matters: bool | None
    plain: str
    clinician: str
    category_before: str = ""
    category_after: str = ""
    tag: str = ""
    sources: tuple[str, ...] = ()


class Shift(StrEnum):
    """What became of a finding or state."""

    GONE = "gone"
    NEW = "new"
    STILL_THERE = "still_there"
    STILL_ABSENT = "still_absent"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingShift:
    """A finding in both sessions; GONE and NEW only when a real change stands behind it.

    `before` and `after` are its statuses, "" where the session did not look for it.
    """

    id: str
    label: str
    side: Side
    before: str
    after: str
    shift: Shift
    supported_by: tuple[str, ...]
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateShift:
    """A state (hip, bend, pairing) in both sessions; `changed` only when a real change supports it.

    `settled` is False when the answer differs, or is open, and no real change explains it.
    """

    id: str
    before: str
    after: str
    changed: bool
    settled: bool
    supported_by: tuple[str, ...]
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One session's value, SI, with the error that comparing sessions has to reckon with.

    `comparable` is False where the instrument differs from the last session's.
    """

    date: dt.date
    value: float
    se: float
    instrument: Instrument
    comparable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A measure over all sessions.

    Attributes
    ----------
    points : sessions in which it was measured, by date
    slope, slope_se : weighted line through the comparable points, SI per week; NaN with fewer than
        three points on two or more days
    slope_low, slope_high : 90 % interval of the slope
    level : value of the line at the middle of the points, SI, at `middle` (days after the first)
    misfit : chi-square of the points about the line over its degrees of freedom; above 1 the errors
        of the slope were widened by its root
    kind : REAL, WITHIN_ERROR, or ERROR_UNKNOWN when there are too few points
    mdc : of two single sessions, SI, drawn as the band about the first comparable point
    """

    id: str
    label: str
    side: Side
    unit: str
    points: tuple[TrendPoint, ...]
    slope: float
    slope_se: float
    slope_low: float
    slope_high: float
    level: float
    middle: float
    misfit: float
    mdc: float
    kind: ChangeKind
    plain: str
    listed: bool = True


class ExitStatus(StrEnum):
    """Whether an exit test is met."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"
    """Too close to call, or only a change that is within error."""
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitResult:
    """One exit test of a step; `side` NONE where it has no side."""

    id: str
    label: str
    side: Side
    status: ExitStatus
    plain: str


class StepMove(StrEnum):
    """What the plan does with a step after a re-test."""

    MOVE_ON = "move_on"
    HOLD = "hold"
    REFER = "refer"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepVerdict:
    """One step after a re-test. `exits` are its exit tests, per side."""

    step: int
    title: str
    move: StepMove
    plain: str
    clinician: str
    exits: tuple[ExitResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The programme as a whole: MOVE_ON carries on, HOLD changes nothing, REFER asks for somebody.

    `weeks_without_change` since pain or function last changed by what matters to people (MIC); None
    when fewer than two sessions tell either.
    """

    move: StepMove
    plain: str
    clinician: str
    weeks_without_change: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retest:
    """Two or more sessions of one person, compared.

    Attributes
    ----------
    visits : by date
    changes : first against last session, every measure known in either
    since_last : last but one against last session, empty with two sessions
    compared : how many listed measures could be compared, first against last
    expected_by_chance : how many of them would be called real changes if nothing had changed,
        at most
    notes : what was assumed, and what the reader should know of the sessions
    """

    visits: tuple[Visit, ...]
    changes: tuple[MeasureChange, ...]
    since_last: tuple[MeasureChange, ...]
    scores: tuple[ScoreChange, ...]
    findings: tuple[FindingShift, ...]
    states: tuple[StateShift, ...]
    trends: tuple[Trend, ...]
    steps: tuple[StepVerdict, ...]
    review: Review
    compared: int
    expected_by_chance: float
    headline: str
    notes: tuple[str, ...] = ()

    @property
    def real(self) -> tuple[MeasureChange, ...]:
        """Listed measures that really changed, first against last session."""
        return tuple(one for one in self.changes if one.listed and one.kind is ChangeKind.REAL)
