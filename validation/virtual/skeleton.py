"""Forward kinematics and skinning.

A pose is one rotation per joint, *from the rest body to the world*: the
rotation of the segment that hangs on that joint. Nothing is relative to a
parent, so an angle asked for is the angle had, whatever the chain.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np

from validation.virtual.bodies import Body
from validation.virtual.rotations import Floats, turn


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
    out = np.zeros(rotations.shape[:-1])
    for joint, parent in enumerate(body.parents):
        if parent >= 0:
            bone = body.joints_m[joint] - body.joints_m[parent]
            out[:, joint] = out[:, parent] + turn(rotations[:, parent], bone)
    return out


def skin(body: Body, rest_m: Floats, *, rotations: Floats, joints_m: Floats) -> Floats:
    """Move the skin with the skeleton: linear blend skinning.

    Parameters
    ----------
    rest_m : (V, 3), vertices at rest (of the body or of the clothes on it)
    rotations : (J, 3, 3), rest to world, one frame
    joints_m : (J, 3), one frame

    Returns
    -------
    (V, 3), world.
    """
    shift = joints_m - turn(rotations, body.joints_m)
    affine = np.concatenate([rotations, shift[:, :, None]], axis=2).reshape(-1, 12)
    blended = np.einsum("vk,vkc->vc", body.weights, affine[body.weight_joints]).reshape(-1, 3, 4)
    moved = np.einsum("vij,vj->vi", blended[:, :, :3], rest_m) + blended[:, :, 3]
    return cast("Floats", moved)
