"""What the bend's and the seated test's measures truly are in a rendered film."""

from __future__ import annotations

from typing import Any

import numpy as np

from primemover.model.arrays import Mask
from validation.lift_truth import TrueCurves
from validation.virtual.fingertip import true_fingertip_m

__all__ = ["true_bend", "true_fingertip_m", "true_rotation"]

_AT_HOLD = {
    "bend_pelvis_rotation": "pelvis_inclination",
    "bend_lumbar_excursion": "lumbar_flexion",
    "bend_thoracic_excursion": "thoracic_flexion",
    "bend_hip_flexion": "hip_flexion",
    "bend_knee_flexion": "knee_flexion",
}
_THIRDS_DEG = {"early": (0.0, 30.0), "middle": (30.0, 60.0), "late": (60.0, 90.0)}
_LEAST_TURN_DEG = 8.0  # a share of less is noise; the measure's own limit


def true_bend(curves: TrueCurves, repetition: dict[str, Any]) -> dict[str, float]:
    """Return one bend's true measures, degrees or a share: means over the true hold.

    Fingertip to floor is not among them, because it belongs to the skin: `true_fingertip_m`.
    """
    held = _between(curves, repetition["hold_start_s"], repetition["hold_end_s"])
    found = {
        measure_id: float(curves.angles_deg[name][held].mean())
        for measure_id, name in _AT_HOLD.items()
    }
    lumbar, pelvis = found["bend_lumbar_excursion"], found["bend_pelvis_rotation"]
    found["bend_lumbar_share"] = lumbar / (lumbar + pelvis)
    down = np.flatnonzero(_between(curves, repetition["start_s"], repetition["hold_start_s"]))
    for name, (low, high) in _THIRDS_DEG.items():
        found[f"bend_lumbar_share_{name}"] = _third(curves, down, low, high)
    return found


def _third(curves: TrueCurves, down: np.ndarray[Any, Any], low: float, high: float) -> float:
    trunk = curves.angles_deg["trunk_inclination"][down]
    inside = down[(trunk >= low) & (trunk < high)]
    if not inside.size:
        return float("nan")
    first, last = int(inside[0]), int(inside[-1])
    turned = [
        curves.angles_deg[name][last] - curves.angles_deg[name][first]
        for name in ("lumbar_flexion", "pelvis_inclination")
    ]
    both = turned[0] + turned[1]
    return float(turned[0] / both) if both > _LEAST_TURN_DEG else float("nan")


def true_rotation(curves: TrueCurves, truth: dict[str, Any], *, mode: str) -> dict[str, float]:
    """Return a seated film's true measures, degrees: means over the true holds of a leg.

    Rotation is the shank against gravity, as the measure is defined, whatever moved along. Turns
    outward do not count for it; they are `hip_external_rotation_{side}`.
    """
    found: dict[str, float] = {}
    start, end = truth["standing_s"]
    for side in ("left", "right"):
        angle = curves.angles_deg[f"hip_rotation_{side}"]
        inward, outward = (
            _held(curves, truth, side=side, direction=way) for way in ("internal", "external")
        )
        value = float(angle[inward].mean()) if inward.any() else float("nan")
        found[f"hip_rotation_{mode}_{side}"] = value
        found[f"shank_from_vertical_{mode}_{side}"] = value
        found[f"shank_at_rest_{mode}_{side}"] = float(angle[_between(curves, start, end)].mean())
        if outward.any():
            found[f"hip_external_rotation_{side}"] = -float(angle[outward].mean())
    return found


def _held(curves: TrueCurves, truth: dict[str, Any], *, side: str, direction: str) -> Mask:
    """Return (T,) the frames in which a leg is held at an end of one direction."""
    held = np.zeros(curves.time_s.size, dtype=bool)
    for one in truth["repetitions"]:
        if one["side"] == side and one.get("direction", "internal") == direction:
            held |= _between(curves, one["hold_start_s"], one["hold_end_s"])
    return held


def _between(curves: TrueCurves, start_s: float, end_s: float) -> Mask:
    inside: Mask = (curves.time_s >= start_s) & (curves.time_s < end_s)
    return inside
