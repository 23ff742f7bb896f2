"""Newton's and Euler's equations along the chain: from the hands down, and from the ground up.

Moments are counter-clockwise (about Z, to the person's right); clinical signs come at the edge.
A segment's inclination counts clockwise, hence the minus before its angular acceleration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.chain import Chain
from primemover.dynamics.planar import Planar, moment
from primemover.dynamics.segments import JOINTS, PARENT, SEGMENTS, Joint, Segment
from primemover.model.arrays import Floats

__all__ = ["GRAVITY_M_S2", "Wrenches", "from_the_ground_up", "from_the_hands_down", "hand_force"]

GRAVITY_M_S2: Final = 9.80665
"""Standard acceleration of free fall (CGPM 1901)."""
_CARRIED_BY: Final = {
    segment: tuple(child for child, parent in PARENT.items() if parent is segment)
    for segment in SEGMENTS
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrenches:
    """What each joint's lower segment does to its upper one.

    Attributes
    ----------
    force_n : (J, ..., T) complex
    moment_nm : (J, ..., T), counter-clockwise +
    ground_n : (..., T) complex, what the ground does to the feet
    ground_moment_nm : (..., T), of the ground's force about the ankle
    """

    force_n: Planar
    moment_nm: Floats
    ground_n: Planar
    ground_moment_nm: Floats


def hand_force(chain: Chain) -> Planar:
    """Return the force of both hands on the load, (..., T); 0 where nothing is held.

    The hands carry their share of the load's weight and inertia, the floor the rest.
    """
    if chain.load is None:
        return np.zeros(chain.turn_rad.shape[1:], dtype=np.complex128)
    load = chain.load
    force: Planar = load.carried * load.mass_kg * (load.centre.acceleration + 1j * GRAVITY_M_S2)
    return force


def needed(chain: Chain, body: Body) -> tuple[Planar, Floats]:
    """Return what moves and holds each segment: force at and moment about its centre, (S, ..., T).

    Force m (a + g), moment minus I times the clockwise angular acceleration.
    """
    mass_kg = body.mass_kg[..., None]
    force: Planar = mass_kg * (chain.centres.acceleration + 1j * GRAVITY_M_S2)
    turning: Floats = -body.inertia_kg_m2[..., None] * chain.turn_acceleration_rad_s2
    return force, turning


def from_the_hands_down(chain: Chain, body: Body) -> Wrenches:
    """Return joint forces and moments from the load down to the ground.

    Each segment in turn: what its lower joint gives is what the segment needs plus what it passes
    on to the segments it carries (Winter 2009, chapter 5).
    """
    force, turning = needed(chain, body)
    hand = hand_force(chain)
    joint_force = np.zeros((len(JOINTS), *force.shape[1:]), dtype=np.complex128)
    joint_moment = np.zeros((len(JOINTS), *force.shape[1:]))
    ground, ground_moment = joint_force[0], joint_moment[0]
    for segment in reversed(SEGMENTS):
        start = chain.joints[max(segment - 1, 0)]
        total = force[segment]
        twist = turning[segment] + moment(chain.centres.value[segment] - start, force[segment])
        for child in _CARRIED_BY[segment]:
            total = total + joint_force[child - 1]
            arm = chain.joints[child - 1] - start
            twist = twist + joint_moment[child - 1] + moment(arm, joint_force[child - 1])
        if segment is Segment.FOREARM and chain.load is not None:
            total = total + hand
            twist = twist + moment(chain.load.centre.value - start, hand)
        if segment is Segment.FOOT:
            ground, ground_moment = total, twist
        else:
            joint_force[segment - 1], joint_moment[segment - 1] = total, twist
    return Wrenches(
        force_n=joint_force,
        moment_nm=joint_moment,
        ground_n=ground,
        ground_moment_nm=ground_moment,
    )


def from_the_ground_up(
    chain: Chain, body: Body, *, ground_n: Planar, ground_moment_nm: Floats
) -> tuple[Wrenches, Planar, Floats]:
    """Return joint forces and moments from the ground up, and what is left over at the load.

    Head and arms branch off the chest: the head's joint follows from the head alone, the rest of
    what reaches the chest goes to the arms.

    Parameters
    ----------
    ground_n : (..., T) complex, the ground's force on the feet (a force plate's, or our own)
    ground_moment_nm : (..., T), its moment about the ankle, counter-clockwise +

    Returns
    -------
    wrenches
    left_n : (..., T) complex, force that arrives at the hands and that the load does not need
    left_nm : (..., T), moment that is left at the load's centre
    """
    force, turning = needed(chain, body)
    joint_force = np.zeros((len(JOINTS), *force.shape[1:]), dtype=np.complex128)
    joint_moment = np.zeros((len(JOINTS), *force.shape[1:]))
    neck = chain.joints[Joint.NECK]
    joint_force[Joint.NECK] = force[Segment.HEAD]
    joint_moment[Joint.NECK] = turning[Segment.HEAD] + moment(
        chain.centres.value[Segment.HEAD] - neck, force[Segment.HEAD]
    )
    total, twist, at = ground_n, ground_moment_nm, chain.joints[Joint.ANKLE]
    for segment in (s for s in SEGMENTS if s is not Segment.HEAD):
        total = total - force[segment]
        arm = chain.centres.value[segment] - at
        twist = twist - turning[segment] - moment(arm, force[segment])
        if segment is Segment.CHEST:
            total = total - joint_force[Joint.NECK]
            twist = twist - joint_moment[Joint.NECK] - moment(neck - at, joint_force[Joint.NECK])
        onward = [child for child in _CARRIED_BY[segment] if child is not Segment.HEAD]
        if onward:
            there = chain.joints[onward[0] - 1]
            twist = twist - moment(there - at, total)
            joint_force[onward[0] - 1], joint_moment[onward[0] - 1] = total, twist
            at = there
    wrenches = Wrenches(
        force_n=joint_force,
        moment_nm=joint_moment,
        ground_n=ground_n,
        ground_moment_nm=ground_moment_nm,
    )
    if chain.load is None:
        return wrenches, total, twist
    left = total - hand_force(chain)
    return wrenches, left, twist - moment(chain.load.centre.value - at, total)
