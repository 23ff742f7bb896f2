from __future__ import annotations

import pytest

from primemover.findings import read_bend, read_exam, read_hip
from primemover.findings.pairing import pair
from primemover.findings.percentiles import percentile_band
from primemover.model.measure import Measure, Side
from primemover.model.person import Person, Sex
from primemover.model.reasoning import FurtherKind
from primemover.model.session import Session
from tests.unit.findings.given import given


def both_hips(passive: float, active: float, se: float = 2.0) -> dict[str, Measure]:
    return given(
        hip_rotation_passive_left=(passive, se),
        hip_rotation_active_left=(active, se),
        hip_rotation_passive_right=(passive, se),
        hip_rotation_active_right=(active, se),
    )


def bend(fingers: float, lumbar: float, pelvis: float, se: float = 3.0) -> dict[str, Measure]:
    return given(
        fingertip_to_floor=(fingers, 1.2),
        bend_lumbar_excursion=(lumbar, se),
        bend_pelvis_rotation=(pelvis, se),
    )


@pytest.mark.parametrize(
    ("passive", "active", "state"),
    [
        (48, 46, "target_met"),
        (50, 30, "control"),
        (26, 25, "socket"),
        (33, 15, "mixed"),
        (40, 36, "indeterminate"),
    ],
)
def test_the_articles_hip_states(passive: float, active: float, state: str) -> None:
    reading = read_hip(Side.LEFT, both_hips(passive, active))
    assert reading.state == state
    assert sum(reading.probabilities.values()) == pytest.approx(1.0)
    assert bool(reading.next_step) == (state == "indeterminate")


@pytest.mark.parametrize(("gap", "called"), [(10.5, "control"), (3.5, "target_met"), (7, "")])
def test_a_trained_raters_gap_of_ten_is_real_and_below_five_is_none(
    gap: float, called: str
) -> None:
    state = read_hip(Side.LEFT, both_hips(52, 52 - gap, se=2.0)).state
    assert state == (called or "indeterminate")


def test_with_passive_alone_the_two_states_it_may_be_are_named() -> None:
    reading = read_hip(Side.RIGHT, given(hip_rotation_passive_right=(28, 2)))
    assert reading.state == "indeterminate"
    assert reading.probabilities["indeterminate"] == pytest.approx(1.0)
    assert "socket or mixed" in reading.plain
    assert reading.next_step.startswith("Measure active hip internal rotation (right)")


def test_with_active_alone_passive_is_asked_for() -> None:
    reading = read_hip(Side.LEFT, given(hip_rotation_active_left=(28, 2)))
    assert reading.state == "indeterminate"
    assert reading.next_step.startswith("Measure passive hip internal rotation (left)")


def test_nothing_measured_is_said_so() -> None:
    reading = read_hip(Side.LEFT, {})
    assert "not measured" in reading.plain
    assert reading.percentile is None


def test_the_fewest_further_readings_are_named() -> None:
    measures = given(hip_rotation_passive_left=(45.5, 5.4), hip_rotation_active_left=(30, 5.4))
    step = read_hip(Side.LEFT, measures).next_step
    assert step.startswith("Repeat passive hip internal rotation (left): two more readings")


def test_repeats_that_would_not_settle_it_are_not_promised() -> None:
    measures = given(hip_rotation_passive_left=(40, 5.4), hip_rotation_active_left=(33, 5.4))
    further = read_hip(Side.LEFT, measures).further
    assert further is not None
    assert further.kind is FurtherKind.RETAKE
    assert "with an inclinometer" in further.text


def test_active_rotation_that_reaches_the_target_by_itself_is_mentioned() -> None:
    assert "already reaches" in read_hip(Side.LEFT, both_hips(60, 45)).because
    assert "already reaches" not in read_hip(Side.LEFT, both_hips(60, 30)).because


@pytest.mark.parametrize(
    ("measures", "pattern", "direction"),
    [
        (bend(-2, 80, 62), "mobile_compensating", "over_rounded"),
        (bend(-2, 10, 95), "mobile_compensating", "lordosis_held"),
        (bend(20, 55, 38), "hip_blocked", ""),
        (bend(1, 45, 72), "even", ""),
        (bend(12, 45, 72), "even", ""),
        (bend(20, 80, 75), "mixed", ""),
        (bend(3, 64, 58, se=6), "indeterminate", ""),
    ],
)
def test_the_articles_bend_patterns(
    measures: dict[str, Measure], pattern: str, direction: str
) -> None:
    reading = read_bend(measures)
    assert (reading.pattern, reading.direction) == (pattern, direction)
    assert sum(reading.probabilities.values()) == pytest.approx(1.0)


def test_a_bend_without_the_fingertips_is_open_where_they_decide() -> None:
    reading = read_bend(given(bend_lumbar_excursion=(80, 3), bend_pelvis_rotation=(45, 3)))
    assert reading.pattern == "indeterminate"
    assert reading.next_step.startswith("Measure fingertip to floor")


@pytest.mark.parametrize(
    ("hips", "bent", "result"),
    [
        (both_hips(50, 30), bend(-2, 80, 62), "agree_control"),
        (both_hips(26, 25), bend(20, 55, 38), "agree_socket"),
        (both_hips(48, 46), bend(1, 45, 72), "clear"),
        (both_hips(50, 30), bend(20, 55, 38), "disagree"),
        (both_hips(26, 25), bend(-2, 80, 62), "disagree"),
        (both_hips(48, 46), bend(20, 55, 38), "disagree"),
        (both_hips(40, 36), bend(1, 45, 72), "indeterminate"),
        (both_hips(48, 46), {}, "indeterminate"),
    ],
)
def test_the_two_tests_are_read_together(
    hips: dict[str, Measure], bent: dict[str, Measure], result: str
) -> None:
    pairing = read_exam({**hips, **bent}, (), Session()).pairing
    assert pairing.result == result
    assert sum(pairing.probabilities.values()) == pytest.approx(1.0)


def test_the_worse_hip_decides() -> None:
    measures = both_hips(48, 46) | given(
        hip_rotation_passive_right=(26, 2), hip_rotation_active_right=(25, 2)
    )
    left, right = (read_hip(side, measures) for side in (Side.LEFT, Side.RIGHT))
    assert pair(left, right, read_bend(bend(20, 55, 38))).result == "agree_socket"
    assert pair(right, left, read_bend(bend(20, 55, 38))).result == "agree_socket"


def test_one_clear_hip_alone_does_not_clear_the_person() -> None:
    only_left = given(hip_rotation_passive_left=(48, 2), hip_rotation_active_left=(46, 2))
    left, right = (read_hip(side, only_left) for side in (Side.LEFT, Side.RIGHT))
    assert pair(left, right, read_bend(bend(1, 45, 72))).result == "indeterminate"


def test_one_short_hip_alone_is_enough_to_read() -> None:
    only_left = given(hip_rotation_passive_left=(26, 2), hip_rotation_active_left=(25, 2))
    left, right = (read_hip(side, only_left) for side in (Side.LEFT, Side.RIGHT))
    assert pair(left, right, read_bend(bend(20, 55, 38))).result == "agree_socket"


def test_the_percentile_is_a_band_that_knows_sex_and_age() -> None:
    measure = given(hip_rotation_passive_left=(38, 2))["hip_rotation_passive_left"]
    anyone = percentile_band(measure, Person())
    woman = percentile_band(measure, Person(sex=Sex.FEMALE, age_years=30))
    man = percentile_band(measure, Person(sex=Sex.MALE, age_years=65))
    assert anyone is not None
    assert woman is not None
    assert man is not None
    assert 0 <= anyone[0] < anyone[1] <= 100
    assert anyone[0] <= woman[0] <= woman[1] <= anyone[1]
    assert man[1] > woman[0]
    assert woman != man
