"""Where in a picture one person is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.pose import PoseFrame

__all__ = ["CROP_SIDE", "PersonBox", "Region", "Sighting"]

CROP_SIDE = 256  # side of the square crop that pose networks look at, pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A turned square of the picture that holds one person.

    Attributes
    ----------
    x_px, y_px : its centre, x right, y DOWN
    side_px : length of its side
    angle_rad : clockwise turn on the screen; 0 when the body's axis points straight up
    """

    x_px: float
    y_px: float
    side_px: float
    angle_rad: float

    def crop_to_frame(self) -> Floats:
        """Return the (2, 3) affine from crop pixel (x, y, 1) to picture pixels."""
        scale = self.side_px / CROP_SIDE
        cosine, sine = scale * math.cos(self.angle_rad), scale * math.sin(self.angle_rad)
        half = CROP_SIDE / 2.0
        return np.array(
            [
                [cosine, -sine, self.x_px - half * (cosine - sine)],
                [sine, cosine, self.y_px - half * (sine + cosine)],
            ]
        )

    def distance_px(self, other: Region) -> float:
        """Return how far apart the centres of two regions are."""
        return math.hypot(self.x_px - other.x_px, self.y_px - other.y_px)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBox:
    """One person as the detector saw them.

    Attributes
    ----------
    region : where to look for the person's landmarks
    score : the detector's confidence, 0-1
    """

    region: Region
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One person's landmarks and where to look for the same person in the next picture."""

    pose: PoseFrame
    next_region: Region
