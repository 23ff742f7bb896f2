"""Laws of comparing two sessions, whatever the numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.knowledge import load
from primemover.model.measure import Instrument, Measure
from primemover.model.retest import ChangeKind, MeasureChange, Shift, Towards, Visit
from primemover.model.units import from_display, to_display
from primemover.retest import compare_visits
from primemover.retest.changes import change_of, changes_between
from primemover.retest.trends import straight_line
from tests.unit.retest.visits import pain_scores, visit

READ = [
    (stem, row.instrument)
    for row in load().precision
    for stem in row.measures
    if not stem.startswith("pain_")
]
VALUES = st.floats(-50.0, 100.0)
ERRORS = st.floats(0.0, 15.0)


@st.composite
def readings(draw: st.DrawFn) -> Measure:
    """Draw a reading of any measure with any instrument made for it, in the shown unit."""
    stem, instrument = draw(st.sampled_from(READ))
    name = draw(st.sampled_from(load().measures[stem].ids))
    unit = load().measures[stem].unit
    factor = from_display(1.0, to_display(1.0, unit)[1])[0]
    return Measure(
        id=name,
        value=factor * draw(VALUES),
        se=factor * draw(ERRORS),
        unit=unit,
        instrument=instrument,
    )


def compared(before: Visit, after: Visit, name: str) -> MeasureChange:
    found = change_of(name, before, after)
    assert found is not None
    return found


@given(reading=readings(), moved=st.floats(-60.0, 60.0), lay=st.booleans())
def test_swapping_two_sessions_flips_the_sign_and_nothing_else(
    reading: Measure,
    moved: float,
    lay: bool,  # noqa: FBT001 - drawn
) -> None:
    told = frozenset({reading.id}) if lay else frozenset[str]()
    first = visit(reading, read_by_lay=told)
    factor = from_display(1.0, to_display(1.0, reading.unit)[1])[0]
    last = visit(replace(reading, value=reading.value + factor * moved), read_by_lay=told)
    there, back = compared(first, last, reading.id), compared(last, first, reading.id)
    assert there.kind is back.kind
    assert there.change == pytest.approx(-back.change)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.mdc == pytest.approx(back.mdc)
    assert there.probability == pytest.approx(back.probability)
    turned = {Towards.BETTER: Towards.WORSE, Towards.WORSE: Towards.BETTER}
    assert back.towards is turned.get(there.towards, Towards.NEITHER)


@given(reading=readings(), rating=st.floats(0.0, 10.0))
def test_the_same_session_twice_changes_nothing(reading: Measure, rating: float) -> None:
    first = visit(reading, scores=pain_scores(worst=rating))
    again = visit(reading, weeks=3, scores=pain_scores(worst=rating))
    found = compare_visits([first, again])
    assert found.real == ()
    assert all(one.probability == 0.0 for one in found.changes)
    assert all(one.kind is ChangeKind.WITHIN_ERROR for one in found.scores)
    assert not {Shift.NEW, Shift.GONE} & {one.shift for one in found.findings}


@given(reading=readings(), moved=st.floats(-60.0, 60.0), more=st.floats(1.0, 5.0))
def test_more_error_never_makes_a_change_more_real(
    reading: Measure, moved: float, more: float
) -> None:
    factor = from_display(1.0, to_display(1.0, reading.unit)[1])[0]
    last = replace(reading, value=reading.value + factor * moved)
    sure = compared(visit(reading), visit(last), reading.id)
    wide = replace(last, se=more * last.se + 1e-9)
    unsure = compared(visit(reading), visit(wide), reading.id)
    assert unsure.probability <= sure.probability + 1e-12
    assert unsure.mdc >= sure.mdc
    assert not (unsure.kind is ChangeKind.REAL and sure.kind is not ChangeKind.REAL)


@given(reading=readings(), moved=st.floats(-60.0, 60.0))
def test_a_larger_change_is_never_less_real(reading: Measure, moved: float) -> None:
    factor = from_display(1.0, to_display(1.0, reading.unit)[1])[0]
    near, far = (
        compared(
            visit(reading),
            visit(replace(reading, value=reading.value + factor * k * moved)),
            reading.id,
        )
        for k in (0.5, 1.0)
    )
    assert far.probability >= near.probability - 1e-9


@given(reading=readings(), other=st.sampled_from(list(Instrument)), value=VALUES)
def test_another_instrument_never_gives_a_change(
    reading: Measure, other: Instrument, value: float
) -> None:
    last = replace(reading, instrument=other, value=value)
    found = compared(visit(reading), visit(last), reading.id)
    if other is not reading.instrument:
        assert found.kind is ChangeKind.INSTRUMENT_CHANGED
        assert math.isnan(found.change)


@given(
    points=st.lists(
        st.tuples(st.integers(0, 300), VALUES, st.floats(0.5, 15.0)), min_size=3, max_size=8
    ),
    scale=st.floats(0.01, 100.0),
    shift=st.floats(-100.0, 100.0),
)
def test_a_trend_does_not_depend_on_the_units_or_the_first_day(
    points: list[tuple[int, float, float]], scale: float, shift: float
) -> None:
    import numpy as np  # noqa: PLC0415 - only this test needs it

    time, value, se = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    if np.ptp(time) == 0.0:
        return
    line = straight_line(time, value, se)
    other = straight_line(time + 1000.0, scale * value + shift, scale * se)
    assert other.slope == pytest.approx(scale * line.slope, rel=1e-5, abs=1e-7 * scale)
    assert other.slope_se == pytest.approx(scale * line.slope_se, rel=1e-4)


@settings(max_examples=30)
@given(before=st.lists(readings(), max_size=6), after=st.lists(readings(), max_size=6))
def test_every_measure_of_either_session_gets_one_verdict(
    before: list[Measure], after: list[Measure]
) -> None:
    found = changes_between(visit(*before), visit(*after))
    names = {one.id for one in (*before, *after)}
    assert {one.id for one in found} == names
    assert len(found) == len(names)
    assert all(one.plain and one.clinician for one in found)
