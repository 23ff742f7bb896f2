"""Where the camera stood and how level it was, in one plain line."""

from __future__ import annotations

import math
from typing import Final

from primemover.model.trial import Trial, TrialKind
from primemover.model.view import View, ViewLabel
from primemover.report.numbers import quantity_text

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
        return "Where the camera stood and how level it was could not be read."
    start = ", ".join(known[:-1])
    said = f"The camera {start} and {known[-1]}." if start else f"The camera {known[0]}."
    return f"{said}{_unread(view)}"


def _stood(view: View, wanted: str) -> str:
    size, is_some = _size(view.yaw_rad, view.yaw_se_rad)
    if not size:
        return ""
    has_way = wanted == "side" and view.label in {ViewLabel.SIDE, ViewLabel.OBLIQUE}
    way = f", towards your {'front' if view.yaw_rad > 0.0 else 'back'}"
    return f"stood {size} off the exact {wanted} view{way if has_way and is_some else ''}"


def _looked(view: View) -> str:
    size, is_some = _size(view.pitch_rad, view.pitch_se_rad)
    if size and not is_some:
        return f"looked level ({size})"
    return f"looked {size} {'up' if view.pitch_rad > 0.0 else 'down'}" if size else ""


def _tilted(view: View) -> str:
    size, is_some = _size(view.roll_rad, view.roll_se_rad)
    if size and not is_some:
        return f"was not tilted ({size})"
    way = "clockwise" if view.roll_rad > 0.0 else "anticlockwise"
    return f"was tilted {size} {way}" if size else ""


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
    missing = [] if turned else ["where it stood"]
    if not (looked or tilted):
        missing.append("how level it was")
    elif not looked:
        missing.append("whether it looked up or down")
    elif not tilted:
        missing.append("whether it was tilted")
    text = " and ".join(missing)
    return f" {text[:1].upper()}{text[1:]} could not be read." if text else ""
