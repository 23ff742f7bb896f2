"""Landmarks after cleaning: sides repaired, feet planted, facing known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from primemover.model.arrays import Floats, Mask
from primemover.model.measure import Side
from primemover.model.pose import PoseTrack

__all__ = ["SIDE_JOINTS", "CleanPose", "Facing"]

SIDE_JOINTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")


class Facing(StrEnum):
    """Which way the person looks in the picture."""

    LEFT = "left"
    RIGHT = "right"
    CAMERA = "camera"
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPose:
    """The person in the plane of the picture, ready to be measured.

    Attributes
    ----------
    raw : the track it was made from
    facing : which way the person looks
    near_side : the side of the body towards the camera (side view), NONE in a front view
    forward : +1 if the person faces the picture's right, -1 if left, 0 in a front or rear view
    joints_px : name -> (T, 2) array, x right, y DOWN. Names are `SIDE_JOINTS`: left-right
        midpoints where both sides can be trusted, the nearer side otherwise. NaN = not known
    left_px, right_px : the same per side, swaps repaired
    se_px : name -> (T,) array, standard error of one coordinate of `joints_px`
    hidden : name -> (T,) bool array, True where something (a plate, the picture's edge) covers
        the joint and its position is held, guessed or missing
    feet_planted : (T,) bool array, True while the feet stand still
    notes : what was repaired, as sentences
    turn_rad, turn_se_rad : the body's turn about the vertical, 0 facing the camera, +pi/2 facing
        the picture's right, pi facing away; and its standard error
    """

    raw: PoseTrack
    facing: Facing
    near_side: Side
    forward: int
    joints_px: dict[str, Floats]
    left_px: dict[str, Floats]
    right_px: dict[str, Floats]
    se_px: dict[str, Floats]
    hidden: dict[str, Mask]
    feet_planted: Mask
    notes: tuple[str, ...] = ()
    turn_rad: float = math.nan
    turn_se_rad: float = math.nan
