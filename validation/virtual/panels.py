"""Flat textured rectangles seen by a camera: what rooms are built of."""

from dataclasses import dataclass

import numpy as np

from validation.virtual.camera import Camera
from validation.virtual.compiled import compiled
from validation.virtual.raster import Picture, Singles
from validation.virtual.rotations import Floats
from validation.virtual.textures import Texture

_EDGE_ON = 1e-9
_MARGIN_PX = 2.0


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


def paint(panels: list[Panel], camera: Camera) -> Picture:
    """Return the picture (H, W, 3) of the panels, black where there is none."""
    rays = camera.rays().astype(np.float32)
    picture = np.zeros((camera.size_px[1], camera.size_px[0], 3), dtype=np.float32)
    nearness = np.zeros(picture.shape[:2], dtype=np.float32)
    for panel in panels:
        matrix = _to_panel(panel, camera)
        if matrix is not None:
            size_m = np.array([np.linalg.norm(panel.across_m), np.linalg.norm(panel.up_m)])
            _paint(
                matrix, (size_m / panel.tile_m).astype(np.float32), panel.texture,
                rays, (picture, nearness), _reach(panel, camera),
            )  # fmt: skip
    return picture


def _to_panel(panel: Panel, camera: Camera) -> Singles | None:
    """Return what takes a ray to shares across and up (both times the nearness) and the nearness.

    None when the camera lies in the panel's plane.
    """
    normal = np.cross(panel.across_m, panel.up_m)
    from_corner = camera.position_m - panel.corner_m
    off_plane = float(from_corner @ normal)
    if abs(off_plane) < _EDGE_ON:
        return None
    # A point is position + ray / nearness, with nearness = -(ray . normal) / off_plane.
    near = -normal / off_plane
    rows = []
    for edge in (panel.across_m, panel.up_m):
        along = edge / (edge @ edge)
        rows.append(along + (from_corner @ along) * near)
    return np.stack([*rows, near]).astype(np.float32)


def _reach(panel: Panel, camera: Camera) -> tuple[int, int, int, int]:
    """Return the rows and columns, half-open, that the panel can be in."""
    width, height = camera.size_px
    corners = panel.corner_m + np.array([0.0, 1.0, 0.0, 1.0])[:, None] * panel.across_m
    corners = corners + np.array([0.0, 0.0, 1.0, 1.0])[:, None] * panel.up_m
    points_px, depth_m = camera.project(corners)
    if camera.distortion != 0.0 or float(depth_m.min()) < 0.1:  # noqa: PLR2004 - nearly on the lens
        return 0, height, 0, width
    low = np.clip(points_px.min(axis=0) - _MARGIN_PX, 0, camera.size_px).astype(np.int64)
    high = np.clip(points_px.max(axis=0) + _MARGIN_PX, 0, camera.size_px).astype(np.int64)
    return int(low[1]), int(high[1]), int(low[0]), int(high[0])


@compiled
def _paint(
    matrix: Singles, tiles: Singles, texture: Texture, rays: Singles,
    onto: tuple[Picture, Singles], reach: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Paint one panel where it is nearer than what is there."""
    picture, nearness = onto
    for row in range(reach[0], reach[1]):
        for column in range(reach[2], reach[3]):
            x, y, z = rays[row, column]
            near = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z
            if near <= nearness[row, column]:
                continue
            across = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z) / near
            up = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z) / near
            if min(across, up) < 0.0 or max(across, up) >= 1.0:
                continue
            nearness[row, column] = near
            _sample(texture, up * tiles[1], across * tiles[0], picture[row, column])


@compiled
def _sample(texture: Texture, down: np.float32, across: np.float32, into: Singles) -> None:
    """Write the colour of a repeated texture at a place, in tiles, between its pixels."""
    side = texture.shape[0]
    down, across = (down - np.floor(down)) * side, (across - np.floor(across)) * side
    row, column = int(down) % side, int(across) % side
    after, next_to = (row + 1) % side, (column + 1) % side
    v, u = np.float32(down - np.floor(down)), np.float32(across - np.floor(across))
    for part in range(3):
        upper = texture[row, column, part] * (1 - u) + texture[row, next_to, part] * u
        lower = texture[after, column, part] * (1 - u) + texture[after, next_to, part] * u
        into[part] = upper * (1 - v) + lower * v
