"""Static optimisation: the least effort that carries given moments, for many postures at once.

Minimise  sum_k a_k^p / p + sum_j s_j^2 / (2 soft_j^2)   over a_k >= least
so that   sum_k arm_jk a_k + s_j = moment_j              (s_j = 0 where soft_j = 0)

There is no upper bound on a, so a solution exists whenever the elements can pull every moment in
both directions; relative effort above 1 is told, not hidden. Each posture is a convex problem of
its own. It is solved by a primal-dual interior-point method: Newton on the conditions of
Karush, Kuhn and Tucker with a slack that shrinks towards 0; only a system of one unknown per moment
is left in each step. (Reweighted least squares swings between two answers at p = 3 if it is not
damped, and Newton on the dual alone stalls there, because a root has no slope at 0.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Ints

__all__ = ["Optimum", "least_effort"]

_CHUNK: Final = 2048  # columns that a processor's cache holds together
_MOST_STEPS: Final = 60
_CENTRE: Final = 0.05  # how much smaller a step aims to make the slack; 0.01 to 0.2 work alike
_KEEP_OFF: Final = 0.95  # of the way to the nearest bound
_LIFT: Final = 0.1  # elements begin this share of the strongest one's activation off their bound
_NARROW: Final = 0.6  # columns that are done are dropped only when it pays to copy the others
_TINY: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """Activations, and how well they meet what was asked.

    Attributes
    ----------
    activation : (K, N) array
    dual : (J, N) array, the multipliers of the moments: what one more N m would cost
    residual_nm : (N,) array, the largest moment left over (softness taken off)
    gap : (N,) array, 0 at the optimum: the larger of a_k times its slack over the largest a_k^p,
        and what is wrong with a_k^(p-1) - z_k = slack over the largest a_k^(p-1)
    """

    activation: Floats
    dual: Floats
    residual_nm: Floats
    gap: Floats


@dataclass(slots=True)
class _Problem:
    """Some columns; `soft2` is softness squared."""

    arm_nm: Floats
    moment_nm: Floats
    power: int
    least: float
    soft2: Floats

    def missing(self, state: _State) -> Floats:
        pulled = np.einsum("jkn,kn->jn", self.arm_nm, state.above + self.least)
        missing: Floats = self.moment_nm - pulled - self.soft2[:, None] * state.dual
        return missing

    def only(self, kept: Ints) -> _Problem:
        return replace(self, arm_nm=self.arm_nm[:, :, kept], moment_nm=self.moment_nm[:, kept])


@dataclass(slots=True)
class _State:
    """Activation above the least, its slack and worth (K, N), multipliers (J, N)."""

    above: Floats
    slack: Floats
    worth: Floats
    dual: Floats

    def put(self, at: Ints, other: _State) -> None:
        self.above[:, at], self.slack[:, at] = other.above, other.slack
        self.worth[:, at], self.dual[:, at] = other.worth, other.dual

    def only(self, kept: Ints) -> _State:
        return _State(
            self.above[:, kept], self.slack[:, kept], self.worth[:, kept], self.dual[:, kept]
        )

    def copy(self) -> _State:
        return _State(self.above.copy(), self.slack.copy(), self.worth.copy(), self.dual.copy())


def least_effort(
    arm_nm: Floats,
    moment_nm: Floats,
    *,
    power: int = 2,
    least: float = 0.0,
    soft_nm: Floats | None = None,
    tolerance: float = 1e-8,
) -> Optimum:
    """Return the activations of least effort.

    Parameters
    ----------
    arm_nm : (J, K, N) array, moment of each element at full activation
    moment_nm : (J, N) array, what has to be carried
    power
        p = 2 or more, a whole number.
    least
        Every element is activated at least this much (co-contraction).
    soft_nm : (J,) array, 0 for moments that must be met, else how much may be missed for an
        effort of 1/2
    tolerance
        When to stop: of the largest moment (or 1 N m) for the residual, and for the gap.
    """
    rows, elements, count = arm_nm.shape
    soft2 = np.zeros(rows) if soft_nm is None else np.asarray(soft_nm, dtype=np.float64) ** 2
    if rows == 1 and least <= 0.0 and not soft2.any():
        return _one_moment(arm_nm[0], moment_nm[0], power)
    found = Optimum(
        activation=np.empty((elements, count)),
        dual=np.empty((rows, count)),
        residual_nm=np.empty(count),
        gap=np.empty(count),
    )
    for begin in range(0, count, _CHUNK):
        part = slice(begin, begin + _CHUNK)
        arms = np.ascontiguousarray(arm_nm[:, :, part])
        problem = _Problem(arms, moment_nm[:, part], power, least, soft2)
        state = _solve(problem, tolerance)
        found.activation[:, part] = state.above + least
        found.dual[:, part] = state.dual
        found.residual_nm[part] = np.abs(problem.missing(state)).max(axis=0)
        found.gap[part] = _gap(problem, state)
    return found


def _one_moment(arm_nm: Floats, moment_nm: Floats, power: int) -> Optimum:
    """Return the closed form for a single moment: activation goes as arm to the 1/(p - 1)."""
    side = np.where(moment_nm < 0.0, -1.0, 1.0)
    helping = np.maximum(side * arm_nm, 0.0)
    pull = helping if power == 2 else helping ** (1.0 / (power - 1))  # noqa: PLR2004 - no root needed
    whole = np.einsum("kn,kn->n", helping, pull)
    able = whole > 0.0
    factor = np.divide(np.abs(moment_nm), whole, out=np.zeros_like(whole), where=able)
    return Optimum(
        activation=pull * factor,
        dual=(side * factor ** (power - 1))[None],
        residual_nm=np.where(able, 0.0, np.abs(moment_nm)),
        gap=np.zeros_like(whole),
    )


def _solve(problem: _Problem, tolerance: float) -> _State:
    """Return every column's first state that is good enough, whoever else is in the chunk."""
    state = _begin(problem)
    missing = problem.missing(state)
    whole = state.copy()
    left = np.arange(problem.moment_nm.shape[1])
    goal = tolerance * np.maximum(1.0, np.abs(problem.moment_nm).max(axis=0))
    open_ = np.ones(left.size, dtype=np.bool_)
    for _ in range(_MOST_STEPS):
        state = _stepped(problem, state, missing)
        missing = problem.missing(state)
        met = (np.abs(missing).max(axis=0) <= goal) & (_gap(problem, state) <= tolerance)
        fresh = np.flatnonzero(open_ & met)
        whole.put(left[fresh], state.only(fresh))
        open_ &= ~met
        far = np.flatnonzero(open_)
        if far.size == 0:
            return whole
        if far.size <= _NARROW * left.size:
            left, problem, state = left[far], problem.only(far), state.only(far)
            missing, goal, open_ = missing[:, far], goal[far], open_[far]
    whole.put(left[open_], state.only(np.flatnonzero(open_)))
    return whole


def _begin(problem: _Problem) -> _State:
    """Return a point inside the bounds.

    Multipliers of least squares with every element free to push and pull, stretched to where those
    that pull carry the moments' share along them.
    """
    dual = _solved(_matrix(problem, np.ones(problem.arm_nm.shape[1:])), problem.moment_nm)
    z = np.einsum("jkn,jn->kn", problem.arm_nm, dual)
    pulling = np.maximum(z, 0.0)
    activation = pulling if problem.power == 2 else pulling ** (1.0 / (problem.power - 1))  # noqa: PLR2004 - no root needed
    pull = np.einsum("kn,kn->n", z, activation)
    wanted = np.maximum((dual * problem.moment_nm).sum(axis=0), _TINY)
    stretch = wanted / np.maximum(pull, _TINY)
    factor = stretch ** (problem.power - 1)
    top = np.maximum(activation.max(axis=0) * stretch, np.maximum(problem.least, _TINY**0.25))
    above = np.maximum(activation * stretch - problem.least, 0.0) + _LIFT * top
    steep = (above + problem.least) ** (problem.power - 1)
    slack = np.maximum(steep - z * factor, _LIFT * top ** (problem.power - 1))
    return _State(above, slack, z * factor, dual * factor)


def _stepped(problem: _Problem, state: _State, missing: Floats) -> _State:
    """Return the state after one Newton step on the conditions of optimality.

    Stationarity a^(p-1) - z - slack = 0, balance, and (a - least) slack = aim; eliminating slack
    and activation leaves one equation per moment.
    """
    activation = state.above + problem.least
    steep = activation if problem.power == 2 else activation ** (problem.power - 1)  # noqa: PLR2004 - no power needed
    curve = (problem.power - 1) * steep / activation
    aim = _CENTRE * np.einsum("kn,kn->n", state.above, state.slack) / activation.shape[0]
    towards = aim / state.above
    give = 1.0 / (curve + state.slack / state.above)
    push = towards + state.worth - steep
    right = missing - np.einsum("jkn,kn->jn", problem.arm_nm, give * push)
    dual_step = _solved(_matrix(problem, give), right)
    worth_step = np.einsum("jkn,jn->kn", problem.arm_nm, dual_step)
    step = give * (worth_step + push)
    slack_step = towards - state.slack - state.slack * step / state.above
    nearest = np.maximum((-step / state.above).max(axis=0), (-slack_step / state.slack).max(axis=0))
    size = np.minimum(1.0, _KEEP_OFF / np.maximum(nearest, _TINY))
    return _State(
        state.above + size * step,
        state.slack + size * slack_step,
        state.worth + size * worth_step,
        state.dual + size * dual_step,
    )


def _gap(problem: _Problem, state: _State) -> Floats:
    """Return how far each column is from its optimum, (N,): see `Optimum.gap`."""
    activation = state.above + problem.least
    steep = activation if problem.power == 2 else activation ** (problem.power - 1)  # noqa: PLR2004 - no power needed
    top = np.maximum(activation.max(axis=0), _TINY)
    steepest = np.maximum(steep.max(axis=0), _TINY)
    unbalanced = np.abs(steep - state.worth - state.slack).max(axis=0) / steepest
    gap: Floats = np.maximum((state.above * state.slack).max(axis=0) / (top * steepest), unbalanced)
    return gap


def _matrix(problem: _Problem, give: Floats) -> Floats:
    """Return how much moment one more of each multiplier brings, lower triangle, (J, J, N)."""
    rows = problem.arm_nm.shape[0]
    matrix = np.empty((rows, rows, give.shape[1]))
    for i in range(rows):
        weighted = problem.arm_nm[i] * give
        for j in range(i + 1):
            matrix[i, j] = np.einsum("kn,kn->n", weighted, problem.arm_nm[j])
        matrix[i, i] += problem.soft2[i]
    return matrix


def _solved(matrix: Floats, right: Floats) -> Floats:
    """Solve many small positive definite systems at once by Cholesky's L D L^T.

    Parameters
    ----------
    matrix : (J, J, N), the lower triangle is read
    right : (J, N)
    """
    rows = right.shape[0]
    lower = np.empty_like(matrix)
    pivot = np.empty_like(right)
    x = right.copy()
    for i in range(rows):
        for j in range(i):
            total = matrix[i, j].copy()
            for k in range(j):
                total -= lower[i, k] * lower[j, k] * pivot[k]
            lower[i, j] = total / pivot[j]
        pivot[i] = matrix[i, i]
        for k in range(i):
            pivot[i] -= lower[i, k] ** 2 * pivot[k]
            x[i] -= lower[i, k] * x[k]
        pivot[i] = np.maximum(pivot[i], _TINY * matrix[i, i] + np.finfo(np.float64).tiny)
    x /= pivot
    for i in reversed(range(rows)):
        for k in range(i + 1, rows):
            x[i] -= lower[k, i] * x[k]
    return x
