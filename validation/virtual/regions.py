"""Where on a body something is: scores in metres, positive inside, negative outside."""

from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import SIDES, Body
from validation.virtual.rotations import Floats

Flags: TypeAlias = NDArray[np.bool_]

NEVER = -1.0
PARTLY = 0.2
MOSTLY = 0.5
ARM = ("shoulder", "elbow", "wrist", "knuckle", "finger")
_WAIST_BELOW_L5S1_M = 0.02
_MIDLINE_M = 0.012
_EAR_OUT = 0.044


def on(body: Body, *parts: str) -> Floats:
    """Return how much of each vertex hangs on joints whose names start so, (V,)."""
    chosen = np.array([name.startswith(parts) for name in body.joint_names])
    share: Floats = np.sum(body.weights * chosen[body.weight_joints], axis=1)
    return share


def before(body: Body, start: str, end: str, share: float) -> Floats:
    """Return how far each vertex is before a share of the way along a bone, metres, (V,)."""
    origin, bone = body.joints_m[body.joint(start)], body.offset_m(start, end)
    length_m = float(np.linalg.norm(bone))
    return cast("Floats", share * length_m - (body.vertices_m - origin) @ bone / length_m)


def by_side(body: Body, start: str, end: str, share: float) -> Floats:
    """Return `before` of the left bone on the left half of the body, else of the right one."""
    left, right = (before(body, f"{start}_{side}", f"{end}_{side}", share) for side in SIDES)
    return np.where(body.vertices_m[:, 2] < 0.0, left, right)


def is_arm(body: Body) -> Flags:
    """Return true on the arms from the shoulder joint outwards, (V,)."""
    arm: Flags = on(body, *ARM) > PARTLY
    return arm


def waist_m(body: Body) -> float:
    """Return the height of the waist band at rest."""
    return float(body.joints_m[body.joint("l5s1"), 1]) - _WAIST_BELOW_L5S1_M


def crotch_m(body: Body) -> float:
    """Return the height at which the legs part: the lowest skin of the midline above the knees."""
    knee_m = body.joints_m[body.joint("knee_left"), 1]
    middle = (np.abs(body.vertices_m[:, 2]) < _MIDLINE_M) & (body.vertices_m[:, 1] > knee_m)
    return float(body.vertices_m[middle, 1].min())


def eyes_m(body: Body) -> Floats:
    """Return the middle between the eyes, (3,)."""
    return cast("Floats", body.vertices_m[body.eye].mean(axis=0))


def collar(body: Body, *, depth_m: float = 0.012) -> Floats:
    """Score what is below the neck hole, which is lower in front."""
    neck = body.joints_m[body.joint("neck")]
    ahead, above = (body.vertices_m - neck)[:, 0], (body.vertices_m - neck)[:, 1]
    score: Floats = depth_m - above - 0.45 * np.maximum(ahead, -0.02)
    return score


def shirt(body: Body, *, sleeve: float, hem_m: float, collar_m: float = 0.012) -> Floats:
    """Score a shirt from the collar to the height `hem_m`.

    Parameters
    ----------
    sleeve : where it ends, 0 at the shoulder, 1 at the elbow, 2 at the wrist
    """
    # The hem ends the shirt on the trunk, the sleeve on the arm (whose hand hangs lower).
    bone = ("elbow", "wrist") if sleeve > 1.0 else ("shoulder", "elbow")
    sleeves = by_side(body, *bone, sleeve - 1.0 if sleeve > 1.0 else sleeve)
    ends: Floats = np.where(is_arm(body), sleeves, body.vertices_m[:, 1] - hem_m)
    score: Floats = np.minimum(ends, collar(body, depth_m=collar_m))
    return score


def bra(body: Body) -> Floats:
    """Score a sports bra: a band round the chest and two straps over the shoulders."""
    chest_m = float(body.joints_m[body.joint("t7t8"), 1])
    armpit_m = float(body.joints_m[body.joint("shoulder_left"), 1]) - 0.08
    up, aside = body.vertices_m[:, 1], np.abs(body.vertices_m[:, 2])
    band = np.minimum(up - (chest_m - 0.07), armpit_m - up)
    strap = np.minimum(0.022 - np.abs(aside - 0.075), up - armpit_m + 0.02)
    strap = np.minimum(strap, collar(body))
    return np.where(is_arm(body), NEVER, np.maximum(band, strap))


def legs(body: Body, *, top_m: float, end: float) -> Floats:
    """Score trousers below the height `top_m`; `end` is 0 at the hip, 1 knee, 2 ankle."""
    bone = ("knee", "ankle") if end > 1.0 else ("hip", "knee")
    ends = by_side(body, *bone, end - 1.0 if end > 1.0 else end)
    score = np.minimum(top_m - body.vertices_m[:, 1], ends)
    return np.where(is_arm(body), NEVER, score)


def scalp(body: Body) -> Floats:
    """Score the scalp: on the head, above a line that falls from the forehead to the nape."""
    eyes = eyes_m(body)
    behind = eyes[0] - body.vertices_m[:, 0]
    line = np.interp(behind, [0.0, 0.03, 0.07, 0.10, 0.14], [0.060, 0.050, 0.0, -0.045, -0.075])
    score = body.vertices_m[:, 1] - eyes[1] - line
    return np.where((on(body, "head") > MOSTLY) & ~ears(body) & ~body.eye, score, NEVER)


def ears(body: Body) -> Flags:
    """Return true on the ears, (V,)."""
    out: Flags = np.abs(body.vertices_m[:, 2]) > _EAR_OUT * body.height_m
    return out & (on(body, "head") > MOSTLY)
