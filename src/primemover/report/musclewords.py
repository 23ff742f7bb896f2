"""What muscle groups, their roles and the parts of a lift are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primemover.model.mechanics import LiftPart
from primemover.words import word

__all__ = [
    "GROUPS",
    "NOT_DRAWN",
    "UNMODELLED",
    "GroupName",
    "instant_word",
    "part_line",
    "part_name",
    "role_word",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupName:
    """A group of the muscle geometry table.

    `felt` is the row of the felt map that it belongs to, empty for none (a test holds both tables
    together).
    """

    id: str
    felt: str

    @property
    def plain(self) -> str:
        """A lifter's word for it."""
        return word("drawings.muscle", self.id)

    @property
    def latin(self) -> str:
        """The anatomist's word for it."""
        return word("drawings.anatomy", self.id)


_FELT: Final[dict[str, str]] = {
    "gluteus_maximus": "gluteus_maximus",
    "gluteus_medius": "gluteus_medius",
    "hamstrings": "hamstrings",
    "biceps_short_head": "hamstrings",
    "adductor_magnus": "adductors",
    "other_adductors": "adductors",
    "hip_rotators": "hip_rotators",
    "hip_flexors": "hip_flexors",
    "quadriceps": "quadriceps",
    "calves": "calves",
    "deep_calves": "calves",
    "shins": "",
    "erector_spinae": "low_back",
    "multifidus": "low_back",
    "quadratus_lumborum": "low_back",
    "abdominals": "abdominals",
}
GROUPS: Final[dict[str, GroupName]] = {
    key: GroupName(id=key, felt=felt) for key, felt in _FELT.items()
}
"""In the order they are told."""

UNMODELLED: Final = frozenset({"upper_back", "lats", "chest", "deltoids", "upper_arms", "forearms"})
"""Drawn as part of the body; the model has no such muscles."""

NOT_DRAWN: Final = frozenset({"biceps_short_head", "deep_calves", "hip_rotators"})
"""They lie under others and would hide them."""


def instant_word(instant: str) -> str:
    """Return what an instant of the lift is called."""
    return word("drawings.instant", instant)


def part_line(part: LiftPart) -> str:
    """Return from when to when a part of the lift lasts."""
    return word("drawings.part_lasts", part.value)


def part_name(part: LiftPart) -> str:
    """Return what a part of the lift is called."""
    return word("drawings.part", part.value)


def role_word(role: str) -> str:
    """Return what a muscle does, by the model."""
    return word("drawings.role", role)
