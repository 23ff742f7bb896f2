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


# The sacrum, counted along its OWN tangent through the mid-hip, not along the trunk: the pelvis is
# stiff, so these points stay on the same skin when the spine bends. A zone fixed on the trunk's
# axis slides up onto the loin as the back rounds, and swallows part of the rounding. Of 20 such
# zones this one had the least lumbar error (5.1 deg; the others 5.1 to 10.8) on 320 postures of
# rendered people with known spines; 311 other postures then gave 6.1 (camera up to 7 deg off the
# side) and 5.4 deg (wide stance). Two real films had been looked at by then, but did not choose.
SACRAL: Final = Zone(low=-0.08, high=0.18)
# Along the trunk's axis, as in the feasibility trial, before any result was looked at.
THORACOLUMBAR: Final = Zone(low=0.42, high=0.58)
UPPER_THORACIC: Final = Zone(low=0.80, high=1.00)

# What must be seen for them: the zones and what the smoothing reaches beyond them.
LOWER: Final = Zone(low=-0.08, high=0.66)
UPPER: Final = Zone(low=0.72, high=1.04)
# Below the neck's own hollow: here a bare spine is convex.
NAPE_FREE: Final = Zone(low=0.66, high=0.96)
