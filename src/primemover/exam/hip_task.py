"""Whether a film looks like the seated hip rotation test at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from primemover.exam.hip_checks import SEATED_DROP
from primemover.exam.hip_signals import Leg, Seat
from primemover.model.view import TaskGuess, TaskName, View, ViewLabel
from primemover.signal.soft import falls

__all__ = ["guess_seated_task"]

# Margins over which one answer turns into the other, in shank lengths; engineering defaults.
_DROP_WIDTH: Final = 0.08
_TRAVEL: Final = (0.45, 0.08)  # a seated pelvis stays where it is; a squat's travels a shank
_NO_SWING: Final = 0.15  # chance that a seated film without any swing is this test


def guess_seated_task(view: View, seat: Seat, legs: Sequence[Leg]) -> TaskGuess:
    """Return whether somebody sits facing the camera and swings a shank.

    The probability is a product of logistic scores in those margins: engineering defaults, not
    fitted.
    """
    facing = (
        1.0 if view.label is ViewLabel.FRONT else 0.1 if view.label is ViewLabel.OBLIQUE else 0.0
    )
    drop = _median(seat.thigh_drop)
    travel = float(np.nanquantile(seat.hip_travel, 0.95)) if _known(seat.hip_travel) else np.inf
    seated = falls(drop, SEATED_DROP, _DROP_WIDTH) * falls(travel, *_TRAVEL)
    swings = any(leg.swings for leg in legs)
    probability = facing * seated * (1.0 if swings else _NO_SWING)
    if probability >= 0.5:  # noqa: PLR2004 - likelier than not
        return TaskGuess(
            looks_like=TaskName.HIP_ROTATION,
            probability=probability,
            why="Somebody sits facing the camera and swings a shank sideways.",
        )
    why = (
        "Nobody faces the camera."
        if facing < 0.5  # noqa: PLR2004 - likelier than not
        else "Nobody sits still with the thighs towards the camera."
        if seated < 0.5  # noqa: PLR2004 - likelier than not
        else "No shank swings outward."
    )
    return TaskGuess(looks_like=TaskName.OTHER, probability=1.0 - probability, why=why)


def _known(values: np.ndarray) -> bool:
    return bool(np.isfinite(values).any())


def _median(values: np.ndarray) -> float:
    return float(np.nanmedian(values)) if _known(values) else np.inf
