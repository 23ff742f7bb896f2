"""From what a film shows of a back to the two links of the chain's spine."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.motion import SagittalMotion
from primemover.dynamics.planar import along, frame
from primemover.dynamics.segments import Segment
from primemover.model.arrays import Floats

__all__ = ["spine_for_line_rad", "spine_inclinations_rad", "spine_line_rad"]

_STEPS: Final = 8  # Newton steps; four are enough for every posture of a lift


def spine_inclinations_rad(
    pelvis_rad: Floats, *, lumbar_flexion_rad: Floats
) -> tuple[Floats, Floats]:
    """Return the inclinations of lumbar link and chest for a lumbar spine bent evenly, (..., T).

    The chest is tipped by pelvis + lumbar flexion; the chord of an evenly bent arc lies half-way.
    """
    lumbar: Floats = pelvis_rad + 0.5 * lumbar_flexion_rad
    chest: Floats = pelvis_rad + lumbar_flexion_rad
    return lumbar, chest


def spine_for_line_rad(
    body: Body, *, pelvis_rad: Floats, line_rad: Floats
) -> tuple[Floats, Floats]:
    """Return lumbar link and chest for which the line from hips to shoulders is as measured.

    That line is what a film shows best, and the moments hang on it; how pelvis and lumbar spine
    share the bend is seen worse. Bent evenly, the lumbar link lies half-way between pelvis and
    chest, so one unknown is left: the chest. Newton's method on the line's inclination.

    Parameters
    ----------
    body : with end places (S, ..., 2)
    pelvis_rad, line_rad : (..., T), 0 upright, forward +; NaN = not seen

    Returns
    -------
    lumbar_rad, chest_rad : (..., T), NaN where one of them was not seen
    """
    seen = np.isfinite(pelvis_rad) & np.isfinite(line_rad)
    pelvis_rad, line_rad = (np.where(seen, one, 0.0) for one in (pelvis_rad, line_rad))
    end = frame(body.end_m)
    pelvis = end[Segment.PELVIS] * along(pelvis_rad)
    chest_rad = np.asarray(line_rad, dtype=np.float64)
    for _ in range(_STEPS):
        lumbar = end[Segment.LUMBAR] * along(0.5 * (pelvis_rad + chest_rad))
        chest = end[Segment.CHEST] * along(chest_rad)
        whole = pelvis + lumbar + chest
        off = np.angle(whole / along(line_rad))  # turned back, counter-clockwise +
        gain = ((0.5 * lumbar + chest) / whole).real
        chest_rad = chest_rad + off / gain
    chest_rad = np.where(seen, chest_rad, np.nan)
    return 0.5 * (pelvis_rad + chest_rad), chest_rad


def spine_line_rad(body: Body, motion: SagittalMotion) -> Floats:
    """Return the inclination of the line from hips to shoulders, (..., T), forward +."""
    end = frame(body.end_m)
    whole = (
        end[Segment.PELVIS] * along(motion.pelvis_rad)
        + end[Segment.LUMBAR] * along(motion.lumbar_rad)
        + end[Segment.CHEST] * along(motion.chest_rad)
    )
    line: Floats = np.arctan2(whole.real, whole.imag)
    return line
