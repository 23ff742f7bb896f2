"""The JSON contract as strict types: what every ``--json`` and report.json must look like.

`report/schema/primemover-report-1.schema.json` is generated from here; a test holds both together.
Later versions add optional keys; they never rename or drop one.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from primemover.report.contract_course import CourseFileJson, CourseJson
from primemover.report.contract_evidence import ClaimJson, PartJson, StandingJson
from primemover.report.contract_guard import FlagJson, ScoreJson, StopRuleJson
from primemover.report.contract_reasoning import ConflictJson, FurtherJson
from primemover.report.contract_retest import RetestJson
from primemover.report.contract_session import SessionJson
from primemover.report.shape import Shape as _Shape

__all__ = ["ExamJson", "TrialJson", "json_schema"]

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
SideWord = Literal["left", "right", "none"]


class MeasureJson(_Shape):
    """One number in display units; value, se, low and high are null when not measured.

    `se` is one standard error. In 9 of 10 cases the true value lies between `low` and `high`, 1.645
    standard errors either side (docs/accuracy.md says how often it did on virtual people). The
    estimates of mechanics have ends of their own, which need not lie evenly about the value.
    `parts` tells what each instrument read where several were used; `instrument` is then the one
    whose scale the value is on.
    """

    value: float | None
    se: float | None
    unit: str
    status: Literal["measured", "estimated", "not_measured"]
    why: str
    label: str
    side: SideWord
    instrument: str
    low: float | None = None
    high: float | None = None
    parts: list[PartJson] = Field(default_factory=list)


class ViewJson(_Shape):
    """Where the camera stood, and how level it was; null = not known."""

    label: Literal["side", "oblique", "front", "rear", "unknown"]
    yaw_deg: float | None
    yaw_se_deg: float | None
    accepted: bool
    why: str
    pitch_deg: float | None = None
    pitch_se_deg: float | None = None
    roll_deg: float | None = None
    roll_se_deg: float | None = None


class TaskJson(_Shape):
    """What the movement looks like."""

    looks_like: Literal["deadlift", "squat", "clean", "forward_bend", "hip_rotation", "other"]
    probability: Probability | None
    why: str


class RangeJson(_Shape):
    """A number known as a range: 90 % of all draws and formulations lie from low to high."""

    low: float | None
    middle: float | None
    high: float | None


class WorkJson(_Shape):
    """Joint work in one part of the way up, joules, both sides; by ankles, knees, hips, back."""

    part: Literal["take_up", "floor_to_knees", "knees_to_lockout"]
    start_s: float
    end_s: float
    positive_j: dict[str, RangeJson]
    negative_j: dict[str, RangeJson]


class MuscleJson(_Shape):
    """What the model lets one muscle group do in one part; an effort may be above 1."""

    part: Literal["take_up", "floor_to_knees", "knees_to_lockout"]
    group: str
    force_share: RangeJson
    effort_peak: RangeJson
    role: Literal["prime_mover", "stabiliser", "brake", "idle"]
    role_share: Probability


class InstantJson(_Shape):
    """The body at one instant: joints as (forward, up) in metres from the ground under the ankle.

    Moments are those of both sides together, plantarflexor and extensor +, newton metres.
    """

    instant: Literal["set_up", "lift_off", "knee_pass", "lockout"]
    time_s: float
    joints_m: dict[str, list[float | None]]
    moment_nm: dict[str, RangeJson]


class MechanicsJson(_Shape):
    """Who does the work of one repetition: a model's estimate, never measured.

    `closure_percent` is by how much of the whole weight the vertical forces fail to close. The
    largest moments and loads at L5/S1 are those where the middle curve is largest in size;
    compression is context, shear only an indication.
    """

    body_mass_kg: float | None
    load_mass_kg: float | None
    start_s: float
    end_s: float
    closure_percent: float | None
    moment_largest_nm: dict[str, RangeJson]
    compression_largest_n: RangeJson
    shear_largest_n: RangeJson
    work: list[WorkJson]
    muscles: list[MuscleJson]
    instants: list[InstantJson]
    assumptions: list[str]


class RepetitionJson(_Shape):
    """One repetition; instants in seconds of the film's clock, null when not seen.

    `mechanics` is null where the masses were not told or the film shows too little.
    """

    start_s: float | None
    bottom_s: float | None
    lift_off_s: float | None
    knee_pass_s: float | None
    lockout_s: float | None
    end_s: float | None
    measures: dict[str, MeasureJson]
    mechanics: MechanicsJson | None = None


class HoldJson(_Shape):
    """A window in which a limb was held still."""

    start_s: float | None
    end_s: float | None
    measures: dict[str, MeasureJson]


class FindingJson(_Shape):
    """One finding with its probability, evidence and sources."""

    id: str
    status: Literal["present", "absent", "indeterminate"]
    probability: Probability | None
    verdict: Literal["supports", "mixed", "contradicts", "none"]
    sources: list[str]
    label: str
    side: SideWord
    measures: list[str]
    because: str
    plain: str
    failed_check: str
    article: str
    verdict_text: str
    next_step: str
    further: FurtherJson | None = None
    claims: list[str] = Field(default_factory=list)
    clinician: str = ""


class CheckJson(_Shape):
    """One quality check."""

    id: str
    status: Literal["passed", "warning", "failed", "not_checked"]
    detail: str


class ProvenanceJson(_Shape):
    """How the result was made."""

    version: str
    input_sha256: str
    engine: str
    weights_sha256: str
    knowledge_sha256: str
    settings: dict[str, str]


class _TestJson(_Shape):
    kind: Literal["deadlift", "forward_bend", "hip_rotation"]
    view: ViewJson | None
    task: TaskJson | None
    repetitions: list[RepetitionJson]
    holds: list[HoldJson]
    measures: dict[str, MeasureJson]
    findings: list[FindingJson]
    checks: list[CheckJson]
    provenance: ProvenanceJson | None


class TrialJson(_TestJson):
    """One test on its own: ``primemover analyze ... --json``."""

    schema_version: Literal[1]
    language: str = "en"
    claims: dict[str, ClaimJson] = Field(default_factory=dict)


class SafetyJson(_Shape):
    """The safety screen's outcome."""

    level: Literal["clear", "caution", "refer", "emergency"]
    answered: bool
    stops_exam: bool
    stops_loading: bool
    text: str
    flags: list[FlagJson]


class HipJson(_Shape):
    """One hip's state."""

    state: Literal["target_met", "control", "socket", "mixed", "indeterminate"]
    probabilities: dict[str, Probability | None]
    because: str
    plain: str
    percentile: list[float | None] | None
    next_step: str
    further: FurtherJson | None = None
    clinician: str = ""


class HipsJson(_Shape):
    """Both hips."""

    left: HipJson
    right: HipJson


class BendJson(_Shape):
    """The forward bend's pattern."""

    pattern: Literal["mobile_compensating", "hip_blocked", "even", "mixed", "indeterminate"]
    direction: Literal["lordosis_held", "over_rounded", ""]
    probabilities: dict[str, Probability | None]
    because: str
    plain: str
    next_step: str
    further: FurtherJson | None = None
    clinician: str = ""


class ExerciseJson(_Shape):
    """One exercise as prescribed."""

    id: str
    name: str
    side: str
    dose: str
    cue: str
    must_not: str
    equipment: list[str]
    exit_test: str
    why: str
    sources: list[str]
    clinician: str = ""


class StepJson(_Shape):
    """One of the five steps."""

    step: Annotated[int, Field(ge=1, le=5)]
    needed: bool
    why: str
    side: Literal["both", "left", "right", "left_more", "right_more"]
    exercises: list[ExerciseJson]
    title: str
    exit_test: str
    article: str
    verdict: str
    verdict_text: str
    because: list[str]
    sources: list[str]
    left_out: list[str]
    clinician: str = ""


class PlanJson(_Shape):
    """The programme; five steps, or none and the reason in `stopped`."""

    steps: list[StepJson]
    may_deadlift_first: bool
    gate_why: str
    pain_rule: str
    order_note: str
    order_claim: str = ""
    retest_days: int
    stopped: str


class ExamJson(_Shape):
    """A whole exam; the three readings are null when safety stopped it."""

    schema_version: Literal[1]
    kind: Literal["exam"]
    title: str
    date: str
    safety: SafetyJson
    hip_rotation: HipsJson | None
    forward_bend: BendJson | None
    pairing: Literal["agree_control", "agree_socket", "clear", "disagree", "indeterminate"] | None
    pairing_probabilities: dict[str, Probability | None]
    pairing_plain: str
    pairing_clinician: str = ""
    language: str = "en"
    findings: list[FindingJson]
    measures: dict[str, MeasureJson]
    checks: list[CheckJson]
    plan: PlanJson
    trials: list[_TestJson]
    provenance: ProvenanceJson
    questionnaires: list[ScoreJson] = Field(default_factory=list)
    stop_rules: list[StopRuleJson] = Field(default_factory=list)
    session: SessionJson | None = None
    conflicts: list[ConflictJson] = Field(default_factory=list)
    further: list[FurtherJson] = Field(default_factory=list)
    course: CourseJson | None = None
    claims: dict[str, ClaimJson] = Field(default_factory=dict)
    standings: dict[str, StandingJson] = Field(default_factory=dict)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of everything PrimeMover writes as JSON, version 1."""
    adapter: TypeAdapter[Any] = TypeAdapter(ExamJson | TrialJson | CourseFileJson | RetestJson)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | adapter.json_schema()
