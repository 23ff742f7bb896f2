import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, minimize

from primemover.dynamics.muscles.optimum import Optimum, least_effort
from primemover.model.arrays import Floats


def problem(seed: int, *, rows: int = 3, elements: int = 9) -> tuple[Floats, Floats]:
    """Return arms that pull every moment both ways, and moments, of four postures."""
    random = np.random.default_rng(seed)
    arms = random.normal(0.0, 60.0, (rows, elements, 4))
    arms[:, :rows] = (
        np.abs(arms[:, :rows]) * np.eye(rows)[:, :, None] + 5.0 * np.eye(rows)[..., None]
    )
    arms[:, rows : 2 * rows] = -arms[:, :rows]
    return arms, random.normal(0.0, 150.0, (rows, 4))


def effort(activation: Floats, power: int) -> Floats:
    total: Floats = (activation**power).sum(axis=0) / power
    return total


def by_slsqp(arms: Floats, moments: Floats, power: int, least: float) -> Floats:
    """Return the activations of one posture by a well-kept solver, from several beginnings."""
    best: OptimizeResult | None = None
    meets = LinearConstraint(arms, moments, moments)

    def cost(a: Floats) -> float:
        return float((a**power).sum() / power)

    def slope(a: Floats) -> Floats:
        return np.asarray(a ** (power - 1), dtype=np.float64)

    for begin in (0.1, 1.0, 3.0):
        found = minimize(
            cost,
            np.full(arms.shape[1], begin),
            jac=slope,
            bounds=Bounds(least, np.inf),
            constraints=meets,
            method="SLSQP",
            options={"maxiter": 1000, "ftol": 1e-14},
        )
        missed = np.abs(arms @ found.x - moments).max()
        if missed < 1e-5 and (best is None or found.fun < best.fun):
            best = found
    assert best is not None
    answer: Floats = best.x
    return answer


def assert_optimal(found: Optimum, arms: Floats, *, power: int, least: float) -> None:
    """Assert the conditions of Karush, Kuhn and Tucker; they suffice, the problem is convex."""
    z = np.einsum("jkn,jn->kn", arms, found.dual)
    slack = found.activation ** (power - 1) - z
    scale = found.activation.max(axis=0) ** (power - 1)
    assert (found.activation >= least).all()
    assert (slack >= -1e-5 * scale).all()
    assert ((found.activation - least) * slack <= 1e-5 * scale * found.activation.max(axis=0)).all()


@given(
    seed=st.integers(0, 10**6), power=st.sampled_from([2, 3, 4]), least=st.sampled_from([0, 0.05])
)
@settings(max_examples=40, deadline=None)
def test_the_conditions_of_optimality_hold(seed: int, power: int, least: float) -> None:
    arms, moments = problem(seed)
    found = least_effort(arms, moments, power=power, least=least)
    assert_optimal(found, arms, power=power, least=least)
    pulled = np.einsum("jkn,kn->jn", arms, found.activation)
    np.testing.assert_allclose(pulled, moments, atol=1e-5)
    assert found.residual_nm.max() < 1e-5


@pytest.mark.parametrize("power", [2, 3])
@pytest.mark.parametrize("least", [0.0, 0.05])
@pytest.mark.parametrize("seed", range(4))
def test_a_well_kept_solver_finds_the_same_activations(power: int, least: float, seed: int) -> None:
    arms, moments = problem(seed)
    found = least_effort(arms, moments, power=power, least=least)
    for n in range(arms.shape[2]):
        other = by_slsqp(arms[:, :, n], moments[:, n], power, least)
        np.testing.assert_allclose(found.activation[:, n], other, atol=5e-3)
        assert effort(found.activation[:, n], power) <= effort(other, power) * (1.0 + 1e-6)


@pytest.mark.parametrize("power", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_the_dual_by_a_well_kept_solver_has_the_same_value(power: int, seed: int) -> None:
    arms, moments = problem(seed)
    soft = np.array([0.0, 0.0, 10.0])
    found = least_effort(arms, moments, power=power, soft_nm=soft)

    def minus_dual(x: Floats) -> tuple[float, Floats]:
        z = np.maximum(arms[:, :, 0].T @ (x / 100.0), 0.0)
        a = z ** (1.0 / (power - 1))
        value = moments[:, 0] @ x / 100.0 - (z * a).sum() * (power - 1) / power
        value -= 0.5 * ((soft * x / 100.0) ** 2).sum()
        slope = moments[:, 0] - arms[:, :, 0] @ a - soft**2 * x / 100.0
        return -value, -slope / 100.0

    other = minimize(
        minus_dual, np.zeros(3), jac=True, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-9}
    )
    left = moments[:, 0] - arms[:, :, 0] @ found.activation[:, 0]
    assert np.abs(left[:2]).max() < 1e-5
    primal = effort(found.activation[:, 0], power) + 0.5 * (left[2] / soft[2]) ** 2
    assert primal == pytest.approx(-other.fun, rel=1e-5)


@pytest.mark.parametrize("power", [2, 3])
@pytest.mark.parametrize("moment_nm", [90.0, -90.0])
def test_one_moment_alone_is_shared_like_one_of_several(power: int, moment_nm: float) -> None:
    arms = np.array([[[30.0], [60.0], [-40.0]]])
    found = least_effort(arms, np.array([[moment_nm]]), power=power)
    assert_optimal(found, arms, power=power, least=0.0)
    assert (arms[0] * found.activation).sum() == pytest.approx(moment_nm)
    # a second moment that is 0 and that two other elements pull must change nothing
    wide = np.zeros((2, 5, 1))
    wide[:1, :3] = arms
    wide[1, 3:, 0] = 50.0, -50.0
    among = least_effort(wide, np.array([[moment_nm], [0.0]]), power=power)
    np.testing.assert_allclose(among.activation[:3], found.activation, atol=1e-3)


def test_cubed_effort_gives_another_answer_than_squared() -> None:
    arms, moments = problem(3)
    square = least_effort(arms, moments, power=2).activation
    cube = least_effort(arms, moments, power=3).activation
    assert np.abs(square - cube).max() > 0.05


def test_nothing_to_carry_costs_nothing() -> None:
    arms, _ = problem(1)
    found = least_effort(arms, np.zeros((3, 4)))
    assert found.activation.max() < 1e-3
    assert found.residual_nm.max() < 1e-6


def test_a_moment_that_nobody_can_pull_is_told_as_residual() -> None:
    arms = np.array([[[30.0], [60.0]]])
    found = least_effort(arms, np.array([[-90.0]]))
    assert found.residual_nm[0] > 80.0


def test_a_soft_moment_is_missed_more_the_softer_it_is() -> None:
    arms, moments = problem(2)
    moments = np.abs(moments)
    missed = []
    for soft_nm in (1.0, 10.0, 100.0):
        found = least_effort(arms, moments, soft_nm=np.array([0.0, 0.0, soft_nm]))
        left = moments - np.einsum("jkn,kn->jn", arms, found.activation)
        assert np.abs(left[:2]).max() < 1e-5
        missed.append(np.abs(left[2]).mean())
    assert missed[0] < missed[1] < missed[2]


def test_many_postures_at_once_are_each_solved_alone() -> None:
    arms, moments = problem(5)
    wide = least_effort(np.tile(arms, 700), np.tile(moments, 700), power=3).activation
    alone = least_effort(arms[:, :, 2:3], moments[:, 2:3], power=3).activation
    np.testing.assert_allclose(wide[:, 2::4], np.tile(alone, 700), atol=1e-4)
