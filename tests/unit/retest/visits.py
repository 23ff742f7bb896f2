"""Made-up visits for the tests of a re-test. Nobody was measured for them."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from primemover.knowledge import load
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.outcome import Score
from primemover.model.person import Person
from primemover.model.retest import Visit
from primemover.model.session import Pain, Session
from primemover.model.units import from_display, to_display
from primemover.outcomes import score_all

FIRST_DAY = dt.date(2026, 9, 7)


def measure(
    measure_id: str,
    value: float,
    se: float,
    instrument: Instrument = Instrument.GONIOMETER,
    **other: Any,  # noqa: ANN401 - fields of the record
) -> Measure:
    """Return a measure given in the unit shown to people."""
    row = load().measure_of_id[measure_id]
    shown = to_display(1.0, row.unit)[1]
    factor = 1.0 if shown == row.unit else from_display(1.0, shown)[0]
    side = next((one for one in Side if measure_id.endswith(f"_{one}")), Side.NONE)
    return Measure(
        id=measure_id,
        value=value * factor,
        se=se * factor,
        unit=row.unit,
        instrument=instrument,
        side=side,
        **other,
    )


def visit(*measures: Measure, weeks: float = 0.0, **other: Any) -> Visit:  # noqa: ANN401 - same
    """Return a visit some weeks after the first day, typed in by a clinician."""
    told: dict[str, Any] = {"read_by_lay": frozenset(), "person": Person()} | other
    return Visit(
        name=told.pop("name", f"week {weeks:g}"),
        date=FIRST_DAY + dt.timedelta(days=round(7.0 * weeks)),
        measures={one.id: one for one in measures},
        **told,
    )


def pain_scores(**ratings: float) -> tuple[Score, ...]:
    """Return the totals of pain ratings: now, worst, during, after."""
    return score_all(Session(pain=Pain(**ratings)))  # type: ignore[arg-type]


def finding(rule: str, status: FindingStatus, *measures: str, side: Side = Side.NONE) -> Finding:
    """Return a finding that rests on some measures."""
    return Finding(
        id=rule,
        label=load().rules[rule].label,
        status=status,
        probability=math.nan,
        side=side,
        measures=measures,
    )
