"""The JSON contract of who was examined and how: what a re-test needs beside the measures."""

from __future__ import annotations

from typing import Literal

from primemover.report.shape import Shape

__all__ = ["LiftJson", "PersonJson", "SessionJson"]


class PersonJson(Shape):
    """Body facts; null where not told."""

    sex: Literal["female", "male"] | None
    age_years: float | None
    height_cm: float | None
    body_mass_kg: float | None


class LiftJson(Shape):
    """What was told of the filmed lift; null where not told."""

    variant: Literal["conventional", "sumo", "romanian", "hex_bar", "kettlebell"] | None
    bar_mass_kg: float | None


class SessionJson(Shape):
    """Who was examined and how. `read_by_lay` are ids of measures that a lay person read."""

    person: PersonJson
    lift: LiftJson
    read_by_lay: list[str]
