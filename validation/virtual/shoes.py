"""Shoes: one smooth shape from heel to toe round each foot, on a flat sole."""

from dataclasses import dataclass

import numpy as np

from validation.virtual.bodies import SIDES, Body, Indices
from validation.virtual.clothes import Clothes
from validation.virtual.meshes import Mesh, vertex_normals
from validation.virtual.paint import shoe
from validation.virtual.rotations import Floats

__all__ = ["Shoe", "put_on", "shoe_meshes", "sole_depth_m"]

_UPPER_M = {"flat": 0.005, "running": 0.011, "weightlifting": 0.009}
_RINGS, _SECTORS = 18, 20
_SQUARE = 0.65  # exponent of the cross-section: 1 round, 0 square
_SLICE_M = 0.02
_SOLE_TOP_M = 0.016
_RUBBER = np.array([[0.92, 0.92, 0.90], [0.10, 0.10, 0.10]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoe:
    """A shoe at rest in the frame of its ankle: points (N, 3), scores (N, 2), colours (2, 3)."""

    joint: int
    points_m: Floats
    faces: Indices
    scores: Floats
    colours: Floats


def sole_depth_m(clothes: Clothes) -> float:
    """Return how far under the bare foot the shoe stands: the sole, and half of the heel."""
    return clothes.sole_m + 0.5 * clothes.heel_m


def put_on(body: Body, clothes: Clothes) -> tuple[Shoe, ...]:
    """Return both shoes, none when barefoot.

    The foot in them is posed flat. A raised heel is a thicker, longer heel of the shoe.
    """
    if clothes.shoes == "barefoot":
        return ()
    return tuple(_shoe(body, clothes, side) for side in SIDES)


def shoe_meshes(shoes: tuple[Shoe, ...], rotations: Floats, joints_m: Floats) -> list[Mesh]:
    """Return the shoes on posed feet."""
    meshes = []
    for one in shoes:
        points = one.points_m @ rotations[one.joint].T + joints_m[one.joint]
        meshes.append(
            Mesh(
                vertices_m=points,
                faces=one.faces,
                normals=vertex_normals(points, one.faces),
                scores=one.scores,
                colours=one.colours,
            )
        )
    return meshes


def _shoe(body: Body, clothes: Clothes, side: str) -> Shoe:
    joint = body.joint(f"ankle_{side}")
    ankle = body.joints_m[joint]
    forward = body.offset_m(f"ankle_{side}", f"toe_{side}") * np.array([1.0, 0.0, 1.0])
    forward /= np.linalg.norm(forward)
    aside = np.cross(forward, np.array([0.0, 1.0, 0.0]))
    foot = body.vertices_m[(shoe(body) > 0.0) & ((body.vertices_m[:, 2] < 0.0) == (side == "left"))]
    local = np.stack([(foot - ankle) @ forward, foot[:, 1], (foot - ankle) @ aside], axis=1)
    rings = _rings(local, clothes)
    flat = rings.reshape(-1, 3)
    points = flat[:, :1] * forward + flat[:, 2:] * aside
    points[:, 1] = flat[:, 1] - ankle[1]
    has_sole = clothes.shoes != "flat"
    sole = _SOLE_TOP_M - flat[:, 1] if has_sole else np.full(len(flat), -1.0)
    return Shoe(
        joint=joint,
        points_m=points,
        faces=_faces(),
        scores=np.stack([np.zeros(len(flat)), sole], axis=1),
        colours=np.stack([clothes.shoes_rgb, _RUBBER[clothes.seed % 2]]),
    )


def _rings(local: Floats, clothes: Clothes) -> Floats:
    """Return cross-sections (R, S, 3) from heel to toe: forward, up, aside."""
    upper = _UPPER_M[clothes.shoes]
    heel, toe = local[:, 0].min() - upper - 0.4 * clothes.heel_m, local[:, 0].max() + upper
    share = 0.5 - 0.5 * np.cos(np.pi * np.linspace(0.0, 1.0, _RINGS))
    along = heel + (toe - heel) * share
    inside = np.clip(along, local[:, 0].min() + _SLICE_M, local[:, 0].max() - _SLICE_M)
    slices = [local[np.abs(local[:, 0] - at) < _SLICE_M] for at in inside]
    top = np.array([part[:, 1].max() for part in slices]) + upper
    low = np.array([part[:, 2].min() for part in slices]) - upper
    high = np.array([part[:, 2].max() for part in slices]) + upper
    bottom = np.full(_RINGS, -sole_depth_m(clothes))
    # The ends close like a half ellipse, the toe over a raised tip.
    end = np.sqrt(np.clip(1.0 - np.abs(2.0 * share - 1.0) ** 6, 0.0, 1.0))
    middle, half = 0.5 * (low + high), 0.5 * (high - low) * (0.15 + 0.85 * end)
    height = (top - bottom) * (0.35 + 0.65 * end)
    angle = np.linspace(0.0, 2.0 * np.pi, _SECTORS, endpoint=False)
    round_z = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** _SQUARE
    round_y = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** _SQUARE
    up = bottom[:, None] + height[:, None] * (0.5 + 0.5 * round_y)
    across = middle[:, None] + half[:, None] * round_z
    return np.stack([np.broadcast_to(along[:, None], up.shape), up, across], axis=-1)


def _faces() -> Indices:
    """Return the faces of the loft and its two ends."""
    first = (np.arange(_RINGS - 1)[:, None] * _SECTORS + np.arange(_SECTORS)).ravel()
    after = (np.arange(_RINGS - 1)[:, None] * _SECTORS + np.roll(np.arange(_SECTORS), -1)).ravel()
    fan = np.arange(1, _SECTORS - 1)
    last = (_RINGS - 1) * _SECTORS
    return np.concatenate(
        [
            np.stack([first, first + _SECTORS, after + _SECTORS], axis=1),
            np.stack([first, after + _SECTORS, after], axis=1),
            np.stack([np.zeros(len(fan), dtype=np.int64), fan, fan + 1], axis=1),
            np.stack([np.full(len(fan), last), last + fan + 1, last + fan], axis=1),
        ]
    )
