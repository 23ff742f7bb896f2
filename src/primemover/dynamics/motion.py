"""What goes in: how the person moved, and what they held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, frozen

__all__ = ["Arms", "HeldLoad", "SagittalMotion", "carried_share"]

# How long the hands take to draw the whole weight before it leaves the floor ("slack out of the
# bar"); engineering default, no publication.
_TAKE_UP_S: Final = 0.30


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """Inclinations of arms that hold nothing, (..., T) each; both sides together."""

    upper_arm_rad: Floats
    forearm_rad: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class SagittalMotion:
    """A person's movement in the sagittal plane.

    Every inclination is the segment's own, from its low to its high end in standing, counted from
    the upward vertical, forward +; see `primemover.dynamics.segments`. Leading axes ``...`` are
    Monte-Carlo draws and broadcast against each other. NaN = not seen: that frame is left out.

    Attributes
    ----------
    time_s : (T,) array, strictly increasing, may be uneven
    foot_rad : (..., T) array, 0 flat, heel raised +
    shank_rad, thigh_rad, pelvis_rad : (..., T) arrays
    lumbar_rad : (..., T) array, the line from L5/S1 to T12/L1
    chest_rad : (..., T) array, the line from T12/L1 to the shoulders
    head_rad : (..., T) array, lower neck to vertex
    ankle_m : (..., T, 2) array; for planted feet best their median, the same in every frame
    arms : None where a load is held: the hands then are where the load is
    """

    time_s: Floats
    foot_rad: Floats
    shank_rad: Floats
    thigh_rad: Floats
    pelvis_rad: Floats
    lumbar_rad: Floats
    chest_rad: Floats
    head_rad: Floats
    ankle_m: Floats
    arms: Arms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLoad:
    """A bar, hex bar or kettlebell as a point mass in the sagittal plane.

    It gives the hands a force and no moment: a bar turns freely in them, a bell hangs from them.

    Attributes
    ----------
    mass_kg : (...,) array or a number
    path_m : (..., T, 2) array, its centre of mass in the body's plane
    carried : (..., T) array, the share that the hands carry; the floor carries the rest
    grip_m : how far the middle of the grip lies from the load's centre, towards the shoulders:
        0 for a bar, the handle's height over the bell's centre for a kettlebell, the raise of the
        handles over the sleeves for a hex bar (whose hands are beside the body: the same point)
    locking : how softly elbows lock, in arm lengths: near straight a millimetre of the hands is
        degrees of the elbow, and a film's millimetres would become an arm's accelerations. An arm
        that is all but straight ends up to half of it short of the grip. 0 = exactly
    """

    mass_kg: Floats
    path_m: Floats
    carried: Floats
    grip_m: float = 0.0
    locking: float = 0.0


def carried_share(
    time_s: Floats, *, lift_off_s: float, set_down_s: float = np.nan, take_up_s: float = _TAKE_UP_S
) -> Floats:
    """Return the share of the load's weight that the hands carry, (T,), 0 to 1.

    It rises smoothly (3x^2 - 2x^3) over `take_up_s` and is 1 from `lift_off_s` on, because a load
    that moves has no floor under it; it falls likewise after `set_down_s`. NaN for either means
    that it does not happen in the film (a lift from a rack, a film that ends in lockout).
    """
    share = np.ones_like(time_s)
    if np.isfinite(lift_off_s):
        share = _ramp((time_s - lift_off_s) / take_up_s + 1.0)
    if np.isfinite(set_down_s):
        share = share * _ramp((set_down_s - time_s) / take_up_s + 1.0)
    return frozen(share)


def _ramp(progress: Floats) -> Floats:
    x = np.clip(progress, 0.0, 1.0)
    ramp: Floats = x * x * (3.0 - 2.0 * x)
    return ramp
