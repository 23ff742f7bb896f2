"""How level the camera was held."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["UNKNOWN_LEVEL", "CameraLevel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLevel:
    """Roll and pitch of a camera that stands still, NaN = unknown.

    Attributes
    ----------
    roll_rad : the camera is turned clockwise, as seen from behind it; what is upright in the room
        then leans to the picture's left
    pitch_rad : the camera looks up, down is negative
    roll_se_rad, pitch_se_rad : standard errors
    lines : how many straight edges of the room it rests on
    why : a sentence, why something is unknown, or empty
    """

    roll_rad: float = math.nan
    roll_se_rad: float = math.nan
    pitch_rad: float = math.nan
    pitch_se_rad: float = math.nan
    lines: int = 0
    why: str = ""


UNKNOWN_LEVEL = CameraLevel(why="The picture was not searched for upright edges.")
