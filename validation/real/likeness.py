"""How unlike the virtual people of the fit a real film is: the check that the fit transfers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.calibration.inputs import side_inputs, standing_sight
from primemover.calibration.model import Fit, fit_for, novelty_of
from primemover.calibration.sight import side_sight
from primemover.model.arrays import Floats, Mask
from primemover.outline.angles import tangents
from validation.real.again import Look, look_of
from validation.real.clips import OBLIQUE, RealFilm
from validation.real.two_cameras import oblique_as_side

__all__ = ["Likeness", "likeness"]

_FARTHEST: Final = 3  # inputs that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How unlike the fitted frames a film's are; 1 = as the least usual per cent of those.

    Attributes
    ----------
    why : why it cannot be told, then the rest is NaN or empty
    standing : median over own standing
    lifting : median over the frames of the repetitions
    most : 95th percentile over them
    beyond : share of them above 1, 0-1
    farthest : the inputs whose median lies farthest from the fit's mean, in fitted standard
        deviations, with that distance
    """

    film: str
    why: str = ""
    standing: float = np.nan
    lifting: float = np.nan
    most: float = np.nan
    beyond: float = np.nan
    farthest: tuple[tuple[str, float], ...] = ()


def likeness(films: Mapping[str, RealFilm]) -> list[Likeness]:
    """Return every film's likeness; empty before the first fit."""
    fit = fit_for("side")
    if fit is None:
        return []
    looks = {
        name: look_of(film.trial) if film.trial is not None else None
        for name, film in films.items()
    }
    if OBLIQUE in looks:
        looks[OBLIQUE] = oblique_as_side(films)
    return [_of_look(name, look, fit) for name, look in looks.items()]


def _of_look(name: str, look: Look | None, fit: Fit) -> Likeness:
    if look is None or not look.view.accepted:
        return Likeness(film=name, why="view refused")
    if look.zero is None:
        return Likeness(film=name, why="no standing filmed: the fit is not used")
    return _read(name, look, fit)


def _read(name: str, look: Look, fit: Fit) -> Likeness:
    zero = look.zero
    assert zero is not None  # noqa: S101 - the caller looked
    read = tangents(look.line, look.pose)
    sight = side_sight(look.pose, look.line, read, yaw_rad=look.view.yaw_rad, load=look.load)
    window = (zero.start_s, zero.end_s)
    inputs = side_inputs(sight, standing_sight(sight, window))
    unlike = novelty_of(fit, inputs)
    stands = (sight.time_s >= window[0]) & (sight.time_s < window[1])
    lifts = _lifting(look, sight.time_s)
    if not lifts.any():
        return Likeness(film=name, why="no repetition", standing=float(np.median(unlike[stands])))
    return Likeness(
        film=name,
        standing=float(np.median(unlike[stands])),
        lifting=float(np.median(unlike[lifts])),
        most=float(np.quantile(unlike[lifts], 0.95)),
        beyond=float(np.mean(unlike[lifts] > 1.0)),
        farthest=_farthest(fit, inputs[lifts]),
    )


def _lifting(look: Look, time_s: Floats) -> Mask:
    inside = np.zeros(time_s.size, dtype=np.bool_)
    for one in look.repetitions:
        inside |= (time_s >= one.start_s) & (time_s < one.end_s)
    return inside


def _farthest(fit: Fit, inputs: Floats) -> tuple[tuple[str, float], ...]:
    scaled = (inputs - fit.centre) / fit.scale
    seen = np.isfinite(scaled).any(axis=0)
    away = np.zeros(scaled.shape[1])
    away[seen] = np.nanmedian(scaled[:, seen], axis=0)
    order = np.argsort(-np.abs(away))[:_FARTHEST]
    return tuple((fit.inputs[k], float(away[k])) for k in order)
