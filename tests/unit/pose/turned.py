"""A person in space, turned from the camera: what a perfect network would see."""

import numpy as np

from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseTrack

FRAMES = 30
# Metres: ahead, up, outward of a standing person's left and right landmarks.
_BODY = {
    "EAR": (0.02, 1.62, 0.07),
    "SHOULDER": (0.0, 1.42, 0.17),
    "ELBOW": (-0.02, 1.12, 0.20),
    "WRIST": (0.03, 0.88, 0.20),
    "HIP": (0.0, 0.92, 0.14),
    "KNEE": (0.02, 0.50, 0.12),
    "ANKLE": (-0.01, 0.09, 0.11),
    "HEEL": (-0.06, 0.04, 0.11),
    "FOOT_INDEX": (0.17, 0.03, 0.14),
}
_NOSE = (0.13, 1.58, 0.0)


def filmed(
    yaw_deg: float,
    *,
    scale: float = 200.0,
    facing: int = 1,
    lean_deg: float = 0.0,
    roll_deg: float = 0.0,
) -> PoseTrack:
    """Return a person who faces the picture's right (+1) or left, the camera off the side.

    The camera is turned clockwise by the roll; the trunk leans forward.
    """
    yaw, lean = np.deg2rad(yaw_deg), np.deg2rad(lean_deg)
    xy = np.zeros((LANDMARK_COUNT, 2))
    world = np.zeros((LANDMARK_COUNT, 3))
    for landmark in Landmark:
        side = {"L": -1.0, "R": 1.0}.get(landmark.name[0], 0.0)
        name = landmark.name.removeprefix("LEFT_").removeprefix("RIGHT_")
        ahead, up, outward = _BODY.get(name, _NOSE)
        if up > _BODY["HIP"][1]:
            above = up - _BODY["HIP"][1]
            ahead, up = ahead + above * np.sin(lean), _BODY["HIP"][1] + above * np.cos(lean)
        right = side * (outward if name in _BODY else 0.0)
        # The camera stands at the right (facing +1) or left side, turned towards the front.
        near = right * facing
        across = facing * (ahead * np.cos(yaw) - near * np.sin(yaw))
        away = -(ahead * np.sin(yaw) + near * np.cos(yaw))
        xy[landmark] = (400.0 + scale * across, 500.0 - scale * up)
        world[landmark] = (across, -up, away)
    roll = np.deg2rad(roll_deg)
    turned = np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    middle = np.array([400.0, 300.0])
    xy = middle + (xy - middle) @ turned.T
    return PoseTrack(
        time_s=np.arange(FRAMES) / 30.0,
        width_px=800,
        height_px=600,
        xy_px=np.repeat(xy[None], FRAMES, axis=0),
        depth_px=np.zeros((FRAMES, LANDMARK_COUNT)),
        visibility=np.ones((FRAMES, LANDMARK_COUNT)),
        presence=np.ones(FRAMES),
        world_m=np.repeat(world[None], FRAMES, axis=0),
        silhouettes=None,
        other_people=np.zeros(FRAMES),
        engine="drawn",
        weights_sha256="",
    )
