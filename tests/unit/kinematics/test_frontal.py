"""Angles in a front view, and what is known of their error."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.kinematics.frontal import (
    hip_rotation_rad,
    line_tilt_rad,
    rotation_se_rad,
    side_lean_rad,
    space_flexion_rad,
)
from primemover.model.measure import Side

KNEE = np.array([[100.0, 100.0]])


def test_a_foot_that_moves_outward_turns_the_hip_in() -> None:
    picture_right = KNEE + np.array([[50.0, 50.0]])
    assert np.rad2deg(hip_rotation_rad(KNEE, picture_right, side=Side.LEFT)) == pytest.approx(45.0)
    assert np.rad2deg(hip_rotation_rad(KNEE, picture_right, side=Side.RIGHT)) == pytest.approx(-45)


def test_a_hanging_shank_is_zero() -> None:
    below = KNEE + np.array([[0.0, 80.0]])
    assert hip_rotation_rad(KNEE, below, side=Side.LEFT) == pytest.approx(0.0)


def test_a_higher_left_hip_is_a_positive_tilt() -> None:
    left, right = np.array([[150.0, 90.0]]), np.array([[50.0, 110.0]])
    assert line_tilt_rad(left, right)[0] > 0.0


def test_a_lean_to_the_persons_left_is_positive() -> None:
    assert side_lean_rad(KNEE, np.array([[120.0, 0.0]]))[0] > 0.0


@given(st.floats(0.0, np.pi), st.floats(0.05, 2.0), st.floats(0.05, 2.0))
def test_flexion_in_space_is_the_turn_between_the_segments(
    flexion: float, upper: float, lower: float
) -> None:
    joint = np.array([upper, 0.0, 0.0])
    distal = joint + lower * np.array([np.cos(flexion), 0.0, np.sin(flexion)])
    assert space_flexion_rad(np.zeros(3), joint, distal) == pytest.approx(flexion, abs=1e-6)


def test_the_error_grows_with_yaw_and_without_a_rest() -> None:
    errors = [
        rotation_se_rad(yaw_rad=np.deg2rad(yaw), from_rest=True) for yaw in (0, 10, 20, 30, 45)
    ]
    assert errors == sorted(errors)
    assert rotation_se_rad(yaw_rad=0.0, from_rest=False) > errors[2]
    assert rotation_se_rad(yaw_rad=0.0, from_rest=True, knee_is_square=False) > errors[0]


def test_an_unknown_yaw_counts_as_the_largest_that_was_tried() -> None:
    unknown = rotation_se_rad(yaw_rad=np.nan, from_rest=True)
    assert unknown == rotation_se_rad(yaw_rad=np.deg2rad(20.0), from_rest=True)
