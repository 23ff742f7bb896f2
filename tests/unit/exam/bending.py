"""A person who bends forward with a straight back, as landmarks and drawn silhouettes."""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.pose import Landmark, PoseTrack, Silhouettes

SIZE_PX = 800
HIP = np.array([380.0, 420.0])
TRUNK_PX, THIGH_PX, SHANK_PX = 190.0, 165.0, 165.0
ARM_PX, HAND_PX, HEAD_PX = 200.0, 30.0, 80.0
TOP_PX = HIP[1] - TRUNK_PX - HEAD_PX - 30.0  # the drawn head is a disc of radius 30
SOLE_PX = HIP[1] + THIGH_PX + SHANK_PX + 25.0
_CROP_PX = 256
_SCALE = SIZE_PX / _CROP_PX


def bends(time_s: Floats, *, top_deg: float, count: int = 3, first_s: float = 2.0) -> Floats:
    """Return a lean in degrees: 1.5 s down, 1 s held, 1.5 s up, 1 s standing, `count` times."""
    lean = np.zeros_like(time_s)
    for number in range(count):
        knots = first_s + 5.0 * number + np.array([0.0, 1.5, 2.5, 4.0])
        lean += np.interp(time_s, knots, [0.0, 1.0, 1.0, 0.0])
    return top_deg * lean


def bending_track(
    time_s: Floats,
    *,
    lean_deg: Floats,
    knee_deg: Floats | float = 0.0,
    turned_deg: float = 90.0,
    drawn: bool = True,
) -> PoseTrack:
    """Return a person who faces the picture's right and hinges at the hips.

    `knee_deg` bends the knees; `turned_deg` is the body's turn from facing the camera.
    """
    count = time_s.size
    joints = _joints(np.deg2rad(lean_deg), np.deg2rad(np.asarray(knee_deg) + np.zeros(count)))
    xy = np.zeros((count, 33, 2))
    for name, landmarks in _LANDMARKS.items():
        for landmark in landmarks:
            xy[:, landmark] = joints[name]
    across = np.array([np.cos(np.deg2rad(turned_deg)), 0.0, np.sin(np.deg2rad(turned_deg))])
    world = np.zeros((count, 33, 3))
    for left, half in ((Landmark.LEFT_HIP, 0.1), (Landmark.LEFT_SHOULDER, 0.18)):
        world[:, left], world[:, left + 1] = half * across, -half * across
    return PoseTrack(
        time_s=time_s,
        width_px=SIZE_PX,
        height_px=SIZE_PX,
        xy_px=xy,
        depth_px=np.zeros((count, 33)),
        visibility=np.ones((count, 33)),
        presence=np.ones(count),
        world_m=world,
        silhouettes=_drawn(joints) if drawn else None,
        other_people=np.zeros(count),
        engine="synthetic",
        weights_sha256="0" * 64,
    )


_LANDMARKS: dict[str, tuple[Landmark, ...]] = {
    "nose": tuple(Landmark(i) for i in (*range(7), 9, 10)),
    "ear": (Landmark.LEFT_EAR, Landmark.RIGHT_EAR),
    "shoulder": (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    "elbow": (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW),
    "wrist": (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST),
    "hand": tuple(Landmark(i) for i in range(17, 23)),
    "hip": (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    "knee": (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    "ankle": (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
    "heel": (Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL),
    "toe": (Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX),
}


def _joints(lean_rad: Floats, knee_rad: Floats) -> dict[str, Floats]:
    def along(angle_rad: Floats, length_px: float) -> Floats:
        step: Floats = length_px * np.stack([np.sin(angle_rad), -np.cos(angle_rad)], axis=1)
        return step

    still = np.zeros_like(lean_rad)
    ankle = HIP + np.array([0.0, THIGH_PX + SHANK_PX]) + np.zeros((lean_rad.size, 2))
    knee = ankle + along(0.5 * knee_rad, SHANK_PX)
    hip = knee + along(-0.5 * knee_rad, THIGH_PX)
    shoulder = hip + along(lean_rad, TRUNK_PX)
    ear = shoulder + along(lean_rad, HEAD_PX)
    wrist = shoulder - along(still, ARM_PX) + np.array([12.0, 0.0])
    return {
        "hip": hip,
        "knee": knee,
        "ankle": ankle,
        "heel": ankle + np.array([-15.0, 20.0]),
        "toe": ankle + np.array([45.0, 20.0]),
        "shoulder": shoulder,
        "ear": ear,
        "nose": ear + np.array([22.0, 5.0]),
        "elbow": shoulder - along(still, 0.5 * ARM_PX) + np.array([12.0, 0.0]),
        "wrist": wrist,
        "hand": wrist + np.array([0.0, HAND_PX]),
    }


_BONES = (
    ("hip", "shoulder", 34.0),
    ("shoulder", "ear", 20.0),
    ("hip", "knee", 30.0),
    ("knee", "ankle", 22.0),
    ("heel", "toe", 5.0),
    ("shoulder", "wrist", 12.0),
    ("wrist", "hand", 8.0),
)


def _drawn(joints: dict[str, Floats]) -> Silhouettes:
    """Return silhouettes of round-ended limbs; the edge is where the distance is the radius."""
    count = joints["hip"].shape[0]
    affine = np.array([[_SCALE, 0.0, 0.0], [0.0, _SCALE, 0.0]])
    y, x = np.mgrid[0:_CROP_PX, 0:_CROP_PX].astype(np.float64) * _SCALE
    logits = np.empty((count, _CROP_PX, _CROP_PX), dtype=np.int8)
    previous: tuple[bytes, int] | None = None
    for frame in range(count):
        key = b"".join(path[frame].tobytes() for path in joints.values())
        if previous is not None and previous[0] == key:
            logits[frame] = logits[previous[1]]
            continue
        previous = (key, frame)
        depth = 30.0 - np.hypot(x - joints["ear"][frame, 0], y - joints["ear"][frame, 1])
        for low, high, radius in _BONES:
            depth = np.maximum(
                depth, radius - _distance((x, y), joints[low][frame], joints[high][frame])
            )
        logits[frame] = np.clip(depth / _SCALE * 3.0, -8.0, 8.0) * Silhouettes.LOGIT_SCALE
    return Silhouettes(
        frame_index=np.arange(count),
        logits_q=logits,
        crop_to_frame=np.broadcast_to(affine, (count, 2, 3)).copy(),
    )


def _distance(grid: tuple[Floats, Floats], low: Floats, high: Floats) -> Floats:
    span = high - low
    share = ((grid[0] - low[0]) * span[0] + (grid[1] - low[1]) * span[1]) / float(span @ span)
    share = np.clip(share, 0.0, 1.0)
    away: Floats = np.hypot(grid[0] - low[0] - share * span[0], grid[1] - low[1] - share * span[1])
    return away
