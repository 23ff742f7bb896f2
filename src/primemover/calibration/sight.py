"""What a film from the side shows of a posture, as numbers that no camera distance changes.

All angles are forward inclinations in radians, all lengths in leg lengths (mid-hip to mid-ankle
of the straight leg), x forward and y up, so that a person who faces left gives the same numbers
as one who faces right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.kinematics.planar import inclination_rad
from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.measure import Side
from primemover.model.outline import DorsalLine, Readability, Tangents
from primemover.model.pose import Landmark

__all__ = ["NAMES", "PROFILE", "Sight", "side_sight"]

# Stations of the back's outline along hip (0) -> shoulder (1): every 5 % of it.
PROFILE: Final[Floats] = np.round(np.arange(-0.35, 1.101, 0.05), 2) + 0.0  # no minus nought

# name -> lower and upper joint of a segment, by the names of `CleanPose.joints_px`
_SEGMENTS: Final[dict[str, tuple[str, str]]] = {
    "trunk": ("hip", "shoulder"),
    "thigh": ("knee", "hip"),
    "shank": ("ankle", "knee"),
    "leg": ("ankle", "hip"),
    "neck": ("shoulder", "ear"),
    "upper_arm": ("elbow", "shoulder"),
    "foot": ("heel", "toe"),
}
_BY_SIDE: Final = ("trunk", "thigh", "shank")
_VISIBLE: Final = ("elbow", "knee", "ankle")
_LOGIT_LIMIT: Final = 4.0  # visibilities saturate; beyond this they say nothing more
_STRAIGHT: Final = 0.95  # quantile of the hip-ankle distance taken for a straight leg
_ROUGHNESS: Final = 100.0  # brings outline residuals of about 1 % of the trunk to about 1
_STILL_A_BACK: Final = frozenset(
    {Readability.READ, Readability.ROUGH, Readability.VIEW, Readability.PLATE}
)
_UPPER_FROM: Final = 0.74  # stations from here on are the upper back's (as `outline.zones.LOWER`)
_PLATE_GROWTH: Final = 1.08  # the silhouette dissolves a little outside a plate's rim


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is seen, frame by frame.

    Attributes
    ----------
    time_s : (T,) array
    values : (T, F) array, columns named by `NAMES`; NaN = not seen
    """

    time_s: Floats
    values: Floats

    def column(self, name: str) -> Floats:
        """Return one column, (T,)."""
        found: Floats = self.values[:, NAMES.index(name)]
        return found


def side_sight(
    pose: CleanPose,
    line: DorsalLine,
    read: Tangents,
    *,
    yaw_rad: float,
    load: LoadTrack | None = None,
) -> Sight:
    """Return what a film from the side shows.

    Parameters
    ----------
    pose
        With `forward` of +1 or -1.
    line, read
        The back's outline and its tangents, of the same film.
    yaw_rad
        The camera's estimated place off the exact side, towards the person's front +.
    load
        A plate, if one was followed: what it covers of the outline is not seen.
    """
    legs = np.linalg.norm(pose.joints_px["hip"] - pose.joints_px["ankle"], axis=1)
    leg_px = float(np.nanquantile(legs, _STRAIGHT))
    columns = (
        _segments(pose, leg_px)
        | _sides(pose)
        | _back(line, read, load)
        | {"yaw_rad": np.full(legs.size, yaw_rad)}
        | _visibility(pose)
    )
    values = np.stack([columns[name] for name in NAMES], axis=1)
    return Sight(time_s=frozen(pose.raw.time_s), values=frozen(values))


def _segments(pose: CleanPose, leg_px: float) -> dict[str, Floats]:
    """Return inclination and length of the segments between left-right midpoints.

    The leg's length against its straight one tells the knee's bend where a plate covers the knee.
    """
    out: dict[str, Floats] = {}
    for name, (low, high) in _SEGMENTS.items():
        start, end = pose.joints_px[low], pose.joints_px[high]
        turned = inclination_rad(start, end, forward=pose.forward)
        out[f"{name}_rad"] = turned - 0.5 * np.pi if name == "foot" else turned
        out[f"{name}_length"] = np.linalg.norm(end - start, axis=1) / leg_px
    ear, nose = pose.joints_px["ear"], pose.raw.xy_px[:, Landmark.NOSE]
    out["face_rad"] = inclination_rad(ear, nose, forward=pose.forward) - 0.5 * np.pi
    bend = 2.0 * np.arccos(np.clip(out["leg_length"], -1.0, 1.0))
    out["knee_by_leg_rad"] = bend
    out["thigh_by_leg_rad"] = out["leg_rad"] - 0.5 * bend
    return out


def _sides(pose: CleanPose) -> dict[str, Floats]:
    """Return each side's own segments."""
    near, far = pose.left_px, pose.right_px
    if pose.near_side is Side.RIGHT:
        near, far = far, near
    out: dict[str, Floats] = {}
    for name in _BY_SIDE:
        low, high = _SEGMENTS[name]
        for which, joints in (("near", near), ("far", far)):
            out[f"{name}_{which}_rad"] = inclination_rad(
                joints[low], joints[high], forward=pose.forward
            )
    return out


def _back(line: DorsalLine, read: Tangents, load: LoadTrack | None) -> dict[str, Floats]:
    """Return the outline's distance behind the trunk's axis and its tangents."""
    out = {
        "sacral_rad": read.sacral_rad,
        "thoracolumbar_rad": read.thoracolumbar_rad,
        "upper_thoracic_rad": read.upper_thoracic_rad,
        "roughness": _ROUGHNESS * line.residual,
        "pixel": _ROUGHNESS * line.pixel,
    }
    at = np.searchsorted(line.station, PROFILE - 1e-9)
    offset = np.where(_seen(line, load)[:, at], line.offset[:, at], np.nan)
    return out | {_profile_name(station): offset[:, k] for k, station in enumerate(PROFILE)}


def _seen(line: DorsalLine, load: LoadTrack | None) -> Mask:
    """Return which points of the outline are the back's, (T, K).

    A plate takes away what it covers; an arm, a hood, another person or the picture's edge spoil
    the whole part of the back that `DorsalLine` names. A rough line or a turned camera do not.
    """
    lower = np.array([reason in _STILL_A_BACK for reason in line.reason])[:, None]
    upper_reason = line.upper_reason or line.reason
    upper = np.array([reason in _STILL_A_BACK for reason in upper_reason])[:, None]
    seen: Mask = np.where(line.station[None, :] < _UPPER_FROM, lower, lower & upper)
    if load is None or load.kind is not LoadKind.PLATE:
        return seen
    around = load.axes_px[:, None, :] * _PLATE_GROWTH
    off = (line.xy_px - load.xy_px[:, None, :]) / around
    with np.errstate(invalid="ignore"):
        covered = (np.sum(off**2, axis=2) < 1.0) & ~load.lost[:, None]
    uncovered: Mask = seen & ~covered
    return uncovered


def _visibility(pose: CleanPose) -> dict[str, Floats]:
    """Return log-odds of being seen, the near and the far side's."""
    near_is_right = pose.near_side is Side.RIGHT
    out: dict[str, Floats] = {}
    for name in _VISIBLE:
        sides = [
            pose.raw.visibility[:, Landmark[f"{side}_{name}".upper()]] for side in ("left", "right")
        ]
        near, far = sides[::-1] if near_is_right else sides
        out[f"{name}_near_seen"], out[f"{name}_far_seen"] = _log_odds(near), _log_odds(far)
    return out


def _log_odds(share: Floats) -> Floats:
    clear = np.clip(share, 1e-6, 1.0 - 1e-6)
    odds: Floats = np.clip(np.log(clear / (1.0 - clear)), -_LOGIT_LIMIT, _LOGIT_LIMIT)
    return odds


def _profile_name(station: float) -> str:
    return f"offset_{station:+.2f}"


NAMES: Final[tuple[str, ...]] = (
    *(f"{name}_rad" for name in _SEGMENTS),
    "face_rad",
    "knee_by_leg_rad",
    "thigh_by_leg_rad",
    *(f"{name}_{which}_rad" for name in _BY_SIDE for which in ("near", "far")),
    "sacral_rad",
    "thoracolumbar_rad",
    "upper_thoracic_rad",
    *(_profile_name(station) for station in PROFILE),
    *(f"{name}_length" for name in _SEGMENTS),
    "roughness",
    "pixel",
    "yaw_rad",
    *(f"{name}_{which}_seen" for name in _VISIBLE for which in ("near", "far")),
)
