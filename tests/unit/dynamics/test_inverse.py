from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from primemover.dynamics.arms import grip_point, reach
from primemover.dynamics.draws import InputErrors, drawn, percentiles
from primemover.dynamics.inverse import inverse_dynamics
from primemover.dynamics.motion import carried_share
from primemover.dynamics.planar import Planar, along
from primemover.dynamics.rates import clock
from primemover.dynamics.segments import JOINTS, Joint, Segment
from primemover.dynamics.spine import spine_for_line_rad, spine_inclinations_rad
from primemover.dynamics.work import LiftInstants, LiftPhase, lift_work
from primemover.errors import QualityError, UsageError
from primemover.knowledge.segment_rows import segment_table
from primemover.model.arrays import Floats
from primemover.model.person import Sex
from tests.unit.dynamics.lifts import hanging_load, lifter, posture, shoulder_m, synthetic_lift

UPPER = np.array([0.30])
LOWER = np.array([0.36])


def test_arms_reach_the_grip_with_the_elbow_behind() -> None:
    shoulder, grip = np.array([0.1 + 1.2j]), np.array([0.25 + 0.7j])
    upper, fore, gap = reach(shoulder, grip, upper_m=UPPER, lower_m=LOWER)
    elbow = shoulder - UPPER * along(upper)
    assert elbow - LOWER * along(fore) == pytest.approx(grip)
    assert gap == pytest.approx(0.0, abs=1e-12)
    assert (upper > fore).all()


@pytest.mark.parametrize(("distance", "missed"), [(0.80, 0.14), (0.01, 0.05)])
def test_a_grip_out_of_reach_leaves_the_least_error_and_it_is_told(
    distance: float, missed: float
) -> None:
    shoulder = np.array([0.0 + 1.4j])
    grip = shoulder - distance * np.exp(0.3j) * 1j
    upper, fore, gap = reach(shoulder, grip, upper_m=UPPER, lower_m=LOWER)
    hand = shoulder - UPPER * along(upper) - LOWER * along(fore)
    assert np.abs(hand - grip) == pytest.approx(missed, abs=1e-4)
    assert gap == pytest.approx(missed, abs=1e-6)


def test_a_bell_hangs_under_the_grip() -> None:
    grip = grip_point(np.array([0.0 + 1.4j]), np.array([0.0 + 0.5j]), grip_m=0.12)
    assert grip == pytest.approx(0.62j)


def test_a_kettlebell_between_the_legs_hangs_straight_under_the_shoulders() -> None:
    body = lifter()
    motion = posture(body, thigh_rad=-0.6, pelvis_rad=0.9, lumbar_rad=0.9, chest_rad=0.9)
    bar = hanging_load(motion, body, mass_kg=24.0)
    bell = replace(bar, path_m=bar.path_m - [0.0, 0.15], grip_m=0.15)
    with_bar, with_bell = (inverse_dynamics(motion, body, load) for load in (bar, bell))
    assert with_bell.moment_nm == pytest.approx(with_bar.moment_nm, abs=1e-6)
    assert with_bell.reach_gap_m == pytest.approx(0.0, abs=1e-9)


def test_the_hands_take_the_weight_up_before_lift_off_and_give_it_back_after_set_down() -> None:
    time_s = np.linspace(0.0, 4.0, 401)
    share = carried_share(time_s, lift_off_s=1.0, set_down_s=3.0, take_up_s=0.4)
    assert share[(time_s >= 1.0) & (time_s <= 3.0)] == pytest.approx(1.0)
    assert share[(time_s <= 0.6) | (time_s >= 3.4)] == pytest.approx(0.0)
    assert np.interp(0.8, time_s, share) == pytest.approx(0.5)
    assert np.abs(np.diff(share)).max() < 0.05
    from_a_rack = carried_share(time_s, lift_off_s=np.nan)
    assert from_a_rack == pytest.approx(1.0)


def test_an_evenly_bent_spine_has_its_chord_half_way() -> None:
    lumbar, chest = spine_inclinations_rad(np.array([0.5]), lumbar_flexion_rad=np.array([0.4]))
    assert lumbar == pytest.approx(0.7)
    assert chest == pytest.approx(0.9)


@pytest.mark.parametrize("flexion", [-0.3, 0.0, 0.4, 1.2])
def test_the_spine_is_found_back_from_the_line_between_hips_and_shoulders(flexion: float) -> None:
    body = lifter()
    pelvis = np.linspace(-0.2, 1.4, 30)
    lumbar, chest = spine_inclinations_rad(pelvis, lumbar_flexion_rad=np.full(30, flexion))
    motion = replace(posture(body), pelvis_rad=pelvis, lumbar_rad=lumbar, chest_rad=chest)
    upright = replace(motion, shank_rad=np.zeros(30), thigh_rad=np.zeros(30))
    legs = body.end_m[[Segment.SHANK, Segment.THIGH], 1].sum()
    trunk = shoulder_m(upright, body) - motion.ankle_m - [0.0, legs]
    line = np.arctan2(trunk[:, 0], trunk[:, 1])
    found = spine_for_line_rad(body, pelvis_rad=pelvis, line_rad=line)
    assert found[0] == pytest.approx(lumbar)
    assert found[1] == pytest.approx(chest)


def test_a_parabola_on_an_uneven_clock_keeps_value_slope_and_acceleration() -> None:
    time_s = np.cumsum(np.random.default_rng(0).uniform(0.01, 0.05, 50))
    ticks = clock(time_s)
    curve = 3.0 - 2.0 * time_s + 4.0 * time_s**2
    assert ticks.smooth(curve) == pytest.approx(curve)
    assert ticks.rate(curve) == pytest.approx(-2.0 + 8.0 * time_s, abs=1e-6)
    assert ticks.rate(ticks.rate(curve)) == pytest.approx(8.0, abs=1e-3)


def test_frames_by_an_end_or_a_gap_are_not_steady() -> None:
    time_s = np.concatenate((np.arange(0.0, 1.0, 0.02), np.arange(2.0, 3.0, 0.02)))
    ticks = clock(time_s, window_s=0.3)
    for edge_s in (0.0, 0.98, 2.0, 2.98):
        near = np.abs(time_s - edge_s) < 0.14
        assert not ticks.steady[near].any()
    assert ticks.steady[np.abs(time_s - 0.5) < 0.3].all()
    assert ticks.usable.all()


def test_a_lone_frame_in_a_gap_is_not_used() -> None:
    time_s = np.concatenate((np.arange(0.0, 1.0, 0.02), [1.5], np.arange(2.0, 3.0, 0.02)))
    ticks = clock(time_s, window_s=0.3)
    assert not ticks.usable[50]
    assert ticks.usable[:50].all()
    assert np.isfinite(ticks.rate(time_s)).all()


@pytest.mark.parametrize("time_s", [np.arange(5.0), np.array([0.0, 1.0, 1.0, 2.0, 3.0, 4.0])])
def test_too_few_frames_or_a_clock_that_stands_are_refused(time_s: Floats) -> None:
    with pytest.raises(QualityError, match="6 frames"):
        clock(time_s)


def test_frames_that_were_not_seen_are_nan_and_spoil_no_other() -> None:
    body = lifter()
    motion, load = synthetic_lift(body)
    whole = inverse_dynamics(motion, body, load)
    knee = motion.thigh_rad.copy()
    knee[70:74] = np.nan
    path = load.path_m.copy()
    path[100] = np.nan
    part = inverse_dynamics(replace(motion, thigh_rad=knee), body, replace(load, path_m=path))
    missing = np.zeros(motion.time_s.size, dtype=bool)
    missing[[70, 71, 72, 73, 100]] = True
    assert part.time_s.shape == whole.time_s.shape
    for values in (part.moment_nm, part.power_w, part.ground.pressure_x_m, part.reach_gap_m):
        assert np.isnan(values[..., missing]).all()
        assert np.isfinite(values[..., ~missing]).all()
    assert np.isnan(part.force_n[:, missing]).all()
    assert not part.ground.under_feet[missing].any()
    assert not part.steady[missing].any()
    hips = Joint.HIP
    assert part.moment(hips)[~missing] == pytest.approx(whole.moment(hips)[~missing], abs=6.0)


def test_a_film_without_one_complete_frame_is_refused() -> None:
    body = lifter()
    motion = posture(body)
    load = hanging_load(motion, body, mass_kg=20.0)
    blind = replace(motion, head_rad=np.full_like(motion.head_rad, np.nan))
    with pytest.raises(QualityError):
        inverse_dynamics(blind, body, load)


def test_empty_hands_need_arms() -> None:
    body = lifter()
    with pytest.raises(UsageError, match="arms"):
        inverse_dynamics(posture(body), body, None)


def test_results_are_read_only() -> None:
    body = lifter()
    motion, load = synthetic_lift(body)
    lift = inverse_dynamics(motion, body, load)
    for values in (lift.moment_nm, lift.time_s, lift.ground.force_n, lift.steady):
        assert not values.flags.writeable


def test_out_of_reach_the_moments_are_those_of_the_measured_bar() -> None:
    body = lifter()
    motion = posture(body, thigh_rad=-0.6, pelvis_rad=0.9, lumbar_rad=0.9, chest_rad=0.9)
    near = hanging_load(motion, body, mass_kg=100.0)
    low = replace(near, path_m=near.path_m - [0.0, 0.05])
    lift = inverse_dynamics(motion, body, low)
    assert lift.reach_gap_m == pytest.approx(0.05, abs=1e-6)
    assert lift.moment(Joint.HIP) == pytest.approx(
        inverse_dynamics(motion, body, near).moment(Joint.HIP), abs=1e-6
    )


def test_all_draws_at_once_are_the_draws_one_by_one() -> None:
    table = segment_table("de_leva", sex=Sex.FEMALE)
    body = lifter(sex=Sex.FEMALE, mass_kg=62.0)
    given = synthetic_lift(body)
    errors = InputErrors(
        shank_rad=0.03,
        thigh_rad=0.03,
        pelvis_rad=0.1,
        chest_rad=np.linspace(0.0, 0.05, given[0].time_s.size),
        load_forward_m=0.02,
        load_up_m=0.01,
        body_mass=0.05,
        load_mass=0.01,
        lengths=0.02,
    )
    motion, people, load = drawn(
        given,
        (table, body.lengths, 62.0),
        errors,
        draws=5,
        rng=np.random.default_rng(3),
    )
    assert load is not None
    together = inverse_dynamics(motion, people, load)
    assert together.moment_nm.shape == (len(JOINTS), 5, motion.time_s.size)
    assert together.turn_rad.shape == (len(Segment), 5, motion.time_s.size)
    assert together.force_n.shape == (len(JOINTS), 5, motion.time_s.size, 2)
    assert together.ground.pressure_x_m.shape == (5, motion.time_s.size)
    curves = [name for name in motion.__slots__ if name.endswith("_rad")]
    for draw in range(5):
        alone = inverse_dynamics(
            replace(
                motion,
                **{
                    name: getattr(motion, name)[draw]
                    for name in curves
                    if getattr(motion, name).ndim > 1
                },
            ),
            replace(
                people,
                mass_kg=people.mass_kg[:, draw],
                inertia_kg_m2=people.inertia_kg_m2[:, draw],
                centre_m=people.centre_m[:, draw],
                end_m=people.end_m[:, draw],
                neck_m=people.neck_m[draw],
                lengths=replace(
                    people.lengths,
                    **{
                        name: getattr(people.lengths, name)[draw]
                        for name in people.lengths.__slots__
                    },
                ),
            ),
            replace(load, path_m=load.path_m[draw], mass_kg=np.asarray(load.mass_kg)[draw]),
        )
        assert together.moment_nm[:, draw] == pytest.approx(alone.moment_nm)
        assert together.ground.pressure_x_m[draw] == pytest.approx(alone.ground.pressure_x_m)


def test_draws_spread_as_far_as_their_errors_say() -> None:
    table = segment_table("de_leva", sex=Sex.MALE)
    body = lifter()
    given = synthetic_lift(body)
    motion, people, load = drawn(
        given,
        (table, body.lengths, 80.0),
        InputErrors(pelvis_rad=0.1, chest_rad=0.04, load_forward_m=0.02, body_mass=0.05),
        draws=4000,
        rng=np.random.default_rng(1),
    )
    assert load is not None
    assert np.std(motion.pelvis_rad[:, 0]) == pytest.approx(0.1, rel=0.05)
    assert np.std(motion.lumbar_rad[:, 0]) == pytest.approx(0.5 * np.hypot(0.1, 0.04), rel=0.05)
    assert np.std(load.path_m[:, 0, 0]) == pytest.approx(0.02, rel=0.05)
    assert np.std(load.path_m[:, 0, 1]) == pytest.approx(0.0)
    assert np.std(np.log(people.total_mass_kg)) == pytest.approx(0.05, rel=0.05)
    low, middle, high = percentiles(people.total_mass_kg)
    assert middle == pytest.approx(80.0, rel=0.01)
    assert np.log(high / low) == pytest.approx(2.0 * 1.645 * 0.05, rel=0.05)


def test_no_errors_draw_the_measured_lift() -> None:
    body = lifter()
    given = synthetic_lift(body)
    motion, people, load = drawn(
        given,
        (segment_table("de_leva", sex=Sex.MALE), body.lengths, 80.0),
        InputErrors(),
        draws=2,
        rng=np.random.default_rng(0),
    )
    assert load is not None
    many = inverse_dynamics(motion, people, load)
    one = inverse_dynamics(given[0], body, given[1])
    assert many.moment_nm[:, 1] == pytest.approx(one.moment_nm)


@pytest.mark.parametrize("squeezed", [1.0, 0.45])
def test_vertical_forces_close_within_a_percent_in_slow_and_fast_lifts(squeezed: float) -> None:
    body = lifter()
    motion, load = synthetic_lift(body, fps=60.0 * squeezed)
    fast = replace(motion, time_s=motion.time_s * squeezed)
    residual = inverse_dynamics(fast, body, load).ground.residual
    assert np.abs(residual).max() < 0.01


def test_elbows_that_lock_softly_have_no_kink() -> None:
    shoulder = np.full(200, 1.2j)
    down = np.linspace(0.45, 0.65, 200)  # the arms are stretched at 0.6
    grip: Planar = shoulder - 1j * down
    soft, _, gap = reach(
        shoulder, grip, upper_m=np.array([0.3]), lower_m=np.array([0.3]), locking=0.02
    )
    hard, _, _ = reach(shoulder, grip, upper_m=np.array([0.3]), lower_m=np.array([0.3]))
    kinks = [float(np.abs(np.diff(angle, 2)).max()) for angle in (soft, hard)]
    assert kinks[0] < 0.2 * kinks[1]
    assert gap[down < 0.6].max() <= 0.5 * 0.02 * 0.6 + 1e-9


def test_late_work_is_shared_by_those_who_work_late() -> None:
    body = lifter()
    lift = inverse_dynamics(synthetic_lift(body)[0], body, synthetic_lift(body)[1])
    work = lift_work(
        lift, LiftInstants(set_up_s=-0.4, lift_off_s=0.0, knee_pass_s=0.8, lockout_s=2.0)
    )
    late = work.group_positive_j[LiftPhase.KNEES_TO_LOCKOUT]
    assert work.late_work_share == pytest.approx(late / late.sum())
    assert float(work.late_work_share.sum()) == pytest.approx(1.0)
