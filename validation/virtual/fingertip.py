"""How near the hands come to the floor: the only truth that belongs to the skin."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from validation.virtual.bodies import SIDES
from validation.virtual.performance import Performance
from validation.virtual.skeleton import skin

__all__ = ["true_fingertip_m"]


def true_fingertip_m(bend: Performance, repetition: Mapping[str, Any]) -> float:
    """Return how far the hands' skin is above the floor in the middle of a bend's hold, metres."""
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
    return float(skin_m[is_hand, 1].min())
