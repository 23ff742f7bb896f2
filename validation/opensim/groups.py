"""Which muscle element belongs to which group, and where a lifter would feel it."""

from __future__ import annotations

from typing import Final

__all__ = ["GROUPS", "group_of"]

GROUPS: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "gluteus_maximus": ("gluteus maximus", "gluteus_maximus", ("glmax",)),
    "gluteus_medius": ("gluteus medius and minimus", "gluteus_medius", ("glmed", "glmin")),
    "hamstrings": ("hamstrings that cross the hip", "hamstrings", ("bflh", "semimem", "semiten")),
    "biceps_short_head": ("short head of biceps femoris", "hamstrings", ("bfsh",)),
    "adductor_magnus": ("adductor magnus", "adductors", ("addmag",)),
    "other_adductors": ("other adductors", "adductors", ("addbrev", "addlong", "grac")),
    "hip_rotators": ("piriformis", "hip_rotators", ("piri",)),
    "hip_flexors": ("hip flexors", "hip_flexors", ("iliacus", "psoas", "sart", "tfl")),
    "quadriceps": ("quadriceps", "quadriceps", ("recfem", "vas")),
    "calves": ("calves", "calves", ("gas", "soleus")),
    "deep_calves": ("deep calf muscles", "calves", ("tibpost", "fdl", "fhl", "per")),
    "shins": ("shin muscles", "", ("tibant", "edl", "ehl")),
    "erector_spinae": ("erector spinae", "low_back", ("IL_", "LTp")),
    "multifidus": ("multifidus", "low_back", ("MF_",)),
    "quadratus_lumborum": ("quadratus lumborum", "low_back", ("QL_",)),
    "abdominals": ("abdominal wall", "abdominals", ("rect_abd", "EO", "IO")),
}
"""Group -> label, muscle of the protocol's felt map ("" = none), beginnings of element names."""


def group_of(element: str) -> str:
    """Return the group of an element.

    Raises
    ------
    ValueError
        If no group or more than one takes it.
    """
    found = [name for name, (_, _, starts) in GROUPS.items() if element.startswith(starts)]
    if len(found) != 1:
        raise ValueError(f"{element} belongs to {found or 'no group'}.")
    return found[0]
