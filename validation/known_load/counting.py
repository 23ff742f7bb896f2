"""How often the true moment lies in the 90 % interval, and how large the errors are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from validation.known_load.observing import Seen
from validation.table.bootstrap import Estimate, estimates

__all__ = ["TARGET", "Cell", "cell"]

TARGET: Final = (0.85, 0.95)
_SEED: Final = 4  # the same films always give the same page


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Some quantities of some films.

    Attributes
    ----------
    films, people : of those that were estimated
    asked : how often there was a true value
    unmeasured : reason -> how often
    inside : share of the true values in the 90 % interval, with its own 95 % interval
    error, bias : mean size of the error and mean error (estimated - true), N·m or a share
    relative : mean size of the error over the joint's largest true moment
    width : mean half-width of the interval
    below : share of true values under the interval
    instants : mean share of a part's instants inside the band; NaN where it is no curve
    """

    films: int
    people: int
    asked: int
    unmeasured: dict[str, int]
    inside: Estimate
    error: float
    bias: float
    relative: float
    width: float
    below: float
    instants: float

    @property
    def known(self) -> float:
        """Share that was estimated at all."""
        return 1.0 - sum(self.unmeasured.values()) / self.asked if self.asked else float("nan")


def cell(seen: Sequence[Seen]) -> Cell:
    """Return the counts of some quantities; NaN where nothing was estimated."""
    known = [one for one in seen if one.measured]
    error = np.array([one.value - one.true for one in known])
    return Cell(
        films=len({one.film for one in known}),
        people=len({one.person for one in known}),
        asked=len(seen),
        unmeasured=dict(Counter(one.why for one in seen if not one.measured)),
        inside=_inside(known),
        error=_mean(np.abs(error)),
        bias=_mean(error),
        relative=_mean(np.abs(error) / np.array([one.scale for one in known])),
        width=_mean(np.array([0.5 * (one.high - one.low) for one in known])),
        below=_mean(np.array([float(one.true < one.low) for one in known])),
        instants=_mean(np.array([one.instants_inside for one in known])),
    )


def _inside(known: Sequence[Seen]) -> Estimate:
    """Return the share inside; people are drawn with all they did."""
    if not known:
        return Estimate(value=float("nan"), low=float("nan"), high=float("nan"))
    people = sorted({one.person for one in known})
    sums = np.zeros((len(people), 2))
    for one in known:
        sums[people.index(one.person)] += (float(one.inside), 1.0)

    def share(totals: Floats) -> dict[str, Floats]:
        with np.errstate(divide="ignore", invalid="ignore"):
            return {"inside": totals[..., 0] / totals[..., 1]}

    return estimates(sums, share, seed=_SEED)["inside"]


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")
