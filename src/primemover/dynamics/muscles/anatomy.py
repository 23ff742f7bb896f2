"""What a muscle joins, told from the joints its path crosses, and the article's rule on it.

The rule: what connects pelvis and femur is a prime mover; what connects pelvis and back, or femur
and tibia, is a stabiliser. It says nothing of muscles that pass over two joints or stay below the
knee. It is the article's claim, held beside what mechanics say (`roles`), not a result.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from primemover.dynamics.muscles.table import Elements, MuscleTable

__all__ = ["ArticleRole", "Bones", "article_role", "bones_joined"]

Bones = tuple[str, str]
ArticleRole = Literal["prime_mover", "stabiliser", "not_said"]

_CROSSES_M: Final = 1e-3  # an arm that never reaches this does not cross the joint
_ABOVE: Final = {"hip": "pelvis", "knee": "femur", "ankle": "tibia"}
_BELOW: Final = {"hip": "femur", "knee": "tibia", "ankle": "foot"}
_RULE: Final[dict[Bones, ArticleRole]] = {
    ("pelvis", "femur"): "prime_mover",
    ("spine", "pelvis"): "stabiliser",
    ("femur", "tibia"): "stabiliser",
}


def bones_joined(table: MuscleTable) -> dict[str, Bones]:
    """Return element -> the bones at its ends, upper one first.

    For legs the joints whose angles change the path's length; a trunk strand joins spine and
    pelvis if it has an arm at L5/S1, else spine and ribs.
    """
    found: dict[str, Bones] = {}
    for k, name in enumerate(table.leg.ids):
        crossed = [joint for joint in _ABOVE if _moves(table.leg, f"{joint}_m", k)]
        found[name] = (_ABOVE[crossed[0]], _BELOW[crossed[-1]])
    for k, name in enumerate(table.trunk.ids):
        low = _moves(table.trunk, "l5s1_m", k)
        found[name] = ("spine", "pelvis" if low else "ribs")
    return found


def article_role(bones: Bones) -> ArticleRole:
    """Return what the article's rule says of a muscle between two bones."""
    return _RULE.get(bones, "not_said")


def _moves(elements: Elements, output: str, index: int) -> bool:
    """Return whether an arm is more than nothing; coefficients bound it over the whole range."""
    coefficients = elements.coefficients[elements.outputs.index(output), index]
    return bool(np.abs(coefficients).sum() > _CROSSES_M)
