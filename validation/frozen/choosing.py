"""Which films are frozen: few, and as different as few can be.

Chosen by what was asked for, never by how the product did on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from validation.calibration.cases import CLOSE, Case

__all__ = ["PER_MOVE", "spread_out"]

PER_MOVE: Final = {
    "conventional": 4,
    "sumo": 3,
    "romanian": 3,
    "kettlebell": 3,
    "forward_bend": 5,
    "hip_rotation_active": 2,
    "hip_rotation_passive": 2,
}
_USUAL_DEG: Final = 10.0  # the target table's limit
_OBLIQUE_DEG: Final = 20.0  # beyond it the product may refuse; there is little to hold
_OBLIQUE_MOST: Final = 5
# What divides into 12 to 15 pictures a second; 20 cannot be thinned and costs twice the bytes.
_RATES: Final = (15.0, 24.0, 30.0)
# Following the right person comes before everything that a frozen film can show.
_PASSERS: Final = frozenset({"passer_behind", "passer_crossing"})


def spread_out(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return `PER_MOVE` of the cases: no person twice, nobody else, all else evenly.

    Move by move the case is taken whose style, clothes, fit of the clothes and facing side were
    taken least so far; the lower number of two alike.
    """
    taken: list[Case] = []
    for move, count in PER_MOVE.items():
        for _ in range(count):
            people = {one.person for one in taken}
            oblique = sum(_off(one) > _USUAL_DEG for one in taken)
            most_deg = _OBLIQUE_DEG if oblique < _OBLIQUE_MOST else _USUAL_DEG
            left = [
                one
                for one in cases
                if one.move == move
                and one.person not in people
                and _off(one) <= most_deg
                and one.shot.frames_per_s in _RATES
                and not one.shot.extras & _PASSERS
            ]
            if not left:
                break
            taken.append(min(left, key=lambda one: (_worn_out(one, taken), one.number)))
    return tuple(sorted(taken, key=lambda one: one.number))


def _off(case: Case) -> float:
    return abs(case.shot.yaw_deg)


def _worn_out(case: Case, taken: Sequence[Case]) -> int:
    """Return how often what makes a case different was taken before; style counts most."""
    traits = Counter(trait for one in taken for trait in _traits(one))
    return sum(weight * traits[trait] for trait, weight in _traits(case).items())


def _traits(case: Case) -> dict[str, int]:
    return {
        f"{case.test} {case.style}": 4,
        case.clothes.kind: 2,
        f"{case.move} {case.clothes.kind in CLOSE}": 2,
        f"oblique {_off(case) > _USUAL_DEG}": 1,
        f"from the left {case.shot.from_left}": 1,
    }
