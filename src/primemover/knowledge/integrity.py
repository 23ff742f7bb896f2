"""Whether the knowledge files agree with each other: no orphan, no unknown id, no wrong unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.evidence_integrity import evidence_problems
from primemover.knowledge.integrity_course import course_problems
from primemover.knowledge.programme_rows import ExerciseRow
from primemover.knowledge.reading_rows import Condition
from primemover.knowledge.retest_integrity import retest_problems
from primemover.knowledge.safety_integrity import safety_problems
from primemover.model.units import DISPLAY_UNIT

__all__ = ["ACTIONS", "problems"]

ACTIONS: Final = frozenset(
    {
        "ankle_mobility",
        "anti_extension",
        "anti_rotation",
        "breathing",
        "calf_stretch",
        "hinge",
        "hip_adduction",
        "hip_extension",
        "hip_flexion",
        "hip_flexor_stretch",
        "hip_internal_rotation",
        "hip_shift",
        "lateral_trunk",
        "loaded",
        "lumbar_mobility",
        "rib_depression",
        "soft_tissue",
        "trunk_control",
    }
)
_ABDOMINAL_STEP: Final = 2
_PLANNER_IDS: Final = frozenset({"hip_limited"})


def problems(knowledge: Knowledge) -> tuple[str, ...]:
    """Return every disagreement between the files as a sentence; empty when there is none."""
    return (
        *_unknown_sources(knowledge),
        *_wrong_conditions(knowledge),
        *_wrong_examples(knowledge),
        *_wrong_readings(knowledge),
        *_wrong_programme(knowledge),
        *course_problems(knowledge, _finding_ids(knowledge)),
        *evidence_problems(knowledge),
        *safety_problems(knowledge),
        *retest_problems(knowledge),
        *(
            fault
            for row in knowledge.exercises.values()
            for fault in _wrong_exercise(row, knowledge)
        ),
    )


def _tables(knowledge: Knowledge) -> Iterator[tuple[str, Any]]:
    for name in knowledge.__dataclass_fields__:
        table = getattr(knowledge, name)
        rows = table.values() if isinstance(table, Mapping) else table
        for row in rows if isinstance(rows, Iterable) else [rows]:
            yield name, row


def _unknown_sources(knowledge: Knowledge) -> Iterator[str]:
    for name, row in _tables(knowledge):
        sources = getattr(row, "sources", None)
        if sources is None:
            continue
        if not sources:
            yield f"{name}: {_id(row)} has no source"
        for key in sources:
            if key not in knowledge.sources:
                yield f"{name}: {_id(row)} cites {key}, which is not among the sources"


def _conditions(knowledge: Knowledge) -> Iterator[tuple[str, Condition]]:
    for rule in knowledge.rules.values():
        yield f"rule {rule.id}", rule.present_when
    for table in (knowledge.hip_states, knowledge.bend_patterns, knowledge.bend_directions):
        for state in table.values():
            yield f"state {state.id}", state.present_when
    for conflict in knowledge.conflicts.values():
        yield f"conflict {conflict.id}", conflict.present_when


def _wrong_conditions(knowledge: Knowledge) -> Iterator[str]:
    for name, condition in _conditions(knowledge):
        for leaf in condition.leaves():
            measure = leaf.measure.format(side="left", other="right")
            row = knowledge.measure_of_id.get(measure)
            if row is None:
                yield f"{name} asks for {leaf.measure}, which is not a measure"
            elif leaf.unit != _shown(row.unit):
                yield f"{name} gives {leaf.measure} in {leaf.unit}, it is shown in {row.unit}"


def _wrong_examples(knowledge: Knowledge) -> Iterator[str]:
    for rule in knowledge.rules.values():
        if len({example.then for example in rule.example}) < 2:  # noqa: PLR2004 - both answers
            yield f"rule {rule.id} needs examples with different outcomes"
        yield from _unknown_measures(f"rule {rule.id}", rule.example, knowledge)
    for table in (knowledge.hip_states, knowledge.bend_patterns):
        for state in table.values():
            yield from _unknown_measures(f"state {state.id}", state.example, knowledge)
    for conflict in knowledge.conflicts.values():
        yield from _unknown_measures(f"conflict {conflict.id}", conflict.example, knowledge)
    yield from _wrong_reasoning(knowledge)


def _wrong_reasoning(knowledge: Knowledge) -> Iterator[str]:
    for common in knowledge.common_errors.values():
        for stem in common.loads:
            if stem not in knowledge.measures:
                yield f"common error {common.id} speaks of {stem}, which is not a measure"
    for row in knowledge.expected:
        measure = knowledge.measures.get(row.measure)
        if measure is None or row.unit != _shown(measure.unit):
            yield f"expected: {row.measure} is not a measure, or not in {row.unit}"
    hips, bends = (*knowledge.hip_states, "*"), (*knowledge.bend_patterns, "*")
    for pair in knowledge.pair_conflicts:
        if any(hip not in hips or bend not in bends for hip, bend in pair.pairs):
            yield f"pair conflict {pair.pairs} names an unknown state"


def _unknown_measures(name: str, examples: Iterable[Any], knowledge: Knowledge) -> Iterator[str]:
    for example in examples:
        for measure in example.given:
            if measure not in knowledge.measure_of_id:
                yield f"an example of {name} gives {measure}, which is not a measure"


def _wrong_readings(knowledge: Knowledge) -> Iterator[str]:
    for name, row in _tables(knowledge):
        for claim in _named_claims(row):
            if claim not in knowledge.claims:
                yield f"{name}: {_id(row)} speaks of claim {claim}, which is not there"
    hips, bends = (*knowledge.hip_states, "*"), (*knowledge.bend_patterns, "*")
    for pairing in knowledge.pairings.values():
        if any(hip not in hips or bend not in bends for hip, bend in pairing.pairs):
            yield f"pairing {pairing.result} names an unknown state"
    yield from _wrong_precision(knowledge)


def _named_claims(row: object) -> tuple[str, ...]:
    """Return the article's claims that a row of any table names."""
    one = [getattr(row, field, "") for field in ("claim", "order_claim")]
    return (*(name for name in one if name), *getattr(row, "also_claims", ()))


def _wrong_precision(knowledge: Knowledge) -> Iterator[str]:
    for row in knowledge.precision:
        for stem in row.measures:
            measure = knowledge.measures.get(stem)
            if measure is None or row.unit != _shown(measure.unit):
                yield f"{row.instrument.value}: {stem} is not a measure, or not in {row.unit}"


def _wrong_programme(knowledge: Knowledge) -> Iterator[str]:
    known = _finding_ids(knowledge)
    for step in knowledge.steps.values():
        listens = (*step.called_by, *step.tested_by, *step.sided_by)
        unknown = (name for name in listens if name not in known)
        yield from (
            f"step {step.step} listens to {name}, which nothing reports" for name in unknown
        )
    gate = knowledge.programme.gate
    for name in (*gate.must_be_present, *gate.must_not_be_present):
        if name not in knowledge.rules:
            yield f"the gate asks for {name}, which is not a rule"
    for test in knowledge.entry_tests.values():
        if not set(test.measures) <= set(knowledge.measures):
            yield f"entry test {test.id} gives something that is not a measure"


def _finding_ids(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(
        {*knowledge.rules, *knowledge.hip_states, *knowledge.bend_patterns} | _PLANNER_IDS
    )


def _wrong_exercise(row: ExerciseRow, knowledge: Knowledge) -> Iterator[str]:
    known: dict[str, tuple[tuple[str, ...], Collection[str]]] = {
        "muscle": (row.muscles, knowledge.muscles),
        "equipment": (row.equipment, knowledge.equipment),
        "action": (row.actions, ACTIONS),
        "finding": (row.for_findings, _finding_ids(knowledge)),
        "reason against it": (row.not_when, {*_finding_ids(knowledge), *knowledge.screening}),
    }
    for kind, (names, table) in known.items():
        for name in names:
            if name not in table:
                yield f"exercise {row.id} names the {kind} {name}, which is not there"
    before = knowledge.exercises.get(row.follows)
    if row.follows and (before is None or before.step != row.step or before.level > row.level):
        yield f"exercise {row.id} follows {row.follows}, which is not an easier one of its step"
    if row.step == _ABDOMINAL_STEP and _bends_the_hip(row, knowledge):
        yield f"exercise {row.id} bends the hip, which step 2 does not allow"


def _bends_the_hip(row: ExerciseRow, knowledge: Knowledge) -> bool:
    muscles = (knowledge.muscles[name] for name in row.muscles if name in knowledge.muscles)
    return "hip_flexion" in row.actions or any(muscle.hip_flexor for muscle in muscles)


def _shown(unit: str) -> str:
    return DISPLAY_UNIT.get(unit, (unit, 1.0))[0]


def _id(row: object) -> str:
    for name in ("id", "key", "step", "result"):
        if hasattr(row, name):
            return str(getattr(row, name))
    return type(row).__name__
