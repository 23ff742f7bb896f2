"""Hair: what lies on the scalp is painted, what hangs falls strand by strand."""

from dataclasses import dataclass, replace

import numpy as np

from validation.virtual import regions
from validation.virtual.bodies import Body, Indices
from validation.virtual.clothes import Clothes
from validation.virtual.compiled import compiled
from validation.virtual.drape import Skin
from validation.virtual.meshes import Mesh, Rgb, join, plain, vertex_normals
from validation.virtual.paint import Layer
from validation.virtual.rotations import Floats

__all__ = ["Hair", "hair_layers", "hairdo", "hairdo_meshes"]

_STEP_M = 0.018
_SECTORS = 7
# A head with its ears, for somebody of 1.75 m: half axes, and its middle from the eyes.
_TALL_M = 1.75
_HEAD_M = np.array([0.112, 0.128, 0.092])
_HEAD_OFF_EYES_M = np.array([-0.085, 0.005, 0.0])
_NAPE = 1.45  # how much further the hood reaches down than up
_FACE_OPENS = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Hair:
    """Hair that stands off or hangs.

    Attributes
    ----------
    roots : (S,) array, vertices of the body that strands grow on
    away : (S, 3) array, the way they leave the head, head frame at rest
    length_m, radius_m : (S,) arrays
    solid_m : (B, 3) array, bun or brim in the head's frame, its faces; empty without one
    """

    roots: Indices
    away: Floats
    length_m: Floats
    radius_m: Floats
    solid_m: Floats
    solid_faces: Indices
    rgb: Rgb
    solid_rgb: Rgb


def hair_layers(body: Body, wear: Clothes) -> list[Layer]:
    """Return the hair (or the cap) that lies on the scalp."""
    if wear.hair == "bald":
        return []
    scalp = regions.scalp(body)
    if wear.hair == "cap":
        eyes = regions.eyes_m(body)
        band = body.vertices_m[:, 1] - eyes[1] - 0.035
        return [
            (np.minimum(scalp, -band), wear.hair_rgb, 0.008),
            (np.minimum(scalp, band), wear.second_rgb, 0.016),
        ]
    return [(scalp, wear.hair_rgb, wear.hair_m if wear.hair == "short" else 0.014)]


def hairdo(body: Body, wear: Clothes) -> Hair | None:
    """Return bun, tail, long hair or brim; None without any."""
    if wear.kind == "hood_up":
        return _hood_up(body, wear)
    if wear.hair in {"bald", "short"}:
        return None
    random = np.random.default_rng(wear.seed + 2)
    scalp = regions.scalp(body)
    eyes = regions.eyes_m(body)
    head = body.joints_m[body.joint("head")]
    back = np.flatnonzero(scalp > 0.0)
    crown = np.array([eyes[0] - 0.17, eyes[1] + float(random.uniform(-0.02, 0.08)), 0.0])
    knot = int(back[np.argmin(np.linalg.norm(body.vertices_m[back] - crown, axis=1))])
    out = vertex_normals(body.vertices_m, body.faces)
    solid, faces = np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)
    roots = np.zeros(0, dtype=np.int64)
    if wear.hair == "bun":
        solid, faces = _ball(wear.hair_m)
        solid = solid + body.vertices_m[knot] + 0.7 * wear.hair_m * out[knot] - head
    elif wear.hair == "cap":
        solid, faces = _brim(float(random.uniform(0.055, 0.085)))
        solid = solid + np.array([eyes[0] + 0.005, eyes[1] + 0.045, 0.0]) - head
    elif wear.hair == "ponytail":
        roots = np.array([knot])
    else:
        roots = _spread(body, back[body.vertices_m[back, 0] < eyes[0] - 0.05], count=30)
    thick = 0.022 if wear.hair == "ponytail" else 0.016
    return Hair(
        roots=roots,
        away=out[roots],
        length_m=wear.hair_m * random.uniform(0.85, 1.1, len(roots)),
        radius_m=thick * random.uniform(0.8, 1.3, len(roots)),
        solid_m=solid,
        solid_faces=faces,
        rgb=wear.hair_rgb,
        solid_rgb=wear.second_rgb if wear.hair == "cap" else wear.hair_rgb,
    )


def hairdo_meshes(hair: Hair, skin: Skin, rotation: Floats, head_m: Floats) -> list[Mesh]:
    """Return hair on a posed head; strands fall by gravity and stay outside skin and cloth."""
    meshes = []
    if len(hair.solid_m):
        points = hair.solid_m @ rotation.T + head_m
        normals = vertex_normals(points, hair.solid_faces)
        solid = plain(points, hair.solid_faces, normals, rgb=np.array(hair.solid_rgb))
        meshes.append(replace(solid, two_sided=True))
    tubes = []
    for root, away, length_m, radius_m in zip(
        hair.roots, hair.away @ rotation.T, hair.length_m, hair.radius_m, strict=True
    ):
        count = max(3, round(length_m / _STEP_M))
        line = fallen(int(root), away, count, 0.8 * radius_m, skin)
        tubes.append(_tube(line, radius_m, hair.rgb))
    return meshes + ([join(tubes)] if tubes else [])


@compiled
def fallen(root: int, away: Floats, count: int, radius_m: float, skin: Skin) -> Floats:
    """Return a strand (count, 3): out of the head, bending to the ground, round what is there."""
    out = np.empty((count, 3))
    out[0] = skin.points_m[root]
    near = root
    way = away.copy()
    start, ring = skin.net
    for k in range(1, count):
        way = 0.55 * way
        way[1] -= 0.45
        way /= np.sqrt(np.sum(way**2)) + 1e-9
        point = out[k - 1] + _STEP_M * way
        # Walk to the nearest skin, then leave it by the strand's radius.
        best = np.sum((point - skin.points_m[near]) ** 2)
        moving = True
        while moving:
            moving = False
            here = near
            for n in range(start[here], start[here + 1]):
                distance = np.sum((point - skin.points_m[ring[n]]) ** 2)
                if distance < best:
                    best, near, moving = distance, ring[n], True
        height = np.sum((point - skin.points_m[near]) * skin.normals[near])
        lack = skin.gap_m[near] + radius_m - height
        if lack > 0.0:
            point += min(lack, 2.0 * _STEP_M) * skin.normals[near]
        way = point - out[k - 1]
        out[k] = point
    return out


def _hood_up(body: Body, wear: Clothes) -> Hair:
    """Return a hood over the head: an egg, open at the face, longer at the nape."""
    points, faces = _ball(1.0, rows=17, sectors=26)
    points = np.stack([points[:, 1], -points[:, 0], points[:, 2]], axis=1)  # a pole at the face
    size = body.height_m / _TALL_M
    radii = size * _HEAD_M + np.array([0.5, 0.4, 0.5]) * wear.hood_m
    low = points[:, 1] < 0.0
    points[:, 0] -= np.where(low, 0.12 * points[:, 1] ** 2, 0.0)
    points[:, 1] *= np.where(low, _NAPE, 1.0)
    open_face = points[faces, 0].mean(axis=1) > _FACE_OPENS
    points = points * radii + regions.eyes_m(body) + size * _HEAD_OFF_EYES_M
    nothing = np.zeros(0)
    return Hair(
        roots=nothing.astype(np.int64),
        away=np.zeros((0, 3)),
        length_m=nothing,
        radius_m=nothing,
        solid_m=points - body.joints_m[body.joint("head")],
        solid_faces=faces[~open_face],
        rgb=wear.hair_rgb,
        solid_rgb=wear.top_rgb,
    )


def _tube(line: Floats, radius_m: float, rgb: Rgb) -> Mesh:
    """Return a closed tube round a line of points (K, 3), thinner at its end."""
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True) + 1e-9
    side = np.cross(tangent, np.array([0.31, 0.17, 0.94]))
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    other = np.cross(tangent, side)
    angle = np.linspace(0.0, 2.0 * np.pi, _SECTORS, endpoint=False)
    width = radius_m * np.interp(
        np.linspace(0, 1, len(line)), [0, 0.15, 0.8, 1], [0.9, 1, 0.9, 0.3]
    )
    circle = np.cos(angle)[:, None] * side[:, None] + np.sin(angle)[:, None] * other[:, None]
    points = (line[:, None] + width[:, None, None] * circle).reshape(-1, 3)
    first = (np.arange(len(line) - 1)[:, None] * _SECTORS + np.arange(_SECTORS)).ravel()
    after = (
        np.arange(len(line) - 1)[:, None] * _SECTORS + np.roll(np.arange(_SECTORS), -1)
    ).ravel()
    faces = np.concatenate(
        [
            np.stack([first, after, after + _SECTORS], axis=1),
            np.stack([first, after + _SECTORS, first + _SECTORS], axis=1),
        ]
    )
    tip = len(points) - _SECTORS + np.arange(1, _SECTORS - 1)
    cap = np.stack([np.full(len(tip), len(points) - _SECTORS), tip, tip + 1], axis=1)
    faces = np.concatenate([faces, cap])
    return plain(points, faces, vertex_normals(points, faces), rgb=np.array(rgb))


def _ball(radius_m: float, *, rows: int = 9, sectors: int = 14) -> tuple[Floats, Indices]:
    """Return a ball: rings round the vertical."""
    polar = np.linspace(0.05, np.pi - 0.05, rows)[:, None]
    turn = np.linspace(0.0, 2.0 * np.pi, sectors, endpoint=False)[None]
    points = radius_m * np.stack(
        [
            np.sin(polar) * np.cos(turn),
            np.cos(polar) * np.ones_like(turn),
            -np.sin(polar) * np.sin(turn),
        ],
        axis=-1,
    ).reshape(-1, 3)
    first = (np.arange(rows - 1)[:, None] * sectors + np.arange(sectors)).ravel()
    after = (np.arange(rows - 1)[:, None] * sectors + np.roll(np.arange(sectors), -1)).ravel()
    below, beside = first + sectors, after + sectors
    faces = np.concatenate(
        [np.stack([first, below, beside], axis=1), np.stack([first, beside, after], axis=1)]
    )
    return points, faces


def _brim(length_m: float) -> tuple[Floats, Indices]:
    """Return the brim of a cap, seen from both sides: half a disc ahead of the forehead."""
    across, ahead = np.meshgrid(np.linspace(-1.0, 1.0, 9), np.linspace(0.0, 1.0, 5))
    reach = length_m * ahead * np.sqrt(np.clip(1.0 - 0.8 * across**2, 0.0, 1.0))
    curve = -0.035 * across**2
    points = np.stack([reach + curve, -0.25 * reach + 0.6 * curve, 0.07 * across], -1).reshape(
        -1, 3
    )
    a = (np.arange(4)[:, None] * 9 + np.arange(8)).ravel()
    faces = np.concatenate([np.stack([a, a + 9, a + 10], 1), np.stack([a, a + 10, a + 1], 1)])
    both = np.concatenate([faces, faces[:, ::-1] + len(points)])
    return np.concatenate([points, points - [0.0, 0.004, 0.0]]), both


def _spread(body: Body, candidates: Indices, *, count: int) -> Indices:
    """Return `count` of the candidates, each as far from the others as can be."""
    points = body.vertices_m[candidates]
    chosen = [int(np.argmin(points[:, 1]))]
    distance = np.full(len(points), np.inf)
    for _ in range(count - 1):
        distance = np.minimum(distance, np.linalg.norm(points - points[chosen[-1]], axis=1))
        chosen.append(int(np.argmax(distance)))
    spread: Indices = candidates[np.array(chosen)]
    return spread
