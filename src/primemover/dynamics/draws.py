"""Monte-Carlo draws of what went in, so that every error reaches what comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.body import Body, Lengths, body_of
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.knowledge.segment_rows import SegmentTable
from primemover.model.arrays import Floats

__all__ = ["InputErrors", "drawn", "percentiles"]

_NONE: Final = np.float64(0.0)


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
    load_forward_m, load_up_m : of the load's place
    body_mass, load_mass, lengths : shares, e.g. 0.05
    """

    shank_rad: Floats | float = _NONE
    thigh_rad: Floats | float = _NONE
    pelvis_rad: Floats | float = _NONE
    chest_rad: Floats | float = _NONE
    head_rad: Floats | float = _NONE
    load_forward_m: Floats | float = _NONE
    load_up_m: Floats | float = _NONE
    body_mass: float = 0.0
    load_mass: float = 0.0
    lengths: float = 0.0


def drawn(
    given: tuple[SagittalMotion, HeldLoad | None],
    person: tuple[SegmentTable, Lengths, float],
    errors: InputErrors,
    *,
    draws: int,
    rng: np.random.Generator,
) -> tuple[SagittalMotion, Body, HeldLoad | None]:
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

    def error(se: Floats | float) -> Floats:
        drawn_error: Floats = rng.standard_normal(draws)[:, None] * np.asarray(se)
        return drawn_error

    motion, load = given
    table, lengths, body_mass_kg = person
    pelvis, chest = error(errors.pelvis_rad), error(errors.chest_rad)
    moved = replace(
        motion,
        shank_rad=motion.shank_rad + error(errors.shank_rad),
        thigh_rad=motion.thigh_rad + error(errors.thigh_rad),
        pelvis_rad=motion.pelvis_rad + pelvis,
        lumbar_rad=motion.lumbar_rad + 0.5 * (pelvis + chest),
        chest_rad=motion.chest_rad + chest,
        head_rad=motion.head_rad + error(errors.head_rad),
    )
    longer = np.exp(error(errors.lengths)[:, 0])
    body = body_of(
        table,
        Lengths(**{name: getattr(lengths, name) * longer for name in Lengths.__slots__}),
        body_mass_kg=body_mass_kg * np.exp(error(errors.body_mass)[:, 0]),
    )
    if load is None:
        return moved, body, None
    shift = np.stack(
        np.broadcast_arrays(error(errors.load_forward_m), error(errors.load_up_m)), axis=-1
    )
    held = replace(
        load,
        path_m=load.path_m + shift,
        mass_kg=load.mass_kg * np.exp(error(errors.load_mass)[:, 0]),
    )
    return moved, body, held


def percentiles(values: Floats, *, axis: int = 0) -> tuple[Floats, Floats, Floats]:
    """Return the 5th, 50th and 95th percentile over the draws' axis: a 90 % interval."""
    low, middle, high = np.nanpercentile(values, (5.0, 50.0, 95.0), axis=axis)
    return low, middle, high
