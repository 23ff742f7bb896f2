"""How often conditions hold over the joint errors of measures: exact where a closed form exists.

Steps: each leaf compares one form - a measure, or a measure minus its uncertain line - with fixed
cuts. Forms without error are constants. One or two linear forms cut a line or a plane into cells
whose probabilities are known in closed form (`normal`); the conditions are asked once per cell.
Anything else (shares, three forms and more) is drawn: a low-discrepancy set, the same every time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.special import ndtri

from primemover.findings.joint import apply
from primemover.findings.normal import grid_weights, line_weights
from primemover.findings.uncertain import covariance
from primemover.findings.world import World, cases_of, derivation
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.units import from_display

__all__ = ["DRAWS", "Chances", "chances", "normals"]

DRAWS: Final = 8192  # error of a probability below 0.003 in up to 6 dimensions
_MAX_DIMENSIONS: Final = 32
_MANY_LEAVES: Final = 1024  # of all conditions of the knowledge files, both sides
_PLANE: Final = 2
_JITTER: Final = 1e-12  # keeps the root of a covariance real; relative to its largest variance


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Probability bounds of one condition: (B,) arrays; they are equal when all is known."""

    sure: Floats
    possible: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    """Values of forms over cells or draws, (1 or B, N), and the weight of each, (1 or B, N)."""

    values: Mapping[str, Floats]
    weights: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """A leaf's form: the measure, and the sd of its uncertain line in SI (0 = a sharp line)."""

    measure: str
    line: str
    line_sd: float

    @property
    def key(self) -> str:
        return f"{self.measure}|{self.line}"


def chances(
    conditions: Sequence[Condition], world: World, *, draws: int = DRAWS
) -> tuple[Chances, ...]:
    """Return how probable each condition is in each case, all over the same cells or draws.

    Conditions that exclude each other and leave nothing out add up to 1 when all is known.
    """
    leaves = [leaf for condition in conditions for leaf in condition.leaves()]
    formed = {_form(leaf).key: _form(leaf) for leaf in leaves if world.bases(leaf.measure)}
    cuts: dict[str, set[float]] = {key: set() for key in formed}
    for leaf in leaves:
        if _form(leaf).key in cuts:
            cuts[_form(leaf).key] |= {c for c in _limits(leaf) if math.isfinite(c)}
    forms = _cells(formed, cuts, world) or _drawn(formed, world, draws)
    found = []
    for condition in conditions:
        sure, possible = _evaluate(condition, forms)
        found.append(Chances(sure=_total(sure, forms), possible=_total(possible, forms)))
    return tuple(found)


def _total(holds: Mask, forms: _Forms) -> Floats:
    return np.asarray(np.minimum((forms.weights * holds).sum(axis=1), 1.0))


@lru_cache(maxsize=_MANY_LEAVES)
def _form(leaf: Condition) -> _Leaf:
    """Return a leaf's form; leaves that share an uncertain line share its form."""
    line = f"{leaf.above}|{leaf.below}|{leaf.between}" if leaf.grey else ""
    return _Leaf(measure=leaf.measure, line=line, line_sd=_line_sd(leaf) if leaf.grey else 0.0)


def _line_sd(leaf: Condition) -> float:
    """Return the sd of an uncertain line, SI.

    A perfect reading at the edge of the grey zone is called with just the probability that the
    decision table asks for.
    """
    half_width = from_display(leaf.grey, leaf.unit)[0]
    return half_width / float(ndtri(load().decision.present_from))


@lru_cache(maxsize=_MANY_LEAVES)
def _limits(leaf: Condition) -> tuple[float, float]:
    """Return the open interval (low, high) in SI in which the leaf holds."""
    if leaf.between is not None:
        low, high = leaf.between
        return from_display(low, leaf.unit)[0], from_display(high, leaf.unit)[0]
    if leaf.above is not None:
        return from_display(leaf.above, leaf.unit)[0], math.inf
    return -math.inf, from_display(leaf.below or 0.0, leaf.unit)[0]


def _cells(
    formed: Mapping[str, _Leaf], cuts: Mapping[str, set[float]], world: World
) -> _Forms | None:
    """Return the cells of at most two linear forms with error, None when there are more."""
    if any(world.parts(one.measure) and not _is_linear(one.measure) for one in formed.values()):
        return None
    bases = sorted({base for one in formed.values() for base in world.bases(one.measure)})
    if not bases:
        return _Forms(values={}, weights=np.ones((1, 1)))
    errors = covariance(bases, world.known)
    means = np.stack(np.broadcast_arrays(*(world.known[b].mean for b in bases)), axis=1)
    steps = {key: _coefficients(one, bases, world) for key, one in formed.items()}
    spread = {key: np.einsum("i,bij,j->b", c, errors, c) for key, c in steps.items()}
    for key, one in formed.items():
        spread[key] = spread[key] + one.line_sd**2
    loose = [key for key in formed if np.any(spread[key] > 0.0)]
    if len(loose) > _PLANE:
        return None
    middle = {k: means @ c + world.offsets.get(formed[k].measure, 0.0) for k, c in steps.items()}
    fixed = {key: middle[key][:, None] for key in formed if key not in loose}
    lines = [sorted(cuts[key]) for key in loose]
    if not loose:
        return _Forms(values=fixed, weights=np.ones((len(means), 1)))
    if len(loose) == 1:
        (key,) = loose
        weights = line_weights(middle[key], np.sqrt(spread[key]), lines[0])
        return _Forms(values={**fixed, key: _inside(lines[0])[None, :]}, weights=weights)
    first, second = loose
    shared = np.einsum("i,bij,j->b", steps[first], errors, steps[second])
    both = np.array([[spread[first], shared], [shared, spread[second]]]).transpose(2, 0, 1)
    centre = np.stack([middle[first], middle[second]], axis=1)
    grid = np.meshgrid(_inside(lines[0]), _inside(lines[1]), indexing="ij")
    values = {key: axis.reshape(1, -1) for key, axis in zip(loose, grid, strict=True)}
    weights = grid_weights(centre, both, (lines[0], lines[1]))
    return _Forms(values={**fixed, **values}, weights=weights)


def _is_linear(measure_id: str) -> bool:
    return derivation(measure_id).kind == "difference"


def _coefficients(one: _Leaf, bases: Sequence[str], world: World) -> Floats:
    """Return a linear form as a combination of the measures read directly."""
    found = np.zeros(len(bases))
    for base, sign in zip(world.bases(one.measure), (1.0, -1.0), strict=False):
        found[bases.index(base)] += sign
    return found


def _inside(lines: Sequence[float]) -> Floats:
    """Return one value inside each cell that sorted lines make."""
    ends = [lines[0] - 1.0, *lines, lines[-1] + 1.0]
    return np.array([(low + high) / 2.0 for low, high in pairwise(ends)])


def _drawn(formed: Mapping[str, _Leaf], world: World, draws: int) -> _Forms:
    """Return joint draws of the forms, (B, draws)."""
    bases = sorted({base for one in formed.values() for base in world.bases(one.measure)})
    lines = sorted(key for key, one in formed.items() if one.line_sd)
    cases = cases_of(world.known[base] for base in bases)
    errors = covariance(bases, world.known)
    largest = np.max(np.diagonal(errors, axis1=1, axis2=2), axis=1)[:, None, None]
    root = np.linalg.cholesky(errors + (_JITTER * largest + 1e-300) * np.eye(len(bases)))
    rolled = normals(len(bases) + len(lines), draws)
    means = np.stack(np.broadcast_arrays(*(world.known[b].mean for b in bases)), axis=1)
    drawn = means[:, :, None] + root @ rolled[:, : len(bases)].T
    at = {base: drawn[:, index] for index, base in enumerate(bases)}
    values = {}
    for key, one in formed.items():
        parts = world.parts(one.measure)
        if parts is None:
            value = at[one.measure]
        else:
            followed = apply(derivation(one.measure).kind, at[parts[0]], at[parts[1]])
            value = followed + world.offsets.get(one.measure, 0.0)
        if one.line_sd:
            value = value - one.line_sd * rolled[:, len(bases) + lines.index(key)]
        values[key] = np.asarray(value)
    return _Forms(values=values, weights=np.full((cases, draws), 1.0 / draws))


def _evaluate(condition: Condition, forms: _Forms) -> tuple[Mask, Mask]:
    """Return where the condition surely holds, and where it may hold."""
    if condition.measure:
        return _evaluate_leaf(condition, forms)
    if condition.negated is not None:
        sure, possible = _evaluate(condition.negated, forms)
        return ~possible, ~sure
    children = [_evaluate(child, forms) for child in condition.all or condition.any]
    join = np.logical_and if condition.all else np.logical_or
    sure, possible = children[0]
    for also_sure, also_possible in children[1:]:
        sure, possible = join(sure, also_sure), join(possible, also_possible)
    return sure, possible


def _evaluate_leaf(leaf: Condition, forms: _Forms) -> tuple[Mask, Mask]:
    values = forms.values.get(_form(leaf).key)
    if values is None:
        nowhere = np.zeros((1, 1), dtype=np.bool_)
        return nowhere, (nowhere if leaf.if_measured else ~nowhere)
    low, high = _limits(leaf)
    held = np.asarray((values > low) & (values < high))
    return held, held


@lru_cache(maxsize=_MAX_DIMENSIONS)
def normals(dimensions: int, draws: int) -> Floats:
    """Return (draws, dimensions) standard normals from an additive recurrence.

    The recurrence's steps are powers of the generalised golden ratio, the root of
    x^(d+1) = x + 1 (Roberts 2018, "R sequence").
    """
    root = 2.0
    for _ in range(64):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    steps = root ** -np.arange(1.0, dimensions + 1.0)
    uniform = (0.5 + np.arange(1, draws + 1)[:, None] * steps) % 1.0
    tiny = 0.5 / draws
    return frozen(ndtri(np.clip(uniform, tiny * 1e-3, 1.0 - tiny * 1e-3)))
