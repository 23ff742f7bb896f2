from __future__ import annotations

import math
from dataclasses import replace

import pytest

from primemover.findings import complete, read_bend_findings, read_exam, read_lift_findings
from primemover.findings.belief import believe
from primemover.findings.rules import judge
from primemover.findings.states import weigh
from primemover.knowledge import load
from primemover.knowledge.reading_rows import Condition, Example, RuleRow, StateExample
from primemover.model.check import Check, CheckStatus
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure, Side, not_measured
from primemover.model.session import Session
from tests.unit.findings.given import given, given_all

RULES = [
    pytest.param(rule, example, id=f"{rule.id}-{index}")
    for rule in load().rules.values()
    for index, example in enumerate(rule.example)
]
STATES = [
    pytest.param(name, example, id=f"{row.id}-{index}")
    for name in ("hip_states", "bend_patterns")
    for row in getattr(load(), name).values()
    for index, example in enumerate(row.example)
]


def finding_of(
    name: str, measures: dict[str, Measure], side: Side = Side.NONE, failed: tuple[str, ...] = ()
) -> Finding:
    return judge(load().rules[name], measures, failed=failed, side=side)


@pytest.mark.parametrize(("rule", "example"), RULES)
def test_every_example_of_a_rule_comes_out_as_it_says(rule: RuleRow, example: Example) -> None:
    side = Side.LEFT if rule.sided else Side.NONE
    found = judge(rule, given_all(example.given), failed=example.failed_checks, side=side)
    assert found.status is example.then


@pytest.mark.parametrize(("table", "example"), STATES)
def test_every_example_of_a_state_comes_out_as_it_says(table: str, example: StateExample) -> None:
    side = "left" if table == "hip_states" else ""
    assert weigh(getattr(load(), table), given_all(example.given), side=side).state == example.then


def test_a_line_on_one_measure_is_the_normal_integral() -> None:
    line = Condition(measure="trunk_lean_back_lockout", above=8.0, unit="deg")
    belief = believe(line, given(trunk_lean_back_lockout=(11.0, 3.0)))
    assert belief.lower == pytest.approx(0.8413447, abs=1e-6)
    assert belief.upper == belief.lower


def test_a_gap_errs_by_both_of_its_parts() -> None:
    line = Condition(measure="hip_rotation_gap_left", above=7.0, unit="deg")
    belief = believe(
        line, given(hip_rotation_passive_left=(50, 3), hip_rotation_active_left=(38, 4))
    )
    # 5 deg above the line; errors of 3 and 4 deg that share 15 % of 2.65^2 and 1.95^2
    sd = math.sqrt(3**2 + 4**2 - 2 * 0.15 * 2.65 * 1.95)
    assert belief.lower == pytest.approx(0.5 * math.erfc(-5 / sd / math.sqrt(2)), abs=1e-9)


def test_draws_agree_with_the_closed_form() -> None:
    line = Condition(measure="hip_rotation_gap_left", above=7.0, unit="deg")
    both = Condition(all=(line, line))
    measures = given(hip_rotation_passive_left=(50, 3), hip_rotation_active_left=(38, 4))
    assert believe(both, measures).lower == pytest.approx(believe(line, measures).lower, abs=0.003)


def test_a_derived_measure_stays_tied_to_its_parts() -> None:
    # passive > 45 and gap > 7 with active fixed at 38: the gap says no more than passive > 45.
    measures = given(hip_rotation_passive_left=(45, 4), hip_rotation_active_left=(38, 1e-6))
    tied = Condition(
        all=(
            Condition(measure="hip_rotation_passive_left", above=45.0, unit="deg"),
            Condition(measure="hip_rotation_gap_left", above=7.0, unit="deg"),
        )
    )
    assert believe(tied, measures).lower == pytest.approx(0.5, abs=0.003)


def test_an_uncertain_line_is_called_at_the_edge_of_its_grey_zone() -> None:
    line = Condition(measure="bend_lumbar_excursion", above=65.0, unit="deg", grey=5.0)
    assert believe(line, given(bend_lumbar_excursion=(70, 0))).lower == pytest.approx(0.8)


def test_a_missing_measure_leaves_a_rule_open_and_says_what_to_measure() -> None:
    found = finding_of("hip_rotation_gap", given(hip_rotation_passive_right=(30, 2)), Side.RIGHT)
    assert found.status is FindingStatus.INDETERMINATE
    assert math.isnan(found.probability)
    assert found.next_step.startswith("Measure active hip internal rotation (right)")


def test_a_missing_measure_does_not_matter_when_the_other_one_decides() -> None:
    found = finding_of("squat_like", given(trunk_inclination_bottom=(75, 3)))
    assert found.status is FindingStatus.ABSENT


def test_the_reason_why_something_was_not_measured_is_passed_on() -> None:
    name = "trunk_lean_back_lockout"
    found = finding_of(name="leans_back", measures={name: not_measured(name, "the head is cut")})
    assert "the head is cut" in found.because


def test_a_not_measured_share_is_not_computed_behind_its_back() -> None:
    name = "lumbar_share_of_own_bend"
    measures = given(lumbar_flexion_bottom=(20, 3), bend_lumbar_excursion=(8, 3))
    measures[name] = not_measured(name, "the forward bend hardly moved", unit="1")
    assert not complete(measures)[name].is_known
    assert finding_of("back_rounds", measures).status is FindingStatus.ABSENT


def test_a_failed_check_leaves_a_blocked_rule_open() -> None:
    rule = load().rules["leans_back"]
    blocked = type(rule)(
        **{f: getattr(rule, f) for f in rule.__dataclass_fields__} | {"blocked_by": ("view",)}
    )
    found = judge(blocked, given(trunk_lean_back_lockout=(20, 2)), failed=("view",))
    assert found.status is FindingStatus.INDETERMINATE
    assert found.failed_check == "view"


def test_a_finding_shows_the_number_its_error_the_claim_and_the_verdict() -> None:
    found = finding_of("back_rounds", given(lumbar_flexion_bottom=(40, 5)))
    assert "40 deg (± 5)" in found.because
    assert found.article == load().claims["s"].idea
    assert found.verdict.value == "contradicts"
    assert found.sources


def test_a_lift_alone_gives_the_seven_findings_of_the_lift() -> None:
    found = read_lift_findings(given(lumbar_flexion_bottom=(40, 5)))
    assert {f.id for f in found} == {
        "back_rounds",
        "hips_rise_first",
        "squat_like",
        "back_finishes",
        "leans_back",
        "back_does_the_work",
        "bar_drifts",
    }


def test_a_bend_alone_gives_the_findings_of_the_bend() -> None:
    found = {f.id: f.status for f in read_bend_findings(given(fingertip_to_floor=(0, 1.2)))}
    assert found["toes_reached"] is FindingStatus.PRESENT
    assert found["sacrum_stays_up"] is FindingStatus.INDETERMINATE


def test_tests_that_nobody_tried_give_no_findings() -> None:
    reading = read_exam(given(hip_rotation_passive_left=(30, 2)), (), Session())
    families = {load().rules[f.id].family for f in reading.findings}
    assert families == {"hip", "felt", "pain"}


def test_bent_knees_make_the_bend_unreadable() -> None:
    check = Check(id="knees_straight", status=CheckStatus.FAILED, detail="The knees bent 40 deg.")
    measures = given(
        fingertip_to_floor=(0, 1), bend_lumbar_excursion=(80, 3), bend_pelvis_rotation=(60, 3)
    )
    bend = read_exam(measures, (check,), Session()).bend
    assert bend.pattern == "indeterminate"
    assert "40 deg" in bend.because


def test_a_share_of_next_to_nothing_is_not_measured() -> None:
    found = given(bend_lumbar_excursion=(3, 3), bend_pelvis_rotation=(2, 3))["bend_lumbar_share"]
    assert not found.is_known
    assert "too small" in found.why


def test_a_number_without_an_error_is_not_taken_as_certain() -> None:
    measures = given(trunk_lean_back_lockout=(20, 3))
    bare = replace(measures["trunk_lean_back_lockout"], se=math.nan)
    found = finding_of("leans_back", {"trunk_lean_back_lockout": bare})
    assert found.status is FindingStatus.INDETERMINATE
    assert math.isnan(found.probability)
