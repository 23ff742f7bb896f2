"""Put draws together, and take some of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from primemover.dynamics.body import Lengths
from primemover.dynamics.draws import TURNING, Drawn
from primemover.model.arrays import Floats, Ints

__all__ = ["joined", "picked"]

_BY_SEGMENT: Final = ("mass_kg", "inertia_kg_m2", "centre_m", "end_m")
"""Arrays of a body whose draws are the second axis."""

Change = Callable[[list[Floats], int], Floats]
"""What is done to one array of each drawn lift, along the axis of the draws."""


def picked(lift: Drawn, chosen: Ints) -> Drawn:
    """Return some of the draws, in the order of `chosen`."""
    return _changed([lift], lambda arrays, axis: np.take(arrays[0], chosen, axis=axis))


def joined(first: Drawn, second: Drawn) -> Drawn:
    """Return the draws of one film with two bodies, one after the other."""
    return _changed([first, second], lambda arrays, axis: np.concatenate(arrays, axis=axis))


def _changed(lifts: list[Drawn], change: Change) -> Drawn:
    motion, body, load = lifts[0]
    draws = [one[1].mass_kg.shape[1] for one in lifts]

    def curve(record: int, name: str) -> Floats:
        arrays = [getattr(one[record], name) for one in lifts]
        return change([_full(a, count) for a, count in zip(arrays, draws, strict=True)], 0)

    def length(name: str) -> Floats:
        arrays = [getattr(one[1].lengths, name) for one in lifts]
        return change([_full(a, count) for a, count in zip(arrays, draws, strict=True)], 0)

    segments: dict[str, Any] = {
        name: change([getattr(one[1], name) for one in lifts], 1) for name in _BY_SEGMENT
    }
    turned: dict[str, Any] = {name: curve(0, name) for name in TURNING}
    some = replace(
        body,
        **segments,
        neck_m=curve(1, "neck_m"),
        lengths=Lengths(**{name: length(name) for name in Lengths.__slots__}),
    )
    if load is None:
        return replace(motion, **turned), some, None
    held = replace(load, path_m=curve(2, "path_m"), mass_kg=curve(2, "mass_kg"))
    return replace(motion, **turned), some, held


def _full(values: Floats, draws: int) -> Floats:
    """Return an array with its draws' axis full: what is the same in all draws is repeated."""
    full: Floats = np.broadcast_to(values, (draws, *np.shape(values)[1:]))
    return full
