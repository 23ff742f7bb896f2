from __future__ import annotations

import pytest

from primemover.findings import questions_for, screen
from primemover.knowledge import load
from primemover.model.person import Person
from primemover.model.safety import SafetyLevel
from primemover.model.session import Pain, Screening
from tests.unit.findings.given import given

GONE_THROUGH = Screening(answered=True)


@pytest.mark.parametrize("answer", list(load().screening))
def test_each_answer_has_its_level_and_says_what_to_do(answer: str) -> None:
    result = screen(Screening(answered=True, yes=frozenset({answer})), {})
    row = load().screening[answer]
    assert result.level is row.level
    assert result.flags[0].action == row.action
    assert result.stops_exam == (row.level is SafetyLevel.EMERGENCY)
    assert result.stops_loading == (row.level in (SafetyLevel.EMERGENCY, SafetyLevel.REFER))


def test_the_worst_answer_decides_and_stands_first() -> None:
    yes = frozenset({"pregnancy", "fever", "saddle_numbness"})
    result = screen(Screening(answered=True, yes=yes), {})
    assert [flag.id for flag in result.flags] == ["saddle_numbness", "fever", "pregnancy"]
    assert result.level is SafetyLevel.EMERGENCY


def test_no_answer_of_concern_never_says_that_all_is_well() -> None:
    result = screen(GONE_THROUGH, {})
    assert result.level is SafetyLevel.CLEAR
    assert "cannot rule anything out" in result.text


def test_a_skipped_screen_is_a_caution() -> None:
    result = screen(Screening(), {})
    assert result.level is SafetyLevel.CAUTION
    assert not result.answered
    assert "not answered" in result.text


def test_an_unknown_answer_is_referred_rather_than_lost() -> None:
    result = screen(Screening(answered=True, yes=frozenset({"from_the_future"})), {})
    assert result.level is SafetyLevel.REFER


def test_very_little_rotation_is_referred_and_never_trained() -> None:
    result = screen(GONE_THROUGH, given(hip_rotation_passive_right=(8, 2)))
    assert result.level is SafetyLevel.REFER
    assert result.flags[0].id == "hip_joint_flag_right"
    assert "right hip joint looked at" in result.flags[0].action


def test_rotation_that_may_be_too_little_is_a_caution() -> None:
    result = screen(GONE_THROUGH, given(hip_rotation_passive_left=(16, 2.5)))
    assert result.level is SafetyLevel.CAUTION
    assert "again" in result.flags[0].action


def test_very_little_active_rotation_asks_for_the_passive_one() -> None:
    assert screen(GONE_THROUGH, given(hip_rotation_active_left=(5, 2))).level is SafetyLevel.CAUTION
    both = given(hip_rotation_active_left=(5, 2), hip_rotation_passive_left=(45, 2))
    assert screen(GONE_THROUGH, both).level is SafetyLevel.CLEAR


def test_a_hip_that_turns_in_far_and_out_little_is_a_caution() -> None:
    measures = given(hip_rotation_passive_left=(70, 2), hip_external_rotation_left=(10, 2))
    result = screen(GONE_THROUGH, measures)
    assert result.level is SafetyLevel.CAUTION
    assert "left" in result.flags[0].action


def test_groin_pain_on_the_body_map_is_a_caution() -> None:
    result = screen(GONE_THROUGH, {}, Pain(where=("groin_left", "low_back")))
    assert [flag.id for flag in result.flags] == ["groin_left"]
    assert result.level is SafetyLevel.CAUTION


def test_questions_for_the_young_are_left_out_for_others() -> None:
    grown = {row.id for row in questions_for(Person(age_years=40))}
    young = {row.id for row in questions_for(Person(age_years=15))}
    unknown = {row.id for row in questions_for(Person())}
    assert young - grown == {"adolescent_hip", "young_extension_pain"}
    assert unknown == set(load().screening)
