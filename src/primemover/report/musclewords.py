"""What muscle groups, their roles and the parts of a lift are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primemover.model.mechanics import LiftPart

__all__ = [
    "ARTICLE_ROLES",
    "GROUPS",
    "INSTANT_WORDS",
    "NOT_DRAWN",
    "PART_LINES",
    "PART_NAMES",
    "ROLE_WORDS",
    "UNMODELLED",
    "GroupName",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupName:
    """A group of the muscle geometry table.

    `plain` is a lifter's word, `latin` the anatomist's; `felt` is the row of the felt map that it
    belongs to, empty for none (a test holds both tables together).
    """

    plain: str
    latin: str
    felt: str


GROUPS: Final[dict[str, GroupName]] = {
    "gluteus_maximus": GroupName(plain="Glutes", latin="gluteus maximus", felt="gluteus_maximus"),
    "gluteus_medius": GroupName(
        plain="Side of the hip", latin="gluteus medius and minimus", felt="gluteus_medius"
    ),
    "hamstrings": GroupName(
        plain="Hamstrings", latin="hamstrings that cross the hip", felt="hamstrings"
    ),
    "biceps_short_head": GroupName(
        plain="Short hamstring", latin="short head of biceps femoris", felt="hamstrings"
    ),
    "adductor_magnus": GroupName(
        plain="Inner thigh, back", latin="adductor magnus", felt="adductors"
    ),
    "other_adductors": GroupName(
        plain="Inner thigh, front", latin="other adductors", felt="adductors"
    ),
    "hip_rotators": GroupName(plain="Deep hip rotators", latin="piriformis", felt="hip_rotators"),
    "hip_flexors": GroupName(plain="Front of the hip", latin="hip flexors", felt="hip_flexors"),
    "quadriceps": GroupName(plain="Front of the thigh", latin="quadriceps", felt="quadriceps"),
    "calves": GroupName(plain="Calves", latin="gastrocnemius and soleus", felt="calves"),
    "deep_calves": GroupName(plain="Deep calves", latin="deep calf muscles", felt="calves"),
    "shins": GroupName(plain="Shins", latin="tibialis anterior and toe extensors", felt=""),
    "erector_spinae": GroupName(plain="Back extensors", latin="erector spinae", felt="low_back"),
    "multifidus": GroupName(plain="Deep low back", latin="multifidus", felt="low_back"),
    "quadratus_lumborum": GroupName(
        plain="Side of the low back", latin="quadratus lumborum", felt="low_back"
    ),
    "abdominals": GroupName(plain="Abdominals", latin="abdominal wall", felt="abdominals"),
}
"""In the order they are told."""

UNMODELLED: Final[dict[str, str]] = {
    "upper_back": "Upper back",
    "lats": "Lats",
    "chest": "Chest",
    "deltoids": "Shoulders",
    "upper_arms": "Upper arms",
    "forearms": "Forearms",
}
"""Drawn as part of the body; the model has no such muscles."""

NOT_DRAWN: Final = frozenset({"biceps_short_head", "deep_calves", "hip_rotators"})
"""They lie under others and would hide them."""

ROLE_WORDS: Final[dict[str, str]] = {
    "prime_mover": "moves",
    "stabiliser": "holds",
    "brake": "lengthens",
    "idle": "hardly pulls",
}
ARTICLE_ROLES: Final[dict[str, str]] = {
    "prime_mover": "Prime mover",
    "stabiliser": "Stabiliser",
}
PART_NAMES: Final[dict[LiftPart, str]] = {
    LiftPart.TAKE_UP: "Taking up",
    LiftPart.FLOOR_TO_KNEES: "Floor to knees",
    LiftPart.KNEES_TO_LOCKOUT: "Knees to lockout",
}
PART_LINES: Final[dict[LiftPart, str]] = {
    LiftPart.TAKE_UP: "from set-up until the load leaves the floor",
    LiftPart.FLOOR_TO_KNEES: "from lift-off until the load passes the knees",
    LiftPart.KNEES_TO_LOCKOUT: "from the knees until standing",
}
INSTANT_WORDS: Final[dict[str, str]] = {
    "set_up": "Set-up",
    "lift_off": "Lift-off",
    "knee_pass": "Load at the knees",
    "lockout": "Lockout",
}
