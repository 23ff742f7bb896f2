"""The load's path under straight arms, and the hands at it."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from validation.virtual.bodies import SIDES
from validation.virtual.figure import Coord, Figure
from validation.virtual.performance import hanging_wrists_m
from validation.virtual.posture import Reach, grip_depth_m, reach_with_arms
from validation.virtual.rotations import Floats
from validation.virtual.skeleton import Track
from validation.virtual.solving import BAR_RADIUS_M, front_of_leg_m

__all__ = ["Hold", "carry", "middle_m"]

ELBOW = np.array([-1.0, 0.0, 0.3])
_ELBOWS_OUT = np.array([-0.3, 0.0, 1.0])
_HELD = 0.999
# Both hands on one narrow grip: upright, the arms go round the trunk, bent by so much.
_ROUND_TRUNK = 0.09
_UPRIGHT = (0.70, 0.97)  # cosine of the chest's tilt, from where to where they bend
_BELLY = 0.75  # of its depth: so far ahead the grip is carried
_PUSH_FRAMES = 7  # over which the legs push the bar ahead
_ROUNDS = 3  # the leg's front depends on the bar's height and the height on how far ahead it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How a load is held.

    Attributes
    ----------
    aside_m : how far each hand is from the middle
    rest_m : height of the bar or grip before it is taken
    lowest_m : height below which it cannot go: the floor stops it
    between_legs : whether it passes between the legs and meets only the upper thighs
    """

    aside_m: float
    rest_m: float
    lowest_m: float
    between_legs: bool


def carry(figure: Figure, track: Track, postures: Floats, hold: Hold) -> tuple[Track, Floats]:
    """Return the track with its arms at the load, and the load's path (T, 3)."""
    grip = postures[:, Coord.GRIP]
    bar_m = _path_m(figure, track, postures, hold)
    hanging = hanging_wrists_m(figure.body, track)
    held = np.empty_like(hanging)
    for number, side in enumerate(SIDES):
        outward = 1.0 if side == "right" else -1.0
        hand = bar_m + np.array([0.0, 0.0, outward * hold.aside_m])
        arm = track.joints_m[:, figure.body.joint(f"shoulder_{side}")] - hand
        distance = np.linalg.norm(arm, axis=1, keepdims=True)
        held[:, number] = hand + arm / distance * grip_depth_m(figure.body)
    share = np.clip(grip, 0.0, 1.0)[:, None, None]
    reach = Reach(
        wrists_m=(1.0 - share) * hanging + share * held,
        elbow_towards=_ELBOWS_OUT if hold.between_legs else ELBOW,
        grip=np.clip(grip, 0.0, 1.0),
    )
    return reach_with_arms(figure.body, track, reach), bar_m


def middle_m(figure: Figure, track: Track, part: str) -> Floats:
    """Return the middle of a left and a right joint, (T, 3)."""
    both = track.joints_m[:, [figure.body.joint(f"{part}_{side}") for side in SIDES]]
    middle: Floats = both.mean(axis=1)
    return middle


def _path_m(figure: Figure, track: Track, postures: Floats, hold: Hold) -> Floats:
    """Return the load (T, 3): hanging from the straighter arm, ahead of the legs, off the floor."""
    taken = postures[:, Coord.GRIP] > _HELD
    ahead = postures[:, Coord.BAR_X_M].copy()
    first = int(np.argmax(taken)) if taken.any() else 0
    ahead[:first] = ahead[first]
    hip, knee = middle_m(figure, track, "hip"), middle_m(figure, track, "knee")
    arm_m = _arm_m(figure, track, hold)
    bar_x = ahead
    for _ in range(_ROUNDS):
        height = np.maximum(_hanging_m(figure, track, bar_x, arm_m, hold.aside_m), hold.lowest_m)
        height = np.where(np.arange(len(height)) < first, hold.rest_m, height)
        front = front_of_leg_m(figure, hip=hip[:, :2], knee=knee, height_m=height) + BAR_RADIUS_M
        if hold.between_legs:
            up = (height - knee[:, 1]) / np.maximum(hip[:, 1] - knee[:, 1], 0.05)
            smooth = np.clip((up - 0.2) / 0.5, 0.0, 1.0) ** 2
            front = np.maximum(front, hip[:, 0] + _BELLY * figure.links.belly)
            front = ahead + smooth * (front - ahead)
        bar_x = ahead + _smoothed(np.maximum(front - ahead, 0.0))
    bar_x[:first] = bar_x[first]
    return np.stack([bar_x, height, np.zeros_like(height)], axis=1)


def _smoothed(pushed_m: Floats) -> Floats:
    """Return a push (T,) without jerks and nowhere less: its running maximum, averaged."""
    widest = maximum_filter1d(pushed_m, _PUSH_FRAMES, mode="nearest")
    smooth: Floats = uniform_filter1d(widest, _PUSH_FRAMES, mode="nearest")
    return smooth


def _arm_m(figure: Figure, track: Track, hold: Hold) -> Floats:
    """Return how long the arms are made, (T,): straight, but round the trunk at a narrow grip."""
    upright = track.rotations[:, figure.body.joint("t7t8"), 1, 1]
    low, high = _UPRIGHT
    share = np.clip((upright - low) / (high - low), 0.0, 1.0)
    bent = _ROUND_TRUNK * share**2 * (3.0 - 2.0 * share) if hold.between_legs else 0.0 * share
    arm: Floats = figure.links.arm * (1.0 - bent)
    return arm


def _hanging_m(
    figure: Figure, track: Track, bar_x: Floats, arm_m: Floats, aside_m: float
) -> Floats:
    """Return how high a bar hangs from the arm that is nearer to it, (T,)."""
    heights = []
    for side, outward in zip(SIDES, (-1.0, 1.0), strict=True):
        shoulder = track.joints_m[:, figure.body.joint(f"shoulder_{side}")]
        across = (shoulder[:, 0] - bar_x) ** 2 + (shoulder[:, 2] - outward * aside_m) ** 2
        drop = np.sqrt(np.maximum(arm_m**2 - across, 0.01))
        heights.append(shoulder[:, 1] - drop)
    higher: Floats = np.maximum(*heights)
    return higher
