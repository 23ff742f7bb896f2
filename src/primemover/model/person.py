"""Who is examined; everything optional, what needs it is then not measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Person", "Sex"]


class Sex(StrEnum):
    """Sex, as the norms and segment tables are divided."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Body facts of the examined person, SI; None where not told."""

    body_mass_kg: float | None = None
    height_m: float | None = None
    age_years: float | None = None
    sex: Sex | None = None
