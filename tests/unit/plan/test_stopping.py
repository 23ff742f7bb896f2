from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.errors import OutOfRangeError
from primemover.knowledge import load
from primemover.model.person import Person, Sex
from primemover.model.safety import StopEnds, StopLevel, SymptomReport
from primemover.plan.stopping import judge_report, stop_rules

LEVELS = list(StopLevel)
ENDS = list(StopEnds)
ratings = st.one_of(st.none(), st.floats(0, 10))
reports = st.builds(
    SymptomReport,
    symptoms=st.frozensets(st.sampled_from(sorted(load().stop_rules))),
    pain_before=ratings,
    pain_during=ratings,
    pain_after=ratings,
    pain_next_day=ratings,
    pain_rise_week=st.one_of(st.none(), st.floats(-10, 10)),
    red_before=st.integers(0, 5),
    weeks_without_change=st.one_of(st.none(), st.floats(0, 20)),
)


def level(**told: object) -> StopLevel:
    return judge_report(SymptomReport(**told)).level  # type: ignore[arg-type]


def test_nothing_told_carries_on_and_never_says_that_all_is_well() -> None:
    verdict = judge_report(SymptomReport())
    assert verdict.level is StopLevel.CARRY_ON
    assert verdict.ends is StopEnds.NOTHING
    assert verdict.reasons == ()
    assert "stop and look again" in verdict.text


@pytest.mark.parametrize("rule", list(load().stop_rules))
def test_each_symptom_has_its_level_its_end_and_what_then(rule: str) -> None:
    row = load().stop_rules[rule]
    verdict = judge_report(SymptomReport(symptoms=frozenset({rule})))
    named = next(one for one in verdict.reasons if one.id == rule)
    assert (named.level, named.ends) == (row.level, row.ends)
    assert named.action == row.action
    assert named.then == row.then
    assert LEVELS.index(verdict.level) >= LEVELS.index(row.level)


def report_of(field: str, told: float) -> SymptomReport:
    """Return a report in which one number of a stop rule is as told."""
    if field == "red_in_a_row":
        return SymptomReport(pain_during=9, red_before=int(told) - 1)
    if field == "pain_rise_next_day":
        return SymptomReport(pain_before=2, pain_next_day=2 + told)
    return SymptomReport(**{field: told})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "told", "applies"),
    [
        (row.id, example.told, example.applies)
        for row in load().stop_rules.values()
        for example in row.example
    ],
)
def test_the_rules_prove_themselves(rule: str, told: float, applies: bool) -> None:  # noqa: FBT001 - an example's outcome
    when = load().stop_rules[rule].when
    assert when is not None
    reasons = judge_report(report_of(when.field, told)).reasons
    assert (rule in {one.id for one in reasons}) is applies


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        (0, StopLevel.CARRY_ON),
        (3, StopLevel.CARRY_ON),
        (3.5, StopLevel.HOLD),
        (5, StopLevel.HOLD),
        (5.5, StopLevel.STEP_BACK),
        (10, StopLevel.STEP_BACK),
    ],
)
def test_pain_in_training_is_green_to_3_amber_to_5_and_red_above(
    pain: float, expected: StopLevel
) -> None:
    assert level(pain_during=pain) is expected


def test_more_pain_a_day_later_than_before_is_red() -> None:
    assert level(pain_before=2, pain_during=2, pain_next_day=3) is StopLevel.STEP_BACK
    assert level(pain_before=2, pain_during=2, pain_next_day=2) is StopLevel.CARRY_ON
    assert level(pain_next_day=3) is StopLevel.CARRY_ON  # nothing to compare with


def test_the_third_red_session_in_a_row_stops_and_refers() -> None:
    assert level(pain_during=7, red_before=1) is StopLevel.STEP_BACK
    assert level(pain_during=7, red_before=2) is StopLevel.STOP_REFER
    assert level(pain_during=2, red_before=2) is StopLevel.CARRY_ON


def test_six_weeks_without_a_real_change_stop_and_refer() -> None:
    assert level(weeks_without_change=5.9) is StopLevel.CARRY_ON
    assert level(weeks_without_change=6) is StopLevel.STOP_REFER


def test_a_symptom_that_is_not_known_is_stopped_rather_than_lost() -> None:
    verdict = judge_report(SymptomReport(symptoms=frozenset({"from_the_future"})))
    assert verdict.level is StopLevel.STOP_REFER
    assert verdict.ends is StopEnds.PROGRAMME


def test_the_worst_reason_stands_first_and_decides() -> None:
    told = SymptomReport(symptoms=frozenset({"sharp_pain", "saddle_numbness"}), pain_during=6)
    verdict = judge_report(told)
    assert verdict.reasons[0].id == "saddle_numbness"
    assert verdict.level is StopLevel.EMERGENCY
    assert verdict.ends is StopEnds.PROGRAMME


def test_sore_muscles_are_no_reason_to_stop() -> None:
    verdict = judge_report(SymptomReport(symptoms=frozenset({"muscle_soreness"})))
    assert verdict.level is StopLevel.CARRY_ON
    assert [one.id for one in verdict.reasons] == ["muscle_soreness"]


def test_rules_for_the_young_or_for_women_concern_only_them() -> None:
    man = {one.id for one in stop_rules(Person(age_years=40, sex=Sex.MALE))}
    girl = {one.id for one in stop_rules(Person(age_years=15, sex=Sex.FEMALE))}
    assert girl - man == {"young_hip", "young_extension_pain", "now_pregnant"}
    assert {one.id for one in stop_rules()} == girl


def test_the_rules_are_shown_worst_first() -> None:
    order = [LEVELS.index(one.level) for one in stop_rules()]
    assert order == sorted(order, reverse=True)


@given(report=reports, name=st.sampled_from(sorted(load().stop_rules)))
def test_telling_more_never_makes_the_answer_milder(report: SymptomReport, name: str) -> None:
    before = judge_report(report)
    after = judge_report(replace(report, symptoms=report.symptoms | {name}))
    assert LEVELS.index(after.level) >= LEVELS.index(before.level)
    assert ENDS.index(after.ends) >= ENDS.index(before.ends)


@given(report=reports, more=st.floats(0, 10))
def test_more_pain_never_makes_the_answer_milder(report: SymptomReport, more: float) -> None:
    told = report.pain_during or 0.0
    worse = replace(report, pain_during=max(told, more))
    assert LEVELS.index(judge_report(worse).level) >= LEVELS.index(judge_report(report).level)


@given(report=reports)
def test_what_refers_ends_the_programme(report: SymptomReport) -> None:
    verdict = judge_report(report)
    if verdict.level in {StopLevel.STOP_REFER, StopLevel.EMERGENCY}:
        assert verdict.ends is StopEnds.PROGRAMME
    assert (verdict.reasons == ()) <= (verdict.level is StopLevel.CARRY_ON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pain_during": 11},
        {"pain_after": -1},
        {"pain_before": float("nan")},
        {"red_before": -1},
        {"weeks_without_change": float("nan")},
        {"pain_rise_week": float("nan")},
    ],
)
def test_a_number_that_nobody_can_tell_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OutOfRangeError):
        SymptomReport(**wrong)  # type: ignore[arg-type]
