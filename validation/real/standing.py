"""How much it matters which moment of standing the angles are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.exam.lift_curves import heights
from primemover.exam.lift_measures import LIFT_MEASURES
from primemover.load.floor import load_held
from primemover.model.arrays import Floats, Mask
from primemover.model.loadtrack import LoadKind
from primemover.model.outline import Tangents, ZeroPosture
from primemover.model.trial import Trial
from primemover.outline.angles import tangents
from primemover.outline.axis import trunk_axis
from validation.real.again import Look, corrected_angles, counted_from, look_of, measured
from validation.real.clips import RealFilm
from validation.real.repeating import values_of

__all__ = ["CURVES", "Standings", "free_of_load", "standing_of", "standings", "windows"]

_WINDOW_S: Final = 0.5
_STEP_S: Final = 0.1
# What the product takes for upright, without its rule that the body is still and the hands hang:
# too few films have a second such window.
_UPRIGHT_RAD: Final = float(np.deg2rad(15.0))
_STRAIGHT_KNEE_RAD: Final = float(np.deg2rad(25.0))
CURVES: Final = ("trunk_inclination", "pelvis_inclination", "lumbar_flexion", "knee_flexion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The standings of one film, and the film's measures counted from each, SI units.

    Attributes
    ----------
    zeros : half seconds of standing upright with the hands free of the load
    own : the standing that the product counts from
    means : measure -> its mean over the repetitions from each of `zeros`, (Z,), NaN where it
        is not measured from there; only measures that two of them give
    tops : curve -> its median while standing at the top with the load, (R,), from `own`
    """

    film: str
    zeros: tuple[ZeroPosture, ...]
    own: ZeroPosture
    means: dict[str, Floats]
    tops: dict[str, Floats]


def standings(films: Mapping[str, RealFilm]) -> list[Standings]:
    """Return every film that is read from its own standing and shows at least two windows of it."""
    rows = []
    for name, film in films.items():
        look = look_of(film.trial) if film.trial is not None else None
        if film.trial is None or look is None or look.zero is None or not look.view.accepted:
            continue
        zeros = windows(look)
        if len(zeros) > 1:
            rows.append(_from_each(name, film.trial, look, look.zero, zeros))
    return rows


def windows(look: Look) -> tuple[ZeroPosture, ...]:
    """Return half seconds, none overlapping, of standing upright with the hands free."""
    time_s, body = look.pose.raw.time_s, heights(look.pose)
    upright: Mask = (
        free_of_load(look)
        & (np.abs(trunk_axis(look.pose).inclination_rad) < _UPRIGHT_RAD)
        & (np.abs(body.knee_rad) < _STRAIGHT_KNEE_RAD)
    )
    read = tangents(look.line, look.pose)
    found: list[ZeroPosture] = []
    for start_s in np.arange(time_s[0], time_s[-1] - _WINDOW_S, _STEP_S):
        here = (time_s >= start_s) & (time_s < start_s + _WINDOW_S)
        if (found and start_s < found[-1].end_s) or not upright[here].all():
            continue
        zero = standing_of(time_s, read, (float(start_s), float(start_s) + _WINDOW_S))
        if zero.has_outline:
            found.append(zero)
    return tuple(found)


def free_of_load(look: Look) -> Mask:
    """Return when the hands are free: plate down, or before and after all repetitions, (T,)."""
    if look.load.kind is LoadKind.PLATE:
        return ~load_held(look.load, look.pose)
    time_s = look.pose.raw.time_s
    if not look.repetitions:
        return np.ones(time_s.size, dtype=np.bool_)
    first, last = look.repetitions[0], look.repetitions[-1]
    free: Mask = (time_s < first.start_s) | (time_s > last.end_s)
    return free


def standing_of(time_s: Floats, read: Tangents, window_s: tuple[float, float]) -> ZeroPosture:
    """Return the posture of a half-open window, whatever the person does in it."""
    inside: Mask = (time_s >= window_s[0]) & (time_s < window_s[1])
    return ZeroPosture(
        start_s=window_s[0],
        end_s=window_s[1],
        source="this_clip",
        pelvis_rad=_median(read.sacral_rad[inside]),
        thoracolumbar_rad=_median(read.thoracolumbar_rad[inside]),
        upper_thoracic_rad=_median(read.upper_thoracic_rad[inside]),
        se_rad=_median(read.sacral_se_rad[inside]),
    )


def _from_each(
    name: str, trial: Trial, look: Look, own: ZeroPosture, zeros: tuple[ZeroPosture, ...]
) -> Standings:
    read = [measured(counted_from(look, zero), corrected_angles) for zero in zeros]
    means = {}
    for measure in LIFT_MEASURES:
        each = _means(np.stack([values_of(one, measure) for one in read]))
        if np.isfinite(each).sum() > 1:
            means[measure] = each
    return Standings(film=name, zeros=zeros, own=own, means=means, tops=_tops(trial))


def _means(values: Floats) -> Floats:
    """Return each row's mean (Z,) over the columns that every row with anything in it knows.

    The same repetitions for each standing; NaN for a standing from which nothing is measured.
    """
    some = np.isfinite(values).any(axis=1)
    common = np.isfinite(values[some]).all(axis=0)
    out = np.full(values.shape[0], np.nan)
    if common.any():
        out[some] = values[some][:, common].mean(axis=1)
    return out


def _tops(trial: Trial) -> dict[str, Floats]:
    curves = {series.id: series for series in trial.series}
    return {
        name: np.array(
            [
                _median(curves[name].value[(time_s >= one.lockout_s) & (time_s < one.lowering_s)])
                for one in trial.repetitions
                for time_s in (curves[name].time_s,)
            ]
        )
        for name in CURVES
        if name in curves
    }


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size > 0.5 * values.size else float("nan")
