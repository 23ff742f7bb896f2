"""Whether the camera was level, and what a tilted one does to what is measured.

Angles counted from the person's own standing or rest do not change when a still camera is rolled.
Whatever is told against the picture's vertical does: an inclination without a standing by the roll
itself, a horizontal distance by the height times its tangent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, frozen
from primemover.model.check import Check, CheckStatus
from primemover.model.series import Series
from primemover.model.view import View

__all__ = ["TILTED", "level_check", "too_tilted", "widened_bar", "widened_inclinations"]

TILTED: Final = "the camera is tilted too much; put the phone level"

# Engineering defaults. 3 deg is what a landmark's inclination errs anyway (vision.md 3a); at 10 deg
# a bar that rises straight seems to drift by 18 cm a metre.
_ROLL_WARN_RAD: Final = float(np.deg2rad(3.0))
_ROLL_FAIL_RAD: Final = float(np.deg2rad(10.0))
# At 12 deg of pitch uprights a third off the middle lean by 4 deg, at 25 deg by 9.
_PITCH_WARN_RAD: Final = float(np.deg2rad(12.0))
_AGAINST_VERTICAL: Final = ("trunk_inclination", "ankle_dorsiflexion")


def too_tilted(view: View) -> bool:
    """Return whether nothing may be told against the picture's vertical."""
    return bool(abs(view.roll_rad) > _ROLL_FAIL_RAD)


def level_check(view: View) -> Check:
    """Return whether the camera stood level, with what to do."""
    if not np.isfinite(view.roll_rad):
        return Check(
            id="camera_level",
            status=CheckStatus.NOT_CHECKED,
            detail="Nothing in the picture tells whether the phone was level; set it level with "
            "its own spirit level.",
        )
    tilt = f"{abs(np.rad2deg(view.roll_rad)):.0f} ± {np.rad2deg(view.roll_se_rad):.0f}°"
    if too_tilted(view):
        return Check(
            id="camera_level",
            status=CheckStatus.FAILED,
            detail=f"The camera is tilted {_way(view)} by about {tilt}: set the phone level. Only "
            "angles counted from your own standing are given, a still camera's tilt drops out of "
            "them.",
        )
    if abs(view.roll_rad) > _ROLL_WARN_RAD:
        return Check(
            id="camera_level",
            status=CheckStatus.WARNING,
            detail=f"The camera is tilted {_way(view)} by about {tilt}: set the phone level. "
            "Angles counted from your own standing are free of it; whatever is told against the "
            "vertical has a larger error.",
        )
    if abs(view.pitch_rad) > _PITCH_WARN_RAD:
        way = "up" if view.pitch_rad > 0.0 else "down"
        return Check(
            id="camera_level",
            status=CheckStatus.WARNING,
            detail=f"The camera looks {way} by about {abs(np.rad2deg(view.pitch_rad)):.0f}°: put "
            "the phone upright at the height of the hips.",
        )
    return Check(
        id="camera_level",
        status=CheckStatus.PASSED,
        detail=f"The camera is level: tilted by {tilt}.",
    )


def widened_inclinations(series: dict[str, Series], view: View) -> dict[str, Series]:
    """Return curves that are counted from the picture's vertical, their errors with the roll in.

    Only for a film without own standing; differences of two inclinations are left as they are.
    """
    roll = view.likely_roll_rad
    widened = {
        name: _wider(series[name], np.full_like(series[name].se, roll), view)
        for name in _AGAINST_VERTICAL
        if name in series
    }
    return series | widened


def widened_bar(bar: dict[str, Series], view: View) -> dict[str, Series]:
    """Return the bar's path, the error of how far ahead it is with the roll in."""
    height = np.nan_to_num(np.abs(bar["bar_y"].value))
    return bar | {"bar_x": _wider(bar["bar_x"], height * np.tan(view.likely_roll_rad), view)}


def _wider(series: Series, more: Floats, view: View) -> Series:
    missing = np.full_like(series.value, np.nan)
    value = missing if too_tilted(view) else series.value
    se = np.where(np.isfinite(value), np.hypot(series.se, more), np.nan)
    return replace(series, value=frozen(value), se=frozen(se))


def _way(view: View) -> str:
    return "clockwise" if view.roll_rad > 0.0 else "anticlockwise"
