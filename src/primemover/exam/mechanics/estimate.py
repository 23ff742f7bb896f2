"""From one filmed repetition to draws of its dynamics and of who carries the moments."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.body import Body, Lengths, foreshortened
from primemover.dynamics.draws import Drawn, drawn
from primemover.dynamics.ensemble import joined, picked
from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.muscles.inputs import JointLoads, Lifter, Posture
from primemover.dynamics.muscles.sharing import MuscleSharing, share_muscles
from primemover.dynamics.segments import Joint, Segment
from primemover.errors import QualityError
from primemover.exam.mechanics.balance import FALLS, on_the_feet, standing_draws
from primemover.exam.mechanics.body import LifterScale, lifter_body, lifter_scale, tables_for
from primemover.exam.mechanics.film import LiftFilm
from primemover.exam.mechanics.motion import lift_inputs, set_up_s
from primemover.exam.mechanics.unseen import BUILD
from primemover.model.arrays import Floats, Ints, Mask
from primemover.model.repetition import Repetition
from primemover.model.session import Variant

__all__ = ["Estimate", "estimate"]

_TRIED: Final = 2  # times as many are drawn; those that would fall over are left out
_FEWEST: Final = 0.1  # of the tried draws; fewer that stand means that the film does not add up
_BODY_MASS_SE: Final = 0.02  # bathroom scale, breakfast and shoes; engineering default
_LOAD_MASS_SE: Final = 0.01  # plates' tolerance; engineering default
_SIDES: Final = 2.0
# Thighs spread, feet turned out in a sumo stance: engineering default, nobody's own.
_SUMO_THIGH_RAD: Final = float(np.deg2rad(30.0))
_SUMO_FOOT_RAD: Final = float(np.deg2rad(35.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """All draws of one repetition.

    Attributes
    ----------
    lift : dynamics with D draws
    body : of the same draws
    sharing : of the same draws
    stands : (T,) bool, where the centre of pressure is under the feet or nearly so; elsewhere the
        film was misread
    said : sentences about what was taken for granted
    """

    lift: LiftDynamics
    body: Body
    sharing: MuscleSharing
    stands: Mask
    said: tuple[str, ...]


def estimate(film: LiftFilm, repetition: Repetition, *, draws: int, seed: int = 0) -> Estimate:
    """Return dynamics and muscle sharing of one repetition for many draws of its errors.

    Steps: scale and lengths of the person; movement and load with their errors; draws, of both
    sexes' tables where the sex was not told; inverse dynamics; draws that stand on the toes'
    tips or the heels' edge all through the pull are left out, because the lifter did not fall;
    where the middle of the rest leaves the feet is marked; muscle sharing.

    Raises
    ------
    QualityError
        If the film does not show enough of the repetition, or what it shows cannot be.
    """
    scale = lifter_scale(film.pose, film.load, film.person)
    if scale is None:
        raise QualityError("the person's size is not seen")
    everyone, said = _drawn(film, repetition, scale, draws=_TRIED * draws, seed=seed)
    lift = inverse_dynamics(*everyone)
    standing = standing_draws(lift, repetition)
    if standing.size < _FEWEST * _TRIED * draws:
        raise QualityError(FALLS)
    chosen = standing[:draws]
    kept = picked(everyone, chosen)
    lift, body = inverse_dynamics(*kept), kept[1]
    stands = on_the_feet(lift, repetition)
    inside = _looked_at(lift, repetition)
    lifter = Lifter(stature_m=_statures(scale, body.lengths), body_mass_kg=body.total_mass_kg)
    sharing = share_muscles(_posture(lift, inside), _loads(lift, inside), lifter)
    return Estimate(lift=lift, body=body, sharing=sharing, stands=stands, said=said)


def _drawn(
    film: LiftFilm, repetition: Repetition, scale: LifterScale, *, draws: int, seed: int
) -> tuple[Drawn, tuple[str, ...]]:
    rng = np.random.default_rng(seed)
    tables = tables_for(film.person.sex)
    mass_kg = film.person.body_mass_kg
    found: Drawn | None = None
    said: tuple[str, ...] = ()
    for table in tables:
        own = lifter_body(film.pose, film.curves.body, scale, table)
        lengths = _in_the_plane(film, own.lengths)
        person = (table, lengths, math.nan if mass_kg is None else mass_kg)
        given = lift_inputs(film, repetition, scale, person)
        errors = replace(
            given.errors,
            body_mass=_BODY_MASS_SE,
            load_mass=_LOAD_MASS_SE,
            lengths=own.relative_se,
            build=BUILD,
        )
        part = drawn(
            (given.motion, given.load), person, errors, draws=draws // len(tables), rng=rng
        )
        found = part if found is None else joined(found, part)
        said = (*scale.said, *own.said, *given.said)
    if found is None:
        raise QualityError("nobody's body is known")
    if len(tables) > 1:
        said = (*said, "The sex was not told: half of the draws are with each table of bodies.")
    return _shuffled(found, rng), said


def _shuffled(everyone: Drawn, rng: np.random.Generator) -> Drawn:
    """Return the draws in any order, so that the first ones are of both tables."""
    return picked(everyone, rng.permutation(everyone[1].mass_kg.shape[1]))


def _in_the_plane(film: LiftFilm, lengths: Lengths) -> Lengths:
    if film.facts.variant is not Variant.SUMO:
        return lengths
    return foreshortened(
        lengths, thigh_abduction_rad=_SUMO_THIGH_RAD, foot_turn_out_rad=_SUMO_FOOT_RAD
    )


def _looked_at(lift: LiftDynamics, repetition: Repetition) -> Ints:
    inside = (lift.time_s >= set_up_s(repetition)) & (lift.time_s <= repetition.lockout_s)
    return np.flatnonzero(inside)


def _statures(scale: LifterScale, lengths: Lengths) -> Floats:
    """Return the stature of each draw: it goes with the lengths."""
    legs = np.asarray(lengths.shank_m + lengths.thigh_m)
    usual: Floats = scale.stature_m * legs / np.median(legs)
    return usual


def _posture(lift: LiftDynamics, inside: Ints) -> Posture:
    turn = lift.turn_rad[..., inside]
    return Posture(
        time_s=lift.time_s[inside],
        hip_flexion_rad=turn[Segment.PELVIS] - turn[Segment.THIGH],
        knee_flexion_rad=turn[Segment.SHANK] - turn[Segment.THIGH],
        dorsiflexion_rad=turn[Segment.SHANK] - turn[Segment.FOOT],
        lumbar_flexion_rad=turn[Segment.CHEST] - turn[Segment.PELVIS],
        pelvis_tilt_rad=turn[Segment.PELVIS],
    )


def _loads(lift: LiftDynamics, inside: Ints) -> JointLoads:
    moment = lift.moment_nm[..., inside]
    return JointLoads(
        ankle_nm=moment[Joint.ANKLE] / _SIDES,
        knee_nm=moment[Joint.KNEE] / _SIDES,
        hip_nm=moment[Joint.HIP] / _SIDES,
        l5s1_nm=moment[Joint.L5S1],
        l5s1_force_n=lift.force_n[Joint.L5S1][..., inside, :],
        thoracolumbar_nm=moment[Joint.THORACOLUMBAR],
    )
