"""A re-test as JSON, in the units shown to people; `contract_retest` holds its shape."""

from __future__ import annotations

import math
from typing import Any, Final

from primemover.model.measure import Measure
from primemover.model.retest import (
    FindingShift,
    MeasureChange,
    Retest,
    ScoreChange,
    StateShift,
    StepVerdict,
    Trend,
    Visit,
)
from primemover.model.units import to_display
from primemover.report.wire_session import person_to_json

__all__ = ["retest_to_json"]

_SCHEMA: Final = 1
_DECIMALS: Final = 4  # as in `wire`

Json = dict[str, Any]


def retest_to_json(retest: Retest, *, version: str, knowledge_sha256: str) -> Json:
    """Return a re-test as strict JSON data (no NaN, no infinity).

    Parameters
    ----------
    retest
        The comparison.
    version, knowledge_sha256
        Of the program that compared.
    """
    review = retest.review
    return {
        "schema_version": _SCHEMA,
        "kind": "retest",
        "version": version,
        "knowledge_sha256": knowledge_sha256,
        "headline": retest.headline,
        "compared": retest.compared,
        "expected_by_chance": _number(retest.expected_by_chance),
        "review": {
            "move": str(review.move),
            "plain": review.plain,
            "clinician": review.clinician,
            "weeks_without_change": _number(review.weeks_without_change),
        },
        "steps": [_step(one) for one in retest.steps],
        "visits": [_visit(one) for one in retest.visits],
        "changes": [_change(one) for one in retest.changes],
        "since_last": [_change(one) for one in retest.since_last],
        "scores": [_score(one) for one in retest.scores],
        "findings": [_finding(one) for one in retest.findings],
        "states": [_state(one) for one in retest.states],
        "trends": [_trend(one) for one in retest.trends],
        "notes": list(retest.notes),
    }


def _number(value: float | None) -> float | None:
    """Return a finite number rounded for reading, None for what is not known."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), _DECIMALS) + 0.0


def _shown(value: float, unit: str) -> float | None:
    return _number(to_display(value, unit)[0])


def _visit(visit: Visit) -> Json:
    return {
        "name": visit.name,
        "date": visit.date.isoformat(),
        "person": person_to_json(visit.person),
        "stopped": visit.stopped,
        "stops_exam": visit.stops_exam,
    }


def _reading(measure: Measure | None) -> Json | None:
    if measure is None:
        return None
    return {
        "value": _shown(measure.value, measure.unit),
        "se": _shown(measure.se, measure.unit),
        "instrument": str(measure.instrument),
    }


def _change(change: MeasureChange) -> Json:
    unit = change.unit
    return {
        "id": change.id,
        "label": change.label,
        "group": change.group,
        "side": str(change.side),
        "unit": to_display(0.0, unit)[1],
        "kind": str(change.kind),
        "before": _reading(change.before),
        "after": _reading(change.after),
        "change": _shown(change.change, unit),
        "low": _shown(change.low, unit),
        "high": _shown(change.high, unit),
        "probability": _number(change.probability),
        "mdc": _shown(change.mdc, unit),
        "mdc_from": change.mdc_from,
        "towards": str(change.towards),
        "listed": change.listed,
        "read_by_lay": change.lay,
        "caution": change.caution,
        "plain": change.plain,
        "clinician": change.clinician,
        "tag": change.tag,
        "sources": list(change.sources),
    }


def _score(change: ScoreChange) -> Json:
    return {
        "id": change.id,
        "questionnaire": change.questionnaire,
        "label": change.label,
        "unit": change.unit,
        "kind": str(change.kind),
        "before": _number(change.before),
        "after": _number(change.after),
        "change": _number(change.change),
        "low": _number(change.low),
        "high": _number(change.high),
        "probability": _number(change.probability),
        "mdc": _number(change.mdc),
        "mic": _number(change.mic),
        "towards": str(change.towards),
        "matters": change.matters,
        "category_before": change.category_before,
        "category_after": change.category_after,
        "plain": change.plain,
        "clinician": change.clinician,
        "tag": change.tag,
        "sources": list(change.sources),
    }


def _finding(shift: FindingShift) -> Json:
    return {
        "id": shift.id,
        "label": shift.label,
        "side": str(shift.side),
        "before": shift.before,
        "after": shift.after,
        "shift": str(shift.shift),
        "supported_by": list(shift.supported_by),
        "plain": shift.plain,
    }


def _state(shift: StateShift) -> Json:
    return {
        "id": shift.id,
        "before": shift.before,
        "after": shift.after,
        "changed": shift.changed,
        "settled": shift.settled,
        "supported_by": list(shift.supported_by),
        "plain": shift.plain,
    }


def _trend(trend: Trend) -> Json:
    unit = trend.unit
    return {
        "id": trend.id,
        "label": trend.label,
        "side": str(trend.side),
        "unit": to_display(0.0, unit)[1],
        "kind": str(trend.kind),
        "points": [
            {
                "date": one.date.isoformat(),
                "value": _shown(one.value, unit),
                "se": _shown(one.se, unit),
                "instrument": str(one.instrument),
                "comparable": one.comparable,
            }
            for one in trend.points
        ],
        "slope_per_week": _shown(trend.slope, unit),
        "slope_se": _shown(trend.slope_se, unit),
        "slope_low": _shown(trend.slope_low, unit),
        "slope_high": _shown(trend.slope_high, unit),
        "misfit": _number(trend.misfit),
        "mdc": _shown(trend.mdc, unit),
        "listed": trend.listed,
        "plain": trend.plain,
    }


def _step(verdict: StepVerdict) -> Json:
    return {
        "step": verdict.step,
        "title": verdict.title,
        "move": str(verdict.move),
        "plain": verdict.plain,
        "clinician": verdict.clinician,
        "exits": [
            {
                "id": one.id,
                "label": one.label,
                "side": str(one.side),
                "status": str(one.status),
                "plain": one.plain,
            }
            for one in verdict.exits
        ],
    }
