"""Simulated people measured twice or more: true values known, errors as published.

A reading = the truth + an error of the session (rater, placement, day) + an error of the trial,
with the table's split of the SEM. Everything after the readings is the product's own way: readings
to measures, measures to a comparison.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.exam.readings import measures_from_readings
from primemover.findings import read_exam
from primemover.knowledge import load
from primemover.knowledge.precision import precision_of
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.person import Person
from primemover.model.retest import Visit
from primemover.model.session import Reading, Session
from primemover.model.units import from_display

__all__ = ["FIRST_DAY", "PROTOCOL", "Film", "Rater", "film_visit", "typed_visit"]

FIRST_DAY: Final = dt.date(2026, 9, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """One typed-in quantity: instrument, trials a session, a usual true value in its shown unit."""

    measure: str
    instrument: Instrument
    trials: int
    usual: float


PROTOCOL: Final = (
    *(
        _Test(measure=f"hip_rotation_{mode}_{side}", instrument=tool, trials=3, usual=usual)
        for mode, usual in (("active", 30.0), ("passive", 36.0))
        for side in ("left", "right")
        for tool in (Instrument.GONIOMETER,)
    ),
    _Test(measure="fingertip_to_floor", instrument=Instrument.TAPE, trials=3, usual=6.0),
    *(
        _Test(measure=f"bend_{part}", instrument=Instrument.INCLINOMETER, trials=3, usual=usual)
        for part, usual in (
            ("pelvis_rotation", 58.0),
            ("lumbar_excursion", 55.0),
            ("thoracic_excursion", 20.0),
        )
    ),
    *(
        _Test(
            measure=f"hip_extension_{side}", instrument=Instrument.GONIOMETER, trials=2, usual=0.0
        )
        for side in ("left", "right")
    ),
    *(
        _Test(
            measure=f"single_leg_bridge_{side}", instrument=Instrument.COUNT, trials=1, usual=11.0
        )
        for side in ("left", "right")
    ),
    _Test(measure="rib_control_hold", instrument=Instrument.STOPWATCH, trials=1, usual=28.0),
    *(
        _Test(measure=f"knee_to_wall_{side}", instrument=Instrument.TAPE, trials=2, usual=10.0)
        for side in ("left", "right")
    ),
    _Test(measure="sorensen_hold", instrument=Instrument.STOPWATCH, trials=1, usual=70.0),
)
"""What a clinic measures at a visit; usual values near the protocol's lines, where calls flip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rater:
    """Who reads: whether a lay person, and how many times the published error they really have."""

    is_lay: bool = False
    true_factor: float = 1.0


def typed_visit(
    random: np.random.Generator,
    rater: Rater,
    *,
    weeks: float,
    truth: Mapping[str, float] | None = None,
    with_findings: bool = False,
) -> Visit:
    """Return a visit of one simulated person.

    Parameters
    ----------
    random
        Draws the errors.
    rater
        Who reads.
    weeks
        After the first day.
    truth
        True values by measure id, in the shown unit; the usual ones where left out.
    with_findings
        Whether the rule base reads the measures too.
    """
    readings = [
        reading
        for test in PROTOCOL
        for reading in _readings(test, (truth or {}).get(test.measure, test.usual), rater, random)
    ]
    measures, checks = measures_from_readings(readings)
    session = Session(readings=tuple(readings), person=Person())
    found = read_exam(measures, checks, session).findings if with_findings else ()
    return Visit(
        name=f"week {weeks:g}",
        date=FIRST_DAY + dt.timedelta(days=round(7 * weeks)),
        person=Person(),
        measures=measures,
        read_by_lay=session.read_by_lay,
        findings=found,
    )


def _readings(test: _Test, true: float, rater: Rater, random: np.random.Generator) -> list[Reading]:
    """Return one session's trials: truth + session error + trial error, in SI."""
    row = precision_of(test.measure, test.instrument)
    if row is None:
        raise ValueError(f"nobody published an error of {test.measure}")
    sem = rater.true_factor * row.sem
    held = random.normal(0.0, sem * np.sqrt(1.0 - row.repeatable_share))
    trials = random.normal(0.0, sem * np.sqrt(row.repeatable_share), test.trials)
    stem = load().measure_of_id[test.measure]
    side = next((s for s in Side if test.measure.endswith(f"_{s.value}")), Side.NONE)
    factor = from_display(1.0, row.unit)[0]
    return [
        Reading(
            measure=stem.id,
            value=factor * (true + held + trial),
            unit=stem.unit,
            instrument=test.instrument,
            side=side,
            by_lay_person=rater.is_lay,
        )
        for trial in trials
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A filmed measure of somebody, degrees.

    Attributes
    ----------
    measure : its id
    stated : standard error that the film states
    day : how far the person really differs from one day to another, sd of one day
    lasting : share of the film's error variance that is the same in every session
    """

    measure: str
    stated: float
    day: float = 0.0
    lasting: float = 0.0


def film_visit(
    random: np.random.Generator, film: Film, *, weeks: float, true: float, same: float
) -> Visit:
    """Return a visit with one filmed measure; `same` is this person's lasting error, sd 1."""
    own = random.normal(0.0, film.stated * np.sqrt(1.0 - film.lasting))
    error = film.stated * np.sqrt(film.lasting) * same + own + random.normal(0.0, film.day)
    row = load().measure_of_id[film.measure]
    factor = from_display(1.0, "deg")[0]
    measure = Measure(
        id=film.measure,
        value=factor * (true + error),
        se=factor * film.stated,
        unit=row.unit,
        instrument=Instrument.VIDEO,
    )
    return Visit(
        name=f"week {weeks:g}",
        date=FIRST_DAY + dt.timedelta(days=round(7 * weeks)),
        person=Person(),
        measures={film.measure: measure},
        read_by_lay=frozenset(),
    )
