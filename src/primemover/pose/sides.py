"""Repair left-right swaps: a limb does not jump to the other side between two frames."""

from __future__ import annotations

import numpy as np

from primemover.model.arrays import Floats, Ints
from primemover.model.pose import Landmark, PoseTrack

__all__ = ["LIMB_GROUPS", "repair_swaps"]

# Landmarks that are swapped together, as (left, right) pairs.
LIMB_GROUPS: tuple[tuple[tuple[Landmark, Landmark], ...], ...] = (
    (
        (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
        (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
        (Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL),
        (Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX),
    ),
    ((Landmark.LEFT_HIP, Landmark.RIGHT_HIP),),
    ((Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),),
    (
        (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW),
        (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST),
    ),
)

# A change of sides must save this much path, in trunk lengths a landmark pair: an engineering
# default, above the noise of one frame (2-3 % of body length, vision.md 5).
_SWITCH_COST = 0.15


def repair_swaps(track: PoseTrack, *, trunk_px: float) -> tuple[Floats, Floats, dict[str, int]]:
    """Return landmarks and visibilities with swapped left and right put back.

    For each limb group the two labellings of every frame are the states of a chain; the cost of a
    step is how far the joints travel. The cheapest chain is found by dynamic programming and the
    labelling that most frames already carry is kept as the truth.

    Parameters
    ----------
    track
        As the engine gave it.
    trunk_px
        Length of the trunk, which the cost is measured in.

    Returns
    -------
    (T, 33, 2) landmarks, (T, 33) visibilities, and the number of repaired frames by the name of a
    group's first joint.
    """
    xy_px = np.array(track.xy_px)
    visibility = np.array(track.visibility)
    repaired: dict[str, int] = {}
    frames = np.flatnonzero(track.found)
    if frames.size < 2:  # noqa: PLR2004 - a path needs two frames
        return xy_px, visibility, repaired
    for group in LIMB_GROUPS:
        left = [int(pair[0]) for pair in group]
        right = [int(pair[1]) for pair in group]
        swapped = _swapped_frames(xy_px[frames][:, left], xy_px[frames][:, right], trunk_px)
        count = int(swapped.sum())
        if not count:
            continue
        rows = frames[swapped.astype(bool)]
        for one, other in zip(left, right, strict=True):
            xy_px[rows, one], xy_px[rows, other] = xy_px[rows, other], xy_px[rows, one].copy()
            visibility[rows, one], visibility[rows, other] = (
                visibility[rows, other],
                visibility[rows, one].copy(),
            )
        repaired[Landmark(left[0]).name.removeprefix("LEFT_").lower()] = count
    return xy_px, visibility, repaired


def _swapped_frames(left_px: Floats, right_px: Floats, trunk_px: float) -> Ints:
    """Return (N,) 1 where left and right (N, J, 2) should change places."""
    count = left_px.shape[0]
    stay, cross = _step_costs(left_px, right_px, trunk_px)
    penalty = _SWITCH_COST * left_px.shape[1]
    best = np.zeros(2)
    came_from = np.zeros((count, 2), dtype=np.int64)
    for i in range(1, count):
        same = best + stay[i - 1]
        other = best[::-1] + cross[i - 1] + penalty
        came_from[i] = np.where(same <= other, (0, 1), (1, 0))
        best = np.minimum(same, other)
    state = np.zeros(count, dtype=np.int64)
    state[-1] = int(np.argmin(best))
    for i in range(count - 1, 0, -1):
        state[i - 1] = came_from[i, state[i]]
    return 1 - state if state.mean() > 0.5 else state  # noqa: PLR2004 - the majority is right


def _step_costs(left_px: Floats, right_px: Floats, trunk_px: float) -> tuple[Floats, Floats]:
    """Return the travel (N-1,) with labels kept and with labels crossed, in trunk lengths."""

    def travel(one: Floats, other: Floats) -> Floats:
        steps: Floats = np.linalg.norm(other[1:] - one[:-1], axis=-1).sum(axis=-1)
        return steps

    stay = travel(left_px, left_px) + travel(right_px, right_px)
    cross = travel(left_px, right_px) + travel(right_px, left_px)
    return stay / trunk_px, cross / trunk_px
