"""The ground reaction: where it acts, whether it closes, whether it lies under the feet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.chain import Chain
from primemover.dynamics.newton_euler import GRAVITY_M_S2, Wrenches, hand_force
from primemover.dynamics.planar import Planar, along
from primemover.dynamics.rates import Clock
from primemover.dynamics.segments import Joint, Segment
from primemover.model.arrays import Floats, Mask

__all__ = ["GroundReaction", "ground_reaction"]

_UNLOADED: Final = 0.05  # of the weight; below it a centre of pressure means nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundReaction:
    """The ground's force on both feet together; arrays (..., T) unless said otherwise.

    Attributes
    ----------
    force_n : (..., T, 2) array, forward and up
    pressure_x_m : centre of pressure, forward, on the level of the soles; NaN while the feet
        carry next to nothing
    heel_x_m, toe_x_m : where the feet begin and end; with raised heels they carry only in front
    under_feet : bool, whether the centre of pressure lies between heel and toes; false where NaN
    residual : vertical force of the segments' equations minus that of the twice differentiated
        common centre of mass, over the total weight of body and load
    """

    force_n: Floats
    pressure_x_m: Floats
    heel_x_m: Floats
    toe_x_m: Floats
    under_feet: Mask
    residual: Floats


def ground_reaction(chain: Chain, body: Body, wrenches: Wrenches, clock: Clock) -> GroundReaction:
    """Return the ground reaction with its checks.

    The centre of pressure is where the reaction has no moment: with the moment M about the ankle,
    M = x F_y - y F_x. The residual compares two roads to the same force: the sum over the segments
    of mass times an acceleration that follows from turning links, and the second derivative of the
    path of the whole body's centre of mass. The load's own acceleration enters both alike.
    """
    ankle = chain.joints[Joint.ANKLE]
    heel, toe = _soles(chain, body)
    floor_m = np.minimum(heel.imag, toe.imag)
    upward = wrenches.ground_n.imag
    weight_n = GRAVITY_M_S2 * _carried_mass(chain, body)
    loaded = upward > _UNLOADED * weight_n
    down = floor_m - ankle.imag
    arm = (wrenches.ground_moment_nm + down * wrenches.ground_n.real) / np.where(
        loaded, upward, np.nan
    )
    pressure = ankle.real + arm
    low, high = np.minimum(heel.real, toe.real), np.maximum(heel.real, toe.real)
    return GroundReaction(
        force_n=np.stack((wrenches.ground_n.real, upward), axis=-1),
        pressure_x_m=pressure,
        heel_x_m=low,
        toe_x_m=high,
        under_feet=(pressure >= low) & (pressure <= high),
        residual=(upward - _by_centre_of_mass(chain, body, clock)) / weight_n,
    )


def _soles(chain: Chain, body: Body) -> tuple[Planar, Planar]:
    """Return heel and toe tip on the sole, (..., T) each."""
    upright = along(chain.turn_rad[Segment.FOOT])
    lengths = body.lengths
    drop = np.asarray(lengths.ankle_height_m)[..., None]

    def under(ahead_m: Floats) -> Planar:
        point: Planar = chain.joints[Joint.ANKLE] + (-1j * ahead_m - drop) * upright
        return point

    return under(-np.asarray(lengths.heel_m)[..., None]), under(
        np.asarray(lengths.toe_m)[..., None]
    )


def _carried_mass(chain: Chain, body: Body) -> Floats:
    """Return the mass of the body and of the load, whoever carries it, (..., 1)."""
    total = body.total_mass_kg[..., None]
    return total if chain.load is None else total + chain.load.mass_kg


def _by_centre_of_mass(chain: Chain, body: Body, clock: Clock) -> Floats:
    mass_kg = body.mass_kg[..., None]
    total = body.total_mass_kg[..., None]
    height_m = (mass_kg * chain.centres.value.imag).sum(axis=0) / total
    lifted = clock.rate(clock.rate(height_m))
    force: Floats = total * (lifted + GRAVITY_M_S2) + hand_force(chain).imag
    return force
