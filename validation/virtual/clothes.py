"""What somebody wears, as numbers: drawn at random, never the same twice.

Ranges are engineering defaults: girth ease as tailors' tables give it (0 to 5 cm close, 8 to
18 cm regular, over 20 cm loose), hems, wrinkles and stand-off as seen on people in gyms.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from validation.virtual.meshes import Rgb

__all__ = ["HAIR", "KINDS", "LEGS", "PATTERNS", "SHOES", "Clothes", "draw_clothes"]

Range: TypeAlias = tuple[float, float]

LEGS = ("tights", "shorts", "baggy", "joggers")
SHOES = ("barefoot", "flat", "running", "weightlifting")
HAIR = ("bald", "short", "bun", "ponytail", "long", "cap")
PATTERNS = ("plain", "rings", "pinstripe", "halves", "print")

_BELT_CHANCE = 0.15
_TRIM_CHANCE = 0.25
_LOW_CONTRAST_CHANCE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Ranges of a kind of top; see `Clothes`."""

    ease_m: Range
    straight: Range = (0.0, 1.0)
    stretch: Range = (1.0, 1.0)
    stiffness: Range = (0.1, 0.4)
    hang: Range = (0.0, 0.6)
    thickness_m: Range = (0.001, 0.002)
    hem: Range = (0.5, 1.0)
    sleeve: Range = (0.35, 0.9)
    blouse_m: Range = (0.0, 0.0)
    wrinkle_m: Range = (0.0, 0.0)
    hood_m: Range = (0.0, 0.0)


_LONG = (1.75, 1.97)
_KNIT: dict[str, Range] = {
    "stiffness": (0.3, 0.8),
    "hang": (0.0, 0.4),
    "thickness_m": (0.003, 0.006),
}
_FOLDED = (0.003, 0.014)
_CUTS = {
    "bare": _Cut(ease_m=(0.0, 0.0)),
    "tight": _Cut(
        ease_m=(-0.02, 0.02),
        straight=(0.0, 0.05),
        stretch=(0.88, 0.98),
        hang=(0.0, 0.0),
        wrinkle_m=(0.0, 0.002),
    ),
    "tee": _Cut(ease_m=(0.03, 0.16), wrinkle_m=(0.002, 0.010)),
    "loose_tee": _Cut(
        ease_m=(0.18, 0.42),
        straight=(0.5, 1.0),
        hem=(0.8, 1.5),
        sleeve=(0.6, 1.0),
        wrinkle_m=_FOLDED,
    ),
    "tucked": _Cut(
        ease_m=(0.10, 0.34), straight=(0.4, 1.0), blouse_m=(0.02, 0.10), wrinkle_m=_FOLDED
    ),
    "sweater": _Cut(
        ease_m=(0.10, 0.32),
        straight=(0.5, 1.0),
        hem=(0.35, 0.9),
        sleeve=_LONG,
        blouse_m=(0.0, 0.06),
        wrinkle_m=_FOLDED,
        **_KNIT,
    ),
    "hoodie": _Cut(
        ease_m=(0.14, 0.42),
        straight=(0.5, 1.0),
        hem=(0.35, 0.95),
        sleeve=_LONG,
        blouse_m=(0.0, 0.07),
        wrinkle_m=_FOLDED,
        hood_m=(0.02, 0.075),
        **_KNIT,
    ),
    "hood_up": _Cut(
        ease_m=(0.14, 0.42),
        straight=(0.5, 1.0),
        hem=(0.35, 0.95),
        sleeve=_LONG,
        blouse_m=(0.0, 0.07),
        wrinkle_m=_FOLDED,
        hood_m=(0.02, 0.05),
        **_KNIT,
    ),
    "jacket": _Cut(
        ease_m=(0.16, 0.45),
        straight=(0.5, 1.0),
        hem=(0.4, 1.1),
        sleeve=_LONG,
        wrinkle_m=_FOLDED,
        **_KNIT,
    ),
}
KINDS = tuple(_CUTS)

_SOLE_M = {
    "barefoot": (0.0, 0.0),
    "flat": (0.004, 0.014),
    "running": (0.014, 0.030),
    "weightlifting": (0.008, 0.015),
}
_HEEL_M = {"running": (0.006, 0.012), "weightlifting": (0.015, 0.024)}
_LEG_ENDS = {
    "tights": (1.5, 1.9),
    "shorts": (0.35, 1.05),
    "baggy": (1.75, 1.9),
    "joggers": (1.75, 1.88),
}
_LEG_EASE_M = {
    "tights": (0.0, 0.0),
    "shorts": (0.01, 0.20),
    "baggy": (0.12, 0.30),
    "joggers": (0.05, 0.16),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clothes:
    """What one person wears. Colours are 0 to 1.

    Attributes
    ----------
    kind : of the top, one of `KINDS`
    seed : of everything about it that has no number here (where the wrinkles are)
    ease_m : girth of the top over the girth of the chest
    straight : 0 follows the waist, 1 is cut straight down from the widest place
    stretch : length of the relaxed knit over the length it has on the body; < 1 pulls
    stiffness : 0 silk, 1 felt
    hang : how soon loose cloth falls into the plumb line, 0 keeps the shape it was cut in
    thickness_m : of the cloth
    hem : where it ends, 0 at the waist band, 1 at the crotch
    sleeve : where it ends, 0 at the shoulder, 1 elbow, 2 wrist
    blouse_m : cloth to spare above the waist band or the ribbed hem
    wrinkle_m, wrinkle_size_m : height and wave length of the folds
    hood_m, hood_drop_m : thickness of the hood and how far it reaches down the back; how far a
        hood that is up stands off the head
    legs, leg_end, leg_ease_m : one of `LEGS`; where it ends (0 hip, 1 knee, 2 ankle), girth ease
    rise_m : waist band of the trousers over the waist
    belt_m : thickness of a lifting belt, 0 without one
    shoes, sole_m, heel_m : one of `SHOES`; sole under the forefoot, extra height of the heel
    hair, hair_m : one of `HAIR`; length where it hangs, thickness where it does not
    pattern, pattern_m : one of `PATTERNS` and its size
    """

    kind: str = "tight"
    seed: int = 0
    ease_m: float = 0.0
    straight: float = 0.5
    stretch: float = 1.0
    stiffness: float = 0.2
    hang: float = 0.3
    thickness_m: float = 0.0015
    hem: float = 0.8
    sleeve: float = 0.6
    blouse_m: float = 0.0
    wrinkle_m: float = 0.0
    wrinkle_size_m: float = 0.12
    hood_m: float = 0.0
    hood_drop_m: float = 0.16
    legs: str = "tights"
    leg_end: float = 1.8
    leg_ease_m: float = 0.0
    rise_m: float = 0.0
    belt_m: float = 0.0
    shoes: str = "flat"
    sole_m: float = 0.01
    heel_m: float = 0.0
    hair: str = "short"
    hair_m: float = 0.012
    pattern: str = "plain"
    pattern_m: float = 0.15
    skin_rgb: Rgb = (0.80, 0.60, 0.48)
    hair_rgb: Rgb = (0.16, 0.10, 0.07)
    top_rgb: Rgb = (0.20, 0.36, 0.62)
    second_rgb: Rgb = (0.85, 0.85, 0.82)
    legs_rgb: Rgb = (0.13, 0.13, 0.15)
    shoes_rgb: Rgb = (0.75, 0.75, 0.78)


def draw_clothes(random: np.random.Generator, *, kind: str | None = None) -> Clothes:
    """Return somebody's clothes; of a random kind if none is asked for.

    Raises
    ------
    KeyError
        When there is no such kind.
    """
    drawn = str(random.choice(KINDS)) if kind is None else kind
    cut = _CUTS[drawn]

    def within(bounds: Range) -> float:
        return float(random.uniform(*bounds))

    legs = "tights" if drawn == "bare" else str(random.choice(LEGS, p=(0.25, 0.35, 0.2, 0.2)))
    shoes = str(random.choice(SHOES))
    hair = "bald" if drawn == "hood_up" else str(random.choice(HAIR))
    return Clothes(
        kind=drawn,
        seed=int(random.integers(2**31)),
        ease_m=within(cut.ease_m),
        straight=within(cut.straight),
        stretch=within(cut.stretch),
        stiffness=within(cut.stiffness),
        hang=within(cut.hang),
        thickness_m=within(cut.thickness_m),
        hem=within(cut.hem),
        sleeve=within(cut.sleeve),
        blouse_m=within(cut.blouse_m),
        wrinkle_m=within(cut.wrinkle_m),
        wrinkle_size_m=within((0.08, 0.30)),
        hood_m=within(cut.hood_m),
        hood_drop_m=within((0.10, 0.22)),
        legs=legs,
        leg_end=within((0.3, 1.9) if drawn == "bare" else _LEG_ENDS[legs]),
        leg_ease_m=within(_LEG_EASE_M[legs]),
        rise_m=within((-0.04, 0.05)),
        belt_m=within((0.008, 0.014)) if random.random() < _BELT_CHANCE else 0.0,
        shoes=shoes,
        sole_m=within(_SOLE_M[shoes]),
        heel_m=within(_HEEL_M.get(shoes, (0.0, 0.0))),
        hair=hair,
        hair_m=_hair_m(random, hair),
        pattern=str(random.choice(PATTERNS, p=(0.80, 0.07, 0.05, 0.05, 0.03))),
        pattern_m=within((0.10, 0.30)),
        **_colours(random),
    )


def _hair_m(random: np.random.Generator, hair: str) -> float:
    hanging = {"ponytail": (0.15, 0.45), "long": (0.18, 0.55), "bun": (0.025, 0.045)}
    return float(random.uniform(*hanging.get(hair, (0.004, 0.030))))


def _colours(random: np.random.Generator) -> dict[str, Rgb]:
    """Return colours; skin runs from very light to very dark along the line real skin takes."""
    tone = float(random.uniform(0.0, 1.0))
    stops = np.array(
        [[0.93, 0.78, 0.70], [0.83, 0.64, 0.52], [0.66, 0.46, 0.34], [0.42, 0.27, 0.20],
         [0.22, 0.14, 0.11]]
    )  # fmt: skip
    skin = np.array([np.interp(tone, np.linspace(0.0, 1.0, 5), stops[:, k]) for k in range(3)])
    hair = np.array([0.05, 0.04, 0.04]) + random.uniform(0.0, 0.75) ** 2 * np.array(
        [0.95, 0.75, 0.5]
    )
    legs, top = _cloth_rgb(random), _cloth_rgb(random)
    if random.random() < _LOW_CONTRAST_CHANCE:  # the wall behind, or the skin
        top = np.array([0.70, 0.69, 0.66]) if random.random() < 0.5 else skin  # noqa: PLR2004
    second = top + random.normal(0.0, 0.15, 3) if random.random() < _TRIM_CHANCE else None
    chosen = {
        "skin_rgb": skin + random.normal(0.0, 0.015, 3),
        "hair_rgb": hair,
        "top_rgb": top,
        "second_rgb": _cloth_rgb(random) if second is None else second,
        "legs_rgb": legs,
        "shoes_rgb": _cloth_rgb(random),
    }
    return {name: _rgb(value) for name, value in chosen.items()}


def _cloth_rgb(random: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return black, white, grey or a colour."""
    grey = np.full(3, random.choice([0.04, 0.12, 0.30, 0.55, 0.90]))
    colour = random.uniform(0.05, 0.85, 3)
    return grey + random.normal(0.0, 0.01, 3) if random.random() < 0.45 else colour  # noqa: PLR2004


def _rgb(value: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Rgb:
    red, green, blue = np.clip(value, 0.02, 0.97)
    return float(red), float(green), float(blue)
