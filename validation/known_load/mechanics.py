"""True joint moments and powers of a posed lift, by Newton's and Euler's laws in one sum a joint.

Nothing of the product takes part: the parts of the body turn in space as they were posed, each with
its mass, centre and spread from the person's mesh; the moment at a joint is what everything above
it needs, the load included (Winter 2009, chapter 5, written as one sum instead of a chain).
Sagittal, both sides together, about the middle between left and right joint. Moments are
plantarflexor and extensor +.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import butter, sosfiltfilt

from primemover.model.arrays import Floats, Mask
from validation.known_load.masses import Masses
from validation.virtual.bodies import SIDES, Body
from validation.virtual.performance import Load, Performance

__all__ = ["JOINTS", "WORKERS", "TrueMechanics", "true_mechanics"]

_UP: Final = np.array([0.0, 9.80665, 0.0])  # standing still is being accelerated upwards
# The posed lifts are smooth but for kinks where a load leaves the floor, which would be hammer
# blows. Gait laboratories filter markers at about this frequency (Winter 2009, chapter 3).
_FILTER_HZ: Final = 6.0
_FILTER_ORDER: Final = 2  # forth and back: 4
_LEGS: Final = ("hip", "knee", "ankle", "toe")
# Joint -> the parts of the body that are not above it.
_BELOW: Final[dict[str, tuple[str, ...]]] = {
    "ankle": ("ankle", "toe"),
    "knee": ("knee", "ankle", "toe"),
    "hip": _LEGS,
    "l5s1": (*_LEGS, "pelvis"),
    "l3l4": (*_LEGS, "pelvis", "l5s1"),
    "t12l1": (*_LEGS, "pelvis", "l5s1", "l3l4"),
    "t7t8": (*_LEGS, "pelvis", "l5s1", "l3l4", "t12l1"),
}
_SPINE: Final = ("l5s1", "l3l4", "t12l1", "t7t8")
JOINTS: Final = ("ankle", "knee", "hip", "l5s1")
WORKERS: Final = ("hips", "knees", "back")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueMechanics:
    """What is true of a posed lift; arrays (T,).

    Attributes
    ----------
    moment_nm : ``ankle, knee, hip, l5s1`` -> both sides together, plantarflexor and extensor +
    power_w : ``hips, knees, back`` -> sagittal joint power; the back's is that of all its joints
        from L5/S1 to T7/T8 together
    pressure_m : centre of pressure, ahead of the middle between the ankles
    """

    time_s: Floats
    moment_nm: dict[str, Floats]
    power_w: dict[str, Floats]
    pressure_m: Floats


def true_mechanics(lifted: Performance, masses: Masses) -> TrueMechanics:
    """Return moments and powers; they hold while the whole load hangs from the hands.

    Raises
    ------
    ValueError
        If nothing is lifted or the clock is uneven.
    """
    if lifted.bar_m is None or lifted.load is None:
        raise ValueError("nothing is lifted")
    steps_s = np.diff(lifted.time_s)
    if np.ptp(steps_s) > 1e-6:  # noqa: PLR2004 - float noise
        raise ValueError("the clock must be even")
    moving = _moving(lifted, lifted.load, masses, step_s=float(steps_s[0]))
    moments = {joint: moving.moment_nm(joint) for joint in _BELOW}
    turning = moving.turning_rad_s()
    spine = ("pelvis", *_SPINE)
    power = {
        "hips": moments["hip"] * (turning["thigh"] - turning["pelvis"]),
        "knees": moments["knee"] * (turning["thigh"] - turning["shank"]),
        "back": sum(
            (
                moments[joint] * (turning[below] - turning[joint])
                for below, joint in zip(spine[:-1], _SPINE, strict=True)
            ),
            start=np.zeros(lifted.time_s.size),
        ),
    }
    return TrueMechanics(
        time_s=lifted.time_s,
        moment_nm={joint: moments[joint] for joint in JOINTS},
        power_w=power,
        pressure_m=moving.pressure_m(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moving:
    """All parts of a body and the load, with what they need.

    Attributes
    ----------
    rotations : (T, J, 3, 3) array
    joints_m, centres_m, needed_n : (T, J, 3) arrays; needed: mass times acceleration and weight
    twist_nm : (T, J) array, what turns each part about its own centre
    load_m, load_n : (T, 3) arrays
    """

    body: Body
    step_s: float
    rotations: Floats
    joints_m: Floats
    centres_m: Floats
    needed_n: Floats
    twist_nm: Floats
    load_m: Floats
    load_n: Floats

    def moment_nm(self, joint: str) -> Floats:
        """Return the moment that everything above a joint needs, clinical sign, (T,)."""
        counter = self._about(self.middle_m(joint), above=self._above(joint))
        return -counter if joint == "knee" else counter

    def pressure_m(self) -> Floats:
        """Return where the ground's force acts, ahead of the middle between the ankles, (T,)."""
        ankle = self.middle_m("ankle")
        everything = np.ones(len(self.body.joint_names), dtype=np.bool_)
        ground = ankle * np.array([1.0, 0.0, 1.0])
        upward = self.needed_n[:, :, 1].sum(axis=1) + self.load_n[:, 1]
        ahead: Floats = self._about(ground, above=everything) / upward
        return ahead

    def middle_m(self, part: str) -> Floats:
        """Return the middle between left and right joint, or the one joint, (T, 3)."""
        names = (part,) if part in self.body.joint_names else tuple(f"{part}_{s}" for s in SIDES)
        middle: Floats = self.joints_m[:, [self.body.joint(name) for name in names]].mean(axis=1)
        return middle

    def turning_rad_s(self) -> dict[str, Floats]:
        """Return how fast parts tip forward in the sagittal plane, (T,) each.

        Legs by the lines between the middles of their joints, the trunk's parts by themselves.
        """
        tipped = {
            "shank": _tipped(self.middle_m("knee") - self.middle_m("ankle")),
            "thigh": _tipped(self.middle_m("hip") - self.middle_m("knee")),
        }
        for name in ("pelvis", *_SPINE):
            tipped[name] = _tipped(self.rotations[:, self.body.joint(name), :, 1])
        return {name: np.gradient(angle, self.step_s) for name, angle in tipped.items()}

    def _above(self, joint: str) -> Mask:
        below = _BELOW[joint]
        return np.array([name.split("_")[0] not in below for name in self.body.joint_names])

    def _about(self, point_m: Floats, *, above: Mask) -> Floats:
        """Return the moment about a point that parts and load need, counter-clockwise +, (T,)."""
        arms = self.centres_m - point_m[:, None]
        parts = _cross(arms, self.needed_n) + self.twist_nm
        load = _cross(self.load_m - point_m, self.load_n)
        whole: Floats = parts[:, above].sum(axis=1) + load
        return whole


def _moving(lifted: Performance, load: Load, masses: Masses, *, step_s: float) -> _Moving:
    rotations = _smooth(lifted.track.rotations, step_s)
    joints_m = _smooth(lifted.track.joints_m, step_s)
    centres_m = joints_m + np.einsum("tjab,jb->tja", rotations, masses.centre_m)
    load_m = _smooth(_load_centre_m(lifted, load), step_s)
    return _Moving(
        body=lifted.body,
        step_s=step_s,
        rotations=rotations,
        joints_m=joints_m,
        centres_m=centres_m,
        needed_n=masses.mass_kg[:, None] * (_twice(centres_m, step_s) + _UP),
        twist_nm=_twists_nm(rotations, masses, step_s=step_s),
        load_m=load_m,
        load_n=load.mass_kg * (_twice(load_m, step_s) + _UP),
    )


def _twists_nm(rotations: Floats, masses: Masses, *, step_s: float) -> Floats:
    """Return what turns each part about its own centre, (T, J).

    With places r about the centre, r = R r0, the sum of m r x r'' is the lopsided part of
    R S R''^T, S the sum of m r0 r0^T.
    """
    turned = rotations @ masses.spread_kg_m2
    pair = turned @ np.swapaxes(_twice(rotations, step_s), -1, -2)
    twist: Floats = pair[..., 0, 1] - pair[..., 1, 0]
    return twist


def _smooth(values: Floats, step_s: float) -> Floats:
    sos = butter(_FILTER_ORDER, _FILTER_HZ, fs=1.0 / step_s, output="sos")
    smooth: Floats = sosfiltfilt(sos, values, axis=0)
    return smooth


def _twice(values: Floats, step_s: float) -> Floats:
    """Return the second derivative over time, the first axis."""
    twice: Floats = np.gradient(np.gradient(values, step_s, axis=0), step_s, axis=0)
    return twice


def _load_centre_m(lifted: Performance, load: Load) -> Floats:
    """Return the load's centre of mass, (T, 3): a bell's is in its ball, under the grip."""
    bar_m = np.asarray(lifted.bar_m, dtype=np.float64)
    if load.kind != "kettlebell":
        return bar_m
    below: Floats = bar_m - np.array([0.0, load.grip_over_base_m - load.bell_radius_m, 0.0])
    return below


def _cross(arm_m: Floats, force_n: Floats) -> Floats:
    """Return the moment in the sagittal plane, about Z."""
    moment: Floats = arm_m[..., 0] * force_n[..., 1] - arm_m[..., 1] * force_n[..., 0]
    return moment


def _tipped(line: Floats) -> Floats:
    angle: Floats = np.unwrap(np.arctan2(line[:, 0], line[:, 1]))
    return angle
