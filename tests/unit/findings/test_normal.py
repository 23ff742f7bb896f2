from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from primemover.findings.normal import bivariate_cdf, grid_weights, line_weights


@pytest.mark.parametrize("rho", [-0.95, -0.4, 0.0, 0.3, 0.99])
@pytest.mark.parametrize(("h", "k"), [(0.7, -1.2), (0.0, 0.5), (-2.0, 0.0), (0.0, 0.0), (3, 3)])
def test_two_normals_agree_with_an_independent_integration(h: float, k: float, rho: float) -> None:
    expected = multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf([h, k])
    found = bivariate_cdf(np.array(h), np.array(k), np.array(rho))
    assert float(found) == pytest.approx(float(expected), abs=1e-7)


def test_the_quarter_plane_has_its_known_probability() -> None:
    found = bivariate_cdf(np.zeros(3), np.zeros(3), np.array([0.0, 0.5, -0.5]))
    known = [0.25 + math.asin(rho) / (2 * math.pi) for rho in (0.0, 0.5, -0.5)]  # Sheppard 1899
    assert found == pytest.approx(known, abs=1e-12)


def test_tied_quantities_fall_together_or_against_each_other() -> None:
    one, two = np.array(0.3), np.array(-0.4)
    low = 0.5 * math.erfc(0.4 / math.sqrt(2))
    assert float(bivariate_cdf(one, two, np.array(1.0))) == pytest.approx(low)
    assert float(bivariate_cdf(two, two, np.array(-1.0))) == 0.0


def test_cells_of_a_line_and_of_a_plane_add_up_to_one() -> None:
    mean, sd = np.array([1.0, -3.0]), np.array([0.5, 2.0])
    assert line_weights(mean, sd, [0.0, 1.0, 4.0]).sum(axis=1) == pytest.approx([1.0, 1.0])
    spread = np.array([[[1.0, 0.6], [0.6, 2.0]]])
    cells = grid_weights(np.array([[0.5, 1.0]]), spread, ([0.0], [0.0, 2.0]))
    assert cells.shape == (1, 6)
    assert cells.sum() == pytest.approx(1.0)
    assert cells.min() >= 0.0
