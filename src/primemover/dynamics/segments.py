"""The planar chain: its segments, its joints, and which hangs on which.

X forward, Y up. Every segment has a low and a high end in standing; its inclination is the
direction from low to high end, counted from the upward vertical, tipping forward +. A foot flat on
the floor counts 0, heel raised +. Arms hang at 0; a hand in front of its shoulder is -.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

__all__ = ["CLINICAL_SIGN", "JOINTS", "PARENT", "SEGMENTS", "Joint", "Segment"]


class Segment(IntEnum):
    """Rigid links in the order of every array whose first axis is ``S`` = 9.

    Legs and arms stand for both sides together. `FOREARM` holds forearm and hand.
    """

    FOOT = 0
    SHANK = 1
    THIGH = 2
    PELVIS = 3
    LUMBAR = 4
    CHEST = 5
    HEAD = 6
    UPPER_ARM = 7
    FOREARM = 8


class Joint(IntEnum):
    """Joints in the order of every array whose first axis is ``J`` = 8.

    Joint j carries segment j + 1: the ankle carries the shank, the hip the pelvis, L5/S1 the
    lumbar link and so on.
    """

    ANKLE = 0
    KNEE = 1
    HIP = 2
    L5S1 = 3
    THORACOLUMBAR = 4
    NECK = 5
    SHOULDER = 6
    ELBOW = 7


SEGMENTS: Final = tuple(Segment)
JOINTS: Final = tuple(Joint)

PARENT: Final[dict[Segment, Segment]] = {
    Segment.SHANK: Segment.FOOT,
    Segment.THIGH: Segment.SHANK,
    Segment.PELVIS: Segment.THIGH,
    Segment.LUMBAR: Segment.PELVIS,
    Segment.CHEST: Segment.LUMBAR,
    Segment.HEAD: Segment.CHEST,
    Segment.UPPER_ARM: Segment.CHEST,
    Segment.FOREARM: Segment.UPPER_ARM,
}
"""The segment towards the ground that carries a segment; only the foot has none."""

CLINICAL_SIGN: Final[dict[Joint, int]] = {
    Joint.ANKLE: 1,
    Joint.KNEE: -1,
    Joint.HIP: 1,
    Joint.L5S1: 1,
    Joint.THORACOLUMBAR: 1,
    Joint.NECK: 1,
    Joint.SHOULDER: 1,
    Joint.ELBOW: 1,
}
"""Clinical moment = this times the counter-clockwise moment (about Z, to the person's right) that
the segment below gives to the segment above. It makes plantarflexor and extensor moments of legs
and spine +, and flexor moments of shoulder and elbow +."""
