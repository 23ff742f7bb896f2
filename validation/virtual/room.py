"""The empty rooms people are filmed in; seeded colours, most with upright and level edges.

A room is built as the camera sees it: X to its right, Y up, Z towards it, the person at
the origin of the floor; then turned into the world.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from validation.virtual import textures
from validation.virtual.camera import Camera
from validation.virtual.meshes import Rgb
from validation.virtual.panels import Panel, paint
from validation.virtual.raster import Picture
from validation.virtual.rotations import Floats, about_axis
from validation.virtual.textures import Random, Texture

_BEHIND_CAMERA_M = 8.0
_OFF_WALL_M = 0.02
_FAR_M = 30.0

Point: TypeAlias = tuple[float, float, float]
Place: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Walls and a floor."""

    back_m: float
    half_width_m: float
    height_m: float
    floor: Texture
    wall: Texture


def background(camera: Camera, *, kind: str, seed: int, bearing_rad: float) -> Picture:
    """Return the empty room (H, W, 3).

    Parameters
    ----------
    kind : one of `ROOMS`
    bearing_rad : the way from the back wall to the camera's side: 0 = the person's right
    """
    random = np.random.default_rng([seed, ROOM_KINDS.index(kind)])
    turn = about_axis(1, bearing_rad)
    panels = [_turned(panel, turn) for panel in _BUILDERS[kind](random)]
    return paint(panels, camera)


def _turned(panel: Panel, turn: Floats) -> Panel:
    return Panel(
        corner_m=turn @ panel.corner_m,
        across_m=turn @ panel.across_m,
        up_m=turn @ panel.up_m,
        texture=panel.texture,
        tile_m=panel.tile_m,
    )


def _panel(low: Point, high: Point, look: Texture, tile_m: float = 1.0) -> Panel:
    """Return the rectangle between two corners that agree in one coordinate."""
    edges = np.diag(np.array(high) - np.array(low))
    x, y, z = edges
    across, up = (x if x.any() else z), (y if y.any() else z)
    return Panel(corner_m=np.array(low), across_m=across, up_m=up, texture=look, tile_m=tile_m)


def _shell(random: Random, shell: Shell) -> list[Panel]:
    """Return the floor, three walls, the ceiling and the skirting boards."""
    back, half, top, front = -shell.back_m, shell.half_width_m, shell.height_m, _BEHIND_CAMERA_M
    side = _darker(shell.wall, 0.88)
    skirting = _darker(shell.wall, 0.7)
    white = textures.plain(random, (0.80, 0.80, 0.78))
    return [
        _panel((-half, 0.0, back), (half, 0.0, front), shell.floor, 2.0),
        _panel((-half, 0.0, back), (half, top, back), shell.wall, 2.0),
        _panel((-half, 0.0, back), (-half, top, front), side, 2.0),
        _panel((half, 0.0, back), (half, top, front), side, 2.0),
        _panel((-half, top, back), (half, top, front), white, 2.0),
        _on_wall(shell.back_m, (-half, 0.0, half, 0.11), skirting),
    ]


def _on_wall(back_m: float, place: Place, look: Texture, off_m: float = _OFF_WALL_M) -> Panel:
    """Return a thing in front of the back wall: its left, lower, right and upper edge."""
    left, low, right, high = place
    return _panel((left, low, off_m - back_m), (right, high, off_m - back_m), look, 2.0)


def _darker(look: Texture, factor: float) -> Texture:
    return np.asarray(factor * look, dtype=np.float32)


def _paint_colour(random: Random, low: float = 0.15, high: float = 0.88) -> Rgb:
    """Return a wall's colour: any brightness, mostly greyish."""
    tint = 1.0 + random.uniform(0.02, 0.20) * random.standard_normal(3)
    bright = np.clip(random.uniform(low, high) * tint, 0.04, 0.95)
    return float(bright[0]), float(bright[1]), float(bright[2])


def _chance(random: Random, share: float) -> bool:
    return bool(random.random() < share)


def _studio(random: Random) -> list[Panel]:
    """Rubber tiles and a plastered wall with a rail and a notice board, as in the sample clips."""
    plaster = textures.plain(random, (0.68, 0.67, 0.645))
    rubber = textures.tiled(random, (0.30, 0.30, 0.312))
    shell = Shell(back_m=1.7, half_width_m=3.5, height_m=3.2, floor=rubber, wall=plaster)
    return [
        *_shell(random, shell),
        _on_wall(1.7, (-3.5, 1.03, 3.5, 1.07), textures.plain(random, (0.61, 0.60, 0.58))),
        _on_wall(1.7, (-0.77, 1.45, -0.33, 2.05), textures.plain(random, (0.50, 0.58, 0.60))),
    ]


def _wall(random: Random) -> list[Panel]:
    """Build a plain room: any floor, any wall, a door or a window, perhaps posters."""
    back = float(random.uniform(1.7, 3.2))
    shell = _any_shell(random, back)
    left = float(random.uniform(-1.9, 1.0))
    door, window = (left, 0.0, left + 0.9, 2.05), (left, 0.9, left + 1.2, 2.1)
    opening = door if _chance(random, 0.5) else window
    frame = (opening[0] - 0.07, opening[1], opening[2] + 0.07, opening[3] + 0.07)
    out = [
        *_shell(random, shell),
        _on_wall(back, frame, textures.plain(random, _paint_colour(random))),
        _on_wall(back, opening, textures.plain(random, _paint_colour(random)), 0.03),
    ]
    for _ in range(int(random.integers(0, 3))):
        x, y = float(random.uniform(-1.8, 1.4)), float(random.uniform(1.0, 1.6))
        look = textures.clutter(random, _paint_colour(random))
        out.append(_on_wall(back, (x, y, x + 0.5, y + 0.7), look, 0.04))
    return out


def _any_shell(random: Random, back_m: float) -> Shell:
    floors = (textures.planks, textures.speckled, textures.tiled, textures.plain)
    walls = (textures.plain, textures.plain, textures.bricks)
    return Shell(
        back_m=back_m,
        half_width_m=float(random.uniform(2.7, 4.5)),
        height_m=float(random.uniform(2.4, 3.6)),
        floor=floors[int(random.integers(len(floors)))](random, _paint_colour(random, 0.12, 0.7)),
        wall=walls[int(random.integers(len(walls)))](random, _paint_colour(random)),
    )


def _gym(random: Random) -> list[Panel]:
    """Rubber floor, a lifting platform, wall bars, and racks standing before the wall."""
    back = float(random.uniform(2.2, 3.6))
    wall = textures.bricks if _chance(random, 0.4) else textures.plain
    rubber = textures.speckled(random, _paint_colour(random, 0.08, 0.35))
    shell = Shell(
        back_m=back,
        half_width_m=4.2,
        height_m=3.4,
        floor=rubber,
        wall=wall(random, _paint_colour(random)),
    )
    out = _shell(random, shell)
    wood = textures.planks(random, (0.62, 0.44, 0.27))
    out.append(_panel((-1.2, 0.004, -1.4), (1.2, 0.004, 1.2), wood, 1.5))
    out += _wall_bars(random, back, float(random.uniform(-2.6, 1.6)))
    steel = textures.plain(random, _paint_colour(random, 0.05, 0.6))
    for _ in range(int(random.integers(1, 4))):
        out += _rack(random, float(random.uniform(-2.6, 2.2)), 0.5 - back, steel)
    return out


def _wall_bars(random: Random, back_m: float, left_m: float) -> list[Panel]:
    wood = textures.plain(random, (0.58, 0.42, 0.28))
    posts = [(left_m + 0.9 * k - 0.03, 0.1, left_m + 0.9 * k + 0.03, 2.5) for k in range(3)]
    bars = [(left_m, y, left_m + 1.8, y + 0.035) for y in np.arange(0.25, 2.4, 0.14)]
    return [
        *(_on_wall(back_m, post, wood, 0.14) for post in posts),
        *(_on_wall(back_m, bar, wood, 0.12) for bar in bars),
    ]


def _rack(random: Random, left_m: float, z_m: float, look: Texture) -> list[Panel]:
    """Return a power rack's silhouette: four posts, two beams, a bar with plates."""
    black = textures.plain(random, (0.07, 0.07, 0.08))
    boxes = [(left_m + x, 0.0, left_m + x + 0.07, 2.2) for x in (0.0, 1.1)]
    beams = [(left_m, y, left_m + 1.17, y + 0.07) for y in (2.13, 0.04)]
    plates = [(left_m + x, 0.95, left_m + x + 0.06, 1.4) for x in (-0.2, 1.32)]
    bar = (left_m - 0.5, 1.16, left_m + 1.67, 1.19)
    return [
        *(_on_wall(-z_m, place, look, 0.0) for place in (*boxes, *beams)),
        *(_on_wall(-z_m, place, look, -0.4) for place in boxes),
        *(_on_wall(-z_m, place, black, 0.05) for place in (*plates, bar)),
    ]


def _outdoors(random: Random) -> list[Panel]:
    """Grass or gravel, a hedge or a house far off, sky; perhaps a fence."""
    ground = (0.24, 0.34, 0.12) if _chance(random, 0.6) else (0.45, 0.42, 0.38)
    far, wide = -float(random.uniform(5.0, 14.0)), 3.0 * _FAR_M
    top = float(random.uniform(1.2, 4.5))
    green = textures.rough(random, (0.16, 0.27, 0.11))
    house = textures.bricks(random, _paint_colour(random, 0.3, 0.8))
    blue = textures.sky(random, (0.35, 0.55, 0.85))
    out = [
        _panel((-wide, 0.0, -_FAR_M), (wide, 0.0, 8.0), textures.rough(random, ground), 2.5),
        _panel((-wide, 0.0, -_FAR_M), (wide, 2.0 * _FAR_M, -_FAR_M), blue, 2.0 * _FAR_M),
        _panel((-wide, 0.0, far), (wide, top, far), green, 3.0),
    ]
    if _chance(random, 0.5):
        left = float(random.uniform(-4.0, 0.0))
        out.append(_on_wall(-far, (left, 0.0, left + 5.0, 3.6), house, 0.1))
    if _chance(random, 0.6):
        out += _fence(random, float(random.uniform(2.0, 4.0)))
    return out


def _fence(random: Random, away_m: float) -> list[Panel]:
    look = textures.plain(random, _paint_colour(random))
    posts = [(x, 0.0, x + 0.06, 1.1) for x in np.arange(-4.5, 4.5, 1.5)]
    rails = [(-4.5, y, 4.5, y + 0.08) for y in (0.35, 0.9)]
    return [_on_wall(away_m, place, look, 0.0) for place in (*posts, *rails)]


def _cluttered(random: Random) -> list[Panel]:
    """Build a living room or a store: shelves full of things, a carpet."""
    back = float(random.uniform(1.8, 3.0))
    out = _shell(random, _any_shell(random, back))
    for left in np.arange(-2.6, 2.2, 1.25):
        look = textures.clutter(random, _paint_colour(random))
        high = float(random.uniform(0.7, 2.2))
        out.append(_on_wall(back, (left, 0.0, left + 1.1, high), look, 0.35))
    rug = textures.plain(random, _paint_colour(random))
    out.append(_panel((-1.3, 0.003, -1.2), (1.3, 0.003, 0.9), rug, 2.6))
    return out


_BUILDERS: dict[str, Callable[[Random], list[Panel]]] = {
    "studio": _studio,
    "wall": _wall,
    "gym": _gym,
    "outdoors": _outdoors,
    "cluttered": _cluttered,
}
ROOM_KINDS = tuple(_BUILDERS)
