"""Carry the near plate's path over to the body's midline, where feet and joints are.

A pinhole camera shows parallel planes as scaled copies of each other about the principal point.
The plate's path, made smaller by the magnification, is therefore the bar's path in the midline up
to a shift, and the hands on the bar tell the shift.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.load.body import Body
from primemover.load.scale import height_scale, plate_scale
from primemover.model.arrays import Floats, Mask

__all__ = ["in_the_midline", "magnification"]

# Plate 0.65 m nearer than the midline, camera 2.5 to 6 m away: 1.12 to 1.35. Engineering default.
_USUAL: Final = 1.22
_USUAL_SE: Final = 0.07
_STATURE_M: Final = 1.72  # adults, women and men together; engineering default
_STATURE_SE: Final = 0.055  # relative
_FEWEST: Final = 10  # frames
_LEVELS: Final = 10  # parts of the way up; each counts once, however long the bar stays there
_PER_LEVEL: Final = 2  # frames; fewer are chance
_FEWEST_LEVELS: Final = 3
_LEFT_REST: Final = 0.05  # of the way up: the slack is out of the arms
# Knuckles guessed behind a plate end up on thigh or hip, often 20 to 40 cm away. Straight arms
# hang shoulder to knuckles: 0.186 + 0.146 + half of 0.108 statures, Drillis & Contini 1966.
_ARM: Final = 0.386
_STRAIGHT: Final = 0.8
_GRIP_SE: Final = 0.027  # body heights, 4.7 cm: the way's mean against the bar's true place in 35
# rendered lifts filmed from the side


def magnification(
    axes_px: Floats, body: Body, *, diameter_m: float | None, height_m: float | None
) -> tuple[float, float]:
    """Return how much larger things look at the plate than in the midline, with standard error.

    The plate's known diameter tells the scale there, the stature that of the midline: told, or the
    average person's. Their ratio is averaged by its error with what usual camera distances give.
    (The plate's travel over the hands' was tried: hands vanish behind the plate, 0.26 of scatter.)

    Parameters
    ----------
    axes_px
        (T, 2) half axes (horizontal, vertical) of the plate's ellipse, NaN = lost.
    body
        The person.
    diameter_m
        Of the plate, None = unknown.
    height_m
        Stature, None = not told.
    """
    midline = height_scale(body, height_m or _STATURE_M)
    if diameter_m is None or midline is None or not np.isfinite(axes_px[:, 1]).any():
        return _USUAL, _USUAL_SE
    plate = plate_scale(axes_px, diameter_m)
    seen = midline.m_per_px / plate.m_per_px
    seen_se = seen * float(
        np.hypot(
            np.hypot(midline.se_m_per_px / midline.m_per_px, plate.se_m_per_px / plate.m_per_px),
            0.0 if height_m else _STATURE_SE,
        )
    )
    trust, usual = seen_se**-2, _USUAL_SE**-2
    both = (trust * seen + usual * _USUAL) / (trust + usual)
    return float(np.clip(both, 1.0, 1.6)), float((trust + usual) ** -0.5)


def in_the_midline(
    xy_px: Floats, se_px: Floats, body: Body, *, lens: float, lens_se: float
) -> tuple[Floats, Floats]:
    """Return the load's path in the midline, (T, 2), and the error of a coordinate, (T,).

    The shift is the median over the levels of the way up, from frames in which the arms look as
    long as straight arms are: hands that are guessed behind the plate do not count.

    Parameters
    ----------
    xy_px, se_px
        (T, 2) path of the plate and (T,) its error.
    body
        The person.
    lens, lens_se
        From `magnification`.
    """
    known = np.asarray(np.isfinite(xy_px).all(axis=1) & np.isfinite(body.hand_px).all(axis=1))
    if np.count_nonzero(known) < _FEWEST:
        return np.full(xy_px.shape, np.nan), np.full(se_px.shape, np.nan)
    way = _way_up(xy_px, known)
    carried = known & (way > _LEFT_REST)
    away = xy_px - np.median(xy_px[known], axis=0)
    apart = body.hand_px - away / lens
    shift = _over_levels(apart, way, carried & _straight(body))
    if shift is None:
        shift = _over_levels(apart, way, carried)
    if shift is None:
        return np.full(xy_px.shape, np.nan), np.full(se_px.shape, np.nan)
    path: Floats = shift + away / lens
    stretch = np.hypot(away[:, 0], away[:, 1]) * lens_se / lens**2
    error = np.sqrt((se_px / lens) ** 2 + stretch**2 + (_GRIP_SE * body.height_px) ** 2)
    return path, error


def _way_up(xy_px: Floats, known: Mask) -> Floats:
    """Return where between its lowest (0) and highest (1) place the plate is, (T,)."""
    low, high = np.quantile(xy_px[known, 1], (0.98, 0.02))
    way: Floats = (low - xy_px[:, 1]) / max(float(low - high), 1e-9)
    return way


def _straight(body: Body) -> Mask:
    """Return where the arms look straight, (T,)."""
    arm = np.hypot(*(body.hand_px - body.shoulder_px).T)
    straight: Mask = arm > _STRAIGHT * _ARM * body.height_px
    return straight


def _over_levels(apart_px: Floats, way: Floats, chosen: Mask) -> Floats | None:
    """Return the median over the levels of their medians, (2,); None if too few are known."""
    level = np.clip(np.nan_to_num(way * _LEVELS), 0.0, _LEVELS - 1.0).astype(np.int64)
    levels = [chosen & (level == number) for number in range(_LEVELS)]
    medians = [np.median(apart_px[at], axis=0) for at in levels if at.sum() >= _PER_LEVEL]
    if len(medians) < _FEWEST_LEVELS:
        return None
    middle: Floats = np.median(medians, axis=0)
    return middle
