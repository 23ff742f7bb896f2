"""Silhouettes in few bytes, the outline exactly the same.

The product reads where the logits, interpolated between pixels, pass zero. So only the pixels near
that line keep their value; of all others the sign is enough. (Coarser values save a fifth more, but
rays that change their mind then move single frames by a degree.)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Mask, frozen
from primemover.model.pose import Silhouettes

__all__ = ["packed", "signs_only", "unpacked"]

Arrays = dict[str, NDArray[Any]]

# Pixels either side of the outline that keep their value. A crossing is interpolated between two
# samples half a pixel apart, each between its four pixels: none is further away.
_REACH: Final = 2
_FAR: Final = 127  # what a pixel away from the outline becomes, with its own sign


def packed(seen: Silhouettes) -> Arrays:
    """Return the arrays that `unpacked` reads: all signs as bits, the values near the outline."""
    inside = seen.logits_q > 0
    return {
        "frame_index": seen.frame_index.astype(np.int32),
        "crop_to_frame": seen.crop_to_frame.astype(np.float32),
        "inside": np.packbits(inside, axis=2),
        "near": seen.logits_q[_band(inside)],
    }


def unpacked(kept: Arrays) -> Silhouettes:
    """Return silhouettes with the same outline as those that were `packed`."""
    inside = np.unpackbits(kept["inside"], axis=2).astype(bool)
    logits = np.where(inside, _FAR, -_FAR).astype(np.int8)
    logits[_band(inside)] = kept["near"]
    logits.setflags(write=False)
    return Silhouettes(
        frame_index=frozen(kept["frame_index"], np.int64),
        logits_q=logits,
        crop_to_frame=frozen(kept["crop_to_frame"]),
    )


def signs_only(seen: Silhouettes) -> Silhouettes:
    """Return the silhouettes without the fraction of a pixel, in a sixth of the bytes."""
    logits = np.where(seen.logits_q > 0, _FAR, -_FAR).astype(np.int8)
    logits.setflags(write=False)
    return replace(seen, logits_q=logits)


def _band(inside: Mask) -> Mask:
    """Return the pixels with both signs within `_REACH`, (S, H, W)."""
    around = np.ones((2 * _REACH + 1,) * 2, dtype=np.uint8)
    band = np.empty_like(inside)
    for row, picture in enumerate(inside.view(np.uint8)):
        band[row] = cv2.dilate(picture, around) != cv2.erode(picture, around)
    return band
