"""A saved exam (``primemover exam --json``, ``report.json``) -> what it brings to a re-test.

Lenient on purpose: later versions add keys, so unknown ones are left alone, and keys that earlier
versions did not write may be missing. Nothing is computed anew; films need not be there any more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from primemover.errors import SessionFileError
from primemover.knowledge.loading import load
from primemover.model.finding import Finding, FindingStatus, Verdict
from primemover.model.measure import INTERVAL_SE, Instrument, Measure, Side, Status
from primemover.model.outcome import Direction, Score, ScoreError
from primemover.model.person import Person, Sex
from primemover.model.plan import StepSide
from primemover.model.retest import Visit, VisitState
from primemover.model.session import LiftFacts, Variant
from primemover.model.units import from_display, to_display
from primemover.pipeline.visits import date_of
from primemover.report.contract_guard import ScoreJson

__all__ = ["is_saved_result", "visit_of_saved"]

_SCHEMA: Final = 1
_EXAM: Final = "exam"
_ROUNDED: Final = 2e-4  # files are rounded to four decimals; less asymmetry is rounding


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Measure(_Loose):
    value: float | None
    se: float | None
    unit: str
    status: Status
    why: str = ""
    side: Side = Side.NONE
    instrument: Instrument
    low: float | None = None
    high: float | None = None


class _Finding(_Loose):
    id: str
    label: str
    status: FindingStatus
    probability: float | None
    side: Side = Side.NONE
    measures: tuple[str, ...] = ()
    verdict: Verdict = Verdict.NONE


class _Hip(_Loose):
    state: str
    probabilities: dict[str, float | None] = Field(default_factory=dict)


class _Hips(_Loose):
    left: _Hip
    right: _Hip


class _Bend(_Loose):
    pattern: str
    probabilities: dict[str, float | None] = Field(default_factory=dict)


class _Safety(_Loose):
    stops_exam: bool = False
    stops_loading: bool = False


class _Step(_Loose):
    step: int
    needed: bool
    side: StepSide


class _Plan(_Loose):
    steps: tuple[_Step, ...] = ()
    stopped: str = ""


class _Made(_Loose):
    engine: str = ""
    weights_sha256: str = ""
    knowledge_sha256: str = ""


class _Trial(_Loose):
    provenance: _Made | None = None


class _Person(_Loose):
    sex: Sex | None = None
    age_years: float | None = None
    height_cm: float | None = None
    body_mass_kg: float | None = None


class _Lift(_Loose):
    variant: Variant | None = None
    bar_mass_kg: float | None = None


class _Session(_Loose):
    person: _Person = _Person()
    lift: _Lift = _Lift()
    read_by_lay: frozenset[str] = frozenset()


class _Score(_Loose, ScoreJson):
    """A total as the contract has it, with whatever later versions add left alone."""

    model_config = ConfigDict(extra="ignore")


class _Exam(_Loose):
    schema_version: Literal[1]
    kind: Literal["exam"]
    date: str
    safety: _Safety
    measures: dict[str, _Measure]
    findings: tuple[_Finding, ...] = ()
    hip_rotation: _Hips | None = None
    forward_bend: _Bend | None = None
    pairing: str | None = None
    pairing_probabilities: dict[str, float | None] = Field(default_factory=dict)
    plan: _Plan = _Plan()
    trials: tuple[_Trial, ...] = ()
    provenance: _Made = _Made()
    questionnaires: tuple[_Score, ...] = ()
    session: _Session | None = None


def is_saved_result(raw: object) -> bool:
    """Return whether parsed JSON is something PrimeMover wrote, and not a session file."""
    return isinstance(raw, Mapping) and "schema_version" in raw


def visit_of_saved(raw: Mapping[str, Any], *, name: str) -> Visit:
    """Return what a saved exam brings to a comparison.

    Parameters
    ----------
    raw
        Parsed JSON.
    name
        What the file is called, for sentences.

    Raises
    ------
    SessionFileError
        ``reason`` ``"unknown_schema"``, ``"not_an_exam"``, ``"damaged_result"``, ``"no_date"`` or
        ``"bad_date"``.
    """
    _check_kind(raw, name)
    try:
        exam = _Exam.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SessionFileError(
            f"{name} is not a whole result of `primemover exam`: {place}: {first['msg']}. Run the "
            "exam again with --json.",
            reason="damaged_result",
        ) from error
    return _visit(exam, name)


def _check_kind(raw: Mapping[str, Any], name: str) -> None:
    version, kind = raw.get("schema_version"), raw.get("kind")
    if version != _SCHEMA:
        raise SessionFileError(
            f"{name} has schema version {version!r}; this program reads version {_SCHEMA}. Use the "
            "program that wrote it, or run the exam again.",
            reason="unknown_schema",
        )
    if kind != _EXAM:
        raise SessionFileError(
            f"{name} is a result of kind {kind!r}; a re-test compares whole exams "
            "(`primemover exam --json`).",
            reason="not_an_exam",
        )


def _visit(exam: _Exam, name: str) -> Visit:
    told = exam.session or _Session()
    stops = exam.safety.stops_exam or exam.safety.stops_loading
    rows = load().measure_of_id  # what a later version measured beside them is left alone
    measures = {key: _measure(key, one, name) for key, one in exam.measures.items() if key in rows}
    return Visit(
        name=name,
        date=date_of(exam.date, name=name),
        person=_person(told.person),
        measures=measures,
        read_by_lay=None if exam.session is None else told.read_by_lay,
        scores=tuple(_score(one) for one in exam.questionnaires),
        findings=tuple(_finding(one) for one in exam.findings),
        states=tuple(_states(exam)),
        steps={one.step: one.side if one.needed else None for one in exam.plan.steps},
        lift=LiftFacts(bar_mass_kg=told.lift.bar_mass_kg, variant=told.lift.variant),
        network=_network(exam, measures),
        knowledge_sha256=exam.provenance.knowledge_sha256,
        stopped=exam.plan.stopped if stops else "",
        stops_exam=exam.safety.stops_exam,
    )


def _measure(measure_id: str, told: _Measure, name: str) -> Measure:
    factor, unit = _si(measure_id, told.unit, name)
    value, se, low, high = (
        math.nan if one is None else one * factor
        for one in (told.value, told.se, told.low, told.high)
    )
    return Measure(
        id=measure_id,
        value=value,
        se=se,
        unit=unit,
        status=told.status,
        side=told.side,
        instrument=told.instrument,
        why=told.why,
        bounds=_bounds(value, se, low, high, slack=_ROUNDED * factor),
    )


def _si(measure_id: str, shown: str, name: str) -> tuple[float, str]:
    """Return the factor to SI, and the SI unit, of a measure written in `shown`."""
    unit = load().measure_of_id[measure_id].unit
    factor, expected = to_display(1.0, unit)
    if shown != expected:
        raise SessionFileError(
            f"{name}: {measure_id} is in {shown!r}, expected {expected!r}.", reason="damaged_result"
        )
    return 1.0 / factor, unit


def _bounds(
    value: float, se: float, low: float, high: float, *, slack: float
) -> tuple[float, float] | None:
    """Return the ends of an interval that does not follow from the standard error."""
    if not (math.isfinite(low) and math.isfinite(high) and math.isfinite(se)):
        return None
    reach = INTERVAL_SE * se
    follows = abs(value - reach - low) <= slack and abs(value + reach - high) <= slack
    return None if follows else (low, high)


def _person(told: _Person) -> Person:
    return Person(
        sex=told.sex,
        age_years=told.age_years,
        height_m=None if told.height_cm is None else from_display(told.height_cm, "cm")[0],
        body_mass_kg=told.body_mass_kg,
    )


def _finding(told: _Finding) -> Finding:
    return Finding(
        id=told.id,
        label=told.label,
        status=told.status,
        probability=math.nan if told.probability is None else told.probability,
        side=told.side,
        measures=told.measures,
        verdict=told.verdict,
    )


def _score(told: _Score) -> Score:
    low, high = told.possible_low, told.possible_high
    return Score(
        id=told.id,
        questionnaire=told.questionnaire,
        label=told.label,
        value=told.value,
        unit=told.unit,
        low=told.low,
        high=told.high,
        higher_is=Direction(told.higher_is),
        possible=None if low is None or high is None else (low, high),
        answered=told.answered,
        of=told.of,
        error=ScoreError(
            mdc=told.mdc,
            mic=told.mic,
            mic_share=told.mic_share,
            mdc_tag=told.mdc_tag,
            mic_tag=told.mic_tag,
        ),
        plain=told.plain,
        clinician=told.clinician,
        error_plain=told.error_plain,
        category=told.category,
        category_label=told.category_label,
        why=told.why,
        sources=tuple(told.sources),
    )


def _states(exam: _Exam) -> Iterator[VisitState]:
    if exam.hip_rotation is not None:
        hips = {"hip_left": exam.hip_rotation.left, "hip_right": exam.hip_rotation.right}
        for name, hip in hips.items():
            yield _state(name, hip.state, hip.probabilities)
    if exam.forward_bend is not None:
        yield _state("bend", exam.forward_bend.pattern, exam.forward_bend.probabilities)
    if exam.pairing is not None:
        yield _state("pairing", exam.pairing, exam.pairing_probabilities)


def _state(name: str, state: str, probabilities: Mapping[str, float | None]) -> VisitState:
    chance = probabilities.get(state)
    return VisitState(id=name, state=state, probability=math.nan if chance is None else chance)


def _network(exam: _Exam, measures: Mapping[str, Measure]) -> str:
    """Return the pose network of films that gave measures, "" without."""
    filmed = any(one.is_known and one.instrument is Instrument.VIDEO for one in measures.values())
    made = [one.provenance for one in exam.trials if one.provenance is not None]
    return (made[0].weights_sha256 or made[0].engine) if made and filmed else ""
