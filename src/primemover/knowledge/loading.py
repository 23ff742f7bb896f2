"""Read the knowledge files once, check them, and hand them out as frozen rows."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from primemover.errors import PrimeMoverError
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
from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.integrity import problems
from primemover.knowledge.translation import overlaid
from primemover.words.languages import edition

__all__ = ["data_files", "knowledge_sha256", "load", "read_rows"]

Row = TypeVar("Row")
_STRICT: Final = ConfigDict(extra="forbid")


def data_files() -> list[Traversable]:
    """Return the knowledge files in order of their names."""
    folder = files("primemover.knowledge") / "data"
    return sorted(
        (item for item in folder.iterdir() if item.name.endswith(".toml")),
        key=lambda item: item.name,
    )


@lru_cache(maxsize=1)
def knowledge_sha256() -> str:
    """Return the SHA-256 over all knowledge files, the same on every system."""
    digest = hashlib.sha256()
    for item in data_files():
        digest.update(item.name.encode())
        digest.update(item.read_text(encoding="utf-8").replace("\r\n", "\n").encode())
    return digest.hexdigest()


def read_rows(name: str, table: str, kind: type[Row]) -> tuple[Row, ...]:
    """Return the rows of one ``[[table]]`` of a knowledge file.

    Raises
    ------
    PrimeMoverError
        If the file breaks its schema; the sentence names file, row and field.
    """
    raw = overlaid(name, table, _raw(name))
    rows = raw if isinstance(raw, list) else [raw]
    try:
        return TypeAdapter(tuple[kind, ...], config=_STRICT).validate_python(rows)  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PrimeMoverError(
            f"Knowledge file {name}.toml, {table}.{place}: {first['msg']}."
        ) from error


def load() -> Knowledge:
    """Return the knowledge in the current language, read and checked on the first call.

    Raises
    ------
    PrimeMoverError
        If a knowledge file breaks its schema, repeats an id or disagrees with another.
    """
    return _load(*edition())


@lru_cache(maxsize=4)
def _load(_code: str, _own_folder: str) -> Knowledge:
    knowledge = _read()
    faults = problems(knowledge)
    if faults:
        raise PrimeMoverError(f"The knowledge files disagree: {'; '.join(faults)}.")
    return knowledge


def _read() -> Knowledge:
    measures = _by("measures", "measure", evidence_rows.MeasureRow)
    return Knowledge(
        sources=_by("sources", "source", evidence_rows.SourceRow, key="key"),
        claims=_by("claims", "claim", evidence_rows.ClaimRow),
        claim_texts=read_rows("claims", "texts", evidence_rows.ClaimTexts)[0],
        measures=measures,
        measure_of_id={name: row for row in measures.values() for name in row.ids},
        norms=_by("norms", "norm", evidence_rows.NormRow),
        norm_texts=read_rows("norms", "texts", evidence_rows.NormTexts)[0],
        instruments=_by("instruments", "instrument", evidence_rows.InstrumentRow),
        precision=read_rows("instruments", "precision", evidence_rows.PrecisionRow),
        offsets=read_rows("instruments", "offset", evidence_rows.OffsetRow),
        unknown_offset=read_rows("instruments", "unknown_offset", evidence_rows.UnknownOffset)[0],
        fusing_texts=read_rows("instruments", "fusing_texts", evidence_rows.FusingTexts)[0],
        lay_reader=read_rows("instruments", "lay_reader", evidence_rows.LayReader)[0],
        **_reading_tables(),
        **_reasoning_tables(),
        **_safety_tables(),
        **_programme_tables(),
        **_course_tables(),
        **_retest_tables(),
    )


def _reading_tables() -> dict[str, Any]:
    return {
        "rules": _by("rules", "rule", reading_rows.RuleRow),
        "decision": read_rows("states", "decision", reading_rows.Decision)[0],
        "hip_states": _by("states", "hip_state", reading_rows.StateRow),
        "bend_patterns": _by("states", "bend_pattern", reading_rows.StateRow),
        "bend_directions": _by("states", "bend_direction", reading_rows.StateRow),
        "pairings": _by("states", "pairing", reading_rows.PairingRow, key="result"),
        "regions": _by("regions", "region", reading_rows.RegionRow),
    }


def _reasoning_tables() -> dict[str, Any]:
    return {
        "common_errors": _by("reasoning", "common_error", reasoning_rows.CommonErrorRow),
        "expected": read_rows("reasoning", "expected", reasoning_rows.ExpectedRow),
        "conflicts": _by("reasoning", "conflict", reasoning_rows.ConflictRow),
        "pair_conflicts": read_rows("reasoning", "pair_conflict", reasoning_rows.PairConflictRow),
        "next_texts": read_rows("reasoning", "texts", reasoning_rows.NextTexts)[0],
    }


def _safety_tables() -> dict[str, Any]:
    return {
        "screening": _by("screening", "question", safety_rows.ScreeningRow),
        "screening_texts": read_rows("screening", "texts", safety_rows.ScreeningTexts)[0],
        "screening_clusters": _by("screening", "cluster", safety_rows.ClusterRow),
        "screening_marked": read_rows("screening", "marked", safety_rows.MarkedRow),
        "stop_rules": _by("stop_rules", "rule", safety_rows.StopRow),
        "stop_texts": read_rows("stop_rules", "texts", safety_rows.StopTexts)[0],
        "stop_headings": read_rows("stop_rules", "headings", safety_rows.StopHeadings)[0],
        "questionnaires": _by("questionnaires", "questionnaire", outcome_rows.QuestionnaireRow),
        "rmdq_items": _by("questionnaires", "rmdq_item", outcome_rows.RmdqItem, key="number"),
        "outcome_texts": read_rows("questionnaires", "texts", outcome_rows.OutcomeTexts)[0],
        "outcome_asking": read_rows("questionnaires", "asking", outcome_rows.OutcomeAsking)[0],
        "outcome_headings": read_rows("questionnaires", "headings", outcome_rows.OutcomeHeadings)[
            0
        ],
    }


def _programme_tables() -> dict[str, Any]:
    return {
        "muscles": _by("muscles", "muscle", programme_rows.MuscleRow),
        "equipment": _by("equipment", "equipment", programme_rows.EquipmentRow),
        "exercises": _by("exercises", "exercise", programme_rows.ExerciseRow),
        "steps": _by("steps", "step", programme_rows.StepRow, key="step"),
        "programme": read_rows("steps", "programme", programme_rows.Programme)[0],
        "entry_tests": _by("entry_tests", "entry_test", programme_rows.EntryTestRow),
    }


def _course_tables() -> dict[str, Any]:
    return {
        "dose_words": read_rows("course", "dose_words", course_rows.DoseWords)[0],
        "course_rules": read_rows("course", "rules", course_rows.CourseRules)[0],
        "lift_stages": _by("course", "lift_stage", course_rows.LiftStage, key="stage"),
        "lift_advice": _by("course", "lift_advice", course_rows.LiftAdvice, key="finding"),
        "gaps": read_rows("course", "gap", course_rows.GapRule),
        "exits": _by("course", "exit", course_rows.ExitRow),
        "course_headings": read_rows("course", "headings", course_rows.CourseHeadings)[0],
        "course_texts": read_rows("course", "texts", course_rows.CourseTexts)[0],
    }


def _retest_tables() -> dict[str, Any]:
    return {
        "aims": read_rows("retest", "aim", retest_rows.AimRow),
        "days": read_rows("retest", "day", retest_rows.DayRow),
        "retest_rules": read_rows("retest", "rules", retest_rows.RetestRules)[0],
        "retest_texts": read_rows("retest", "texts", retest_rows.RetestTexts)[0],
        "retest_labels": read_rows("retest", "labels", retest_rows.RetestLabels)[0],
    }


def _by(name: str, table: str, kind: type[Row], *, key: str = "id") -> dict[Any, Row]:
    rows = read_rows(name, table, kind)
    found = {getattr(row, key): row for row in rows}
    if len(found) != len(rows):
        keys = [getattr(row, key) for row in rows]
        twice = sorted({str(k) for k in keys if keys.count(k) > 1})
        raise PrimeMoverError(f"Knowledge file {name}.toml repeats {', '.join(twice)}.")
    return found


@lru_cache(maxsize=32)
def _raw(name: str) -> dict[str, Any]:
    path = files("primemover.knowledge") / "data" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PrimeMoverError(f"Knowledge file {name}.toml is not TOML: {error}.") from error
