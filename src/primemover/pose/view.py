"""Judge whether a film shows the view that a test wants, and how the camera was held."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.cleaned import CleanPose
from primemover.model.level import UNKNOWN_LEVEL, CameraLevel
from primemover.model.view import View, ViewLabel
from primemover.pose.level import combined
from primemover.pose.yaw import estimate_yaw, plain_yaw_rad
from primemover.pose.yaw_model import shipped_yaw_model

__all__ = ["front_view", "roll_from_standing", "side_view"]

# Engineering defaults. Outline angles drift with more than 10-15 deg of yaw (vision.md 2, 3d), and
# projection alone costs the hip 2 deg at 20 and 5 deg at 30 deg of yaw (vision.md 3a).
SIDE_LIMIT_RAD = np.deg2rad(25.0)
_OBLIQUE_LIMIT_RAD = np.deg2rad(65.0)
# The fitted yaw leans towards the side, where most films are made; a body that the network alone
# sees turned by more than this is believed. 6 in 1,000 virtual films within 15 deg are.
_TURNED_RAD = np.deg2rad(35.0)
# Who stands at ease leans forward a little from the ankle to the shoulder (rendered people 0.8 deg
# by definition, two films of a man with a level camera 1.0 deg). Engineering default.
_LEAN_RAD: Final = float(np.deg2rad(1.0))
_LEAN_SE_RAD: Final = float(np.deg2rad(3.5))  # sway, posture, shoulders; engineering default
_HINGE_RAD: Final = float(np.deg2rad(12.0))  # hip and knee this straight: standing


def side_view(pose: CleanPose, level: CameraLevel = UNKNOWN_LEVEL) -> View:
    """Return the view's label, its yaw off the exact side, and the camera's tilt.

    Within 25 deg of the side, its error reckoned in, a film is accepted: a yaw that is so unsure
    that the camera may well stand farther off is refused like one that is large.

    Parameters
    ----------
    pose
        The person.
    level
        What the room says of the tilt; the person's own standing is a second witness of the roll.
    """
    yaw, yaw_se = estimate_yaw(pose, shipped_yaw_model())
    label = _label(float(np.copysign(np.hypot(yaw, yaw_se), yaw)))
    if abs(plain := plain_yaw_rad(pose)) > _TURNED_RAD:
        label = _label(plain)
    accepted = label is ViewLabel.SIDE
    why = "" if accepted else _SENTENCES[label] + " Film from exactly the side, camera level."
    roll, roll_se = combined([(level.roll_rad, level.roll_se_rad), roll_from_standing(pose)])
    return View(
        label=label,
        yaw_rad=yaw,
        yaw_se_rad=yaw_se,
        accepted=accepted,
        why=why,
        pitch_rad=level.pitch_rad,
        pitch_se_rad=level.pitch_se_rad,
        roll_rad=roll,
        roll_se_rad=roll_se,
    )


def front_view(pose: CleanPose, level: CameraLevel = UNKNOWN_LEVEL) -> View:
    """Return the view's label, its yaw off the exact front, and the camera's tilt."""
    turn = abs(pose.turn_rad)
    label = _label(np.pi / 2 - turn)
    accepted = label is ViewLabel.FRONT
    why = "" if accepted else _SENTENCES[label] + " Film from exactly in front, camera level."
    return View(
        label=label,
        yaw_rad=float(pose.turn_rad),
        yaw_se_rad=pose.turn_se_rad,
        accepted=accepted,
        why=why,
        pitch_rad=level.pitch_rad,
        pitch_se_rad=level.pitch_se_rad,
        roll_rad=level.roll_rad,
        roll_se_rad=level.roll_se_rad,
    )


def roll_from_standing(pose: CleanPose) -> tuple[float, float]:
    """Return the camera's roll and its error from how the person stands, NaN without standing.

    The line from the ankles to the shoulders, with hip and knee straight and the ankles in sight,
    leans 1 deg forward in who stands at ease. What is upright leans to the left when the camera is
    turned clockwise.
    """
    joints = pose.joints_px
    lean = {
        (low, high): np.arctan2(
            joints[high][:, 0] - joints[low][:, 0], joints[low][:, 1] - joints[high][:, 1]
        )
        for low, high in (("ankle", "knee"), ("knee", "hip"), ("hip", "shoulder"))
    }
    shank, thigh, trunk = lean.values()
    bent = np.maximum(np.abs(thigh - shank), np.abs(trunk - thigh))
    standing = pose.raw.found & (bent < _HINGE_RAD) & ~pose.hidden["ankle"]
    if not pose.forward or not standing.any():
        return np.nan, np.nan
    line = (joints["shoulder"] - joints["ankle"])[standing]
    seen = float(np.nanmedian(np.arctan2(line[:, 0], -line[:, 1])))
    return pose.forward * _LEAN_RAD - seen, _LEAN_SE_RAD


def _label(yaw_rad: float) -> ViewLabel:
    """Return how a camera is called that stands so far off the side, towards the front +."""
    if not np.isfinite(yaw_rad):
        return ViewLabel.UNKNOWN
    if abs(yaw_rad) <= SIDE_LIMIT_RAD:
        return ViewLabel.SIDE
    if abs(yaw_rad) <= _OBLIQUE_LIMIT_RAD:
        return ViewLabel.OBLIQUE
    return ViewLabel.FRONT if yaw_rad > 0.0 else ViewLabel.REAR


_SENTENCES: dict[ViewLabel, str] = {
    ViewLabel.SIDE: "This film shows the person from the side.",
    ViewLabel.OBLIQUE: "This film shows the person at an angle, between side and front.",
    ViewLabel.FRONT: "This film shows the person from the front.",
    ViewLabel.REAR: "This film shows the person from behind.",
    ViewLabel.UNKNOWN: "The direction of this film could not be told.",
}
