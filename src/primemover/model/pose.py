"""Landmarks and silhouettes of one person through a film."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats, Mask

__all__ = ["LANDMARK_COUNT", "Landmark", "PoseFrame", "PoseTrack", "Silhouettes"]

LANDMARK_COUNT = 33


class Landmark(IntEnum):
    """The 33 landmarks of BlazePose, in its order (Bazarevsky et al. 2020)."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseFrame:
    """What a pose backend says about one person in one picture.

    Attributes
    ----------
    xy_px : (33, 2) array, upright picture, x right, y DOWN, origin at the top left corner
    depth_px : (33,) array, towards the camera negative, same scale as x (weak; hints only)
    visibility : (33,) array in 0-1
    presence : probability that the region holds a person
    world_m : (33, 3) array, metres about the mid-hip, x right, y DOWN, z away from the camera
    silhouette_logits : (256, 256) float32 array of the crop, > 0 is person, or None
    crop_to_frame : (2, 3) affine from crop pixel (x, y, 1) to picture pixels
    """

    xy_px: Floats
    depth_px: Floats
    visibility: Floats
    presence: float
    world_m: Floats
    silhouette_logits: NDArray[np.float32] | None
    crop_to_frame: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Silhouettes:
    """Raw silhouettes of some frames of a film, quantised to a byte.

    Attributes
    ----------
    frame_index : (S,) int array, which frame of the track each row belongs to, increasing
    logits_q : (S, 256, 256) int8 array; logit = logits_q / LOGIT_SCALE
    crop_to_frame : (S, 2, 3) array, crop pixel (x, y, 1) -> picture pixel
    """

    LOGIT_SCALE: ClassVar[float] = 15.875

    frame_index: NDArray[np.int64]
    logits_q: NDArray[np.int8]
    crop_to_frame: Floats

    def logits(self, row: int) -> Floats:
        """Return the silhouette logits of one row, (256, 256), > 0 inside the person."""
        scaled: Floats = self.logits_q[row].astype(np.float64) / self.LOGIT_SCALE
        return scaled


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseTrack:
    """One person through a film.

    Attributes
    ----------
    time_s : (T,) array
    width_px, height_px : size of the upright picture
    xy_px : (T, 33, 2) array, x right, y DOWN; NaN where the person was not found
    depth_px : (T, 33) array
    visibility : (T, 33) array in 0-1, 0 where not found
    presence : (T,) array in 0-1, 0 where not found
    world_m : (T, 33, 3) array, see `PoseFrame.world_m`
    silhouettes : of all or some frames, or None
    other_people : (T,) array, how many further people the detector saw when it looked;
        NaN where it did not look
    engine : name and version of the backend, e.g. ``"blazepose-heavy/openvino-2026.4.1"``
    weights_sha256 : of the network file
    """

    time_s: Floats
    width_px: int
    height_px: int
    xy_px: Floats
    depth_px: Floats
    visibility: Floats
    presence: Floats
    world_m: Floats
    silhouettes: Silhouettes | None
    other_people: Floats
    engine: str
    weights_sha256: str

    @property
    def found(self) -> Mask:
        """(T,) whether the person was found in each frame."""
        return np.isfinite(self.xy_px[:, 0, 0])

    def joint_px(self, landmark: Landmark) -> Floats:
        """Return one landmark's path, (T, 2)."""
        return self.xy_px[:, landmark]

    def midpoint_px(self, left: Landmark, right: Landmark) -> Floats:
        """Return the path of the point half-way between two landmarks, (T, 2)."""
        return 0.5 * (self.xy_px[:, left] + self.xy_px[:, right])
