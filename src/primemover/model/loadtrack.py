"""The path of the bar or bell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from primemover.model.arrays import Floats, Mask

__all__ = ["LoadKind", "LoadTrack", "Scale"]


class LoadKind(StrEnum):
    """What carries the load in the picture."""

    PLATE = "plate"
    KETTLEBELL = "kettlebell"
    HANDS = "hands"
    """No load was recognised: the hands stand in for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Metres per pixel in the plane of the movement.

    Attributes
    ----------
    source : ``"plate"`` (450 mm competition diameter, IWF/IPF): holds for the plate's own path,
        the body behind it is `LoadTrack.magnification` times coarser; ``"height"``: holds for
        the body; or ``"none"``
    """

    m_per_px: float
    se_m_per_px: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTrack:
    """The load through a film.

    Attributes
    ----------
    xy_px : (T, 2) array, centre of the near plate's face, bell or hands; y DOWN; NaN = lost
    se_px : (T,) array, standard error of a coordinate
    axes_px : (T, 2) array, half axes (horizontal, vertical) of the plate's ellipse; NaN = no plate
    lost : (T,) bool array
    confidence : 0-1, share of the rim that was really seen, over the tracked frames
    why : a sentence when the tracker lost the load or gave up
    magnification : how much larger things look at the plate than at the body's midline, because
        the plate is nearer to the camera; 1 when the hands stand in, NaN unknown
    magnification_se : its standard error
    midline_px : (T, 2) array, the load carried over to the body's midline, where it may be
        compared with feet and joints; None = not known
    midline_se_px : (T,) array, standard error of a coordinate of `midline_px`
    """

    kind: LoadKind
    xy_px: Floats
    se_px: Floats
    axes_px: Floats
    lost: Mask
    confidence: float
    scale: Scale | None
    why: str = ""
    magnification: float = math.nan
    magnification_se: float = math.nan
    midline_px: Floats | None = None
    midline_se_px: Floats | None = None
