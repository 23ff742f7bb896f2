"""Sessions and saved results -> visits that can be compared, and the comparison."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from primemover.errors import SessionFileError
from primemover.model.assessment import Assessment, ExamReading
from primemover.model.measure import Instrument, Measure
from primemover.model.plan import Plan, StepSide
from primemover.model.retest import Retest, Visit, VisitState
from primemover.retest import compare_visits

__all__ = ["compare", "date_of", "visit_of"]


def compare(visits: Sequence[Visit]) -> Retest:
    """Return the comparison of two or more visits; see `primemover.retest`.

    Raises
    ------
    UsageError
        If the visits are too few, out of order, of one day or of two people.
    """
    return compare_visits(visits)


def visit_of(assessment: Assessment, *, name: str) -> Visit:
    """Return what an exam brings to a comparison.

    Parameters
    ----------
    assessment
        The exam.
    name
        What it is called in sentences, such as its file.

    Raises
    ------
    SessionFileError
        If the session has no date, or one that cannot be read.
    """
    session, safety = assessment.session, assessment.safety
    findings = () if assessment.reading is None else assessment.reading.findings
    stopping = safety.stops_exam or safety.stops_loading
    return Visit(
        name=name,
        date=date_of(session.date, name=name),
        person=session.person,
        measures=assessment.measures,
        read_by_lay=session.read_by_lay,
        scores=assessment.scores,
        findings=findings,
        states=tuple(_states(assessment.reading)),
        steps=_steps(assessment.plan),
        lift=session.lift,
        network=_network(assessment),
        knowledge_sha256=assessment.provenance.knowledge_sha256,
        stopped=assessment.plan.stopped if stopping else "",
        stops_exam=safety.stops_exam,
    )


def date_of(text: str, *, name: str) -> dt.date:
    """Return a session's date.

    Raises
    ------
    SessionFileError
        If there is none, or it is not written as year-month-day.
    """
    if not text.strip():
        raise SessionFileError(
            f'{name} has no date, which a re-test needs; write date = "2026-11-02" in it.',
            reason="no_date",
        )
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise SessionFileError(
            f"{name}: the date {text!r} cannot be read; write it as year-month-day, such as "
            "2026-11-02.",
            reason="bad_date",
        ) from error


def _steps(plan: Plan) -> dict[int, StepSide | None]:
    """Return the side that each step of a plan trains, None where it is not needed."""
    return {one.step: one.side if one.needed else None for one in plan.steps}


def _states(reading: ExamReading | None) -> Iterator[VisitState]:
    if reading is None:
        return
    hips = {"hip_left": reading.hip_left, "hip_right": reading.hip_right}
    for name, hip in hips.items():
        yield _state(name, hip.state, hip.probabilities)
    yield _state("bend", reading.bend.pattern, reading.bend.probabilities)
    yield _state("pairing", reading.pairing.result, reading.pairing.probabilities)


def _state(name: str, state: str, probabilities: dict[str, float]) -> VisitState:
    return VisitState(id=name, state=state, probability=probabilities.get(state, float("nan")))


def _network(assessment: Assessment) -> str:
    """Return the pose network of an exam whose films gave measures, "" without."""
    if not any(_is_filmed(measure) for measure in assessment.measures.values()):
        return ""
    made = [one.provenance for one in assessment.trials if one.provenance is not None]
    return made[0].weights_sha256 or made[0].engine if made else ""


def _is_filmed(measure: Measure) -> bool:
    return measure.is_known and measure.instrument is Instrument.VIDEO
