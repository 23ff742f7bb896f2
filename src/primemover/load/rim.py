"""The rim of a round thing in one picture: sub-pixel edges on rays, and the ellipse through them.

The ellipse is axis-aligned: a disc in a vertical plane seen by a level camera keeps its vertical
axis, and the horizontal one shrinks with the cosine of the turn. Edges are looked for along the
normals of the expected ellipse only, so a fit costs a few thousand samples, not a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from primemover.model.arrays import Floats, Mask, Pixels

__all__ = ["SURE", "Profiles", "Rim", "ellipse_through", "profiles", "read_rim"]

_RAYS: Final = 72  # one every 5 deg; engineering default
_REACH: Final = 0.30  # of the vertical half axis: how far from the expected rim edges are taken
_SIGMA_PX: Final = 1.1  # of the derivative of a Gaussian along a ray (Canny 1986)
_CLEAR: Final = 2.2  # grey levels per pixel; weaker steps are noise of compressed film
_SNAP: Final = 0.035  # of the vertical half axis: an edge this close belongs to the rim
_SNAP_PX: Final = 1.0  # but at least this
_SIZES: Final = (-0.05, 0.0, 0.05)  # of the vertical half axis, tried while the centre is sought
_SIZE_TRUST: Final = 0.04  # one frame's axes may leave the clip's by about this share
SURE: Final = 0.60  # share of the rim from which no better place is looked for
_ROUNDS: Final = 3  # of reweighting; the edges settle in two or three
_DIRECTIONS: Final = np.arange(_RAYS) * (2.0 * np.pi / _RAYS)
_COS_SIN: Final = np.stack([np.cos(_DIRECTIONS), np.sin(_DIRECTIONS)], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """Edges along the normals of an expected ellipse.

    Attributes
    ----------
    centre, axes : (2,) arrays, the expected ellipse, crop pixels
    normal : (R, 2) array, outward unit normals
    peak : (R, K) bool array, where the brightness changes most along each ray
    shift : (R, K) array, sub-pixel place of each peak about its sample, pixels
    inside : (R,) bool array, whether the expected rim point lies in the crop
    """

    centre: Floats
    axes: Floats
    normal: Floats
    peak: Mask
    shift: Floats
    inside: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Rim:
    """An ellipse that was fitted to edges; crop pixels.

    Attributes
    ----------
    centre, axes : (2,) arrays, axes are half axes (horizontal, vertical)
    share : share of the rim that is an edge, less what clutter would give by chance, 0-1
    se_px : standard error of a coordinate of the centre
    """

    centre: Floats
    axes: Floats
    share: float
    se_px: float


def profiles(grey: Pixels, centre: Floats, axes: Floats) -> Profiles:
    """Return the edges along the normals of an expected ellipse."""
    half = max(int(np.ceil(_REACH * axes[1])), 4)
    normal = _COS_SIN / axes
    normal /= np.hypot(normal[:, 0], normal[:, 1])[:, None]
    at = np.arange(-half, half + 1, dtype=np.float64)
    rim = centre + axes * _COS_SIN
    places = rim[:, None, :] + at[None, :, None] * normal[:, None, :]
    bright = _sample(grey, places)
    slope = bright @ _slope_matrix(at.size)
    steep = np.abs(slope)
    peak = np.zeros(steep.shape, dtype=np.bool_)
    middle = steep[:, 1:-1]
    peak[:, 1:-1] = (middle >= steep[:, :-2]) & (middle > steep[:, 2:]) & (middle > _CLEAR)
    shift = np.zeros(steep.shape)
    bend = steep[:, :-2] - 2.0 * middle + steep[:, 2:]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = 0.5 * (steep[:, :-2] - steep[:, 2:]) / bend
    shift[:, 1:-1] = np.where(peak[:, 1:-1], np.clip(between, -0.5, 0.5), 0.0)
    limit = np.array(grey.shape[::-1]) - 1.0
    inside = ((rim >= 0.0) & (rim <= limit)).all(axis=1)
    peak &= inside[:, None]
    return Profiles(centre=centre, axes=axes, normal=normal, peak=peak, shift=shift, inside=inside)


def read_rim(grey: Pixels, centre: Floats, axes: Floats) -> Rim:
    """Return the ellipse near an expected one; its `share` says whether there was any.

    Parameters
    ----------
    grey
        (h, w) picture.
    centre, axes
        (2,) expected centre and half axes (horizontal, vertical), pixels of that picture. The
        centre may be off by about a quarter of the vertical half axis.
    """
    first = profiles(grey, centre, axes)
    rim = _fit(first)
    if rim.share >= SURE:
        return rim
    moved = _fit(profiles(grey, centre + _best_shift(first), axes))
    return moved if moved.share > rim.share else rim


def ellipse_through(
    points: Floats, weights: Floats, centre: Floats, axes: Floats, *, trust: float
) -> tuple[Floats, Floats]:
    """Return centre and half axes of the axis-aligned ellipse through points near another one.

    One Gauss-Newton step on the distances along the normals, with the axes held near the given
    ones by `trust` (standard deviation of one point over standard deviation of an axis).

    Parameters
    ----------
    points
        (N, 2) edge points.
    weights
        (N,) non-negative.
    centre, axes
        (2,) the ellipse they lie near to.
    trust
        Weight of the given axes, in points' worth of distances.
    """
    across = (points - centre) / axes
    angle = np.arctan2(across[:, 1], across[:, 0])
    unit = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    normal = unit / axes
    normal /= np.hypot(normal[:, 0], normal[:, 1])[:, None]
    distance = ((points - centre - axes * unit) * normal).sum(axis=1)
    design = np.concatenate([normal, normal * unit], axis=1)
    weighed = design * weights[:, None]
    normal_matrix = weighed.T @ design
    normal_matrix[[0, 1, 2, 3], [0, 1, 2, 3]] += (1e-9, 1e-9, trust**2, trust**2)
    step = np.linalg.solve(normal_matrix, weighed.T @ distance)
    return centre + step[:2], axes + step[2:]


def _sample(grey: Pixels, places: Floats) -> Floats:
    """Return brightness at places, (R, K, 2), blurred a little across the rays."""
    low = np.floor(places.min(axis=(0, 1))).astype(int) - 3
    high = np.ceil(places.max(axis=(0, 1))).astype(int) + 4
    x0, y0 = np.maximum(low, 0)
    x1, y1 = np.minimum(high, np.array(grey.shape[::-1]))
    if min(x1 - x0, y1 - y0) < _SMALLEST_PX:
        return np.zeros(places.shape[:2])
    part = cv2.blur(grey[y0:y1, x0:x1].astype(np.float32), (3, 3))
    there = (places - np.array([x0, y0])).astype(np.float32)
    sampled = cv2.remap(
        part, there[..., 0], there[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    bright: Floats = sampled.astype(np.float64)
    return bright


@lru_cache(maxsize=64)
def _slope_matrix(size: int) -> Floats:
    """Return the (size, size) matrix that turns rows of brightness into slopes."""
    place = np.arange(size, dtype=np.float64)
    gap = place[:, None] - place[None, :]
    matrix = gap * np.exp(-0.5 * (gap / _SIGMA_PX) ** 2)
    full = np.arange(-size, size + 1, dtype=np.float64)
    matrix /= float((full**2 * np.exp(-0.5 * (full / _SIGMA_PX) ** 2)).sum())  # a unit ramp gives 1
    margin = int(3 * _SIGMA_PX)
    matrix[:, :margin] = 0.0
    matrix[:, size - margin :] = 0.0
    slopes: Floats = matrix
    return slopes


def _best_shift(seen: Profiles) -> Floats:
    """Return the move of the centre that puts most of the rim on edges, (2,) pixels."""
    half = seen.peak.shape[1] // 2
    wide = cv2.dilate(seen.peak.astype(np.uint8), np.ones((1, 3), np.uint8))
    span = np.arange(-half, half + 1, 2.5) * 0.85
    dx, dy = np.meshgrid(span, span)
    moves = np.stack([dx.ravel(), dy.ravel()], axis=1)
    along = (moves @ seen.normal.T).astype(np.float32) + np.float32(half)
    pad = half + 1
    flat = np.pad(wide, ((0, 0), (pad, pad))).ravel()
    row = (np.arange(len(wide)) * (wide.shape[1] + 2 * pad) + pad).astype(np.int32)
    unlikely = 0.02 * np.hypot(dx, dy).ravel() / half
    best, best_score = np.zeros(2), -1.0
    for size in _SIZES:
        column = np.rint(along + np.float32(size * seen.axes[1])).astype(np.int32)
        hits = flat[np.clip(column, -pad, half + half + pad) + row]
        # A small move is a little likelier than a large one: breaks ties of plain rims.
        score = hits.sum(axis=1) / len(wide) - unlikely
        winner = int(np.argmax(score))
        if score[winner] > best_score:
            best, best_score = moves[winner], float(score[winner])
    return best


def _fit(seen: Profiles) -> Rim:
    """Return the reweighted ellipse through the edges next to the expected rim."""
    half = seen.peak.shape[1] // 2
    rays, columns = np.nonzero(seen.peak)
    snap = max(_SNAP * seen.axes[1], _SNAP_PX)
    if rays.size < _FEWEST:
        return _nothing(seen)
    along = columns - half + seen.shift[rays, columns]
    foot = seen.centre + seen.axes * _COS_SIN
    points = foot[rays] + along[:, None] * seen.normal[rays]
    centre, axes = seen.centre, seen.axes
    for round_ in range(_ROUNDS):
        width = snap * (2.5 if round_ == 0 else 1.5 if round_ == 1 else 1.0)
        distance = _distance(points, centre, axes)
        weight = np.clip(1.0 - (distance / width) ** 2, 0.0, None) ** 2  # Tukey's biweight
        if np.count_nonzero(weight) < _FEWEST:
            return _nothing(seen)
        trust = snap / (_SIZE_TRUST * seen.axes[1])
        centre, axes = ellipse_through(points, weight, centre, axes, trust=trust)
    distance = _distance(points, centre, axes)
    near = np.abs(distance) <= snap
    share = np.unique(rays[near]).size / _RAYS
    chance = _chance(seen, snap)
    error = float(np.sqrt(np.mean(distance[near] ** 2))) if near.any() else np.inf
    return Rim(
        centre=centre,
        axes=axes,
        share=float(np.clip((share - chance) / (1.0 - chance), 0.0, 1.0)),
        se_px=error * np.sqrt(2.0 / max(int(near.sum()), 1)),
    )


_SMALLEST_PX: Final = 4  # less of a picture holds no rim
_FEWEST: Final = 12  # edge points; four unknowns want three times as many


def _distance(points: Floats, centre: Floats, axes: Floats) -> Floats:
    """Return signed distances of points from an ellipse along its normals, first order."""
    across = (points - centre) / axes
    radius = np.hypot(across[:, 0], across[:, 1])
    unit = across / np.maximum(radius, 1e-9)[:, None]
    steep = np.hypot(unit[:, 0] / axes[0], unit[:, 1] / axes[1])
    distance: Floats = (radius - 1.0) / steep
    return distance


def _chance(seen: Profiles, snap: float) -> float:
    """Return how often any place of these rays has an edge within `snap`."""
    width = 2 * int(np.ceil(snap)) + 1
    near = cv2.dilate(seen.peak.astype(np.uint8), np.ones((1, width), np.uint8))
    return float(min(near.mean(), 0.9))


def _nothing(seen: Profiles) -> Rim:
    return Rim(centre=seen.centre, axes=seen.axes, share=0.0, se_px=np.inf)
