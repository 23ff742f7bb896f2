"""Inverse dynamics of a lift: from movement, body and load to forces, moments and power."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.chain import Chain, chain_of
from primemover.dynamics.frames import draws_of, only, only_load, seen_frames, spread
from primemover.dynamics.ground import GroundReaction, ground_reaction
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.newton_euler import Wrenches, from_the_hands_down, hand_force
from primemover.dynamics.planar import xy
from primemover.dynamics.rates import WINDOW_S, Clock, clock
from primemover.dynamics.segments import CLINICAL_SIGN, JOINTS, PARENT, Joint, Segment
from primemover.model.arrays import Floats, Mask, frozen

__all__ = ["LiftDynamics", "inverse_dynamics"]

_SIDES: Final = 2.0
_SIGNS: Final = np.array([CLINICAL_SIGN[joint] for joint in JOINTS], dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftDynamics:
    """Forces, moments and power of a lift, both sides together.

    Leading axes ``...`` are Monte-Carlo draws. NaN in frames that were not seen. Joints J = 8 and
    segments S = 9 in the order of `Joint` and `Segment`.

    Attributes
    ----------
    time_s : (T,) array
    moment_nm : (J, ..., T) array; plantarflexor and extensor + at legs, spine and neck, flexor +
        at shoulder and elbow
    force_n : (J, ..., T, 2) array, of the segment below on the segment above, forward and up
    power_w : (J, ..., T) array, moment times relative angular velocity; + where work is done
    turn_rad, turn_rate_rad_s, turn_acceleration_rad_s2 : (S, ..., T) arrays, forward +
    joint_m, joint_rate_m_s : (J, ..., T, 2) arrays
    centre_m, centre_rate_m_s, centre_acceleration_m_s2 : (S, ..., T, 2) arrays, of mass
    hand_force_n : (..., T, 2) array, of both hands on the load
    load_m, load_rate_m_s : (..., T, 2) arrays; NaN where nothing is held
    reach_gap_m : (..., T) array, how far the hands stay from the grip because the arms are too
        short or too long; 0 where the chain closes
    stretch_power_w : (..., T) array, hand force times the speed with which that gap opens: work
        that reaches the load and that no joint of the chain does
    ground : the ground reaction and its checks
    steady : (T,) bool array, false within half a smoothing window of the film's ends and of gaps,
        where accelerations are guesses
    """

    time_s: Floats
    moment_nm: Floats
    force_n: Floats
    power_w: Floats
    turn_rad: Floats
    turn_rate_rad_s: Floats
    turn_acceleration_rad_s2: Floats
    joint_m: Floats
    joint_rate_m_s: Floats
    centre_m: Floats
    centre_rate_m_s: Floats
    centre_acceleration_m_s2: Floats
    hand_force_n: Floats
    load_m: Floats
    load_rate_m_s: Floats
    reach_gap_m: Floats
    stretch_power_w: Floats
    ground: GroundReaction
    steady: Mask

    def moment(self, joint: Joint) -> Floats:
        """Return one joint's moment of both sides, (..., T)."""
        found: Floats = self.moment_nm[joint]
        return found

    def moment_per_side(self, joint: Joint) -> Floats:
        """Return half of a joint's moment, (..., T): what one side does if both do the same.

        A side view cannot tell the sides apart; for a lifter who shifts to one leg it is wrong.
        """
        found: Floats = self.moment_nm[joint] / _SIDES
        return found


def inverse_dynamics(
    motion: SagittalMotion,
    body: Body,
    load: HeldLoad | None,
    *,
    window_s: float = WINDOW_S,
) -> LiftDynamics:
    """Return forces, moments and power of a lift, for one motion or for all draws at once.

    Steps: frames in which anything is missing are left out; angles, ankle and load are smoothed
    and differentiated on the film's own clock; the arms are closed to the load; Newton's and
    Euler's equations run from the hands down to the ground; the ground reaction is checked.

    What it does not know: both sides are taken to do the same; feet stand on a level floor and
    carry no other force; a bar that rubs shins or thighs has its force counted as the hands'; the
    load turns freely in the hands; nothing is known of muscles that work against each other.

    Parameters
    ----------
    motion : arrays (..., T)
    body : arrays (S, ...)
    load : None for a movement without load; its axes broadcast with the others
    window_s
        Full width of the smoothing window; see `primemover.dynamics.rates.WINDOW_S`.

    Raises
    ------
    QualityError
        If fewer than 6 frames are complete.
    UsageError
        If nothing is held and the motion does not say where the arms are.
    """
    seen = seen_frames(motion, load)
    complete, held = only(motion, seen), only_load(load, seen)
    ticks = clock(complete.time_s, window_s=window_s)
    body = body.over(draws_of(motion, body, load))
    chain = chain_of(complete, body, held, ticks)
    found = _told(chain, body, from_the_hands_down(chain, body), ticks)
    return replace(found, time_s=frozen(motion.time_s), **spread(found, seen, ticks.usable))


def _told(chain: Chain, body: Body, wrenches: Wrenches, ticks: Clock) -> LiftDynamics:
    lead = (1,) * (wrenches.moment_nm.ndim - 1)
    hand = hand_force(chain)
    nothing = np.full(hand.shape, complex(np.nan, np.nan))
    load = chain.load
    slip = 0.0 if load is None else load.centre.rate - load.at_forearm_rate
    return LiftDynamics(
        time_s=ticks.time_s,
        moment_nm=wrenches.moment_nm * _SIGNS.reshape(-1, *lead),
        force_n=xy(wrenches.force_n),
        power_w=_power_w(chain, wrenches),
        turn_rad=chain.turn_rad,
        turn_rate_rad_s=chain.turn_rate_rad_s,
        turn_acceleration_rad_s2=chain.turn_acceleration_rad_s2,
        joint_m=xy(chain.joints),
        joint_rate_m_s=xy(chain.joint_rates),
        centre_m=xy(chain.centres.value),
        centre_rate_m_s=xy(chain.centres.rate),
        centre_acceleration_m_s2=xy(chain.centres.acceleration),
        hand_force_n=xy(hand),
        load_m=xy(nothing if load is None else np.broadcast_to(load.centre.value, hand.shape)),
        load_rate_m_s=xy(
            nothing if load is None else np.broadcast_to(load.centre.rate, hand.shape)
        ),
        reach_gap_m=np.zeros(hand.shape) if load is None else np.array(load.gap_m),
        stretch_power_w=(np.conj(hand) * slip).real,
        ground=ground_reaction(chain, body, wrenches, ticks),
        steady=ticks.steady,
    )


def _power_w(chain: Chain, wrenches: Wrenches) -> Floats:
    """Return joint power: the moment on the upper segment times its turning over the lower one.

    Both are counted counter-clockwise, inclinations clockwise.
    """
    upper = chain.turn_rate_rad_s[1:]
    lower = chain.turn_rate_rad_s[[PARENT[Segment(joint + 1)] for joint in JOINTS]]
    power: Floats = wrenches.moment_nm * (lower - upper)
    return power
