"""How far the camera stands off the exact side, towards the person's front + or back -.

Five witnesses tell a turned body: the directions of the hips' and of the shoulders' axis in the
network's world, and how far left and right lie apart in the picture. Each is turned into a yaw by
its own straight line, and a weighted sum of them is the estimate; where they disagree more
than on the films they were fitted on, the error is wider. The coefficients are data
(`primemover.pose.yaw_model`), fitted by ``python -m validation.fit_view``. Knees and feet would
tell too, but plates cover them and stances are staggered: not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.pose import Landmark

__all__ = [
    "FEATURES",
    "PLAIN_SE_RAD",
    "YawModel",
    "estimate_yaw",
    "plain_yaw_rad",
    "view_features",
    "yaw_from_features",
]

FEATURES: Final = ("turn_rad", "hips_rad", "shoulders_rad", "hips_apart", "shoulders_apart")
"""What `view_features` returns, in this order.

``*_rad`` are directions in the network's world about the vertical, 0 at the exact side, camera
towards the front +: of hips and shoulders together through the whole film, and of the axes through
both hips and both shoulders when upright. ``*_apart`` are how far ahead of the near one the far
one is drawn when upright, in lengths of the body's chain (trunk + thigh + shank).
"""

PLAIN_SE_RAD: Final = float(np.deg2rad(6.0))
"""What the network's left-right axis alone errs (engineering default, from the first trials)."""

_STRAIGHT_RAD: Final = float(np.deg2rad(20.0))  # trunk against leg when upright; eng. default
_CHAIN: Final = (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"))


@dataclass(frozen=True, slots=True, kw_only=True)
class YawModel:
    """How `FEATURES` tell the yaw.

    Attributes
    ----------
    source : what it was fitted on
    slope, constant_rad : (F,) arrays, yaw = slope x feature + constant by each witness alone
    weights : (F,) array, of the witnesses in the estimate
    offset_rad : added to the weighted sum
    spread_rad : how far the witnesses disagree in half of the films it was fitted on (rms)
    se_rad : standard error on bodies left out of the fit, at the side
    se_share : ... more for each radian of yaw
    sha256 : of the file it came from, "" when it came from none
    """

    source: str
    slope: Floats
    constant_rad: Floats
    weights: Floats
    offset_rad: float
    spread_rad: float
    se_rad: float
    se_share: float
    sha256: str = ""


def view_features(pose: CleanPose) -> Floats:
    """Return `FEATURES` of a film from the side, (5,), NaN where they cannot be told.

    Mostly medians over the upright frames (trunk and legs within 20 deg of one line: standing, or
    the top of a lift), because bending hides one hip behind the other. Scale and mirror drop out:
    all is said of the near and the far side, forward +.
    """
    upright = _upright(pose)
    if not pose.forward or not upright.any():
        return np.full(len(FEATURES), np.nan)
    columns = [
        _axis_rad(pose, Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
        _axis_rad(pose, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
        _apart(pose, "hip"),
        _apart(pose, "shoulder"),
    ]
    when_upright = np.nanmedian(np.stack(columns, axis=1)[upright], axis=0)
    features: Floats = np.concatenate([[plain_yaw_rad(pose)], when_upright])
    return features


def yaw_from_features(features: Floats, model: YawModel) -> tuple[float, float]:
    """Return the yaw off the side and its standard error, radians, from (5,) features.

    se^2 = (error on bodies left out, growing with the yaw)^2 + the part of the witnesses'
    disagreement that is beyond what it was in fitting.
    """
    witnesses = model.slope * features + model.constant_rad
    yaw = float(model.weights @ witnesses + model.offset_rad)
    spread = float(np.sqrt(np.mean((witnesses - yaw) ** 2)))
    excess = np.sqrt(max(spread**2 - model.spread_rad**2, 0.0))
    return yaw, float(np.hypot(model.se_rad + model.se_share * abs(yaw), excess))


def plain_yaw_rad(pose: CleanPose) -> float:
    """Return the yaw off the side that the body's turn alone gives, NaN unknown.

    Positive with the camera towards the person's front.
    """
    return float(np.pi / 2 - abs(pose.turn_rad))


def estimate_yaw(pose: CleanPose, model: YawModel) -> tuple[float, float]:
    """Return the yaw off the side and its standard error, radians; NaN unknown.

    Where the person is never upright, or shows front or back, the body's turn alone stands.
    """
    features = view_features(pose)
    if np.isfinite(features).all():
        return yaw_from_features(features, model)
    return plain_yaw_rad(pose), pose.turn_se_rad


def _upright(pose: CleanPose) -> Mask:
    joints = pose.joints_px
    trunk = joints["shoulder"] - joints["hip"]
    leg = joints["hip"] - joints["ankle"]
    angle = np.arctan2(trunk[:, 0], -trunk[:, 1]) - np.arctan2(leg[:, 0], -leg[:, 1])
    hinge = np.abs(np.angle(np.exp(1j * angle)))
    upright: Mask = pose.raw.found & (hinge < _STRAIGHT_RAD)
    return upright


def _axis_rad(pose: CleanPose, left: Landmark, right: Landmark) -> Floats:
    """Return the direction of the axis from the near to the far side, (T,).

    A person who shows the front has the left side on the picture's right, whichever way they face.
    """
    across = pose.raw.world_m[:, left] - pose.raw.world_m[:, right]
    direction: Floats = np.arctan2(across[:, 0], pose.forward * across[:, 2])
    return direction


def _apart(pose: CleanPose, joint: str) -> Floats:
    """Return how far ahead of the near side the far side is drawn, in body chains, (T,)."""
    joints = pose.joints_px
    chain = sum(np.linalg.norm(joints[one] - joints[other], axis=1) for one, other in _CHAIN)
    ahead: Floats = (pose.left_px[joint] - pose.right_px[joint])[:, 0] / chain
    return ahead
