"""Who does the work: by joint and phase, and the shares of hips, back and knees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from primemover.dynamics.inverse import LiftDynamics
from primemover.dynamics.segments import Joint, Segment
from primemover.model.arrays import Floats, frozen

__all__ = ["LIFTING", "LiftInstants", "LiftPhase", "LiftWork", "WorkGroup", "lift_work"]


class LiftPhase(IntEnum):
    """Phases of the way up, in the order of every axis ``P`` = 3."""

    TAKE_UP = 0
    """Set-up to lift-off: the load is still on the floor."""
    FLOOR_TO_KNEES = 1
    KNEES_TO_LOCKOUT = 2


class WorkGroup(IntEnum):
    """Who works, in the order of every axis ``G`` = 3."""

    HIPS = 0
    BACK = 1
    """L5/S1 and the thoracolumbar joint together: power is summed before its sign is taken."""
    KNEES = 2


LIFTING: Final = (LiftPhase.FLOOR_TO_KNEES, LiftPhase.KNEES_TO_LOCKOUT)
_JOINTS_OF: Final = (
    (Joint.HIP,),
    (Joint.L5S1, Joint.THORACOLUMBAR),
    (Joint.KNEE,),
)
_NEXT_TO_NOTHING_J: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftInstants:
    """The instants that part a lift, seconds of the film's clock; NaN = not seen."""

    set_up_s: float
    lift_off_s: float
    knee_pass_s: float
    lockout_s: float

    @property
    def edges_s(self) -> tuple[float, float, float, float]:
        """The phases' edges in order."""
        return self.set_up_s, self.lift_off_s, self.knee_pass_s, self.lockout_s


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftWork:
    """Work and rise by phase, both sides together; ``...`` are the draws of the dynamics.

    Phases whose edges are NaN, out of order or outside the film are NaN.

    Attributes
    ----------
    positive_j, negative_j : (P, J, ...) arrays, integrals of the positive and of the negative part
        of each joint's power; negative work is <= 0
    group_positive_j : (P, G, ...) array, likewise of hips, back and knees
    shoulder_rise_m : (P, G, ...) array, how far the shoulders rise because the pelvis turns up
        (hips), because the spine straightens over the pelvis (back) and because the hips' joints
        rise (knees, with the ankles); the three add up to the shoulders' whole rise
    pelvis_turn_rad, spine_turn_rad : (P, ...) arrays, how far the pelvis turns up, and the chest
        over the pelvis; they add up to the chest's turning up
    """

    positive_j: Floats
    negative_j: Floats
    group_positive_j: Floats
    shoulder_rise_m: Floats
    pelvis_turn_rad: Floats
    spine_turn_rad: Floats

    @property
    def work_share(self) -> Floats:
        """Hips : back : knees of their positive work from lift-off to lockout, (G, ...)."""
        return _share(self.group_positive_j)

    @property
    def late_work_share(self) -> Floats:
        """Hips : back : knees of their positive work from the knees to lockout, (G, ...)."""
        part = self.group_positive_j[LiftPhase.KNEES_TO_LOCKOUT]
        total = part.sum(axis=0)
        share: Floats = part / np.where(total > _NEXT_TO_NOTHING_J, total, np.nan)
        return share

    @property
    def rise_share(self) -> Floats:
        """Hips : back : knees of the shoulders' rise from lift-off to lockout, (G, ...).

        A part that goes down counts against the others: shares add up to 1 and may be negative.
        """
        return _share(self.shoulder_rise_m)

    @property
    def back_turn_share(self) -> Floats:
        """The spine's share of the chest's turning up from lift-off to lockout, (...,)."""
        turn = np.stack((self.pelvis_turn_rad, self.spine_turn_rad), axis=1)
        share: Floats = _share(turn)[1]
        return share

    @property
    def late_share(self) -> Floats:
        """How much of each group's positive work comes after the knees are passed, (G, ...)."""
        return _late(self.group_positive_j)

    @property
    def late_rise_share(self) -> Floats:
        """How much of each group's part of the rise comes after the knees are passed, (G, ...)."""
        return _late(self.shoulder_rise_m)


def lift_work(lift: LiftDynamics, instants: LiftInstants) -> LiftWork:
    """Return work and rise of one lift by phase.

    Power is integrated by the trapezoidal rule on the film's clock, with the phases' edges put in
    between frames; positive and negative part are cut frame by frame, so that they add up to the
    net work exactly. Frames that were not seen are bridged by the rule itself.

    The shoulders' rise is parted by its velocity: a point over a joint rises with the joint, and
    by the turning of what lies between. With the pelvis turning alone the whole trunk turns about
    the hips; turning of lumbar link over pelvis and of chest over lumbar link is the back's.
    """
    known = np.isfinite(lift.power_w).all(axis=tuple(range(lift.power_w.ndim - 1)))
    timer = _Timer(time_s=lift.time_s[known], edges_s=instants.edges_s)
    power = lift.power_w[..., known]
    groups = np.stack([power[list(joints)].sum(axis=0) for joints in _JOINTS_OF])
    turn = lift.turn_rad[..., known]
    rise = _rise_rates_m_s(lift)[..., known]
    return LiftWork(
        positive_j=timer.between(np.maximum(power, 0.0)),
        negative_j=timer.between(np.minimum(power, 0.0)),
        group_positive_j=timer.between(np.maximum(groups, 0.0)),
        shoulder_rise_m=timer.between(rise),
        pelvis_turn_rad=timer.change(-turn[Segment.PELVIS]),
        spine_turn_rad=timer.change(turn[Segment.PELVIS] - turn[Segment.CHEST]),
    )


def _rise_rates_m_s(lift: LiftDynamics) -> Floats:
    """Return how fast the shoulders rise by hips, back and knees, (G, ..., T)."""
    ahead = lift.joint_m[Joint.SHOULDER, ..., 0] - lift.joint_m[..., 0]
    turning = lift.turn_rate_rad_s
    lumbar = turning[Segment.LUMBAR] - turning[Segment.PELVIS]
    chest = turning[Segment.CHEST] - turning[Segment.LUMBAR]
    return np.stack(
        (
            -turning[Segment.PELVIS] * ahead[Joint.HIP],
            -lumbar * ahead[Joint.L5S1] - chest * ahead[Joint.THORACOLUMBAR],
            lift.joint_rate_m_s[Joint.HIP, ..., 1],
        )
    )


def _share(parts: Floats) -> Floats:
    """Return shares over the lifting phases, (G, ...), of (P, G, ...); NaN where there is none."""
    whole = parts[list(LIFTING)].sum(axis=0)
    total = whole.sum(axis=0)
    share: Floats = whole / np.where(np.abs(total) > _NEXT_TO_NOTHING_J, total, np.nan)
    return share


def _late(parts: Floats) -> Floats:
    total = parts[list(LIFTING)].sum(axis=0)
    share: Floats = parts[LiftPhase.KNEES_TO_LOCKOUT] / np.where(
        np.abs(total) > _NEXT_TO_NOTHING_J, total, np.nan
    )
    return share


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timer:
    """Integrals and changes of sampled curves between given instants."""

    time_s: Floats
    edges_s: tuple[float, ...]

    def between(self, values: Floats) -> Floats:
        """Return the integrals of (..., T) over each phase, (P, ...)."""
        steps = 0.5 * (values[..., 1:] + values[..., :-1]) * np.diff(self.time_s)
        grown = np.concatenate((np.zeros_like(values[..., :1]), np.cumsum(steps, axis=-1)), axis=-1)
        return self._differences([self._integral(grown, values, edge) for edge in self.edges_s])

    def change(self, values: Floats) -> Floats:
        """Return the changes of (..., T) over each phase, (P, ...)."""
        return self._differences([self._at(values, edge)[0] for edge in self.edges_s])

    def _integral(self, grown: Floats, values: Floats, edge_s: float) -> Floats:
        there, before = self._at(values, edge_s)
        if before < 0:
            return there
        into_s = edge_s - self.time_s[before]
        area: Floats = grown[..., before] + 0.5 * into_s * (values[..., before] + there)
        return area

    def _at(self, values: Floats, edge_s: float) -> tuple[Floats, int]:
        """Return the values at an instant, (...,), and the frame before it; NaN, -1 outside."""
        time_s = self.time_s
        if not (time_s.size > 1 and time_s[0] <= edge_s <= time_s[-1]):
            return np.full(values.shape[:-1], np.nan), -1
        before = int(np.clip(np.searchsorted(time_s, edge_s, "right") - 1, 0, time_s.size - 2))
        part = (edge_s - time_s[before]) / (time_s[before + 1] - time_s[before])
        return (1.0 - part) * values[..., before] + part * values[..., before + 1], before

    def _differences(self, at_edges: list[Floats]) -> Floats:
        ordered = np.diff(np.asarray(self.edges_s)) >= 0.0
        spans = [
            later - earlier if in_order else np.full_like(later, np.nan)
            for earlier, later, in_order in zip(at_edges[:-1], at_edges[1:], ordered, strict=True)
        ]
        return frozen(np.stack(spans))
