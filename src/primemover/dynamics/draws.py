"""Monte-Carlo draws of what went in, so that every error reaches what comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from primemover.dynamics.body import Body, Lengths, body_of
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.segments import SEGMENTS, Segment
from primemover.dynamics.spine import spine_for_line_rad, spine_line_rad
from primemover.knowledge.segment_rows import SegmentTable
from primemover.model.arrays import Floats, frozen

__all__ = ["TURNING", "BuildErrors", "Drawn", "InputErrors", "drawn", "percentiles"]

_NONE: Final = np.float64(0.0)
_UPPER: Final = frozenset(one for one in SEGMENTS if one >= Segment.PELVIS)
TURNING: Final = (
    "shank_rad",
    "thigh_rad",
    "pelvis_rad",
    "lumbar_rad",
    "chest_rad",
    "head_rad",
)
"""Curves that have draws, and that a tilted camera turns; the floor is known to be level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildErrors:
    """How far a person's build may be from the table's, standard errors.

    Attributes
    ----------
    upper_mass : of the mass above the hips, a share of it; the legs make up for it
    trunk_centre : of the trunk's centres of mass along the trunk, in lengths of the trunk
    l5s1_m : of the place of L5/S1 in the pelvis, forward and up each
    """

    upper_mass: float
    trunk_centre: float
    l5s1_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InputErrors:
    """Standard errors of what went in; each a number or an array (T,), 0 = taken as exact.

    One draw errs in the same direction all through the lift (a landmark that slides, a plate that
    is nearer than thought): it moves the level of a curve and, with an error that changes over
    time, its slope, but adds no shake. Noise from frame to frame is the smoothing's business.

    Attributes
    ----------
    shank_rad, thigh_rad, pelvis_rad, chest_rad, head_rad : of the inclinations; the lumbar link
        errs by the mean of pelvis and chest, as it lies between them
    pelvis_drift_rad : a second error of the pelvis that is independent of the first, so that its
        level and its way may err apart; best with a sign that changes through the lift
    leg_rad : of the line from ankle to hip: shank and thigh turn together
    bend_rad : of the knee's bend: half of it turns the shank forward, half the thigh back, so
        that the hip stays on its line from the ankle
    line_rad : of the line from hips to shoulders where that is what was measured: lumbar link and
        chest then follow it, however the pelvis errs, and `chest_rad` is not used; None = the
        chest was measured by itself
    camera_rad : of the picture's vertical: everything turns about the ankle together
    load_forward_m, load_up_m : of the load's place
    body_mass, load_mass, lengths : shares, e.g. 0.05
    build : of how the person's mass is laid out; None = as the table has it
    """

    shank_rad: Floats | float = _NONE
    thigh_rad: Floats | float = _NONE
    pelvis_rad: Floats | float = _NONE
    chest_rad: Floats | float = _NONE
    head_rad: Floats | float = _NONE
    pelvis_drift_rad: Floats | float = _NONE
    leg_rad: Floats | float = _NONE
    bend_rad: Floats | float = _NONE
    line_rad: Floats | float | None = None
    camera_rad: Floats | float = _NONE
    load_forward_m: Floats | float = _NONE
    load_up_m: Floats | float = _NONE
    body_mass: float = 0.0
    load_mass: float = 0.0
    lengths: float = 0.0
    build: BuildErrors | None = None


Drawn = tuple[SagittalMotion, Body, HeldLoad | None]
"""Motion, body and load with a leading axis of draws."""


def drawn(
    given: tuple[SagittalMotion, HeldLoad | None],
    person: tuple[SegmentTable, Lengths, float],
    errors: InputErrors,
    *,
    draws: int,
    rng: np.random.Generator,
) -> Drawn:
    """Return motion, body and load with a leading axis of `draws`, ready for `inverse_dynamics`.

    Errors are normal and independent of each other; shares are drawn as exp(normal), so that
    masses and lengths stay positive. All lengths of a draw grow together.

    Parameters
    ----------
    given
        The measured motion and load, with arrays (T,).
    person
        Segment table, lengths and body mass in kg.
    """
    motion, load = given
    table, lengths, body_mass_kg = person
    dice = _Dice(rng=rng, draws=draws)
    pelvis, chest = dice.error(errors.pelvis_rad), dice.error(errors.chest_rad)
    pelvis = pelvis + dice.error(errors.pelvis_drift_rad)
    leg, bend, camera = (
        dice.error(one) for one in (errors.leg_rad, errors.bend_rad, errors.camera_rad)
    )
    moved = replace(
        motion,
        shank_rad=motion.shank_rad + dice.error(errors.shank_rad) + leg + 0.5 * bend,
        thigh_rad=motion.thigh_rad + dice.error(errors.thigh_rad) + leg - 0.5 * bend,
        pelvis_rad=motion.pelvis_rad + pelvis,
        lumbar_rad=motion.lumbar_rad + 0.5 * (pelvis + chest),
        chest_rad=motion.chest_rad + chest,
        head_rad=motion.head_rad + dice.error(errors.head_rad),
    )
    longer = np.exp(dice.error(errors.lengths)[:, 0])
    body = body_of(
        table,
        Lengths(**{name: getattr(lengths, name) * longer for name in Lengths.__slots__}),
        body_mass_kg=body_mass_kg * np.exp(dice.error(errors.body_mass)[:, 0]),
    )
    if errors.build is not None:
        body = _built(body, errors.build, dice)
    if errors.line_rad is not None:
        line = spine_line_rad(body_of(table, lengths, body_mass_kg=body_mass_kg), motion)
        moved = _along_the_line(moved, body, line + dice.error(errors.line_rad))
    moved = _rolled(moved, camera)
    if load is None:
        return moved, body, None
    return moved, body, _held(load, errors, dice, camera)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dice:
    rng: np.random.Generator
    draws: int

    def error(self, se: Floats | float) -> Floats:
        """Return errors that last through the lift, (D, T) or (D, 1)."""
        steady: Floats = self.rng.standard_normal(self.draws)[:, None] * np.asarray(se)
        return steady


def _built(body: Body, errors: BuildErrors, dice: _Dice) -> Body:
    """Return bodies of other builds: same mass and lengths, laid out otherwise."""
    mass, centre, end = (np.array(one) for one in (body.mass_kg, body.centre_m, body.end_m))
    upper, legs = list(_UPPER), [one for one in SEGMENTS if one not in _UPPER]
    above = mass[upper].sum(axis=0)
    more = np.exp(dice.error(errors.upper_mass)[:, 0])
    mass[legs] *= 1.0 - above * (more - 1.0) / mass[legs].sum(axis=0)
    mass[upper] *= more
    trunk = [Segment.PELVIS, Segment.LUMBAR, Segment.CHEST]
    centre[trunk, ..., 1] += dice.error(errors.trunk_centre)[:, 0] * body.lengths.trunk_m
    for axis in (0, 1):
        end[Segment.PELVIS, ..., axis] += dice.error(errors.l5s1_m)[:, 0]
    return replace(body, mass_kg=frozen(mass), centre_m=frozen(centre), end_m=frozen(end))


def _along_the_line(motion: SagittalMotion, body: Body, line_rad: Floats) -> SagittalMotion:
    lumbar, chest = spine_for_line_rad(body, pelvis_rad=motion.pelvis_rad, line_rad=line_rad)
    return replace(motion, lumbar_rad=lumbar, chest_rad=chest)


def _rolled(motion: SagittalMotion, roll_rad: Floats) -> SagittalMotion:
    turned: dict[str, Any] = {name: getattr(motion, name) + roll_rad for name in TURNING}
    return replace(motion, **turned)


def _held(load: HeldLoad, errors: InputErrors, dice: _Dice, roll_rad: Floats) -> HeldLoad:
    """Return the load moved by its own error and turned about the ankle's place on the floor."""
    x, y = load.path_m[..., 0], load.path_m[..., 1]
    shift = np.stack(
        np.broadcast_arrays(
            dice.error(errors.load_forward_m) + roll_rad * y,
            dice.error(errors.load_up_m) - roll_rad * x,
        ),
        axis=-1,
    )
    return replace(
        load,
        path_m=load.path_m + shift,
        mass_kg=load.mass_kg * np.exp(dice.error(errors.load_mass)[:, 0]),
    )


def percentiles(values: Floats, *, axis: int = 0) -> tuple[Floats, Floats, Floats]:
    """Return the 5th, 50th and 95th percentile over the draws' axis: a 90 % interval."""
    low, middle, high = np.nanpercentile(values, (5.0, 50.0, 95.0), axis=axis)
    return low, middle, high
