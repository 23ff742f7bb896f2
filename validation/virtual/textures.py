"""Square pictures of materials, seeded, that repeat without a seam (nearly)."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from validation.virtual.meshes import Rgb

SIDE_PX = 256
Texture: TypeAlias = NDArray[np.float32]
Random: TypeAlias = np.random.Generator


def noise(random: Random, cells: int) -> Texture:
    """Return smooth noise (256, 256), standard deviation about 0.7, that repeats."""
    coarse = random.standard_normal((cells, cells), dtype=np.float32)
    rim = SIDE_PX // cells + 1
    side = SIDE_PX + 2 * round(SIDE_PX / cells)
    wide = cv2.resize(np.pad(coarse, 1, mode="wrap"), (side, side))
    middle: Texture = np.asarray(wide[rim : rim + SIDE_PX, rim : rim + SIDE_PX])
    return middle


def plain(random: Random, rgb: Rgb) -> Texture:
    """Paint, a little uneven."""
    return _tinted(rgb, 1.0 + 0.02 * noise(random, 4) + 0.012 * noise(random, 48))


def speckled(random: Random, rgb: Rgb) -> Texture:
    """Rubber with grains."""
    grains = random.random((SIDE_PX, SIDE_PX), dtype=np.float32) > _GRAINS
    return _tinted(rgb, 1.0 + 0.05 * noise(random, 64) + 0.25 * grains)


def tiled(random: Random, rgb: Rgb) -> Texture:
    """Four tiles by four, with joints."""
    tone = 1.0 + 0.06 * np.kron(random.standard_normal((4, 4)), np.ones((64, 64)))
    tone[np.arange(SIDE_PX) % 64 < _JOINT_PX] = _JOINT_TONE
    tone[:, np.arange(SIDE_PX) % 64 < _JOINT_PX] = _JOINT_TONE
    return _tinted(rgb, tone + 0.02 * noise(random, 32))


def bricks(random: Random, rgb: Rgb) -> Texture:
    """Eight courses of four bricks, each course shifted by half."""
    tone = 1.0 + 0.12 * np.kron(random.standard_normal((8, 8)), np.ones((32, 32)))
    row, column = np.mgrid[:SIDE_PX, :SIDE_PX]
    joint = (row % 32 < _JOINT_PX) | ((column + 32 * (row // 32 % 2)) % 64 < _JOINT_PX)
    return _tinted(rgb, np.where(joint, 1.25, tone) + 0.05 * noise(random, 64))


def planks(random: Random, rgb: Rgb) -> Texture:
    """Eight planks along the second direction, with grain."""
    tone = 1.0 + 0.10 * np.repeat(random.standard_normal(8), 32)[None, :]
    grain = cv2.resize(random.standard_normal((4, SIDE_PX)).astype(np.float32), (SIDE_PX, SIDE_PX))
    tone = tone + 0.05 * grain
    tone[:, np.arange(SIDE_PX) % 32 < 1] = _JOINT_TONE
    return _tinted(rgb, tone)


def rough(random: Random, rgb: Rgb) -> Texture:
    """Grass, leaves or gravel: noise at all sizes."""
    sizes = np.stack([noise(random, cells) for cells in (4, 12, 40, 128)])
    return _tinted(rgb, 1.0 + 0.13 * sizes.sum(axis=0))


def clutter(random: Random, rgb: Rgb) -> Texture:
    """Shelves full of things: rectangles on a ground, none too loud.

    Confetti of full contrast made the pose network lose people whom it never loses on real film.
    """
    out = plain(random, rgb)
    ground = np.array(rgb)
    for _ in range(45):
        x, y = random.integers(0, SIDE_PX, 2)
        wide, high = random.integers(8, 56, 2)
        mixed = _QUIET * ground + (1.0 - _QUIET) * np.array(_thing_colour(random))
        colour = tuple(float(part) for part in mixed)
        cv2.rectangle(out, (int(x), int(y)), (int(x + wide), int(y + high)), colour, -1)
    return out


def _thing_colour(random: Random) -> list[float]:
    """Return a colour of any brightness, mostly dull."""
    bright = random.uniform(0.05, 0.85)
    tint = 1.0 + random.exponential(0.14) * random.standard_normal(3)
    return [float(part) for part in np.clip(bright * tint, 0.02, 0.95)]


def sky(random: Random, rgb: Rgb) -> Texture:
    """Bright at the horizon, with clouds."""
    up = np.linspace(0.0, 1.0, SIDE_PX, dtype=np.float32)[:, None, None]
    clear = (1.0 - up) * np.array([0.93, 0.95, 0.96], dtype=np.float32) + up * np.array(
        rgb, dtype=np.float32
    )
    cloud = np.clip(0.6 * noise(random, 5) + 0.4 * noise(random, 15), 0.0, 1.0)[..., None]
    return np.asarray(clear + cloud * (0.96 - clear), dtype=np.float32)


_GRAINS = 0.985
_QUIET = 0.6
_JOINT_PX = 3
_JOINT_TONE = 0.7


def _tinted(rgb: Rgb, tone: NDArray[np.floating]) -> Texture:
    tinted = np.clip(tone[..., None] * np.array(rgb), 0.0, 1.0)
    return np.asarray(tinted, dtype=np.float32)
