"""Newton's and Euler's laws, written again from outside: x and y by hand, no complex numbers."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.inverse import LiftDynamics
from primemover.dynamics.segments import Joint, Segment
from primemover.model.arrays import Floats

G: Final = 9.80665
# joint -> (segment below, segment above), and the sense in which its clinical moment turns the
# upper one: extension of hip and spine turns it backward, of the knee forward.
CONNECTS: Final = {
    Joint.ANKLE: (Segment.FOOT, Segment.SHANK, 1.0),
    Joint.KNEE: (Segment.SHANK, Segment.THIGH, -1.0),
    Joint.HIP: (Segment.THIGH, Segment.PELVIS, 1.0),
    Joint.L5S1: (Segment.PELVIS, Segment.LUMBAR, 1.0),
    Joint.THORACOLUMBAR: (Segment.LUMBAR, Segment.CHEST, 1.0),
    Joint.NECK: (Segment.CHEST, Segment.HEAD, 1.0),
    Joint.SHOULDER: (Segment.CHEST, Segment.UPPER_ARM, 1.0),
    Joint.ELBOW: (Segment.UPPER_ARM, Segment.FOREARM, 1.0),
}


def turning(force: Floats, at: Floats, about: Floats) -> Floats:
    """Return the counter-clockwise moment of a force (..., 2) at a place, about another."""
    arm = at - about
    return np.asarray(arm[..., 0] * force[..., 1] - arm[..., 1] * force[..., 0])


def segment_faults(lift: LiftDynamics, body: Body, about: Floats) -> tuple[Floats, Floats]:
    """Return what is missing in each segment's balance: forces (S, ..., T, 2), moments (S, ..., T).

    The foot's ground reaction acts at the centre of pressure and has no moment of its own.
    """
    mass = body.mass_kg[..., None, None]
    weight = np.stack((np.zeros_like(mass[..., 0]), -G * mass[..., 0]), axis=-1)
    force = mass * lift.centre_acceleration_m_s2 - weight
    moment = turning(force, lift.centre_m, about)
    moment = moment - body.inertia_kg_m2[..., None] * lift.turn_acceleration_rad_s2
    for joint, (lower, upper, sense) in CONNECTS.items():
        push, place = lift.force_n[joint], lift.joint_m[joint]
        twist = sense * lift.moment_nm[joint] + turning(push, place, about)
        force[upper] -= push
        moment[upper] -= twist
        force[lower] += push
        moment[lower] += twist
    if np.isfinite(lift.load_m).all():
        force[Segment.FOREARM] += lift.hand_force_n
        moment[Segment.FOREARM] += turning(lift.hand_force_n, lift.load_m, about)
    force[Segment.FOOT] -= lift.ground.force_n
    moment[Segment.FOOT] -= turning(lift.ground.force_n, pressure_m(lift), about)
    return force, moment


def pressure_m(lift: LiftDynamics) -> Floats:
    """Return the centre of pressure, (..., T, 2); the floor is where y is 0."""
    x = lift.ground.pressure_x_m
    return np.stack((x, np.zeros_like(x)), axis=-1)


def worst_fault(lift: LiftDynamics, body: Body, about: Floats) -> float:
    """Return the largest fault of segments and whole body, relative to weight and its moments."""
    force, moment = segment_faults(lift, body, about)
    weight = G * float(body.mass_kg.sum()) + float(np.abs(lift.hand_force_n).max())
    reach = float(np.abs(lift.joint_m - about).max())
    return max(
        float(np.abs(force).max()) / weight,
        float(np.abs(force.sum(axis=0)).max()) / weight,
        float(np.abs(moment).max()) / (weight * reach),
        float(np.abs(moment.sum(axis=0)).max()) / (weight * reach),
    )


def energy_j(lift: LiftDynamics, body: Body) -> Floats:
    """Return the body's kinetic and potential energy, (..., T)."""
    mass = body.mass_kg[..., None]
    speed2 = np.sum(lift.centre_rate_m_s**2, axis=-1)
    spin2 = lift.turn_rate_rad_s**2
    each = 0.5 * mass * speed2 + 0.5 * body.inertia_kg_m2[..., None] * spin2
    return np.asarray((each + mass * G * lift.centre_m[..., 1]).sum(axis=0))
