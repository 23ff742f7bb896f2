"""What the bend's and the seated test's measures truly are in a rendered film."""

from __future__ import annotations

from typing import Any

import numpy as np

from primemover.model.arrays import Mask
from validation.lift_truth import TrueCurves
from validation.virtual.bodies import SIDES
from validation.virtual.performance import Performance
from validation.virtual.skeleton import skin

__all__ = ["true_bend", "true_fingertip_m", "true_rotation"]

_AT_HOLD = {
    "bend_pelvis_rotation": "pelvis_inclination",
    "bend_lumbar_excursion": "lumbar_flexion",
    "bend_thoracic_excursion": "thoracic_flexion",
    "bend_hip_flexion": "hip_flexion",
    "bend_knee_flexion": "knee_flexion",
}
_THIRDS_DEG = {"early": (0.0, 30.0), "middle": (30.0, 60.0), "late": (60.0, 90.0)}


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


def true_fingertip_m(bend: Performance, repetition: dict[str, Any]) -> float:
    """Return how far the hands' skin is above the soles in the middle of a bend's hold, metres."""
    body, track = bend.body, bend.track
    hand = [body.joint(f"{part}_{side}") for part in ("knuckle", "finger") for side in SIDES]
    middle_s = 0.5 * (repetition["hold_start_s"] + repetition["hold_end_s"])
    frame = int(np.argmin(np.abs(bend.time_s - middle_s)))
    skin_m = skin(
        body,
        body.vertices_m,
        rotations=track.rotations[frame],
        joints_m=track.joints_m[frame],
    )
    is_hand = np.isin(body.weight_joints[:, 0], hand)
    return float(skin_m[is_hand, 1].min() - skin_m[:, 1].min())


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
    return float(turned[0] / (turned[0] + turned[1]))


def true_rotation(curves: TrueCurves, truth: dict[str, Any], *, mode: str) -> dict[str, float]:
    """Return a seated film's true measures, degrees: means over all true holds of a leg."""
    found: dict[str, float] = {}
    start, end = truth["standing_s"]
    for side in ("left", "right"):
        angle = curves.angles_deg[f"hip_rotation_{side}"]
        held = np.zeros(curves.time_s.size, dtype=bool)
        for one in truth["repetitions"]:
            if one["side"] == side:
                held |= _between(curves, one["hold_start_s"], one["hold_end_s"])
        value = float(angle[held].mean()) if held.any() else float("nan")
        found[f"hip_rotation_{mode}_{side}"] = value
        found[f"shank_from_vertical_{mode}_{side}"] = value
        found[f"shank_at_rest_{mode}_{side}"] = float(angle[_between(curves, start, end)].mean())
    return found


def _between(curves: TrueCurves, start_s: float, end_s: float) -> Mask:
    inside: Mask = (curves.time_s >= start_s) & (curves.time_s < end_s)
    return inside
