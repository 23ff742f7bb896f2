"""Flat textured rectangles seen by a camera: what rooms are built of."""

from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import Indices
from validation.virtual.camera import Camera
from validation.virtual.compiled import compiled
from validation.virtual.raster import Picture, Singles
from validation.virtual.rotations import Floats
from validation.virtual.textures import Texture

_EDGE_ON = 1e-9
_MARGIN_PX = 2.0
_NEAREST_M = 0.1
_FINER = 2  # edges are found on so many times more pixels each way
_NOTHING = -1
_BLACK, _ONE = np.float32(0.0), np.float32(1.0)
_UNDOING = 5  # turns of a fixed point; exact to 1e-3 px for mild lenses

Numbers: TypeAlias = NDArray[np.int16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A rectangle of a material, seen from both sides.

    Attributes
    ----------
    corner_m, across_m, up_m : (3,) arrays, world: a corner and the two edges from it
    texture : (256, 256, 3) array, repeated; its rows go along `up_m`
    tile_m : the size of one repeat
    """

    corner_m: Floats
    across_m: Floats
    up_m: Floats
    texture: Texture
    tile_m: float


class _Seen(NamedTuple):
    """Panels as a camera sees them.

    Attributes
    ----------
    matrices : (K, 3, 3) array; a straight pixel (from the picture's middle, 1) to the shares across
        and up, both times the nearness, and to the nearness
    tiles : (K, 2) array, repeats of the texture across and up
    kinds : (K,) array, which texture each has
    textures : (N, 256, 256, 3) array
    """

    matrices: Floats
    tiles: Floats
    kinds: Indices
    textures: Texture


class _Lens(NamedTuple):
    """Half the picture's size in pixels, and its distortion over the square of that diagonal."""

    half_x: float
    half_y: float
    bend: float


def paint(panels: list[Panel], camera: Camera) -> Picture:
    """Return the picture (H, W, 3) of the panels, black where there is none.

    Which panel is seen is found on a finer picture; where four agree the texture is looked
    up once, along edges four times.
    """
    finer = camera.scaled(_FINER)
    nearness = np.zeros(finer.size_px[::-1], dtype=np.float32)
    number = np.full(finer.size_px[::-1], _NOTHING, dtype=np.int16)
    straight = np.empty((*nearness.shape, 2), dtype=np.float32)
    _straighten(_lens(finer), straight)
    for index, panel in enumerate(panels):
        matrix = tuple(float(part) for part in _to_panel(panel, finer).ravel())
        _find(matrix, straight, index, (nearness, number), _reach(panel, finer))
    picture = np.zeros((camera.size_px[1], camera.size_px[0], 3), dtype=np.float32)
    _colour(_seen(panels, camera), _lens(camera), number, picture)
    return picture


def _lens(camera: Camera) -> _Lens:
    half_x, half_y = (0.5 * side for side in camera.size_px)
    return _Lens(half_x, half_y, camera.distortion / (half_x**2 + half_y**2))


def _seen(panels: list[Panel], camera: Camera) -> _Seen:
    textures = {id(panel.texture): panel.texture for panel in panels}
    kinds = {key: number for number, key in enumerate(textures)}
    tiles = [
        [np.linalg.norm(edge) / panel.tile_m for edge in (panel.across_m, panel.up_m)]
        for panel in panels
    ]
    return _Seen(
        matrices=np.stack([_to_panel(panel, camera) for panel in panels]),
        tiles=np.array(tiles),
        kinds=np.array([kinds[id(panel.texture)] for panel in panels]),
        textures=np.stack(list(textures.values())),
    )


def _to_panel(panel: Panel, camera: Camera) -> Floats:
    """Return the matrix of one panel, zeros (never seen) when the camera lies in its plane."""
    normal = np.cross(panel.across_m, panel.up_m)
    from_corner = camera.position_m - panel.corner_m
    off_plane = float(from_corner @ normal)
    if abs(off_plane) < _EDGE_ON:
        return np.zeros((3, 3))
    # A point is position + ray / nearness, with nearness = -(ray . normal) / off_plane.
    near = -normal / off_plane
    rows = []
    for edge in (panel.across_m, panel.up_m):
        along = edge / (edge @ edge)
        rows.append(along + (from_corner @ along) * near)
    rays = np.stack(
        [camera.right / camera.focal_px, camera.down / camera.focal_px, camera.forward], axis=1
    )
    matrix: Floats = np.stack([*rows, near]) @ rays
    return matrix


def _reach(panel: Panel, camera: Camera) -> tuple[int, int, int, int]:
    """Return the rows and columns, half-open, that the panel can be in."""
    width, height = camera.size_px
    corners = panel.corner_m + np.array([0.0, 1.0, 0.0, 1.0])[:, None] * panel.across_m
    corners = corners + np.array([0.0, 0.0, 1.0, 1.0])[:, None] * panel.up_m
    points_px, depth_m = replace(camera, distortion=0.0).project(corners)
    if float(depth_m.min()) < _NEAREST_M:
        return 0, height, 0, width
    # Within the picture the lens moves nothing farther than its corners.
    margin_px = _MARGIN_PX + 0.5 * abs(camera.distortion) * float(np.hypot(width, height))
    low = np.clip(points_px.min(axis=0) - margin_px, 0, camera.size_px).astype(np.int64)
    high = np.clip(points_px.max(axis=0) + margin_px, 0, camera.size_px).astype(np.int64)
    return int(low[1]), int(high[1]), int(low[0]), int(high[0])


@compiled
def _straight(row: float, column: float, lens: _Lens) -> tuple[float, float]:
    """Return where a place in the picture would be without distortion, from its middle."""
    x, y = column - lens.half_x, row - lens.half_y
    if lens.bend == 0.0:
        return x, y
    square, share = lens.bend * (x * x + y * y), 1.0
    for _ in range(_UNDOING):
        share = 1.0 / (1.0 + square * share * share)
    return x * share, y * share


@compiled
def _straighten(lens: _Lens, straight: Singles) -> None:
    """Write where each pixel's centre would be without distortion, (H, W, 2)."""
    for row in range(straight.shape[0]):
        for column in range(straight.shape[1]):
            x, y = _straight(row + 0.5, column + 0.5, lens)
            straight[row, column, 0] = x
            straight[row, column, 1] = y


@compiled
def _find(
    m: tuple[float, ...], straight: Singles, index: int, onto: tuple[Singles, Numbers],
    reach: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Write the panel's number where it is nearer than what is there."""
    nearness, number = onto
    for row in range(reach[0], reach[1]):
        for column in range(reach[2], reach[3]):
            x, y = straight[row, column, 0], straight[row, column, 1]
            near = m[6] * x + m[7] * y + m[8]
            if near <= nearness[row, column]:
                continue
            across, up = m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]
            if min(across, up) >= 0.0 and max(across, up) < near:
                nearness[row, column] = near
                number[row, column] = index


@compiled
def _colour(seen: _Seen, lens: _Lens, number: Numbers, picture: Picture) -> None:
    """Colour a picture from the panels' numbers on the finer one."""
    matrices, tiles, kinds, textures = seen.matrices, seen.tiles, seen.kinds, seen.textures
    quarter, whole = np.float32(0.25), np.float32(1.0)
    for row in range(picture.shape[0]):
        for column in range(picture.shape[1]):
            first, second = number[2 * row, 2 * column], number[2 * row, 2 * column + 1]
            third, last = number[2 * row + 1, 2 * column], number[2 * row + 1, 2 * column + 1]
            if first == second and first == third and first == last:
                x, y = _straight(row + 0.5, column + 0.5, lens)
                where = _texel(matrices, tiles, first, x, y)
                rgb = _look_up(textures, kinds[first], where, whole if first >= 0 else _BLACK)
            else:
                rgb = (_BLACK, _BLACK, _BLACK)
                for corner in range(4):
                    down, aside = corner // 2, corner % 2
                    here = number[2 * row + down, 2 * column + aside]
                    x, y = _straight(row + 0.25 + 0.5 * down, column + 0.25 + 0.5 * aside, lens)
                    where = _texel(matrices, tiles, here, x, y)
                    part = _look_up(textures, kinds[here], where, quarter if here >= 0 else _BLACK)
                    rgb = (rgb[0] + part[0], rgb[1] + part[1], rgb[2] + part[2])
            picture[row, column, 0] = rgb[0]
            picture[row, column, 1] = rgb[1]
            picture[row, column, 2] = rgb[2]


@compiled
def _texel(m: Floats, tiles: Floats, index: int, x: float, y: float) -> tuple[float, float]:
    """Return where in its texture a panel is seen at a straight place, in repeats, down, across."""
    near = m[index, 2, 0] * x + m[index, 2, 1] * y + m[index, 2, 2]
    if near <= 0.0:
        return 0.0, 0.0
    across = (m[index, 0, 0] * x + m[index, 0, 1] * y + m[index, 0, 2]) / near
    up = (m[index, 1, 0] * x + m[index, 1, 1] * y + m[index, 1, 2]) / near
    return up * tiles[index, 1], across * tiles[index, 0]


@compiled
def _look_up(
    textures: Texture, kind: int, where: tuple[float, float], weight: np.float32
) -> tuple[np.float32, np.float32, np.float32]:
    """Return a weighted colour of a texture, between its pixels."""
    side = textures.shape[1]
    down, across = where[0] * side, where[1] * side
    low, left = np.floor(down), np.floor(across)
    v, u = np.float32(down - low), np.float32(across - left)
    i, j = int(low) % side, int(left) % side
    k, n = (i + 1) % side, (j + 1) % side
    a, b = weight * (_ONE - v) * (_ONE - u), weight * (_ONE - v) * u
    c, d = weight * v * (_ONE - u), weight * v * u
    red = a * textures[kind, i, j, 0] + b * textures[kind, i, n, 0]
    green = a * textures[kind, i, j, 1] + b * textures[kind, i, n, 1]
    blue = a * textures[kind, i, j, 2] + b * textures[kind, i, n, 2]
    red += c * textures[kind, k, j, 0] + d * textures[kind, k, n, 0]
    green += c * textures[kind, k, j, 1] + d * textures[kind, k, n, 1]
    blue += c * textures[kind, k, j, 2] + d * textures[kind, k, n, 2]
    return red, green, blue
