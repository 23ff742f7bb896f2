"""Which circle goes with the hands: the votes of all edges of a film, collected about the hands.

Every edge pixel votes, along its gradient, for the centres of circles it may lie on (Duda & Hart
1972; the gradient form is Kimme, Ballard & Sklansky 1975). Votes are not collected in picture
coordinates but about the place where the hands would carry the load: a thing that moves with the
hands piles up in one cell, and plates that stand around are smeared out. Sideways squeezed circles
(a view that is not exactly sideways) are circles again after x is stretched, so a few axis ratios
are tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.load.collect import LoadFrames, Snapshot
from primemover.model.arrays import Floats

__all__ = ["Carried", "Search", "candidates"]

_SHRINK: Final = 2  # the vote runs at half the kept resolution; the rim is refined later
_STEEP: Final = 0.80  # edges are steeper than this quantile of the picture; engineering default
_STEEPEST: Final = 12.0  # and than this Sobel response: flat walls have no edges
_GROWTH: Final = 1.06  # from one radius to the next; the votes' blur covers half of it
_WRIST_NOISE: Final = 0.03  # of the body's height: how far wrists stray about the bar
_NEAREST: Final = 1.6  # magnification of a load very near to the camera
_SAME_PLACE: Final = 0.04  # of the body's height: nearer candidates are one
_SAME_SIZE: Final = 0.15  # relative


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for. Lengths in standing body heights.

    Attributes
    ----------
    radius_range : smallest and largest vertical half axis in the picture
    ratios : axis ratios (horizontal / vertical) to try
    reach : the centre lies within this distance of the hands: (sideways, above, below)
    plane_radius : vertical half axis that the thing would have in the body's own plane; nearer
        things look larger and move further in the picture, by the same factor
    """

    radius_range: tuple[float, float]
    ratios: tuple[float, ...]
    reach: tuple[float, float, float]
    plane_radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An ellipse that goes with the hands; picture pixels.

    Attributes
    ----------
    anchor_px : (2,) array, the wrists' median place
    offset_px : (2,) array, from there to the centre while the wrists are there
    axes_px : (2,) array, half axes (horizontal, vertical)
    magnification : how many pixels it moves for one pixel of the wrists, >= 1
    evidence : votes above clutter, in units of the clutter's spread (arbitrary but comparable)
    """

    anchor_px: Floats
    offset_px: Floats
    axes_px: Floats
    magnification: float
    evidence: float

    def expected_px(self, wrist_px: Floats) -> Floats:
        """Return where the centre should be for wrists (..., 2)."""
        moved = self.magnification * (wrist_px - self.anchor_px)
        expected: Floats = self.anchor_px + self.offset_px + moved
        return expected


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Cells of possible centres about the place where the hands would carry the load."""

    anchor_px: Floats
    corner_px: Floats
    cell_px: float
    shape: tuple[int, int]
    blur: NDArray[np.uint8]


def candidates(
    frames: LoadFrames,
    sampled: NDArray[np.int64],
    wrist_px: Floats,
    height_px: float,
    search: Search,
) -> list[Carried]:
    """Return the ellipses that move with the hands, best first, at most one per place and size.

    Parameters
    ----------
    frames
        The kept pictures.
    sampled
        Frames to look at; spread them over the heights of the hands.
    wrist_px
        (T, 2) wrists, finite in the sampled frames.
    height_px
        The person's standing height in picture pixels.
    search
        What is looked for.
    """
    grid = _grid(frames.snapshot(int(sampled[0])), wrist_px[sampled], height_px, search.reach)
    count = int(np.log(search.radius_range[1] / search.radius_range[0]) / np.log(_GROWTH)) + 1
    growth = _GROWTH ** np.arange(count, dtype=np.float64)
    radii: Floats = search.radius_range[0] * height_px * growth
    lens = np.clip(radii / (search.plane_radius * height_px), 1.0, _NEAREST)
    total = np.zeros((len(search.ratios), count, *grid.shape))
    for index in sampled:
        edges, direction = _edges(frames.snapshot(int(index)))
        edges -= (grid.anchor_px + grid.corner_px).astype(np.float32)[:, None]
        edges /= np.float32(grid.cell_px)
        carried = ((wrist_px[index] - grid.anchor_px) / grid.cell_px).astype(np.float32)[:, None]
        for i, ratio in enumerate(search.ratios):
            squeeze = np.array([[ratio], [1.0]], dtype=np.float32)
            step = direction * squeeze
            step *= squeeze / np.hypot(step[0], step[1])
            for j, radius in enumerate(radii / grid.cell_px):
                base = edges - np.float32(lens[j]) * carried + np.float32(0.5)
                votes = _votes(base, step * np.float32(radius), grid)
                total[i, j] += votes / np.float32(np.pi * radius * (1.0 + ratio))
    return _best(total / len(sampled), grid, search, radii, lens, height_px)


def _grid(
    snapshot: Snapshot, wrists: Floats, height_px: float, reach: tuple[float, float, float]
) -> _Grid:
    cell = _SHRINK / float(snapshot.zoom.mean())
    sideways, above, below = (r * height_px for r in reach)
    blur = 2 * int(_WRIST_NOISE * height_px / cell) + 1
    return _Grid(
        anchor_px=np.median(wrists, axis=0),
        corner_px=np.array([-sideways, -above]),
        cell_px=cell,
        shape=(int((above + below) / cell) + 1, int(2.0 * sideways / cell) + 1),
        blur=np.ones((blur, blur), dtype=np.uint8),
    )


def _edges(snapshot: Snapshot) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return places (picture pixels) and unit gradients of the edge pixels, (2, N) each."""
    small = cv2.GaussianBlur(snapshot.grey, (0, 0), 0.5 * _SHRINK)[::_SHRINK, ::_SHRINK]
    gx = cv2.Sobel(small, cv2.CV_16S, 1, 0)
    gy = cv2.Sobel(small, cv2.CV_16S, 0, 1)
    steep = np.hypot(gx[::2, ::2], gy[::2, ::2], dtype=np.float32)
    limit = max(float(np.quantile(steep, _STEEP)), _STEEPEST)
    row, column = np.nonzero(cv2.Canny(gx, gy, 0.5 * limit, limit, L2gradient=True))
    gradient = np.stack([gx[row, column], gy[row, column]]).astype(np.float32)
    gradient /= np.maximum(np.hypot(gradient[0], gradient[1]), 1.0)
    places = snapshot.to_picture(_SHRINK * np.stack([column, row], axis=1).astype(np.float64))
    return np.ascontiguousarray(places.T, dtype=np.float32), gradient


def _votes(
    base: NDArray[np.float32], step: NDArray[np.float32], grid: _Grid
) -> NDArray[np.float32]:
    """Return the votes for each cell, spread by the wrists' noise, at most the best of them."""
    rows, columns = grid.shape
    x = np.concatenate([base[0] + step[0], base[0] - step[0]]).astype(np.int32)
    y = np.concatenate([base[1] + step[1], base[1] - step[1]]).astype(np.int32)
    # One comparison each: negative numbers are huge when read as unsigned.
    inside = (x.view(np.uint32) < columns) & (y.view(np.uint32) < rows)
    flat = (y * columns + x)[inside]
    count = np.bincount(flat, minlength=rows * columns).reshape(rows, columns)
    near = cv2.boxFilter(count.astype(np.float32), -1, (3, 3), normalize=False)
    spread: NDArray[np.float32] = cv2.dilate(near, grid.blur)
    return spread


def _best(
    share: Floats,
    grid: _Grid,
    search: Search,
    radii: Floats,
    lens: Floats,
    height_px: float,
) -> list[Carried]:
    """Return the peaks of all layers, best first, without near copies of better ones."""
    found: list[Carried] = []
    for i, ratio in enumerate(search.ratios):
        for j, radius in enumerate(radii):
            layer = share[i, j]
            row, column = np.unravel_index(int(np.argmax(layer)), grid.shape)
            clutter = max(float(np.median(layer)), 1e-6)
            # A count of n = share x perimeter pixels of clutter varies by sqrt(n).
            spread = np.sqrt(clutter / (radius * (1.0 + ratio) / height_px))
            found.append(
                Carried(
                    anchor_px=grid.anchor_px,
                    offset_px=grid.corner_px + grid.cell_px * np.array([column, row]),
                    axes_px=np.array([radius * ratio, radius]),
                    magnification=float(lens[j]),
                    evidence=float((layer[row, column] - clutter) / spread),
                )
            )
    kept: list[Carried] = []
    for one in sorted(found, key=lambda c: -c.evidence):
        if not any(_same(one, other, height_px) for other in kept):
            kept.append(one)
    return kept


def _same(one: Carried, other: Carried, height_px: float) -> bool:
    apart = float(np.hypot(*(one.offset_px - other.offset_px)))
    size = abs(float(one.axes_px[1] / other.axes_px[1]) - 1.0)
    return apart < _SAME_PLACE * height_px and size < _SAME_SIZE
