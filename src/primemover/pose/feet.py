"""Feet do not move in a deadlift: hold them where they were seen best.

A plate in front of the shin makes pose networks draw the foot on the plate's hub, sometimes with
high visibility. So a planted foot is placed where it stands while the load is away from it, and
every frame that disagrees is marked hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.signal.gaps import runs

__all__ = ["Footing", "find_footing"]

_VISIBLE = 0.5  # below this a landmark counts as covered (vision.md 5)
_STRAY_LEGS = 0.10  # a planted foot drawn further off than this, in leg lengths, is covered
_STEP_LEGS = 0.20  # a well-seen foot further off than this has taken a step
_NEAR_LIFT_S = 1.5  # standing frames this close to a bend still show the lift's stance
_STEP_MARGIN_S = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """Where the feet stand.

    Attributes
    ----------
    held_px : joint name -> (2,) place while planted; NaN if never seen
    spread_px : joint name -> robust standard deviation of the place
    leg_px : hip to ankle in standing
    planted : (T,) the feet are on their place
    hidden : (T,) the ankle was covered or drawn elsewhere while planted
    """

    held_px: dict[str, Floats]
    spread_px: dict[str, float]
    planted: Mask
    hidden: Mask
    leg_px: float


def find_footing(
    time_s: Floats,
    feet_px: dict[str, Floats],
    ankle_visibility: Floats,
    *,
    upright: Mask,
    leg_px: float,
) -> Footing:
    """Return where the feet stand and when.

    Parameters
    ----------
    time_s : (T,)
    feet_px : ``"ankle"``, ``"heel"``, ``"toe"`` -> (T, 2)
    ankle_visibility : (T,)
    upright : (T,) the person stands tall, so that a load is away from the feet
    leg_px : hip to ankle in standing
    """
    ankle = feet_px["ankle"]
    seen = np.isfinite(ankle[:, 0]) & (ankle_visibility >= _VISIBLE)
    stance = _best_stance(time_s, ankle_visibility, np.isfinite(ankle[:, 0]), upright)
    held, spread = {}, {}
    for name, path in feet_px.items():
        held[name], spread[name] = _place(path[stance])
    away = np.linalg.norm(ankle - held["ankle"], axis=1)
    stepped = _widen(time_s, seen & upright & (away > _STEP_LEGS * leg_px))
    planted = np.isfinite(held["ankle"][0]) & ~stepped
    hidden = planted & (~seen | (away > _STRAY_LEGS * leg_px))
    return Footing(held_px=held, spread_px=spread, planted=planted, hidden=hidden, leg_px=leg_px)


def _place(path_px: Floats) -> tuple[Floats, float]:
    """Return the median place (2,) of some points (N, 2) and their robust spread; NaN if none."""
    known = path_px[np.isfinite(path_px).all(axis=1)]
    if not known.size:
        return np.full(2, np.nan), np.nan
    place: Floats = np.median(known, axis=0)
    return place, 1.4826 * float(np.median(np.linalg.norm(known - place, axis=1)))


def _best_stance(time_s: Floats, visibility: Floats, drawn: Mask, upright: Mask) -> Mask:
    """Return the frames that show the lift's stance best.

    Standing tall the load hangs at the thigh and the feet are free, so even a foot the network
    doubts is nearer the truth there than a confident one while the plate stands before it.
    """
    near = np.zeros(time_s.size, dtype=bool)
    for start, end in runs(~upright):
        near |= (time_s >= time_s[start] - _NEAR_LIFT_S) & (
            time_s <= time_s[end - 1] + _NEAR_LIFT_S
        )
    tall = drawn & upright & near
    sure = visibility >= _VISIBLE
    doubted = visibility >= (np.median(visibility[tall]) if tall.any() else 1.0)
    for choice in (tall & sure, tall & doubted, drawn & upright & sure, drawn & sure):
        if choice.sum() >= 5:  # noqa: PLR2004 - a median needs a handful
            return choice
    return np.zeros(time_s.size, dtype=bool)


def _widen(time_s: Floats, mask: Mask) -> Mask:
    """Return `mask` without blips, widened by a margin on both sides."""
    wide = np.zeros_like(mask)
    for start, end in runs(mask):
        if time_s[end - 1] - time_s[start] < _STEP_MARGIN_S:
            continue
        wide |= (time_s >= time_s[start] - _STEP_MARGIN_S) & (
            time_s <= time_s[end - 1] + _STEP_MARGIN_S
        )
    return wide
