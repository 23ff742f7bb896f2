"""Whether landmarks have the person's own proportions, or have run off onto something else.

In a deadlift a plate hides the shanks and the arms hang where legs might be: a network that
follows its own last answer can take the hands for the hips and stay there; or it goes along with
somebody who walks past. Filmed from the side, trunk and thigh hardly change their length in the
picture, and in every test the feet stay where they stand: an answer that breaks this is doubted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.pose import Landmark, PoseFrame

__all__ = ["Proportions", "lengths_px"]

_ENDS: Final = (
    (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
)
# All engineering defaults, looked at on rendered lifters with known joints.
_STRAIGHT: Final = 0.93  # shoulder to ankle over the way along hip and knee: standing upright
_ENOUGH: Final = 3  # upright pictures before anything is doubted
_REMEMBERED: Final = 40
_DOUBTFUL: Final = 0.30  # natural logarithm: 26 % too short or 35 % too long
_AWAY: Final = 0.8  # trunk lengths from where the feet were


def lengths_px(pose: PoseFrame) -> Floats:
    """Return the lengths of trunk, thigh and shank between left-right midpoints, (3,)."""
    points = [0.5 * (pose.xy_px[left] + pose.xy_px[right]) for left, right in _ENDS]
    steps = np.diff(np.stack(points), axis=0)
    found: Floats = np.linalg.norm(steps, axis=1)
    return found


@dataclass(slots=True, kw_only=True)
class Proportions:
    """What is known of one person's lengths and standing place so far, from upright pictures."""

    upright_px: list[Floats] = field(default_factory=list)
    feet_px: list[Floats] = field(default_factory=list)

    def learn(self, pose: PoseFrame) -> None:
        """Note an upright person's lengths; other postures teach nothing."""
        found = lengths_px(pose)
        first, last = (
            0.5 * (pose.xy_px[left] + pose.xy_px[right]) for left, right in (_ENDS[0], _ENDS[-1])
        )
        if np.linalg.norm(last - first) > _STRAIGHT * found.sum() and self.strangeness(pose) < 1.0:
            self.upright_px = [*self.upright_px[-_REMEMBERED:], found]
            self.feet_px = [*self.feet_px[-_REMEMBERED:], last]

    def strangeness(self, pose: PoseFrame) -> float:
        """Return how far trunk, thigh and feet are from the person's own, 1 = just doubtful.

        0 as long as too little is known. The shank's length does not count: plates hide it.
        """
        if len(self.upright_px) < _ENOUGH:
            return 0.0
        own = np.median(np.stack(self.upright_px), axis=0)
        ratio = lengths_px(pose)[:2] / np.maximum(own[:2], 1.0)
        stretched = np.max(np.abs(np.log(np.maximum(ratio, 1e-3)))) / _DOUBTFUL
        left, right = _ENDS[-1]
        feet = 0.5 * (pose.xy_px[left] + pose.xy_px[right])
        away = np.linalg.norm(feet - np.median(np.stack(self.feet_px), axis=0)) / own[0]
        return float(max(stretched, away / _AWAY))
