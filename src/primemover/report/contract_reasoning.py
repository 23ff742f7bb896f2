"""The JSON contract of reasoning: contradictions, and what to measure next."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from primemover.report.shape import Shape

__all__ = ["ConflictJson", "FurtherJson"]

Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class FurtherJson(Shape):
    """A measurement worth taking next.

    `readings` are further readings of each of `measures`; `probability` that what it is meant for,
    the first of `settles`, can be called afterwards; `bits` is the expected loss of entropy over
    all that it settles. Null where nothing is known to expect.
    """

    kind: Literal["repeat", "measure", "retake", "film_lift"]
    measures: list[str]
    readings: Annotated[int, Field(ge=1)]
    probability: Probability | None
    bits: Annotated[float, Field(ge=0.0)] | None
    settles: list[str]
    text: str


class ConflictJson(Shape):
    """Readings of one session that contradict each other."""

    id: str
    label: str
    side: Literal["left", "right", "none"]
    what: str
    why: str
    clinician: str
    to_do: str
    probability: Probability
    measures: list[str]
    sources: list[str]
