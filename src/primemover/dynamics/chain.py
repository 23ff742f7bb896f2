"""Where every segment is, how fast it moves and how it is accelerated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.arms import grip_point, reach
from primemover.dynamics.body import Body
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.planar import Planar, along, frame, planar
from primemover.dynamics.rates import Clock
from primemover.dynamics.segments import SEGMENTS, Joint, Segment
from primemover.errors import UsageError
from primemover.model.arrays import Floats

__all__ = ["Chain", "Course", "LoadCourse", "chain_of"]


_LEGS_AND_TRUNK: Final = (
    Segment.SHANK,
    Segment.THIGH,
    Segment.PELVIS,
    Segment.LUMBAR,
    Segment.CHEST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A quantity with its first and second time derivative; arrays of one shape."""

    value: Planar
    rate: Planar
    acceleration: Planar


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCourse:
    """The load and the grip; complex arrays (..., T).

    `at_forearm_rate` is how fast a point of the forearm would move where the load's centre is.
    """

    centre: Course
    carried: Floats
    mass_kg: Floats
    gap_m: Floats
    at_forearm_rate: Planar


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The moving chain; S segments, J joints.

    Attributes
    ----------
    turn_rad : (S, ..., T) inclinations, smoothed
    turn_rate_rad_s, turn_acceleration_rad_s2 : (S, ..., T)
    joints : (J, ..., T) complex
    joint_rates : (J, ..., T) complex
    centres : of (S, ..., T) complex
    load : None where nothing is held
    """

    turn_rad: Floats
    turn_rate_rad_s: Floats
    turn_acceleration_rad_s2: Floats
    joints: Planar
    joint_rates: Planar
    centres: Course
    load: LoadCourse | None

    @property
    def shoulder(self) -> Planar:
        """Mid-shoulder, (..., T) complex."""
        shoulder: Planar = self.joints[Joint.SHOULDER]
        return shoulder


def chain_of(motion: SagittalMotion, body: Body, load: HeldLoad | None, clock: Clock) -> Chain:
    """Return the chain from the planted ankle up, its hands where the load is.

    Steps: inclinations and ankle are smoothed; legs, trunk and head stack up from the ankle;
    the arms reach from the shoulders for the grip (`primemover.dynamics.arms.reach`); rates and
    accelerations of inclinations are slopes on the clock, those of points follow from the links'
    turning, exactly.

    Parameters
    ----------
    motion : every frame seen; its clock is `clock`

    Raises
    ------
    UsageError
        If nothing is held and the motion does not say where the arms are.
    """
    trunk = clock.smooth(_trunk_rad(motion))
    ankle = _course(planar(motion.ankle_m), clock)
    end = frame(body.end_m)
    shoulder = ankle.value + sum(end[s] * along(trunk[s]) for s in _LEGS_AND_TRUNK)
    arms, load_course, gap_m = _arms(motion, body, load, clock, shoulder)
    shape = np.broadcast_shapes(trunk.shape[1:], arms.shape[1:], shoulder.shape)
    turn = np.concatenate(
        [np.broadcast_to(part, (part.shape[0], *shape)) for part in (trunk, arms)]
    )
    rate = clock.rate(turn)
    acceleration = clock.rate(rate)
    unit = along(turn)
    moving = _Links(
        units=Course(
            value=unit, rate=-1j * rate * unit, acceleration=-(1j * acceleration + rate**2) * unit
        ),
        ankle=ankle,
        body=body,
    )
    joints, joint_rates, joint_accelerations = moving.joints()
    centres = moving.centres(joints, joint_rates, joint_accelerations)
    return Chain(
        turn_rad=turn,
        turn_rate_rad_s=rate,
        turn_acceleration_rad_s2=acceleration,
        joints=joints,
        joint_rates=joint_rates,
        centres=centres,
        load=None
        if load is None or load_course is None
        else LoadCourse(
            centre=load_course,
            carried=np.asarray(load.carried, dtype=np.float64),
            mass_kg=_column(load.mass_kg),
            gap_m=np.broadcast_to(gap_m, shape),
            at_forearm_rate=joint_rates[Joint.ELBOW]
            - 1j * rate[Segment.FOREARM] * (load_course.value - joints[Joint.ELBOW]),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """Turning links on a moving ankle; `units` are the directions along them, (S, ..., T)."""

    units: Course
    ankle: Course
    body: Body

    def _step(self, segment: Segment, place: Planar) -> tuple[Planar, ...]:
        """Return a place in a segment's frame as seen from its joint, with its derivatives."""
        units = self.units
        return (
            place * units.value[segment],
            place * units.rate[segment],
            place * units.acceleration[segment],
        )

    def joints(self) -> tuple[Planar, Planar, Planar]:
        """Return the joints' places, rates and accelerations, (J, ..., T)."""
        end, neck = frame(self.body.end_m), frame(self.body.neck_m)
        shape = self.units.value.shape[1:]
        ankle = self.ankle
        found = [
            tuple(
                np.broadcast_to(part, shape)
                for part in (ankle.value, ankle.rate, ankle.acceleration)
            )
        ]
        for segment in _LEGS_AND_TRUNK[:-1]:
            found.append(_sum(found[-1], self._step(segment, end[segment])))
        chest = found[-1]
        found.append(_sum(chest, self._step(Segment.CHEST, neck)))
        found.append(_sum(chest, self._step(Segment.CHEST, end[Segment.CHEST])))
        found.append(_sum(found[-1], self._step(Segment.UPPER_ARM, end[Segment.UPPER_ARM])))
        value, rate, acceleration = (np.stack(parts) for parts in zip(*found, strict=True))
        return value, rate, acceleration

    def centres(self, joints: Planar, rates: Planar, accelerations: Planar) -> Course:
        """Return the segments' centres of mass, (S, ..., T)."""
        centre = frame(self.body.centre_m)
        found = []
        for segment in SEGMENTS:
            carrier = max(segment - 1, 0)
            begin = (joints[carrier], rates[carrier], accelerations[carrier])
            found.append(_sum(begin, self._step(segment, centre[segment])))
        value, rate, acceleration = (np.stack(parts) for parts in zip(*found, strict=True))
        return Course(value=value, rate=rate, acceleration=acceleration)


def _arms(
    motion: SagittalMotion, body: Body, load: HeldLoad | None, clock: Clock, shoulder: Planar
) -> tuple[Floats, Course | None, Floats]:
    """Return the arms' inclinations (2, ..., T), the load's course and the hands' gap."""
    if load is None:
        if motion.arms is None:
            raise UsageError("Say where the arms are, or what they hold.")
        free = np.broadcast_arrays(motion.arms.upper_arm_rad, motion.arms.forearm_rad)
        return clock.smooth(np.stack(free)), None, np.zeros(shoulder.shape)
    course = _course(planar(load.path_m), clock)
    upper_m, lower_m = body.arm_m
    upper, fore, gap_m = reach(
        shoulder,
        grip_point(shoulder, course.value, grip_m=load.grip_m),
        upper_m=upper_m[..., None],
        lower_m=lower_m[..., None],
        locking=load.locking,
    )
    return np.stack(np.broadcast_arrays(upper, fore)), course, gap_m


def _trunk_rad(motion: SagittalMotion) -> Floats:
    """Return the inclinations of foot to head, (7, ..., T)."""
    return np.stack(
        np.broadcast_arrays(
            motion.foot_rad,
            motion.shank_rad,
            motion.thigh_rad,
            motion.pelvis_rad,
            motion.lumbar_rad,
            motion.chest_rad,
            motion.head_rad,
        )
    )


def _course(values: Planar, clock: Clock) -> Course:
    value = values @ clock.smoothing.T
    rate = value @ clock.slope.T
    return Course(value=value, rate=rate, acceleration=rate @ clock.slope.T)


def _sum(at: tuple[Planar, ...], step: tuple[Planar, ...]) -> tuple[Planar, ...]:
    return tuple(begin + further for begin, further in zip(at, step, strict=True))


def _column(value: Floats | float) -> Floats:
    return np.asarray(value, dtype=np.float64)[..., None]
