import dataclasses

import numpy as np
import pytest

from primemover.dynamics.muscles.formulation import FORMULATIONS
from primemover.dynamics.muscles.inputs import JointLoads, Lifter, Posture
from primemover.dynamics.muscles.sharing import MuscleSharing, share_muscles
from primemover.errors import QualityError
from primemover.model.arrays import Floats
from tests.unit.dynamics.muscles.lifting import LIFTER, lift

POSTURE, LOADS = lift()
SHARED = share_muscles(POSTURE, LOADS, LIFTER)


def group(sharing: MuscleSharing, name: str) -> int:
    return sharing.groups.index(name)


def at(curve: Floats) -> Floats:
    picked: Floats = curve[SHARED.frames]
    return picked


def test_every_optimum_meets_its_moments() -> None:
    assert SHARED.residual_nm.max() < 0.06  # 1e-4 of the largest moment


def test_the_ensemble_asks_in_every_way() -> None:
    assert len({f.id for f in FORMULATIONS}) == len(FORMULATIONS) == 10
    assert {f.leg.power for f in FORMULATIONS} == {2, 3}
    assert {f.leg.frontal_nm for f in FORMULATIONS} == {None, 10.0}
    assert {f.trunk.levels for f in FORMULATIONS} == {1, 2}
    assert {f.leg.least for f in FORMULATIONS} == {0.0, 0.02}


def test_formulations_disagree_about_single_muscles() -> None:
    share = SHARED.hip_extension_share()[:, 0, group(SHARED, "gluteus_maximus"), 0]
    assert share.max() - share.min() > 0.2


def test_hip_moments_of_the_groups_add_up_to_the_hip_moment() -> None:
    total = SHARED.hip_moment_nm.sum(axis=2)
    expected = np.broadcast_to(2.0 * at(LOADS.hip_nm), total.shape)
    np.testing.assert_allclose(total, expected, atol=0.15)


def test_muscle_power_is_joint_power() -> None:
    rate = {
        name: np.gradient(getattr(POSTURE, name), POSTURE.time_s)
        for name in ("hip_flexion_rad", "knee_flexion_rad", "dorsiflexion_rad")
    }
    # extensor and plantarflexor moments do work while the angle shrinks
    joints = -2.0 * (
        LOADS.hip_nm * rate["hip_flexion_rad"]
        + LOADS.knee_nm * rate["knee_flexion_rad"]
        + LOADS.ankle_nm * rate["dorsiflexion_rad"]
    )
    trunk = ("erector_spinae", "multifidus", "quadratus_lumborum", "abdominals")
    legs = [i for i, name in enumerate(SHARED.groups) if name not in trunk]
    power = SHARED.power_w[:, 0, legs].sum(axis=1)
    np.testing.assert_allclose(power, np.broadcast_to(at(joints), power.shape), atol=1.0)


def test_effort_may_be_above_one_and_strength_lowers_it() -> None:
    assert SHARED.effort.max() > 1.0
    strong = dataclasses.replace(LIFTER, strength=2.0)
    eased = share_muscles(POSTURE, LOADS, strong, formulations=FORMULATIONS[:1])
    np.testing.assert_allclose(eased.effort, SHARED.effort[:1] / 2.0, atol=2e-3)
    np.testing.assert_allclose(eased.force_n, SHARED.force_n[:1], atol=15.0)


def test_strength_grows_with_body_mass_to_the_two_thirds() -> None:
    heavy = dataclasses.replace(LIFTER, body_mass_kg=8.0 * 80.0)
    eased = share_muscles(POSTURE, LOADS, heavy, formulations=FORMULATIONS[:1])
    np.testing.assert_allclose(eased.effort, SHARED.effort[:1] / 4.0, atol=2e-3)


def test_co_contraction_keeps_every_group_active() -> None:
    with_it = [f.trunk.least > 0.0 for f in FORMULATIONS]
    assert SHARED.effort[with_it].min() >= 0.02 - 1e-9
    assert SHARED.effort[np.logical_not(with_it)].min() < 0.001


def test_a_taller_person_needs_less_force_for_the_same_moment() -> None:
    tall = dataclasses.replace(LIFTER, stature_m=1.1 * 1.80)
    found = share_muscles(POSTURE, LOADS, tall, formulations=FORMULATIONS[:1])
    np.testing.assert_allclose(found.force_n, SHARED.force_n[:1] / 1.1, rtol=0.01, atol=15.0)


def test_compression_falls_and_shear_rises_with_the_assumed_plate_angle() -> None:
    found = [
        share_muscles(
            POSTURE,
            LOADS,
            LIFTER,
            formulations=FORMULATIONS[:1],
            plate_angle_rad=float(np.radians(degrees)),
        )
        for degrees in (16.0, 28.0, 38.0)
    ]
    compression = [one.compression_n[0, 0, 0] for one in found]
    shear = [one.shear_n[0, 0, 0] for one in found]
    assert compression[0] > compression[1] > compression[2]
    assert shear[0] < shear[1] < shear[2]


def test_draws_are_solved_like_single_lifts() -> None:
    posture, loads = lift(3, seed=4)
    found = share_muscles(posture, loads, LIFTER)
    assert found.force_n.shape == (10, 3, len(found.groups), found.frames.size)
    one = share_muscles(
        Posture(
            time_s=posture.time_s,
            **{
                f.name: getattr(posture, f.name)[1]
                for f in dataclasses.fields(Posture)
                if f.name != "time_s"
            },
        ),
        JointLoads(**{f.name: getattr(loads, f.name)[1] for f in dataclasses.fields(JointLoads)}),
        LIFTER,
    )
    np.testing.assert_allclose(found.force_n[:, 1], one.force_n[:, 0], atol=2.0)
    np.testing.assert_allclose(found.compression_n[:, 1], one.compression_n[:, 0], atol=2.0)


def test_a_lifter_may_have_draws_too() -> None:
    unsure = Lifter(stature_m=1.8, body_mass_kg=np.array([75.0, 80.0, 85.0]))
    found = share_muscles(POSTURE, LOADS, unsure, formulations=FORMULATIONS[:1])
    assert found.effort.shape[1] == 3
    assert (np.diff(found.effort[0, :, group(found, "erector_spinae"), 0]) < 0.0).all()


def test_solving_every_frame_changes_shares_by_little() -> None:
    fine = share_muscles(POSTURE, LOADS, LIFTER, step_s=0.0)
    assert fine.frames.size == POSTURE.time_s.size
    coarse = SHARED.force_share()
    between = np.stack(
        [
            [np.interp(POSTURE.time_s, SHARED.time_s, row) for row in formulation]
            for formulation in coarse[:, 0]
        ]
    )
    assert np.abs(between - fine.force_share()[:, 0]).max() < 0.02


def test_without_a_moment_at_t12_the_upper_level_is_left_out() -> None:
    loads = dataclasses.replace(LOADS, thoracolumbar_nm=None)
    found = share_muscles(POSTURE, loads, LIFTER, formulations=FORMULATIONS[:2])
    np.testing.assert_array_equal(found.force_n[0], found.force_n[1])
    assert not np.allclose(SHARED.force_n[0], SHARED.force_n[1])


def test_frames_that_were_not_seen_are_left_out() -> None:
    hip = POSTURE.hip_flexion_rad.copy()
    hip[20:40] = np.nan
    found = share_muscles(dataclasses.replace(POSTURE, hip_flexion_rad=hip), LOADS, LIFTER)
    assert not set(found.frames.tolist()) & set(range(20, 40))
    assert np.isfinite(found.force_n).all()
    assert np.isfinite(found.power_w).all()


def test_a_film_without_moments_cannot_be_shared() -> None:
    nothing = dataclasses.replace(LOADS, hip_nm=np.full_like(LOADS.hip_nm, np.nan))
    with pytest.raises(QualityError):
        share_muscles(POSTURE, nothing, LIFTER)


def test_angles_outside_the_table_are_told() -> None:
    deep = dataclasses.replace(POSTURE, hip_flexion_rad=POSTURE.hip_flexion_rad + np.radians(30.0))
    found = share_muscles(deep, LOADS, LIFTER, formulations=FORMULATIONS[:1])
    assert found.out_of_range[0, 0]
    assert not SHARED.out_of_range.any()
