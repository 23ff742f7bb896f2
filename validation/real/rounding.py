"""Whether a back that rounds is told from one that is held: one man, one hood, two sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.repetition import Repetition
from validation.real.again import look_of, measured, plain_angles
from validation.real.clips import HELD, ROUNDED, RealFilm
from validation.real.repeating import values_of
from validation.real.spread import Apart, apart

__all__ = ["SHOWN", "Told", "told_apart"]

# What tells the two sets apart; the first is the one that a correction must not make worse.
SHOWN: Final = ("lumbar_flexion_bottom", "lumbar_extension_pull", "pelvis_inclination_bottom")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One measure in the set called correct and in the one called rounded, in radians.

    Attributes
    ----------
    way : ``"plain tangents"`` or ``"shipped"``
    held, rounded : means over the repetitions
    apart : rounded against held, over repetitions
    se : stated standard error of one repetition, median over both sets
    """

    measure: str
    way: str
    held: float
    rounded: float
    apart: Apart
    se: float


def told_apart(films: Mapping[str, RealFilm]) -> list[Told]:
    """Return the comparison, plain and as shipped; empty without both films."""
    looks = []
    for name in (HELD, ROUNDED):
        trial = films[name].trial if name in films else None
        look = look_of(trial) if trial is not None else None
        if look is None:
            return []
        looks.append(look)
    ways = {
        "plain tangents": [measured(look, plain_angles) for look in looks],
        "shipped": [look.repetitions for look in looks],
    }
    return [_told(measure, way, *sets) for measure in SHOWN for way, sets in ways.items()]


def _told(
    measure: str, way: str, held: Sequence[Repetition], rounded: Sequence[Repetition]
) -> Told:
    first, second = values_of(held, measure), values_of(rounded, measure)
    errors = [
        one.measures[measure].se
        for one in (*held, *rounded)
        if measure in one.measures and one.measures[measure].is_known
    ]
    return Told(
        measure=measure,
        way=way,
        held=_mean(first),
        rounded=_mean(second),
        apart=apart(first, second),
        se=float(np.median(errors)) if errors else np.nan,
    )


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")
