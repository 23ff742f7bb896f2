"""Things in the picture besides the person: bar, kettlebell, rack, plinth, examiner's arms."""

from functools import cache

import numpy as np

from validation.virtual.meshes import Mesh, Rgb, box, join, moved, rod, turned_profile
from validation.virtual.performance import Load, Performance
from validation.virtual.rotations import Floats

PLATE_INSIDE_M = 0.655
PLATE_THICKNESS_M = 0.055
_BAR_HALF_LENGTH_M = 1.10
_BAR_RADIUS_M = 0.014
_SLEEVE_RADIUS_M = 0.025
_STEEL: Rgb = (0.62, 0.63, 0.66)
_POST_M = 0.06
_POST_HEIGHT_M = 2.2
_ACROSS = np.array([0.0, 0.0, 1.0])


def props(performance: Performance, frame: int) -> list[Mesh]:
    """Return the things that belong to the move, at a frame."""
    out: list[Mesh] = []
    if performance.bar_m is not None:
        out += _lifted(performance, performance.bar_m, frame)
    if performance.seat_m is not None:
        thigh_m = performance.body.length_m("hip_right", "knee_right")
        low = np.array([-thigh_m - 0.45, 0.0, -0.48])
        high = np.array([-0.09, performance.seat_m, 0.48])
        out.append(box(low, high, rgb=(0.26, 0.33, 0.36)))
    if performance.helper_m is not None and np.isfinite(performance.helper_m[frame]).all():
        out += _helper(*performance.helper_m[frame])
    return out


def _lifted(performance: Performance, bar_m: Floats, frame: int) -> list[Mesh]:
    load = performance.load or Load(kind="barbell", mass_kg=0.0)
    if load.kind == "kettlebell":
        bell = kettlebell(load.bell_radius_m, load.grip_over_base_m, load.grip_half_m)
        return [moved(bell, bar_m[frame])]
    out = [moved(barbell(load.plate_radius_m), bar_m[frame])]
    if load.rests_on == "rack":
        out.append(hooks(tuple(bar_m[0])))
    return out


@cache
def barbell(plate_radius_m: float) -> Mesh:
    """Return an olympic bar with a plate a side (none if it is no larger than the sleeve).

    Its middle is at the origin.
    """
    inside = PLATE_INSIDE_M * _ACROSS
    parts = [rod(-inside, inside, radius_m=_BAR_RADIUS_M, rgb=_STEEL)]
    for sign in (-1.0, 1.0):
        start = sign * (inside - 0.03 * _ACROSS)
        end = sign * _BAR_HALF_LENGTH_M * _ACROSS
        parts.append(rod(start, end, radius_m=_SLEEVE_RADIUS_M, rgb=_STEEL))
        if plate_radius_m > _SLEEVE_RADIUS_M:
            parts.append(_plate(sign * inside, sign * _ACROSS, radius_m=plate_radius_m))
    return join(parts)


def _plate(start_m: Floats, outward: Floats, *, radius_m: float) -> Mesh:
    """Return a bumper plate: black rubber, a red ring, a steel hub."""
    thick, r = PLATE_THICKNESS_M, radius_m
    hub = min(0.10, 0.5 * r)
    profile = np.array(
        [
            [0.0, 0.0], [0.0, r], [thick, r], [thick, r - 0.03],
            [thick - 0.008, r - 0.04], [thick - 0.008, hub + 0.005], [thick, hub], [thick, 0.0],
        ]
    )  # fmt: skip
    black, red, steel = (0.10, 0.10, 0.11), (0.60, 0.12, 0.12), (0.50, 0.50, 0.52)
    colours = np.array([black, black, black, black, red, black, steel])
    return turned_profile(profile, colours, start_m=start_m, end_m=start_m + outward, sectors=72)


@cache
def kettlebell(ball_m: float, grip_over_base_m: float, grip_half_m: float) -> Mesh:
    """Return a cast iron kettlebell, the middle of its grip at the origin.

    Parameters
    ----------
    ball_m : radius of the ball
    """
    iron: Rgb = (0.11, 0.11, 0.12)
    flat = 0.25 * np.pi  # the ball stands on a flat as wide as 45 deg of it
    turn = np.linspace(flat, np.pi, 13)
    arc = np.stack([np.cos(flat) - np.cos(turn), np.sin(turn)], axis=1) * ball_m
    profile = np.concatenate([[[0.0, 0.0]], arc])
    colours = np.tile(np.array(iron), (len(profile) - 1, 1))
    base = np.array([0.0, -grip_over_base_m, 0.0])
    up = np.array([0.0, 1.0, 0.0])
    ball = turned_profile(profile, colours, start_m=base, end_m=base + up, sectors=32)
    shoulder_m = grip_over_base_m - ball_m * (np.cos(flat) + 0.75)
    corner = grip_half_m * _ACROSS
    handle = [rod(-corner, corner, radius_m=0.017, rgb=iron)]
    for sign in (-1.0, 1.0):
        low = sign * 0.8 * corner - shoulder_m * up
        handle.append(rod(low, sign * corner + 0.012 * up, radius_m=0.017, rgb=iron))
    return join([ball, *handle])


@cache
def hooks(bar_m: tuple[float, float, float]) -> Mesh:
    """Return the two posts in front of a racked bar, with the hooks it lies on."""
    x, y, _ = bar_m
    parts = []
    for sign in (-1.0, 1.0):
        z = sign * 0.56
        parts.append(post(x + 0.09, z))
        low = np.array([x - 0.05, y - 0.05, z - 0.03])
        parts.append(box(low, np.array([x + 0.09, y - 0.02, z + 0.03]), rgb=(0.5, 0.1, 0.1)))
    return join(parts)


@cache
def post(x_m: float, z_m: float) -> Mesh:
    """Return an upright of a rack."""
    half = np.array([0.5 * _POST_M, 0.0, 0.5 * _POST_M])
    foot = np.array([x_m, 0.0, z_m])
    top = np.array([0.0, _POST_HEIGHT_M, 0.0])
    return box(foot - half, foot + half + top, rgb=(0.16, 0.17, 0.19))


def _helper(hand_m: Floats, elbow_m: Floats) -> list[Mesh]:
    """Return an examiner's hand, forearm and sleeve."""
    skin, sleeve = (0.74, 0.55, 0.44), (0.82, 0.84, 0.86)
    line = elbow_m - hand_m
    return [
        rod(hand_m - 0.16 * line, hand_m + 0.12 * line, radius_m=0.036, rgb=skin),
        rod(hand_m + 0.10 * line, hand_m + 0.62 * line, radius_m=0.030, rgb=skin),
        rod(hand_m + 0.58 * line, hand_m + 1.8 * line, radius_m=0.048, rgb=sleeve),
    ]
