"""Standing postures solved: balanced over the feet, and with straight arms at a load.

Everything is planar, left and right taken together. Nothing raises: what a body cannot reach is
approached as nearly as its lengths allow.
"""

from dataclasses import dataclass

import numpy as np

from validation.virtual.figure import Coord, Figure, Links, coords, leg_span_m, pitched, spine_m
from validation.virtual.planting import bent_knee_m, mid_hip_m
from validation.virtual.rotations import Floats

__all__ = [
    "Grip",
    "Wanted",
    "balanced",
    "bar_height_m",
    "front_of_leg_m",
    "hip_flexion_deg",
    "reaching",
]

# Shares of body mass and where they act (Winter 2009, table 4.1; head, arms and trunk apart).
_HEAD, _TRUNK, _ARMS, _THIGHS, _SHANKS, _FEET = 0.081, 0.497, 0.10, 0.20, 0.093, 0.029
_LEG_CENTRE = 0.433  # from the upper joint
BAR_RADIUS_M = 0.014
_MOST_KNEE_RAD, _MOST_HIP_RAD, _LEAST_KNEE_RAD = np.radians([118.0, 122.0, 8.0])
_MOST_SHIN_RAD = np.radians(30.0)  # forward, before the heel would rise
_LEANS_RAD = np.radians(np.concatenate([np.arange(-45.0, 46.0, 1.5), [0.0]]))
_LEADS_M = np.arange(-0.08, 0.26, 0.02)
# What a degree and a centimetre away from the wish cost; engineering defaults.
_LEAN_COST, _LEAD_COST, _BALANCE_COST, _BROKEN_COST = 1.0, 0.15, 1.2, 60.0
_BALANCED_M = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Grip:
    """How the load is held.

    Attributes
    ----------
    aside_m : how far each hand is from the middle
    mass_kg : of the load
    behind_legs : whether it hangs between the legs, where the shins do not stop it
    """

    aside_m: float
    mass_kg: float
    behind_legs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A posture at the load, angles in degrees.

    Attributes
    ----------
    height_m : of the bar or the grip
    lean : of the line from mid-hip to mid-shoulder, from the vertical
    lumbar, thoracic, neck : counted from the mesh
    bar_x_m : of the load ahead of mid-ankle, further if the shins are in its way
    own_pelvis : the pelvis in the own standing, from which the hip's flexion counts
    """

    height_m: float
    lean: float
    lumbar: float
    thoracic: float
    neck: float
    bar_x_m: float
    own_pelvis: float = 0.0


def reaching(figure: Figure, wanted: Wanted, grip: Grip) -> Floats:
    """Return the posture (C,) with straight arms at the load, nearest to the wish.

    Steps: all leans and all leads of the shoulders over the load at once; the hip follows from the
    spine, the knee from the hip; the load is moved ahead of the shins; the cheapest is kept.
    """
    lean, lead = (
        grid.ravel()
        for grid in np.meshgrid(np.radians(wanted.lean) + _LEANS_RAD, _LEADS_M, indexing="ij")
    )
    spine, head = _still_spine(figure, wanted)
    pelvis = lean - np.arctan2(spine[0], spine[1])
    bar_x = np.full(lean.shape, wanted.bar_x_m)
    for _ in range(1 if grip.behind_legs else 3):
        shoulder = _over_bar_m(figure, grip, bar_x=bar_x, lead=lead, height_m=wanted.height_m)
        hip = shoulder - pitched(spine, pelvis)
        knee = _knee_m(figure, hip)
        if not grip.behind_legs:
            front = front_of_leg_m(figure, hip=hip, knee=knee, height_m=wanted.height_m)
            bar_x = np.maximum(bar_x, front + BAR_RADIUS_M)
    shoulder = _over_bar_m(figure, grip, bar_x=bar_x, lead=lead, height_m=wanted.height_m)
    hip = shoulder - pitched(spine, pelvis)
    knee = _knee_m(figure, hip)
    bend = _knee_flexion_rad(figure, hip)
    centre = _centre_x_m(figure, hip=hip, shoulder=shoulder, head=hip + pitched(head, pelvis))
    load = grip.mass_kg / figure.body.mass_kg
    off = (centre + load * bar_x) / (1.0 + load) - figure.mid_foot_m
    thigh = np.arctan2(hip[:, 0] - knee[:, 0], hip[:, 1] - knee[:, 1])
    cost = (
        _LEAN_COST * np.abs(np.degrees(lean) - wanted.lean)
        + 100.0 * _LEAD_COST * np.abs(lead - 0.03)
        + 100.0 * _BALANCE_COST * np.maximum(np.abs(off) - _BALANCED_M, 0.0)
        + _BROKEN_COST
        * _broken(figure, hip=hip, bend=bend, hinge=pelvis - np.radians(wanted.own_pelvis) - thigh)
    )
    best = int(np.argmin(cost))
    out = coords(lumbar=wanted.lumbar, thoracic=wanted.thoracic, neck=wanted.neck, grip=1.0)
    up = hip[best, 1] - figure.links.ankle_up
    out[[Coord.LEG, Coord.KNEE]] = np.arctan2(hip[best, 0], up), bend[best]
    out[[Coord.PELVIS, Coord.BAR_X_M]] = pelvis[best], bar_x[best]
    return out


def balanced(
    figure: Figure, posture: Floats, *, ahead_m: float = 0.0, load_kg: float = 0.0
) -> Floats:
    """Return the posture leaned at the ankles so that its weight is over mid-foot.

    Parameters
    ----------
    ahead_m : how far before mid-foot
    load_kg : in hands that hang straight down, before the thighs
    """
    tries = np.repeat(posture[None], 121, axis=0)
    tries[:, Coord.LEG] = np.radians(np.linspace(-35.0, 25.0, 121))
    hip = mid_hip_m(figure, tries)
    spine, head = spine_m(
        figure, lumbar_rad=tries[:, Coord.LUMBAR], thoracic_rad=tries[:, Coord.THORACIC]
    )
    shoulder = hip + pitched(spine, tries[:, Coord.PELVIS])
    high = hip + pitched(head, tries[:, Coord.PELVIS])
    knee = _knee_m(figure, hip)
    hangs = front_of_leg_m(figure, hip=hip, knee=knee, height_m=shoulder[:, 1] - figure.links.arm)
    load_x = np.maximum(shoulder[:, 0], hangs + BAR_RADIUS_M)
    load = load_kg / figure.body.mass_kg
    centre = _centre_x_m(figure, hip=hip, shoulder=shoulder, head=high)
    off = (centre + load * load_x) / (1.0 + load) - figure.mid_foot_m - ahead_m
    out = posture.copy()
    out[Coord.LEG] = np.interp(0.0, off, tries[:, Coord.LEG])
    return out


def hip_flexion_deg(figure: Figure, posture: Floats) -> float:
    """Return pelvis against thigh of a posture (C,), the pelvis counted from the mesh."""
    hip = mid_hip_m(figure, posture)
    knee = _knee_m(figure, hip)
    thigh = np.arctan2(hip[0] - knee[0], hip[1] - knee[1])
    return float(np.degrees(posture[Coord.PELVIS] - thigh))


def bar_height_m(links: Links, *, shoulder: Floats, bar_x: Floats, aside_m: float) -> Floats:
    """Return how high a bar hangs from straight arms, (...), under shoulders (..., 2)."""
    across = (shoulder[..., 0] - bar_x) ** 2 + (aside_m - links.shoulder_aside) ** 2
    height: Floats = shoulder[..., 1] - np.sqrt(np.maximum(links.arm**2 - across, 0.01))
    return height


def front_of_leg_m(
    figure: Figure, *, hip: Floats, knee: Floats, height_m: Floats | float
) -> Floats:
    """Return X of the leg's front at a height, (...), from hip (..., 2) and knee (..., 3)."""
    links = figure.links
    height = np.broadcast_to(np.asarray(height_m, dtype=np.float64), knee.shape[:-1])
    below = height < knee[..., 1]
    low_x, low_y = np.where(below, 0.0, knee[..., 0]), np.where(below, links.ankle_up, knee[..., 1])
    high_x, high_y = (
        np.where(below, knee[..., 0], hip[..., 0]),
        np.where(below, knee[..., 1], hip[..., 1]),
    )
    share = np.clip((height - low_y) / np.maximum(high_y - low_y, 0.01), 0.0, 1.0)
    places = (np.arange(links.shank_front.size) + 0.5) / links.shank_front.size
    skin = np.where(
        below,
        np.interp(share, places, links.shank_front),
        np.interp(share, places, links.thigh_front),
    )
    ahead = float(np.cos(figure.stance.knees_out_rad).mean())
    front: Floats = low_x + share * (high_x - low_x) + ahead * skin
    return front


def _still_spine(figure: Figure, wanted: Wanted) -> tuple[Floats, Floats]:
    lumbar, thoracic = np.radians([wanted.lumbar, wanted.thoracic])
    return spine_m(figure, lumbar_rad=np.array(lumbar), thoracic_rad=np.array(thoracic))


def _over_bar_m(
    figure: Figure, grip: Grip, *, bar_x: Floats, lead: Floats, height_m: float
) -> Floats:
    aside = grip.aside_m - figure.links.shoulder_aside
    up = np.sqrt(np.maximum(figure.links.arm**2 - lead**2 - aside**2, 0.01))
    return np.stack([bar_x + lead, height_m + up], axis=-1)


def _in_space(figure: Figure, hip: Floats) -> tuple[Floats, Floats]:
    """Return hip and ankle (..., 3) of the mean leg, as a right leg."""
    hip_m = np.concatenate([hip, np.zeros((*hip.shape[:-1], 1))], axis=-1)
    ankle_m = np.array([0.0, figure.links.ankle_up, figure.leg_aside_m])
    return hip_m, np.broadcast_to(ankle_m, hip_m.shape)


def _knee_m(figure: Figure, hip: Floats) -> Floats:
    hip_m, ankle_m = _in_space(figure, hip)
    out = float(figure.stance.knees_out_rad.mean())
    ahead = np.array([np.cos(out), 0.0, np.sin(out)])
    lengths = (figure.links.thigh, figure.links.shank)
    return bent_knee_m(hip_m, ankle_m, ahead=ahead, lengths_m=lengths)


def _knee_flexion_rad(figure: Figure, hip: Floats) -> Floats:
    hip_m, ankle_m = _in_space(figure, hip)
    thigh, shank = figure.links.thigh, figure.links.shank
    square = np.sum((hip_m - ankle_m) ** 2, axis=-1)
    cosine = (square - thigh**2 - shank**2) / (2.0 * thigh * shank)
    flexion: Floats = np.arccos(np.clip(cosine, -1.0, 1.0))
    return flexion


def _broken(figure: Figure, *, hip: Floats, bend: Floats, hinge: Floats) -> Floats:
    """Return by how much limits are broken, roughly in degrees / 10 and centimetres."""
    hip_m, ankle_m = _in_space(figure, hip)
    knee = _knee_m(figure, hip)
    longest = float(leg_span_m(figure.links, np.array(np.radians(2.0))))
    too_far = np.maximum(np.linalg.norm(hip_m - ankle_m, axis=-1) - longest, 0.0)
    stiff = np.maximum(_LEAST_KNEE_RAD - bend, 0.0)
    shin = np.maximum(
        np.arctan2(knee[..., 0], knee[..., 1] - figure.links.ankle_up) - _MOST_SHIN_RAD, 0.0
    )
    over = (
        shin + np.maximum(bend - _MOST_KNEE_RAD, 0.0) + 0.4 * np.maximum(hinge - _MOST_HIP_RAD, 0.0)
    )
    broken: Floats = 100.0 * too_far + np.degrees(over + 0.2 * stiff) / 10.0
    return broken


def _centre_x_m(figure: Figure, *, hip: Floats, shoulder: Floats, head: Floats) -> Floats:
    """Return X of the body's centre of mass, arms hanging, (...)."""
    knee = _knee_m(figure, hip)[..., 0]
    trunk = hip[..., 0] + 0.55 * (shoulder[..., 0] - hip[..., 0])
    thighs = hip[..., 0] + _LEG_CENTRE * (knee - hip[..., 0])
    shanks = (1.0 - _LEG_CENTRE) * knee
    centre: Floats = (
        _HEAD * head[..., 0] + _TRUNK * trunk + _ARMS * shoulder[..., 0]
        + _THIGHS * thighs + _SHANKS * shanks + _FEET * figure.mid_foot_m
    )  # fmt: skip
    return centre
