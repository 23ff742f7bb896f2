"""A person whose back is a circle: every tangent is known in closed form.

Picture pixels; the axis from hip to shoulder is `AXIS_PX` long; the body is a disc that reaches
behind it. Nothing here uses the code under test.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import brentq

from primemover.model.arrays import Floats, frozen
from primemover.model.cleaned import SIDE_JOINTS, CleanPose, Facing
from primemover.model.measure import Side
from primemover.model.pose import PoseTrack, Silhouettes

AXIS_PX = 100.0
CROP_SCALE = 2.0  # picture pixels a crop pixel: 2 % of the axis, as on real films
SIZE_PX = 600
HIP_PX = np.array([300.0, 330.0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """The body, in axis lengths: centre (along the axis, behind it) and radius."""

    along: float = 0.45
    behind: float = -1.0
    radius: float = 1.2

    def lean_at(self, station: float) -> float:
        """Return the outline's lean away from the axis where a ray at `station` meets it."""
        return math.asin((self.along - station) / self.radius)

    def followed_lean(self, middle: float, *, share: float) -> float:
        """Return the lean where the outline is `middle` up a frame turned by `share` of it."""

        def miss(lean: float) -> float:
            up = self.along - self.radius * math.sin(lean)
            back = self.behind + self.radius * math.cos(lean)
            return up * math.cos(share * lean) + back * math.sin(share * lean) - middle

        return float(brentq(miss, -1.3, 1.3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn: one value a frame where an array, else for all frames.

    Attributes
    ----------
    tilt_rad : forward inclination of the hip-shoulder axis
    forward : +1 faces the picture's right, -1 left
    scale : size of the whole figure
    blob : extra discs (along, behind, radius) in axis lengths that belong to the silhouette
    joints : joint name -> (along, behind) in axis lengths, over the defaults
    """

    tilt_rad: Floats = field(default_factory=lambda: np.zeros(7))
    step_s: float = 0.1
    forward: int = 1
    scale: float = 1.0
    hip_px: Floats = field(default_factory=lambda: HIP_PX)
    disc: Disc = field(default_factory=Disc)
    blob: tuple[tuple[float, float, float], ...] = ()
    joints: dict[str, tuple[float, float]] = field(default_factory=dict)


_JOINTS = {
    "hip": (0.0, 0.0),
    "shoulder": (1.0, 0.0),
    "ear": (1.3, 0.0),
    "elbow": (0.5, -0.2),
    "wrist": (0.1, -0.3),
    "knee": (-0.8, 0.0),
    "ankle": (-1.6, 0.0),
    "heel": (-1.7, 0.1),
    "toe": (-1.7, -0.3),
}


def frame_of(scene: Scene, tilt_rad: float) -> tuple[Floats, Floats]:
    """Return the picture vectors of one axis length along and behind the axis."""
    along = np.array([scene.forward * math.sin(tilt_rad), -math.cos(tilt_rad)])
    behind = np.array([-scene.forward * math.cos(tilt_rad), -math.sin(tilt_rad)])
    return AXIS_PX * scene.scale * along, AXIS_PX * scene.scale * behind


def draw(scene: Scene) -> tuple[Silhouettes, CleanPose]:
    """Return silhouettes and landmarks of the scene."""
    frames = scene.tilt_rad.size
    affine = np.array([[CROP_SCALE, 0.0, 0.0], [0.0, CROP_SCALE, 0.0]]) * scene.scale
    affine[:, 2] = scene.hip_px - affine[:, :2] @ np.array([128.0, 160.0])
    crop_y, crop_x = np.mgrid[0:256, 0:256].astype(np.float64)
    picture = np.stack([crop_x, crop_y], axis=-1) @ affine[:, :2].T + affine[:, 2]
    logits = np.empty((frames, 256, 256), dtype=np.int8)
    joints = {name: np.empty((frames, 2)) for name in SIDE_JOINTS}
    parts = [(scene.disc.along, scene.disc.behind, scene.disc.radius), *scene.blob]
    for frame, tilt in enumerate(scene.tilt_rad):
        along, behind = frame_of(scene, float(tilt))
        inside = np.full(picture.shape[:2], -np.inf)
        for up, back, radius in parts:
            centre = scene.hip_px + up * along + back * behind
            depth = radius * AXIS_PX * scene.scale - np.linalg.norm(picture - centre, axis=-1)
            inside = np.maximum(inside, depth)
        edge = 3.0 * inside / (CROP_SCALE * scene.scale)  # 3 logits a crop pixel
        logits[frame] = np.rint(np.clip(edge, -8.0, 8.0) * Silhouettes.LOGIT_SCALE)
        for name, place in (_JOINTS | scene.joints).items():
            joints[name][frame] = scene.hip_px + place[0] * along + place[1] * behind
    silhouettes = Silhouettes(
        frame_index=np.arange(frames),
        logits_q=logits,
        crop_to_frame=np.broadcast_to(affine, (frames, 2, 3)).copy(),
    )
    return silhouettes, _pose(scene, joints)


def _pose(scene: Scene, joints: dict[str, Floats]) -> CleanPose:
    frames = scene.tilt_rad.size
    size = int(SIZE_PX * max(scene.scale, 1.0))
    raw = PoseTrack(
        time_s=frozen(np.arange(frames) * scene.step_s),
        width_px=size,
        height_px=size,
        xy_px=np.zeros((frames, 33, 2)),
        depth_px=np.zeros((frames, 33)),
        visibility=np.ones((frames, 33)),
        presence=np.ones(frames),
        world_m=np.zeros((frames, 33, 3)),
        silhouettes=None,
        other_people=np.full(frames, np.nan),
        engine="drawn",
        weights_sha256="",
    )
    return CleanPose(
        raw=raw,
        facing=Facing.RIGHT if scene.forward > 0 else Facing.LEFT,
        near_side=Side.RIGHT,
        forward=scene.forward,
        joints_px=joints,
        left_px=joints,
        right_px=joints,
        se_px={name: np.ones(frames) for name in joints},
        hidden={name: np.zeros(frames, dtype=bool) for name in joints},
        feet_planted=np.ones(frames, dtype=bool),
    )
