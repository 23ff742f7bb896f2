"""From columns of standing postures to a skeleton on planted feet.

The pelvis goes where the columns want it, the legs reach for the feet in space (two bones, the knee
in the plane that the stance gives it), so wide and uneven stances are true as well.
"""

import numpy as np

from validation.virtual.bodies import SIDES
from validation.virtual.figure import STRAIGHTEST_RAD, Coord, Figure, leg_span_m
from validation.virtual.rotations import Floats, about_axis, between, forward_pitch, turn, unit
from validation.virtual.skeleton import Track, place_joints

__all__ = ["mid_hip_m", "plant"]

_DOWN = np.array([0.0, -1.0, 0.0])
_CHEST_FOLLOWS = 0.4  # of the pelvis's twist and list: the shoulders stay squarer than the hips


def mid_hip_m(figure: Figure, postures: Floats) -> Floats:
    """Return X and Y of the mid-hip (..., 2) over mid-ankle, for the mean leg."""
    span = leg_span_m(figure.links, postures[..., Coord.KNEE])
    in_plane = np.sqrt(np.maximum(span**2 - figure.leg_aside_m**2, 0.01))
    tilt = postures[..., Coord.LEG]
    ahead, up = in_plane * np.sin(tilt), in_plane * np.cos(tilt) + figure.links.ankle_up
    out: Floats = np.stack([ahead, up], axis=-1)
    return out


def plant(figure: Figure, postures: Floats) -> Track:
    """Return the skeleton (T frames), the arms still as the chest."""
    body = figure.body
    rotations = _trunk(figure, postures)
    root = body.joint("pelvis")
    flat = mid_hip_m(figure, postures)
    hip_m = np.stack([flat[:, 0], flat[:, 1], postures[:, Coord.SHIFT_M]], axis=1)
    hip_m[:, 1] = np.minimum(hip_m[:, 1], _highest_m(figure, rotations[:, root], hip_m))
    for number, side in enumerate(SIDES):
        start = hip_m + turn(rotations[:, root], _hip_offset_m(figure, side))
        _pose_leg(figure, number, hip_m=start, rotations=rotations)
    shift = hip_m + turn(rotations[:, root], figure.links.hip_to_root)
    joints_m = place_joints(body, rotations) + shift[:, None, :]
    return Track(rotations=rotations, joints_m=joints_m)


def _trunk(figure: Figure, postures: Floats) -> Floats:
    """Return rotations (T, J, 3, 3) of pelvis, spine and head; all else as the chest."""
    body = figure.body
    pelvis, lumbar = postures[:, Coord.PELVIS], postures[:, Coord.LUMBAR]
    chest = pelvis + lumbar + postures[:, Coord.THORACIC]
    neck = postures[:, Coord.NECK]
    reached = np.cumsum(figure.lumbar_shares)
    tilts = {
        "pelvis": (pelvis, 1.0),
        "l5s1": (pelvis + reached[0] * lumbar, 0.85),
        "l3l4": (pelvis + reached[1] * lumbar, 0.65),
        "t12l1": (pelvis + lumbar, _CHEST_FOLLOWS),
        "neck": (chest + 0.5 * neck, 0.2),
        "head": (chest + neck, 0.0),
    }
    out = np.empty((len(postures), len(body.parents), 3, 3))
    out[:] = _segment(postures, chest, _CHEST_FOLLOWS)[:, None]
    for name, (tilt, follows) in tilts.items():
        out[:, body.joint(name)] = _segment(postures, tilt, follows)
    return out


def _segment(postures: Floats, tilt_rad: Floats, follows: float) -> Floats:
    twist = about_axis(1, follows * postures[:, Coord.TWIST])
    raised = about_axis(0, -follows * postures[:, Coord.LIST])
    turned: Floats = twist @ raised @ forward_pitch(tilt_rad)
    return turned


def _hip_offset_m(figure: Figure, side: str) -> Floats:
    """Return mid-hip to one hip joint in the mesh, (3,)."""
    body = figure.body
    left, right = (body.joints_m[body.joint(f"hip_{name}")] for name in SIDES)
    offset: Floats = 0.5 * (right - left) * (1.0 if side == "right" else -1.0)
    return offset


def _highest_m(figure: Figure, pelvis: Floats, hip_m: Floats) -> Floats:
    """Return how high the mid-hip may be so that both feet stay on the floor, (T,)."""
    longest = float(leg_span_m(figure.links, np.array(STRAIGHTEST_RAD)))
    limits = []
    for number, side in enumerate(SIDES):
        offset = turn(pelvis, _hip_offset_m(figure, side))
        ankle = figure.stance.ankles_m[number]
        aside = hip_m[:, [0, 2]] + offset[:, [0, 2]] - ankle
        up = np.sqrt(np.maximum(longest**2 - np.sum(aside**2, axis=1), 0.01))
        limits.append(up + figure.links.ankle_up - offset[:, 1])
    lower: Floats = np.minimum(*limits)
    return lower


def _pose_leg(figure: Figure, number: int, *, hip_m: Floats, rotations: Floats) -> None:
    """Write the rotations of one leg that reaches from its hip to its foot."""
    body, stance, side = figure.body, figure.stance, SIDES[number]
    outward = 1.0 if side == "right" else -1.0
    hip, knee, ankle = f"hip_{side}", f"knee_{side}", f"ankle_{side}"
    ankle_m = np.array([stance.ankles_m[number, 0], 0.0, stance.ankles_m[number, 1]])
    ankle_m[1] = figure.links.ankle_up
    out = outward * stance.knees_out_rad[number]
    ahead = np.array([np.cos(out), 0.0, np.sin(out)])
    knee_m = bent_knee_m(
        hip_m,
        ankle_m,
        ahead=ahead,
        lengths_m=(body.length_m(hip, knee), body.length_m(knee, ankle)),
    )
    for upper, lower, line in ((hip, knee, knee_m - hip_m), (knee, ankle, ankle_m - knee_m)):
        laid = between(body.offset_m(upper, lower), _DOWN)
        rotations[:, body.joint(upper)] = _facing(line, ahead) @ laid
    forefoot = body.offset_m(ankle, f"toe_{side}")
    toe_out = -outward * stance.toe_out_rad[number] - np.arctan2(-forefoot[2], forefoot[0])
    for name in (ankle, f"toe_{side}"):
        rotations[:, body.joint(name)] = about_axis(1, toe_out)


def bent_knee_m(
    hip_m: Floats, ankle_m: Floats, *, ahead: Floats, lengths_m: tuple[float, float]
) -> Floats:
    """Return the knee (..., 3) of a leg from hip to ankle that bends towards `ahead`."""
    thigh, shank = lengths_m
    line = ankle_m - hip_m
    distance = np.linalg.norm(line, axis=-1, keepdims=True)
    reached = np.clip(distance, abs(thigh - shank) + 0.02, 0.99999 * (thigh + shank))
    along = (thigh**2 - shank**2 + reached**2) / (2.0 * reached)
    aside = np.sqrt(np.maximum(thigh**2 - along**2, 0.0))
    way = line / distance
    across = unit(ahead - np.sum(ahead * way, axis=-1, keepdims=True) * way)
    knee: Floats = hip_m + along * way + aside * across
    return knee


def _facing(down: Floats, ahead: Floats) -> Floats:
    """Return rotations (T, 3, 3) that lay -Y along `down` and X as near `ahead` as can be."""
    up = unit(-down)
    right = unit(np.cross(np.broadcast_to(ahead, up.shape), up))
    out: Floats = np.stack([np.cross(up, right), up, right], axis=-1)
    return out
