"""Where the camera stood and how level it was, in one plain line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from primemover.model.trial import Trial, TrialKind
from primemover.model.view import View, ViewLabel
from primemover.report.numbers import quantity_text
from primemover.words import say

__all__ = ["camera_line"]

_WANTED: Final[dict[TrialKind, str]] = {
    TrialKind.DEADLIFT: "side",
    TrialKind.FORWARD_BEND: "side",
    TrialKind.HIP_ROTATION: "front",
}


def camera_line(trial: Trial) -> str:
    """Return the camera's yaw, pitch and roll with their standard errors; empty without a film.

    ``"The camera stood 4 ± 5° off the exact side view, towards your front, looked 3 ± 2° down and
    was tilted 1 ± 1° clockwise."``
    """
    view = trial.view
    if view is None:
        return ""
    told = [_stood(view, _WANTED[trial.kind]), _looked(view), _tilted(view)]
    known = [one for one in told if one]
    if not known:
        return say("drawings.camera.unknown")
    said = say("drawings.camera.sentence", told=_and(known))
    return " ".join(part for part in (said, _unread(view)) if part)


def _stood(view: View, wanted: str) -> str:
    size, is_some = _size(view.yaw_rad, view.yaw_se_rad)
    if not size:
        return ""
    if wanted != "side":
        return say("drawings.camera.stood_front", size=size)
    if not is_some or view.label not in {ViewLabel.SIDE, ViewLabel.OBLIQUE}:
        return say("drawings.camera.stood_side", size=size)
    if view.yaw_rad > 0.0:
        return say("drawings.camera.stood_towards_front", size=size)
    return say("drawings.camera.stood_towards_back", size=size)


def _looked(view: View) -> str:
    size, is_some = _size(view.pitch_rad, view.pitch_se_rad)
    if not size:
        return ""
    if not is_some:
        return say("drawings.camera.level", size=size)
    if view.pitch_rad > 0.0:
        return say("drawings.camera.up", size=size)
    return say("drawings.camera.down", size=size)


def _tilted(view: View) -> str:
    size, is_some = _size(view.roll_rad, view.roll_se_rad)
    if not size:
        return ""
    if not is_some:
        return say("drawings.camera.upright", size=size)
    if view.roll_rad > 0.0:
        return say("drawings.camera.clockwise", size=size)
    return say("drawings.camera.anticlockwise", size=size)


def _and(told: Sequence[str]) -> str:
    *head, last = told
    return say("common.list.all", head=", ".join(head), last=last) if head else last


def _size(angle_rad: float, se_rad: float) -> tuple[str, bool]:
    """Return ``"3 ± 2°"`` without its sign, empty when not known, and whether it is not nothing."""
    if not math.isfinite(angle_rad):
        return "", False
    text = quantity_text(abs(angle_rad), se_rad, "rad")
    return text, float(text.split("±")[0].rstrip("° ")) > 0.0


def _unread(view: View) -> str:
    """Return a sentence on what could not be read, empty when all was."""
    turned, looked, tilted = (
        math.isfinite(angle_rad) for angle_rad in (view.yaw_rad, view.pitch_rad, view.roll_rad)
    )
    missing = [] if turned else [say("drawings.camera.where")]
    if not (looked or tilted):
        missing.append(say("drawings.camera.how_level"))
    elif not looked:
        missing.append(say("drawings.camera.pitch"))
    elif not tilted:
        missing.append(say("drawings.camera.tilt"))
    if not missing:
        return ""
    text = _and(missing)
    return say("drawings.camera.missing", what=f"{text[:1].upper()}{text[1:]}")
