"""How skin follows bone, beyond plain linear blending, and different in everybody.

No mechanics: a few smooth ways in which real skin departs from the blend, each with a
strength of its own per person, so that nothing fitted on these people can learn one of them.

- spread: the bend of the back and of the hip crease reaches over a longer stretch of skin;
- volume: between linear blending, which caves in at a bend, and blending by dual
  quaternions, which keeps the distance from the joint;
- bulges: flesh that flattens or stands out as a joint bends (the buttock as the hip
  flexes, the low back as the lumbar spine does, the shoulder blades as the arms reach
  forward, the belly as the trunk folds).
"""

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from validation.virtual.rotations import Floats

Indices: TypeAlias = NDArray[np.int64]

# Rounds of averaging skin weights over neighbours; an edge of the back is about 15 mm long,
# so that n rounds spread a bend by about 10 mm * sqrt(n).
SPREAD_ROUNDS = (0, 3, 6, 10, 16)

FLESH = ("buttock_left", "buttock_right", "sacrum", "low_back", "upper_back", "belly")
# The way each region of flesh moves when it stands out: backward, the belly forward.
_OUTWARD_X = np.array([-1.0, -1.0, -1.0, -1.0, -1.0, 1.0])

_SPINE = ("pelvis", "l5s1", "l3l4", "t12l1", "t7t8")
SOFT_JOINTS = (*_SPINE, "hip_left", "hip_right")
_VOLUME_JOINTS = (*SOFT_JOINTS, "knee_left", "knee_right", "ankle_left", "ankle_right")
_RIGID = 0.995
# Heights over the lumbosacral joint between which skin passes from the pelvis to the spine, and how
# far behind that joint it is wholly the back's.
_ANCHORED_M = (-0.015, 0.035)
_BEHIND_M = 0.03
_FULL_LUMBAR_RAD = float(np.radians(40.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tissue:
    """How one person's skin follows the bones; the defaults are plain linear blending.

    Attributes
    ----------
    spread : number of the entry of SPREAD_ROUNDS
    volume : 0 linear blending, 1 dual quaternions
    buttock_m, sacrum_m, low_back_m, upper_back_m, belly_m : how far the flesh stands out
        at 90 deg of hip flexion, 40 deg of lumbar flexion (sacrum and low back), arms
        90 deg forward of the trunk, and trunk and thigh at 90 deg; negative where it flattens
    """

    spread: int = 0
    volume: float = 0.0
    buttock_m: float = 0.0
    sacrum_m: float = 0.0
    low_back_m: float = 0.0
    upper_back_m: float = 0.0
    belly_m: float = 0.0

    def stands_out_m(self) -> Floats:
        """Return the bulge of each region of FLESH at its full drive, (6,)."""
        return np.array(
            [
                self.buttock_m,
                self.buttock_m,
                self.sacrum_m,
                self.low_back_m,
                self.upper_back_m,
                self.belly_m,
            ]
        )


PLAIN = Tissue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What ties the skin to the joints; common to all who have the same spread.

    Attributes
    ----------
    weights : (V, J) array, rows add up to 1
    bent : (B,) array, the vertices of trunk and legs that more than one joint moves
    bent_weights : (B, J) array
    bent_share : (B,) array, how much of the volume-keeping blend a vertex takes, 0 to 1
    """

    weights: Floats
    bent: Indices
    bent_weights: Floats
    bent_share: Floats


def bind(weights: Floats, joint_names: tuple[str, ...]) -> Binding:
    """Return the binding of given weights (V, J)."""
    chosen = [joint_names.index(name) for name in _VOLUME_JOINTS]
    share = weights[:, chosen].sum(axis=1)
    # Shoulders, neck and arms are left as they are: fade out where they pull.
    soft = np.clip(4.0 * share - 3.0, 0.0, 1.0)
    bent = np.flatnonzero((soft > 0.0) & (weights.max(axis=1) < _RIGID))
    return Binding(
        weights=weights,
        bent=bent.astype(np.int64),
        bent_weights=weights[bent],
        bent_share=soft[bent],
    )


def spread_weights(
    weights: Floats, faces: Indices, joint_names: tuple[str, ...], *, rounds: int
) -> Floats:
    """Average the weights of trunk and hips over neighbours on the skin, (V, J).

    What arms, neck and shanks hold of a vertex stays theirs; only the parting among
    pelvis, spine and thighs becomes smoother.
    """
    columns = np.array([joint_names.index(name) for name in SOFT_JOINTS])
    total = weights[:, columns].sum(axis=1)
    here = np.flatnonzero(total > 0.01)  # noqa: PLR2004 - holds any skin worth parting
    table = _neighbours(faces, here, len(weights))
    parted = weights[np.ix_(here, columns)] / total[here, None]
    for _ in range(rounds):
        parted = 0.5 * parted + 0.5 * parted[table].mean(axis=1)
    out = weights.copy()
    out[np.ix_(here, columns)] = parted * total[here, None]
    return out


def anchored_weights(
    weights: Floats, *, vertices_m: Floats, joints_m: Floats, joint_names: tuple[str, ...]
) -> Floats:
    """Give the pelvis the skin over its back, up to the lumbosacral joint, (V, J).

    Over the sacrum and the iliac crests skin is held to the bone and follows it within a few
    degrees; the rig's own weights, and more so spread ones, give two thirds of it to the spine, so
    that nothing in a picture would tell the pelvis. What the thighs hold stays theirs.
    Engineering default.

    Parameters
    ----------
    vertices_m, joints_m
        Of one person at rest; the mesh is common to all.
    """
    above_m = vertices_m[:, 1] - joints_m[joint_names.index("l5s1"), 1]
    behind_m = joints_m[joint_names.index("l5s1"), 0] - vertices_m[:, 0]
    low, high = _ANCHORED_M
    share = np.clip((high - above_m) / (high - low), 0.0, 1.0)
    share = share**2 * (3.0 - 2.0 * share) * np.clip(behind_m / _BEHIND_M, 0.0, 1.0)
    spine = [joint_names.index(name) for name in _SPINE[1:]]
    taken = weights[:, spine] * share[:, None]
    out = weights.copy()
    out[:, spine] -= taken
    out[:, joint_names.index("pelvis")] += taken.sum(axis=1)
    return out


def _neighbours(faces: Indices, here: Indices, count: int) -> Indices:
    """Return the neighbours (H, N) of some vertices among them, filled up with themselves."""
    number = np.full(count, -1, dtype=np.int64)
    number[here] = np.arange(len(here))
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    both = number[np.concatenate([edges, edges[:, ::-1]])]
    both = np.unique(both[(both >= 0).all(axis=1)], axis=0)
    rank = np.arange(len(both)) - np.searchsorted(both[:, 0], both[:, 0])
    table = np.tile(np.arange(len(here))[:, None], (1, int(rank.max()) + 1))
    table[both[:, 0], rank] = both[:, 1]
    return table


def flesh_of(
    vertices_m: Floats, joints_m: Floats, joint_names: tuple[str, ...], trunk: Floats
) -> Floats:
    """Return how much each region of FLESH takes of each vertex, (V, 6), 0 to 1.

    Parameters
    ----------
    trunk : (V,), how much of a vertex hangs on pelvis, spine and thighs

    Each region is a smooth hill on the back (or front) of the trunk around a height and a
    side that follow from the joint centres.
    """
    at = {name: joints_m[joint_names.index(name)] for name in joint_names}
    spine = np.array([at[name] for name in ("hip_left", "l5s1", "l3l4", "t12l1", "t7t8", "neck")])
    axis_x = np.interp(vertices_m[:, 1], spine[:, 1], spine[:, 0])
    ahead, aside = vertices_m[:, 0] - axis_x, vertices_m[:, 2]
    facing = ahead / (np.hypot(ahead, aside) + 1e-9)
    height = vertices_m[:, 1]
    unit_m = float(at["neck"][1] - at["hip_left"][1])
    hip_y, hip_z = float(at["hip_right"][1]), float(at["hip_right"][2])

    def hill(middle: float, width: float) -> Floats:
        return cast("Floats", np.exp(-0.5 * ((height - middle) / (width * unit_m)) ** 2))

    def beside(middle: float) -> Floats:
        return cast("Floats", np.exp(-0.5 * ((aside - middle) / (0.12 * unit_m)) ** 2))

    back = trunk * np.clip(-facing, 0.0, 1.0)
    front = trunk * np.clip(facing, 0.0, 1.0)
    buttock = trunk * _step(-ahead / 0.06) * hill(hip_y - 0.02, 0.12)
    middle_back = 0.5 * float(at["l5s1"][1] + at["t12l1"][1])
    sacrum = 0.5 * (hip_y + float(at["l5s1"][1])) + 0.02
    return np.stack(
        [
            buttock * beside(-0.8 * hip_z),
            buttock * beside(0.8 * hip_z),
            back * hill(sacrum, 0.09),
            back * hill(middle_back, 0.13),
            back * hill(float(at["t7t8"][1]) + 0.04, 0.15),
            front * hill(float(at["l3l4"][1]), 0.14),
        ],
        axis=1,
    )


def _step(value: Floats) -> Floats:
    """Rise smoothly from 0 at 0 to 1 at 1."""
    inside = np.clip(value, 0.0, 1.0)
    return inside * inside * (3.0 - 2.0 * inside)


def outward_x() -> Floats:
    """Return the direction along X in which each region of FLESH stands out, (6,)."""
    return _OUTWARD_X.copy()


def bulge_m(
    tissue: Tissue, flesh: Floats, rotations: Floats, joint_names: tuple[str, ...]
) -> Floats:
    """Return how far each vertex is moved along X of the rest body, (V,), in one frame."""
    number = _numbers(joint_names)
    pitch = _pitch_rad(rotations)
    left, right = (pitch[number["pelvis"]] - pitch[number[f"hip_{s}"]] for s in ("left", "right"))
    lumbar = pitch[number["t12l1"]] - pitch[number["pelvis"]]
    arms = [pitch[number["t7t8"]] - pitch[number[f"shoulder_{s}"]] for s in ("left", "right")]
    folding = 0.5 * (left + right) + lumbar
    bent = np.clip(lumbar / _FULL_LUMBAR_RAD, -1.0, 1.5)
    drive = np.array(
        [_fold(left), _fold(right), bent, bent, _fold(0.5 * sum(arms)), _fold(folding)]
    )
    return cast("Floats", flesh @ (_OUTWARD_X * drive * tissue.stands_out_m()))


def _fold(angle_rad: float) -> float:
    """Return 0 when straight, 1 at 90 degrees of flexion and more."""
    return float(1.0 - np.cos(np.clip(angle_rad, 0.0, np.pi / 2)))


def _pitch_rad(rotations: Floats) -> Floats:
    """Return how far forward each rotation tips the upright in the sagittal plane, (J,)."""
    pitch: Floats = np.arctan2(rotations[:, 0, 1], rotations[:, 1, 1])
    return pitch


@cache
def _numbers(joint_names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, name in enumerate(joint_names)}


def quaternions(rotations: Floats, parents: Indices) -> Floats:
    """Return unit quaternions (J, 4), w first, each in the half-space of its parent's."""
    xx, yy, zz = (rotations[:, i, i] for i in range(3))
    squares = np.stack([1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz], 1)
    out = 0.5 * np.sqrt(np.maximum(squares, 0.0))
    w = rotations.swapaxes(1, 2) - rotations
    turn = np.stack([w[:, 1, 2], w[:, 2, 0], w[:, 0, 1]], axis=1)
    upright = out[:, 0] > 1e-3  # noqa: PLR2004 - otherwise a half turn, signs from the products
    signs = np.where(turn < 0.0, -1.0, 1.0)
    out[upright, 1:] *= signs[upright]
    for half_turn in np.flatnonzero(~upright):
        largest = int(np.argmax(out[half_turn, 1:]))
        out[half_turn, 1:] *= np.where(rotations[half_turn, largest] < 0.0, -1.0, 1.0)
        out[half_turn, 1 + largest] = abs(out[half_turn, 1 + largest])
    for joint, parent in enumerate(parents):
        if parent >= 0 and out[joint] @ out[parent] < 0.0:
            out[joint] = -out[joint]
    return out


def keep_volume(binding: Binding, rest_m: Floats, *, turns: Floats, shifts_m: Floats) -> Floats:
    """Blend by dual quaternions the vertices that bend, (B, 3), world.

    Parameters
    ----------
    rest_m : (V, 3)
    turns : (J, 4) unit quaternions
    shifts_m : (J, 3), where each joint's motion carries the origin

    Source: Kavan et al. 2008, Geometric skinning with approximate dual quaternion blending.
    """
    dual = np.empty_like(turns)
    dual[:, 0] = -0.5 * np.einsum("ji,ji->j", shifts_m, turns[:, 1:])
    dual[:, 1:] = 0.5 * (turns[:, :1] * shifts_m + np.cross(shifts_m, turns[:, 1:]))
    blended = binding.bent_weights @ np.concatenate([turns, dual], axis=1)
    blended /= np.sqrt(np.einsum("bi,bi->b", blended[:, :4], blended[:, :4]))[:, None]
    w, r, dual_w, dual_r = (
        blended[:, :1],
        blended[:, 1:4],
        blended[:, 4:5],
        blended[:, 5:],
    )
    point = rest_m[binding.bent]
    turned = point + 2.0 * _cross(r, _cross(r, point) + w * point)
    return cast("Floats", turned + 2.0 * (w * dual_r - dual_w * r + _cross(r, dual_r)))


def _cross(a: Floats, b: Floats) -> Floats:
    """Return the cross product row by row; several times faster than numpy's own."""
    out = np.empty_like(a)
    out[:, 0] = a[:, 1] * b[:, 2] - a[:, 2] * b[:, 1]
    out[:, 1] = a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2]
    out[:, 2] = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return out
