"""The direction of the back's line in a zone, against the hip-shoulder axis, and how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.outline import DorsalLine
from primemover.outline.zones import Zone

__all__ = ["Lean", "along_axis", "on_the_pelvis"]

# A zone's ends fade in over two rays, so that no single ray jerks the tangent; engineering default.
_FADE: Final = 0.02
_COVERED: Final = 0.7  # share of a zone that must have been seen; engineering default
# How far the mid-hip landmark wanders along the trunk between standing and a bend, in axis
# lengths: root mean square 0.04 about its mean on 632 rendered postures, 0.03 to 0.04 across it.
_HIP_ERROR: Final = 0.04
# What that does to a tangent taken in the right frame: 0.04 axis lengths along a buttock with a
# radius of 0.6, in radians; rounded up for clothes.
_FRAME_ERROR: Final = math.radians(4.0)
# How far the pelvis's own lean may lie from the lean read in the trunk's frame; engineering
# default. 2.5, 2.75 and 3 times the frame's error read the lumbar angle of 632 rendered postures
# to 5.5, 5.4 and 5.3 deg (with the zone from -.08 to .18).
_PRIOR: Final = 3.0 * _FRAME_ERROR
# Turns of the pelvis against the trunk that are tried: beyond what a spine can do.
_TURNS: Final[Floats] = np.radians(np.arange(-50.0, 61.0, 2.5))
_UNSEEN: Final = 40.0  # price, in half squared errors, of a turn whose zone was not seen
_CHUNK: Final = 256  # frames at once: bounds the memory of an hour-long film


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """The line's lean in a zone, against the hip-shoulder axis.

    Attributes
    ----------
    value_rad : (T,) array, + where the line runs away from the axis on its way up; NaN = unseen
    se_rad : (T,) array, what the landmarks' error does to it; not the outline's own noise
    """

    value_rad: Floats
    se_rad: Floats


def along_axis(line: DorsalLine, zone: Zone) -> Lean:
    """Return the line's lean in a zone counted along the hip-shoulder axis.

    Its error is the change when the mid-hip is moved up and down the trunk by its own error.
    """
    turned = np.zeros(line.time_s.size)
    lower, upper = (
        _lean(line, Zone(low=zone.low + step, high=zone.high + step), turned)
        for step in (-_HIP_ERROR, _HIP_ERROR)
    )
    value = _lean(line, zone, turned)
    # Where the moved zone runs off what was seen, the other side alone tells.
    change = np.fmax(np.abs(upper - value), np.abs(lower - value))
    return Lean(value_rad=value, se_rad=np.where(np.isfinite(value), change, np.nan))


def on_the_pelvis(line: DorsalLine, zone: Zone) -> Lean:
    """Return the line's lean in a zone that turns with the pelvis, and how well it is determined.

    The zone is counted in a frame that has its origin in the mid-hip and turns with the pelvis, so
    that under a rigid turn about the hips it stays on the same skin. How far the pelvis is turned
    is what is asked: of all turns, one is likely whose zone's tangent agrees with it (within the
    error of the frame), and which is not far from the lean in the trunk's own frame. The mean
    and the standard deviation over all turns so weighted are returned. Where the outline is a
    circle about the hips every turn agrees with itself: the answer then falls back on the trunk's
    frame and its error is that of not knowing.
    """
    frames = line.time_s.size
    value, error = np.full(frames, np.nan), np.full(frames, np.nan)
    for start in range(0, frames, _CHUNK):
        part = slice(start, start + _CHUNK)
        value[part], error[part] = _likely_turn(_rows(line, part), zone)
    return Lean(value_rad=value, se_rad=error)


def _likely_turn(line: DorsalLine, zone: Zone) -> tuple[Floats, Floats]:
    frames = line.time_s.size
    at_rest = _lean(line, zone, np.zeros(frames))
    found = np.stack([_lean(line, zone, np.full(frames, turn)) for turn in _TURNS], axis=1)
    disagreement = 0.5 * ((found - _TURNS) / _FRAME_ERROR) ** 2
    price = np.where(np.isfinite(found), disagreement, _UNSEEN)
    price = price + 0.5 * ((_TURNS - np.nan_to_num(at_rest)[:, None]) / _PRIOR) ** 2
    weight = np.exp(price.min(axis=1, keepdims=True) - price)
    weight /= weight.sum(axis=1, keepdims=True)
    mean = weight @ _TURNS
    spread = np.sqrt(np.sum(weight * (_TURNS - mean[:, None]) ** 2, axis=1))
    seen = np.isfinite(at_rest)
    return np.where(seen, mean, np.nan), np.where(seen, spread, np.nan)


def _rows(line: DorsalLine, part: slice) -> DorsalLine:
    return replace(line, time_s=line.time_s[part], offset=line.offset[part])


def _lean(line: DorsalLine, zone: Zone, turned_rad: Floats) -> Floats:
    """Return the line's lean in a zone of the frame that is turned by `turned_rad` (T,)."""
    cosine, sine = np.cos(turned_rad)[:, None], np.sin(turned_rad)[:, None]
    up = line.station * cosine + line.offset * sine
    back = line.offset * cosine - line.station * sine
    edge = np.minimum(up - zone.low, zone.high - up) / _FADE + 0.5
    # The outline behind the hips only: a curled trunk's neck may enter the zone from the front.
    weight = np.where(np.isfinite(up) & (back > 0.0), np.clip(edge, 0.0, 1.0), 0.0)
    total = weight.sum(axis=1)
    known_up, known_back = np.nan_to_num(up), np.nan_to_num(back)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_up = (weight * known_up).sum(axis=1) / total
        mean_back = (weight * known_back).sum(axis=1) / total
        from_mean = known_up - mean_up[:, None]
        spread = (weight * from_mean**2).sum(axis=1)
        slope = (weight * from_mean * (known_back - mean_back[:, None])).sum(axis=1) / spread
    # Root 12 times the weighted spread is the length of an evenly covered zone.
    with np.errstate(invalid="ignore", divide="ignore"):
        length = np.sqrt(12.0 * spread / total)
    seen = length > _COVERED * (zone.high - zone.low)
    lean: Floats = np.where(seen, turned_rad + np.arctan(slope), np.nan)
    return lean
