"""Frames in which the landmarks went along with somebody who walked past.

In every test the person stays where they stand or sit, and a passer-by does not. Measured on films
of 200 rendered people: the hips of the person examined stay within 0.9 trunk lengths of their
place, whatever they lift; landmarks that a passer-by took along end 1.1 to 7 away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.pose import Landmark, PoseTrack, Silhouettes
from primemover.signal.smooth import derivative

__all__ = ["without_strangers"]

_AWAY: Final = 1.0  # trunk lengths from the place: half a metre; measured, see above
_PLACE: Final = 0.5  # trunk lengths about the place that hold most of the film; eng. default
# Slower than this is standing: a lifter may stand two seconds before walking up to the bar.
_WALKING: Final = 0.5  # trunk lengths a second, a quarter of a stroll; engineering default
_WINDOW_S: Final = 0.5
_LEAST: Final = 5  # frames that carry a place


def without_strangers(track: PoseTrack) -> PoseTrack:
    """Return the track without the frames in which it walks about away from the person's place.

    The place is where the mid-hip spends most of the film, across the picture. What is away from
    it but stands still is kept.
    """
    strangers = _strangers(track)
    if not strangers.any():
        return track
    return replace(
        track,
        xy_px=_blank(track.xy_px, strangers, np.nan),
        depth_px=_blank(track.depth_px, strangers, np.nan),
        visibility=_blank(track.visibility, strangers, 0.0),
        presence=_blank(track.presence, strangers, 0.0),
        world_m=_blank(track.world_m, strangers, np.nan),
        silhouettes=_kept(track.silhouettes, strangers),
    )


def _strangers(track: PoseTrack) -> Mask:
    hip = track.midpoint_px(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    shoulder = track.midpoint_px(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    found = np.flatnonzero(np.isfinite(hip[:, 0]))
    out: Mask = np.zeros(track.time_s.size, dtype=bool)
    if found.size < _LEAST:
        return out
    trunk_px = float(np.nanmedian(np.linalg.norm(shoulder - hip, axis=1)))
    across, time_s = hip[found, 0] / trunk_px, track.time_s[found]
    away = np.abs(across - _place(time_s, across)) > _AWAY
    if not away.any():
        return out
    walks = np.abs(derivative(time_s, across, window_s=_WINDOW_S)) > _WALKING
    out[found] = away & walks
    return out


def _place(time_s: Floats, across: Floats) -> float:
    """Return the middle of the stretch, a trunk length wide, that holds most of the time."""
    order = np.argsort(across)
    at = across[order]
    spent_s = np.concatenate([[0.0], np.cumsum(np.gradient(time_s)[order])])
    first = np.searchsorted(at, at - _PLACE)
    last = np.searchsorted(at, at + _PLACE, side="right")
    busiest = int(np.argmax(spent_s[last] - spent_s[first]))
    return float(np.median(at[first[busiest] : last[busiest]]))


def _blank(array: Floats, where: Mask, value: float) -> Floats:
    blank = np.array(array)
    blank[where] = value
    return frozen(blank)


def _kept(silhouettes: Silhouettes | None, strangers: Mask) -> Silhouettes | None:
    if silhouettes is None:
        return None
    keep = ~strangers[silhouettes.frame_index]
    return Silhouettes(
        frame_index=silhouettes.frame_index[keep],
        logits_q=silhouettes.logits_q[keep],
        crop_to_frame=silhouettes.crop_to_frame[keep],
    )
