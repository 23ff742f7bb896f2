"""What guards a person as JSON: safety flags, stop rules, questionnaires."""

from __future__ import annotations

from typing import Any, Final

from primemover.model.outcome import Score
from primemover.model.safety import SafetyFlag, StopReason

__all__ = ["flag_to_json", "score_to_json", "stop_rule_to_json"]

_DECIMALS: Final = 4  # as in `wire`

Json = dict[str, Any]


def flag_to_json(flag: SafetyFlag) -> Json:
    """Return one flag of the safety screen as JSON data."""
    return {
        "id": flag.id,
        "level": str(flag.level),
        "asked": flag.asked,
        "action": flag.action,
        "sources": list(flag.sources),
        "clinician": flag.clinician,
        "within": flag.within,
        "together": list(flag.together),
    }


def stop_rule_to_json(rule: StopReason) -> Json:
    """Return one stop rule as JSON data."""
    return {
        "id": rule.id,
        "level": str(rule.level),
        "ends": str(rule.ends),
        "label": rule.label,
        "asked": rule.asked,
        "action": rule.action,
        "then": rule.then,
        "clinician": rule.clinician,
        "sources": list(rule.sources),
    }


def score_to_json(score: Score) -> Json:
    """Return one total of a questionnaire as JSON data."""
    low, high = (None, None) if score.possible is None else score.possible
    return {
        "id": score.id,
        "questionnaire": score.questionnaire,
        "label": score.label,
        "value": _number(score.value),
        "unit": score.unit,
        "low": _number(score.low),
        "high": _number(score.high),
        "higher_is": str(score.higher_is),
        "possible_low": _number(low),
        "possible_high": _number(high),
        "answered": score.answered,
        "of": score.of,
        "mdc": _number(score.error.mdc),
        "mdc_tag": score.error.mdc_tag,
        "mic": _number(score.error.mic),
        "mic_share": _number(score.error.mic_share),
        "mic_tag": score.error.mic_tag,
        "category": score.category,
        "category_label": score.category_label,
        "plain": score.plain,
        "error_plain": score.error_plain,
        "clinician": score.clinician,
        "why": score.why,
        "sources": list(score.sources),
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), _DECIMALS)
