"""What the search for the load knows of the person: hands, size, feet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.cleaned import CleanPose
from primemover.model.pose import Landmark, PoseTrack

__all__ = ["Body", "body_length_px", "body_of"]

# Hip-shoulder, hip-knee and knee-ankle as parts of the stature: Drillis & Contini 1966.
_CHAIN: Final = 0.288 + 0.245 + 0.246
_SEEN: Final = 0.5  # visibility below which a wrist is the network's guess; engineering default
_TALLEST: Final = 0.9  # quantile over the film: bending and hidden ankles only shorten the chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The person as the load sees them.

    Attributes
    ----------
    wrist_px : (T, 2) array, the wrists' midpoint, or the one that is seen; NaN = unknown
    hand_px : (T, 2) array, the same for the knuckles (index and little finger)
    shoulder_px : (T, 2) array, the same for the shoulders
    height_px : the standing height that the segments' lengths imply, NaN unknown
    floor_y_px : median height of the ankles, heels and toes, y DOWN, NaN unknown
    """

    wrist_px: Floats
    hand_px: Floats
    shoulder_px: Floats
    height_px: float
    floor_y_px: float


def body_length_px(xy_px: Floats) -> float:
    """Return the standing height in pixels that landmarks (33, 2) imply.

    The trunk, thigh and shank are summed between left-right midpoints, which bending in the
    plane of the picture does not change, and divided by their share of the stature (0.779).
    """
    points = [
        0.5 * (xy_px[left] + xy_px[left + 1])
        for left in (
            Landmark.LEFT_SHOULDER,
            Landmark.LEFT_HIP,
            Landmark.LEFT_KNEE,
            Landmark.LEFT_ANKLE,
        )
    ]
    chain = sum(float(np.hypot(*(b - a))) for a, b in pairwise(points))
    return chain / _CHAIN


def body_of(pose: CleanPose | PoseTrack) -> Body:
    """Return the hands, size and feet of a tracked person."""
    track = pose.raw if isinstance(pose, CleanPose) else pose
    found = np.flatnonzero(track.found)
    heights = [body_length_px(track.xy_px[i]) for i in found]
    feet = track.xy_px[found, Landmark.LEFT_ANKLE : Landmark.RIGHT_FOOT_INDEX + 1, 1]
    left = (Landmark.LEFT_PINKY, Landmark.LEFT_INDEX)
    right = (Landmark.RIGHT_PINKY, Landmark.RIGHT_INDEX)
    return Body(
        wrist_px=_both(track, (Landmark.LEFT_WRIST,), (Landmark.RIGHT_WRIST,)),
        hand_px=_both(track, left, right),
        shoulder_px=_both(track, (Landmark.LEFT_SHOULDER,), (Landmark.RIGHT_SHOULDER,)),
        height_px=float(np.quantile(heights, _TALLEST)) if heights else np.nan,
        floor_y_px=float(np.median(feet)) if found.size else np.nan,
    )


def _both(track: PoseTrack, left: tuple[Landmark, ...], right: tuple[Landmark, ...]) -> Floats:
    """Return the midpoint of two sides, weighing each by how well it is seen."""
    sides = []
    for landmarks in (left, right):
        xy = track.xy_px[:, list(landmarks)].mean(axis=1)
        seen = track.visibility[:, list(landmarks)].mean(axis=1)
        sides.append((xy, np.where(seen >= _SEEN, 1.0, 0.0)))
    (a, weight_a), (b, weight_b) = sides
    total = weight_a + weight_b
    neither = total == 0.0
    weight_a, weight_b = weight_a + neither, weight_b + neither
    middle: Floats = (weight_a[:, None] * a + weight_b[:, None] * b) / (weight_a + weight_b)[
        :, None
    ]
    return middle
