"""A two-link leg whose knee is known, and knees that no leg could have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.model.arrays import Floats
from primemover.pose.plausible import impossible_knee

LEG_PX = 200.0


def leg(shank_rad: float, thigh_rad: float, *, forward: int) -> tuple[Floats, Floats, Floats]:
    """Return hip, knee and ankle (1, 2) of a leg of two equal halves, y down."""
    ankle = np.array([[300.0, 400.0]])
    half = LEG_PX / 2.0
    knee = ankle + half * np.array([[forward * np.sin(shank_rad), -np.cos(shank_rad)]])
    hip = knee + half * np.array([[forward * np.sin(thigh_rad), -np.cos(thigh_rad)]])
    return hip, knee, ankle


@given(
    shank=st.floats(-0.2, 0.7),
    flexion=st.floats(0.0, 2.2),
    forward=st.sampled_from([-1, 1]),
)
def test_every_leg_that_bends_the_right_way_is_possible(
    shank: float, flexion: float, forward: int
) -> None:
    hip, knee, ankle = leg(shank, shank - flexion, forward=forward)
    assert not impossible_knee(hip, knee, ankle, forward=forward, leg_px=LEG_PX)[0]


@pytest.mark.parametrize("forward", [-1, 1])
def test_a_knee_that_bends_backward_is_impossible(forward: int) -> None:
    hip, knee, ankle = leg(-0.4, 0.4, forward=forward)
    assert impossible_knee(hip, knee, ankle, forward=forward, leg_px=LEG_PX)[0]


def test_a_knee_drawn_on_the_hands_makes_the_thigh_too_long() -> None:
    hip, knee, ankle = leg(0.3, -0.9, forward=1)
    stretched = hip + 1.5 * (knee - hip)
    assert impossible_knee(hip, stretched, ankle, forward=1, leg_px=LEG_PX)[0]


def test_a_knee_drawn_on_the_foot_makes_the_shank_too_short() -> None:
    hip, knee, ankle = leg(0.3, -0.9, forward=1)
    assert impossible_knee(hip, ankle + 0.2 * (knee - ankle), ankle, forward=1, leg_px=LEG_PX)[0]


def test_noise_of_a_landmark_is_forgiven() -> None:
    rng = np.random.default_rng(11)
    hip, knee, ankle = leg(0.3, -0.9, forward=1)
    noisy = knee + rng.normal(0.0, 0.03 * LEG_PX, (500, 2))
    wrong = impossible_knee(
        np.repeat(hip, 500, axis=0), noisy, np.repeat(ankle, 500, axis=0), forward=1, leg_px=LEG_PX
    )
    assert wrong.mean() < 0.01
