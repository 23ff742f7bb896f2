"""Results as JSON: one shape, versioned, degrees and centimetres, `null` for what is not known.

Later versions add keys and never rename one. `contract.py` holds the shape as a schema.
"""

from __future__ import annotations

import math
from typing import Any, Final

from primemover.knowledge import load
from primemover.model.assessment import Assessment, BendReading, ExamReading, HipReading
from primemover.model.check import Check
from primemover.model.finding import Finding
from primemover.model.measure import Measure
from primemover.model.mechanics import LiftMechanics
from primemover.model.plan import ExerciseChoice, Plan, PlanStep
from primemover.model.provenance import Provenance
from primemover.model.repetition import Hold, Repetition
from primemover.model.safety import SafetyResult
from primemover.model.trial import Trial
from primemover.model.units import to_display
from primemover.model.view import TaskGuess, View
from primemover.report.names import measure_label
from primemover.report.standingview import standings_to_json
from primemover.report.wire_course import course_to_json
from primemover.report.wire_evidence import claims_to_json, parts_to_json
from primemover.report.wire_guard import flag_to_json, score_to_json, stop_rule_to_json
from primemover.report.wire_mechanics import mechanics_to_json
from primemover.report.wire_reasoning import conflict_to_json, further_to_json
from primemover.report.wire_session import session_to_json
from primemover.words import language

__all__ = ["SCHEMA_VERSION", "assessment_to_json", "trial_to_json"]

SCHEMA_VERSION: Final = 1
_DECIMALS: Final = 4  # far below any error here, and keeps files readable

Json = dict[str, Any]


def trial_to_json(trial: Trial) -> Json:
    """Return one test's result as strict JSON data (no NaN, no infinity), see the issue's contract.

    Angles are in degrees, lengths in centimetres, instants in seconds of the film's clock; the
    mechanics of a repetition in N, N·m and J (`wire_mechanics`).
    """
    claims = claims_to_json(trial.findings)
    told = {"language": language(), "claims": claims}
    return {"schema_version": SCHEMA_VERSION} | _trial(trial) | told


def assessment_to_json(assessment: Assessment) -> Json:
    """Return a whole exam as strict JSON data.

    When safety stopped the exam, ``hip_rotation``, ``forward_bend`` and ``pairing`` are null,
    ``findings`` is empty and ``plan.steps`` is empty with the reason in ``plan.stopped``.
    """
    reading = assessment.reading
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "exam",
        "language": language(),
        "title": assessment.session.title,
        "date": assessment.session.date,
        "safety": _safety(assessment.safety),
        **_reading(reading),
        "measures": _measures(assessment.measures),
        "checks": [_check(one) for one in assessment.checks],
        "plan": _plan(assessment.plan),
        "trials": [_trial(trial) for trial in assessment.trials],
        "provenance": _provenance(assessment.provenance),
        "claims": claims_to_json(reading.findings if reading else (), assessment),
        "standings": standings_to_json(assessment),
        "questionnaires": [score_to_json(one) for one in assessment.scores],
        "stop_rules": [stop_rule_to_json(one) for one in assessment.stop_rules],
        "session": session_to_json(assessment.session),
        "course": None if assessment.course is None else course_to_json(assessment.course),
    }


def _trial(trial: Trial) -> Json:
    mechanics = {one.repetition: one for one in trial.mechanics}
    return {
        "kind": str(trial.kind),
        "view": None if trial.view is None else _view(trial.view),
        "task": None if trial.task is None else _task(trial.task),
        "repetitions": [
            _repetition(one, mechanics.get(number)) for number, one in enumerate(trial.repetitions)
        ],
        "holds": [_hold(one) for one in trial.holds],
        "measures": _measures(trial.measures),
        "findings": [_finding(one) for one in trial.findings],
        "checks": [_check(one) for one in trial.checks],
        "provenance": None if trial.provenance is None else _provenance(trial.provenance),
    }


def _number(value: float | None) -> float | None:
    """Return a finite number rounded for reading, None for what is not known."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), _DECIMALS) + 0.0


def _degrees(angle_rad: float) -> float | None:
    return _number(to_display(angle_rad, "rad")[0])


def _view(view: View) -> Json:
    return {
        "label": str(view.label),
        "yaw_deg": _degrees(view.yaw_rad),
        "yaw_se_deg": _degrees(view.yaw_se_rad),
        "accepted": bool(view.accepted),
        "why": view.why,
        "pitch_deg": _degrees(view.pitch_rad),
        "pitch_se_deg": _degrees(view.pitch_se_rad),
        "roll_deg": _degrees(view.roll_rad),
        "roll_se_deg": _degrees(view.roll_se_rad),
    }


def _task(task: TaskGuess) -> Json:
    return {
        "looks_like": str(task.looks_like),
        "probability": _number(task.probability),
        "why": task.why,
    }


def _repetition(repetition: Repetition, mechanics: LiftMechanics | None) -> Json:
    return {
        "start_s": _number(repetition.start_s),
        "bottom_s": _number(repetition.bottom_s),
        "lift_off_s": _number(repetition.lift_off_s),
        "knee_pass_s": _number(repetition.knee_pass_s),
        "lockout_s": _number(repetition.lockout_s),
        "end_s": _number(repetition.end_s),
        "measures": _measures(repetition.measures),
        "mechanics": None if mechanics is None else mechanics_to_json(mechanics),
    }


def _hold(hold: Hold) -> Json:
    return {
        "start_s": _number(hold.start_s),
        "end_s": _number(hold.end_s),
        "measures": _measures(hold.measures),
    }


def _measures(measures: dict[str, Measure]) -> Json:
    return {key: _measure(measure) for key, measure in measures.items()}


def _measure(measure: Measure) -> Json:
    value, unit = to_display(measure.value, measure.unit)
    se, low, high = (to_display(one, measure.unit)[0] for one in (measure.se, *measure.interval))
    return {
        "value": _number(value) if measure.is_known else None,
        "se": _number(se) if measure.is_known else None,
        "unit": unit,
        "status": str(measure.status),
        "why": measure.why,
        "label": measure_label(measure.id, measure.side),
        "side": str(measure.side),
        "instrument": str(measure.instrument),
        "low": _number(low),
        "high": _number(high),
        "parts": parts_to_json(measure),
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.id,
        "status": str(finding.status),
        "probability": _number(finding.probability),
        "verdict": str(finding.verdict),
        "sources": list(finding.sources),
        "label": finding.label,
        "side": str(finding.side),
        "measures": list(finding.measures),
        "because": finding.because,
        "plain": finding.plain,
        "failed_check": finding.failed_check,
        "article": finding.article,
        "verdict_text": finding.verdict_text,
        "next_step": finding.next_step,
        "claims": list(finding.claims),
        "clinician": finding.clinician,
        "further": further_to_json(finding.further),
    }


def _check(check: Check) -> Json:
    return {"id": check.id, "status": str(check.status), "detail": check.detail}


def _provenance(provenance: Provenance) -> Json:
    return {
        "version": provenance.version,
        "input_sha256": provenance.input_sha256,
        "engine": provenance.engine,
        "weights_sha256": provenance.weights_sha256,
        "knowledge_sha256": provenance.knowledge_sha256,
        "settings": dict(provenance.settings),
    }


def _safety(safety: SafetyResult) -> Json:
    return {
        "level": str(safety.level),
        "answered": safety.answered,
        "stops_exam": safety.stops_exam,
        "stops_loading": safety.stops_loading,
        "text": safety.text,
        "flags": [flag_to_json(flag) for flag in safety.flags],
    }


def _reading(reading: ExamReading | None) -> Json:
    if reading is None:
        return {
            "hip_rotation": None,
            "forward_bend": None,
            "pairing": None,
            "pairing_probabilities": {},
            "pairing_plain": "",
            "pairing_clinician": "",
            "findings": [],
            "conflicts": [],
            "further": [],
        }
    return {
        "hip_rotation": {"left": _hip(reading.hip_left), "right": _hip(reading.hip_right)},
        "forward_bend": _bend(reading.bend),
        "pairing": reading.pairing.result,
        "pairing_probabilities": _probabilities(reading.pairing.probabilities),
        "pairing_plain": reading.pairing.plain,
        "pairing_clinician": reading.pairing.clinician,
        "findings": [_finding(one) for one in reading.findings],
        "conflicts": [conflict_to_json(one) for one in reading.conflicts],
        "further": [further_to_json(one) for one in reading.further],
    }


def _probabilities(probabilities: dict[str, float]) -> Json:
    return {key: _number(value) for key, value in probabilities.items()}


def _hip(hip: HipReading) -> Json:
    return {
        "state": hip.state,
        "probabilities": _probabilities(hip.probabilities),
        "because": hip.because,
        "plain": hip.plain,
        "percentile": None if hip.percentile is None else [_number(one) for one in hip.percentile],
        "next_step": hip.next_step,
        "clinician": hip.clinician,
        "further": further_to_json(hip.further),
    }


def _bend(bend: BendReading) -> Json:
    return {
        "pattern": bend.pattern,
        "direction": bend.direction,
        "probabilities": _probabilities(bend.probabilities),
        "because": bend.because,
        "plain": bend.plain,
        "next_step": bend.next_step,
        "clinician": bend.clinician,
        "further": further_to_json(bend.further),
    }


def _plan(plan: Plan) -> Json:
    return {
        "steps": [_step(step) for step in plan.steps],
        "may_deadlift_first": plan.may_deadlift_first,
        "gate_why": plan.gate_why,
        "pain_rule": plan.pain_rule,
        "order_note": plan.order_note,
        "order_claim": load().programme.order_claim if plan.steps else "",
        "retest_days": plan.retest_days,
        "stopped": plan.stopped,
    }


def _step(step: PlanStep) -> Json:
    return {
        "step": step.step,
        "needed": step.needed,
        "why": step.why,
        "side": str(step.side),
        "exercises": [_exercise(one) for one in step.exercises],
        "title": step.title,
        "exit_test": step.exit_test,
        "article": step.article,
        "verdict": step.verdict,
        "verdict_text": step.verdict_text,
        "because": list(step.because),
        "sources": list(step.sources),
        "left_out": list(step.left_out),
        "clinician": step.clinician,
    }


def _exercise(exercise: ExerciseChoice) -> Json:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "side": str(exercise.side),
        "dose": exercise.dose,
        "cue": exercise.cue,
        "must_not": exercise.must_not,
        "equipment": list(exercise.equipment),
        "exit_test": exercise.exit_test,
        "why": exercise.why,
        "clinician": exercise.clinician,
        "sources": list(exercise.sources),
    }
