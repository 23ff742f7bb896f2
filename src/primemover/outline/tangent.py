"""The direction of the back's line in a zone, against the hip-shoulder axis."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.outline import DorsalLine
from primemover.outline.zones import Zone

__all__ = ["along_axis", "follow_tangent"]

# A zone's ends fade in over two rays, so that no single ray jerks the tangent; engineering default.
_FADE: Final = 0.02
_COVERED: Final = 0.7  # share of a zone that must have been seen; engineering default
# The frame follows the tangent by this share. At the full share a buttock that were a circle about
# the hips would have no tangent of its own (every turn fits); at 0.9 errors grow tenfold at most.
# On rendered people 0.9 reads as well as 1 and better than 0.8 and less.
_FOLLOWED: Final = 0.9
_ROUNDS: Final = 12
_DAMPING: Final = 0.7  # settles without overshoot


def along_axis(line: DorsalLine, zone: Zone) -> Floats:
    """Return the line's lean (T,) in a zone counted along the hip-shoulder axis.

    Radians; + where the line runs away from the axis on its way up. NaN where too little of the
    zone was seen.
    """
    return _lean(line, zone, np.zeros(line.time_s.size))


def follow_tangent(line: DorsalLine, zone: Zone) -> Floats:
    """Return the line's lean (T,) in a zone counted along the line's own tangent there.

    The frame with its origin in the mid-hip is turned until its long side is (nearly) parallel to
    the line within the zone. Under a rigid turn of the pelvis about the hips the zone then stays
    on the same skin. Radians against the hip-shoulder axis, + as in `along_axis`.
    """
    lean = np.nan_to_num(along_axis(line, zone))
    for _ in range(_ROUNDS):
        lean = lean + _DAMPING * (_lean(line, zone, _FOLLOWED * lean) - lean)
    return lean


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
