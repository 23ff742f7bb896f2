"""What muscle sharing needs: a person, a posture over time, and the moments that are carried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Ints

__all__ = ["JointLoads", "Lifter", "Posture", "draws_of", "frame_grid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """Whose muscles they are; numbers or (D,) arrays.

    `strength` multiplies every muscle's force; 1 is the table's person scaled by body mass.
    """

    stature_m: float | Floats
    body_mass_kg: float | Floats
    strength: float | Floats = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Angles over time, clinical signs; T frames, D Monte-Carlo draws (or none). NaN = not seen.

    Attributes
    ----------
    time_s : (T,) array, increasing
    hip_flexion_rad, knee_flexion_rad, dorsiflexion_rad, lumbar_flexion_rad, pelvis_tilt_rad :
        (T,) or (D, T) arrays; hip flexion between pelvis and thigh, lumbar flexion between pelvis
        and chest, pelvis tilt forward from the upright, all 0 standing upright
    """

    time_s: Floats
    hip_flexion_rad: Floats
    knee_flexion_rad: Floats
    dorsiflexion_rad: Floats
    lumbar_flexion_rad: Floats
    pelvis_tilt_rad: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class JointLoads:
    """Net moments and the net force on the spine, (T,) or (D, T) arrays.

    Attributes
    ----------
    ankle_nm, knee_nm, hip_nm : of ONE leg, plantarflexor and extensor +
    l5s1_nm : extensor +
    l5s1_force_n : (T, 2) or (D, T, 2) array, of the pelvis on all above it, forward and up
    thoracolumbar_nm : moment at T12/L1, extensor +; None leaves the upper level out
    """

    ankle_nm: Floats
    knee_nm: Floats
    hip_nm: Floats
    l5s1_nm: Floats
    l5s1_force_n: Floats
    thoracolumbar_nm: Floats | None = None


def draws_of(posture: Posture, loads: JointLoads, lifter: Lifter) -> int:
    """Return the number of draws D; 1 where nothing has draws.

    Raises
    ------
    ValueError
        If arrays disagree about the number of draws or frames.
    """
    shapes = [array.shape for array in _curves(posture, loads)]
    shapes.append(loads.l5s1_force_n.shape[:-1])
    frames = posture.time_s.shape
    shapes += [(*np.shape(v), *frames) for v in (lifter.stature_m, lifter.body_mass_kg)]
    shapes.append((*np.shape(lifter.strength), *frames))
    whole = np.broadcast_shapes(*shapes, frames)
    return whole[0] if len(whole) > 1 else 1


def frame_grid(posture: Posture, loads: JointLoads, *, step_s: float) -> Ints:
    """Return the frames to solve: complete in every draw, about `step_s` apart, both ends in.

    Raises
    ------
    QualityError
        If fewer than two frames are complete.
    """
    seen = np.isfinite(loads.l5s1_force_n).all(axis=-1)
    seen = seen.reshape(-1, posture.time_s.size).all(axis=0)
    for curve in _curves(posture, loads):
        seen = seen & np.isfinite(curve).reshape(-1, posture.time_s.size).all(axis=0)
    frames = np.flatnonzero(seen)
    if frames.size < 2:  # noqa: PLR2004 - two frames make a movement
        raise QualityError("Too few frames carry joint moments to share them among muscles.")
    time = posture.time_s[frames]
    if step_s <= (time[-1] - time[0]) / (frames.size - 1):
        return frames
    wanted = np.linspace(time[0], time[-1], max(2, round((time[-1] - time[0]) / step_s) + 1))
    return np.unique(frames[np.searchsorted(time, wanted - 1e-9).clip(0, frames.size - 1)])


def _curves(posture: Posture, loads: JointLoads) -> list[Floats]:
    curves = [
        posture.hip_flexion_rad,
        posture.knee_flexion_rad,
        posture.dorsiflexion_rad,
        posture.lumbar_flexion_rad,
        posture.pelvis_tilt_rad,
        loads.ankle_nm,
        loads.knee_nm,
        loads.hip_nm,
        loads.l5s1_nm,
    ]
    return curves if loads.thoracolumbar_nm is None else [*curves, loads.thoracolumbar_nm]
