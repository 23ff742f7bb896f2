"""How a lift can be done: the amounts of each style, drawn continuously by seed.

Degrees count from the own standing. The ranges are engineering defaults: wide enough that the
rules' thresholds are mostly crossed clearly or not at all, with some that lie near.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

__all__ = ["LIFTS", "STYLES", "Amounts", "another", "draw_amounts"]

Random: TypeAlias = np.random.Generator

LIFTS = ("conventional", "sumo", "romanian", "kettlebell")
STYLES = (
    "neutral",
    "rounded",
    "hips_first",
    "squat_like",
    "finished_with_back",
    "leans_back",
)

# How the trunk leans at the load in a plain lift, degrees from the own standing.
_LEAN = {
    "conventional": (64.0, 80.0),
    "sumo": (58.0, 72.0),
    "romanian": (72.0, 88.0),
    "kettlebell": (62.0, 82.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """One repetition.

    Attributes
    ----------
    lean, lumbar, thoracic, neck : at the load
    shoot : how much further the trunk tips while the hips shoot up, the load still down
    early : how much further it tips until a quarter of the load's way
    at_knees : lean when the load passes the knees
    further : further rounding until then
    late_lean : lean when a third of the rise is left
    late_lumbar : share of the rounding that is left then
    late_pelvis : pelvis then, when the hips stop early; NaN lets it follow from the lean
    late_knee, top_knee : absolute
    top_lean, top_lumbar : at lockout
    drift_m : of the load, ahead of where it started, when it passes the knees
    """

    lean: float
    lumbar: float
    thoracic: float
    neck: float
    shoot: float
    early: float
    at_knees: float
    further: float
    late_lean: float
    late_lumbar: float
    late_pelvis: float
    late_knee: float
    top_knee: float
    top_lean: float
    top_lumbar: float
    drift_m: float


def draw_amounts(random: Random, *, lift: str, style: str) -> Amounts:
    """Draw one repetition of a style."""
    plain = _plain(random, _LEAN[lift])
    if style == "neutral":
        return plain
    if style == "rounded":
        return replace(
            plain,
            lumbar=random.uniform(25.0, 50.0),
            thoracic=random.uniform(0.0, 25.0),
            further=_seldom(random, 0.25, random.uniform(6.0, 16.0)),
        )
    if style == "hips_first":
        return _hips_first(random, plain, lower=10.0 if lift == "romanian" else 0.0)
    if style == "squat_like":
        return replace(
            plain,
            lean=random.uniform(*((22.0, 42.0) if lift == "romanian" else (30.0, 50.0))),
            lumbar=random.uniform(0.0, 20.0),
            at_knees=random.uniform(36.0, 50.0),
            late_knee=random.uniform(10.0, 22.0),
        )
    if style == "finished_with_back":
        return replace(
            plain,
            lumbar=random.uniform(22.0, 38.0),
            late_lean=random.uniform(22.0, 30.0),
            late_pelvis=random.uniform(-3.0, 7.0),
        )
    if style == "leans_back":
        return replace(
            plain,
            top_lean=-random.uniform(9.0, 24.0),
            top_lumbar=-random.uniform(2.0, 18.0),
        )
    raise ValueError(f"no style {style!r}; there are: {', '.join(STYLES)}")


def another(random: Random, one: Amounts) -> Amounts:
    """Return the next repetition of the same person: nearly the same."""
    about = random.normal(0.0, 1.2, size=4)
    return replace(
        one,
        lean=one.lean + about[0],
        lumbar=one.lumbar + about[1],
        at_knees=one.at_knees + about[2],
        top_lean=one.top_lean + 0.5 * about[3],
    )


def _plain(random: Random, lean: tuple[float, float]) -> Amounts:
    at_load = random.uniform(*lean)
    return Amounts(
        lean=at_load,
        lumbar=random.uniform(0.0, 14.0),
        thoracic=random.uniform(-5.0, 18.0),
        neck=-random.uniform(0.0, 0.6) * at_load,
        shoot=0.0,
        early=random.uniform(-9.0, 0.0),
        at_knees=at_load - random.uniform(16.0, 26.0),
        further=random.uniform(-3.0, 4.0),
        late_lean=random.uniform(17.0, 25.0),
        late_lumbar=random.uniform(0.1, 0.4),
        late_pelvis=float("nan"),
        late_knee=random.uniform(5.0, 15.0),
        top_knee=random.uniform(1.0, 4.0),
        top_lean=random.uniform(-4.0, 3.0),
        top_lumbar=random.uniform(-4.0, 3.0),
        drift_m=_seldom(random, 0.12, random.uniform(0.05, 0.14)),
    )


def _hips_first(random: Random, plain: Amounts, *, lower: float) -> Amounts:
    """Return a lift that begins low and tips: most before the load goes up, some after.

    From the shins up (Romanian) the trunk must be more upright for the knees to be bent at all.
    """
    at_load = plain.lean - lower - random.uniform(4.0, 14.0)
    on_floor = random.uniform() < 0.75  # noqa: PLR2004 - most do
    tips = random.uniform(10.0, 24.0) + 0.3 * lower
    return replace(
        plain,
        lean=at_load,
        lumbar=random.uniform(2.0, 26.0),
        shoot=tips if on_floor else 0.0,
        early=random.uniform(0.0, 4.0) if on_floor else tips,
        at_knees=at_load + tips,
        late_knee=random.uniform(3.0, 7.0),
    )


def _seldom(random: Random, probability: float, value: float) -> float:
    """Return the value sometimes, else about nothing."""
    small = random.uniform(-0.1, 0.2) * value
    return value if random.uniform() < probability else small
