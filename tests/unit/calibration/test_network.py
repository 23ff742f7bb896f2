"""The fitted function is what its numbers say, solved by hand."""

import numpy as np
import pytest

from primemover.calibration.network import Layer, Network, predict


def layer(weight: list[list[float]], bias: list[float]) -> Layer:
    return Layer(weight=np.array(weight), bias=np.array(bias))


def test_a_straight_network_is_a_straight_line() -> None:
    network = Network(straight=layer([[2.0], [-1.0]], [0.5]), bent=())
    assert predict(network, np.array([[1.0, 3.0]])) == pytest.approx(np.array([[-0.5]]))


def test_the_bent_part_is_added_and_its_units_never_go_below_zero() -> None:
    # |x| from two units: max(x, 0) + max(-x, 0)
    bent = (layer([[1.0, -1.0]], [0.0, 0.0]), layer([[1.0], [1.0]], [0.0]))
    network = Network(straight=layer([[10.0]], [0.0]), bent=bent)
    x = np.array([[-2.0], [0.0], [3.0]])
    assert predict(network, x) == pytest.approx(10.0 * x + np.abs(x))
