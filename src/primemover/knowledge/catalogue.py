"""Everything the product knows, in one record."""

from __future__ import annotations

from dataclasses import dataclass, field

from primemover.knowledge import (
    course_rows,
    evidence_rows,
    outcome_rows,
    programme_rows,
    reading_rows,
    reasoning_rows,
    retest_rows,
    safety_rows,
)

__all__ = ["Knowledge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything the product knows, by id. Dictionaries keep the order of the files."""

    sources: dict[str, evidence_rows.SourceRow]
    claims: dict[str, evidence_rows.ClaimRow]
    claim_texts: evidence_rows.ClaimTexts
    measures: dict[str, evidence_rows.MeasureRow]
    norms: dict[str, evidence_rows.NormRow]
    norm_texts: evidence_rows.NormTexts
    instruments: dict[str, evidence_rows.InstrumentRow]
    precision: tuple[evidence_rows.PrecisionRow, ...]
    offsets: tuple[evidence_rows.OffsetRow, ...]
    unknown_offset: evidence_rows.UnknownOffset
    fusing_texts: evidence_rows.FusingTexts
    lay_reader: evidence_rows.LayReader
    rules: dict[str, reading_rows.RuleRow]
    decision: reading_rows.Decision
    hip_states: dict[str, reading_rows.StateRow]
    bend_patterns: dict[str, reading_rows.StateRow]
    bend_directions: dict[str, reading_rows.StateRow]
    pairings: dict[str, reading_rows.PairingRow]
    common_errors: dict[str, reasoning_rows.CommonErrorRow]
    expected: tuple[reasoning_rows.ExpectedRow, ...]
    conflicts: dict[str, reasoning_rows.ConflictRow]
    pair_conflicts: tuple[reasoning_rows.PairConflictRow, ...]
    next_texts: reasoning_rows.NextTexts
    screening: dict[str, safety_rows.ScreeningRow]
    screening_texts: safety_rows.ScreeningTexts
    screening_clusters: dict[str, safety_rows.ClusterRow]
    screening_marked: tuple[safety_rows.MarkedRow, ...]
    regions: dict[str, reading_rows.RegionRow]
    stop_rules: dict[str, safety_rows.StopRow]
    stop_texts: safety_rows.StopTexts
    stop_headings: safety_rows.StopHeadings
    questionnaires: dict[str, outcome_rows.QuestionnaireRow]
    rmdq_items: dict[int, outcome_rows.RmdqItem]
    outcome_texts: outcome_rows.OutcomeTexts
    outcome_headings: outcome_rows.OutcomeHeadings
    outcome_asking: outcome_rows.OutcomeAsking
    muscles: dict[str, programme_rows.MuscleRow]
    equipment: dict[str, programme_rows.EquipmentRow]
    exercises: dict[str, programme_rows.ExerciseRow]
    steps: dict[int, programme_rows.StepRow]
    programme: programme_rows.Programme
    entry_tests: dict[str, programme_rows.EntryTestRow]
    dose_words: course_rows.DoseWords
    course_rules: course_rows.CourseRules
    lift_stages: dict[int, course_rows.LiftStage]
    lift_advice: dict[str, course_rows.LiftAdvice]
    gaps: tuple[course_rows.GapRule, ...]
    exits: dict[str, course_rows.ExitRow]
    course_headings: course_rows.CourseHeadings
    course_texts: course_rows.CourseTexts
    aims: tuple[retest_rows.AimRow, ...]
    days: tuple[retest_rows.DayRow, ...]
    retest_rules: retest_rows.RetestRules
    retest_texts: retest_rows.RetestTexts
    retest_labels: retest_rows.RetestLabels
    measure_of_id: dict[str, evidence_rows.MeasureRow] = field(default_factory=dict)
    """Measure id (with its side) -> row."""
