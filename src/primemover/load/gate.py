"""Doubts about a followed plate: a tracker that lost the plate has to say so."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.load.body import Body
from primemover.load.follow import SEEN, RimPath
from primemover.model.arrays import Floats

__all__ = ["plate_doubt", "without_strays"]

# All limits below are engineering defaults. On the fourteen films they were looked at with, side
# views stand at 0.64-0.87 / 0.97-1.00 / 1-3 % and everything else below 0.47 or turned by > 40 deg.
_SHARE: Final = 0.50  # median share of the rim, chance removed, over the tracked frames
_TRACKED: Final = 0.60  # of the kept pictures
_SPREAD: Final = 0.08  # interquartile range of the vertical half axis over its median
_TURNED: Final = 0.80  # axis ratio: cos(37 deg); a side view may be turned by 15 at most
_TRAVEL: Final = 0.06  # body heights, about 10 cm: less is no lift
_STEP: Final = 0.3  # of the travel: moves that landmark noise cannot turn round
_WITH_HANDS: Final = 0.60  # correlation of the plate's moves with the hands'
_STRAY: Final = 0.10  # of the half axis: a frame's size this far off is another circle

_STILL = (
    "The round thing next to the hands hardly moved, so it cannot be told from a plate that "
    "stands around."
)
_POOR = (
    "The plate's rim was seen too poorly to be trusted; film from the side in good light with "
    "the whole near plate in the picture."
)
_OTHER = "The round thing that was followed does not move with the hands."


def without_strays(path: RimPath) -> RimPath:
    """Return the path without the frames whose size does not fit the rest."""
    height = path.axes_px[:, 1]
    seen = np.isfinite(height)
    if not seen.any():
        return path
    median = np.median(path.axes_px[seen], axis=0)
    with np.errstate(invalid="ignore"):
        stray = (np.abs(path.axes_px / median - 1.0) > _STRAY).any(axis=1)
    keep = seen & ~stray
    return RimPath(
        index=path.index,
        xy_px=np.where(keep[:, None], path.xy_px, np.nan),
        axes_px=np.where(keep[:, None], path.axes_px, np.nan),
        share=np.where(keep, path.share, np.minimum(path.share, 0.0)),
        se_px=np.where(keep, path.se_px, np.nan),
    )


def plate_doubt(path: RimPath, body: Body) -> str:
    """Return why a followed plate is not to be believed, empty if it is.

    Parameters
    ----------
    path
        The followed rim.
    body
        The person who should have lifted it.
    """
    seen = path.share >= SEEN
    if np.count_nonzero(seen) < _TRACKED * path.index.size:
        return f"A plate was followed in only {seen.mean():.0%} of the film. {_POOR}"
    if float(np.median(path.share[seen])) < _SHARE:
        return _POOR
    axes = path.axes_px[seen]
    height = float(np.median(axes[:, 1]))
    low, high = np.quantile(axes[:, 1], [0.25, 0.75])
    if high - low > _SPREAD * height:
        return _POOR
    ratio = float(np.median(axes[:, 0] / axes[:, 1]))
    if ratio < _TURNED:
        turn = np.degrees(np.arccos(min(ratio, 1.0)))
        return (
            f"The plate is seen about {turn:.0f} deg from the side, too far for a bar path; "
            "put the camera level with the bar's end."
        )
    return _motion_doubt(path, body)


def _motion_doubt(path: RimPath, body: Body) -> str:
    y = path.xy_px[:, 1]
    low, high = np.nanquantile(y, [0.02, 0.98])
    if high - low < _TRAVEL * body.height_px:
        return _STILL
    along = _moves_together(y, body.wrist_px[path.index, 1], _STEP * float(high - low))
    return "" if along >= _WITH_HANDS else _OTHER


def _moves_together(plate_y: Floats, hand_y: Floats, step_px: float) -> float:
    """Return the correlation, about zero, of the plate's moves with the hands' in the same time.

    Moves are taken whenever the plate went by a step, so that slow and fast lifts count alike; a
    resting plate says nothing about hands that come and go.
    """
    both = np.flatnonzero(np.isfinite(plate_y) & np.isfinite(hand_y))
    moves: list[tuple[float, float]] = []
    last = both[0] if both.size else 0
    for before, now in zip(both[:-_PAUSE], both[_PAUSE:], strict=True):
        move = plate_y[now] - plate_y[last]
        if abs(move) >= step_px:
            moves.append((move, hand_y[now] - hand_y[last]))
            last = now
        elif abs(plate_y[now] - plate_y[before]) < _AT_REST * step_px:
            last = now
    plate, hand = np.array(moves).reshape(-1, 2).T
    power = float(np.sqrt((plate**2).sum() * (hand**2).sum()))
    return float((plate * hand).sum()) / power if power else 0.0


_PAUSE: Final = 5  # kept pictures over which a resting plate ...
_AT_REST: Final = 0.1  # ... moves less than this share of a step
