"""How probable a condition is, given measures with errors and some that are missing.

Three-valued: on every draw a condition is surely true, surely false or open (a measure it needs is
missing). So a probability is an interval [lower, upper]; it is a point when all is known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from primemover.findings.joint import DRAWS, Joint, draw, parts_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.arrays import Floats, Mask
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure
from primemover.model.units import from_display

__all__ = ["Belief", "believe", "believe_all", "for_side"]

_SAME = 1e-9


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


def believe(condition: Condition, measures: Mapping[str, Measure]) -> Belief:
    """Return how probable `condition` is; exact for one line on one or two measures."""
    exact = _exact(condition, measures)
    if exact is not None:
        return Belief(lower=exact, upper=exact)
    return believe_all([condition], measures)[0]


def believe_all(
    conditions: Sequence[Condition], measures: Mapping[str, Measure]
) -> tuple[Belief, ...]:
    """Return how probable each condition is, all from the same draws.

    Conditions that exclude each other and leave nothing out get probabilities that add up to
    exactly 1 when all their measures are known.
    """
    leaves = [leaf for condition in conditions for leaf in condition.leaves()]
    joint = draw(
        measures, (leaf.measure for leaf in leaves), (_line(leaf) for leaf in leaves if leaf.grey)
    )
    beliefs = []
    for condition in conditions:
        sure, possible = _evaluate(condition, joint)
        beliefs.append(
            Belief(
                lower=float(np.mean(sure)),
                upper=float(np.mean(possible)),
                missing=_missing(condition, joint),
            )
        )
    return tuple(beliefs)


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


def _line(leaf: Condition) -> str:
    """Name the uncertain line of a leaf; conditions that share a line share its draw."""
    return f"{leaf.measure}|{leaf.above}|{leaf.below}|{leaf.between}"


def _grey_sd(leaf: Condition) -> float:
    """Return the sd of an uncertain line, SI.

    A perfect reading at the edge of the grey zone is called with just the probability that the
    decision table asks for.
    """
    half_width = from_display(leaf.grey, leaf.unit)[0]
    return half_width / float(ndtri(load().decision.present_from))


def _limits(leaf: Condition) -> tuple[float, float]:
    """Return the open interval (low, high) in SI in which the leaf holds."""
    if leaf.between is not None:
        low, high = leaf.between
        return from_display(low, leaf.unit)[0], from_display(high, leaf.unit)[0]
    if leaf.above is not None:
        return from_display(leaf.above, leaf.unit)[0], math.inf
    return -math.inf, from_display(leaf.below or 0.0, leaf.unit)[0]


def _evaluate(condition: Condition, joint: Joint) -> tuple[Mask, Mask]:
    """Return on which draws the condition surely holds, and on which it may hold."""
    if condition.measure:
        return _evaluate_leaf(condition, joint)
    if condition.negated is not None:
        sure, possible = _evaluate(condition.negated, joint)
        return ~possible, ~sure
    children = [_evaluate(child, joint) for child in condition.all or condition.any]
    join = np.logical_and if condition.all else np.logical_or
    return (
        np.asarray(join.reduce([sure for sure, _ in children])),
        np.asarray(join.reduce([possible for _, possible in children])),
    )


def _evaluate_leaf(leaf: Condition, joint: Joint) -> tuple[Mask, Mask]:
    values = joint.values.get(leaf.measure)
    if values is None:
        nowhere = np.zeros(DRAWS, dtype=np.bool_)
        return nowhere, (nowhere if leaf.if_measured else ~nowhere)
    low, high = _limits(leaf)
    shift: Floats | float = joint.lines[_line(leaf)] * _grey_sd(leaf) if leaf.grey else 0.0
    held = np.asarray((values > low + shift) & (values < high + shift))
    return held, held


def _missing(condition: Condition, joint: Joint) -> tuple[str, ...]:
    needed = (leaf.measure for leaf in condition.leaves() if not leaf.if_measured)
    return tuple(dict.fromkeys(name for name in needed if name not in joint.values))


def _exact(condition: Condition, measures: Mapping[str, Measure]) -> float | None:
    """Return the closed-form probability of a leaf on a measure or a difference, else None."""
    if not condition.measure:
        return None
    moments = _moments(condition.measure, measures)
    if moments is None:
        return None
    mean, sd = moments
    sd = math.hypot(sd, _grey_sd(condition)) if condition.grey else sd
    low, high = _limits(condition)
    if sd == 0.0:
        return float(low < mean < high)
    return float(ndtr((high - mean) / sd) - ndtr((low - mean) / sd))


def _moments(name: str, measures: Mapping[str, Measure]) -> tuple[float, float] | None:
    """Return mean and sd of a measure that is normal: read directly, or a difference."""
    row = load().measure_of_id.get(name)
    parts = parts_of(name)
    own = measures.get(name)
    if parts is None or row is None or row.derived is None:
        return (own.value, own.se) if own is not None and own.is_known else None
    if own is not None and not own.is_known:
        return None
    first, second = (measures.get(part) for part in parts)
    if first is None or second is None or not (first.is_known and second.is_known):
        return (own.value, own.se) if own is not None else None
    if row.derived.kind != "difference":
        return None
    mean = own.value if own is not None else first.value - second.value
    return mean, math.hypot(first.se, second.se)
