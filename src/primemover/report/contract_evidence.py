"""The JSON contract of what stands behind a number: readings, norms, the article's claims."""

from __future__ import annotations

from primemover.report.shape import Shape

__all__ = ["PartJson"]


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
