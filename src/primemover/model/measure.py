"""A number that knows its error, its unit and where it came from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["INTERVAL_SE", "Instrument", "Measure", "Part", "Side", "Status", "not_measured"]

INTERVAL_SE: Final = 1.645
"""Standard errors either side of a value that make its 90 % interval.

The 95th percentile of the normal distribution. Calibrated means that this interval, and not only
the normal distribution's, holds the truth in 90 of 100 cases: the standard errors of films are
scaled so on virtual people, and docs/accuracy.md counts how often it was so on virtual people that
no fit saw. Errors of typed readings come from published repeatability and are not checked here.
"""


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
class Part:
    """What one instrument read of a quantity that several were read with.

    Attributes
    ----------
    value, se : as read, in the measure's SI unit
    offset, offset_se : what this instrument reads more than the measure's own one, same unit; NaN
        when nobody knows
    fused : True = its information is in the measure; False = kept apart, shown beside it
    by_film : whether it was read off a film and not typed in
    by_lay_person : whether a lay person measured
    """

    instrument: Instrument
    value: float
    se: float
    repeats: int
    offset: float
    offset_se: float
    fused: bool
    by_film: bool = False
    by_lay_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measured quantity.

    Attributes
    ----------
    id : what it is, e.g. ``"lumbar_flexion_bottom"`` (a row of the measures table)
    value : in SI `unit`; NaN when not measured
    se : standard error, same unit; NaN when not measured
    unit : ``"rad"``, ``"m"``, ``"s"``, ``"m/s"``, ``"kg"``, ``"N"``, ``"N·m"``, ``"weight"`` (the
        whole weight of body and load is 1) or ``"1"``
    why : empty, or why it was not measured or only estimated
    repeats : how many trials were averaged; 0 = not told
    bounds : (low, high) of the 90 % interval where it was found by drawing from all errors and need
        not be symmetric; None = it follows from `se`
    parts : what each instrument read, where several were used; `instrument` is then the one whose
        scale `value` is on
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
    bounds: tuple[float, float] | None = None
    parts: tuple[Part, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a number at all."""
        return self.status is not Status.NOT_MEASURED and math.isfinite(self.value)

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval (low, high) in SI `unit`, see `INTERVAL_SE`; NaN when not known.

        Without `bounds` it is symmetric about the value, so it may reach beyond what the quantity
        can be (a share below nothing): that is how far this measurement can tell.
        """
        if not (self.is_known and math.isfinite(self.se)):
            return math.nan, math.nan
        if self.bounds is not None:
            return self.bounds
        reach = INTERVAL_SE * self.se
        return self.value - reach, self.value + reach


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
