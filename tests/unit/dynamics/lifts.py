"""Lifts made up for tests: postures, motions and bodies with known answers."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from scipy.interpolate import make_interp_spline

from primemover.dynamics.body import Body, body_of, lengths_from_stature
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.segments import Segment
from primemover.dynamics.spine import spine_inclinations_rad
from primemover.knowledge.segment_rows import TableId, segment_table
from primemover.model.arrays import Floats
from primemover.model.person import Sex

AHEAD_M: Final = 0.09
STILL_S: Final = 0.6
KNEE_PASS_S: Final = 0.8
LOCKOUT_S: Final = 2.0


def lifter(
    table: TableId = "de_leva",
    *,
    sex: Sex = Sex.MALE,
    mass_kg: float = 80.0,
    stature_m: float = 1.8,
) -> Body:
    rows = segment_table(table, sex=sex)
    return body_of(rows, lengths_from_stature(rows, stature_m), body_mass_kg=mass_kg)


def posture(body: Body, **inclinations_rad: float) -> SagittalMotion:
    """Return somebody standing still, segments upright unless said otherwise."""
    time_s = np.arange(30) / 60.0
    names = ("foot", "shank", "thigh", "pelvis", "lumbar", "chest", "head")
    curves: dict[str, Any] = {
        f"{name}_rad": np.full(time_s.size, inclinations_rad.get(f"{name}_rad", 0.0))
        for name in names
    }
    return SagittalMotion(time_s=time_s, ankle_m=ankle_m(body, time_s.size), **curves)


def ankle_m(body: Body, frames: int) -> Floats:
    return np.tile([0.0, float(body.lengths.ankle_height_m)], (frames, 1))


def synthetic_lift(
    body: Body, *, fps: float = 60.0, seed: int | None = None
) -> tuple[SagittalMotion, HeldLoad]:
    """Return the lift of loads.md section 2: 100 kg held 9 cm ahead of the ankle, arms straight.

    Postures at lift-off, knee pass and lockout as given there; between them a spline that starts
    and ends at rest, with a standstill before lift-off (0 s) and after lockout (2 s). The time of
    the knee pass is not given there: 0.8 s. With a seed the frames are unevenly spaced.
    """
    time_s = np.arange(-STILL_S, LOCKOUT_S + STILL_S, 1.0 / fps)
    if seed is not None:
        shake = np.random.default_rng(seed).uniform(-0.3, 0.3, time_s.size)
        time_s = time_s + shake / fps
    rest: Any = [(1, 0.0), (2, 0.0)]
    keys = (0.0, KNEE_PASS_S, LOCKOUT_S)

    def curve(*degrees: float) -> Floats:
        spline = make_interp_spline(keys, np.deg2rad(degrees), k=5, bc_type=(rest, rest))
        moved: Floats = spline(np.clip(time_s, 0.0, LOCKOUT_S))
        return moved

    shank, pelvis = curve(18, 7, 0), curve(54, 47, 0)
    lumbar, chest = spine_inclinations_rad(pelvis, lumbar_flexion_rad=curve(18, 14, 0))
    motion = SagittalMotion(
        time_s=time_s,
        foot_rad=np.zeros_like(time_s),
        shank_rad=shank,
        thigh_rad=shank - curve(80, 33, 0),
        pelvis_rad=pelvis,
        lumbar_rad=lumbar,
        chest_rad=chest,
        head_rad=chest,
        ankle_m=ankle_m(body, time_s.size),
    )
    return motion, hanging_load(motion, body, mass_kg=100.0, ahead_m=AHEAD_M, reach=0.999)


def hanging_load(
    motion: SagittalMotion,
    body: Body,
    *,
    mass_kg: float,
    ahead_m: float | None = None,
    reach: float = 1.0,
) -> HeldLoad:
    """Return a load at the end of straight arms: under the shoulders, or so far before the ankle.

    With a reach under 1 the elbows stay a little bent.
    """
    shoulder = shoulder_m(motion, body)
    arm = reach * sum(body.arm_m)
    x = shoulder[:, 0] if ahead_m is None else np.full(len(shoulder), ahead_m)
    drop = np.sqrt(arm**2 - (shoulder[:, 0] - x) ** 2)
    return HeldLoad(
        mass_kg=np.asarray(mass_kg),
        path_m=np.stack((x, shoulder[:, 1] - drop), axis=-1),
        carried=np.ones(len(shoulder)),
    )


def shoulder_m(motion: SagittalMotion, body: Body) -> Floats:
    """Return mid-shoulder, (T, 2), by turning matrices: another road than the chain's."""
    place = motion.ankle_m.copy()
    for segment, turn in (
        (Segment.SHANK, motion.shank_rad),
        (Segment.THIGH, motion.thigh_rad),
        (Segment.PELVIS, motion.pelvis_rad),
        (Segment.LUMBAR, motion.lumbar_rad),
        (Segment.CHEST, motion.chest_rad),
    ):
        ahead, up = body.end_m[segment]
        sine, cosine = np.sin(turn), np.cos(turn)
        place = place + np.stack((ahead * cosine + up * sine, up * cosine - ahead * sine), axis=-1)
    return place
