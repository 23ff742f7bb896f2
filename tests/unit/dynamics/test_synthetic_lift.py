"""The lift of the project's evidence (loads.md section 2) against the row C (de Leva) there.

Row C is another program of ours: agreement is agreement between relatives, not accuracy. Its
segment lengths, its lumbar geometry and the time of its knee pass are not written down; 0.8 s fits
its values at 0.4 s and 1.3 s. Its L5/S1 lies about 13 cm above the hips (read off its own moments),
ours 10.7 cm (20 % of the hip-shoulder line): our moment there is 10 % larger at lift-off.
"""

from __future__ import annotations

import numpy as np
import pytest

from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.segments import Joint
from primemover.dynamics.work import LiftInstants, lift_work
from tests.unit.dynamics.lifts import KNEE_PASS_S, LOCKOUT_S, lifter, synthetic_lift

STANDING_STILL_S = -0.3, LOCKOUT_S + 0.3
# joint: lift-off, lockout (both at rest there and here), knee pass, largest; Nm, both legs.
ROW_C = {
    Joint.HIP: (482.0, 90.0, 345.0, 544.0),
    Joint.L5S1: (351.0, 115.0, 234.0, 396.0),
    Joint.KNEE: (136.0, -90.0, -61.0, -178.0),
    Joint.ANKLE: (99.0, 90.0, 154.0, 220.0),
}
# Of the largest moment. Measured: at rest we are 1, 9, 7 and 7 % off, in motion 3, 10, 9 and 10 %.
TOLERANCE_AT_REST = {Joint.HIP: 0.02, Joint.L5S1: 0.10, Joint.KNEE: 0.08, Joint.ANKLE: 0.08}
TOLERANCE_MOVING = {Joint.HIP: 0.04, Joint.L5S1: 0.11, Joint.KNEE: 0.11, Joint.ANKLE: 0.12}


@pytest.fixture(scope="module")
def lift() -> LiftDynamics:
    body = lifter()
    motion, load = synthetic_lift(body)
    return inverse_dynamics(motion, body, load)


@pytest.mark.parametrize("joint", ROW_C)
def test_moments_at_rest_are_those_of_row_c(lift: LiftDynamics, joint: Joint) -> None:
    lift_off, lockout, _, largest = ROW_C[joint]
    ours = np.interp(STANDING_STILL_S, lift.time_s, lift.moment(joint))
    assert ours == pytest.approx([lift_off, lockout], abs=TOLERANCE_AT_REST[joint] * abs(largest))


@pytest.mark.parametrize("joint", ROW_C)
def test_moments_in_motion_are_those_of_row_c(lift: LiftDynamics, joint: Joint) -> None:
    _, _, knee_pass, largest = ROW_C[joint]
    room = TOLERANCE_MOVING[joint] * abs(largest)
    moment = lift.moment(joint)
    assert np.interp(KNEE_PASS_S, lift.time_s, moment) == pytest.approx(knee_pass, abs=room)
    assert moment[np.argmax(np.abs(moment))] == pytest.approx(largest, abs=room)


def test_the_knee_changes_from_extending_to_flexing(lift: LiftDynamics) -> None:
    knee = np.interp((0.0, 0.4, KNEE_PASS_S, 1.3), lift.time_s, lift.moment(Joint.KNEE))
    assert (knee[:2] > 0.0).all()
    assert (knee[2:] < 0.0).all()


def test_the_ground_reaction_closes_within_a_fifth_of_a_percent(lift: LiftDynamics) -> None:
    assert np.abs(lift.ground.residual).max() < 0.002


def test_the_centre_of_pressure_stays_under_the_feet(lift: LiftDynamics) -> None:
    assert lift.ground.under_feet.all()
    resting = np.interp(STANDING_STILL_S, lift.time_s, lift.ground.pressure_x_m)
    assert ((resting > 0.05) & (resting < 0.11)).all()  # row C: 5 to 11 cm before the ankle


def test_the_grip_begins_where_row_c_has_it(lift: LiftDynamics) -> None:
    assert float(lift.load_m[0, 1]) == pytest.approx(0.26, abs=0.02)
    assert float(lift.reach_gap_m.max()) < 1e-3


def test_the_mean_ground_force_of_a_lift_from_rest_to_rest_is_the_weight(
    lift: LiftDynamics,
) -> None:
    mean_n = np.trapezoid(lift.ground.force_n, lift.time_s, axis=0) / np.ptp(lift.time_s)
    assert mean_n == pytest.approx([0.0, 180.0 * 9.80665], abs=1.0)


def test_the_hips_do_most_of_the_work_of_this_lift(lift: LiftDynamics) -> None:
    work = lift_work(
        lift,
        LiftInstants(set_up_s=-0.5, lift_off_s=0.0, knee_pass_s=KNEE_PASS_S, lockout_s=LOCKOUT_S),
    )
    hips, back, knees = work.work_share
    assert hips > 0.6
    assert back > 0.05
    assert knees > 0.05


def test_the_same_lift_on_an_uneven_clock_has_the_same_moments(lift: LiftDynamics) -> None:
    body = lifter()
    motion, load = synthetic_lift(body, seed=4)
    shaken = inverse_dynamics(motion, body, load)
    for joint in ROW_C:
        even = np.interp(shaken.time_s, lift.time_s, lift.moment(joint))
        assert shaken.moment(joint) == pytest.approx(even, abs=3.0)


def test_half_the_frames_give_the_same_moments(lift: LiftDynamics) -> None:
    body = lifter()
    motion, load = synthetic_lift(body, fps=30.0)
    slow = inverse_dynamics(motion, body, load)
    for joint in ROW_C:
        fast = np.interp(slow.time_s, lift.time_s, lift.moment(joint))
        assert slow.moment(joint) == pytest.approx(fast, abs=2.0)
