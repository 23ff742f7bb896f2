"""How probable a condition is, given measures with errors and some that are missing.

Three-valued: whatever the errors, a condition is surely true, surely false or open (a measure it
needs is missing). So a probability is an interval [lower, upper]; it is a point when all is known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from primemover.findings.chances import chances
from primemover.findings.world import World, world_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure

__all__ = ["Belief", "believe", "believe_all", "for_side", "missing_of"]

_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """Probability bounds of a condition; `missing` are the ids that leave it open."""

    lower: float
    upper: float
    missing: tuple[str, ...] = ()

    @property
    def status(self) -> FindingStatus:
        """Present, absent or indeterminate by the decision table."""
        decision = load().decision
        if self.lower >= decision.present_from:
            return FindingStatus.PRESENT
        if self.upper <= decision.absent_to:
            return FindingStatus.ABSENT
        return FindingStatus.INDETERMINATE

    @property
    def probability(self) -> float:
        """The bound that decides; NaN when missing measures leave it open."""
        if self.upper - self.lower < _SAME or self.status is FindingStatus.PRESENT:
            return self.lower
        return self.upper if self.status is FindingStatus.ABSENT else math.nan


def believe(
    condition: Condition, measures: Mapping[str, Measure], *, world: World | None = None
) -> Belief:
    """Return how probable `condition` is; exact for lines on one or two measures or differences.

    `world` is that of `measures`, for when many conditions are asked of it.
    """
    return believe_all([condition], measures, world=world)[0]


def believe_all(
    conditions: Sequence[Condition],
    measures: Mapping[str, Measure],
    *,
    world: World | None = None,
) -> tuple[Belief, ...]:
    """Return how probable each condition is, all over the same cells or draws.

    Conditions that exclude each other and leave nothing out get probabilities that add up to
    exactly 1 when all their measures are known.
    """
    world = world_of(measures) if world is None else world
    return tuple(
        Belief(
            lower=float(found.sure[0]),
            upper=float(found.possible[0]),
            missing=missing_of(condition, world),
        )
        for condition, found in zip(conditions, chances(conditions, world), strict=True)
    )


def missing_of(condition: Condition, world: World) -> tuple[str, ...]:
    """Return the measures that leave a condition open."""
    needed = (leaf.measure for leaf in condition.leaves() if not leaf.if_measured)
    return tuple(dict.fromkeys(name for name in needed if not world.bases(name)))


def for_side(condition: Condition, side: str) -> Condition:
    """Return a sided condition with ``{side}`` and ``{other}`` filled in."""
    other = {"left": "right", "right": "left"}.get(side, "")
    negated = condition.negated
    return Condition(
        measure=condition.measure.format(side=side, other=other),
        unit=condition.unit,
        above=condition.above,
        below=condition.below,
        between=condition.between,
        grey=condition.grey,
        if_measured=condition.if_measured,
        all=tuple(for_side(child, side) for child in condition.all),
        any=tuple(for_side(child, side) for child in condition.any),
        negated=None if negated is None else for_side(negated, side),
    )
