"""A seated person who faces the camera, as landmarks: the rotation test without a network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.pose import Landmark, PoseTrack
from primemover.model.recording import Recording

WIDTH_PX, HEIGHT_PX = 720, 1280
SHANK_PX = 240.0
_MIDDLE = np.array([360.0, 700.0])


def swings(
    time_s: Floats, *, first_s: float, top_deg: float, count: int = 3, hold_s: float = 1.0
) -> Floats:
    """Return an angle in degrees: 0.8 s out, held, 0.8 s back, 0.5 s at rest, `count` times."""
    angle = np.zeros_like(time_s)
    for number in range(count):
        start = first_s + number * (2.1 + hold_s)
        knots = start + np.array([0.0, 0.8, 0.8 + hold_s, 1.6 + hold_s])
        angle += np.interp(time_s, knots, [0.0, 1.0, 1.0, 0.0])
    return top_deg * angle


def clock(seconds: float = 24.0, rate_hz: float = 30.0) -> Floats:
    return np.arange(0.0, seconds, 1.0 / rate_hz)


def seated_track(  # noqa: PLR0913 - each is one thing that the exam must notice
    time_s: Floats,
    *,
    left_deg: Floats | float = 0.0,
    right_deg: Floats | float = 0.0,
    hike_deg: Floats | float = 0.0,
    lean_deg: Floats | float = 0.0,
    left_knee_out_px: Floats | float = 0.0,
    turned_deg: float = 0.0,
    thigh_drop_px: float = 40.0,
    noise_px: float = 0.4,
    seed: int = 0,
) -> PoseTrack:
    """Return landmarks of a seated person; `hike_deg` lifts the left hip."""
    count = time_s.size
    xy = np.tile(_MIDDLE, (count, 33, 1)).astype(np.float64)
    _trunk(xy, np.deg2rad(lean_deg), np.deg2rad(hike_deg))
    for side, first, out, angle in (
        (1.0, Landmark.LEFT_HIP, left_knee_out_px, left_deg),
        (-1.0, Landmark.RIGHT_HIP, 0.0, right_deg),
    ):
        knee = _MIDDLE + np.array([side * 80.0, thigh_drop_px]) + np.zeros((count, 2))
        knee[:, 0] += side * np.asarray(out)
        turn = np.deg2rad(angle) + np.zeros(count)
        shank = SHANK_PX * np.stack([side * np.sin(turn), np.cos(turn)], axis=1)
        xy[:, first + 2] = knee
        xy[:, first + 4] = knee + shank
        xy[:, first + 6] = knee + shank + np.array([0.0, 15.0])
        xy[:, first + 8] = knee + shank + np.array([side * 5.0, 25.0])
    xy += noise_px * np.random.default_rng(seed).standard_normal(xy.shape)
    return PoseTrack(
        time_s=time_s,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        xy_px=xy,
        depth_px=np.zeros((count, 33)),
        visibility=np.ones((count, 33)),
        presence=np.ones(count),
        world_m=np.tile(_world(np.deg2rad(turned_deg)), (count, 1, 1)),
        silhouettes=None,
        other_people=np.zeros(count),
        engine="synthetic",
        weights_sha256="0" * 64,
    )


def _trunk(xy: Floats, lean_rad: Floats, hike_rad: Floats) -> None:
    hip = np.stack([50.0 * np.cos(hike_rad), -50.0 * np.sin(hike_rad)], axis=-1)
    xy[:, Landmark.LEFT_HIP] = _MIDDLE + hip
    xy[:, Landmark.RIGHT_HIP] = _MIDDLE - hip
    neck = _MIDDLE + 260.0 * np.stack([np.sin(lean_rad), -np.cos(lean_rad)], axis=-1)
    for side, first in ((1.0, Landmark.LEFT_SHOULDER), (-1.0, Landmark.RIGHT_SHOULDER)):
        xy[:, first] = neck + np.array([side * 90.0, 0.0])
        xy[:, first + 2] = neck + np.array([side * 120.0, 130.0])
        xy[:, first + 4] = neck + np.array([side * 125.0, 250.0])
    xy[:, : Landmark.LEFT_SHOULDER] = (neck + np.array([0.0, -80.0]))[..., None, :]
    xy[:, Landmark.LEFT_EAR, 0] += 20.0
    xy[:, Landmark.RIGHT_EAR, 0] -= 20.0


def _world(turn_rad: float) -> Floats:
    """Return world landmarks (33, 3): x right, y DOWN, z away; thighs towards the camera."""
    world = np.zeros((33, 3))
    across = np.array([np.cos(turn_rad), 0.0, np.sin(turn_rad)])
    ahead = np.array([np.sin(turn_rad), 0.0, -np.cos(turn_rad)])
    down = np.array([0.0, 1.0, 0.0])
    for side, hip, shoulder in (
        (1.0, Landmark.LEFT_HIP, Landmark.LEFT_SHOULDER),
        (-1.0, Landmark.RIGHT_HIP, Landmark.RIGHT_SHOULDER),
    ):
        world[hip] = 0.1 * side * across
        world[hip + 2] = world[hip] + 0.42 * ahead
        world[hip + 4] = world[hip + 2] + 0.42 * down
        world[shoulder] = 0.18 * side * across - 0.5 * down
    return world


def mirrored(track: PoseTrack) -> PoseTrack:
    """Return the track of the film seen in a mirror: what was left is right."""
    names = [Landmark(i).name for i in range(33)]
    swapped = [
        names.index(name.replace("LEFT", "\0").replace("RIGHT", "LEFT").replace("\0", "RIGHT"))
        for name in names
    ]
    xy, world = track.xy_px[:, swapped].copy(), track.world_m[:, swapped].copy()
    xy[..., 0] = track.width_px - xy[..., 0]
    world[..., 0] *= -1.0
    return replace(track, xy_px=xy, world_m=world, visibility=track.visibility[:, swapped])


def recording_of(track: PoseTrack) -> Recording:
    return Recording(
        name="synthetic.mp4",
        sha256="0" * 64,
        width_px=track.width_px,
        height_px=track.height_px,
        rotation_deg=0,
        codec="none",
        time_s=track.time_s,
    )
