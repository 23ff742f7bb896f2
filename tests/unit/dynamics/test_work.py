from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.segments import Joint
from primemover.dynamics.work import LiftInstants, LiftPhase, WorkGroup, lift_work
from primemover.model.arrays import Floats
from tests.unit.dynamics.lifts import hanging_load, lifter, posture, synthetic_lift

INSTANTS = LiftInstants(set_up_s=-0.4, lift_off_s=0.0, knee_pass_s=0.8, lockout_s=2.0)


def lifted(seed: int | None = None) -> LiftDynamics:
    body = lifter()
    motion, load = synthetic_lift(body, seed=seed)
    return inverse_dynamics(motion, body, load)


def rising(**from_rad: float) -> LiftDynamics:
    """Return a lift in which the named segments turn up to upright from rest to rest, 0-2 s."""
    body = lifter()
    motion = posture(body)
    time_s = np.arange(-0.5, 2.5, 1.0 / 60.0)
    x = np.clip(time_s / 2.0, 0.0, 1.0)
    left = 1.0 - x**3 * (10.0 - 15.0 * x + 6.0 * x**2)
    curves: dict[str, Floats] = {
        name: from_rad.get(name, 0.0) * left for name in motion.__slots__ if name.endswith("_rad")
    }
    ankle = np.tile(motion.ankle_m[0], (time_s.size, 1))
    moving = replace(motion, time_s=time_s, ankle_m=ankle, arms=None, **curves)
    return inverse_dynamics(moving, body, hanging_load(moving, body, mass_kg=60.0, reach=0.999))


@settings(max_examples=10, deadline=None)
@given(
    seed=st.integers(0, 1000),
    edges=st.lists(st.floats(-0.6, 2.5), min_size=4, max_size=4, unique=True).map(sorted),
)
def test_positive_and_negative_work_add_up_to_the_integral_of_power(
    seed: int, edges: list[float]
) -> None:
    lift = lifted(seed)
    inside = [float(np.clip(edge, lift.time_s[0], lift.time_s[-1])) for edge in edges]
    work = lift_work(lift, LiftInstants(**dict(zip(LiftInstants.__slots__, inside, strict=True))))
    net = (work.positive_j + work.negative_j).sum(axis=0)
    fine = np.linspace(inside[0], inside[-1], 20001)
    for joint, power in enumerate(lift.power_w):
        expected = np.trapezoid(np.interp(fine, lift.time_s, power), fine)
        assert net[joint] == pytest.approx(expected, abs=0.01)
    assert (work.positive_j >= -1e-9).all()
    assert (work.negative_j <= 1e-9).all()


def test_the_work_of_all_joints_lifts_body_and_bar() -> None:
    body = lifter()
    lift = lifted()
    work = lift_work(lift, INSTANTS)
    start, end = (np.argmin(np.abs(lift.time_s - t)) for t in (0.0, 2.0))
    height = (body.mass_kg[:, None] * lift.centre_m[..., 1]).sum(axis=0)
    height = height + 100.0 * lift.load_m[:, 1]
    gained = 9.80665 * (height[end] - height[start])
    net = (work.positive_j + work.negative_j)[1:].sum()
    assert net == pytest.approx(gained, rel=0.01)
    assert gained > 500.0


def test_shares_add_up_to_one() -> None:
    work = lift_work(lifted(), INSTANTS)
    assert work.work_share.sum() == pytest.approx(1.0)
    assert work.rise_share.sum() == pytest.approx(1.0)
    assert ((work.work_share >= 0.0) & (work.work_share <= 1.0)).all()


def test_the_parts_of_the_rise_are_the_rise_of_the_shoulders() -> None:
    lift = lifted()
    work = lift_work(lift, INSTANTS)
    height = np.interp(INSTANTS.edges_s, lift.time_s, lift.joint_m[Joint.SHOULDER, :, 1])
    assert work.shoulder_rise_m.sum(axis=1) == pytest.approx(np.diff(height), abs=2e-3)
    chest = np.deg2rad(72.0)
    turn = (work.pelvis_turn_rad + work.spine_turn_rad)[1:].sum()
    assert turn == pytest.approx(chest, abs=0.02)
    assert work.back_turn_share == pytest.approx(18.0 / 72.0, abs=0.01)


def test_a_stiff_back_over_stiff_legs_is_lifted_by_the_hips_alone() -> None:
    trunk = dict.fromkeys(("pelvis_rad", "lumbar_rad", "chest_rad", "head_rad"), 1.2)
    work = lift_work(rising(**trunk), INSTANTS)
    assert work.work_share[WorkGroup.HIPS] == pytest.approx(1.0, abs=1e-6)
    assert work.rise_share[WorkGroup.HIPS] == pytest.approx(1.0, abs=1e-6)
    assert work.back_turn_share == pytest.approx(0.0, abs=1e-9)


def test_a_round_back_over_a_still_pelvis_is_lifted_by_the_back_alone() -> None:
    work = lift_work(rising(lumbar_rad=0.5, chest_rad=1.0, head_rad=1.0), INSTANTS)
    assert work.work_share[WorkGroup.BACK] == pytest.approx(1.0, abs=1e-6)
    assert work.rise_share[WorkGroup.BACK] == pytest.approx(1.0, abs=1e-6)
    assert work.back_turn_share == pytest.approx(1.0, abs=1e-9)


def test_a_squat_with_an_upright_trunk_raises_the_shoulders_by_the_knees() -> None:
    work = lift_work(rising(shank_rad=0.4, thigh_rad=-0.9), INSTANTS)
    assert work.rise_share[WorkGroup.KNEES] == pytest.approx(1.0, abs=1e-6)
    assert work.work_share[WorkGroup.KNEES] > 0.8
    assert np.isnan(work.back_turn_share)


def test_standing_still_is_no_work() -> None:
    body = lifter()
    motion = posture(body, thigh_rad=-0.6, pelvis_rad=0.9, lumbar_rad=0.9, chest_rad=0.9)
    lift = inverse_dynamics(motion, body, hanging_load(motion, body, mass_kg=80.0))
    still = LiftInstants(set_up_s=0.0, lift_off_s=0.1, knee_pass_s=0.2, lockout_s=0.4)
    work = lift_work(lift, still)
    assert work.positive_j == pytest.approx(0.0, abs=1e-6)
    assert np.isnan(work.work_share).all()


def test_the_hips_finish_this_lift_and_the_knees_begin_it() -> None:
    late = lift_work(lifted(), INSTANTS).late_share
    assert late[WorkGroup.HIPS] > late[WorkGroup.KNEES]


@pytest.mark.parametrize("knee_pass_s", [np.nan, -0.2, 9.0])
def test_phases_whose_edge_is_unknown_out_of_order_or_outside_are_nan(knee_pass_s: float) -> None:
    work = lift_work(lifted(), replace(INSTANTS, knee_pass_s=knee_pass_s))
    assert np.isfinite(work.positive_j[LiftPhase.TAKE_UP]).all()
    assert np.isnan(work.positive_j[LiftPhase.FLOOR_TO_KNEES]).all()
    assert np.isnan(work.work_share).all()


def test_frames_that_were_not_seen_are_bridged() -> None:
    body = lifter()
    motion, load = synthetic_lift(body)
    whole = lift_work(inverse_dynamics(motion, body, load), INSTANTS)
    shank = motion.shank_rad.copy()
    shank[80:83] = np.nan
    part = lift_work(inverse_dynamics(replace(motion, shank_rad=shank), body, load), INSTANTS)
    assert part.positive_j == pytest.approx(whole.positive_j, abs=2.0)


def test_draws_keep_their_axis_through_the_work() -> None:
    body = lifter()
    motion, load = synthetic_lift(body)
    tilted = replace(motion, chest_rad=motion.chest_rad + np.array([[0.0], [0.1], [0.2]]))
    work = lift_work(inverse_dynamics(tilted, body, load), INSTANTS)
    assert work.positive_j.shape == (3, 8, 3)
    assert work.work_share.shape == (3, 3)
    alone = lift_work(inverse_dynamics(motion, body, load), INSTANTS)
    assert work.positive_j[..., 0] == pytest.approx(alone.positive_j)
