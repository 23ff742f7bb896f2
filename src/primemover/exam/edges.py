"""Tell from the silhouette whether the picture's upper or lower edge cuts the person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats
from primemover.model.pose import PoseTrack

__all__ = ["cut_share"]

_SAMPLES = 200  # places along the edge
_LEAST_WIDTH = 0.02  # of the person's region: less is a hair or a speck; engineering default
_INSET_PX = 1.5  # the outermost rows may hold the encoder's border


def cut_share(track: PoseTrack, *, top: bool) -> float:
    """Return the share of frames in which the silhouette is cut by an edge of the picture.

    A network that sees no head or feet draws them inside the picture all the same; the silhouette
    gives it away, because it fills the edge's pixels.

    Parameters
    ----------
    track
        With silhouettes; 0 without any.
    top
        The upper edge (head) or the lower one (feet).
    """
    found = track.silhouettes
    if found is None or not found.frame_index.size:
        return 0.0
    across = np.linspace(0.0, track.width_px - 1.0, _SAMPLES)
    row = _INSET_PX if top else track.height_px - 1.0 - _INSET_PX
    edge_px = np.stack([across, np.full(_SAMPLES, row)], axis=1)
    widths = [
        _width(logits, crop_to_frame, edge_px)
        for logits, crop_to_frame in zip(found.logits_q, found.crop_to_frame, strict=True)
    ]
    return float(np.mean(np.array(widths) > _LEAST_WIDTH))


def _width(logits: NDArray[np.int8], crop_to_frame: Floats, edge_px: Floats) -> float:
    """Return how much of the edge the silhouette fills, in sides of the person's region."""
    turned = np.linalg.inv(crop_to_frame[:, :2])
    at = np.rint((edge_px - crop_to_frame[:, 2]) @ turned.T).astype(np.int64)
    side = logits.shape[0]
    inside = ((at >= 0) & (at < side)).all(axis=1)
    filled = int((logits[at[inside, 1], at[inside, 0]] > 0).sum())
    step_px = edge_px[1, 0] - edge_px[0, 0]
    return float(filled * step_px / (np.linalg.norm(crop_to_frame[:, 0]) * side))
