"""A body with its own stance and spine, reduced to the lengths that postures are solved with."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.posture import LUMBAR_SHARES, arm_length_m
from validation.virtual.rotations import Floats

__all__ = [
    "Coord",
    "Figure",
    "Links",
    "Stance",
    "coords",
    "leg_span_m",
    "links_of",
    "pitched",
    "spine_m",
]

_SPINE = ("l5s1", "l3l4", "t12l1", "t7t8")
_FRONTS = 10


class Coord(IntEnum):
    """The columns of a standing posture: radians with clinical signs, metres, a share.

    LEG is the forward tilt of the line from mid-ankle to mid-hip, KNEE the flexion of the mean leg
    in space. PELVIS, LUMBAR and THORACIC count from the mesh as it was exported, so a person's
    own standing has values of its own. TWIST turns the pelvis to the left, LIST raises its right
    end, SHIFT_M carries it to the right. BAR_X_M is how far the load is wanted ahead of the
    ankles; GRIP is 0 with the hands hanging and 1 with the load in them.
    """

    LEG = 0
    KNEE = 1
    PELVIS = 2
    LUMBAR = 3
    THORACIC = 4
    NECK = 5
    TWIST = 6
    LIST = 7
    SHIFT_M = 8
    BAR_X_M = 9
    GRIP = 10


_NO_ANGLES = (Coord.SHIFT_M, Coord.BAR_X_M, Coord.GRIP)
STRAIGHTEST_RAD = float(np.radians(1.0))  # of a knee: a leg that is longer cannot reach the foot


def coords(**values: float) -> Floats:
    """Return one posture (C,) from column names in lower case; angles in DEGREES."""
    out = np.zeros(len(Coord))
    for name, value in values.items():
        column = Coord[name.upper()]
        out[column] = value if column in _NO_ANGLES else np.radians(value)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Where the feet stand; left and right.

    Attributes
    ----------
    ankles_m : (2, 2) array, X and Z of the ankle joints
    toe_out_rad : (2,) array, of the feet
    knees_out_rad : (2,) array, which way the knees go, from straight ahead
    """

    ankles_m: Floats
    toe_out_rad: Floats
    knees_out_rad: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Lengths of one body in metres, left and right taken together.

    Attributes
    ----------
    thigh, shank, arm : the arm straight, from the shoulder to a bar in the hand
    ankle_up, hip_aside, shoulder_aside : heights and half widths
    spine : (5, 2) array, X and Y from mid-hip over L5/S1, L3/L4, T12/L1 and T7/T8 to mid-shoulder
    head : (2,) array, from T7/T8 to the head joint
    hip_to_root : (3,) array, from mid-hip to the pelvis joint
    shank_front, thigh_front : (10,) arrays, how far the skin is before the bone, from its lower
        to its upper end
    belly : how far the skin of the lower trunk is before mid-hip
    heel, toe : X of the foot's ends before the ankle, pointing straight ahead
    """

    thigh: float
    shank: float
    arm: float
    ankle_up: float
    hip_aside: float
    shoulder_aside: float
    spine: Floats
    head: Floats
    hip_to_root: Floats
    shank_front: Floats
    thigh_front: Floats
    belly: float
    heel: float
    toe: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Who stands how.

    Attributes
    ----------
    lumbar_shares : of lumbar flexion at L5/S1, L3/L4 and T12/L1
    """

    body: Body
    links: Links
    stance: Stance
    lumbar_shares: tuple[float, float, float] = LUMBAR_SHARES

    @property
    def mid_foot_m(self) -> float:
        """How far the middle of the feet, as they point, is ahead of mid-ankle."""
        middle = 0.5 * (self.links.heel + self.links.toe)
        return float(middle * np.cos(self.stance.toe_out_rad).mean())

    @property
    def leg_aside_m(self) -> float:
        """How far an ankle is further out than its hip joint, the mean of both."""
        apart = 0.5 * float(self.stance.ankles_m[1, 1] - self.stance.ankles_m[0, 1])
        return apart - self.links.hip_aside


def links_of(body: Body) -> Links:
    """Return the lengths of a body."""
    at = body.joints_m
    mid = {part: _middle(body, part) for part in ("hip", "shoulder", "ankle")}
    chain = [mid["hip"], *(at[body.joint(n)] for n in _SPINE), mid["shoulder"]]
    foot = _skin_of(body, "ankle", "toe")[:, 0] - mid["ankle"][0]
    return Links(
        thigh=body.length_m("hip_right", "knee_right"),
        shank=body.length_m("knee_right", "ankle_right"),
        arm=arm_length_m(body),
        ankle_up=float(mid["ankle"][1]),
        hip_aside=0.5 * float(np.ptp([at[body.joint(f"hip_{side}"), 2] for side in SIDES])),
        shoulder_aside=abs(float(at[body.joint("shoulder_right"), 2])),
        spine=np.diff(chain, axis=0)[:, :2],
        head=(at[body.joint("head")] - at[body.joint("t7t8")])[:2],
        hip_to_root=at[body.joint("pelvis")] - mid["hip"],
        shank_front=_front_m(body, "knee", "ankle"),
        thigh_front=_front_m(body, "hip", "knee"),
        belly=float(_skin_over(body, "pelvis", "l5s1", "l3l4")[:, 0].max() - mid["hip"][0]),
        heel=float(foot.min()),
        toe=float(foot.max()),
    )


def _middle(body: Body, part: str) -> Floats:
    middle: Floats = body.joints_m[[body.joint(f"{part}_{side}") for side in SIDES]].mean(axis=0)
    return middle


def _skin_of(body: Body, *parts: str) -> Floats:
    """Return the skin that moves most with some joints of the right side."""
    return _skin_over(body, *(f"{part}_right" for part in parts))


def _skin_over(body: Body, *names: str) -> Floats:
    joints = [body.joint(name) for name in names]
    skin: Floats = body.vertices_m[np.isin(body.weight_joints[:, 0], joints)]
    return skin


def _front_m(body: Body, upper: str, lower: str) -> Floats:
    """Return how far the skin is before a leg's bone, (10,), from below to above."""
    low, high = (body.joints_m[body.joint(f"{part}_right")] for part in (lower, upper))
    skin = _skin_of(body, "hip", "knee")
    up = (skin[:, 1] - low[1]) / (high[1] - low[1])
    ahead = skin[:, 0] - (low[0] + up * (high[0] - low[0]))
    edges = np.linspace(0.0, 1.0, _FRONTS + 1)
    inside = [ahead[(up >= a) & (up <= b)] for a, b in pairwise(edges)]
    return np.array([part.max() if part.size else ahead.max() for part in inside])


def leg_span_m(links: Links, knee_rad: Floats) -> Floats:
    """Return the distance from hip to ankle of a bent leg; law of cosines."""
    square = links.thigh**2 + links.shank**2 + 2.0 * links.thigh * links.shank * np.cos(knee_rad)
    span: Floats = np.sqrt(square)
    return span


def spine_m(figure: Figure, *, lumbar_rad: Floats, thoracic_rad: Floats) -> tuple[Floats, Floats]:
    """Return mid-hip to mid-shoulder and to the head (..., 2), the pelvis as in the mesh."""
    links = figure.links
    reached = np.cumsum(figure.lumbar_shares)
    lumbar = np.asarray(lumbar_rad, dtype=np.float64)
    chest = lumbar + np.asarray(thoracic_rad, dtype=np.float64)
    tilts = (0.0 * lumbar, reached[0] * lumbar, reached[1] * lumbar, lumbar)
    base = sum(pitched(links.spine[i], tilt) for i, tilt in enumerate(tilts))
    return base + pitched(links.spine[4], chest), base + pitched(links.head, chest)


def pitched(offset_m: Floats, tilt_rad: Floats) -> Floats:
    """Tilt offsets (..., 2) forward by (...) angles."""
    x, y = offset_m[..., 0], offset_m[..., 1]
    cosine, sine = np.cos(tilt_rad), np.sin(tilt_rad)
    out: Floats = np.stack([x * cosine + y * sine, y * cosine - x * sine], axis=-1)
    return out
