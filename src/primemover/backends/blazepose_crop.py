"""Cut a turned region out of a picture, and read the landmark network's answer.

Conventions (where MediaPipe puts the crop's corner, the border, the 7 x 7 window) follow
MediaPipe's pose landmark graph; docs/pose-agreement.md says how closely the results agree.
"""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.backends.blazepose_detector import body_region
from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import LANDMARK_COUNT, PoseFrame
from primemover.model.region import CROP_SIDE, Region, Sighting

__all__ = ["HEATMAP_SIDE", "crop", "read_landmarks", "refine"]

HEATMAP_SIDE: Final = 64
_POINTS: Final = 39  # 33 landmarks and 6 auxiliary ones
_HIP, _RIM = 33, 34  # auxiliary points that define the next region
_WINDOW: Final = 3  # cells on either side of the landmark: MediaPipe's 7 x 7 kernel
_MIN_PEAK: Final = 0.5  # MediaPipe: below this the heat map is not trusted
_MIN_SHRINK: Final = 2  # from this factor on plain bilinear sampling would alias


def crop(picture: Pixels, region: Region) -> NDArray[np.float32]:
    """Return the region as a (1, 256, 256, 3) float32 array in 0-1.

    Shrinks by a whole factor with an area filter first where the region is more than twice the
    crop (noise would alias otherwise), then turns and scales bilinearly. Beyond the picture's
    edge the edge repeats.
    """
    matrix = region.crop_to_frame()
    shrink = int(region.side_px / CROP_SIDE)
    if shrink >= _MIN_SHRINK:
        patch, corner = _shrunk(picture, matrix, shrink)
        # pixel i of the patch is the mean of picture pixels corner + k i ... corner + k i + k - 1
        matrix[:, 2] -= corner + (shrink - 1) / 2.0
        matrix /= shrink
    else:
        patch = picture
    flat = cv2.warpAffine(
        patch,
        matrix,
        (CROP_SIDE, CROP_SIDE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    scaled: NDArray[np.float32] = flat.astype(np.float32) * np.float32(1.0 / 255.0)
    return scaled[np.newaxis]


def read_landmarks(outputs: dict[str, NDArray[np.float32]], region: Region) -> Sighting:
    """Turn the landmark network's raw outputs for one region into a sighting.

    Parameters
    ----------
    outputs
        ``points`` (39, 5), ``presence`` (), ``silhouette`` (256, 256), ``heat`` (64, 64, 39)
        and ``world`` (39, 3), as the network gave them.
    """
    points = outputs["points"].astype(np.float64)
    crop_xy = refine(points[:, :2], outputs["heat"])
    matrix = region.crop_to_frame()
    xy_px = crop_xy @ matrix[:, :2].T + matrix[:, 2]
    pose = PoseFrame(
        xy_px=xy_px[:LANDMARK_COUNT],
        depth_px=points[:LANDMARK_COUNT, 2] * (region.side_px / CROP_SIDE),
        visibility=_sigmoid(points[:LANDMARK_COUNT, 3]),
        presence=float(outputs["presence"]),
        world_m=_upright(outputs["world"].astype(np.float64)[:LANDMARK_COUNT], region.angle_rad),
        silhouette_logits=outputs["silhouette"],
        crop_to_frame=matrix,
    )
    return Sighting(pose=pose, next_region=body_region(xy_px[_HIP], xy_px[_RIM]))


def refine(crop_xy: Floats, heat: NDArray[np.float32]) -> Floats:
    """Move landmarks to the centre of mass of their heat maps near them.

    Parameters
    ----------
    crop_xy
        (39, 2) landmarks in crop pixels.
    heat
        (64, 64, 39) heat-map logits.

    Returns
    -------
    (39, 2) refined landmarks; one stays where it was if it lies outside the crop or if its heat
    map peaks below 0.5 in the 7 x 7 window around it.
    """
    cell = np.floor(crop_xy * (HEATMAP_SIDE / CROP_SIDE)).astype(np.int64)
    inside = np.all((cell >= 0) & (cell < HEATMAP_SIDE), axis=1)
    steps = np.arange(-_WINDOW, _WINDOW + 1)
    rows = cell[:, 1, np.newaxis] + steps  # (39, 7)
    columns = cell[:, 0, np.newaxis] + steps
    on_map = ((rows >= 0) & (rows < HEATMAP_SIDE))[:, :, np.newaxis] & (
        (columns >= 0) & (columns < HEATMAP_SIDE)
    )[:, np.newaxis, :]
    values = heat[
        np.clip(rows, 0, HEATMAP_SIDE - 1)[:, :, np.newaxis],
        np.clip(columns, 0, HEATMAP_SIDE - 1)[:, np.newaxis, :],
        np.arange(len(cell))[:, np.newaxis, np.newaxis],
    ].astype(np.float64)
    weight = np.where(on_map, _sigmoid(values), 0.0)
    total = np.maximum(weight.sum(axis=(1, 2)), np.finfo(np.float64).tiny)
    centre = np.stack(
        [
            (weight * columns[:, np.newaxis, :]).sum(axis=(1, 2)) / total,
            (weight * rows[:, :, np.newaxis]).sum(axis=(1, 2)) / total,
        ],
        axis=1,
    )
    trusted = inside & (weight.max(axis=(1, 2)) >= _MIN_PEAK)
    return np.where(trusted[:, np.newaxis], centre * (CROP_SIDE / HEATMAP_SIDE), crop_xy)


def _shrunk(picture: Pixels, matrix: Floats, factor: int) -> tuple[Pixels, Floats]:
    """Return the region's bounding box shrunk by a whole factor, and its corner in the picture."""
    height, width = picture.shape[:2]
    rim = np.array([[0.0, 0.0], [0.0, CROP_SIDE], [CROP_SIDE, 0.0], [CROP_SIDE, CROP_SIDE]])
    corners = rim @ matrix[:, :2].T + matrix[:, 2]
    low = np.clip(np.floor(corners.min(axis=0)).astype(int) - factor, 0, [width - 1, height - 1])
    high = np.clip(np.ceil(corners.max(axis=0)).astype(int) + factor, low + 1, [width, height])
    # whole cells only; a rest of less than one cell at the far edge is repeated border
    size = np.maximum((high - low) // factor, 1)
    high = np.minimum(low + size * factor, [width, height])
    box = picture[low[1] : high[1], low[0] : high[0]]
    small = cv2.resize(box, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA)
    return small, low.astype(np.float64)


def _upright(world_m: Floats, angle_rad: float) -> Floats:
    """Turn world x, y from the crop's axes into the picture's."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    turned = world_m.copy()
    turned[:, 0] = cosine * world_m[:, 0] - sine * world_m[:, 1]
    turned[:, 1] = sine * world_m[:, 0] + cosine * world_m[:, 1]
    return turned


def _sigmoid(values: Floats) -> Floats:
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(values, -100.0, 100.0)))
    return result
