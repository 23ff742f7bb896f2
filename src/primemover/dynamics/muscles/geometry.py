"""Muscle geometry at given angles: lengths, arms and how hard each element can pull."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.muscles.table import Angle, Elements, MuscleTable
from primemover.model.arrays import Floats, Mask

__all__ = [
    "ElementGeometry",
    "active_force_share",
    "evaluate",
    "out_of_range",
]

# Active force over fibre length is a bell, exp(-(l - 1)^2 / 0.45), of Thelen 2003 (table: sources).
_BELL_WIDTH: Final = 0.45
# Below this share a fibre is taken to pull no weaker: the bell's tails are not measured, and an
# element that cannot pull at all would need endless activation. Engineering default.
_LEAST_SHARE: Final = 0.1
_LEAST_FIBRE: Final = 0.1  # a slack path still has this much fibre, in optimal lengths


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementGeometry:
    """Elements of one side at N postures, for the table's reference person.

    Attributes
    ----------
    output : name -> (K, N) array, see `MuscleTable.leg` and `MuscleTable.trunk`
    capacity_n : (K, N) array, force at full activation, along the tendon, active part only
    fibre : (K, N) array, fibre length in optimal lengths (stiff tendon)
    """

    output: dict[str, Floats]
    capacity_n: Floats
    fibre: Floats


def evaluate(
    table: MuscleTable, elements: Elements, angles_rad: dict[Angle, Floats]
) -> ElementGeometry:
    """Return lengths, arms and capacities at N postures.

    Parameters
    ----------
    elements
        `table.leg` or `table.trunk`.
    angles_rad : angle -> (N,) array; outside the table's range the nearer end is used
        (`out_of_range` tells)
    """
    basis = _basis(table, elements, angles_rad)
    wide = elements.coefficients.reshape(-1, basis.shape[0]) @ basis
    found = wide.reshape(*elements.coefficients.shape[:2], -1)
    output = dict(zip(elements.outputs, found, strict=True))
    fibre, cosine = _fibre(elements, output["length_m"])
    capacity = elements.max_force_n[:, None] * active_force_share(fibre) * cosine
    return ElementGeometry(output=output, capacity_n=capacity, fibre=fibre)


def active_force_share(fibre: Floats) -> Floats:
    """Return the active force over the isometric maximum at a fibre length in optimal lengths."""
    share: Floats = np.maximum(np.exp(-((fibre - 1.0) ** 2) / _BELL_WIDTH), _LEAST_SHARE)
    return share


def out_of_range(table: MuscleTable, angles_rad: dict[Angle, Floats]) -> Mask:
    """Return where any angle lies outside the table's range, the shape of the angles."""
    outside = np.zeros(np.broadcast_shapes(*(np.shape(v) for v in angles_rad.values())), np.bool_)
    for angle, values in angles_rad.items():
        low, high = table.range_rad[angle]
        outside = outside | (values < low) | (values > high)
    return outside


def _basis(table: MuscleTable, elements: Elements, angles_rad: dict[Angle, Floats]) -> Floats:
    """Return the monomials, (B, N), each built from a power of every angle."""
    product: Floats = np.ones((elements.powers.shape[0], 1))
    for column, angle in enumerate(elements.angles):
        low, high = table.range_rad[angle]
        scaled = (np.clip(angles_rad[angle], low, high) - (low + high) / 2.0) * 2.0 / (high - low)
        top = int(elements.powers[:, column].max())
        powers = np.ones((top + 1, scaled.size))
        for power in range(1, top + 1):
            powers[power] = powers[power - 1] * scaled
        product = product * powers[elements.powers[:, column]]
    return product


def _fibre(elements: Elements, length_m: Floats) -> tuple[Floats, Floats]:
    """Return fibre lengths in optimal lengths and the cosine of pennation, (K, N) each.

    The tendon is taken as stiff, and the fibres keep their thickness (both as in Millard et al.
    2013 with a rigid tendon): width = optimal length x sine of the pennation there.
    """
    optimal = elements.optimal_fibre_m[:, None]
    width = np.sin(elements.pennation_rad)[:, None]
    along = (length_m - elements.tendon_slack_m[:, None]) / optimal
    along = np.maximum(along, _LEAST_FIBRE)
    fibre = np.sqrt(along**2 + width**2)
    return fibre, along / fibre
