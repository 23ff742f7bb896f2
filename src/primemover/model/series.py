"""A measured curve over the film's clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats, frozen
from primemover.model.measure import INTERVAL_SE

__all__ = ["SERIES_COLUMNS", "Series"]

# The columns of `--series FILE.csv`, in order: (series id, SI unit, column name).
SERIES_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("ankle_dorsiflexion", "rad", "ankle_dorsiflexion_deg"),
    ("knee_flexion", "rad", "knee_flexion_deg"),
    ("hip_flexion", "rad", "hip_flexion_deg"),
    ("trunk_thigh", "rad", "trunk_thigh_deg"),
    ("trunk_inclination", "rad", "trunk_inclination_deg"),
    ("pelvis_inclination", "rad", "pelvis_inclination_deg"),
    ("lumbar_flexion", "rad", "lumbar_flexion_deg"),
    ("thoracic_flexion", "rad", "thoracic_flexion_deg"),
    ("hip_rotation_left", "rad", "hip_rotation_left_deg"),
    ("hip_rotation_right", "rad", "hip_rotation_right_deg"),
    ("bar_x", "m", "bar_x_m"),
    ("bar_y", "m", "bar_y_m"),
    ("ankle_moment", "N·m", "ankle_moment_nm"),
    ("knee_moment", "N·m", "knee_moment_nm"),
    ("hip_moment", "N·m", "hip_moment_nm"),
    ("l5s1_moment", "N·m", "l5s1_moment_nm"),
    ("l5s1_compression", "N", "l5s1_compression_n"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One quantity through a film.

    Attributes
    ----------
    id : one of the ids of `SERIES_COLUMNS`
    time_s, value, se : (T,) arrays; NaN = not measured; value and se in SI `unit`
    """

    id: str
    unit: str
    time_s: Floats
    value: Floats
    se: Floats

    @property
    def low(self) -> Floats:
        """Lower end of each sample's 90 % interval, (T,); NaN where value or error is not known.

        What the interval promises stands at `primemover.model.measure.INTERVAL_SE`; it is a promise
        for each sample by itself, not for the whole curve at once.
        """
        return frozen(self.value - self._reach)

    @property
    def high(self) -> Floats:
        """Upper end of each sample's 90 % interval, (T,); NaN where value or error is not known."""
        return frozen(self.value + self._reach)

    @property
    def _reach(self) -> Floats:
        return INTERVAL_SE * np.where(np.isfinite(self.se), self.se, np.nan)
