"""When to stop during the programme: a report of symptoms and pain -> what it ends, and what then.

It stands in this room because the planner calls it and stages never import each other. The rules
are rows of ``stop_rules.toml``; the worst one that applies decides, so that telling more can
never make the answer milder. Nothing told is "carry on", never "all is well".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.safety_rows import StopRow, StopWhen
from primemover.model.person import Person
from primemover.model.safety import StopEnds, StopLevel, StopReason, StopVerdict, SymptomReport

__all__ = ["judge_report", "stop_rules"]

_LEVELS: Final = tuple(StopLevel)
_ENDS: Final = tuple(StopEnds)
_ANYBODY: Final = Person()
_RED: Final = "red_in_a_row"


def stop_rules(person: Person = _ANYBODY) -> tuple[StopReason, ...]:
    """Return the stop rules that concern a person, worst first, to be shown with the programme.

    A rule for an age or a sex is left out only when the person's age or sex is known and another.
    """
    rows = (row for row in load().stop_rules.values() if _concerns(row, person))
    return tuple(sorted(map(_reason, rows), key=lambda one: -_LEVELS.index(one.level)))


def judge_report(report: SymptomReport) -> StopVerdict:
    """Return what a report asks for.

    Parameters
    ----------
    report
        What was told of the last session; what was not told applies no rule. A symptom counts
        whoever tells it: age and sex decide only what is asked (`stop_rules`).

    Returns
    -------
    StopVerdict
        The worst level of all rules that apply and the most that any of them ends. A symptom
        that this version does not know is stopped and referred, never lost.
    """
    rows = load().stop_rules
    numbers = _numbers(report)
    red = any(
        row.level is StopLevel.STEP_BACK and _applies(row, report, numbers) for row in rows.values()
    )
    numbers[_RED] = report.red_before + 1.0 if red else 0.0
    found = [_reason(row) for row in rows.values() if _applies(row, report, numbers)]
    found += [_unknown(name) for name in sorted(report.symptoms - set(rows))]
    reasons = tuple(sorted(found, key=lambda one: -_LEVELS.index(one.level)))
    level = reasons[0].level if reasons else StopLevel.CARRY_ON
    ends = max((one.ends for one in reasons), key=_ENDS.index, default=StopEnds.NOTHING)
    text: str = getattr(load().stop_texts, level.value)
    return StopVerdict(level=level, ends=ends, reasons=reasons, text=text)


def _numbers(report: SymptomReport) -> dict[str, float | None]:
    return {
        "pain_before": report.pain_before,
        "pain_during": report.pain_during,
        "pain_after": report.pain_after,
        "pain_next_day": report.pain_next_day,
        "pain_rise_next_day": report.pain_rise_next_day,
        "pain_rise_week": report.pain_rise_week,
        "weeks_without_change": report.weeks_without_change,
    }


def _applies(row: StopRow, report: SymptomReport, numbers: Mapping[str, float | None]) -> bool:
    """Return whether a rule's symptom was reported, or its number reached."""
    told = None if row.when is None else numbers.get(row.when.field)
    reached = row.when is not None and told is not None and _reached(row.when, told)
    return row.id in report.symptoms or reached


def _reached(when: StopWhen, told: float) -> bool:
    return told > when.above if when.above is not None else told >= (when.at_least or 0.0)


def _concerns(row: StopRow, person: Person) -> bool:
    age, sex = person.age_years, person.sex
    fits_age = row.age_below is None or age is None or age < row.age_below
    return fits_age and (row.sex is None or sex is None or sex is row.sex)


def _reason(row: StopRow) -> StopReason:
    return StopReason(
        id=row.id,
        level=row.level,
        ends=row.ends,
        label=row.label,
        asked=row.question,
        action=row.action,
        then=row.then,
        clinician=row.clinician,
        sources=row.sources,
    )


def _unknown(name: str) -> StopReason:
    said = load().stop_texts.unknown
    return StopReason(
        id=name,
        level=StopLevel.STOP_REFER,
        ends=StopEnds.PROGRAMME,
        label=name.replace("_", " "),
        asked=name,
        action=said,
        then=said,
        clinician=said,
    )
