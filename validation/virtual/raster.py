"""A z-buffer in numpy: which triangle is seen in each pixel, and where in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import Indices
from validation.virtual.camera import Camera
from validation.virtual.meshes import Mesh
from validation.virtual.rotations import Floats, unit

_AMBIENT = 0.42
_LEAST_AREA_PX = 1e-9
_NEAREST_M = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The pixels a mesh covers.

    Attributes
    ----------
    pixel : (P,) array, row-major pixel number
    face : (P,) array
    share : (3, P) array, barycentric coordinates (in the picture)
    nearness : (P,) array, one over the depth
    """

    pixel: Indices
    face: Indices
    share: Floats
    nearness: Floats


def rasterise(points_px: Floats, depth_m: Floats, faces: Indices, size_px: tuple[int, int]) -> Hits:
    """Return what is seen in each covered pixel.

    Triangles that face away are dropped. Every pixel centre in the bounding box of a
    triangle is a candidate (so triangles should be small), the three edge functions
    decide, and of all triangles at a pixel centre the nearest wins.
    """
    corners = points_px[faces]
    twice_area = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    # Pixel centres are at halves: the first is at or after `low`, the last before `high`.
    low = np.ceil(np.maximum(corners.min(axis=1), 0.0) - 0.5).astype(np.int64)
    high = np.ceil(np.minimum(corners.max(axis=1), np.array(size_px)) - 0.5).astype(np.int64)
    seen = (
        (twice_area < -_LEAST_AREA_PX)
        & (high > low).all(axis=1)
        & (depth_m[faces] > _NEAREST_M).all(axis=1)
    )
    chosen = np.flatnonzero(seen)
    hits = _cover(
        corners[chosen], 1.0 / depth_m[faces[chosen]], low=low[chosen], size=(high - low)[chosen],
        width_px=size_px[0],
    )  # fmt: skip
    best = np.zeros(size_px[0] * size_px[1])
    np.maximum.at(best, hits.pixel, hits.nearness)
    won = hits.nearness >= best[hits.pixel]
    return Hits(
        pixel=hits.pixel[won],
        face=chosen[hits.face[won]],
        share=hits.share[:, won],
        nearness=hits.nearness[won],
    )


def _cross(a: Floats, b: Floats) -> Floats:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def _cover(
    corners: Floats, nearness: Floats, *, low: Indices, size: Indices, width_px: int
) -> Hits:
    """Return the pixel centres inside each triangle, one row per pixel and triangle.

    Parameters
    ----------
    corners : (F, 3, 2) and nearness : (F, 3)
    low, size : (F, 2), bounding box in pixels
    """
    count = size[:, 0] * size[:, 1]
    face = np.repeat(np.arange(len(count)), count)
    inside_box = np.arange(len(face)) - np.repeat(np.cumsum(count) - count, count)
    y, x = np.divmod(inside_box, size[face, 0])
    x += low[face, 0]
    y += low[face, 1]
    edges = _edges(corners)
    at_x, at_y = x + 0.5, y + 0.5
    shares = [a[face] * at_x + b[face] * at_y + c[face] for a, b, c in edges]
    inside = np.flatnonzero((shares[0] >= 0.0) & (shares[1] >= 0.0) & (shares[2] >= 0.0))
    face = face[inside]
    share = np.stack([one[inside] for one in shares])
    return Hits(
        pixel=y[inside] * width_px + x[inside],
        face=face,
        share=share,
        nearness=np.einsum("kp,pk->p", share, nearness[face]),
    )


def _edges(corners: Floats) -> Floats:
    """Return barycentric coordinates as a x + b y + c: (F, 3, 2) -> (3 coordinates, 3, F)."""
    area = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    out = np.empty((3, 3, len(corners)))
    for coordinate, (first, second) in enumerate(((1, 2), (2, 0), (0, 1))):
        along = (corners[:, second] - corners[:, first]) / area[:, None]
        out[coordinate, 0] = -along[:, 1]
        out[coordinate, 1] = along[:, 0]
        out[coordinate, 2] = -_cross(along, corners[:, first])
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A picture being drawn on; its arrays are changed in place.

    Attributes
    ----------
    picture : (H, W, 3) array, 0 to 1
    nearness : (H * W,) array, one over the depth of what is seen, 0 for the background
    """

    picture: NDArray[np.float32]
    nearness: Floats


def canvas_on(picture: NDArray[np.float32]) -> Canvas:
    """Return a canvas that begins as the given background (which it takes over)."""
    return Canvas(picture=picture, nearness=np.zeros(picture.shape[0] * picture.shape[1]))


def draw(canvas: Canvas, mesh: Mesh, camera: Camera, *, light: Floats) -> None:
    """Draw a mesh where it is nearer than what is there.

    Shading is half Lambert (soft, no black side) with a weak light from the camera.
    """
    points_px, depth_m = camera.project(mesh.vertices_m)
    hits = rasterise(points_px, depth_m, mesh.faces, camera.size_px)
    front = hits.nearness > canvas.nearness[hits.pixel]
    corners, share = mesh.faces[hits.face[front]], hits.share[:, front]
    normals = unit(_blend(share, mesh.normals, corners))
    rgb = mesh.colours[0]
    if len(mesh.colours) > 1:
        rgb = mesh.colours[_blend(share, mesh.scores, corners).argmax(axis=1)]
    key = (0.5 + 0.5 * normals @ unit(light)) ** 1.5
    fill = np.clip(-(normals @ camera.forward), 0.0, 1.0)
    shade = _AMBIENT + 0.48 * key + 0.14 * fill
    canvas.picture.reshape(-1, 3)[hits.pixel[front]] = rgb * shade[:, None]
    canvas.nearness[hits.pixel[front]] = hits.nearness[front]


def _blend(share: Floats, values: Floats, corners: Indices) -> Floats:
    """Interpolate vertex values (V, K) at points given by corners (P, 3): (P, K)."""
    mixed: Floats = share[0][:, None] * values[corners[:, 0]]
    for corner in (1, 2):
        mixed += share[corner][:, None] * values[corners[:, corner]]
    return mixed
