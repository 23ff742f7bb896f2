"""What the lift's measures truly are in a rendered film, by their own definitions.

Everything comes from the film's truth file: angles, joint places and the bar's height. Angles are
counted from the person's own standing, as the measures are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from primemover.model.arrays import Floats

__all__ = ["TrueCurves", "true_curves", "true_lift"]

_DRIVE_S = 1.5  # the hips' start is looked for this long before lift-off, as the measure does
_SHOULDER_SHARE = 0.25
_BOTTOM = (
    "lumbar_flexion",
    "thoracic_flexion",
    "pelvis_inclination",
    "hip_flexion",
    "knee_flexion",
    "ankle_dorsiflexion",
    "trunk_thigh",
    "trunk_inclination",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueCurves:
    """A film's true curves.

    Attributes
    ----------
    angles_deg : series id -> (T,) degrees, side view: counted from the own standing
    hip_m, knee_m, shoulder_m : (T,) heights above the floor
    bar_m : (T,) height of the bar's middle, or None without one
    bar_ahead_m : (T,) how far it is ahead of mid-foot, or None
    """

    time_s: Floats
    angles_deg: dict[str, Floats]
    hip_m: Floats
    knee_m: Floats
    shoulder_m: Floats
    bar_m: Floats | None
    bar_ahead_m: Floats | None = None


def true_curves(truth: dict[str, Any]) -> TrueCurves:
    """Return the curves of a truth record."""
    time_s = np.array(truth["time_s"])
    angles = {name: np.array(values) for name, values in truth["angles_deg"].items()}
    if truth["view"] == "side":
        start, end = truth["standing_s"]
        standing = (time_s >= start) & (time_s < end)
        angles = {name: values - values[standing].mean() for name, values in angles.items()}
        thigh = angles["pelvis_inclination"] - angles["hip_flexion"]
        angles["trunk_thigh"] = angles["trunk_inclination"] - thigh
    bar, ahead = truth.get("bar_height_m"), truth.get("bar_ahead_m")
    return TrueCurves(
        time_s=time_s,
        angles_deg=angles,
        hip_m=_height_m(truth, "hip"),
        knee_m=_height_m(truth, "knee"),
        shoulder_m=_height_m(truth, "shoulder"),
        bar_m=None if bar is None else np.array(bar),
        bar_ahead_m=None if ahead is None else np.array(ahead),
    )


def _height_m(truth: dict[str, Any], part: str) -> Floats:
    """Return the mean height of the left and right joint.

    The bundled films' truth does not tell it; their camera is level, so their pictures do.
    """
    if "heights_m" in truth:
        told: Floats = np.array(truth["heights_m"][part])
        return told
    both = [np.array(truth["joints_px"][f"{part}_{side}"])[:, 1] for side in ("left", "right")]
    middle_px = 0.5 * truth["camera"]["size_px"][1]
    above_px = middle_px - 0.5 * (both[0] + both[1])
    height: Floats = truth["camera"]["height_m"] + above_px * truth["metres_per_pixel"]
    return height


def true_lift(curves: TrueCurves, repetition: dict[str, Any]) -> dict[str, float]:
    """Return one repetition's true measures, id -> degrees, metres, metres a second or a share.

    The bottom is the last moment with hardly any speed before the pull, where the truth tells it,
    else the lift-off. Where it does not tell where the bar is, that goes straight up over mid-foot.
    """
    off, locked = (_frame(curves, repetition[f"{name}_s"]) for name in ("liftoff", "lockout"))
    bottom = _frame(curves, repetition.get("bottom_s", repetition["liftoff_s"]))
    lowering = _frame(curves, repetition["lowering_s"])
    angles = curves.angles_deg
    lumbar, trunk = angles["lumbar_flexion"], angles["trunk_inclination"]
    passed = _knee_pass(curves, off, locked)
    rise = trunk[off] - trunk[locked]
    late = off + int(np.argmax(trunk[off : locked + 1] <= trunk[locked] + rise / 3.0))
    drive = _drive(curves, off, earliest_s=repetition.get("start_s", 0.0))
    ahead = np.zeros(curves.time_s.size) if curves.bar_ahead_m is None else curves.bar_ahead_m
    return {f"{name}_bottom": float(angles[name][bottom]) for name in _BOTTOM} | {
        "lumbar_extension_pull": float(lumbar[off] - lumbar[locked]),
        "lumbar_change_lift_off_knee_pass": float(lumbar[passed] - lumbar[off]),
        "trunk_inclination_change_first_phase": float(
            trunk[drive : passed + 1].max() - trunk[drive]
        ),
        "trunk_lean_back_lockout": -float(np.quantile(trunk[locked : lowering + 1], 0.1)),
        "trunk_rise_share_hips": _share(angles["pelvis_inclination"], trunk, off, locked),
        "trunk_rise_share_lumbar": _share(lumbar, trunk, off, locked),
        "late_lumbar_share": _share(lumbar, trunk, late, locked),
        "hip_rise_ratio": _hip_rise_ratio(curves, drive, locked),
        "bar_drift": float(ahead[off : locked + 1].max()),
        "bar_forward_of_midfoot_lift_off": float(ahead[off]),
        "bar_speed_peak": _peak_speed(curves, off, locked),
    }


def _frame(curves: TrueCurves, instant_s: float) -> int:
    return int(np.argmin(np.abs(curves.time_s - instant_s)))


def _knee_pass(curves: TrueCurves, off: int, locked: int) -> int:
    if curves.bar_m is None:
        return locked
    above = np.flatnonzero(curves.bar_m[off : locked + 1] >= curves.knee_m[off : locked + 1])
    return off + int(above[0]) if above.size else locked


def _drive(curves: TrueCurves, off: int, *, earliest_s: float) -> int:
    first = _frame(curves, max(float(curves.time_s[off]) - _DRIVE_S, earliest_s))
    return first + int(np.argmin(curves.hip_m[first : off + 1]))


def _hip_rise_ratio(curves: TrueCurves, drive: int, locked: int) -> float:
    shoulder, hip = curves.shoulder_m, curves.hip_m
    due = shoulder[drive] + _SHOULDER_SHARE * (shoulder[locked] - shoulder[drive])
    until = drive + int(np.argmax(shoulder[drive : locked + 1] >= due))
    return float((hip[until] - hip[drive]) / (due - shoulder[drive]))


def _share(part: Floats, whole: Floats, first: int, last: int) -> float:
    return float((part[last] - part[first]) / (whole[last] - whole[first]))


def _peak_speed(curves: TrueCurves, off: int, locked: int) -> float:
    if curves.bar_m is None:
        return float("nan")
    return float(np.gradient(curves.bar_m, curves.time_s)[off : locked + 1].max())
