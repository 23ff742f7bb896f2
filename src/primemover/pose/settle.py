"""From a detector's rough region to a sighting that can be believed.

The detector's region is only roughly centred, and on somebody folded over behind a plate its
direction can be wrong by more than a right angle. The landmark network then draws the person upside
down, and following would keep it so. Looking again from other directions and keeping the answer
with the highest presence repairs that.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from primemover.model.arrays import Pixels
from primemover.model.region import Region, Sighting
from primemover.pose.engine import PoseEngine

__all__ = ["settled"]

# Engineering defaults; seen on the development clips: of nine regions more than 1 rad off, seven
# lay beyond this angle, and the upright answers had the higher presence in all nine.
_STEEP_RAD: Final = math.radians(85.0)
_OTHER_WAYS_RAD: Final = (0.0, 1.0, -1.0)
_LOOKS: Final = 2  # each from where the landmarks of the one before point to


def settled(engine: PoseEngine, picture: Pixels, region: Region) -> Sighting:
    """Return the person in a region after looking again from where the landmarks point to.

    A region that points steeply down is also looked at from three upright directions; the sighting
    with the highest presence is kept.
    """
    ways = [region]
    turn_rad = math.remainder(region.angle_rad, 2.0 * math.pi)
    if abs(turn_rad) > _STEEP_RAD:
        ways += [replace(region, angle_rad=way) for way in _OTHER_WAYS_RAD]
    return max((_looked(engine, picture, way) for way in ways), key=_presence)


def _looked(engine: PoseEngine, picture: Pixels, region: Region) -> Sighting:
    sighting = engine.landmarks(picture, region)
    for _ in range(_LOOKS - 1):
        sighting = engine.landmarks(picture, sighting.next_region)
    return sighting


def _presence(sighting: Sighting) -> float:
    return sighting.pose.presence
