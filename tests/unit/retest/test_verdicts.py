from __future__ import annotations

from typing import Any

import pytest

from primemover.model.finding import FindingStatus
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.plan import StepSide
from primemover.model.retest import ExitStatus, Retest, StepMove, StepVerdict, Visit
from primemover.retest import compare_visits
from tests.unit.retest.visits import finding, measure, pain_scores, visit

ALL_STEPS = dict.fromkeys(range(1, 6), StepSide.BOTH)
COUNT = Instrument.COUNT


def hips(extension: float, bridges: float) -> tuple[Measure, ...]:
    sides = ("left", "right")
    return (
        *(measure(f"hip_extension_{side}", extension, 1.5) for side in sides),
        *(measure(f"single_leg_bridge_{side}", bridges, 1.0, COUNT) for side in sides),
    )


def planned(*measures: Measure, weeks: float = 0.0, **other: Any) -> Visit:  # noqa: ANN401 - fields
    return visit(*measures, weeks=weeks, **({"steps": ALL_STEPS} | other))


def step(retest: Retest, number: int) -> StepVerdict:
    return next(one for one in retest.steps if one.step == number)


def test_a_step_moves_on_when_its_exit_tests_are_met_on_both_sides() -> None:
    found = step(compare_visits([planned(*hips(-6.0, 8.0)), planned(*hips(5.0, 14.0), weeks=3)]), 1)
    assert found.move is StepMove.MOVE_ON
    assert [one.status for one in found.exits] == [ExitStatus.MET] * 4


def test_one_side_that_falls_short_holds_the_step() -> None:
    weak = (*hips(5.0, 14.0)[:3], measure("single_leg_bridge_right", 6.0, 1.0, COUNT))
    found = step(compare_visits([planned(*hips(-6.0, 8.0)), planned(*weak, weeks=3)]), 1)
    assert found.move is StepMove.HOLD
    assert [one.side for one in found.exits if one.status is ExitStatus.NOT_MET] == [Side.RIGHT]


def test_a_value_on_its_line_is_too_close_to_call() -> None:
    found = step(compare_visits([planned(*hips(-6.0, 8.0)), planned(*hips(0.0, 14.0), weeks=3)]), 1)
    assert found.move is StepMove.HOLD
    assert ExitStatus.OPEN in {one.status for one in found.exits}


def test_only_the_side_that_is_trained_has_to_meet_the_test() -> None:
    one_side = {1: StepSide.LEFT}
    left = tuple(one for one in hips(5.0, 14.0) if one.side is Side.LEFT)
    found = step(
        compare_visits(
            [planned(*hips(-6.0, 8.0), steps=one_side), planned(*left, weeks=3, steps=one_side)]
        ),
        1,
    )
    assert found.move is StepMove.MOVE_ON
    assert {one.side for one in found.exits} == {Side.LEFT}


@pytest.mark.parametrize(
    ("gained", "lay", "expected"),
    [
        (6.0, False, ExitStatus.NOT_MET),  # real or not, the step asks for 9
        (10.0, False, ExitStatus.MET),
        (10.0, True, ExitStatus.OPEN),  # a lay reader's MDC is 12.9
        (14.0, True, ExitStatus.MET),
    ],
)
def test_a_gain_counts_when_it_is_large_enough_and_real(
    gained: float,
    lay: bool,  # noqa: FBT001 - a case of the table
    expected: ExitStatus,
) -> None:
    name = "hip_rotation_passive_left"
    stiff = finding("hip_rotation_below_target", FindingStatus.PRESENT, name, side=Side.LEFT)
    read_by = frozenset({name}) if lay else frozenset()
    told: dict[str, Any] = {
        "steps": {4: StepSide.LEFT},
        "findings": (stiff,),
        "read_by_lay": read_by,
    }
    first = planned(measure(name, 15.0, 1.5), **told)
    last = planned(measure(name, 15.0 + gained, 1.5), weeks=3, **told)
    found = {one.id: one for one in step(compare_visits([first, last]), 4).exits}
    assert found["rotation_gained"].status is expected


def test_a_step_that_was_met_and_is_lost_is_taken_up_again() -> None:
    visits = [
        planned(*hips(-6.0, 8.0)),
        planned(*hips(6.0, 15.0), weeks=3),
        planned(*hips(-7.0, 15.0), weeks=6),
    ]
    found = step(compare_visits(visits), 1)
    assert found.move is StepMove.HOLD
    assert "go back" in found.plain


def test_a_step_that_neither_plan_needs_stays_out() -> None:
    steps = {**ALL_STEPS, 2: None}
    found = compare_visits([planned(steps=steps), planned(weeks=3, steps=steps)])
    assert step(found, 2).move is StepMove.NOT_NEEDED


def test_the_lift_waits_for_the_steps_before_it() -> None:
    done = {1: StepSide.BOTH, 5: StepSide.BOTH}
    weak = compare_visits(
        [planned(*hips(-6.0, 8.0), steps=done), planned(*hips(-5.0, 9.0), weeks=3, steps=done)]
    )
    ready = compare_visits(
        [planned(*hips(-6.0, 8.0), steps=done), planned(*hips(6.0, 15.0), weeks=3, steps=done)]
    )
    assert step(weak, 5).move is StepMove.HOLD
    assert step(ready, 5).move is StepMove.MOVE_ON


def test_six_weeks_without_an_important_change_refer() -> None:
    def after(weeks: float, worst: float) -> Retest:
        return compare_visits(
            [
                planned(*hips(-6.0, 8.0), scores=pain_scores(worst=6.0)),
                planned(*hips(6.0, 15.0), weeks=weeks, scores=pain_scores(worst=worst)),
            ]
        )

    assert after(5.0, 6.0).review.move is not StepMove.REFER
    stuck = after(6.0, 5.0)
    assert stuck.review.move is StepMove.REFER
    assert {one.move for one in stuck.steps} == {StepMove.REFER}
    assert after(6.0, 4.0).review.move is not StepMove.REFER


def test_the_six_weeks_begin_again_with_every_important_change() -> None:
    ratings = [(0.0, 8.0), (4.0, 5.0), (8.0, 5.0)]
    visits = [planned(weeks=weeks, scores=pain_scores(worst=one)) for weeks, one in ratings]
    assert compare_visits(visits).review.weeks_without_change == pytest.approx(4.0)


def test_nobody_without_pain_is_referred_for_not_getting_better() -> None:
    visits = [planned(weeks=weeks, scores=pain_scores(worst=1.0)) for weeks in (0.0, 8.0)]
    review = compare_visits(visits).review
    assert review.move is not StepMove.REFER
    assert review.weeks_without_change is None


def test_pain_that_really_got_worse_lets_no_step_move_on() -> None:
    found = compare_visits(
        [
            planned(*hips(-6.0, 8.0), scores=pain_scores(worst=3.0)),
            planned(*hips(6.0, 15.0), weeks=3, scores=pain_scores(worst=7.0)),
        ]
    )
    assert found.review.move is StepMove.HOLD
    assert StepMove.MOVE_ON not in {one.move for one in found.steps}


def test_a_stop_of_the_safety_screen_refers_whatever_the_numbers_say() -> None:
    found = compare_visits(
        [
            planned(*hips(-6.0, 8.0)),
            planned(*hips(6.0, 15.0), weeks=3, steps={}, stopped="See a clinician first."),
        ]
    )
    assert found.review.move is StepMove.REFER
    assert "See a clinician first." in found.review.plain
    assert {one.move for one in found.steps} == {StepMove.REFER}
