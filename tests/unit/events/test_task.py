"""Movements told apart by where the hands go."""

from dataclasses import replace

import numpy as np
import pytest

from primemover.events.task import BodySignals, guess_task
from primemover.model.view import TaskName

TIME_S = np.arange(0.0, 6.0, 1.0 / 30.0)
BEND = np.clip(1.0 - np.abs(TIME_S - 2.5) / 1.5, 0.0, 1.0)  # down and up again, 1 at the bottom


def moving(
    *,
    hands_low: float,
    hands_before: float = 0.75,
    hands_after: float = 0.75,
    knee_deg: float = 80.0,
    loaded: bool = False,
) -> BodySignals:
    """Return a bend whose hands go down to `hands_low` and end at `hands_after`."""
    hand = hands_before + BEND * (hands_low - hands_before)
    hand = np.where(TIME_S > 4.0, hands_after, hand)
    shoulder = 1.5 - 0.5 * BEND
    return BodySignals(
        time_s=TIME_S,
        hinge_rad=np.deg2rad(105.0) * BEND,
        knee_rad=np.deg2rad(knee_deg) * BEND,
        hand_up=np.fmin(hand, 2.0),
        shoulder_up=shoulder,
        knee_up=np.full(TIME_S.size, 0.5),
        load_up=np.where(loaded, hand - 0.1, np.nan),
    )


def test_hands_past_the_knees_and_up_again_is_a_deadlift() -> None:
    assert guess_task(moving(hands_low=0.3)).looks_like is TaskName.DEADLIFT


def test_hands_at_the_shoulders_all_the_time_is_a_squat() -> None:
    guess = guess_task(moving(hands_low=0.95, hands_before=1.4, hands_after=1.4))
    assert guess.looks_like is TaskName.SQUAT


def test_hands_that_end_at_the_shoulders_make_a_clean() -> None:
    assert guess_task(moving(hands_low=0.3, hands_after=1.42)).looks_like is TaskName.CLEAN


def test_a_hand_that_jumps_to_the_shoulder_for_a_moment_makes_no_clean() -> None:
    lift = moving(hands_low=0.3)
    lost = (TIME_S > 4.2) & (TIME_S < 4.5)
    jumps = replace(lift, hand_up=np.where(lost, lift.shoulder_up, lift.hand_up))
    assert guess_task(jumps).looks_like is TaskName.DEADLIFT


def test_a_load_that_stays_at_the_thighs_makes_no_clean() -> None:
    clean = moving(hands_low=0.3, hands_after=1.42)
    low = replace(clean, load_up=moving(hands_low=0.3).hand_up)
    assert guess_task(low).looks_like is TaskName.DEADLIFT
    caught = replace(clean, load_up=clean.hand_up)
    assert guess_task(caught).looks_like is TaskName.CLEAN


def test_straight_knees_and_nothing_lifted_is_a_forward_bend() -> None:
    bend = guess_task(moving(hands_low=0.15, knee_deg=8.0))
    assert bend.looks_like is TaskName.FORWARD_BEND


def test_straight_knees_with_a_load_is_still_a_lift() -> None:
    lift = guess_task(moving(hands_low=0.25, knee_deg=12.0, loaded=True))
    assert lift.looks_like is TaskName.DEADLIFT


def test_hands_that_stay_at_the_hips_are_something_else() -> None:
    other = guess_task(moving(hands_low=0.80, hands_before=1.0, hands_after=1.0))
    assert other.looks_like is TaskName.OTHER


def test_standing_still_is_something_else_and_says_so() -> None:
    still = moving(hands_low=0.3)
    guess = guess_task(
        BodySignals(
            time_s=TIME_S,
            hinge_rad=np.zeros(TIME_S.size),
            knee_rad=still.knee_rad,
            hand_up=still.hand_up,
            shoulder_up=still.shoulder_up,
            knee_up=still.knee_up,
            load_up=still.load_up,
        )
    )
    assert guess.looks_like is TaskName.OTHER
    assert "bends" in guess.why


@pytest.mark.parametrize("hands_low", [0.1, 0.5, 0.74, 1.0])
def test_a_guess_has_a_probability(hands_low: float) -> None:
    assert 0.0 < guess_task(moving(hands_low=hands_low)).probability <= 1.0
