"""Triangles with a colour: what the rasteriser draws."""

from dataclasses import dataclass, replace
from typing import TypeAlias, cast

import numpy as np

from validation.virtual.bodies import Indices
from validation.virtual.compiled import compiled
from validation.virtual.rotations import Floats, unit

# Shading and the lens's distortion are exact at vertices only: triangles are kept small.
_SMALL_M = 0.03

Rgb: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """A surface.

    A point of it has the colour of the material that scores highest there; scores
    are interpolated over a triangle, so a hem is a line and not a row of teeth.

    Attributes
    ----------
    vertices_m : (V, 3) array
    faces : (F, 3) array, anticlockwise from outside
    normals : (V, 3) array, unit, outward
    scores : (V, K) array, of each material
    colours : (K, 3) array, red, green, blue, 0 to 1
    two_sided : whether its inside can be seen (open cloth)
    """

    vertices_m: Floats
    faces: Indices
    normals: Floats
    scores: Floats
    colours: Floats
    two_sided: bool = False


def vertex_normals(vertices_m: Floats, faces: Indices) -> Floats:
    """Return unit normals (V, 3), area-weighted over the faces round each vertex."""
    out = np.zeros_like(vertices_m)
    _add_normals(vertices_m, faces, out)
    return cast("Floats", out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-12))


@compiled
def _add_normals(vertices_m: Floats, faces: Indices, sums: Floats) -> None:
    """Add each triangle's normal, as long as twice its area, to its three vertices."""
    for face in range(len(faces)):
        a, b, c = faces[face]
        first, second = vertices_m[b] - vertices_m[a], vertices_m[c] - vertices_m[a]
        for axis in range(3):
            after, last = (axis + 1) % 3, (axis + 2) % 3
            across = first[after] * second[last] - first[last] * second[after]
            for corner in (a, b, c):
                sums[corner, axis] += across


def plain(vertices_m: Floats, faces: Indices, normals: Floats, *, rgb: Floats) -> Mesh:
    """Return a surface of one colour (3,)."""
    return Mesh(
        vertices_m=vertices_m,
        faces=faces,
        normals=normals,
        scores=np.ones((len(vertices_m), 1)),
        colours=np.asarray(rgb, dtype=np.float64)[None],
    )


def join(meshes: list[Mesh]) -> Mesh:
    """Return many meshes as one; materials of one colour become one."""
    offsets = np.cumsum([0, *(len(mesh.vertices_m) for mesh in meshes[:-1])])
    colours, kinds = np.unique(
        np.concatenate([mesh.colours for mesh in meshes]), axis=0, return_inverse=True
    )
    kind = iter(kinds.ravel())
    scores = np.zeros((sum(len(mesh.vertices_m) for mesh in meshes), len(colours)))
    for mesh, offset in zip(meshes, offsets, strict=True):
        rows = slice(offset, offset + len(mesh.vertices_m))
        for score in mesh.scores.T:
            into = scores[rows, next(kind)]
            np.maximum(into, score, out=into)
    return Mesh(
        vertices_m=np.concatenate([mesh.vertices_m for mesh in meshes]),
        faces=np.concatenate(
            [mesh.faces + offset for mesh, offset in zip(meshes, offsets, strict=True)]
        ),
        normals=np.concatenate([mesh.normals for mesh in meshes]),
        scores=scores,
        colours=colours,
        two_sided=any(mesh.two_sided for mesh in meshes),
    )


def moved(mesh: Mesh, shift_m: Floats) -> Mesh:
    """Return the mesh displaced by (3,)."""
    return replace(mesh, vertices_m=mesh.vertices_m + shift_m)


def turned_profile(
    profile_m: Floats, ring_rgb: Floats, *, start_m: Floats, end_m: Floats, sectors: int = 48
) -> Mesh:
    """Turn a profile round the line from `start_m` to `end_m`.

    Parameters
    ----------
    profile_m : (P, 2), distance along the line from `start_m` and radius; in an order
        that keeps the solid on the right hand: the start cap, the outside, the end cap
    ring_rgb : (P - 1, 3), colour of each band

    Every band has its own vertices, so edges stay sharp.
    """
    axis = unit(end_m - start_m)
    helper = np.eye(3)[int(np.argmin(np.abs(axis)))]
    side = unit(np.cross(axis, helper))
    third = np.cross(axis, side)
    angle = np.linspace(0.0, 2.0 * np.pi, sectors, endpoint=False)
    circle = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * third
    bands = []
    for first, second, rgb in zip(profile_m[:-1], profile_m[1:], ring_rgb, strict=True):
        rings = int(np.ceil(np.hypot(*(second - first)) / _SMALL_M)) + 1
        steps = np.linspace(first, second, rings)[:, :, None, None]
        vertices = start_m + steps[:, 0] * axis + steps[:, 1] * circle
        bands.append(_band(vertices, rgb))
    return join(bands)


def _band(rings_m: Floats, rgb: Floats) -> Mesh:
    """Return the surface through rings (R, S, 3) of points."""
    rings, sectors = rings_m.shape[:2]
    here = (np.arange(rings - 1)[:, None] * sectors + np.arange(sectors)).ravel()
    after = (np.arange(rings - 1)[:, None] * sectors + np.roll(np.arange(sectors), -1)).ravel()
    faces = np.concatenate(
        [
            np.stack([here, after, here + sectors], axis=1),
            np.stack([after, after + sectors, here + sectors], axis=1),
        ]
    )
    vertices_m = rings_m.reshape(-1, 3)
    return plain(vertices_m, faces, vertex_normals(vertices_m, faces), rgb=rgb)


def rod(start_m: Floats, end_m: Floats, *, radius_m: float, rgb: Rgb) -> Mesh:
    """Return a closed cylinder."""
    length = float(np.linalg.norm(end_m - start_m))
    profile = np.array([[0.0, 0.0], [0.0, radius_m], [length, radius_m], [length, 0.0]])
    colour = np.tile(np.array(rgb), (3, 1))
    return turned_profile(profile, colour, start_m=start_m, end_m=end_m, sectors=20)


def box(low_m: Floats, high_m: Floats, *, rgb: Rgb) -> Mesh:
    """Return a box along the axes, each face with its own vertices."""
    parts = []
    for axis in range(3):
        for at, outward in ((high_m[axis], 1.0), (low_m[axis], -1.0)):
            parts.append(_side(low_m, high_m, axis=axis, at_m=float(at), outward=outward, rgb=rgb))
    return join(parts)


def _side(
    low_m: Floats, high_m: Floats, *, axis: int, at_m: float, outward: float,
    rgb: Rgb,
) -> Mesh:  # fmt: skip
    first, second = (axis + 1) % 3, (axis + 2) % 3
    cells = [int(np.ceil((high_m[k] - low_m[k]) / _SMALL_M)) for k in (first, second)]
    u, v = np.meshgrid(
        np.linspace(low_m[first], high_m[first], cells[0] + 1),
        np.linspace(low_m[second], high_m[second], cells[1] + 1),
        indexing="ij",
    )
    vertices = np.empty((u.size, 3))
    vertices[:, axis], vertices[:, first], vertices[:, second] = at_m, u.ravel(), v.ravel()
    number = np.arange(u.size).reshape(u.shape)
    a, b, c, d = (
        part.ravel()
        for part in (number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:])
    )
    faces = np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)])
    normals = np.zeros_like(vertices)
    normals[:, axis] = outward
    seen = faces if outward > 0.0 else faces[:, ::-1]
    return plain(vertices, seen, normals, rgb=np.array(rgb))
