"""Fit a small ensemble on virtual people, each member blind to a fifth of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Ridge
from sklearn.neural_network import MLPRegressor

from primemover.calibration.model import LIMIT
from primemover.calibration.network import Layer, Network, predict
from primemover.model.arrays import Floats, Ints, Mask

__all__ = ["FOLDS", "FRONT", "SIDE", "Learned", "Lesson", "Recipe", "learn", "standardise"]

FOLDS: Final = 5
_ALL_HIDDEN: Final = 0.3  # of the copies lose the outline altogether


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How freely a fit may bend; chosen on people left out of it.

    Attributes
    ----------
    ridge : penalty of the straight part's weights
    shrink : penalty of the bent part's weights (scikit-learn's alpha)
    hidden : units of its hidden layers
    epochs : rounds over all frames
    copies : of all frames, with part of the outline taken away
    bends : bent parts a fold; they differ in where they start, and their mean errs less than each
    """

    ridge: float
    shrink: float
    hidden: tuple[int, ...]
    epochs: int = 40
    copies: int = 0
    bends: int = 1


SIDE: Final = Recipe(ridge=20000.0, shrink=5.0, hidden=(64, 32), epochs=30, copies=1, bends=3)
FRONT: Final = Recipe(ridge=1000.0, shrink=20.0, hidden=(16,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is learned from.

    Attributes
    ----------
    inputs : (N, D), NaN = not seen
    target : (N, O)
    person : (N,) which person a row belongs to
    weight : (N,) importance of a row
    """

    inputs: Floats
    target: Floats
    person: Ints
    weight: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """An ensemble, and what each row got from the member that never saw its person.

    Attributes
    ----------
    centre, scale : (D,)
    members : `Recipe.bends` networks for each of `FOLDS` folds
    left_out : (N, O) answers for each row of the lesson by the members blind to its person
    fold : (N,) which members these are
    """

    centre: Floats
    scale: Floats
    members: tuple[Network, ...]
    left_out: Floats
    fold: Ints


def standardise(inputs: Floats, centre: Floats, scale: Floats) -> Floats:
    """Return inputs as `primemover.calibration.model.standardised` does."""
    scaled = np.clip((inputs - centre) / scale, -LIMIT, LIMIT)
    return np.nan_to_num(scaled, nan=0.0)


def learn(
    lesson: Lesson, recipe: Recipe, *, base: Ints, hideable: list[Mask], seed: int
) -> Learned:
    """Return the fitted ensemble.

    Steps: standardise the inputs over what was seen; per fold, a ridge regression of what the
    plain landmark reading leaves on the other folds' people, then a small network on what that
    leaves. Both are also shown copies of the frames without part of the outline.

    Parameters
    ----------
    base : (O,)
        The input that is each answer's plain reading, -1 for none.
    hideable
        Groups of inputs, (D,) each, of which the copies lose some.
    """
    centre = np.nan_to_num(np.nanmean(lesson.inputs, axis=0))
    scale = np.nan_to_num(np.nanstd(lesson.inputs, axis=0))
    scale = np.where(scale > 1e-6, scale, 1.0)  # noqa: PLR2004 - a constant column
    plain = _plain(lesson.inputs, base)
    fold = _folds(lesson.person, seed=seed)
    left_out = np.empty_like(lesson.target)
    shown = _with_copies(lesson, hideable, copies=recipe.copies, seed=seed)
    times = recipe.copies + 1
    members = []
    for number in range(FOLDS):
        held = fold == number
        taught = np.tile(~held, times)
        found = _members(
            standardise(shown[taught], centre, scale),
            np.tile(lesson.target - plain, (times, 1))[taught],
            np.tile(lesson.weight, times)[taught],
            recipe=recipe,
            seed=seed + number * recipe.bends,
        )
        found = [_on_top(member, base, centre=centre, scale=scale) for member in found]
        members += found
        unseen = standardise(lesson.inputs[held], centre, scale)
        left_out[held] = np.mean([predict(member, unseen) for member in found], axis=0)
    return Learned(centre=centre, scale=scale, members=tuple(members), left_out=left_out, fold=fold)


def _plain(inputs: Floats, base: Ints) -> Floats:
    known = np.nan_to_num(inputs[:, np.maximum(base, 0)], nan=0.0)
    return np.where(base >= 0, known, 0.0)


def _folds(person: Ints, *, seed: int) -> Ints:
    """Return the fold (N,) of each row: all rows of a person are in one."""
    people = np.unique(person)
    order = np.random.default_rng(seed).permutation(people.size)
    fold_of = dict(zip(people, order % FOLDS, strict=True))
    return np.array([fold_of[one] for one in person])


def _with_copies(lesson: Lesson, hideable: list[Mask], *, copies: int, seed: int) -> Floats:
    """Return the inputs and, below them, copies that lost groups of inputs at random."""
    random = np.random.default_rng(seed)
    out = [lesson.inputs]
    for _ in range(copies):
        copy = lesson.inputs.copy()
        everything = random.random(len(copy)) < _ALL_HIDDEN
        for group in hideable:
            lost = everything | (random.random(len(copy)) < 1.0 / (1.0 + len(hideable)))
            copy[np.ix_(lost, group)] = np.nan
        out.append(copy)
    return np.concatenate(out)


def _members(x: Floats, y: Floats, weight: Floats, *, recipe: Recipe, seed: int) -> list[Network]:
    """Return networks that share their straight part."""
    ridge = Ridge(alpha=recipe.ridge).fit(x, y, sample_weight=weight)
    rest = y - ridge.predict(x).reshape(y.shape)
    spread = np.maximum(rest.std(axis=0), 1e-9)  # nothing left to learn is no error
    coefficients = np.atleast_2d(ridge.coef_)
    straight = Layer(weight=coefficients.T, bias=np.atleast_1d(ridge.intercept_))
    return [
        Network(
            straight=straight,
            bent=_bent(x, rest / spread, weight, recipe=recipe, seed=seed + k, spread=spread),
        )
        for k in range(recipe.bends)
    ]


def _bent(
    x: Floats, rest: Floats, weight: Floats, *, recipe: Recipe, seed: int, spread: Floats
) -> tuple[Layer, ...]:
    bent = MLPRegressor(
        hidden_layer_sizes=recipe.hidden,
        alpha=recipe.shrink,
        max_iter=recipe.epochs,
        batch_size=256,
        learning_rate_init=1e-3,
        random_state=seed,
        tol=0.0,
    )
    with warnings.catch_warnings():
        # The number of rounds is chosen, not run until nothing changes.
        warnings.simplefilter("ignore", ConvergenceWarning)
        # One answer alone is wanted flat.
        bent.fit(x, rest if rest.shape[1] > 1 else rest[:, 0], sample_weight=weight)
    layers = [
        Layer(weight=w.astype(np.float64), bias=b.astype(np.float64))
        for w, b in zip(bent.coefs_, bent.intercepts_, strict=True)
    ]
    layers[-1] = Layer(weight=layers[-1].weight * spread, bias=layers[-1].bias * spread)
    return tuple(layers)


def _on_top(member: Network, base: Ints, *, centre: Floats, scale: Floats) -> Network:
    """Return the member with the plain reading put back into its straight part."""
    weight, bias = member.straight.weight.copy(), member.straight.bias.copy()
    for answer, column in enumerate(base):
        if column >= 0:
            weight[column, answer] += scale[column]
            bias[answer] += centre[column]
    return Network(straight=Layer(weight=weight, bias=bias), bent=member.bent)
