"""Judge whether a film shows the view that a test wants."""

from __future__ import annotations

import numpy as np

from primemover.model.cleaned import CleanPose
from primemover.model.view import View, ViewLabel

__all__ = ["front_view", "side_view"]

# Engineering defaults. Outline angles drift with more than 10-15 deg of yaw (vision.md 2, 3d), and
# projection alone costs the hip 2 deg at 20 and 5 deg at 30 deg of yaw (vision.md 3a).
SIDE_LIMIT_RAD = np.deg2rad(25.0)
_OBLIQUE_LIMIT_RAD = np.deg2rad(65.0)


def side_view(pose: CleanPose) -> View:
    """Return the view's label and its yaw off the exact side."""
    turn = abs(pose.turn_rad)
    yaw = float(np.pi / 2 - turn)
    label = _label(turn)
    accepted = label is ViewLabel.SIDE
    why = "" if accepted else _SENTENCES[label] + " Film from exactly the side, camera level."
    return View(label=label, yaw_rad=yaw, yaw_se_rad=pose.turn_se_rad, accepted=accepted, why=why)


def front_view(pose: CleanPose) -> View:
    """Return the view's label and its yaw off the exact front."""
    turn = abs(pose.turn_rad)
    label = _label(turn)
    accepted = label is ViewLabel.FRONT
    why = "" if accepted else _SENTENCES[label] + " Film from exactly in front, camera level."
    return View(
        label=label,
        yaw_rad=float(pose.turn_rad),
        yaw_se_rad=pose.turn_se_rad,
        accepted=accepted,
        why=why,
    )


def _label(turn_rad: float) -> ViewLabel:
    if not np.isfinite(turn_rad):
        return ViewLabel.UNKNOWN
    off_side = abs(np.pi / 2 - turn_rad)
    if off_side <= SIDE_LIMIT_RAD:
        return ViewLabel.SIDE
    if off_side <= _OBLIQUE_LIMIT_RAD:
        return ViewLabel.OBLIQUE
    return ViewLabel.FRONT if turn_rad < np.pi / 2 else ViewLabel.REAR


_SENTENCES: dict[ViewLabel, str] = {
    ViewLabel.SIDE: "This film shows the person from the side.",
    ViewLabel.OBLIQUE: "This film shows the person at an angle, between side and front.",
    ViewLabel.FRONT: "This film shows the person from the front.",
    ViewLabel.REAR: "This film shows the person from behind.",
    ViewLabel.UNKNOWN: "The direction of this film could not be told.",
}
