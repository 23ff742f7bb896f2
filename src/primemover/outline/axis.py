"""The trunk's axis in the picture: the frame of reference in which the back is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.errors import QualityError
from primemover.model.arrays import Floats
from primemover.model.cleaned import CleanPose
from primemover.signal.gaps import fill_short_gaps
from primemover.signal.smooth import smooth

__all__ = ["TrunkAxis", "in_axis", "trunk_axis"]

# Wide enough to take out the landmarks' jitter, narrow enough to follow a 1 s lift; engineering
# default. The axis only places the rays: the angles come from the outline's own points.
_WINDOW_S = 0.25
_GAP_S = 0.2  # engineering default


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkAxis:
    """Mid-hip to mid-shoulder, frame by frame.

    Attributes
    ----------
    origin_px : (T, 2) array, mid-hip, picture pixels, y DOWN
    along : (T, 2) array, unit vector hip -> shoulder
    backward : (T, 2) array, unit vector at right angles to it, out of the person's back
    length_px : (T,) array, hip to shoulder
    inclination_rad : (T,) array, forward turn of the axis from the picture's vertical
    """

    origin_px: Floats
    along: Floats
    backward: Floats
    length_px: Floats
    inclination_rad: Floats


def trunk_axis(pose: CleanPose) -> TrunkAxis:
    """Return the trunk's axis, smoothed over time.

    Raises
    ------
    QualityError
        If the person faces the camera or turns the back to it: no back outline exists then.
    """
    if pose.forward not in (-1, 1):
        raise QualityError(
            "The back's outline is seen from the side only; film from the person's side.",
            reason="not_side_view",
        )
    time_s = pose.raw.time_s
    hip, shoulder = (
        smooth(
            time_s,
            fill_short_gaps(time_s, pose.joints_px[name], longest_s=_GAP_S),
            window_s=_WINDOW_S,
        )
        for name in ("hip", "shoulder")
    )
    span = shoulder - hip
    length = np.hypot(span[:, 0], span[:, 1])
    length = np.where(length > 0.0, length, np.nan)
    along = span / length[:, None]
    # Upright and facing right: along = (0, -1), so backward must be (-1, 0).
    backward = pose.forward * np.stack([along[:, 1], -along[:, 0]], axis=1)
    return TrunkAxis(
        origin_px=hip,
        along=along,
        backward=backward,
        length_px=length,
        inclination_rad=np.arctan2(pose.forward * along[:, 0], -along[:, 1]),
    )


def in_axis(axis: TrunkAxis, xy_px: Floats) -> tuple[Floats, Floats]:
    """Return station along the axis and distance behind it of points (T, 2), in axis lengths."""
    relative = (xy_px - axis.origin_px) / axis.length_px[:, None]
    return np.sum(relative * axis.along, axis=1), np.sum(relative * axis.backward, axis=1)
