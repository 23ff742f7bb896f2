"""Postures that can be solved on paper: a man of 80 kg and 1.80 m by de Leva's table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.motion import Arms
from primemover.dynamics.segments import JOINTS, Joint
from tests.unit.dynamics.lifts import hanging_load, lifter, posture

G = 9.80665
TRUNK_M = 0.5155 / 1.741 * 1.8
THIGH_M = 0.4222 / 1.741 * 1.8
HEAD_M = 0.2429 / 1.741 * 1.8
ARMS_KG = 80.0 * 2.0 * (0.0271 + 0.0162 + 0.0061)
ABOVE_L5S1_KG = 80.0 * (0.1633 + 0.1596 + 0.0694) + ARMS_KG


def held(load_kg: float, **inclinations_rad: float) -> LiftDynamics:
    body = lifter()
    motion = posture(body, **inclinations_rad)
    return inverse_dynamics(motion, body, hanging_load(motion, body, mass_kg=load_kg))


def test_upright_with_a_bar_under_the_shoulders_only_the_spine_behind_the_line_works() -> None:
    lift = held(20.0)
    for joint in (Joint.ANKLE, Joint.KNEE, Joint.HIP, Joint.NECK):
        assert lift.moment(joint) == pytest.approx(0.0, abs=1e-6)
    expected = G * (ABOVE_L5S1_KG + 20.0) * 0.045 * TRUNK_M
    assert lift.moment(Joint.L5S1) == pytest.approx(expected, rel=1e-6)


def test_a_horizontal_trunk_with_a_bar_at_arms_length() -> None:
    level = np.pi / 2
    lift = held(20.0, pelvis_rad=level, lumbar_rad=level, chest_rad=level, head_rad=level)
    omphalion, xiphion, suprasternale = 0.1457 / 0.5155, 0.3612 / 0.5155, 0.5319 / 0.5155
    lower = omphalion - 0.6115 * omphalion
    middle = xiphion - 0.4502 * (xiphion - omphalion)
    upper = suprasternale - 0.2999 * (suprasternale - xiphion)
    head_m = 0.6033 / 0.5155 * TRUNK_M + (1.0 - 0.5002) * HEAD_M
    parts = (  # mass in kg and distance before the hips in m
        (80.0 * 0.1117, lower * TRUNK_M),
        (80.0 * 0.1633, middle * TRUNK_M),
        (80.0 * 0.1596, upper * TRUNK_M),
        (80.0 * 0.0694, head_m),
        (ARMS_KG, TRUNK_M),
        (20.0, TRUNK_M),
    )
    hip_nm = G * sum(kg * m for kg, m in parts)
    l5s1_nm = G * sum(kg * (m - 0.2 * TRUNK_M) for kg, m in parts[1:])
    assert lift.moment(Joint.HIP) == pytest.approx(hip_nm, rel=1e-3)
    assert lift.moment(Joint.L5S1) == pytest.approx(l5s1_nm, rel=1e-3)
    assert lift.moment_per_side(Joint.HIP) == pytest.approx(0.5 * hip_nm, rel=1e-3)
    # All joints of the legs stand over each other: they carry the same moment.
    assert lift.moment(Joint.KNEE) == pytest.approx(-lift.moment(Joint.HIP))
    assert lift.moment(Joint.ANKLE) == pytest.approx(lift.moment(Joint.HIP))


def test_sitting_on_air_the_knees_extend() -> None:
    lift = held(20.0, thigh_rad=-np.pi / 2)
    thigh_kg = 80.0 * 2.0 * 0.1416
    above_kg = 80.0 * 0.1117 + ABOVE_L5S1_KG + 20.0
    knee_nm = G * (thigh_kg * (1.0 - 0.4095) + above_kg) * THIGH_M
    assert lift.moment(Joint.KNEE) == pytest.approx(knee_nm, rel=1e-3)
    assert lift.moment(Joint.HIP) == pytest.approx(0.0, abs=1e-6)


def test_leaning_forward_from_the_ankles_is_held_by_the_calves() -> None:
    angles = ("shank", "thigh", "pelvis", "lumbar", "chest", "head")
    lift = held(20.0, **{f"{name}_rad": 0.1 for name in angles})
    assert (lift.moment(Joint.ANKLE) > 50.0).all()
    assert (lift.ground.pressure_x_m > 0.05).all()


def test_standing_still_the_ground_carries_the_weight_of_body_and_bar() -> None:
    lift = held(20.0)
    assert lift.ground.force_n[:, 1] == pytest.approx(100.0 * G)
    assert lift.ground.force_n[:, 0] == pytest.approx(0.0, abs=1e-6)
    assert lift.ground.residual == pytest.approx(0.0, abs=1e-6)
    assert lift.ground.under_feet.all()
    assert lift.power_w == pytest.approx(0.0, abs=1e-6)


def test_the_centre_of_pressure_is_under_the_common_centre_of_mass() -> None:
    body = lifter()
    motion = posture(body, shank_rad=0.2, thigh_rad=-0.5, pelvis_rad=0.7, chest_rad=0.9)
    load = hanging_load(motion, body, mass_kg=60.0)
    lift = inverse_dynamics(motion, body, load)
    weighted = (body.mass_kg[:, None] * lift.centre_m[..., 0]).sum(axis=0)
    weighted = weighted + 60.0 * lift.load_m[:, 0]
    assert lift.ground.pressure_x_m == pytest.approx(weighted / 140.0)


def test_whoever_leans_too_far_has_the_pressure_before_the_toes() -> None:
    lift = held(50.0, shank_rad=0.5, thigh_rad=0.5, pelvis_rad=0.5, lumbar_rad=0.5, chest_rad=0.5)
    assert (lift.ground.pressure_x_m > lift.ground.toe_x_m).all()
    assert not lift.ground.under_feet.any()


def test_empty_hands_hang_where_they_are_said_to_hang() -> None:
    body = lifter()
    motion = posture(body)
    frames = motion.time_s.size
    arms = Arms(upper_arm_rad=np.zeros(frames), forearm_rad=np.full(frames, -np.pi / 2))
    lift = inverse_dynamics(replace(motion, arms=arms), body, None)
    forearm_m = 0.2689 / 1.741 * 1.8
    hand_m = 0.0862 / 1.741 * 1.8
    elbow_nm = G * 160.0 * (0.0162 * 0.4574 * forearm_m + 0.0061 * (forearm_m + 0.79 * hand_m))
    assert lift.moment(Joint.ELBOW) == pytest.approx(elbow_nm)
    assert np.isnan(lift.load_m).all()
    assert lift.ground.force_n[:, 1] == pytest.approx(80.0 * G)


def test_a_bar_on_the_floor_loads_nobody() -> None:
    body = lifter()
    motion = posture(body, thigh_rad=-0.5, pelvis_rad=0.9, lumbar_rad=0.9, chest_rad=0.9)
    load = hanging_load(motion, body, mass_kg=100.0)
    empty = inverse_dynamics(motion, body, replace(load, carried=np.full(motion.time_s.size, 0.0)))
    half = inverse_dynamics(motion, body, replace(load, carried=np.full(motion.time_s.size, 0.5)))
    full = inverse_dynamics(motion, body, replace(load, carried=np.full(motion.time_s.size, 1.0)))
    assert empty.ground.force_n[:, 1] == pytest.approx(80.0 * G)
    assert half.ground.force_n[:, 1] == pytest.approx(130.0 * G)
    for joint in JOINTS:
        middle = 0.5 * (empty.moment(joint) + full.moment(joint))
        assert half.moment(joint) == pytest.approx(middle)
