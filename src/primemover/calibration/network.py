"""A small fitted function: a straight line plus one bent by a few hidden units, in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats

__all__ = ["Layer", "Network", "Weights", "predict"]

Weights: TypeAlias = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: weight (I, O) and bias (O,)."""

    weight: Weights
    bias: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A function of D numbers with O answers.

    Attributes
    ----------
    straight : the straight part, (D, O)
    bent : hidden layers with rectified linear units, then one without: the part that is added
    """

    straight: Layer
    bent: tuple[Layer, ...]


def predict(network: Network, inputs: Floats) -> Floats:
    """Return the answers (N, O) for inputs (N, D)."""
    out: Floats = inputs @ network.straight.weight + network.straight.bias
    if not network.bent:
        return out
    hidden = inputs
    for layer in network.bent[:-1]:
        hidden = np.maximum(hidden @ layer.weight + layer.bias, 0.0)
    last = network.bent[-1]
    total: Floats = out + hidden @ last.weight + last.bias
    return total
