"""A z-buffer: which triangle is seen in each pixel, and what colour it has there.

Two passes over a mesh: the first finds the nearest triangle in each pixel, the second
shades each covered pixel once.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import Indices
from validation.virtual.camera import Camera
from validation.virtual.compiled import compiled
from validation.virtual.meshes import Mesh
from validation.virtual.rotations import Floats, unit

Picture: TypeAlias = NDArray[np.float32]
Singles: TypeAlias = NDArray[np.float32]
Faces: TypeAlias = NDArray[np.int32]

_NEAREST_M = 0.1
_NOBODY = -1
_SHADOW_LENGTH = 0.6  # of a true one; engineering default
_ZERO, _HALF, _ONE = np.float32(0.0), np.float32(0.5), np.float32(1.0)
_TINY = np.float32(1e-12)

_Pixel: TypeAlias = tuple[np.float32, np.float32]
_Corners: TypeAlias = tuple[_Pixel, _Pixel, _Pixel]
_Shares: TypeAlias = tuple[np.float32, np.float32, np.float32]
_Direction: TypeAlias = tuple[np.float32, np.float32, np.float32]
_Face: TypeAlias = tuple[int, int, int]
_Box: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    """The light: half Lambert (soft, no black side) from one lamp, from the camera, from all round.

    Attributes
    ----------
    towards : direction to the lamp, world, upward
    key, fill, ambient : how bright the lamp, a weak light at the camera and the surroundings are
    rgb : tint of the whole light
    shadow : how dark the lamp's shadow on the floor is, 0 to 1
    """

    towards: tuple[float, float, float] = (0.35, 0.80, 0.45)
    key: float = 0.48
    fill: float = 0.14
    ambient: float = 0.42
    rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)
    shadow: float = 0.42


class Canvas(NamedTuple):
    """A picture being drawn on; its arrays are changed in place.

    (Compiled loops take named tuples, not dataclasses.)

    Attributes
    ----------
    picture : (H, W, 3) array, 0 to 1
    nearness : (H, W) array, one over the depth of what is seen, 0 for the background
    face : (H, W) array, the triangle that is seen there, counted over all meshes, else -1
    """

    picture: Picture
    nearness: Singles
    face: Faces


class _Surface(NamedTuple):
    """A mesh as the camera sees it; arrays as in `Mesh`."""

    points_px: Singles
    nearness: Singles
    faces: Faces
    normals: Singles
    scores: Singles
    colours: Singles
    two_sided: bool


class _Light(NamedTuple):
    """The way to the lamp and the camera's way, (3,) each, and how strong each light is."""

    towards: Singles
    forward: Singles
    ambient: np.float32
    key: np.float32
    fill: np.float32


def canvas_on(picture: Picture) -> Canvas:
    """Return a canvas that begins as the given background (which it takes over)."""
    size = picture.shape[:2]
    return Canvas(
        picture=picture,
        nearness=np.zeros(size, dtype=np.float32),
        face=np.full(size, _NOBODY, dtype=np.int32),
    )


def draw(canvas: Canvas, meshes: list[Mesh], camera: Camera, *, lamp: Lamp) -> None:
    """Draw meshes where they are nearer than what is there; what is covered is not shaded."""
    surfaces = []
    first = 0
    for mesh in meshes:
        surface = _surface(mesh, camera, lamp)
        if surface is None:
            continue
        _find(surface, first, canvas)
        surfaces.append((first, surface))
        first += len(mesh.faces)
    light = _Light(
        towards=unit(np.array(lamp.towards)).astype(np.float32),
        forward=camera.forward.astype(np.float32),
        ambient=np.float32(lamp.ambient),
        key=np.float32(lamp.key),
        fill=np.float32(lamp.fill),
    )
    for first, surface in surfaces:
        _shade(surface, first, light, canvas, _reach(surface.points_px, canvas.face.shape))


def _surface(mesh: Mesh, camera: Camera, lamp: Lamp) -> _Surface | None:
    """Return a mesh as the camera sees it; None of somebody who stands on the camera."""
    points_px, depth_m = camera.project(mesh.vertices_m)
    if float(depth_m.min()) < _NEAREST_M:
        return None
    return _Surface(
        points_px=points_px.astype(np.float32),
        nearness=(1.0 / depth_m).astype(np.float32),
        faces=mesh.faces.astype(np.int32),
        normals=mesh.normals.astype(np.float32),
        scores=mesh.scores.astype(np.float32),
        colours=(mesh.colours * np.array(lamp.rgb)).astype(np.float32),
        two_sided=mesh.two_sided,
    )


def faces_seen(
    points_px: Floats, depth_m: Floats, faces: Indices, size_px: tuple[int, int]
) -> Faces:
    """Return the number of the triangle seen at each pixel centre, (H, W), -1 where none is.

    Parameters
    ----------
    points_px : (V, 2), depth_m : (V,)
    faces : (F, 3), anticlockwise seen from outside; those that face away are not drawn
    """
    canvas = canvas_on(np.zeros((size_px[1], size_px[0], 3), dtype=np.float32))
    nothing = np.zeros((len(points_px), 3), dtype=np.float32)
    surface = _Surface(
        points_px=points_px.astype(np.float32),
        nearness=(1.0 / depth_m).astype(np.float32),
        faces=faces.astype(np.int32),
        normals=nothing,
        scores=nothing,
        colours=nothing,
        two_sided=False,
    )
    _find(surface, 0, canvas)
    return canvas.face


def floor_shadow(camera: Camera, meshes: list[Mesh], *, lamp: Lamp, coarse: int) -> Singles:
    """Return where the meshes keep the lamp off the floor: 0 or 1, on a picture so much smaller.

    The shadow is shorter than a true one (a room has more than one lamp).
    """
    shade = np.zeros((camera.size_px[1] // coarse, camera.size_px[0] // coarse), dtype=np.float32)
    towards = np.array(lamp.towards)
    sideways = _SHADOW_LENGTH * towards * np.array([1.0, 0.0, 1.0]) / towards[1]
    for mesh in meshes:
        on_floor = mesh.vertices_m - mesh.vertices_m[:, 1:2] * sideways
        on_floor[:, 1] = 0.0
        points_px, depth_m = camera.project(on_floor)
        if float(depth_m.min()) > _NEAREST_M:
            _fill((points_px / coarse).astype(np.float32), mesh.faces.astype(np.int32), shade)
    return shade


def _reach(points_px: Singles, shape: tuple[int, ...]) -> _Box:
    """Return the first and one past the last row, then column, that points reach."""
    low = np.clip(np.floor(points_px.min(axis=0)), 0, shape[::-1])
    high = np.clip(np.ceil(points_px.max(axis=0)) + 1.0, 0, shape[::-1])
    return int(low[1]), int(high[1]), int(low[0]), int(high[0])


@compiled
def _corners(points_px: Singles, faces: Faces, face: int) -> _Corners:
    """Return the corners of a triangle, as single numbers: cutting arrays costs most of all."""
    a, b, c = faces[face, 0], faces[face, 1], faces[face, 2]
    return (
        (points_px[a, 0], points_px[a, 1]),
        (points_px[b, 0], points_px[b, 1]),
        (points_px[c, 0], points_px[c, 1]),
    )


@compiled
def _twice_area(corners: _Corners) -> np.float32:
    """Return twice the signed area; outsides are negative, as the rows count downwards."""
    a, b, c = corners
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@compiled
def _box(corners: _Corners, shape: tuple[int, int]) -> _Box:
    """Return the rows and columns, half-open, whose centres a triangle's box holds."""
    a, b, c = corners
    left = int(np.ceil(min(a[0], b[0], c[0]) - _HALF))
    right = int(np.ceil(max(a[0], b[0], c[0]) - _HALF))
    top = int(np.ceil(min(a[1], b[1], c[1]) - _HALF))
    bottom = int(np.ceil(max(a[1], b[1], c[1]) - _HALF))
    return max(0, top), min(shape[0], bottom), max(0, left), min(shape[1], right)


@compiled
def _shares(corners: _Corners, row: int, column: int, over: np.float32) -> _Shares:
    """Return the barycentric coordinates of a pixel's centre; `over` is one over twice the area."""
    a, b, c = corners
    x, y = np.float32(column) + _HALF - a[0], np.float32(row) + _HALF - a[1]
    second = (x * (c[1] - a[1]) - y * (c[0] - a[0])) * over
    third = ((b[0] - a[0]) * y - (b[1] - a[1]) * x) * over
    return _ONE - second - third, second, third


@compiled
def _find(surface: _Surface, first: int, canvas: Canvas) -> None:
    """Write the nearest triangle of each pixel; they are numbered from `first`."""
    points_px, faces, nearness = surface.points_px, surface.faces, surface.nearness
    best, seen = canvas.nearness, canvas.face
    for face in range(len(faces)):
        corners = _corners(points_px, faces, face)
        area = _twice_area(corners)
        if area == 0.0 or (area > 0.0 and not surface.two_sided):
            continue
        over = _ONE / area
        top, bottom, left, right = _box(corners, seen.shape)
        if top >= bottom or left >= right:
            continue
        a, b, c = nearness[faces[face, 0]], nearness[faces[face, 1]], nearness[faces[face, 2]]
        for row in range(top, bottom):
            for column in range(left, right):
                i, j, k = _shares(corners, row, column, over)
                near = i * a + j * b + k * c
                if min(i, j, k) >= 0.0 and near > best[row, column]:
                    best[row, column] = near
                    seen[row, column] = first + face


@compiled
def _shade(surface: _Surface, first: int, light: _Light, canvas: Canvas, reach: _Box) -> None:
    """Colour the pixels whose triangle is one of the surface's, numbered from `first`."""
    top, bottom, left, right = reach
    seen, picture, colours = canvas.face, canvas.picture, surface.colours
    points_px, faces, normals = surface.points_px, surface.faces, surface.normals
    scores = surface.scores
    towards = light.towards[0], light.towards[1], light.towards[2]
    forward = light.forward[0], light.forward[1], light.forward[2]
    strengths = light.ambient, light.key, light.fill
    for row in range(top, bottom):
        for column in range(left, right):
            face = seen[row, column] - first
            if face < 0 or face >= len(faces):
                continue
            corners = _corners(points_px, faces, face)
            area = _twice_area(corners)
            shares = _shares(corners, row, column, _ONE / area)
            abc = faces[face, 0], faces[face, 1], faces[face, 2]
            normal = _normal(normals, abc, shares, area > 0.0)
            bright = _brightness(normal, towards, forward, strengths)
            kind = _material(scores, abc, shares)
            for part in range(3):
                picture[row, column, part] = colours[kind, part] * bright


@compiled
def _normal(normals: Singles, face: _Face, shares: _Shares, inside: np.bool) -> _Direction:
    """Return the unit normal at a point of a triangle, turned when cloth's inside is seen."""
    a, b, c = face
    x = shares[0] * normals[a, 0] + shares[1] * normals[b, 0] + shares[2] * normals[c, 0]
    y = shares[0] * normals[a, 1] + shares[1] * normals[b, 1] + shares[2] * normals[c, 1]
    z = shares[0] * normals[a, 2] + shares[1] * normals[b, 2] + shares[2] * normals[c, 2]
    scale = _ONE / np.sqrt(x * x + y * y + z * z + _TINY)
    if inside:
        scale = -scale
    return x * scale, y * scale, z * scale


@compiled
def _brightness(
    normal: _Direction, towards: _Direction, forward: _Direction, strengths: _Direction
) -> np.float32:
    """Return how bright a surface is; `strengths` of the surroundings, the lamp, the camera."""
    along = normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2]
    wrapped = max(_HALF + _HALF * along, _ZERO)
    away = normal[0] * forward[0] + normal[1] * forward[1] + normal[2] * forward[2]
    bright: np.float32 = strengths[0] + strengths[1] * wrapped * np.sqrt(wrapped)
    bright += strengths[2] * max(-away, _ZERO)
    return bright


@compiled
def _material(scores: Singles, face: tuple[int, int, int], shares: tuple[np.float32, ...]) -> int:
    """Return the material that scores highest at a point of a triangle."""
    a, b, c = face
    best, most = 0, np.float32(-np.inf)
    for kind in range(scores.shape[1]):
        score = shares[0] * scores[a, kind] + shares[1] * scores[b, kind]
        score += shares[2] * scores[c, kind]
        if score > most:
            best, most = kind, score
    return best


@compiled
def _fill(points_px: Singles, faces: Faces, shade: Singles) -> None:
    """Set to one every pixel whose centre lies in a triangle, whichever way that faces."""
    for face in range(len(faces)):
        corners = _corners(points_px, faces, face)
        area = _twice_area(corners)
        if area == 0.0:
            continue
        top, bottom, left, right = _box(corners, shade.shape)
        for row in range(top, bottom):
            for column in range(left, right):
                if min(_shares(corners, row, column, _ONE / area)) >= 0.0:
                    shade[row, column] = _ONE
