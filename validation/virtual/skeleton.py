"""Forward kinematics and skinning.

A pose is one rotation per joint, *from the rest body to the world*: the
rotation of the segment that hangs on that joint. Nothing is relative to a
parent, so an angle asked for is the angle had, whatever the chain.
"""

from dataclasses import dataclass

import numpy as np

from validation.virtual.bodies import Body, Indices
from validation.virtual.rotations import Floats, turn
from validation.virtual.tissue import PLAIN, bulge_m, keep_volume, quaternions


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A skeleton through time.

    Attributes
    ----------
    rotations : (T, J, 3, 3) array, rest to world
    joints_m : (T, J, 3) array, world
    """

    rotations: Floats
    joints_m: Floats


def place_joints(body: Body, rotations: Floats) -> Floats:
    """Return the joint centres (T, J, 3) with the pelvis joint at the origin."""
    return chain_m(body.joints_m, body.parents, rotations)


def chain_m(rest_m: Floats, parents: Indices, rotations: Floats) -> Floats:
    """Hang the bones between joint centres at rest (J, 3) on each other, (T, J, 3)."""
    out = np.zeros(rotations.shape[:-1])
    for joint, parent in enumerate(parents):
        if parent >= 0:
            bone = rest_m[joint] - rest_m[parent]
            out[:, joint] = out[:, parent] + turn(rotations[:, parent], bone)
    return out


def skin(body: Body, rest_m: Floats, *, rotations: Floats, joints_m: Floats) -> Floats:
    """Move the skin with the skeleton: blend skinning, as the body's tissue has it.

    Plain tissue is linear blending. Otherwise flesh bulges, and where more than one joint
    pulls at trunk or legs the result lies between linear and dual-quaternion blending.

    Parameters
    ----------
    rest_m : (V, 3), vertices at rest (of the body or of the clothes on it)
    rotations : (J, 3, 3), rest to world, one frame
    joints_m : (J, 3), one frame

    Returns
    -------
    (V, 3), world.
    """
    tissue = body.tissue
    if tissue != PLAIN:
        moved_x = rest_m[:, 0] + bulge_m(tissue, body.flesh, rotations, body.joint_names)
        rest_m = np.stack([moved_x, rest_m[:, 1], rest_m[:, 2]], axis=1)
    shifts_m = joints_m - turn(rotations, body.joints_m)
    moved = blend(body.binding.weights, rest_m, rotations=rotations, shifts_m=shifts_m)
    if tissue.volume > 0.0:
        turns = quaternions(rotations, body.parents)
        kept = keep_volume(body.binding, rest_m, turns=turns, shifts_m=shifts_m)
        share = tissue.volume * body.binding.bent_share[:, None]
        bent = body.binding.bent
        moved[bent] += share * (kept - moved[bent])
    return moved


def blend(weights: Floats, rest_m: Floats, *, rotations: Floats, shifts_m: Floats) -> Floats:
    """Blend linearly: one product for the maps of all vertices, then row by row, (V, 3)."""
    affine = np.concatenate([rotations, shifts_m[:, :, None]], axis=2).reshape(-1, 12)
    maps = affine.T @ weights.T
    x, y, z = np.ascontiguousarray(rest_m.T)
    out = np.empty_like(rest_m)
    for axis in range(3):
        a, b, c, d = maps[4 * axis : 4 * axis + 4]
        out[:, axis] = a * x + b * y + c * z + d
    return out
