"""Where the camera stood, and what the person seems to be doing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["TaskGuess", "TaskName", "View", "ViewLabel"]


class ViewLabel(StrEnum):
    """The camera's position about the person."""

    SIDE = "side"
    OBLIQUE = "oblique"
    FRONT = "front"
    REAR = "rear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The camera's position, estimated from the person's own proportions.

    Attributes
    ----------
    yaw_rad : turn away from the view the test wants (0 = exactly that view), NaN unknown
    yaw_se_rad : its standard error
    accepted : whether the test may be measured in this view
    why : a sentence for the person, empty when the view is right
    """

    label: ViewLabel
    yaw_rad: float
    yaw_se_rad: float
    accepted: bool
    why: str = ""


class TaskName(StrEnum):
    """What the movement looks like."""

    DEADLIFT = "deadlift"
    SQUAT = "squat"
    CLEAN = "clean"
    FORWARD_BEND = "forward_bend"
    HIP_ROTATION = "hip_rotation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGuess:
    """What the movement looks like, with a probability in 0-1 and the reason."""

    looks_like: TaskName
    probability: float
    why: str = ""
