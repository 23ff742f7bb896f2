from __future__ import annotations

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st

from primemover.findings import questions_for, screen
from primemover.knowledge import load
from primemover.model.person import Person, Sex
from primemover.model.safety import SafetyLevel, SafetyResult
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


def answers(*names: str) -> SafetyResult:
    return screen(Screening(answered=True, yes=frozenset(names)), {})


@pytest.mark.parametrize("cluster", list(load().screening_clusters))
def test_answers_that_point_the_same_way_raise_concern_together(cluster: str) -> None:
    row = load().screening_clusters[cluster]
    yes = frozenset((*row.must, *(name for name in row.of if name not in row.must))[: row.needs])
    measures = given(hip_rotation_passive_left=(17, 1)) if row.measured else {}
    result = screen(Screening(answered=True, yes=yes), measures)
    flag = next(flag for flag in result.flags if flag.id == cluster)
    assert flag.level is row.level
    assert flag.action == row.action
    assert set(flag.together) == set(yes)
    for name in yes:
        assert load().screening[name].label in flag.asked
    one = screen(Screening(answered=True, yes=frozenset({min(yes)})), {})
    assert cluster not in {flag.id for flag in one.flags}


def test_a_cluster_can_raise_the_level_of_what_alone_is_only_watched() -> None:
    watched = Screening(answered=True, yes=frozenset({"hip_stiff_morning"}))
    assert screen(watched, {}).level is SafetyLevel.CAUTION
    assert screen(watched, given(hip_rotation_passive_left=(35, 2))).level is SafetyLevel.CAUTION
    stiff = screen(watched, given(hip_rotation_passive_right=(19, 2)))
    assert stiff.level is SafetyLevel.REFER
    assert "right hip turns in less than 24 deg" in stiff.flags[0].asked


def test_a_cluster_that_must_have_one_answer_is_not_made_of_the_others() -> None:
    ids = {flag.id for flag in answers("bone_stress", "missed_periods").flags}
    assert "low_energy" in ids
    assert "stress_fracture" not in ids
    assert "stress_fracture" in {
        flag.id for flag in answers("groin_weight_bearing", "missed_periods").flags
    }


def test_every_flag_of_an_answer_says_how_soon_and_has_a_clinicians_line() -> None:
    for name, row in load().screening.items():
        flag = answers(name).flags[0]
        assert flag.within == row.within
        assert flag.clinician == row.clinician
        assert (row.within == "now") == (row.level is SafetyLevel.EMERGENCY)


@given_(
    yes=st.frozensets(st.sampled_from(sorted(load().screening)), max_size=6),
    more=st.sampled_from(sorted(load().screening)),
)
def test_one_more_yes_never_makes_the_screen_milder(yes: frozenset[str], more: str) -> None:
    order = list(SafetyLevel)
    before, after = answers(*yes), answers(*yes, more)
    assert order.index(after.level) >= order.index(before.level)
    assert {flag.id for flag in before.flags} <= {flag.id for flag in after.flags}


def test_a_person_reads_the_cluster_and_not_each_of_its_answers() -> None:
    result = answers("cancer_history", "weight_loss", "pregnancy")
    assert [flag.id for flag in result.main_flags] == ["cancer", "pregnancy"]
    assert {"cancer_history", "weight_loss"} <= {flag.id for flag in result.flags}


def test_each_cluster_speaks_for_its_own_answers() -> None:
    result = answers("hip_pinch_bend", "groin_pain_rotation", "leg_weakness", "leg_symptoms")
    assert {flag.id for flag in result.main_flags} == {"hip_pinch", "nerve_loss"}


def test_in_an_emergency_nothing_milder_is_read() -> None:
    result = answers("saddle_numbness", "fever", "low_immunity")
    assert [flag.id for flag in result.main_flags] == ["saddle_numbness"]


def test_a_mark_whose_question_was_answered_yes_says_nothing_twice() -> None:
    told = Screening(answered=True, yes=frozenset({"mid_back_pain"}))
    result = screen(told, {}, Pain(where=("mid_back",)))
    assert [flag.id for flag in result.flags] == ["mid_back_pain"]


@pytest.mark.parametrize(
    ("place", "question"),
    [("mid_back", "bone"), ("belly", "tearing"), ("flank", "tearing"), ("groin_left", "hip")],
)
def test_pain_marked_in_some_places_asks_for_their_question(place: str, question: str) -> None:
    result = screen(GONE_THROUGH, {}, Pain(where=(place,)))
    assert result.level is SafetyLevel.CAUTION
    assert question in result.flags[0].action


def test_pain_marked_in_the_low_back_alone_raises_no_flag() -> None:
    assert screen(GONE_THROUGH, {}, Pain(where=("low_back", "buttock_left"))).flags == ()


def test_questions_for_women_after_the_menopause_are_asked_only_of_them() -> None:
    def ids(age: float, sex: Sex) -> set[str]:
        return {row.id for row in questions_for(Person(age_years=age, sex=sex))}

    assert "menopause_bone" in ids(55, Sex.FEMALE)
    assert "menopause_bone" not in ids(30, Sex.FEMALE)
    assert "menopause_bone" not in ids(55, Sex.MALE)
    assert ids(30, Sex.FEMALE) - ids(30, Sex.MALE) == {"pregnancy", "missed_periods"}


def test_questions_for_the_older_are_left_out_for_the_young() -> None:
    young = {row.id for row in questions_for(Person(age_years=30))}
    older = {row.id for row in questions_for(Person(age_years=66))}
    assert {"minor_strain_older", "hip_stiff_morning", "vessel_disease"} <= older - young


@pytest.mark.parametrize(
    ("age", "question", "asked"),
    [
        (16.9, "adolescent_hip", True),
        (17, "adolescent_hip", False),
        (50, "minor_strain_older", False),
        (51, "minor_strain_older", True),
    ],
)
def test_an_age_at_the_line_is_on_its_named_side(age: float, question: str, *, asked: bool) -> None:
    assert (question in {row.id for row in questions_for(Person(age_years=age))}) is asked


def test_questions_for_the_young_are_left_out_for_others() -> None:
    grown = {row.id for row in questions_for(Person(age_years=40))}
    young = {row.id for row in questions_for(Person(age_years=15))}
    unknown = {row.id for row in questions_for(Person())}
    assert young - grown == {"adolescent_hip", "young_extension_pain"}
    assert unknown == set(load().screening)
