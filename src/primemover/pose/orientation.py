"""Which way the person faces, and how far the camera is off the side or the front."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.cleaned import Facing
from primemover.model.measure import Side
from primemover.model.pose import Landmark, PoseTrack

__all__ = ["Orientation", "orientation"]

_FRONT_LIMIT_RAD = np.deg2rad(45.0)
_REAR_LIMIT_RAD = np.deg2rad(135.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """The body's turn about the vertical, seen from the camera.

    Attributes
    ----------
    turn_rad : 0 facing the camera, +pi/2 facing the picture's right, -pi/2 its left, pi away
    se_rad : spread of the per-frame estimates, robust, plus what the network is known to err
    """

    turn_rad: float
    se_rad: float
    facing: Facing
    near_side: Side
    forward: int


# World landmarks err by several degrees in turn; engineering default until it is calibrated.
_SYSTEMATIC_SE_RAD = np.deg2rad(6.0)


def orientation(track: PoseTrack) -> Orientation:
    """Return which way the person faces, from the network's 3-D hips and shoulders.

    The left-right axis of the body, L - R, is (+, 0) in (x, z) for a person who faces the camera;
    turned about the vertical it gives the body's turn. The median over all frames is taken on the
    circle. Left or right is decided by 2-D signs that depth errors cannot touch: the toes are in
    front of the heels and the nose in front of the ears.

    Raises nothing: with no frame found the turn is NaN and `forward` is 0.
    """
    found = track.found
    if not found.any():
        return Orientation(
            turn_rad=np.nan, se_rad=np.nan, facing=Facing.CAMERA, near_side=Side.NONE, forward=0
        )
    turns = _frame_turns_rad(track)[found]
    middle = float(np.angle(np.median(np.cos(turns)) + 1j * np.median(np.sin(turns))))
    forward = _forward_vote(track)
    sideways = abs(middle)
    turn = float(np.copysign(sideways, forward)) if forward else middle
    spread = 1.4826 * float(np.median(np.abs(np.angle(np.exp(1j * (turns - middle))))))
    se = float(np.hypot(_SYSTEMATIC_SE_RAD, spread / np.sqrt(max(found.sum() / 15.0, 1.0))))
    facing, near = _facing(sideways, forward)
    is_side = facing in {Facing.LEFT, Facing.RIGHT}
    return Orientation(
        turn_rad=turn, se_rad=se, facing=facing, near_side=near, forward=forward if is_side else 0
    )


def _frame_turns_rad(track: PoseTrack) -> Floats:
    """Return each frame's turn (T,) from hips and shoulders together."""
    world = track.world_m
    across = (
        world[:, Landmark.LEFT_HIP]
        - world[:, Landmark.RIGHT_HIP]
        + world[:, Landmark.LEFT_SHOULDER]
        - world[:, Landmark.RIGHT_SHOULDER]
    )
    turns: Floats = np.arctan2(across[:, 2], across[:, 0])
    return turns


def _forward_vote(track: PoseTrack) -> int:
    """Return +1 if toes and nose point to the picture's right, -1 if left."""
    toes = 0.5 * (
        track.xy_px[:, Landmark.LEFT_FOOT_INDEX]
        - track.xy_px[:, Landmark.LEFT_HEEL]
        + track.xy_px[:, Landmark.RIGHT_FOOT_INDEX]
        - track.xy_px[:, Landmark.RIGHT_HEEL]
    )
    nose = track.xy_px[:, Landmark.NOSE] - track.midpoint_px(Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
    votes = np.concatenate((toes[track.found, 0], nose[track.found, 0]))
    return 1 if np.median(np.sign(votes) * np.sqrt(np.abs(votes))) >= 0 else -1


def _facing(sideways_rad: float, forward: int) -> tuple[Facing, Side]:
    if sideways_rad < _FRONT_LIMIT_RAD:
        return Facing.CAMERA, Side.NONE
    if sideways_rad > _REAR_LIMIT_RAD:
        return Facing.AWAY, Side.NONE
    return (Facing.RIGHT, Side.RIGHT) if forward > 0 else (Facing.LEFT, Side.LEFT)
