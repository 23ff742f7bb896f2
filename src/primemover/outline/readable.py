"""Whether the back's outline in a frame is the back's, and what spoils it if not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadTrack
from primemover.model.outline import Readability
from primemover.model.view import View, ViewLabel
from primemover.outline.axis import TrunkAxis, in_axis
from primemover.outline.rays import STATION
from primemover.outline.steady import leaps
from primemover.outline.zones import LOWER, NAPE_FREE, UPPER, Zone

__all__ = ["Traced", "judge"]

# Where an elbow or wrist spoils which part: its half thickness beyond the part's own zones.
_ARM_AT_LOWER: Final = Zone(low=-0.12, high=0.78)
_ARM_AT_UPPER: Final = Zone(low=0.62, high=1.10)

MAX_YAW_RAD: Final = math.radians(15.0)  # vision.md: a turn looks like a bend of the spine
# All lengths below in hip-shoulder lengths; engineering defaults, looked at on real frames.
_MISSING_SHARE: Final = 0.15  # rays of a zone that may lack an exit
_ROUGH: Final = 0.016  # rms of raw about smooth line: most of a silhouette pixel
_TOO_FAR: Final = 0.75  # a rendered toe-touch (62, 60, 25 deg) stands 0.62 behind the axis
_ARM_HALF: Final = 0.08  # half an upper arm with its sleeve
_EDGE_PX: Final = 2.0  # an outline this near the picture's edge is the picture's edge
_NOTCH: Final = 3.5  # 1 / axis length: hollow of the line between shoulder blades and neck
_PLATE_GROWTH: Final = 1.08  # the silhouette dissolves a little outside a plate's rim


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The raw trace of a film, in axis lengths.

    Attributes
    ----------
    offset : (T, K) smoothed distance behind the axis; NaN = none
    kept : (T, K) whether the ray's own exit carries the line
    open_ended : (T, K) whether the ray left the crop inside the person
    residual, pixel : (T,) see `DorsalLine`
    """

    offset: Floats
    kept: Mask
    open_ended: Mask
    residual: Floats
    pixel: Floats


def judge(
    traced: Traced,
    axis: TrunkAxis,
    pose: CleanPose,
    *,
    load: LoadTrack | None = None,
    view: View | None = None,
) -> tuple[tuple[Readability, ...], tuple[Readability, ...]]:
    """Return the reason of each frame for pelvis and loin, and for the upper back.

    The first reason that holds is given, in the order of `Readability`'s severity: no silhouette,
    view, cropped, plate, arm, another person, hood, rough.
    """
    frames = axis.length_px.size
    lower = [Readability.READ] * frames
    upper = [Readability.READ] * frames
    points = _points(traced.offset, axis)
    never = np.zeros(frames, dtype=bool)
    oblique, nothing = _oblique(view, frames), _nothing(traced)
    arm = _arm(traced, axis, pose)
    spoilt: list[tuple[Readability, Mask, Mask]] = [
        (
            Readability.ROUGH,
            _rough(traced, LOWER) | _leaps(traced, pose, LOWER),
            _rough(traced, UPPER) | _leaps(traced, pose, UPPER),
        ),
        (Readability.HAIR_OR_HOOD, never, _hood(traced)),
        (Readability.OTHER_PERSON, _too_far(traced, LOWER), _too_far(traced, UPPER)),
        (Readability.ARM, *arm),
        (Readability.PLATE, _plate(points, load, LOWER), _plate(points, load, UPPER)),
        (
            Readability.CROPPED,
            _cropped(traced, points, pose, LOWER),
            _cropped(traced, points, pose, UPPER),
        ),
        (Readability.VIEW, oblique, oblique),
        (Readability.NO_SILHOUETTE, nothing, nothing),
    ]
    # Worst last, so that it overwrites.
    for name, in_lower, in_upper in spoilt:
        for reasons, where in ((lower, in_lower), (upper, in_upper)):
            for frame in np.flatnonzero(where):
                reasons[frame] = name
    return tuple(lower), tuple(upper)


def _points(offset: Floats, axis: TrunkAxis) -> Floats:
    local = (
        STATION[None, :, None] * axis.along[:, None, :]
        + offset[:, :, None] * axis.backward[:, None, :]
    )
    points: Floats = axis.origin_px[:, None, :] + axis.length_px[:, None, None] * local
    return points


def _nothing(traced: Traced) -> Mask:
    nothing: Mask = ~np.any(np.isfinite(traced.offset), axis=1)
    return nothing


def _oblique(view: View | None, frames: int) -> Mask:
    refused = view is not None and (
        not view.accepted
        or view.label in {ViewLabel.OBLIQUE, ViewLabel.FRONT, ViewLabel.REAR}
        or abs(view.yaw_rad) > MAX_YAW_RAD
    )
    return np.full(frames, refused)


def _rough(traced: Traced, zone: Zone) -> Mask:
    missing = np.mean(~traced.kept[:, zone.holds(STATION)], axis=1) > _MISSING_SHARE
    holes = np.any(~np.isfinite(traced.offset[:, zone.holds(STATION)]), axis=1)
    rough: Mask = missing | holes | (traced.residual > _ROUGH)
    return rough


def _leaps(traced: Traced, pose: CleanPose, zone: Zone) -> Mask:
    return leaps(pose.raw.time_s, traced.offset[:, zone.holds(STATION)])


def _too_far(traced: Traced, zone: Zone) -> Mask:
    far: Mask = np.any(traced.offset[:, zone.holds(STATION)] > _TOO_FAR, axis=1)
    return far


def _hood(traced: Traced) -> Mask:
    """Return where the line bends hollow below the neck: cloth or hair stands off the back.

    A bare thoracic spine is convex; the first hollow is the neck's, above station 1.
    """
    step = STATION[1] - STATION[0]
    bend = np.full_like(traced.offset, np.nan)
    bend[:, 1:-1] = np.diff(traced.offset, n=2, axis=1) / step**2
    zone = bend[:, NAPE_FREE.holds(STATION)]
    hollow: Mask = np.any(zone > _NOTCH, axis=1)
    return hollow


def _arm(traced: Traced, axis: TrunkAxis, pose: CleanPose) -> tuple[Mask, Mask]:
    frames = axis.length_px.size
    lower, upper = np.zeros(frames, dtype=bool), np.zeros(frames, dtype=bool)
    for joints in (pose.left_px, pose.right_px):
        for name in ("elbow", "wrist"):
            if name not in joints:
                continue
            station, behind = in_axis(axis, joints[name])
            line = _line_at(traced.offset, station)
            outside = behind + _ARM_HALF > line
            lower |= outside & _ARM_AT_LOWER.holds(station)
            upper |= outside & _ARM_AT_UPPER.holds(station)
    return lower, upper


def _line_at(offset: Floats, station: Floats) -> Floats:
    step = STATION[1] - STATION[0]
    place = np.nan_to_num((station - STATION[0]) / step, nan=-1.0)
    index = np.clip(np.rint(place).astype(np.int64), 0, STATION.size - 1)
    value: Floats = offset[np.arange(offset.shape[0]), index]
    return value


def _plate(points: Floats, load: LoadTrack | None, zone: Zone) -> Mask:
    if load is None:
        return np.zeros(points.shape[0], dtype=bool)
    axes = load.axes_px * _PLATE_GROWTH
    relative = (points[:, zone.holds(STATION)] - load.xy_px[:, None, :]) / axes[:, None, :]
    covered: Mask = np.any(np.sum(relative**2, axis=2) < 1.0, axis=1)
    hidden: Mask = covered & ~load.lost
    return hidden


def _cropped(traced: Traced, points: Floats, pose: CleanPose, zone: Zone) -> Mask:
    limit = np.array([pose.raw.width_px - 1.0, pose.raw.height_px - 1.0]) - _EDGE_PX
    seen = points[:, zone.holds(STATION)]
    outside = np.any((seen < _EDGE_PX) | (seen > limit), axis=(1, 2))
    cut = (
        np.mean(
            traced.open_ended[:, zone.holds(STATION)] & ~traced.kept[:, zone.holds(STATION)], axis=1
        )
        > _MISSING_SHARE
    )
    cropped: Mask = outside | cut
    return cropped
