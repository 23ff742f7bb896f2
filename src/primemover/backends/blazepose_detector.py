"""BlazePose's person detector: picture in, candidate people out.

The network is Google's ``pose_detector.tflite`` (Bazarevsky et al. 2020, "BlazePose: On-device
Real-time Body Pose tracking"). Its anchors, scales and thresholds are those of MediaPipe's pose
detection graph, confirmed against MediaPipe's own output (docs/pose-agreement.md).
"""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats, Pixels
from primemover.model.region import PersonBox, Region

__all__ = ["DETECTOR_SIDE", "anchors", "decode_people", "letterbox"]

DETECTOR_SIDE: Final = 224
_GRIDS: Final = ((28, 2), (14, 2), (7, 6))  # cells per side, anchors per cell
_MIN_SCORE: Final = 0.5  # MediaPipe pose detection graph
_OVERLAP: Final = 0.3  # MediaPipe: boxes that share this much (IoU) are one person
_MARGIN: Final = 1.25  # MediaPipe: region is this much larger than the body's circle
_SCORE_CLIP: Final = 100.0  # MediaPipe: logits are clipped here before the sigmoid
_BOX, _HIP, _RIM = slice(0, 4), slice(4, 6), slice(6, 8)  # columns of the network's output


def anchors() -> Floats:
    """Return the (2254, 2) cell centres (x, y) in 0-1, in the network's order."""
    grids = []
    for cells, repeats in _GRIDS:
        centre = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(centre, centre, indexing="ij")
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), repeats, axis=0))
    return np.concatenate(grids)


def letterbox(picture: Pixels) -> tuple[NDArray[np.float32], float, Floats]:
    """Fit a picture into the detector's square, black around it.

    Returns
    -------
    (1, 224, 224, 3) float32 array in -1..1, the scale (square pixels per picture pixel) and the
    (2,) offset of the picture's corner in the square.
    """
    height, width = picture.shape[:2]
    scale = DETECTOR_SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    left, top = (DETECTOR_SIDE - size[0]) // 2, (DETECTOR_SIDE - size[1]) // 2
    square = np.full((1, DETECTOR_SIDE, DETECTOR_SIDE, 3), -1.0, dtype=np.float32)
    square[0, top : top + size[1], left : left + size[0]] = small / np.float32(127.5) - 1.0
    return square, scale, np.array([left, top], dtype=np.float64)


def decode_people(
    boxes: NDArray[np.float32], logits: NDArray[np.float32], *, scale: float, offset: Floats
) -> tuple[PersonBox, ...]:
    """Turn the detector's raw output into people, most certain first.

    Parameters
    ----------
    boxes
        (2254, 12): box centre, box size and four key points, relative to the anchors.
    logits
        (2254,) person scores before the sigmoid.
    scale, offset
        As `letterbox` returned them.
    """
    score = 1.0 / (1.0 + np.exp(-np.clip(logits, -_SCORE_CLIP, _SCORE_CLIP).astype(np.float64)))
    keep = np.flatnonzero(score >= _MIN_SCORE)
    keep = keep[np.argsort(-score[keep], kind="stable")]
    raw = boxes[keep].astype(np.float64) / DETECTOR_SIDE
    raw[:, :2] += _ANCHORS[keep]
    for first in range(4, 12, 2):
        raw[:, first : first + 2] += _ANCHORS[keep]
    people = []
    for merged, best in _merge(raw, score[keep]):
        hip = (merged[_HIP] * DETECTOR_SIDE - offset) / scale
        rim = (merged[_RIM] * DETECTOR_SIDE - offset) / scale
        people.append(PersonBox(region=body_region(hip, rim), score=best))
    return tuple(people)


def body_region(hip_px: Floats, rim_px: Floats) -> Region:
    """Return the region of a body from its mid-hip and a point on the circle round it."""
    step = rim_px - hip_px
    return Region(
        x_px=float(hip_px[0]),
        y_px=float(hip_px[1]),
        side_px=2.0 * _MARGIN * float(np.hypot(step[0], step[1])),
        angle_rad=math.atan2(float(step[0]), -float(step[1])),
    )


def _merge(raw: Floats, score: Floats) -> list[tuple[Floats, float]]:
    """Average overlapping boxes weighted by score (MediaPipe's weighted suppression)."""
    merged = []
    left = np.arange(len(raw))
    while left.size:
        overlap = _iou(raw[left[0], _BOX], raw[left, :4])
        same = left[overlap > _OVERLAP]
        same = same if same.size else left[:1]  # a degenerate box does not even overlap itself
        merged.append((np.average(raw[same], axis=0, weights=score[same]), float(score[left[0]])))
        left = np.setdiff1d(left, same, assume_unique=True)
    return merged


def _iou(box: Floats, others: Floats) -> Floats:
    """Intersection over union of one (centre, size) box with many."""
    low = np.maximum(box[:2] - box[2:] / 2, others[:, :2] - others[:, 2:] / 2)
    high = np.minimum(box[:2] + box[2:] / 2, others[:, :2] + others[:, 2:] / 2)
    shared = np.prod(np.clip(high - low, 0.0, None), axis=1)
    total = np.prod(box[2:]) + np.prod(others[:, 2:], axis=1) - shared
    overlap: Floats = shared / np.maximum(total, np.finfo(np.float64).tiny)
    return overlap


_ANCHORS: Final = anchors()
