"""Random shots, from easy to hard, as people really film themselves."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from validation.virtual.raster import Lamp
from validation.virtual.room import ROOM_KINDS
from validation.virtual.shot import EXTRAS, Shot

Span: TypeAlias = tuple[float, float]
Random: TypeAlias = np.random.Generator

_NOMINAL_STATURE_M = 1.72
_NOMINAL_SEATED_M = 1.32
_LENS_MM = (24.0, 70.0)  # phones: the wide lens to two and a half times it
_FULL_FRAME_DIAGONAL_MM = 43.27
_PORTRAIT_SHARE = 0.7
# Sizes along the short and long edge, and how often; drawing time goes with the pixels.
_SIZES = (((360, 640), 0.15), ((480, 854), 0.15), ((540, 960), 0.55), ((720, 1280), 0.12),
          ((1080, 1920), 0.03))  # fmt: skip
_RATES = ((15.0, 0.08), (24.0, 0.12), (25.0, 0.12), (30.0, 0.50), (60.0, 0.18))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotRanges:
    """From where to where shots are drawn: (least, most) of each, or a chance.

    Attributes
    ----------
    yaw_deg, pitch_deg, roll_deg : size, either sign; the pitch is on top of that which puts the
        person in the picture's middle
    height_m, distance_m, fill, distortion, exposure_ev, defocus_px, noise, crf : as in `Shot`
    blurred, uneven, backlit, crowded : chance of motion blur, uneven frames, light from
        behind, and of each thing in the way
    """

    yaw_deg: Span = (0.0, 10.0)
    pitch_deg: Span = (0.0, 3.0)
    roll_deg: Span = (0.0, 3.0)
    height_m: Span = (0.5, 1.3)
    distance_m: Span = (2.4, 5.0)
    fill: Span = (0.5, 0.9)
    distortion: Span = (-0.02, 0.02)
    exposure_ev: Span = (-0.4, 0.3)
    defocus_px: Span = (0.3, 1.0)
    noise: Span = (1.0, 5.0)
    crf: Span = (20.0, 30.0)
    blurred: float = 0.2
    uneven: float = 0.3
    backlit: float = 0.15
    crowded: float = 0.1


EASY = ShotRanges(
    yaw_deg=(0.0, 5.0), pitch_deg=(0.0, 1.0), roll_deg=(0.0, 1.0), height_m=(0.7, 1.1),
    distance_m=(3.0, 5.0), fill=(0.6, 0.85), distortion=(-0.01, 0.01), exposure_ev=(-0.2, 0.2),
    defocus_px=(0.3, 0.6), noise=(1.0, 2.5), crf=(18.0, 25.0), blurred=0.0, uneven=0.0,
    backlit=0.0, crowded=0.0,
)  # fmt: skip
USUAL = ShotRanges()
HARD = ShotRanges(
    yaw_deg=(0.0, 30.0), pitch_deg=(0.0, 6.0), roll_deg=(0.0, 8.0), height_m=(0.2, 1.7),
    distance_m=(2.2, 6.0), fill=(0.45, 0.92), distortion=(-0.05, 0.04), exposure_ev=(-1.2, 0.8),
    defocus_px=(0.4, 2.2), noise=(2.0, 12.0), crf=(24.0, 36.0), blurred=0.4, uneven=0.5,
    backlit=0.35, crowded=0.25,
)  # fmt: skip
DIFFICULTIES = {"easy": EASY, "usual": USUAL, "hard": HARD}


def draw_shot(random: Random, *, view: str, ranges: ShotRanges = USUAL) -> Shot:
    """Draw how somebody films a side or a front view.

    Distance, lens and fill agree for a person of middle stature; the real person's size
    changes the lens, not the fill.
    """
    seated = view == "front"
    size_px = _size_px(random)
    distance_m, fill = _distance_and_fill(random, size_px, seated=seated, ranges=ranges)
    extent_m = _NOMINAL_SEATED_M if seated else _NOMINAL_STATURE_M
    height_m = random.uniform(*ranges.height_m)
    # The camera is tilted to get the person in, and then a little wrong.
    to_middle_deg = np.degrees(np.arctan2(0.5 * extent_m - height_m, distance_m))
    from_left = not seated and bool(random.random() < 0.5)  # noqa: PLR2004 - a coin
    return Shot(
        seed=int(random.integers(1, 2**31)),
        yaw_deg=_signed(random, ranges.yaw_deg),
        from_left=from_left,
        pitch_deg=float(to_middle_deg) + _signed(random, ranges.pitch_deg),
        roll_deg=_signed(random, ranges.roll_deg),
        distance_m=distance_m,
        height_m=float(height_m),
        fill=fill,
        aside_m=float(random.uniform(-0.12, 0.12) * distance_m / 4.0),
        distortion=float(random.uniform(*ranges.distortion)),
        size_px=size_px,
        room=str(random.choice(ROOM_KINDS)),
        room_turn_deg=float(np.clip(random.normal(0.0, 6.0), -20.0, 20.0)),
        lamp=_lamp(random, view=view, from_left=from_left, backlit=ranges.backlit),
        exposure_ev=float(random.uniform(*ranges.exposure_ev)),
        defocus_px=float(random.uniform(*ranges.defocus_px)),
        sub_exposures=3 if random.random() < ranges.blurred else 1,
        shutter=float(random.uniform(0.2, 0.9)),
        noise=float(random.uniform(*ranges.noise)),
        crf=int(random.integers(int(ranges.crf[0]), int(ranges.crf[1]) + 1)),
        palette=int(random.integers(4)),
        extras=_extras(random, seated=seated, chance=ranges.crowded),
        frames_per_s=_weighted(random, _RATES),
        uneven=bool(random.random() < ranges.uneven),
    )


def _signed(random: Random, span: Span) -> float:
    return float(random.uniform(*span) * (1.0 if random.random() < 0.5 else -1.0))  # noqa: PLR2004


def _weighted(random: Random, choices: tuple[tuple[float, float], ...]) -> float:
    values, weights = np.array(choices).T
    return float(random.choice(values, p=weights / weights.sum()))


def _size_px(random: Random) -> tuple[int, int]:
    weights = np.array([weight for _, weight in _SIZES])
    short, long = _SIZES[int(random.choice(len(_SIZES), p=weights / weights.sum()))][0]
    return (short, long) if random.random() < _PORTRAIT_SHARE else (long, short)


def _distance_and_fill(
    random: Random, size_px: tuple[int, int], *, seated: bool, ranges: ShotRanges
) -> tuple[float, float]:
    """Return a distance and a fill that a phone's lens can have together."""
    extent_m = _NOMINAL_SEATED_M if seated else _NOMINAL_STATURE_M
    per_mm = float(np.hypot(*size_px)) / _FULL_FRAME_DIAGONAL_MM
    while True:
        distance_m = random.uniform(*ranges.distance_m)
        fill = random.uniform(*ranges.fill)
        lens_mm = fill * size_px[1] * distance_m / extent_m / per_mm
        if _LENS_MM[0] <= lens_mm <= _LENS_MM[1]:
            return float(distance_m), float(fill)


def _lamp(random: Random, *, view: str, from_left: bool, backlit: float) -> Lamp:
    """Draw a light: from above, anywhere on the camera's side or, backlit, behind the person."""
    behind = random.random() < backlit
    facing = 0.5 * np.pi if view == "front" else (np.pi if from_left else 0.0)
    aside = np.radians(random.uniform(-75.0, 75.0))
    bearing = facing + aside + (np.pi if behind else 0.0)
    up = np.tan(np.radians(random.uniform(30.0, 75.0)))
    warm = 0.10 * random.standard_normal()
    key = random.uniform(0.25, 0.65)
    return Lamp(
        towards=(float(np.sin(bearing)), float(up), float(np.cos(bearing))),
        key=float(key),
        fill=float(random.uniform(0.02, 0.16)),
        ambient=float(random.uniform(0.20, 0.35) if behind else random.uniform(0.85, 1.1) - key),
        rgb=(float(1.0 + warm), 1.0, float(1.0 - warm)),
        shadow=float(random.uniform(0.1, 0.6)),
    )


def _extras(random: Random, *, seated: bool, chance: float) -> frozenset[str]:
    """Draw what is in the way; nobody puts a rack round somebody seated."""
    possible = [name for name in EXTRAS if not (seated and name in {"post", "rack"})]
    return frozenset(name for name in possible if random.random() < chance)
