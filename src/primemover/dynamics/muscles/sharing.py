"""Share joint moments among muscles: every formulation, every draw, on a thinned clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.muscles.bodies import half_body, leg_share, trunk_share
from primemover.dynamics.muscles.formulation import FORMULATIONS, Formulation
from primemover.dynamics.muscles.geometry import out_of_range
from primemover.dynamics.muscles.inputs import JointLoads, Lifter, Posture, draws_of, frame_grid
from primemover.dynamics.muscles.sampling import Sampler
from primemover.dynamics.muscles.spine import PLATE_ANGLE_RAD, disc_load
from primemover.dynamics.muscles.table import Angle, muscle_table
from primemover.model.arrays import Floats, Ints, Mask, frozen

__all__ = ["STEP_S", "MuscleSharing", "share_muscles"]

STEP_S: Final = 0.08
"""Time between the frames that are solved. Engineering default: shares change over tenths of a
second, and a test holds what interpolation between them costs."""
_SIDES: Final = 2.0
_CURVES: Final[dict[Angle, str]] = {
    "hip": "hip_flexion_rad",
    "knee": "knee_flexion_rad",
    "ankle": "dorsiflexion_rad",
    "lumbar": "lumbar_flexion_rad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleSharing:
    """Who carries the moments, by E formulations, D draws, G groups and F solved frames.

    Forces, moments and power are those of both sides together.

    Attributes
    ----------
    formulations, groups : E and G names
    frames : (F,) int array, the frames of the film that were solved
    time_s : (F,) array
    force_n : (E, D, G, F) array, sum over the group's elements, each along its own tendon
    effort : (E, D, G, F) array, force over what the group could give at its present length; may
        be above 1
    power_w : (E, D, G, F) array, + where the group shortens under force
    hip_moment_nm : (E, D, G, F) array, extensor +
    stretch : (D, G, F) array, the group's length in optimal fibre lengths (only changes count)
    compression_n, shear_n : (E, D, F) arrays at L5/S1; shear anterior +, only an indication
    residual_nm : (E, D, F) array, the largest moment that the muscles miss, of one leg or the trunk
    out_of_range : (D, F) array, true where an angle lies outside the muscle table
    """

    formulations: tuple[str, ...]
    groups: tuple[str, ...]
    frames: Ints
    time_s: Floats
    force_n: Floats
    effort: Floats
    power_w: Floats
    hip_moment_nm: Floats
    stretch: Floats
    compression_n: Floats
    shear_n: Floats
    residual_nm: Floats
    out_of_range: Mask

    def force_share(self) -> Floats:
        """Return each group's share of the force of all modelled muscles, (E, D, G, F)."""
        share: Floats = self.force_n / self.force_n.sum(axis=2, keepdims=True)
        return share

    def hip_extension_share(self) -> Floats:
        """Return each group's share of all extending moments at the hip, (E, D, G, F)."""
        extending = np.maximum(self.hip_moment_nm, 0.0)
        total = extending.sum(axis=2, keepdims=True)
        share: Floats = np.divide(extending, total, out=np.zeros_like(extending), where=total > 0.0)
        return share


def share_muscles(
    posture: Posture,
    loads: JointLoads,
    lifter: Lifter,
    *,
    formulations: tuple[Formulation, ...] = FORMULATIONS,
    plate_angle_rad: float | Floats = PLATE_ANGLE_RAD,
    step_s: float = STEP_S,
) -> MuscleSharing:
    """Return who may carry the moments, for all formulations and draws.

    Steps: frames about `step_s` apart are taken; the muscle table gives arms and forces at their
    angles, scaled by stature and by body mass to the 2/3; least effort that carries the moments is
    solved per leg (ankle, knee, hip; both legs alike) and for the trunk (L5/S1, with T12/L1 where
    its moment is known); elements are summed into groups.

    Parameters
    ----------
    plate_angle_rad
        Slope of the sacral plate in the upright pelvis: a number or (D,).
    step_s
        Distance of the solved frames; one frame or less solves them all.

    Raises
    ------
    QualityError
        If fewer than two frames are complete.
    ValueError
        If arrays disagree about draws or frames.
    """
    table = muscle_table()
    at = Sampler(
        draws_of(posture, loads, lifter), frame_grid(posture, loads, step_s=step_s), posture.time_s
    )
    angles = {angle: at.flat(getattr(posture, name)) for angle, name in _CURVES.items()}
    rates = {angle: at.rate(getattr(posture, name)) for angle, name in _CURVES.items()}
    leg, trunk = (
        half_body(table, elements, (angles, rates), lifter, at)
        for elements in (table.leg, table.trunk)
    )
    legs = {q: leg_share(q, leg, loads, at) for q in {f.leg for f in formulations}}
    trunks = {q: trunk_share(q, trunk, loads, at) for q in {f.trunk for f in formulations}}
    pairs = [(legs[f.leg], trunks[f.trunk]) for f in formulations]
    compression, shear = disc_load(
        np.stack([at.flat(loads.l5s1_force_n[..., axis]) for axis in (0, 1)], axis=-1),
        np.stack([b.pull_n for _, b in pairs]),
        pelvis_tilt_rad=at.flat(posture.pelvis_tilt_rad),
        plate_angle_rad=at.per_draw(plate_angle_rad),
    )
    force = at.grouped([a.force_n + b.force_n for a, b in pairs])
    able = _SIDES * (leg.member @ leg.capacity_n + trunk.member @ trunk.capacity_n)
    return MuscleSharing(
        formulations=tuple(f.id for f in formulations),
        groups=tuple(row.id for row in table.groups),
        frames=frozen(at.frames, np.int64),
        time_s=frozen(posture.time_s[at.frames]),
        force_n=force,
        effort=force / at.grouped([able]),
        power_w=at.grouped([a.power_w + b.power_w for a, b in pairs]),
        hip_moment_nm=at.grouped([a.hip_moment_nm for a, _ in pairs]),
        stretch=at.grouped([leg.stretch + trunk.stretch])[0],
        compression_n=at.rows(compression),
        shear_n=at.rows(shear),
        residual_nm=at.rows(np.stack([np.maximum(a.residual_nm, b.residual_nm) for a, b in pairs])),
        out_of_range=at.rows(out_of_range(table, angles)[None])[0],
    )
