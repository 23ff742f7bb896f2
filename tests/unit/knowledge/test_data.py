from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from primemover.errors import PrimeMoverError
from primemover.knowledge import knowledge_sha256, load, loading
from primemover.knowledge.integrity import problems
from primemover.knowledge.reading_rows import Condition, RuleRow
from primemover.model.safety import SafetyLevel


def test_the_knowledge_files_agree_with_each_other() -> None:
    assert problems(load()) == ()


def test_an_article_claim_stands_for_each_letter_from_a_to_s_and_for_what_else_was_found() -> None:
    assert list(load().claims)[:19] == list("abcdefghijklmnopqrs")
    assert len(load().claims) >= 28


def test_every_step_has_enough_exercises_and_some_without_equipment_for_one_side() -> None:
    household = {row.id for row in load().equipment.values() if row.household}
    for step in range(1, 6):
        rows = [row for row in load().exercises.values() if row.step == step]
        plain = [row for row in rows if set(row.equipment) <= household and row.level <= 1]
        assert len(rows) >= 7, step
        assert len(plain) >= 3, step
    for step in (1, 3, 4):
        rows = [row for row in load().exercises.values() if row.step == step]
        single = [r for r in rows if r.sides == "each" and set(r.equipment) <= household]
        assert len(single) >= 2, step


def test_step_two_never_bends_the_hip() -> None:
    for row in load().exercises.values():
        if row.step == 2:
            assert "hip_flexion" not in row.actions
            assert "hips must not" in row.must_not or "ribs must not" in row.must_not.lower()


def test_every_cauda_equina_answer_is_an_emergency() -> None:
    rows = [row for row in load().screening.values() if row.concern == "cauda equina"]
    assert len(rows) == 4
    assert all(row.level is SafetyLevel.EMERGENCY for row in rows)


def test_what_joins_pelvis_and_femur_is_a_prime_mover_and_nothing_else_but_the_hamstrings() -> None:
    for row in load().muscles.values():
        joins = set(row.connects) == {"pelvis", "femur"}
        assert (row.role == "prime_mover") == (joins or row.id == "hamstrings"), row.id


def test_numbers_that_were_not_read_are_labelled() -> None:
    tags = {
        row.tag
        for table in (load().rules, load().norms, load().exercises)
        for row in table.values()
    }
    assert {"read", "unverified", "default"} <= tags
    for row in load().rules.values():
        if "default" in row.thresholds.lower().split(":")[0]:
            assert "project_default" in row.sources, row.id


def test_the_hash_is_a_sha256_and_the_same_twice() -> None:
    assert len(knowledge_sha256()) == 64
    assert knowledge_sha256() == knowledge_sha256()


def test_the_hash_changes_with_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = knowledge_sha256()
    fewer = loading.data_files()[1:]
    monkeypatch.setattr(loading, "data_files", lambda: fewer)
    knowledge_sha256.cache_clear()
    try:
        assert knowledge_sha256() != before
    finally:
        knowledge_sha256.cache_clear()


def _with_rule(**changes: object) -> tuple[str, ...]:
    known = load()
    rule: RuleRow = replace(known.rules["leans_back"], **changes)  # type: ignore[arg-type]
    return problems(replace(known, rules={**known.rules, rule.id: rule}))


def test_an_unknown_source_is_found() -> None:
    assert any("nobody2020" in fault for fault in _with_rule(sources=("nobody2020",)))


def test_a_rule_without_a_source_is_found() -> None:
    assert any("has no source" in fault for fault in _with_rule(sources=()))


def test_an_unknown_claim_is_found() -> None:
    assert any("claim qq" in fault for fault in _with_rule(claim="qq"))
    assert any("claim qq" in fault for fault in _with_rule(also_claims=("qq",)))


def test_an_unknown_measure_is_found() -> None:
    orphan = Condition(measure="lean_of_the_bar", above=3.0, unit="deg")
    assert any("lean_of_the_bar" in fault for fault in _with_rule(present_when=orphan))


def test_a_threshold_in_another_unit_is_found() -> None:
    wrong = Condition(measure="trunk_lean_back_lockout", above=0.1, unit="rad")
    assert any("in rad" in fault for fault in _with_rule(present_when=wrong))


def test_an_exercise_of_step_two_that_bends_the_hip_is_found() -> None:
    known = load()
    row = replace(known.exercises["side_plank"], muscles=("hip_flexors",))
    faults = problems(replace(known, exercises={**known.exercises, row.id: row}))
    assert any("bends the hip" in fault for fault in faults)


def test_a_step_that_listens_to_nothing_is_found() -> None:
    known = load()
    step = replace(known.steps[1], called_by=("moon_phase",))
    assert any("moon_phase" in f for f in problems(replace(known, steps={1: step})))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"measure": "pain_now", "unit": "1"},
        {"measure": "pain_now", "above": 1.0},
        {"measure": "pain_now", "unit": "1", "above": 1.0, "below": 2.0},
        {"measure": "pain_now", "unit": "1", "between": (2.0, 1.0)},
        {
            "measure": "pain_now",
            "unit": "1",
            "above": 1.0,
            "any": (Condition(measure="pain_now", above=1.0, unit="1"),),
        },
    ],
)
def test_a_condition_that_says_nothing_or_two_things_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"condition|measure|threshold|between"):
        Condition(**wrong)


def test_a_file_that_breaks_its_schema_is_named_with_the_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "_raw", lambda _: {"rule": [{"id": "half", "weight": 3}]})
    with pytest.raises(PrimeMoverError, match=r"rules\.toml, rule\.0"):
        loading.read_rows("rules", "rule", RuleRow)


def test_a_repeated_id_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "low_back", "label": "low back"}
    monkeypatch.setattr(loading, "_raw", lambda _: {"region": [row, row]})
    with pytest.raises(PrimeMoverError, match="repeats low_back"):
        loading._by("regions", "region", type(load().regions["low_back"]))
