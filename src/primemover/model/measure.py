"""A number that knows its error, its unit and where it came from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Instrument", "Measure", "Side", "Status", "not_measured"]


class Status(StrEnum):
    """How a number came to be."""

    MEASURED = "measured"
    """Read off the picture or an instrument, with a known error."""
    ESTIMATED = "estimated"
    """Depends on a model or an assumption that this film cannot check."""
    NOT_MEASURED = "not_measured"
    """The picture cannot carry it; `Measure.why` says why."""


class Side(StrEnum):
    """A side of the body; NONE for measures that have none."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


class Instrument(StrEnum):
    """What a number was taken with. Offsets between instruments reach 4-5 deg."""

    VIDEO = "video"
    GONIOMETER = "goniometer"
    INCLINOMETER = "inclinometer"
    PHONE = "phone"
    TAPE = "tape"
    STOPWATCH = "stopwatch"
    COUNT = "count"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measured quantity.

    Attributes
    ----------
    id : what it is, e.g. ``"lumbar_flexion_bottom"`` (a row of the measures table)
    value : in SI `unit`; NaN when not measured
    se : standard error, same unit; NaN when not measured
    unit : ``"rad"``, ``"m"``, ``"s"``, ``"m/s"``, ``"kg"`` or ``"1"``
    why : empty, or why it was not measured or only estimated
    repeats : how many trials were averaged; 0 = not told
    """

    id: str
    value: float
    se: float
    unit: str
    status: Status = Status.MEASURED
    side: Side = Side.NONE
    instrument: Instrument = Instrument.VIDEO
    why: str = ""
    repeats: int = 0

    @property
    def is_known(self) -> bool:
        """Whether there is a number at all."""
        return self.status is not Status.NOT_MEASURED and math.isfinite(self.value)


def not_measured(
    measure_id: str,
    why: str,
    *,
    unit: str = "rad",
    side: Side = Side.NONE,
    instrument: Instrument = Instrument.VIDEO,
) -> Measure:
    """Return the value "not measured", with its reason."""
    return Measure(
        id=measure_id,
        value=math.nan,
        se=math.nan,
        unit=unit,
        status=Status.NOT_MEASURED,
        side=side,
        instrument=instrument,
        why=why,
    )
