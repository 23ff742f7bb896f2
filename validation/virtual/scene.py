"""The room, the bar, the plinth, and where the camera stands."""

from functools import cache
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from validation.virtual.camera import Camera, camera_at
from validation.virtual.meshes import Mesh, box, join, moved, rod, turned_profile
from validation.virtual.performance import Performance
from validation.virtual.rotations import Floats

Picture: TypeAlias = NDArray[np.float32]

LIGHT = np.array([0.35, 0.80, 0.45])
PLATE_INSIDE_M = 0.655
PLATE_THICKNESS_M = 0.055
_BAR_HALF_LENGTH_M = 1.10
_WALL_M = 1.7
_TILE_M, _JOINT_M = 0.5, 0.006
_SKIRTING_M = 0.12
_RAIL_M, _RAIL_HALF_M = 1.05, 0.02
_BOARD_M = np.array([-0.55, 1.75])
_BOARD_HALF_M = np.array([0.22, 0.30])
_HORIZONTAL = -1e-6


def film_camera(performance: Performance, *, yaw_deg: float, size_px: tuple[int, int]) -> Camera:
    """Return the camera of a move, level and 4.2 m away.

    Yaw turns it towards the person's front (side view) or right (front view).
    """
    yaw = float(np.radians(yaw_deg))
    if performance.view == "side":
        stature = performance.body.height_m
        target, span, height = np.array([0.10, 0.0, 0.0]), 1.34 * stature, 0.51 * stature
        return camera_at(
            target, bearing_rad=yaw, distance_m=4.2, height_m=height, span_m=span, size_px=size_px
        )
    return camera_at(
        np.array([-0.1, 0.0, 0.0]),
        bearing_rad=0.5 * np.pi - yaw,
        distance_m=4.2,
        height_m=0.80,
        span_m=2.3,
        size_px=size_px,
    )


def background(camera: Camera, *, seed: int) -> Picture:
    """Return the empty room (H, W, 3): rubber tiles, and a plastered wall behind the person."""
    rays = camera.rays()
    flat_forward = np.array([camera.forward[0], 0.0, camera.forward[2]])
    wall_depth = float(-(camera.position_m @ flat_forward)) + _WALL_M
    to_floor = np.where(rays[..., 1] < _HORIZONTAL, camera.position_m[1] / -rays[..., 1], np.inf)
    to_wall = wall_depth / (rays @ flat_forward)
    is_floor = to_floor < to_wall
    points = camera.position_m + np.where(is_floor, to_floor, to_wall)[..., None] * rays
    grain = _grain(camera.size_px, seed=seed)
    floor = _floor(points[..., [0, 2]])
    wall = _wall(points @ camera.right, points[..., 1])
    picture = np.where(is_floor[..., None], floor, wall) * (1.0 + grain[..., None])
    return picture.astype(np.float32)


def _floor(at_m: Floats) -> Floats:
    """Return rubber tiles at points (..., 2) of the floor: a tone a tile, dark joints."""
    tile = np.floor(at_m / _TILE_M)
    tone = 0.30 + 0.022 * np.sin(12.9898 * tile[..., 0] + 78.233 * tile[..., 1])
    to_joint_m = np.abs(at_m - _TILE_M * np.round(at_m / _TILE_M)).min(axis=-1)
    tone = np.where(to_joint_m < _JOINT_M, 0.22, tone)
    tinted: Floats = tone[..., None] * np.array([1.0, 1.0, 1.04])
    return tinted


def _wall(across_m: Floats, up_m: Floats) -> Floats:
    """Return plaster with a skirting board, a rail and a notice board."""
    tone = 0.66 + 0.05 * np.clip(up_m / 2.5, 0.0, 1.0)
    tone = tone + 0.012 * np.sin(3.1 * across_m + 1.0) * np.sin(2.3 * up_m)
    out: Floats = tone[..., None] * np.array([1.0, 0.985, 0.95])
    out[np.abs(up_m - _RAIL_M) < _RAIL_HALF_M] *= 0.90
    out[up_m < _SKIRTING_M] = (0.48, 0.47, 0.45)
    board = np.abs(np.stack([across_m, up_m], axis=-1) - _BOARD_M) < _BOARD_HALF_M
    out[board.all(axis=-1)] = (0.50, 0.58, 0.60)
    return out


def _grain(size_px: tuple[int, int], *, seed: int) -> Floats:
    """Return a smooth random texture (H, W), standard deviation about 2 %."""
    random = np.random.default_rng(seed)
    coarse = random.normal(0.0, 1.0, size=(size_px[1] // 6, size_px[0] // 6)).astype(np.float32)
    smooth = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), 1.2), size_px)
    return np.asarray(0.05 * smooth, dtype=np.float64)


def cast_shadow(
    picture: Picture, camera: Camera, meshes: list[Mesh], *, softness_px: float
) -> Picture:
    """Darken the floor under the meshes: a blurred projection along the light."""
    coarse = 4
    shade = np.zeros((picture.shape[0] // coarse, picture.shape[1] // coarse), dtype=np.uint8)
    for mesh in meshes:
        points = mesh.vertices_m
        fall = points[:, 1:2] / LIGHT[1] * 0.6
        on_floor = points - fall * LIGHT * np.array([1.0, 0.0, 1.0])
        on_floor[:, 1] = 0.0
        pixels, _ = camera.project(on_floor)
        triangles = np.round(pixels[mesh.faces] / coarse).astype(np.int32)
        cv2.fillPoly(shade, list(triangles), 255)
    soft = cv2.GaussianBlur(shade.astype(np.float32) / 255.0, (0, 0), softness_px / coarse)
    full = cv2.resize(soft, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    darker: Picture = picture * (1.0 - 0.42 * full[..., None])
    return darker


@cache
def barbell() -> Mesh:
    """Return an olympic bar with a 450 mm plate a side, its middle at the origin."""
    steel = (0.62, 0.63, 0.66)
    across = np.array([0.0, 0.0, 1.0])
    inside = PLATE_INSIDE_M * across
    parts = [rod(-inside, inside, radius_m=0.014, rgb=steel)]
    for sign in (-1.0, 1.0):
        start = sign * (inside - 0.03 * across)
        end = sign * _BAR_HALF_LENGTH_M * across
        parts.append(rod(start, end, radius_m=0.025, rgb=steel))
        parts.append(_plate(sign * inside, sign * across))
    return join(parts)


def _plate(start_m: Floats, outward: Floats) -> Mesh:
    """Return a bumper plate: black rubber, a red ring, a steel hub."""
    thick = PLATE_THICKNESS_M
    profile = np.array(
        [
            [0.0, 0.0], [0.0, 0.225], [thick, 0.225], [thick, 0.195],
            [thick - 0.008, 0.185], [thick - 0.008, 0.105], [thick, 0.10], [thick, 0.0],
        ]
    )  # fmt: skip
    black, red, steel = (0.10, 0.10, 0.11), (0.60, 0.12, 0.12), (0.50, 0.50, 0.52)
    colours = np.array([black, black, black, black, red, black, steel])
    return turned_profile(profile, colours, start_m=start_m, end_m=start_m + outward, sectors=72)


def props(performance: Performance, frame: int) -> list[Mesh]:
    """Return the things in the picture at a frame."""
    out: list[Mesh] = []
    if performance.bar_m is not None:
        out.append(moved(barbell(), performance.bar_m[frame]))
    if performance.seat_m is not None:
        thigh_m = performance.body.length_m("hip_right", "knee_right")
        low = np.array([-thigh_m - 0.45, 0.0, -0.48])
        high = np.array([-0.09, performance.seat_m, 0.48])
        out.append(box(low, high, rgb=(0.26, 0.33, 0.36)))
    if performance.helper_m is not None and np.isfinite(performance.helper_m[frame]).all():
        out += _helper(*performance.helper_m[frame])
    return out


def _helper(hand_m: Floats, elbow_m: Floats) -> list[Mesh]:
    """Return an examiner's hand, forearm and sleeve."""
    skin, sleeve = (0.74, 0.55, 0.44), (0.82, 0.84, 0.86)
    line = elbow_m - hand_m
    return [
        rod(hand_m - 0.16 * line, hand_m + 0.12 * line, radius_m=0.036, rgb=skin),
        rod(hand_m + 0.10 * line, hand_m + 0.62 * line, radius_m=0.030, rgb=skin),
        rod(hand_m + 0.58 * line, hand_m + 1.8 * line, radius_m=0.048, rgb=sleeve),
    ]
