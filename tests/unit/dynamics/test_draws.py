"""Errors that go together: the leg's line, the knee's bend, the trunk's line, the camera."""

from __future__ import annotations

import numpy as np
import pytest

from primemover.dynamics.draws import BuildErrors, Drawn, InputErrors, drawn
from primemover.dynamics.ensemble import joined, picked
from primemover.dynamics.inverse import inverse_dynamics
from primemover.dynamics.segments import Joint, Segment
from primemover.dynamics.spine import spine_line_rad
from primemover.knowledge.segment_rows import segment_table
from primemover.model.arrays import Floats
from primemover.model.person import Sex
from tests.unit.dynamics.lifts import lifter, synthetic_lift

DRAWS = 40


def many(errors: InputErrors, *, sex: Sex = Sex.MALE, draws: int = DRAWS) -> Drawn:
    table, body = segment_table("de_leva", sex=sex), lifter()
    return drawn(
        synthetic_lift(body),
        (table, body.lengths, 80.0),
        errors,
        draws=draws,
        rng=np.random.default_rng(5),
    )


def place(lift: Drawn, joint: Joint) -> Floats:
    found: Floats = inverse_dynamics(*lift).joint_m[joint]
    return found


def test_the_trunk_s_line_errs_by_its_own_error_however_the_pelvis_errs() -> None:
    motion, body, _ = many(InputErrors(pelvis_rad=0.15, pelvis_drift_rad=0.1, line_rad=0.0))
    usual = lifter()
    true = spine_line_rad(usual, synthetic_lift(usual)[0])
    assert np.std(motion.pelvis_rad[:, 0]) == pytest.approx(np.hypot(0.15, 0.1), rel=0.3)
    assert spine_line_rad(body, motion) == pytest.approx(np.tile(true, (DRAWS, 1)), abs=1e-6)


def test_the_trunk_s_line_spreads_as_far_as_its_error_says() -> None:
    motion, body, _ = many(InputErrors(line_rad=0.05), draws=2000)
    assert np.std(spine_line_rad(body, motion)[:, 20]) == pytest.approx(0.05, rel=0.06)


def test_a_knee_that_bends_more_leaves_the_hip_on_its_line_from_the_ankle() -> None:
    given = many(InputErrors(bend_rad=0.1))
    ankle, knee, hip = (place(given, j)[:, 0] for j in (Joint.ANKLE, Joint.KNEE, Joint.HIP))

    def lean(joint: Floats) -> float:
        away = joint - ankle
        return float(np.std(np.arctan2(away[:, 0], away[:, 1])))

    assert lean(knee) == pytest.approx(0.05, rel=0.3)
    assert lean(hip) < 0.1 * lean(knee)


def test_a_leg_that_leans_more_carries_the_hip_along() -> None:
    given = many(InputErrors(leg_rad=0.1))
    leg = place(given, Joint.HIP)[:, 0] - place(given, Joint.ANKLE)[:, 0]
    reach = np.linalg.norm(leg, axis=1)
    assert np.std(reach) < 1e-6
    assert np.std(np.arctan2(leg[:, 0], leg[:, 1])) == pytest.approx(0.1, rel=0.3)


def test_a_tilted_camera_turns_body_and_load_together() -> None:
    """Where the bar is against the shoulders, seen from the trunk, does not change."""
    motion, body, load = many(InputErrors(camera_rad=0.05))
    assert load is not None
    lift = inverse_dynamics(motion, body, load)
    away = lift.load_m[:, 30] - lift.joint_m[Joint.HIP][:, 30]
    turn = motion.pelvis_rad[:, 30]
    seen = np.arctan2(away[:, 0], away[:, 1]) - turn
    assert np.std(turn) == pytest.approx(0.05, rel=0.3)
    assert np.std(seen) < 0.01


def test_picked_draws_are_those_that_were_asked_for() -> None:
    everyone = many(InputErrors(pelvis_rad=0.1, load_forward_m=0.02, body_mass=0.03, lengths=0.03))
    chosen = np.array([7, 2, 30])
    whole, some = inverse_dynamics(*everyone), inverse_dynamics(*picked(everyone, chosen))
    assert some.moment_nm == pytest.approx(whole.moment_nm[:, chosen])
    assert some.ground.toe_x_m == pytest.approx(whole.ground.toe_x_m[chosen])


def test_draws_of_two_bodies_stand_one_after_the_other() -> None:
    errors = InputErrors(shank_rad=0.03, load_mass=0.01)
    man, woman = many(errors), many(errors, sex=Sex.FEMALE, draws=10)
    both = inverse_dynamics(*joined(man, woman))
    assert both.moment_nm.shape[1] == DRAWS + 10
    assert both.moment_nm[:, :DRAWS] == pytest.approx(inverse_dynamics(*man).moment_nm)
    assert both.moment_nm[:, DRAWS:] == pytest.approx(inverse_dynamics(*woman).moment_nm)


BUILD = BuildErrors(upper_mass=0.08, trunk_centre=0.1, l5s1_m=0.015)


def test_other_builds_weigh_the_same_and_only_carry_it_elsewhere() -> None:
    _, usual, _ = many(InputErrors(), draws=2000)
    _, body, _ = many(InputErrors(build=BUILD), draws=2000)
    assert body.total_mass_kg == pytest.approx(usual.total_mass_kg)
    above, usually = (one.mass_kg[Segment.PELVIS :].sum(axis=0) for one in (body, usual))
    assert np.std(np.log(above / usually)) == pytest.approx(0.08, rel=0.06)
    legs = body.mass_kg[: Segment.PELVIS]
    assert legs / legs.sum(axis=0) == pytest.approx(
        usual.mass_kg[: Segment.PELVIS] / usual.mass_kg[: Segment.PELVIS].sum(axis=0)
    )


def test_other_builds_move_the_trunks_centre_and_l5s1_by_their_errors() -> None:
    _, usual, _ = many(InputErrors(), draws=2000)
    _, body, _ = many(InputErrors(build=BUILD), draws=2000)
    up = body.centre_m[Segment.CHEST] - usual.centre_m[Segment.CHEST]
    assert np.std(up[:, 1]) == pytest.approx(0.1 * float(lifter().lengths.trunk_m), rel=0.06)
    assert not up[:, 0].any()
    away = body.end_m[Segment.PELVIS] - usual.end_m[Segment.PELVIS]
    assert np.std(away, axis=0) == pytest.approx([0.015, 0.015], rel=0.06)
    untouched = [one for one in Segment if one is not Segment.PELVIS]
    assert body.end_m[untouched] == pytest.approx(usual.end_m[untouched])


def test_a_build_that_is_not_the_table_s_widens_hip_and_back() -> None:
    def spread(errors: InputErrors, joint: Joint) -> float:
        found = inverse_dynamics(*many(errors)).moment_nm[joint]
        return float(np.nanmean(np.std(found, axis=0)))

    for joint in (Joint.HIP, Joint.L5S1):
        assert spread(InputErrors(), joint) == pytest.approx(0.0, abs=1e-6)
        assert spread(InputErrors(build=BUILD), joint) > 5.0
