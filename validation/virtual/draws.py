"""What differs from person to person and from clip to clip, drawn by seed."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from validation.virtual.figure import Coord, Figure, Links, Stance, coords, pitched, spine_m
from validation.virtual.posture import LUMBAR_SHARES
from validation.virtual.rotations import Floats
from validation.virtual.solving import balanced

__all__ = [
    "Own",
    "draw_own",
    "draw_shares",
    "draw_stance",
    "lean_deg",
    "relative",
    "standing",
    "unevenly",
]

Random: TypeAlias = np.random.Generator

# Concentration of the Dirichlet draw: a level's share then has a standard deviation of about 0.12.
_ALIKE = 14.0
_LEAST_SHARE = 0.08
STANDING_SHARE = 0.15  # of the unevenness at the bottom is there in standing already


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """How somebody stands, in degrees from the mesh, and how unevenly they bend.

    Attributes
    ----------
    twist, list_, shift_m : of the pelvis at the bottom
    """

    pelvis: float
    lumbar: float
    thoracic: float
    neck: float
    knee: float
    ahead_m: float
    twist: float
    list_: float
    shift_m: float


def draw_own(random: Random) -> Own:
    """Draw an own standing: pelvis and back up to 8 deg either way of the mesh's."""
    pelvis = random.uniform(-8.0, 8.0)
    chest = random.uniform(-4.0, 3.0)
    thoracic = random.uniform(-4.0, 8.0)
    return Own(
        pelvis=pelvis,
        lumbar=float(np.clip(chest - pelvis, -8.0, 8.0)),
        thoracic=thoracic,
        neck=-0.8 * (chest + thoracic) + random.uniform(-3.0, 10.0),
        knee=random.uniform(1.5, 6.0),
        ahead_m=random.uniform(-0.03, 0.01),
        twist=random.normal(0.0, 1.5),
        list_=random.normal(0.0, 1.0),
        shift_m=random.normal(0.0, 0.008),
    )


def draw_shares(random: Random) -> tuple[float, float, float]:
    """Draw how lumbar flexion is spread over L5/S1, L3/L4 and T12/L1."""
    drawn = np.maximum(random.dirichlet(_ALIKE * np.array(LUMBAR_SHARES)), _LEAST_SHARE)
    first, second, third = (float(share) for share in drawn / drawn.sum())
    return first, second, third


def draw_stance(
    random: Random, links: Links, *, half_width_m: float, toe_out: float, knees_out: float
) -> Stance:
    """Draw where the feet stand: nobody's two feet stand alike. Angles in degrees."""
    uneven = np.clip(random.normal(0.0, 1.0, size=(3, 2)), -2.0, 2.0)
    ahead = 0.008 * uneven[0]
    aside = half_width_m * np.array([-1.0, 1.0]) + 0.005 * uneven[1]
    widest = 0.8 * (links.thigh + links.shank)
    return Stance(
        ankles_m=np.stack([ahead - ahead.mean(), np.clip(aside, -widest, widest)], axis=1),
        toe_out_rad=np.radians(toe_out + 3.0 * uneven[2]),
        knees_out_rad=np.radians(knees_out + 2.0 * uneven[2]),
    )


def standing(figure: Figure, own: Own) -> Floats:
    """Return the own free standing (C,), balanced."""
    upright = relative(own, knee=own.knee, uneven=STANDING_SHARE)
    return balanced(figure, upright, ahead_m=own.ahead_m)


def relative(own: Own, *, uneven: float = 1.0, knee: float = 0.0, **since: float) -> Floats:
    """Return a posture (C,) whose pelvis, lumbar, thoracic and neck count from the own standing.

    Degrees; `uneven` is how much of the unevenness at the bottom it has, `knee` is absolute.
    """
    out = coords(
        pelvis=own.pelvis + since.get("pelvis", 0.0),
        lumbar=own.lumbar + since.get("lumbar", 0.0),
        thoracic=own.thoracic + since.get("thoracic", 0.0),
        neck=own.neck + since.get("neck", 0.0),
        knee=knee,
    )
    return unevenly(own, out, share=uneven)


def unevenly(own: Own, posture: Floats, *, share: float = 1.0) -> Floats:
    """Return the posture with a share of the person's unevenness."""
    out = posture.copy()
    out[[Coord.TWIST, Coord.LIST]] = np.radians([share * own.twist, share * own.list_])
    out[Coord.SHIFT_M] = share * own.shift_m
    return out


def lean_deg(figure: Figure, posture: Floats) -> float:
    """Return the lean of the line from mid-hip to mid-shoulder, degrees from the vertical."""
    spine, _ = spine_m(
        figure, lumbar_rad=posture[Coord.LUMBAR], thoracic_rad=posture[Coord.THORACIC]
    )
    line = pitched(spine, posture[Coord.PELVIS])
    return float(np.degrees(np.arctan2(line[0], line[1])))
