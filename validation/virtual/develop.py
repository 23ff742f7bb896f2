"""From the light on the sensor to the bytes of a picture: blur, exposure, noise."""

from functools import cache
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from validation.virtual.compiled import compiled
from validation.virtual.raster import Picture, Singles
from validation.virtual.shot import Shot

Rgb8: TypeAlias = NDArray[np.uint8]

_REFERENCE_HEIGHT_PX = 960
_LEAST_BLUR_PX = 0.25
# Where highlights begin to be rolled off, share of white.
_SHOULDER = np.float32(0.85)
_ROLL_OFF = np.float32(1.0 / (1.0 - 0.85))
_NOISE_LENGTH = 2**21 + 7


def develop(picture: Picture, *, shot: Shot, random: np.random.Generator) -> Rgb8:
    """Return the bytes (H, W, 3) of a picture in light, 0 to 1, of the size of the film or finer.

    The noise is cut from one long strip at a random place: fast, and new in every picture.
    """
    if shot.finer > 1:
        picture = np.asarray(cv2.resize(picture, shot.size_px, interpolation=cv2.INTER_AREA))
    blur_px = shot.defocus_px * max(shot.size_px) / _REFERENCE_HEIGHT_PX
    if shot.finer == 1 and blur_px > _LEAST_BLUR_PX:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur_px))
    out = np.empty(picture.shape, dtype=np.uint8)
    start = int(random.integers(_NOISE_LENGTH))
    gain = np.float32(2.0**shot.exposure_ev)
    _expose(picture.reshape(-1), gain, np.float32(shot.noise), _strip()[start:], out.reshape(-1))
    return out


@cache
def _strip() -> Singles:
    """Return white noise, long enough to be read round the clock from anywhere."""
    once = np.random.default_rng(0).standard_normal(_NOISE_LENGTH, dtype=np.float32)
    return np.tile(once, 5)


@compiled
def _expose(light: Singles, gain: np.float32, noise: np.float32, strip: Singles, out: Rgb8) -> None:
    """Write bytes: amplified, highlights rolled off, noise added."""
    for i in range(len(light)):
        value = gain * light[i]
        # Comes near white but never there; without branches, so that it is done eight at a time.
        beyond = max(value - _SHOULDER, np.float32(0.0))
        value = min(value, _SHOULDER) + beyond / (np.float32(1.0) + beyond * _ROLL_OFF)
        level = np.float32(255.0) * value + noise * strip[i] + np.float32(0.5)
        out[i] = np.uint8(min(max(level, np.float32(0.0)), np.float32(255.0)))
