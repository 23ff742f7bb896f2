"""How large a pixel is.

Two planes matter. The near plate hangs about 0.65 m nearer to the camera than the body's midline
(half of a 1.31 m long shaft between the sleeves, IWF), so with a camera 3 to 5 m away things look
15 to 28 % larger there. A scale from the plate is right for the plate's own path and too fine for
the body by that factor (`LoadTrack.magnification`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.load.body import Body
from primemover.model.arrays import Floats
from primemover.model.loadtrack import LoadTrack, Scale

__all__ = ["body_scale", "height_scale", "plate_scale"]

_PLATE_SE: Final = 0.02  # relative: rim against true edge, worn discs; engineering default
_HEIGHT_SE: Final = 0.06  # relative: landmark segments against stature (Drillis & Contini 1966 are
# means; single people differ by 3-4 %), bending out of the plane, hidden ankles


def plate_scale(axes_px: Floats, diameter_m: float) -> Scale:
    """Return the scale in the plate's plane from half axes (T, 2).

    Only the vertical axis counts: a turn of the camera squeezes the horizontal one.
    """
    height = axes_px[np.isfinite(axes_px[:, 1]), 1]
    half = float(np.median(height))
    low, high = np.quantile(height, [0.25, 0.75])
    relative = float(np.hypot(_PLATE_SE, 0.74 * (high - low) / half))  # 0.74 IQR = 1 SD
    value = 0.5 * diameter_m / half
    return Scale(m_per_px=value, se_m_per_px=relative * value, source="plate")


def height_scale(body: Body, height_m: float | None) -> Scale | None:
    """Return the scale in the body's plane from the stature, None if either is unknown."""
    if not height_m or not np.isfinite(body.height_px) or body.height_px <= 0.0:
        return None
    value = height_m / body.height_px
    return Scale(m_per_px=value, se_m_per_px=_HEIGHT_SE * value, source="height")


def body_scale(track: LoadTrack) -> Scale | None:
    """Return metres per pixel in the body's midline plane, None without a scale.

    A plate's scale is made coarser by how much nearer the plate is, with that estimate's error.
    """
    scale = track.scale
    if scale is None or scale.source != "plate":
        return scale
    value = scale.m_per_px * track.magnification
    relative = np.hypot(
        scale.se_m_per_px / scale.m_per_px, track.magnification_se / track.magnification
    )
    return Scale(m_per_px=value, se_m_per_px=float(relative) * value, source="plate")
