"""From silhouettes to the line of the back, frame by frame, with a reason where it cannot be."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadTrack
from primemover.model.outline import DorsalLine
from primemover.model.pose import Silhouettes
from primemover.model.view import View
from primemover.outline.axis import TrunkAxis, trunk_axis
from primemover.outline.curve import choose, smooth_line
from primemover.outline.rays import CANDIDATES, STATION, exits
from primemover.outline.readable import Traced, judge

__all__ = ["trace_back"]

_CHUNK: Final = 64  # frames solved at once: bounds the memory of an hour-long film


def trace_back(
    silhouettes: Silhouettes | None,
    pose: CleanPose,
    *,
    load: LoadTrack | None = None,
    view: View | None = None,
) -> DorsalLine:
    """Trace the back's outline through a film.

    In every frame 141 rays leave the hip-shoulder axis at right angles, backwards. Each ends
    where the silhouette's logits, interpolated bilinearly, cross zero: a fraction of a pixel.
    Where an arm or a second person gives a ray several ends, the one continuous with its
    neighbours is taken; a smoothing spline without outliers runs through the ends.

    Parameters
    ----------
    silhouettes
        Raw silhouettes; frames without one are "no silhouette".
    pose
        Cleaned landmarks of the same film, from the side.
    load
        A plate's ellipse, if known: it hides what it covers.
    view
        The camera's position, if known: an oblique view is not read.

    Raises
    ------
    QualityError
        If the person does not stand side-on (`forward` is 0).
    """
    axis = trunk_axis(pose)
    traced = _trace(silhouettes, axis, pose.raw.time_s.size)
    reason, upper = judge(traced, axis, pose, load=load, view=view)
    xy_px = axis.origin_px[:, None, :] + axis.length_px[:, None, None] * (
        STATION[None, :, None] * axis.along[:, None, :]
        + traced.offset[:, :, None] * axis.backward[:, None, :]
    )
    return DorsalLine(
        time_s=frozen(pose.raw.time_s),
        station=frozen(STATION),
        xy_px=frozen(xy_px),
        offset=frozen(traced.offset),
        reason=reason,
        upper_reason=upper,
        residual=frozen(traced.residual),
        pixel=frozen(traced.pixel),
    )


def _trace(silhouettes: Silhouettes | None, axis: TrunkAxis, frames: int) -> Traced:
    offset = np.full((frames, STATION.size), np.nan)
    kept = np.zeros((frames, STATION.size), dtype=bool)
    open_ended = np.zeros((frames, STATION.size), dtype=bool)
    residual = np.full(frames, np.nan)
    pixel = np.full(frames, np.nan)
    rows = np.zeros(0, dtype=np.int64)
    if silhouettes is not None:
        on_axis = np.isfinite(axis.length_px[silhouettes.frame_index])
        rows = np.flatnonzero(on_axis)
    for start in range(0, rows.size, _CHUNK):
        assert silhouettes is not None  # noqa: S101 - rows exist only then
        chunk = rows[start : start + _CHUNK]
        at = silhouettes.frame_index[chunk]
        candidates, border, scale = _rays_of(silhouettes, chunk, axis)
        raw = choose(candidates)
        line, good = smooth_line(raw)
        offset[at], kept[at], open_ended[at] = line, good, border
        pixel[at] = scale / axis.length_px[at]
        residual[at] = _rms(np.where(good, raw - line, np.nan))
    return Traced(offset=offset, kept=kept, open_ended=open_ended, residual=residual, pixel=pixel)


def _rays_of(
    silhouettes: Silhouettes, chunk: np.ndarray, axis: TrunkAxis
) -> tuple[Floats, Mask, Floats]:
    """Return the candidates, the rays that leave the crop, and picture pixels a crop pixel."""
    candidates = np.full((chunk.size, STATION.size, CANDIDATES), np.nan)
    border = np.zeros((chunk.size, STATION.size), dtype=bool)
    scale = np.empty(chunk.size)
    for place, row in enumerate(chunk):
        frame = silhouettes.frame_index[row]
        affine = silhouettes.crop_to_frame[row]
        to_crop = np.linalg.inv(affine[:, :2])
        span = axis.length_px[frame]
        candidates[place], border[place] = exits(
            silhouettes.logits_q[row],
            to_crop @ (axis.origin_px[frame] - affine[:, 2]),
            to_crop @ (span * axis.along[frame]),
            to_crop @ (span * axis.backward[frame]),
        )
        scale[place] = math.sqrt(abs(float(np.linalg.det(affine[:, :2]))))
    return candidates, border, scale


def _rms(values: Floats) -> Floats:
    count = np.sum(np.isfinite(values), axis=1)
    total = np.nansum(values**2, axis=1)
    rms: Floats = np.sqrt(np.divide(total, count, out=np.full(count.size, np.nan), where=count > 0))
    return rms
