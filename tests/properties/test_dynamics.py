"""Laws that hold for every lift: balance, energy, scale, mirrors; and that planted faults show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.dynamics import chain, inverse, newton_euler
from primemover.dynamics.body import Body, Lengths, body_of
from primemover.dynamics.chain import chain_of
from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.newton_euler import from_the_ground_up, from_the_hands_down
from primemover.dynamics.planar import planar
from primemover.dynamics.rates import clock
from primemover.dynamics.segments import JOINTS, SEGMENTS, Joint, Segment
from primemover.knowledge.segment_rows import TableId, segment_table
from primemover.model.arrays import Floats
from primemover.model.person import Sex
from tests.unit.dynamics.laws import energy_j, worst_fault
from tests.unit.dynamics.lifts import ankle_m, lifter, shoulder_m, synthetic_lift

LAW = 1e-6
SEEDS = st.integers(0, 2**32 - 1)
TABLES = st.sampled_from(("de_leva", "winter", "dumas"))
SEXES = st.sampled_from(tuple(Sex))
FAR_M = st.tuples(st.floats(-20.0, 20.0), st.floats(-20.0, 20.0))


def wild_lift(seed: int, body: Body) -> tuple[SagittalMotion, HeldLoad]:
    """Return a swaying, heel-raising movement on an uneven clock with a swinging load."""
    rng = np.random.default_rng(seed)
    frames = 40
    time_s = np.cumsum(rng.uniform(0.01, 0.04, frames))

    def sway(size: float) -> Floats:
        phase, speed = rng.uniform(0.0, 6.0, 2)
        return np.asarray(rng.normal(0.0, size) + size * np.sin(phase + speed * time_s))

    motion = SagittalMotion(
        time_s=time_s,
        foot_rad=np.abs(sway(0.1)),
        shank_rad=sway(0.3),
        thigh_rad=sway(0.8),
        pelvis_rad=sway(0.8),
        lumbar_rad=sway(0.8),
        chest_rad=sway(0.8),
        head_rad=sway(0.8),
        ankle_m=ankle_m(body, frames) + 0.02 * np.stack((sway(1.0), sway(1.0)), axis=-1),
    )
    path = shoulder_m(motion, body) - np.stack((sway(0.2), 0.5 + sway(0.2)), axis=-1)
    carried = np.clip(0.5 + sway(0.5), 0.0, 1.0)
    return motion, HeldLoad(
        mass_kg=np.asarray(rng.uniform(1.0, 300.0)),
        path_m=path,
        carried=carried,
        grip_m=float(rng.uniform(0.0, 0.2)),
    )


def on_a_flat_floor(motion: SagittalMotion, body: Body) -> SagittalMotion:
    """Return the motion on flat feet that stay where they are."""
    return replace(
        motion,
        foot_rad=np.zeros_like(motion.foot_rad),
        ankle_m=ankle_m(body, motion.time_s.size),
    )


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, table=TABLES, sex=SEXES, mass=st.floats(30.0, 200.0), about=FAR_M)
def test_forces_and_moments_balance_on_every_segment_and_the_whole_body_about_any_point(
    seed: int, table: TableId, sex: Sex, mass: float, about: tuple[float, float]
) -> None:
    body = lifter(table, sex=sex, mass_kg=mass)
    motion, load = wild_lift(seed, body)
    lift = inverse_dynamics(on_a_flat_floor(motion, body), body, load)
    loaded = np.isfinite(lift.ground.pressure_x_m)
    lift = at_frames(lift, loaded)
    assert lift.time_s.size == 0 or worst_fault(lift, body, np.asarray(about)) < LAW


def at_frames(lift: LiftDynamics, kept: Floats) -> LiftDynamics:
    """Return some frames; where the feet carry nothing there is no centre of pressure."""
    points = {"force_n", "joint_m", "centre_m", "centre_acceleration_m_s2", "hand_force_n"}
    points |= {"load_m"}
    curves = {"time_s", "moment_nm", "turn_acceleration_rad_s2"}
    return replace(
        lift,
        **{name: getattr(lift, name)[..., kept, :] for name in points},
        **{name: getattr(lift, name)[..., kept] for name in curves},
        ground=replace(
            lift.ground,
            force_n=lift.ground.force_n[..., kept, :],
            pressure_x_m=lift.ground.pressure_x_m[..., kept],
        ),
    )


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, table=TABLES, sex=SEXES)
def test_the_way_up_from_the_ground_finds_the_joints_of_the_way_down_and_leaves_nothing(
    seed: int, table: TableId, sex: Sex
) -> None:
    body = lifter(table, sex=sex)
    motion, load = wild_lift(seed, body)
    moving = chain_of(motion, body, load, clock(motion.time_s))
    down = from_the_hands_down(moving, body)
    up, left_n, left_nm = from_the_ground_up(
        moving, body, ground_n=down.ground_n, ground_moment_nm=down.ground_moment_nm
    )
    size = np.abs(down.force_n).max()
    assert np.allclose(up.force_n, down.force_n, atol=LAW * size)
    assert np.allclose(up.moment_nm, down.moment_nm, atol=LAW * size)
    assert np.abs(left_n).max() < LAW * size
    assert np.abs(left_nm).max() < LAW * size


def test_a_ground_force_that_is_off_arrives_at_the_hands() -> None:
    body = lifter()
    motion, load = wild_lift(1, body)
    moving = chain_of(motion, body, load, clock(motion.time_s))
    down = from_the_hands_down(moving, body)
    _, left_n, _ = from_the_ground_up(
        moving, body, ground_n=down.ground_n + 30.0, ground_moment_nm=down.ground_moment_nm
    )
    assert np.allclose(left_n, 30.0)


Mutation = Callable[[pytest.MonkeyPatch], None]


def _patched(module: Any, name: str, value: Any) -> Mutation:  # noqa: ANN401 - anything
    return lambda patch: patch.setattr(module, name, value)


def _flipped_joint(joint: Joint) -> Mutation:
    signs = inverse._SIGNS.copy()
    signs[joint] *= -1.0
    return _patched(inverse, "_SIGNS", signs)


def _no_spin(moving: Any, body: Body) -> tuple[Any, Floats]:  # noqa: ANN401
    force, turning = _needed(moving, body)
    return force, -turning


_needed = newton_euler.needed
_hand_force = newton_euler.hand_force
MUTATIONS: dict[str, Mutation] = {
    "second product of a moment": _patched(
        newton_euler, "moment", lambda arm, f: arm.real * f.imag + arm.imag * f.real
    ),
    "sense of a moment": _patched(
        newton_euler, "moment", lambda arm, f: arm.imag * f.real - arm.real * f.imag
    ),
    "gravity upward": _patched(newton_euler, "GRAVITY_M_S2", -9.80665),
    "angular acceleration": _patched(newton_euler, "needed", _no_spin),
    "hands pull the other way": _patched(
        newton_euler, "hand_force", lambda moving: -_hand_force(moving)
    ),
} | {f"moment of {joint.name}": _flipped_joint(joint) for joint in JOINTS}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_a_planted_sign_error_breaks_the_balance(
    mutation: Mutation, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = lifter()
    motion, load = synthetic_lift(body)
    about = np.array([3.0, -2.0])
    right = inverse_dynamics(motion, body, load)
    assert worst_fault(right, body, about) < LAW
    mutation(monkeypatch)
    wrong = inverse_dynamics(motion, body, load)
    assert not worst_fault(wrong, body, about) < 100.0 * LAW


def test_rates_and_accelerations_are_the_derivatives_of_the_places() -> None:
    body = lifter()
    motion, load = synthetic_lift(body, fps=240.0)
    assert motion_fault(inverse_dynamics(motion, body, load, window_s=SHORT_S)) < SMOOTH


@pytest.mark.parametrize("part", ["rate", "acceleration"])
@pytest.mark.parametrize("segment", [s for s in SEGMENTS if s is not Segment.FOOT])
def test_a_planted_sign_error_in_the_movement_breaks_its_derivatives(
    segment: Segment, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = chain._Links._step

    def wrong(self: Any, which: Segment, place: Any) -> Any:  # noqa: ANN401 - the same as right
        turned, rate, acceleration = right(self, which, place)
        if which is segment and part == "rate":
            rate = -rate
        if which is segment and part == "acceleration":
            acceleration = -acceleration
        return turned, rate, acceleration

    monkeypatch.setattr(chain._Links, "_step", wrong)
    body = lifter()
    motion, load = synthetic_lift(body, fps=240.0)
    assert motion_fault(inverse_dynamics(motion, body, load, window_s=SHORT_S)) > 10.0 * SMOOTH


SHORT_S = 0.03
SMOOTH = 0.01  # differences between frames stand in for derivatives


def motion_fault(lift: LiftDynamics) -> float:
    """Return how far rates and accelerations are from differences of places, over the largest."""
    inside = lift.steady
    time_s = lift.time_s[inside]
    places = lift.centre_m[1:, inside], lift.centre_rate_m_s[1:, inside]
    slopes = lift.centre_rate_m_s[1:, inside], lift.centre_acceleration_m_s2[1:, inside]
    faults = [
        np.abs(np.gradient(place, time_s, axis=1) - slope).max(axis=(1, 2))
        / np.abs(slope).max(axis=(1, 2))
        for place, slope in zip(places, slopes, strict=True)
    ]
    return float(np.max(faults))


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, table=TABLES, load_kg=st.floats(0.1, 300.0), low_m=st.sampled_from((0.0, 0.1)))
def test_joint_work_is_the_change_of_the_mechanical_energy_of_body_and_load(
    seed: int, table: TableId, load_kg: float, low_m: float
) -> None:
    body = lifter(table)
    motion, load = synthetic_lift(body, seed=seed)
    out_of_reach = np.stack((np.zeros_like(motion.time_s), low_m * np.cos(motion.time_s)), axis=-1)
    load = replace(load, mass_kg=np.asarray(load_kg), path_m=load.path_m - out_of_reach)
    lift = inverse_dynamics(motion, body, load)
    inside = lift.steady
    whole = energy_j(lift, body) + load_kg * (
        9.80665 * lift.load_m[:, 1] + 0.5 * np.sum(lift.load_rate_m_s**2, axis=-1)
    )
    power = lift.power_w.sum(axis=0) + lift.stretch_power_w
    change = whole[inside] - whole[inside][0]
    time_s, power = lift.time_s[inside], power[inside]
    work = np.concatenate(([0.0], np.cumsum(0.5 * (power[1:] + power[:-1]) * np.diff(time_s))))
    # Rates are fitted slopes, not exact derivatives of the smoothed angles, and the trapezoid has
    # its own error: together under 1 % of the energy that the lift gives.
    assert np.abs(work - change).max() < 0.01 * np.ptp(change)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, factor=st.floats(0.5, 3.0))
def test_twice_the_masses_give_twice_the_moments(seed: int, factor: float) -> None:
    light, heavy = lifter(mass_kg=60.0), lifter(mass_kg=60.0 * factor)
    motion, load = wild_lift(seed, light)
    more = replace(load, mass_kg=load.mass_kg * factor)
    first = inverse_dynamics(motion, light, load)
    second = inverse_dynamics(motion, heavy, more)
    assert np.allclose(second.moment_nm, factor * first.moment_nm, rtol=1e-9, atol=1e-9)
    assert np.allclose(second.ground.force_n, factor * first.ground.force_n, atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, factor=st.floats(0.5, 3.0))
def test_lengths_times_f_and_time_times_root_f_give_moments_times_f(
    seed: int, factor: float
) -> None:
    rows = segment_table("de_leva", sex=Sex.FEMALE)
    small = lifter(sex=Sex.FEMALE)
    large = body_of(
        rows,
        Lengths(**{name: getattr(small.lengths, name) * factor for name in Lengths.__slots__}),
        body_mass_kg=80.0,
    )
    motion, load = wild_lift(seed, small)
    slow = np.sqrt(factor)
    grown = replace(motion, time_s=motion.time_s * slow, ankle_m=motion.ankle_m * factor)
    grown_load = replace(load, path_m=load.path_m * factor, grip_m=load.grip_m * factor)
    first = inverse_dynamics(motion, small, load, window_s=0.3)
    second = inverse_dynamics(grown, large, grown_load, window_s=0.3 * slow)
    size = np.abs(second.moment_nm).max()
    assert np.allclose(second.moment_nm, factor * first.moment_nm, rtol=0.0, atol=LAW * size)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_a_mirrored_lift_has_mirrored_moments(seed: int) -> None:
    body = lifter()
    motion, load = wild_lift(seed, body)
    load = replace(load, path_m=load.path_m - [0.0, 1.0], grip_m=0.0)  # arms stretched: no elbow
    flip = np.array([-1.0, 1.0])
    angles = [name for name in SagittalMotion.__slots__ if name.endswith("_rad")]
    mirrored = replace(
        motion,
        ankle_m=motion.ankle_m * flip,
        **{name: -getattr(motion, name) for name in angles},
    )
    opposite = replace(
        body,
        centre_m=body.centre_m * flip,
        end_m=body.end_m * flip,
        neck_m=body.neck_m * flip,
    )
    there = inverse_dynamics(motion, body, load)
    back = inverse_dynamics(mirrored, opposite, replace(load, path_m=load.path_m * flip))
    assert np.allclose(back.moment_nm, -there.moment_nm, atol=1e-8)
    assert np.allclose(back.power_w, there.power_w, atol=1e-8)
    assert np.allclose(back.ground.force_n, there.ground.force_n * flip, atol=1e-8)


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_where_the_world_begins_does_not_matter(seed: int) -> None:
    body = lifter()
    motion, load = wild_lift(seed, body)
    here = inverse_dynamics(motion, body, load)
    away = np.array([12.0, -7.0])
    there = inverse_dynamics(
        replace(motion, ankle_m=motion.ankle_m + away),
        body,
        replace(load, path_m=load.path_m + away),
    )
    assert np.allclose(there.moment_nm, here.moment_nm, atol=1e-6)
    assert np.allclose(
        there.ground.pressure_x_m, here.ground.pressure_x_m + away[0], atol=1e-6, equal_nan=True
    )


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_in_free_fall_nothing_carries_anything(seed: int) -> None:
    body = lifter()
    motion, load = wild_lift(seed, body)
    still: dict[str, Any] = {
        name: np.full_like(motion.time_s, getattr(motion, name)[0])
        for name in SagittalMotion.__slots__
        if name.endswith("_rad")
    }
    fallen = np.zeros((motion.time_s.size, 2))
    fallen[:, 1] = -0.5 * 9.80665 * motion.time_s**2
    motion = replace(motion, ankle_m=motion.ankle_m[0] + fallen, **still)
    load = replace(load, path_m=load.path_m[0] + fallen)
    lift = inverse_dynamics(motion, body, load)
    assert np.abs(lift.moment_nm).max() < 1e-4
    assert np.abs(planar(lift.ground.force_n)).max() < 1e-4
