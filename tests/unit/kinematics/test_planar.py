import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.kinematics.errors import systematic_se_rad
from primemover.kinematics.planar import (
    inclination_rad,
    inclination_se_rad,
    joint_flexion_rad,
    shank_rotation_rad,
)

ORIGIN = np.zeros((1, 2))
angles = st.floats(-1.5, 1.5)


def at(angle_rad: float, length: float, *, forward: int) -> np.ndarray:
    """Return the upper end of a segment that stands on the origin (y down)."""
    return np.array([[forward * length * np.sin(angle_rad), -length * np.cos(angle_rad)]])


def test_an_upright_segment_has_no_inclination() -> None:
    assert inclination_rad(ORIGIN, np.array([[0.0, -100.0]]), forward=1)[0] == pytest.approx(0.0)


def test_leaning_the_way_one_faces_is_positive() -> None:
    ahead = np.array([[50.0, -50.0]])
    assert inclination_rad(ORIGIN, ahead, forward=1)[0] == pytest.approx(np.pi / 4)
    assert inclination_rad(ORIGIN, ahead, forward=-1)[0] == pytest.approx(-np.pi / 4)


@given(shank=angles, thigh=angles, trunk=angles, forward=st.sampled_from([-1, 1]))
def test_joint_angles_of_a_posed_stick_figure_come_back(
    shank: float, thigh: float, trunk: float, forward: int
) -> None:
    knee = at(shank, 43.0, forward=forward)
    hip = knee + at(thigh, 42.0, forward=forward)
    shoulder = hip + at(trunk, 50.0, forward=forward)
    shank_seen = inclination_rad(ORIGIN, knee, forward=forward)
    thigh_seen = inclination_rad(knee, hip, forward=forward)
    trunk_seen = inclination_rad(hip, shoulder, forward=forward)
    wrapped = np.angle(np.exp(1j * (shank - thigh)))
    assert joint_flexion_rad(shank_seen, thigh_seen)[0] == pytest.approx(wrapped, abs=1e-9)
    assert trunk_seen[0] - thigh_seen[0] == pytest.approx(trunk - thigh, abs=1e-9)


def test_a_foot_swung_outward_is_internal_rotation_on_both_sides() -> None:
    outward_left = np.array([[50.0, 50.0 * np.sqrt(3.0)]])
    assert shank_rotation_rad(ORIGIN, outward_left, outward=1)[0] == pytest.approx(np.pi / 6)
    mirrored = outward_left * [-1.0, 1.0]
    assert shank_rotation_rad(ORIGIN, mirrored, outward=-1)[0] == pytest.approx(np.pi / 6)


def test_a_longer_segment_is_turned_less_by_the_same_error() -> None:
    near, far = np.array([[0.0, -50.0]]), np.array([[0.0, -100.0]])
    error = np.ones(1)
    short = inclination_se_rad(ORIGIN, near, low_se_px=error, high_se_px=error)
    long = inclination_se_rad(ORIGIN, far, low_se_px=error, high_se_px=error)
    assert short[0] == pytest.approx(2 * long[0])
    assert short[0] == pytest.approx(np.sqrt(2) / 50.0)


def test_the_stated_error_of_a_segment_is_what_scattered_points_give() -> None:
    rng = np.random.default_rng(5)
    low = rng.normal(0.0, 2.0, (20_000, 2))
    high = np.array([0.0, -120.0]) + rng.normal(0.0, 1.0, (20_000, 2))
    stated = inclination_se_rad(
        ORIGIN,
        np.array([[0.0, -120.0]]),
        low_se_px=np.full(1, 2.0),
        high_se_px=np.full(1, 1.0),
    )[0]
    assert np.std(inclination_rad(low, high, forward=1)) == pytest.approx(stated, rel=0.03)


@pytest.mark.parametrize("angle", ["trunk_inclination", "trunk_thigh", "knee_flexion"])
def test_counting_from_own_standing_makes_every_angle_surer(angle: str) -> None:
    for yaw_deg in (0.0, 10.0, 20.0, 40.0):
        yaw = np.deg2rad(yaw_deg)
        assert systematic_se_rad(angle, yaw_rad=yaw, zeroed=True) < systematic_se_rad(
            angle, yaw_rad=yaw, zeroed=False
        )


def test_the_published_trunk_error_becomes_a_standard_error() -> None:
    se = systematic_se_rad("trunk_inclination", yaw_rad=0.0, zeroed=True)
    assert np.rad2deg(se) == pytest.approx(1.9 * 1.2533, rel=1e-3)


def test_an_unknown_yaw_counts_as_the_worst_that_was_measured() -> None:
    unknown = systematic_se_rad("trunk_thigh", yaw_rad=np.nan, zeroed=True)
    assert unknown == systematic_se_rad("trunk_thigh", yaw_rad=np.deg2rad(30.0), zeroed=True)
