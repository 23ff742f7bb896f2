"""How far the fingertips stay above the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Ints
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Measure, Side, Status, not_measured
from primemover.model.pose import Landmark, Silhouettes

__all__ = ["Ruler", "fingertip_to_floor", "standing_ruler"]

ID: Final = "fingertip_to_floor"
# Wrist to fingertip with a straight hand, a part of the stature (Drillis & Contini 1966).
_HAND: Final = 0.108
_HAND_SE: Final = 0.012  # single people differ, fingers are rarely quite straight; default
_SCALE_SE: Final = 0.03  # relative: hair, shoes, the near foot is nearer than the head; default
# The floor under the near foot against the floor under the hands: a camera at hip height and 4 m
# away sees a point 0.1 m nearer 2 cm lower. Engineering default.
_PERSPECTIVE_SE_M: Final = 0.02
_WRIST_SE: Final = 0.005  # of the stature: 1.5 % of the trunk (vision.md 3a)
_MOST_FRAMES: Final = 15
_VISIBLE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """The standing person as a ruler.

    Attributes
    ----------
    sole_px : height of the near foot's sole in the picture, y DOWN
    m_per_px : metres a pixel, from sole to top of the head
    """

    sole_px: float
    m_per_px: float


def standing_ruler(
    silhouettes: Silhouettes | None,
    time_s: Floats,
    *,
    window_s: tuple[float, float],
    height_m: float,
) -> Ruler | None:
    """Return the scale and the floor from the standing silhouette, or None if it is cut off.

    Parameters
    ----------
    silhouettes, time_s
        Of the same film.
    window_s
        When the person stands upright, half-open.
    height_m
        The person's height.
    """
    if silhouettes is None:
        return None
    at_s = time_s[silhouettes.frame_index]
    rows = np.flatnonzero((at_s >= window_s[0]) & (at_s < window_s[1]))
    if not rows.size:
        return None
    chosen = rows[:: max(rows.size // _MOST_FRAMES, 1)]
    ends = np.array([_vertical_extent_px(silhouettes, int(row)) for row in chosen])
    if not np.isfinite(ends).any():
        return None
    top, sole = np.nanmedian(ends, axis=0)
    return Ruler(sole_px=float(sole), m_per_px=height_m / float(sole - top))


def _vertical_extent_px(silhouettes: Silhouettes, row: int) -> tuple[float, float]:
    """Return the silhouette's highest and lowest picture y, to a fraction of a crop pixel."""
    logits = silhouettes.logits(row)
    inside = logits > 0.0
    if not inside.any() or inside[[0, -1]].any():
        return np.nan, np.nan
    columns = np.flatnonzero(inside.any(axis=0))
    first = inside[:, columns].argmax(axis=0)
    last = inside.shape[0] - 1 - inside[::-1, columns].argmax(axis=0)
    affine = silhouettes.crop_to_frame[row]
    tops = _picture_y(affine, columns, _crossing(logits, columns, first, -1))
    soles = _picture_y(affine, columns, _crossing(logits, columns, last, 1))
    return float(tops.min()), float(soles.max())


def _crossing(logits: Floats, columns: Ints, rows: Ints, step: int) -> Floats:
    """Return where the logits pass zero between a last inside row and its neighbour outside."""
    inside, outside = logits[rows, columns], logits[rows + step, columns]
    crossing: Floats = rows + step * inside / (inside - outside)
    return crossing


def _picture_y(affine: Floats, x: Ints, y: Floats) -> Floats:
    picture: Floats = affine[1, 0] * x + affine[1, 1] * y + affine[1, 2]
    return picture


def fingertip_to_floor(
    pose: CleanPose, ruler: Ruler | None, hold: slice, *, height_m: float | None
) -> Measure:
    """Return the fingertips' height above the sole's level during a hold, above +.

    The fingertip lies one hand's length (0.108 of the stature) from the wrist towards the
    knuckles. A result clearly below the floor cannot be and is said to be only estimated.
    """
    if height_m is None:
        return not_measured(ID, "The person's height is needed for a scale; give it.", unit="m")
    if ruler is None:
        return not_measured(
            ID, "No whole silhouette in standing gives a scale; keep head and feet in.", unit="m"
        )
    wrist, knuckles = _near_hand_px(pose, hold)
    along = knuckles - wrist
    length_px = np.linalg.norm(along, axis=1)
    tip_px = wrist[:, 1] + along[:, 1] / length_px * _HAND * height_m / ruler.m_per_px
    heights = (ruler.sole_px - tip_px) * ruler.m_per_px
    known = heights[np.isfinite(heights)]
    if not known.size:
        return not_measured(ID, "The hands were not seen at the bottom.", unit="m")
    value = float(np.median(known))
    se = float(
        np.linalg.norm(
            [
                _HAND_SE * height_m,
                _WRIST_SE * height_m,
                _PERSPECTIVE_SE_M,
                _SCALE_SE * abs(value),
            ]
        )
    )
    below = value < -2.0 * se
    return Measure(
        id=ID,
        value=value,
        se=se,
        unit="m",
        status=Status.ESTIMATED if below else Status.MEASURED,
        why="It reads below the floor, which only a box under the feet allows." if below else "",
    )


def _near_hand_px(pose: CleanPose, hold: slice) -> tuple[Floats, Floats]:
    """Return wrist and knuckles (N, 2) of the hand towards the camera; NaN where not seen."""
    left = pose.near_side is Side.LEFT
    track = pose.raw
    wrist = Landmark.LEFT_WRIST if left else Landmark.RIGHT_WRIST
    fingers = (
        [Landmark.LEFT_INDEX, Landmark.LEFT_PINKY]
        if left
        else [Landmark.RIGHT_INDEX, Landmark.RIGHT_PINKY]
    )
    seen = track.visibility[hold, wrist] >= _VISIBLE
    wrist_px = np.where(seen[:, None], track.xy_px[hold, wrist], np.nan)
    return wrist_px, track.xy_px[hold][:, fingers].mean(axis=1)
