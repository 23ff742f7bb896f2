"""The JSON contract of what stands behind a number: readings, norms, the article's claims."""

from __future__ import annotations

from typing import Literal

from primemover.report.shape import Shape

__all__ = ["ClaimJson", "PartJson", "PlaceJson", "StandingJson"]


class PartJson(Shape):
    """What one instrument read of a quantity that several were read with, in the measure's unit.

    `offset` is what this instrument reads more than the measure's own one; null = nobody knows.
    `fused` is false where the reading was kept apart: it then only stands beside the value.
    """

    instrument: str
    value: float | None
    se: float | None
    repeats: int
    offset: float | None
    offset_se: float | None
    fused: bool
    by_film: bool
    by_lay_person: bool


class ClaimJson(Shape):
    """One claim of the article in our words, what is known of it and what is done about it.

    `beside` names what it belongs to in this result: finding ids, ``hip_left``, ``hip_right``,
    ``forward_bend``, ``pairing``, ``step_1`` to ``step_5`` and ``order``. `page_only` says why a
    claim stands beside nothing anywhere.
    """

    idea: str
    verdict: Literal["supports", "mixed", "contradicts", "none"]
    known: str
    product: str
    clinician: str
    paragraph: list[int]
    sources: list[str]
    tag: Literal["read", "secondary", "unverified", "default"]
    beside: list[str]
    page_only: str


class PlaceJson(Shape):
    """A value beside one publication; `mean` to `high` are that publication's, in `unit`.

    `percentile_low` and `percentile_high` are the percentile when the tools differ by one standard
    error less or more than thought. Null = not read, or no percentile without a spread.
    """

    norm: str
    population: str
    n: int | None
    position: Literal["seated", "supine", "prone", "standing", "lifting", "not told"]
    instrument: str | None
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    unit: str
    relation: Literal["same", "shifted", "other_tool", "no_tool", "position", "no_position"]
    apart: bool
    how: str
    shift: float | None
    percentile: float | None
    percentile_low: float | None
    percentile_high: float | None
    sources: list[str]
    tag: Literal["read", "secondary", "unverified", "default"]
    note: str


class StandingJson(Shape):
    """Where a value stands: percentiles from the lowest to the highest publication.

    `band` is over those of the same position with the same tool or one of known offset,
    `apart_band` over all others; null = none has a spread.
    """

    instrument: str
    band: list[float | None] | None
    apart_band: list[float | None] | None
    places: list[PlaceJson]
