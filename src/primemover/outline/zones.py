"""Where on the back what is read, in hip-shoulder lengths, hip 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primemover.model.arrays import Floats, Mask

__all__ = [
    "LOWER",
    "NAPE_FREE",
    "SACRAL",
    "THORACOLUMBAR",
    "UPPER",
    "UPPER_THORACIC",
    "Zone",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A closed stretch of the back, in stations."""

    low: float
    high: float

    def holds(self, station: Floats) -> Mask:
        """Return which of `station` lie in the zone."""
        held: Mask = (station >= self.low) & (station <= self.high)
        return held


# The sacrum and the upper buttock, counted along the pelvis's OWN direction through the mid-hip,
# not along the trunk: the pelvis is stiff, so these points stay on the same skin when the spine
# bends. A zone fixed on the trunk's axis slides up onto the loin as the back rounds, and swallows
# part of the rounding. Lower, a straight back's zone falls off the buttock in a deep bend; higher,
# it swallows more: on 632 postures of rendered people -.10 to .20, -.09 to .20, -.08 to .20 and
# -.06 to .20 read the lumbar angle to 5.2, 5.3, 5.5 and 5.7 deg, and a drawn straight back without
# a buttock as rounded by 2.8, 1.8, 1.0 and -0.1 deg.
SACRAL: Final = Zone(low=-0.09, high=0.20)
# About the last rib, along the trunk's axis. From .42 to .58, as before, it lay below the
# thoracolumbar joint and read pelvis + lumbar 4.3 deg wrong on the rendered people, now 3.6.
THORACOLUMBAR: Final = Zone(low=0.42, high=0.70)
# As far from the neck as the zone below allows.
UPPER_THORACIC: Final = Zone(low=0.76, high=0.96)

# What must be seen for them: the zones and what the smoothing reaches beyond them.
LOWER: Final = Zone(low=-0.10, high=0.74)
UPPER: Final = Zone(low=0.70, high=1.02)
# Below the neck's own hollow: here a bare spine is convex.
NAPE_FREE: Final = Zone(low=0.66, high=0.96)
