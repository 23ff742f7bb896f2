"""Carry the near plate's path over to the body's midline, where feet and joints are.

A pinhole camera shows parallel planes as scaled copies of each other about the principal point.
The plate's path, made smaller by the magnification, is therefore the bar's path in the midline up
to a shift, and the hands on the bar tell the shift.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.load.body import Body
from primemover.model.arrays import Floats, Mask

__all__ = ["in_the_midline", "magnification"]

# Plate 0.65 m nearer than the midline, camera 3 to 6 m away: 1.12 to 1.28. Engineering default.
_USUAL: Final = 1.18
_USUAL_SE: Final = 0.07
_OFF_REST: Final = 0.08  # body heights above the lowest place: the hands are surely on the bar
_FEWEST: Final = 10  # frames
_FREE: Final = 8.0  # landmark errors last this many frames, so fewer are independent
_HAND_DRIFT: Final = 0.05  # relative: wrists turn on the bar between floor and lockout; -0.05 was
# seen on a rendered lift whose magnification is known
_ROUNDS: Final = 5  # of reweighting
_GRIP_SE: Final = 0.020  # body heights; knuckle landmarks, often guessed behind the plate, against
# the bar's middle: about 3.5 cm (2.8 cm on a rendered lift)


def magnification(xy_px: Floats, body: Body) -> tuple[float, float]:
    """Return how much larger things look at the plate than at the hands, with standard error.

    The plate's vertical travel over the hands' while they carry it, by a robust line, weighed
    with what usual camera distances give.

    Parameters
    ----------
    xy_px
        (T, 2) path of the plate, NaN = lost.
    body
        The person.
    """
    held = _carried(xy_px, body)
    plate, hand = xy_px[held, 1], body.wrist_px[held, 1]
    if plate.size < _FEWEST or np.ptp(hand) <= 0.0:
        return _USUAL, _USUAL_SE
    weight = np.ones(plate.size)
    slope, error = _USUAL, np.inf
    for _ in range(_ROUNDS):
        # The plate's path is far more exact than the hands': regress the hands on the plate.
        x = plate - np.average(plate, weights=weight)
        y = hand - np.average(hand, weights=weight)
        spread = float((weight * x * x).sum())
        inverse = float((weight * x * y).sum()) / max(spread, 1e-9)
        residual = y - inverse * x
        sigma = max(1.4826 * float(np.median(np.abs(residual))), 0.5)
        weight = 1.0 / (1.0 + (residual / (2.0 * sigma)) ** 2)
        slope = 1.0 / max(inverse, 0.1)
        error = slope**2 * sigma * float(np.sqrt(_FREE / max(spread, 1e-9)))
    error = float(np.hypot(error, _HAND_DRIFT))
    trust, usual = error**-2, _USUAL_SE**-2
    both = (trust * slope + usual * _USUAL) / (trust + usual)
    return float(np.clip(both, 1.0, 1.6)), float((trust + usual) ** -0.5)


def in_the_midline(
    xy_px: Floats, se_px: Floats, body: Body, *, lens: float, lens_se: float
) -> tuple[Floats, Floats]:
    """Return the load's path in the midline, (T, 2), and the error of a coordinate, (T,).

    Parameters
    ----------
    xy_px, se_px
        (T, 2) path of the plate and (T,) its error.
    body
        The person.
    lens, lens_se
        From `magnification`.
    """
    held = _carried(xy_px, body) & np.isfinite(body.hand_px).all(axis=1)
    if np.count_nonzero(held) < _FEWEST:
        return np.full(xy_px.shape, np.nan), np.full(se_px.shape, np.nan)
    middle = np.median(xy_px[held], axis=0)
    grip = np.median(body.hand_px[held], axis=0)
    away = xy_px - middle
    path: Floats = grip + away / lens
    stretch = np.hypot(away[:, 0], away[:, 1]) * lens_se / lens**2
    error = np.sqrt((se_px / lens) ** 2 + stretch**2 + (_GRIP_SE * body.height_px) ** 2)
    return path, error


def _carried(xy_px: Floats, body: Body) -> Mask:
    """Return where the plate is well above its lowest place: the hands are surely on the bar."""
    known = np.asarray(np.isfinite(xy_px).all(axis=1) & np.isfinite(body.wrist_px).all(axis=1))
    if not known.any():
        return known
    lowest = float(np.quantile(xy_px[known, 1], 0.98))
    with np.errstate(invalid="ignore"):
        return known & np.greater(lowest - xy_px[:, 1], _OFF_REST * body.height_px)
