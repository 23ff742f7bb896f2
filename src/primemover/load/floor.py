"""When the load is off its resting place."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.load.body import Body, body_of
from primemover.model.arrays import Floats, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.pose import Landmark, PoseTrack
from primemover.signal.gaps import runs
from primemover.signal.smooth import derivative, smooth

__all__ = ["load_held"]

_LIFTED_M: Final = 0.025  # lift-off: 2-3 cm or 0.05 m/s (../evidence clinical 3.1)
_LIFTED_BY_HANDS_M: Final = 0.06  # wrists drop and rise that much while the grip is taken
_LEFT_M: Final = 0.010  # where that lift began; above a plate track's noise
_LEFT_BY_HANDS_M: Final = 0.03
_STILL_M_S: Final = 0.05
_STILL_S: Final = 0.15
_BOUNCE_S: Final = 0.06  # two frames of 30 Hz; a touch and go lasts longer
_WINDOW_S: Final = 0.12  # of smoothing
_STATURE_M: Final = 1.72  # when no scale is known; only thresholds depend on it
_FLOOR_GAP: Final = 0.16  # body heights from the feet up to a plate resting on blocks
_GRIP: Final = 0.12  # body heights from a wrist to the middle of a load that it holds
_APART_RUNS: Final = 2  # one run alone may be a lift and the hands' way there in one
_FREE_HAND: Final = 0.12  # body heights above the usual lockout: a hand up there holds no load


def load_held(track: LoadTrack, pose: CleanPose | PoseTrack) -> Mask:
    """Return whether the load is off its resting place (floor, blocks), (T,) bool.

    Steps: the resting level is the lowest level at which the load stands still; a lift is where it
    rises by 2.5 cm, counted from where it left the rest by 1 cm. A plate that never comes near the
    feet's level (a Romanian deadlift) is held all the time. Until a plate first moves, and as long
    as no hand is near it, it lies in a rack, however high. Frames where the load is lost take the
    level of their neighbours.

    With the hands only, the level is the wrists' and the thresholds are 6 and 3 cm; the hands
    are empty before they first reach the bottom if one of them went clearly above its place at
    lockout, and after they left it for the last time in the same way. Otherwise they count as
    loaded: a wrong "held" only costs a zero posture, a wrong "free" would make a wrong one.

    Parameters
    ----------
    track
        Of the whole film.
    pose
        The person, for the clock, the feet and the size.
    """
    raw = pose.raw if isinstance(pose, CleanPose) else pose
    body = body_of(pose)
    seen = np.flatnonzero(np.isfinite(track.xy_px[:, 1]))
    if not seen.size or not np.isfinite(body.height_px):
        return np.ones(track.lost.size, dtype=np.bool_)
    m_per_px = track.scale.m_per_px if track.scale else _STATURE_M / body.height_px
    frames = np.arange(track.lost.size)
    up_m = -m_per_px * np.interp(frames, seen, track.xy_px[seen, 1])
    up_m = smooth(raw.time_s, up_m, window_s=_WINDOW_S)
    by_hands = track.kind is not LoadKind.PLATE
    rest_m = _resting_level(raw.time_s, up_m, slack_m=_LEFT_BY_HANDS_M if by_hands else _LEFT_M)
    if not by_hands and not _near_the_feet(track, body, -rest_m / m_per_px):
        return ~_racked(raw, track, up_m, body)
    high, low = (_LIFTED_BY_HANDS_M, _LEFT_BY_HANDS_M) if by_hands else (_LIFTED_M, _LEFT_M)
    held = _rises(raw.time_s, up_m - rest_m, high=high, low=low)
    free = _empty_hands(raw, held, body) if by_hands else _racked(raw, track, up_m, body)
    return held & ~free


def _resting_level(time_s: Floats, up_m: Floats, *, slack_m: float) -> float:
    """Return the lowest level held still, or the lowest level at all if there is none."""
    lowest = float(np.quantile(up_m, 0.01))
    speed = np.abs(derivative(time_s, up_m, window_s=_WINDOW_S))
    still = np.zeros(up_m.size, dtype=np.bool_)
    for start, end in runs(speed < _STILL_M_S):
        if time_s[end - 1] - time_s[start] >= _STILL_S:
            still[start:end] = True
    resting = up_m[still & (up_m < lowest + 2.0 * slack_m + _LIFTED_M)]
    return float(np.median(resting)) if resting.size else lowest


def _near_the_feet(track: LoadTrack, body: Body, rest_y_px: float) -> bool:
    """Whether a plate resting there touches the floor or low blocks."""
    bottom = rest_y_px + float(np.nanmedian(track.axes_px[:, 1]))
    return bottom > body.floor_y_px - _FLOOR_GAP * body.height_px


def _racked(raw: PoseTrack, track: LoadTrack, up_m: Floats, body: Body) -> Mask:
    """Return where a load off the floor still lies in its rack: unmoved, and no hand near it."""
    start_m = float(np.median(up_m[raw.time_s <= raw.time_s[0] + _STILL_S]))
    moved = np.abs(up_m - start_m) > _LIFTED_M
    wrists = raw.xy_px[:, [Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST]]
    gap = np.linalg.norm(wrists - track.xy_px[:, None, :], axis=2).min(axis=1)
    gripped = gap < _GRIP * body.height_px
    first = np.flatnonzero(moved | gripped)
    racked = np.zeros(up_m.size, dtype=np.bool_)
    racked[: int(first[0]) if first.size else 0] = True
    racked &= np.isfinite(gap)
    return racked


def _rises(time_s: Floats, height_m: Floats, *, high: float, low: float) -> Mask:
    """Return the runs above `low` that reach `high`; a bounce does not part them."""
    held = np.zeros(height_m.size, dtype=np.bool_)
    above = height_m > low
    for start, end in runs(~above):
        if start > 0 and end < above.size and time_s[end] - time_s[start] < _BOUNCE_S:
            above[start:end] = True
    for start, end in runs(above):
        if height_m[start:end].max() > high:
            held[start:end] = True
    return held


def _empty_hands(raw: PoseTrack, held: Mask, body: Body) -> Mask:
    """Return where the hands are surely free: before or after all lifts, with a hand in the air."""
    empty = np.zeros(held.size, dtype=np.bool_)
    lifts = runs(held)
    if len(lifts) < _APART_RUNS:
        return empty
    wrists = raw.xy_px[:, [Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST], 1]
    with np.errstate(invalid="ignore"):
        highest = np.nanmin(np.where(np.isfinite(wrists), wrists, np.inf), axis=1)
    tops = [float(np.min(highest[a:b])) for a, b in lifts[1:-1]] or [float(np.median(highest))]
    raised = highest < float(np.median(tops)) - _FREE_HAND * body.height_px
    for start, end in (lifts[0], lifts[-1]):
        at_one_end = (start == 0) != (end == held.size)
        if at_one_end and raised[start:end].any():
            empty[start:end] = True
    return empty
