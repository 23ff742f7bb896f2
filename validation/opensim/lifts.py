"""Three made-up lifts on which our moments and OpenSim's are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.interpolate import make_interp_spline

from primemover.dynamics.arms import reach
from primemover.dynamics.body import Body
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.planar import planar
from primemover.dynamics.segments import Segment
from primemover.dynamics.spine import spine_inclinations_rad
from primemover.model.arrays import Floats
from primemover.model.person import Sex
from tests.unit.dynamics.lifts import (
    STILL_S,
    ankle_m,
    hanging_load,
    lifter,
    shoulder_m,
    synthetic_lift,
)

__all__ = ["MadeUpLift", "made_up_lifts", "unsmoothed_turn_rad"]

_FPS: Final = 60.0
# Dorsiflexion, knee flexion, pelvis tilt and lumbar flexion in degrees at three instants.
_DEADLIFT_DEG: Final = ((18.0, 7.0, 0.0), (80.0, 33.0, 0.0), (54.0, 47.0, 0.0), (18.0, 14.0, 0.0))
_SQUAT_DEG: Final = ((0.0, 28.0, 0.0), (0.0, 118.0, 0.0), (0.0, 38.0, 0.0), (0.0, 16.0, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpLift:
    """A lift with exactly known movement, without noise.

    `about` says in words what it is.
    """

    name: str
    about: str
    body: Body
    motion: SagittalMotion
    load: HeldLoad


def made_up_lifts() -> tuple[MadeUpLift, ...]:
    """Return a slow deadlift, a fast heavy one, and a deep squat with the load in the hands."""
    man, woman = lifter(), lifter(sex=Sex.FEMALE, mass_kg=62.0, stature_m=1.66)
    slow, bar = synthetic_lift(man)
    fast = _motion(man, _DEADLIFT_DEG, (0.0, 0.5, 1.25))
    squat = _motion(woman, _SQUAT_DEG, (0.0, 1.6, 3.2))
    return (
        MadeUpLift(
            name="deadlift",
            about="man, 80 kg, 1.80 m, 100 kg in 2.0 s, bar 9 cm before the ankle",
            body=man,
            motion=slow,
            load=bar,
        ),
        MadeUpLift(
            name="fast deadlift",
            about="the same man and postures, 120 kg in 1.25 s, bar 7 cm before the ankle",
            body=man,
            motion=fast,
            load=hanging_load(fast, man, mass_kg=120.0, ahead_m=0.07, reach=0.99),
        ),
        MadeUpLift(
            name="deep squat",
            about="woman, 62 kg, 1.66 m, 50 kg hanging from the hands, down and up in 3.2 s,"
            " knee 118 degrees",
            body=woman,
            motion=squat,
            load=hanging_load(squat, woman, mass_kg=50.0, reach=0.99),
        ),
    )


def unsmoothed_turn_rad(lift: MadeUpLift) -> Floats:
    """Return every segment's inclination as made up, before any smoothing, (S, T)."""
    motion, body = lift.motion, lift.body
    upper_m, lower_m = body.arm_m
    upper, fore, _ = reach(
        planar(shoulder_m(motion, body)),
        planar(lift.load.path_m),
        upper_m=upper_m[..., None],
        lower_m=lower_m[..., None],
    )
    turn = np.zeros((len(Segment), motion.time_s.size))
    for segment in (s for s in Segment if s < Segment.UPPER_ARM):
        turn[segment] = getattr(motion, f"{segment.name.lower()}_rad")
    turn[Segment.UPPER_ARM], turn[Segment.FOREARM] = upper, fore
    return turn


def _motion(
    body: Body, degrees: tuple[tuple[float, ...], ...], keys_s: tuple[float, ...]
) -> SagittalMotion:
    """Return a movement through three postures, from rest to rest, standing still around it."""
    time_s = np.arange(keys_s[0] - STILL_S, keys_s[-1] + STILL_S, 1.0 / _FPS)
    rest: Any = [(1, 0.0), (2, 0.0)]

    def curve(values: tuple[float, ...]) -> Floats:
        spline = make_interp_spline(keys_s, np.deg2rad(values), k=5, bc_type=(rest, rest))
        moved: Floats = spline(np.clip(time_s, keys_s[0], keys_s[-1]))
        return moved

    shank, knee, pelvis, flexion = (curve(values) for values in degrees)
    lumbar, chest = spine_inclinations_rad(pelvis, lumbar_flexion_rad=flexion)
    return SagittalMotion(
        time_s=time_s,
        foot_rad=np.zeros_like(time_s),
        shank_rad=shank,
        thigh_rad=shank - knee,
        pelvis_rad=pelvis,
        lumbar_rad=lumbar,
        chest_rad=chest,
        head_rad=chest,
        ankle_m=ankle_m(body, time_s.size),
    )
