"""Straight edges of the room behind the person, from a few pictures spread over a film.

The decoding loop hands every picture to a `RoomEdges`, which searches a few of them: the camera
stands still, so a few show the room as well as all do.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from primemover.model.arrays import Floats, Mask, Pixels

__all__ = ["RoomEdges", "straight_edges"]

# Engineering defaults, looked at on the development clips.
_PICTURES: Final = 7  # searched in a film
_LONG_SIDE_PX: Final = 960.0  # pictures are shrunk to this: finer edges are noise and grass
_SHORTEST: Final = 0.06  # of the long side; plates and faces have no longer straight edge
_MARGIN: Final = 0.10  # of the person's extent round the landmarks: hair, clothes, hands
_FEW_POINTS: Final = 9  # along an edge, asked whether they lie on the person


class RoomEdges:
    """Collects straight edges, one `add` per decoded picture.

    Parameters
    ----------
    frame_count
        Of the film; the pictures that are searched are spread over it.
    """

    def __init__(self, frame_count: int) -> None:
        spread = np.linspace(0.0, max(frame_count - 1, 0), _PICTURES + 2)[1:-1]
        self._wanted = frozenset(int(index) for index in spread)
        self._found: list[Floats] = []

    def add(self, frame_index: int, rgb: Pixels, xy_px: Floats | None = None) -> None:
        """Search one picture, if it is one of those that are wanted.

        Parameters
        ----------
        frame_index
            Of the recording.
        rgb
            (h, w, 3) upright picture.
        xy_px
            (33, 2) landmarks of the person in it, None when nobody was found.
        """
        if frame_index in self._wanted:
            self.search(rgb, xy_px)

    def search(self, rgb: Pixels, xy_px: Floats | None = None) -> None:
        """Search a picture, see `add`."""
        edges = straight_edges(rgb)
        if xy_px is not None and bool(np.isfinite(xy_px).all()):
            edges = edges[~_on_person(edges, xy_px, rgb.shape)]
        self._found.append(edges)

    @property
    def pictures(self) -> tuple[Floats, ...]:
        """(N, 2, 2) ends of the edges in each searched picture, see `straight_edges`."""
        return tuple(self._found)


def straight_edges(rgb: Pixels) -> Floats:
    """Return the ends of straight edges, (N, 2, 2).

    From the picture's middle, x right, y DOWN, in units of the picture's long side, so that
    resolution drops out. Segments by Grompone von Gioi et al. 2010 (LSD), those of at least 6 % of
    the long side.
    """
    height, width = rgb.shape[:2]
    long_px = float(max(height, width))
    zoom = min(1.0, _LONG_SIDE_PX / long_px)
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if zoom < 1.0:
        size = (round(width * zoom), round(height * zoom))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_ADV).detect(grey)[0]
    if found is None:
        return np.empty((0, 2, 2))
    middle = 0.5 * np.array([grey.shape[1] - 1.0, grey.shape[0] - 1.0])
    ends = (np.asarray(found, dtype=np.float64).reshape(-1, 2, 2) - middle) / max(grey.shape)
    long_enough = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1) >= _SHORTEST
    edges: Floats = ends[long_enough]
    return edges


def _on_person(edges: Floats, xy_px: Floats, shape: tuple[int, ...]) -> Mask:
    """Return which edges touch the landmarks' hull or its surroundings, (N,)."""
    height, width = shape[:2]
    long_px = float(max(height, width))
    middle = 0.5 * np.array([width - 1.0, height - 1.0])
    hull = cv2.convexHull(((xy_px - middle) / long_px).astype(np.float32))
    margin = _MARGIN * float(np.ptp(xy_px, axis=0).max()) / long_px
    along = np.linspace(0.0, 1.0, _FEW_POINTS)[:, None]
    touches = np.zeros(len(edges), dtype=bool)
    for row, (start, end) in enumerate(edges):
        points = [(float(x), float(y)) for x, y in start + along * (end - start)]
        inside = [cv2.pointPolygonTest(hull, point, measureDist=True) for point in points]
        touches[row] = max(inside) > -margin
    return touches
