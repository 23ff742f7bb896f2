"""From all draws of a repetition to what is told of it: ranges, parts, roles, stick figures."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from primemover.dynamics.inverse import LiftDynamics
from primemover.dynamics.muscles.bands import Band, frame_bands, phase_bands
from primemover.dynamics.muscles.roles import Role, roles_in_phases
from primemover.dynamics.muscles.sharing import MuscleSharing
from primemover.dynamics.segments import Joint, Segment
from primemover.dynamics.work import LiftInstants, LiftPhase, LiftWork, WorkGroup, lift_work
from primemover.exam.mechanics.assumptions import assumptions
from primemover.exam.mechanics.estimate import Estimate
from primemover.exam.mechanics.film import LiftFilm
from primemover.exam.mechanics.motion import set_up_s
from primemover.model.arrays import Floats, frozen
from primemover.model.mechanics import (
    Curve90,
    LiftMechanics,
    LiftPart,
    MuscleInPart,
    Range,
    StickFigure,
    WorkInPart,
)
from primemover.model.repetition import Repetition

__all__ = ["JOINTS", "told", "work_of"]

JOINTS: Final[dict[str, Joint]] = {
    "ankle": Joint.ANKLE,
    "knee": Joint.KNEE,
    "hip": Joint.HIP,
    "l5s1": Joint.L5S1,
}
_PERCENTILES: Final = (5.0, 50.0, 95.0)
_PARTS: Final[dict[LiftPart, LiftPhase]] = {
    LiftPart.TAKE_UP: LiftPhase.TAKE_UP,
    LiftPart.FLOOR_TO_KNEES: LiftPhase.FLOOR_TO_KNEES,
    LiftPart.KNEES_TO_LOCKOUT: LiftPhase.KNEES_TO_LOCKOUT,
}
_WORKERS: Final[dict[str, tuple[Joint, ...]]] = {
    "ankles": (Joint.ANKLE,),
    "knees": (Joint.KNEE,),
    "hips": (Joint.HIP,),
    "back": (Joint.L5S1, Joint.THORACOLUMBAR),
}
_ROLES: Final[dict[Role, str]] = {
    Role.IDLE: "idle",
    Role.STABILISER: "stabiliser",
    Role.PRIME_MOVER: "prime_mover",
    Role.BRAKE: "brake",
}
_UNSEEN_KNEES: Final = 0.4  # of the pull's time, as `lift_measures` has it


def told(film: LiftFilm, repetition: Repetition, found: Estimate, *, number: int) -> LiftMechanics:
    """Return the record of one repetition: 90 % ranges over draws and formulations."""
    lift, sharing = found.lift, found.sharing
    inside = (lift.time_s >= set_up_s(repetition)) & (lift.time_s <= repetition.lockout_s)
    time_s = lift.time_s[inside]
    bands = frame_bands(sharing, time_s)
    residual = np.abs(lift.ground.residual[:, inside])
    residual = residual[:, np.isfinite(residual).all(axis=0)]
    return LiftMechanics(
        repetition=number,
        body_mass_kg=float(film.person.body_mass_kg or np.nan),
        load_mass_kg=float(film.facts.bar_mass_kg or np.nan),
        time_s=frozen(time_s),
        moment_nm={
            name: _curve(np.where(found.stands, lift.moment_nm[j], np.nan)[:, inside])
            for name, j in JOINTS.items()
        },
        compression_n=_of_band(bands.compression_n),
        shear_n=_of_band(bands.shear_n),
        work=_work(lift, repetition),
        muscles=_muscles(sharing, repetition),
        figures=_figures(found, repetition),
        closure=float(np.max(np.median(residual, axis=0), initial=0.0)),
        assumptions=(*assumptions(film, sharing), *found.said),
    )


def work_of(lift: LiftDynamics, repetition: Repetition) -> LiftWork:
    """Return the work of all draws; a knee pass that was not seen is put where it usually is.

    Sums over the whole pull do not hang on it.
    """
    knee_s = repetition.knee_pass_s
    if not np.isfinite(knee_s):
        knee_s = repetition.lift_off_s + _UNSEEN_KNEES * (
            repetition.lockout_s - repetition.lift_off_s
        )
    return lift_work(
        lift,
        LiftInstants(
            set_up_s=set_up_s(repetition),
            lift_off_s=repetition.lift_off_s,
            knee_pass_s=knee_s,
            lockout_s=repetition.lockout_s,
        ),
    )


def _windows(repetition: Repetition) -> dict[LiftPart, tuple[float, float]]:
    """Return the parts whose edges were seen, in order."""
    edges = (
        set_up_s(repetition),
        repetition.lift_off_s,
        repetition.knee_pass_s,
        repetition.lockout_s,
    )
    windows = dict(zip(LiftPart, pairwise(edges), strict=True))
    return {part: (start, end) for part, (start, end) in windows.items() if start < end}


def _curve(values: Floats) -> Curve90:
    """Return the 90 % range of (D, T); NaN where no draw knows."""
    known = np.isfinite(values).all(axis=0)
    found = np.full((len(_PERCENTILES), values.shape[1]), np.nan)
    found[:, known] = np.percentile(values[:, known], _PERCENTILES, axis=0)
    low, middle, high = found
    return Curve90(low=frozen(low), middle=frozen(middle), high=frozen(high))


def _of_band(band: Band) -> Curve90:
    return Curve90(low=band.low90, middle=band.middle, high=band.high90)


def _range(values: Floats) -> Range:
    low, middle, high = np.percentile(values, _PERCENTILES)
    return Range(low=float(low), middle=float(middle), high=float(high))


def _work(lift: LiftDynamics, repetition: Repetition) -> tuple[WorkInPart, ...]:
    work = work_of(lift, repetition)
    found = []
    for part, (start_s, end_s) in _windows(repetition).items():
        phase = _PARTS[part]
        parts = {name: _joint_work(work, phase, joints) for name, joints in _WORKERS.items()}
        if not all(np.isfinite(w).all() for pair in parts.values() for w in pair):
            continue
        found.append(
            WorkInPart(
                part=part,
                start_s=start_s,
                end_s=end_s,
                positive_j={name: _range(pair[0]) for name, pair in parts.items()},
                negative_j={name: _range(pair[1]) for name, pair in parts.items()},
            )
        )
    return tuple(found)


def _joint_work(
    work: LiftWork, phase: LiftPhase, joints: tuple[Joint, ...]
) -> tuple[Floats, Floats]:
    """Return positive and negative work (D,) of some joints in a phase.

    Where two joints work together, power is summed before its sign is taken; what is negative then
    follows from their net work.
    """
    net = (work.positive_j[phase] + work.negative_j[phase])[list(joints)].sum(axis=0)
    if len(joints) == 1:
        positive = work.positive_j[phase, joints[0]]
    else:
        positive = work.group_positive_j[phase, WorkGroup.BACK]
    return positive, net - positive


def _muscles(sharing: MuscleSharing, repetition: Repetition) -> tuple[MuscleInPart, ...]:
    windows = _windows(repetition)
    named = {str(part): window for part, window in windows.items()}
    shares, roles = phase_bands(sharing, named), roles_in_phases(sharing, named)
    found = []
    for part in windows:
        if str(part) not in shares or str(part) not in roles:
            continue
        share, role = shares[str(part)], roles[str(part)]
        for g, group in enumerate(share.groups):
            found.append(
                MuscleInPart(
                    part=part,
                    group=group,
                    force_share=_one_of(share.force_share, g),
                    effort_peak=_one_of(share.effort_peak, g),
                    role=_ROLES[role.role[g]],
                    role_share=float(role.belief[g].max()),
                )
            )
    return tuple(found)


def _one_of(band: Band, index: int) -> Range:
    return Range(
        low=float(band.low90[index]),
        middle=float(band.middle[index]),
        high=float(band.high90[index]),
    )


_PLACES: Final[dict[str, Joint]] = {
    "ankle": Joint.ANKLE,
    "knee": Joint.KNEE,
    "hip": Joint.HIP,
    "l5s1": Joint.L5S1,
    "thoracolumbar": Joint.THORACOLUMBAR,
    "shoulder": Joint.SHOULDER,
    "elbow": Joint.ELBOW,
}


def _figures(found: Estimate, repetition: Repetition) -> tuple[StickFigure, ...]:
    instants = {
        "set_up": set_up_s(repetition),
        "lift_off": repetition.lift_off_s,
        "knee_pass": repetition.knee_pass_s,
        "lockout": repetition.lockout_s,
    }
    lift = found.lift
    known = np.flatnonzero(np.isfinite(lift.moment_nm).all(axis=(0, 1)))
    figures = []
    for name, instant_s in instants.items():
        if not (np.isfinite(instant_s) and known.size):
            continue
        frame = int(known[np.argmin(np.abs(lift.time_s[known] - instant_s))])
        figures.append(
            StickFigure(
                instant=name,
                time_s=instant_s,
                joints_m=_places(found, frame),
                moment_nm={key: _range(lift.moment_nm[j][:, frame]) for key, j in JOINTS.items()},
            )
        )
    return tuple(sorted(figures, key=lambda one: one.time_s))


def _places(found: Estimate, frame: int) -> dict[str, tuple[float, float]]:
    """Return where the joints are in the middle of the draws, (forward, up)."""
    lift, lengths = found.lift, found.body.lengths
    paths = {name: lift.joint_m[joint][:, frame] for name, joint in _PLACES.items()}
    level = np.zeros(lift.ground.heel_x_m.shape[0])
    paths["heel"] = np.stack((lift.ground.heel_x_m[:, frame], level), axis=-1)
    paths["toe"] = np.stack((lift.ground.toe_x_m[:, frame], level), axis=-1)
    head, forearm = (lift.turn_rad[s][:, frame] for s in (Segment.HEAD, Segment.FOREARM))
    paths["head_top"] = lift.joint_m[Joint.NECK][:, frame] + _along(head, lengths.head_m)
    paths["hand"] = paths["elbow"] - _along(forearm, found.body.arm_m[1])
    paths["load"] = lift.load_m[:, frame]
    middle = {name: np.median(places, axis=0) for name, places in paths.items()}
    return {name: (float(x), float(y)) for name, (x, y) in middle.items()}


def _along(inclination_rad: Floats, length_m: Floats) -> Floats:
    """Return vectors (D, 2) along an inclination from the upward vertical, forward +."""
    direction = np.stack((np.sin(inclination_rad), np.cos(inclination_rad)), axis=-1)
    vector: Floats = np.asarray(length_m)[:, None] * direction
    return vector
