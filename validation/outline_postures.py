"""The random postures that the outline is tried on: drawn by seed, the same every time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats
from validation.virtual.bodies import first_names
from validation.virtual.posture import posture

__all__ = ["DESIGNS", "STANDING", "YAW_DEG", "Design", "camera_yaw_deg", "random_postures"]

STANDING = 3  # pictures of each person in each set
YAW_DEG = 8.0  # of the turned camera at most; the people's places are spread evenly up to there
YAW_SEED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A set of random postures.

    Attributes
    ----------
    label : what the pictures show
    seed : person b draws from seed + b
    each : postures of each person in the whole set
    few : of which so many are the small set
    wide : sumo stance, knees out
    turned : a camera up to 8 deg off the side, another place for each person
    """

    label: str
    seed: int
    each: int
    few: int
    wide: bool = False
    turned: bool = False


DESIGNS = (
    Design(label="narrow stance, exactly sideways", seed=100, each=40, few=7),
    Design(
        label="narrow stance, camera off the side",
        seed=200,
        each=25,
        few=5,
        turned=True,
    ),
    Design(label="wide stance, knees out", seed=300, each=14, few=3, wide=True),
)


def camera_yaw_deg(design: Design, number: int) -> float:
    """Return where a person is filmed from in a set: off the exact side, degrees."""
    if not design.turned:
        return 0.0
    places = np.linspace(-YAW_DEG, YAW_DEG, len(first_names()))
    return float(np.random.default_rng(YAW_SEED).permutation(places)[number])


def random_postures(design: Design, number: int) -> Floats:
    """Return three standing postures and all random ones of a person.

    Parameters
    ----------
    design
        The set.
    number
        The person's; the draws depend on it and the set's seed alone, so that the small set is
        the beginning of the whole one.

    Returns
    -------
    postures : (STANDING + each, C) array, see `posture`
    """
    random = np.random.default_rng(design.seed + number)
    drawn = [posture(shank=2.0, knee=2.0)]
    for _ in range(STANDING - 1):
        sway, knee = random.normal(0.0, 1.0), random.uniform(0.0, 3.0)
        pelvis, lumbar, thoracic = random.normal(0.0, 2.0, size=3)
        drawn.append(
            posture(
                shank=2.0 + sway, knee=2.0 + knee, pelvis=pelvis, lumbar=lumbar, thoracic=thoracic
            )
        )
    drawn += [_bent(random, wide=design.wide) for _ in range(design.each)]
    return np.array(drawn)


def _bent(random: np.random.Generator, *, wide: bool) -> Floats:
    """Return one posture between a bow and the bottom of a deadlift, back anywhere."""
    pelvis, lumbar = random.uniform(5.0, 65.0), random.uniform(-3.0, 50.0)
    if wide:
        knee, shank = random.uniform(45.0, 85.0), random.uniform(0.0, 8.0)
        legs = {"knee": knee, "shank": shank, "abduction": random.uniform(25.0, 40.0)}
        pelvis *= 0.8
    else:
        knee = random.uniform(0.0, 80.0)
        shank = random.uniform(-5.0, 12.0) if knee > 15.0 else random.uniform(-6.0, 2.0)  # noqa: PLR2004 - a nearly straight knee
        legs = {"knee": knee, "shank": shank}
    return posture(
        pelvis=pelvis,
        lumbar=lumbar,
        thoracic=random.uniform(-5.0, 25.0),
        neck=random.uniform(-25.0, 10.0),
        **legs,
    )
