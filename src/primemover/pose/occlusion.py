"""What the near plate covers cannot be seen: mark it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose

__all__ = ["cover_behind_plate"]

_MARGIN = 1.05  # of the plate's rim: the joint centre lies a little inside its landmark's scatter
_WIDER = 3.0  # a covered joint's position is the network's guess; same factor as in `clean`


def cover_behind_plate(pose: CleanPose, centre_px: Floats, axes_px: Floats) -> CleanPose:
    """Return `pose` with the joints behind the plate marked hidden and their errors widened.

    Parameters
    ----------
    pose
        Held feet keep their place; a knee behind the plate is thereby not measured.
    centre_px, axes_px : (T, 2)
        The plate's centre and half axes; NaN where no plate was seen.
    """
    hidden = dict(pose.hidden)
    se_px = dict(pose.se_px)
    for name in ("hip", "knee", "ankle", "heel", "toe"):
        inside = _inside(pose.joints_px[name], centre_px, axes_px)
        newly = inside & ~pose.hidden[name]
        hidden[name] = frozen(pose.hidden[name] | inside, dtype=bool)
        held = pose.feet_planted if name in {"ankle", "heel", "toe"} else np.zeros_like(newly)
        se_px[name] = frozen(np.where(newly & ~held, _WIDER, 1.0) * pose.se_px[name])
    return replace(pose, hidden=hidden, se_px=se_px)


def _inside(joint_px: Floats, centre_px: Floats, axes_px: Floats) -> Mask:
    """Return (T,) whether a joint lies within the plate's ellipse; False where unknown."""
    reach = (joint_px - centre_px) / (axes_px * _MARGIN)
    inside: Mask = np.nan_to_num((reach**2).sum(axis=1), nan=np.inf) < 1.0
    return inside
