"""One leg and one side of the trunk: their elements at given postures, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.muscles.formulation import LegQuestion, TrunkQuestion
from primemover.dynamics.muscles.geometry import evaluate
from primemover.dynamics.muscles.inputs import JointLoads, Lifter
from primemover.dynamics.muscles.optimum import least_effort
from primemover.dynamics.muscles.sampling import Sampler
from primemover.dynamics.muscles.table import Angle, Elements, MuscleTable
from primemover.model.arrays import Floats

__all__ = ["Half", "Share", "half_body", "leg_share", "trunk_share"]

_TOLERANCE: Final = 1e-5  # of the moment, and of the effort: 0.003 N m of 300
_MASS_POWER: Final = 2.0 / 3.0  # force goes with a muscle's area, mass with its volume
_SIDES: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One leg, or one side of the trunk, of a person at N postures; K elements, G groups.

    Attributes
    ----------
    member : (G, K) array, 1 where an element is of a group
    arm_m : name -> (K, N) array, see `MuscleTable`
    pull : (2, K, N) array, pull on the spine above L5/S1 as a share of force, X and Y of the
        pelvis; 0 for leg muscles
    capacity_n : (K, N) array
    rate_m_s : (K, N) array, how fast each element lengthens
    stretch : (G, N) array, length in optimal fibre lengths, mean over the group by force
    """

    member: Floats
    arm_m: dict[str, Floats]
    pull: Floats
    capacity_n: Floats
    rate_m_s: Floats
    stretch: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a formulation answers, both sides together.

    Attributes
    ----------
    force_n, power_w, hip_moment_nm : (G, N) arrays
    pull_n : (N, 2) array, on the spine above L5/S1, X and Y of the pelvis
    residual_nm : (N,) array
    """

    force_n: Floats
    power_w: Floats
    hip_moment_nm: Floats
    pull_n: Floats
    residual_nm: Floats


def half_body(
    table: MuscleTable,
    elements: Elements,
    postures: tuple[dict[Angle, Floats], dict[Angle, Floats]],
    lifter: Lifter,
    at: Sampler,
) -> Half:
    """Return a person's leg or trunk at the solved postures.

    Arms and lengths grow with stature, forces with body mass to the 2/3 and with strength.

    Parameters
    ----------
    postures : angles and angular velocities, each angle -> (N,)
    """
    angles, rates = postures
    geometry = evaluate(table, elements, {angle: angles[angle] for angle in elements.angles})
    size = at.per_draw(lifter.stature_m) / elements.stature_m
    strength = at.per_draw(lifter.strength)
    strength = strength * (at.per_draw(lifter.body_mass_kg) / elements.mass_kg) ** _MASS_POWER
    member = (elements.group == np.arange(len(table.groups))[:, None]).astype(np.float64)
    weight = member * elements.max_force_n
    weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1.0)
    output = geometry.output
    rate = np.sum([output[f"{angle}_m"] * rates[angle] for angle in elements.angles], axis=0)
    pull = [output[name] for name in ("forward", "up") if name in output]
    return Half(
        member=member,
        arm_m={name: output[name] * size for name in output if name.endswith("_m")},
        pull=np.stack(pull) if pull else np.zeros((2, 1, 1)),
        capacity_n=geometry.capacity_n * strength,
        rate_m_s=rate * size,
        stretch=weight @ (output["length_m"] / elements.optimal_fibre_m[:, None]),
    )


def leg_share(question: LegQuestion, leg: Half, loads: JointLoads, at: Sampler) -> Share:
    """Return who carries one leg's ankle, knee and hip moments (the other leg does the same)."""
    names = ["ankle_m", "knee_m", "hip_m"]
    moments = [at.flat(m) for m in (loads.ankle_nm, loads.knee_nm, loads.hip_nm)]
    soft = [0.0, 0.0, 0.0]
    if question.frontal_nm is not None:
        names += ["abduction_m", "rotation_m"]
        moments += [np.zeros_like(moments[0])] * 2
        soft += [question.frontal_nm] * 2
    found = least_effort(
        np.stack([leg.arm_m[name] for name in names]) * leg.capacity_n,
        np.stack(moments),
        power=question.power,
        least=question.least,
        soft_nm=np.array(soft),
        tolerance=_TOLERANCE,
    )
    return _summed(leg, found.activation, leg.arm_m["hip_m"], found.residual_nm)


def trunk_share(question: TrunkQuestion, trunk: Half, loads: JointLoads, at: Sampler) -> Share:
    """Return who carries the moment at L5/S1, and at T12/L1 if asked and known."""
    names, moments = ["l5s1_m"], [at.flat(loads.l5s1_nm)]
    if loads.thoracolumbar_nm is not None and question.levels > 1:
        names.append("t12l1_m")
        moments.append(at.flat(loads.thoracolumbar_nm))
    found = least_effort(
        np.stack([trunk.arm_m[name] for name in names]) * (_SIDES * trunk.capacity_n),
        np.stack(moments),
        power=question.power,
        least=question.least,
        tolerance=_TOLERANCE,
    )
    return _summed(trunk, found.activation, np.zeros((1, 1)), found.residual_nm)


def _summed(half: Half, activation: Floats, hip_arm_m: Floats, residual_nm: Floats) -> Share:
    force = _SIDES * activation * half.capacity_n
    return Share(
        force_n=half.member @ force,
        power_w=-(half.member @ (force * half.rate_m_s)),
        hip_moment_nm=half.member @ (force * hip_arm_m),
        pull_n=(half.pull * force).sum(axis=1).T,
        residual_nm=residual_nm,
    )
