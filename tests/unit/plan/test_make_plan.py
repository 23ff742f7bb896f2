from __future__ import annotations

from dataclasses import replace

import pytest

from primemover.findings import read_exam, screen, session_measures
from primemover.knowledge import load
from primemover.model.plan import Plan, PlanStep, StepSide
from primemover.model.session import Pain, Screening, Session
from primemover.plan import make_plan
from tests.unit.findings.given import given

CLEAR_HIP = {
    "hip_rotation_passive_left": (48.0, 2.0),
    "hip_rotation_active_left": (46.0, 2.0),
    "hip_rotation_passive_right": (48.0, 2.0),
    "hip_rotation_active_right": (46.0, 2.0),
}
EVEN_BEND = {
    "fingertip_to_floor": (1.0, 1.2),
    "bend_pelvis_rotation": (72.0, 3.0),
    "bend_lumbar_excursion": (45.0, 3.0),
}
CLEAR_ENTRY = {
    "hip_extension_left": (8.0, 3.0),
    "hip_extension_right": (8.0, 3.0),
    "single_leg_bridge_left": (18.0, 1.0),
    "single_leg_bridge_right": (18.0, 1.0),
    "rib_control_hold": (60.0, 4.0),
    "knee_to_wall_left": (12.0, 0.6),
    "knee_to_wall_right": (12.0, 0.6),
    "sorensen_hold": (120.0, 11.6),
}
ALL_CLEAR = CLEAR_HIP | EVEN_BEND | CLEAR_ENTRY
LOW_PAIN = Pain(now=1, worst=3, during=2, after=1)
CALM = Session(screening=Screening(answered=True), pain=LOW_PAIN)


def plan_for(session: Session = CALM, /, **measured: tuple[float, float]) -> Plan:
    measures = given(**measured) | session_measures(session)
    safety = screen(session.screening, measures, session.pain)
    reading = None if safety.stops_exam else read_exam(measures, (), session)
    return make_plan(reading, safety, session, measures)


def step_of(plan: Plan, number: int) -> PlanStep:
    return plan.steps[number - 1]


def test_the_plan_has_five_steps_in_the_articles_order() -> None:
    plan = plan_for(**CLEAR_HIP)
    assert [step.step for step in plan.steps] == [1, 2, 3, 4, 5]
    assert "No trial has tested" in plan.order_note
    assert "24 hours" in plan.pain_rule
    assert plan.retest_days == 14


def test_each_needed_step_has_two_to_four_exercises_with_all_they_need() -> None:
    plan = plan_for(replace(CALM, minutes_per_day=60.0), hip_rotation_passive_left=(30, 2))
    for step in plan.steps:
        assert 2 <= len(step.exercises) <= 4, step.step
        for choice in step.exercises:
            assert all((choice.dose, choice.cue, choice.must_not, choice.exit_test, choice.why))
            assert choice.sources


def test_every_exercise_is_either_chosen_or_left_out_with_a_reason() -> None:
    for step in plan_for(hip_rotation_passive_left=(30, 2)).steps:
        rows = [row for row in load().exercises.values() if row.step == step.step]
        assert len(step.exercises) + len(step.left_out) == len(rows)
        assert all(": " in reason for reason in step.left_out)


def test_what_was_not_tested_keeps_a_step_in_and_says_so() -> None:
    step = step_of(plan_for(**CLEAR_HIP, **EVEN_BEND), 1)
    assert step.needed
    assert "not been tested" in step.why


def test_a_step_is_left_out_with_a_reason_when_its_tests_are_clear() -> None:
    plan = plan_for(**ALL_CLEAR)
    assert [step.needed for step in plan.steps] == [False, False, False, False, True]
    assert all(step.why.startswith("Left out") for step in plan.steps[:4])
    assert all(step.exercises == () for step in plan.steps[:4])


def test_a_step_too_close_to_call_stays_in() -> None:
    step = step_of(plan_for(**(ALL_CLEAR | {"rib_control_hold": (30.0, 4.0)})), 2)
    assert step.needed
    assert "too close to call" in step.why


@pytest.mark.parametrize(
    ("measured", "number", "finding"),
    [
        ({"hip_extension_left": (-9.0, 2.0)}, 1, "hip_extension_short"),
        ({"single_leg_bridge_right": (6.0, 1.0)}, 1, "single_leg_bridge_low"),
        ({"rib_control_hold": (10.0, 4.0)}, 2, "rib_control_short"),
        ({"knee_to_wall_left": (6.0, 0.6)}, 3, "ankle_stiff"),
        ({"bend_pelvis_rotation": (40.0, 3.0)}, 3, "sacrum_stays_up"),
        ({"hip_rotation_active_left": (25.0, 2.0)}, 4, "control"),
    ],
)
def test_each_finding_calls_for_its_step(
    measured: dict[str, tuple[float, float]], number: int, finding: str
) -> None:
    step = step_of(plan_for(**(ALL_CLEAR | measured)), number)
    assert step.needed
    assert finding in step.because
    assert step.why.startswith("Needed")


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_one_short_hip_is_trained_alone(side: str, other: str) -> None:
    measured = ALL_CLEAR | {f"hip_rotation_active_{side}": (24.0, 2.0)}
    step = step_of(plan_for(**measured), 4)
    assert step.side is StepSide(side)
    assert {choice.side for choice in step.exercises} == {StepSide(side)}
    assert other not in {choice.side.value for choice in step.exercises}


def test_two_short_hips_of_which_one_is_worse_train_that_one_more() -> None:
    measured = ALL_CLEAR | {
        "hip_rotation_passive_left": (34.0, 2.0),
        "hip_rotation_active_left": (33.0, 2.0),
        "hip_rotation_passive_right": (20.0, 2.0),
        "hip_rotation_active_right": (19.0, 2.0),
    }
    step = step_of(plan_for(**measured), 4)
    assert step.side is StepSide.RIGHT_MORE
    doses = [c.dose for c in step.exercises if c.side is StepSide.RIGHT_MORE]
    assert doses
    assert all("right side" in dose for dose in doses)


def test_a_hip_with_the_other_side_unknown_is_trained_more_not_alone() -> None:
    plan = plan_for(hip_rotation_passive_left=(26, 2), hip_rotation_active_left=(25, 2))
    assert step_of(plan, 4).side is StepSide.LEFT_MORE


def test_a_short_hip_makes_the_first_step_uneven_too() -> None:
    measured = CLEAR_HIP | EVEN_BEND | {"hip_rotation_active_right": (24.0, 2.0)}
    measured |= {"hip_extension_left": (-8.0, 2.0), "hip_extension_right": (-8.0, 2.0)}
    assert step_of(plan_for(**measured), 1).side is StepSide.RIGHT_MORE


def test_a_harder_form_waits_for_the_easier_one_unless_a_test_shows_it() -> None:
    low = plan_for(single_leg_bridge_left=(3.0, 1.0), single_leg_bridge_right=(3.0, 1.0))
    able = plan_for(single_leg_bridge_left=(8.0, 1.0), single_leg_bridge_right=(8.0, 1.0))
    assert "single_leg_bridge_ex" in {c.id for c in step_of(able, 1).exercises}
    assert "single_leg_bridge_ex" not in {c.id for c in step_of(low, 1).exercises}
    assert any("when Bridge on both legs is mastered" in one for one in step_of(low, 1).left_out)


def test_the_lift_begins_without_load_while_the_gate_is_closed() -> None:
    rows = load().exercises
    closed = step_of(plan_for(replace(CALM, minutes_per_day=240.0), **CLEAR_HIP), 5)
    assert closed.exercises
    assert not any(rows[choice.id].is_loaded for choice in closed.exercises)


def test_equipment_decides_and_what_is_missing_is_named() -> None:
    bare = plan_for(replace(CALM, equipment=()), **CLEAR_HIP)
    rich = plan_for(replace(CALM, equipment=("hex_bar",), minutes_per_day=60.0), **ALL_CLEAR)
    assert all(
        not choice.equipment or "bar" not in " ".join(choice.equipment)
        for choice in step_of(bare, 5).exercises
    )
    assert any("needs hex bar" in reason for reason in step_of(bare, 5).left_out)
    assert "hex_bar_deadlift" in {choice.id for choice in step_of(rich, 5).exercises}


def test_more_time_never_gives_fewer_exercises() -> None:
    counts = [
        sum(
            len(step.exercises)
            for step in plan_for(
                replace(CALM, minutes_per_day=minutes), hip_rotation_passive_left=(30, 2)
            ).steps
        )
        for minutes in (5.0, 20.0, 40.0, 120.0)
    ]
    assert counts == sorted(counts)
    assert counts[0] == 10


def test_a_hip_that_must_not_be_pushed_is_not_pushed() -> None:
    measured = ALL_CLEAR | {
        "hip_rotation_passive_left": (68.0, 2.0),
        "hip_rotation_active_left": (40.0, 2.0),
        "hip_external_rotation_left": (12.0, 2.0),
        "hip_rotation_active_right": (25.0, 2.0),
    }
    step = step_of(plan_for(**measured), 4)
    assert step.side is StepSide.RIGHT
    both = measured | {
        "hip_rotation_passive_right": (68.0, 2.0),
        "hip_external_rotation_right": (12.0, 2.0),
    }
    step = step_of(plan_for(**both), 4)
    assert not step.needed
    assert "clinician" in step.why


def test_a_hip_that_may_turn_too_little_is_not_pushed_either() -> None:
    measured = ALL_CLEAR | {
        "hip_rotation_passive_left": (16.5, 2.0),
        "hip_rotation_active_left": (15.0, 2.0),
        "hip_rotation_active_right": (25.0, 2.0),
    }
    assert step_of(plan_for(**measured), 4).side is StepSide.RIGHT


def test_a_socket_is_not_pushed_to_the_end_of_its_range() -> None:
    measured = {"hip_rotation_passive_left": (25.0, 2.0), "hip_rotation_active_left": (24.0, 2.0)}
    step = step_of(plan_for(replace(CALM, minutes_per_day=240.0), **measured), 4)
    assert any(reason.startswith("90/90 switches: not with") for reason in step.left_out)


@pytest.mark.parametrize(
    ("session", "measured", "reason"),
    [
        (CALM, {"hip_rotation_active_left": (25.0, 2.0)}, "two tests are not both clear"),
        (CALM, {"sorensen_hold": (25.0, 11.6)}, "endurance"),
        (CALM, {"lumbar_flexion_bottom": (45.0, 4.0)}, "low back rounds"),
        (replace(CALM, pain=Pain(now=4)), {}, "pain is too high"),
        (replace(CALM, pain=Pain(now=1, worst=7)), {}, "pain is too high"),
        (replace(CALM, pain=Pain()), {}, "not known that pain is low"),
        (replace(CALM, screening=Screening()), {}, "screen was not answered"),
    ],
)
def test_the_gate_stays_closed_and_says_why(
    session: Session, measured: dict[str, tuple[float, float]], reason: str
) -> None:
    plan = plan_for(session, **(ALL_CLEAR | measured))
    assert not plan.may_deadlift_first
    assert reason in plan.gate_why


def test_the_gate_opens_without_a_sorensen_test_and_says_so() -> None:
    measured = {name: value for name, value in ALL_CLEAR.items() if name != "sorensen_hold"}
    plan = plan_for(**measured)
    assert plan.may_deadlift_first
    assert "not tested" in plan.gate_why


def test_the_full_deadlift_waits_for_the_gate() -> None:
    full = "floor_deadlift"
    clear, short = plan_for(**ALL_CLEAR), plan_for(**(ALL_CLEAR | {"rib_control_hold": (5.0, 4.0)}))
    assert full in {choice.id for choice in step_of(clear, 5).exercises}
    assert short.may_deadlift_first  # ribs alone do not close the gate
    closed = plan_for(**(ALL_CLEAR | {"hip_rotation_active_left": (25.0, 2.0)}))
    assert full not in {choice.id for choice in step_of(closed, 5).exercises}
    assert any(
        reason.startswith("Deadlift from the floor: later")
        for reason in step_of(closed, 5).left_out
    )


def test_high_pain_leaves_only_movement_without_load() -> None:
    plan = plan_for(replace(CALM, pain=Pain(now=7), minutes_per_day=240.0), **ALL_CLEAR)
    rows = load().exercises
    assert all("loaded" not in rows[c.id].actions for s in plan.steps for c in s.exercises)
    assert "without load" in step_of(plan, 5).why


@pytest.mark.parametrize("answer", ["saddle_numbness", "fever", "groin_pain_rotation"])
def test_what_a_clinician_must_see_first_stops_the_plan(answer: str) -> None:
    yes = Screening(answered=True, yes=frozenset({answer}))
    plan = plan_for(replace(CALM, screening=yes), **ALL_CLEAR)
    assert plan.steps == ()
    assert plan.stopped
    assert load().screening[answer].action in plan.stopped
    assert not plan.may_deadlift_first


def test_very_little_rotation_stops_the_plan() -> None:
    plan = plan_for(**(ALL_CLEAR | {"hip_rotation_passive_left": (8.0, 2.0)}))
    assert plan.steps == ()
    assert "left hip joint looked at" in plan.stopped


def test_a_caution_leaves_out_what_it_speaks_against() -> None:
    yes = Screening(answered=True, yes=frozenset({"pregnancy"}))
    plan = plan_for(replace(CALM, screening=yes, minutes_per_day=240.0))
    left_out = [reason for step in plan.steps for reason in step.left_out]
    assert plan.steps == () or any("your answer on pregnancy" in reason for reason in left_out)


def test_nothing_measured_gives_no_plan() -> None:
    plan = plan_for(Session(screening=Screening(answered=True)))
    assert plan.steps == ()
    assert "nothing was measured" in plan.stopped


STIFF = {
    "fingertip_to_floor": (22.0, 1.2),
    "bend_pelvis_rotation": (38.0, 3.0),
    "bend_lumbar_excursion": (55.0, 3.0),
    "bend_thoracic_excursion": (45.0, 3.0),
}


def test_every_exercise_is_chosen_in_some_story_or_follows_one_that_is() -> None:
    stories = [
        ALL_CLEAR,
        CLEAR_HIP | EVEN_BEND,
        CLEAR_HIP | STIFF,
        {"knee_to_wall_left": (5.0, 0.6), "knee_to_wall_right": (5.0, 0.6)},
        {"hip_rotation_passive_left": (26.0, 2.0), "hip_rotation_active_left": (25.0, 2.0)},
        {"hip_rotation_passive_left": (50.0, 2.0), "hip_rotation_active_left": (30.0, 2.0)},
        CLEAR_HIP | {"hip_rotation_active_right": (20.0, 2.0), "hip_extension_left": (-9.0, 2.0)},
    ]
    rows = load().exercises
    kits = {row.equipment for row in rows.values()}
    chosen: set[str] = set()
    for story in stories:
        for kit in kits:
            chosen |= _chosen(replace(CALM, equipment=kit, minutes_per_day=240.0), story)
    reached = set(chosen)
    while more := {name for name in set(rows) - reached if rows[name].follows in reached}:
        reached |= more
    assert set(rows) - reached == set()


def _chosen(session: Session, story: dict[str, tuple[float, float]]) -> set[str]:
    return {c.id for step in plan_for(session, **story).steps for c in step.exercises}
