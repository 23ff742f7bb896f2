"""A lifter does not fall: what would stand off the feet was not seen right."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.dynamics.inverse import LiftDynamics
from primemover.errors import QualityError
from primemover.model.arrays import Ints, Mask
from primemover.model.repetition import Repetition

__all__ = ["FALLS", "on_the_feet", "pulling", "standing_draws"]

FALLS: Final = (
    "what was seen of body and bar would fall over: check body mass, bar mass and the view"
)
# Where the centre of pressure may lie on average over a pull, in lengths of the foot from the
# heel: from the heel's edge to just before the toes (metatarsal heads lie at 0.73). Engineering
# default.
_BALANCE: Final = (0.05, 0.80)
# The middle of all draws may leave the feet by so much for an instant, and for so much of the pull
# by more; engineering defaults. A landmark that jumps for some frames throws it off by metres.
_OFF_M: Final = 0.05
_MOST_OFF: Final = 0.3


def pulling(lift: LiftDynamics, repetition: Repetition) -> Mask:
    """Return the instants of the pull, (T,)."""
    inside: Mask = (lift.time_s >= repetition.lift_off_s) & (lift.time_s <= repetition.lockout_s)
    return inside


def standing_draws(lift: LiftDynamics, repetition: Repetition) -> Ints:
    """Return the draws in which the lifter stands on the feet, on average over the pull.

    Raises
    ------
    QualityError
        If too few frames are complete.
    """
    ground = lift.ground
    known = pulling(lift, repetition) & np.isfinite(ground.pressure_x_m).all(axis=0)
    if not known.any():
        raise QualityError("too few frames are complete")
    pressure = ground.pressure_x_m[:, known].mean(axis=1)
    heel, toe = (edge[:, known].mean(axis=1) for edge in (ground.heel_x_m, ground.toe_x_m))
    place = (pressure - heel) / (toe - heel)
    return np.flatnonzero((place > _BALANCE[0]) & (place < _BALANCE[1]))


def on_the_feet(lift: LiftDynamics, repetition: Repetition) -> Mask:
    """Return the instants (T,) in which the middle of all draws stands, or nearly so.

    Raises
    ------
    QualityError
        If too much of the pull is elsewhere.
    """
    ground = lift.ground
    known = np.isfinite(ground.pressure_x_m).all(axis=0)
    heel, place, toe = (
        np.median(edge, axis=0) for edge in (ground.heel_x_m, ground.pressure_x_m, ground.toe_x_m)
    )
    with np.errstate(invalid="ignore"):
        stands: Mask = known & (place > heel - _OFF_M) & (place < toe + _OFF_M)
    pull = pulling(lift, repetition) & known
    if not stands[pull].mean() >= 1.0 - _MOST_OFF:
        raise QualityError(FALLS)
    return stands
