"""Small grey pictures round the person, kept while a film is decoded once for the pose engine.

The load is searched after the landmarks of the whole film are known. Decoding the film again
would cost more than the search, and keeping the film would fill the memory, so the decoding
loop hands every picture to a `LoadFrames`, which keeps a scaled grey crop of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.load.body import body_length_px
from primemover.model.arrays import Floats, Pixels

__all__ = ["LoadFrames", "Snapshot"]

_BODY_PX: Final = 384.0  # a standing person's height in a kept picture; engineering default
_MARGIN: Final = 0.30  # of the body's height on every side: a plate on the far foot still fits
_MAX_BYTES: Final = 256 * 2**20  # engineering default: about 1,200 pictures
_RESIZED: Final = 1.25  # the person came nearer or went away by this factor: choose a new scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A scaled grey part of one picture.

    Attributes
    ----------
    grey : (h, w) uint8 array
    origin_px : (2,) array, picture position of the crop's top left corner
    zoom : (2,) array, crop pixels per picture pixel along x and y, at most 1
    """

    grey: Pixels
    origin_px: Floats
    zoom: Floats

    def to_crop(self, xy_px: Floats) -> Floats:
        """Return picture positions, (..., 2), in pixels of the crop."""
        there: Floats = (xy_px - self.origin_px + 0.5) * self.zoom - 0.5
        return there

    def to_picture(self, xy: Floats) -> Floats:
        """Return crop positions, (..., 2), in pixels of the upright picture."""
        there: Floats = (xy + 0.5) / self.zoom + self.origin_px - 0.5
        return there


class LoadFrames:
    """Collects what the search for the load needs, one `add` per decoded picture.

    Parameters
    ----------
    max_bytes
        When the kept pictures outgrow this, every second one is dropped and from then on only
        every second picture is kept, and so on; the track is interpolated in between.
    """

    def __init__(self, *, max_bytes: int = _MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._kept: dict[int, Snapshot] = {}
        self._bytes = 0
        self._stride = 1
        self._zoom = 0.0
        self._box: NDArray[np.int64] | None = None
        self._size_px = (0, 0)

    def add(self, frame_index: int, rgb: Pixels, xy_px: Floats | None = None) -> None:
        """Keep one picture.

        Parameters
        ----------
        frame_index
            Of the recording, increasing.
        rgb
            (h, w, 3) upright picture.
        xy_px
            (33, 2) landmarks in this picture; None or NaN when nobody was found: the last place
            where the person was is kept then, and nothing before the first.
        """
        if frame_index % self._stride:
            return
        height, width = rgb.shape[:2]
        self._size_px = (width, height)
        if xy_px is not None and bool(np.isfinite(xy_px).all()):
            self._look_at(xy_px)
        if self._box is None:
            return
        snapshot = _cut(rgb, self._box, self._zoom)
        if snapshot is None:
            return
        self._kept[frame_index] = snapshot
        self._bytes += snapshot.grey.nbytes
        if self._bytes > self._max_bytes:
            self._thin_out()

    @property
    def indices(self) -> tuple[int, ...]:
        """The frames that were kept, increasing."""
        return tuple(self._kept)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        return self._size_px

    def snapshot(self, frame_index: int) -> Snapshot:
        """Return what was kept of a frame of `indices`."""
        return self._kept[frame_index]

    def _look_at(self, xy_px: Floats) -> None:
        body = body_length_px(xy_px)
        zoom = min(1.0, _BODY_PX / max(body, 1.0))
        # A bent body looks shorter by a few per cent: keep the scale unless it really changed.
        if not self._zoom or max(zoom / self._zoom, self._zoom / zoom) > _RESIZED:
            self._zoom = zoom
        margin = _MARGIN * max(body, _BODY_PX / self._zoom if self._zoom < 1.0 else body)
        low, high = xy_px.min(axis=0) - margin, xy_px.max(axis=0) + margin
        self._box = np.array([*np.floor(low), *np.ceil(high)], dtype=np.int64)

    def _thin_out(self) -> None:
        self._stride *= 2
        self._kept = {i: kept for i, kept in self._kept.items() if i % self._stride == 0}
        self._bytes = sum(kept.grey.nbytes for kept in self._kept.values())


def _cut(rgb: Pixels, box: NDArray[np.int64], zoom: float) -> Snapshot | None:
    height, width = rgb.shape[:2]
    x0, y0 = max(int(box[0]), 0), max(int(box[1]), 0)
    x1, y1 = min(int(box[2]), width), min(int(box[3]), height)
    if x1 - x0 < _SMALLEST_PX or y1 - y0 < _SMALLEST_PX:
        return None
    grey = cv2.cvtColor(rgb[y0:y1, x0:x1], cv2.COLOR_RGB2GRAY)
    size = (round((x1 - x0) * zoom), round((y1 - y0) * zoom))
    if zoom < 1.0:
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return Snapshot(
        grey=np.ascontiguousarray(grey),
        origin_px=np.array([x0, y0], dtype=np.float64),
        zoom=np.array([size[0] / (x1 - x0), size[1] / (y1 - y0)]),
    )


_SMALLEST_PX: Final = 16  # nothing can be found in a smaller part of a picture
