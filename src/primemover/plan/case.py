"""What the exam says of a person, gathered once for everything that plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from primemover.knowledge.loading import load
from primemover.model.assessment import ExamReading
from primemover.model.measure import Measure
from primemover.model.safety import SafetyResult
from primemover.model.session import Session
from primemover.plan.facts import Facts, gather
from primemover.plan.gate import gate_of
from primemover.plan.need import Need, need_of

__all__ = ["Case", "case_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person at the start of a course.

    Attributes
    ----------
    needs : by step, 1-5
    gate : whether the deadlift may come first, and why
    equipment : ids that are there, household things among them
    minutes : of one session
    days : training days a week
    most : exercises of a step at a time, at most
    measures : of the exam, by id, SI
    start_pain : worst rating the exam was told, 0-10, to compare weeks with; None = not told
    rest_pain : rating at rest, 0-10; None = not told
    bar_mass_kg : of the filmed lift; None = not told
    """

    facts: Facts
    needs: Mapping[int, Need]
    gate: tuple[bool, str]
    equipment: frozenset[str]
    minutes: float
    days: int
    most: int
    measures: Mapping[str, Measure]
    start_pain: float | None
    rest_pain: float | None
    bar_mass_kg: float | None


def case_of(
    reading: ExamReading,
    safety: SafetyResult,
    session: Session,
    measures: Mapping[str, Measure],
) -> Case:
    """Return what the exam says of a person who may train."""
    programme = load().programme
    facts = gather(reading, safety)
    told = session.minutes_per_day
    pain = session.pain
    return Case(
        facts=facts,
        needs={row.step: need_of(row, facts) for row in load().steps.values()},
        gate=gate_of(reading, safety, facts),
        equipment=_equipment(session),
        minutes=told or programme.minutes_per_day,
        days=session.days_per_week or load().course_rules.days_per_week,
        most=programme.default_exercises if told is None else programme.most_exercises,
        measures=measures,
        start_pain=next(
            (one for one in (pain.during, pain.worst, pain.now) if one is not None), None
        ),
        rest_pain=pain.now,
        bar_mass_kg=session.lift.bar_mass_kg,
    )


def _equipment(session: Session) -> frozenset[str]:
    """Return what is there: household things always, a barbell when nobody was asked."""
    programme = load().programme
    told = programme.equipment_when_not_told if session.equipment is None else session.equipment
    household = (row.id for row in load().equipment.values() if row.household)
    return frozenset((*told, *household))
