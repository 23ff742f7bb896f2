"""A filmed lift as its mechanics see it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from primemover.exam.lift_measures import LiftCurves
from primemover.kinematics.planar import inclination_rad
from primemover.model.arrays import Floats, Ints, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadTrack
from primemover.model.outline import ZeroPosture
from primemover.model.person import Person
from primemover.model.session import LiftFacts
from primemover.model.view import View
from primemover.signal.gaps import fill_short_gaps

__all__ = ["LiftFilm", "median"]


def median(values: Floats) -> float:
    """Return the median of what is known, NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFilm:
    """What the stages saw, and what was told.

    Attributes
    ----------
    curves : joint angles and the bar's path
    held : (T,) whether the load is off its resting place
    zero : the standing that angles are counted from, None = none
    """

    curves: LiftCurves
    load: LoadTrack
    held: Mask
    zero: ZeroPosture | None
    view: View
    person: Person
    facts: LiftFacts

    @property
    def pose(self) -> CleanPose:
        """The cleaned person."""
        return self.curves.pose

    @property
    def time_s(self) -> Floats:
        """The film's clock, (T,)."""
        return self.curves.pose.raw.time_s

    @property
    def tilt_rad(self) -> float:
        """How far the camera's roll makes everything seem to lean back; 0 where it is not known."""
        roll = self.view.roll_rad
        return self.pose.forward * roll if math.isfinite(roll) else 0.0

    @property
    def tilt_se_rad(self) -> float:
        """The standard error of `tilt_rad`."""
        known = math.isfinite(self.view.roll_rad) and math.isfinite(self.view.roll_se_rad)
        return self.view.roll_se_rad if known else self.view.likely_roll_rad

    @property
    def counted(self) -> bool:
        """Whether leg and trunk angles count from own standing instead of from the vertical."""
        return self.curves.corrected or self._own_standing is not None

    @property
    def _own_standing(self) -> tuple[float, float] | None:
        if self.zero is None or self.zero.source != "this_clip":
            return None
        return self.zero.start_s, self.zero.end_s

    def standing_rad(self, low: str, high: str) -> float:
        """Return the landmarks' inclination in own standing against the vertical.

        NaN where this film shows no standing.
        """
        if self._own_standing is None:
            return math.nan
        start_s, end_s = self._own_standing
        inside = (self.time_s >= start_s) & (self.time_s < end_s)
        joints = self.pose.joints_px
        angle = inclination_rad(
            joints[low][inside], joints[high][inside], forward=self.pose.forward
        )
        return median(angle) + self.tilt_rad

    def cut(self, values: Floats, frames: Ints, *, longest_s: float) -> Floats:
        """Return a curve (T,) in some frames, short gaps bridged."""
        return fill_short_gaps(self.time_s[frames], values[frames], longest_s=longest_s)

    def typical(self, se: Floats, frames: Ints) -> float:
        """Return the usual standard error in some frames, NaN where nothing is known."""
        return median(se[frames])
