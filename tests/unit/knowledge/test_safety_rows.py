"""The rows that guard a person agree with each other; every planted fault is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from primemover.knowledge import Knowledge, load
from primemover.knowledge.reading_rows import Condition
from primemover.knowledge.safety_integrity import safety_problems
from primemover.knowledge.safety_rows import ClusterRow, ScreeningRow, StopRow, StopWhen
from primemover.model.safety import SafetyLevel, StopEnds, StopLevel


def faults(knowledge: Knowledge) -> str:
    return "; ".join(safety_problems(knowledge))


def with_cluster(**changes: Any) -> Knowledge:  # noqa: ANN401 - fields of the row
    known = load()
    row = replace(known.screening_clusters["stress_fracture"], **changes)
    return replace(known, screening_clusters={row.id: row})


def with_stop(name: str, **changes: Any) -> Knowledge:  # noqa: ANN401 - fields of the row
    known = load()
    row = replace(known.stop_rules[name], **changes)
    return replace(known, stop_rules={**known.stop_rules, name: row})


def test_the_shipped_rows_agree() -> None:
    assert faults(load()) == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"of": ("groin_weight_bearing", "hunger")}, "hunger, which is not a question"),
        ({"needs": 9}, "needs more answers than it names"),
        ({"must": ("fever",)}, "must have what it does not count"),
        ({"level": SafetyLevel.CAUTION}, "milder than an answer it must have"),
        (
            {"measured": Condition(measure="lean", above=1.0, unit="deg")},
            "lean, which is not a measure",
        ),
    ],
)
def test_a_cluster_that_cannot_be_is_found(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in faults(with_cluster(**changes))


def test_a_cluster_with_the_id_of_a_question_is_found() -> None:
    known = load()
    row = replace(known.screening_clusters["cancer"], id="fever")
    assert "id of a question" in faults(replace(known, screening_clusters={"fever": row}))


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("leg_weakness", {"ends": StopEnds.SESSION}, "go together"),
        ("sharp_pain", {"ends": StopEnds.PROGRAMME}, "go together"),
        ("sharp_pain", {"same_as": "hunger"}, "hunger, which is not a question"),
        (
            "saddle_numbness",
            {"level": StopLevel.STOP_REFER},
            "milder than the screen's question",
        ),
        ("saddle_numbness", {"age_below": 20}, "concerns others"),
        ("saddle_numbness", {"same_as": ""}, "no stop rule during it"),
        ("pain_above_5", {"example": ()}, "needs examples with both outcomes"),
    ],
)
def test_a_stop_rule_that_cannot_be_is_found(
    name: str, changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in faults(with_stop(name, **changes))


def test_a_mark_on_nothing_is_found() -> None:
    known = load()
    row = replace(known.screening_marked[0], regions=("tail",), question="hunger")
    said = faults(replace(known, screening_marked=(row,)))
    assert "tail, which is not on the body map" in said
    assert "hunger, which is not a question" in said


def test_a_gap_in_the_numbers_of_the_sentences_is_found() -> None:
    known = load()
    items = {number: item for number, item in known.rmdq_items.items() if number != 3}
    assert "not numbered" in faults(replace(known, rmdq_items=items))


@pytest.mark.parametrize("wrong", [{}, {"above": 1.0, "at_least": 2.0}])
def test_a_stop_rules_number_has_exactly_one_limit(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        StopWhen(field="pain_during", **wrong)


def test_every_level_and_every_end_is_used() -> None:
    rows = load().stop_rules.values()
    assert {row.level for row in rows} == set(StopLevel)
    assert {row.ends for row in rows} == set(StopEnds)


def test_own_choices_are_labelled_as_such() -> None:
    known = load()
    rows: tuple[ScreeningRow | ClusterRow | StopRow, ...] = (
        *known.screening.values(),
        *known.screening_clusters.values(),
        *known.stop_rules.values(),
    )
    for row in rows:
        assert (row.tag == "default") <= ("project_default" in row.sources), row.id
