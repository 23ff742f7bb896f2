from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr

from primemover.findings import read_exam, read_hip
from primemover.findings.belief import for_side
from primemover.findings.further import Question, Trial, trials
from primemover.findings.states import bases_of, question_of
from primemover.knowledge import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.measure import Measure, Side
from primemover.model.reasoning import FurtherKind
from primemover.model.session import Session
from tests.unit.findings.given import given

LINE = Condition(measure="hip_rotation_passive_left", below=40.0, unit="deg")


def question(condition: Condition) -> Question:
    conditions = (condition, Condition(negated=condition))
    needed = bases_of([condition])
    return Question(id="one", conditions=conditions, needed=needed, enough=0.8)


def one_line(value: float, se: float) -> tuple[Trial, ...]:
    return trials(question(LINE), given(hip_rotation_passive_left=(value, se)))


@pytest.mark.parametrize("more", [1, 2, 5])
def test_the_chance_of_settling_one_line_is_the_closed_form(more: int) -> None:
    value, se = 42.0, 5.0
    found = {(t.kind, t.readings): t for t in one_line(value, se)}[FurtherKind.REPEAT, more]
    after = se * math.sqrt(0.5 + 0.5 / (1 + more))  # half of the variance averages out
    step = math.sqrt(se**2 - after**2)
    reach = 0.8416212 * after  # the mean must lie this far from the line
    known = ndtr((40 - reach - value) / step) + 1 - ndtr((40 + reach - value) / step)
    assert found.probability == pytest.approx(float(known), abs=1 / 15 + 1e-9)  # 15 outcomes


def test_information_is_what_the_further_reading_takes_from_doubt() -> None:
    rng = np.random.default_rng(3)
    value, se, more = 42.0, 5.0, 3
    found = {(t.kind, t.readings): t for t in one_line(value, se)}[FurtherKind.REPEAT, more]
    after = se * math.sqrt(0.5 + 0.5 / (1 + more))
    means = value + math.sqrt(se**2 - after**2) * rng.standard_normal(20_000)

    def entropy(p: np.ndarray) -> np.ndarray:
        q = np.clip(p, 1e-12, 1 - 1e-12)
        return np.asarray(-(q * np.log2(q) + (1 - q) * np.log2(1 - q)))

    now = float(entropy(np.array(ndtr((40 - value) / se))))
    later = float(entropy(ndtr((40 - means) / after)).mean())
    assert found.bits == pytest.approx(now - later, abs=0.02)


def test_more_readings_never_tell_less() -> None:
    repeats = [t for t in one_line(43.0, 4.0) if t.kind is FurtherKind.REPEAT]
    bits = [t.bits for t in sorted(repeats, key=lambda t: t.readings)]
    assert bits == sorted(bits)
    assert bits[0] > 0.0


def test_a_trained_hand_is_not_offered_to_a_trained_hand() -> None:
    kinds = {t.kind for t in one_line(42.0, 1.9)}
    assert kinds == {FurtherKind.REPEAT}
    assert FurtherKind.RETAKE in {t.kind for t in one_line(42.0, 5.0)}


def hips(
    passive: float, active: float, se: float = 2.0, **others: tuple[float, float]
) -> dict[str, Measure]:
    return given(
        hip_rotation_passive_left=(passive, se), hip_rotation_active_left=(active, se), **others
    )


def test_the_reading_that_is_open_is_the_one_to_repeat() -> None:
    near_target = read_hip(Side.LEFT, hips(41.5, 40.5)).further
    near_gap = read_hip(Side.LEFT, hips(60, 52)).further
    assert near_target is not None
    assert near_gap is not None
    assert near_target.measures == ("hip_rotation_passive_left",)
    assert "hip_rotation_active_left" in near_gap.measures


def test_what_is_missing_comes_before_any_repeat() -> None:
    (only,) = trials(
        question_of(load().hip_states, "hip_left", side="left"),
        given(hip_rotation_passive_left=(28, 2)),
    )
    assert only.kind is FurtherKind.MEASURE
    assert only.measures == ("hip_rotation_active_left",)
    assert 0.5 < only.probability < 1.0


def test_a_passive_reading_settles_more_when_it_lies_far_from_the_target() -> None:
    states = question_of(load().hip_states, "hip_left", side="left")
    far, near = (
        trials(states, given(hip_rotation_passive_left=(value, 2)))[0].probability
        for value in (20, 40)
    )
    assert far > near


def test_the_exam_asks_first_for_what_keeps_the_tests_apart() -> None:
    measures = hips(
        41,
        40,
        hip_rotation_passive_right=(51, 2),
        hip_rotation_active_right=(49, 2),
        fingertip_to_floor=(0, 1.2),
        bend_pelvis_rotation=(74, 2.5),
        bend_lumbar_excursion=(45, 2.5),
    )
    reading = read_exam(measures, (), Session())
    assert reading.pairing.result == "indeterminate"
    assert reading.further[0].settles[0] == "hip_left"
    assert "hip_rotation_below_target_left" in reading.further[0].settles


def test_nothing_is_asked_of_a_settled_exam_but_the_lift() -> None:
    measures = hips(
        51,
        30,
        hip_rotation_passive_right=(51, 2),
        hip_rotation_active_right=(30, 2),
        fingertip_to_floor=(-4, 1.2),
        bend_pelvis_rotation=(66, 2.5),
        bend_lumbar_excursion=(90, 2.5),
        bend_thoracic_excursion=(5, 2.5),
    )
    reading = read_exam(measures, (), Session())
    assert [one.kind for one in reading.further] == [FurtherKind.FILM_LIFT]


def test_both_sides_get_the_same_advice() -> None:
    left = read_hip(Side.LEFT, hips(41.5, 40.5)).further
    right = read_hip(
        Side.RIGHT,
        given(hip_rotation_passive_right=(41.5, 2), hip_rotation_active_right=(40.5, 2)),
    ).further
    assert left is not None
    assert right is not None
    assert left.text.replace("left", "right") == right.text
    assert (left.probability, left.bits) == pytest.approx((right.probability, right.bits))


def test_a_repeat_that_bears_on_nothing_tells_nothing() -> None:
    share = Condition(measure="bend_lumbar_share", above=0.5, unit="1", if_measured=True)
    refused = given(bend_lumbar_excursion=(3, 3), bend_pelvis_rotation=(2, 3))
    assert not refused["bend_lumbar_share"].is_known
    found = trials(question(share), refused)
    assert {(one.probability, one.bits) for one in found} <= {(1.0, 0.0), (0.0, 0.0)}


def test_a_condition_of_a_side_speaks_of_that_side() -> None:
    row = load().hip_states["control"]
    names = {leaf.measure for leaf in for_side(row.present_when, "right").leaves()}
    assert names == {"hip_rotation_passive_right", "hip_rotation_gap_right"}
