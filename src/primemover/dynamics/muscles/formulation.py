"""The ensemble: every way of asking who carries the moments, none of them privileged."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

__all__ = ["FORMULATIONS", "Formulation", "LegQuestion", "TrunkQuestion"]

# How much hip adduction or rotation moment may be missed for an effort of 1/2, and the least
# activation of every muscle where co-contraction is asked for. Engineering defaults: the first was
# tried beside 5 and 30 N m, which lie on both sides of it.
_SOFT_NM: Final = 10.0
_LEAST: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class LegQuestion:
    """What a leg is asked; `frontal_nm` None leaves hip adduction and rotation out."""

    power: int
    least: float
    frontal_nm: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkQuestion:
    """What the trunk is asked: balance at L5/S1 alone (1 level) or at T12/L1 too (2)."""

    power: int
    least: float
    levels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulation:
    """One member of the ensemble."""

    id: str
    leg: LegQuestion
    trunk: TrunkQuestion


def _formulation(power: int, frontal_nm: float | None, levels: int, least: float) -> Formulation:
    parts = [f"p{power}", "frontal" if frontal_nm else "sagittal", f"{levels}level"]
    return Formulation(
        id="-".join([*parts, "cocontraction"] if least else parts),
        leg=LegQuestion(power=power, least=least, frontal_nm=frontal_nm),
        trunk=TrunkQuestion(power=power, least=least, levels=levels),
    )


FORMULATIONS: Final[tuple[Formulation, ...]] = (
    *(_formulation(*asked, 0.0) for asked in product((2, 3), (None, _SOFT_NM), (1, 2))),
    *(_formulation(power, _SOFT_NM, 2, _LEAST) for power in (2, 3)),
)
"""p = 2 and 3, frontal balance none and soft, one and two trunk levels; co-contraction twice."""
