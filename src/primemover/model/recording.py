"""A film and its clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.level import UNKNOWN_LEVEL, CameraLevel

__all__ = ["Recording"]

_OFF_BEAT = 0.2  # a frame interval this share off the median is off the beat
_UNEVEN_SHARE = 0.1  # of the intervals: more than this and the film counts as uneven


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What is known of a film after it was decoded.

    Attributes
    ----------
    name : file name without folders (never a path: names may identify people)
    sha256 : of the file
    width_px, height_px : upright, after the rotation in the container was applied
    rotation_deg : clockwise turn that was applied to the stored picture (0, 90, 180, 270)
    codec : e.g. ``"h264"``
    time_s : (T,) presentation time of each decoded frame, first one 0, strictly increasing
    notes : what a person should know about the file (for example that its end is missing)
    level : how level the camera was held, as far as the room behind the person tells
    """

    name: str
    sha256: str
    width_px: int
    height_px: int
    rotation_deg: int
    codec: str
    time_s: Floats
    notes: tuple[str, ...] = ()
    level: CameraLevel = UNKNOWN_LEVEL

    @property
    def frame_count(self) -> int:
        """Number of decoded frames, T."""
        return int(self.time_s.size)

    @property
    def duration_s(self) -> float:
        """From the first frame to the last."""
        return float(self.time_s[-1] - self.time_s[0]) if self.time_s.size else 0.0

    @property
    def frame_rate_hz(self) -> float:
        """Median frame rate; phones record uneven ones, so never turn it into time."""
        steps = np.diff(self.time_s)
        return float(1.0 / np.median(steps)) if steps.size else 0.0

    def frame_at(self, time_s: float) -> int:
        """Return the index of the frame shown nearest to a time of the film's clock."""
        return int(np.argmin(np.abs(self.time_s - time_s)))

    @property
    def is_uneven(self) -> bool:
        """Whether a tenth of the frame intervals is more than 20 % off the median."""
        steps = np.diff(self.time_s)
        if not steps.size:
            return False
        median = np.median(steps)
        return bool(np.mean(np.abs(steps - median) > _OFF_BEAT * median) > _UNEVEN_SHARE)
