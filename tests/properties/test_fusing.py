"""What must hold of readings put together, whatever they are."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.exam.fusing import Taken, fuse
from primemover.exam.readings import measures_from_readings
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.session import Reading
from primemover.model.units import from_display

NAME = "hip_rotation_passive_left"
ANGLE = st.floats(-10.0, 80.0)
ERROR = st.floats(0.5, 8.0)
TOOL = st.sampled_from(
    [Instrument.GONIOMETER, Instrument.INCLINOMETER, Instrument.PHONE, Instrument.VIDEO]
)
many = settings(max_examples=150, deadline=None)


def taken(degrees: float, se: float, instrument: Instrument, *, lay: bool = False) -> Taken:
    measure = Measure(
        id=NAME,
        value=math.radians(degrees),
        se=math.radians(se),
        unit="rad",
        instrument=instrument,
    )
    return Taken(measure=measure, by_lay_person=lay)


READINGS = st.lists(st.builds(taken, ANGLE, ERROR, TOOL, lay=st.booleans()), min_size=1, max_size=5)


@many
@given(first=ANGLE, near=st.floats(-1.0, 1.0), errors=st.tuples(ERROR, ERROR))
def test_readings_that_agree_are_surer_together_than_each_alone(
    first: float, near: float, errors: tuple[float, float]
) -> None:
    second = first + near * math.hypot(*errors)
    pair = [taken(first, errors[0], Instrument.PHONE), taken(second, errors[1], Instrument.PHONE)]
    fused = fuse(pair).measure
    assert fused.se <= min(one.measure.se for one in pair) + 1e-12
    low, high = sorted(one.measure.value for one in pair)
    assert low - 1e-12 <= fused.value <= high + 1e-12


@many
@given(readings=READINGS, data=st.data())
def test_the_order_in_which_readings_are_told_does_not_matter(
    readings: list[Taken], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(readings))
    one, other = fuse(readings).measure, fuse(shuffled).measure
    assert math.isclose(one.value, other.value, rel_tol=1e-12, abs_tol=1e-12)
    assert math.isclose(one.se, other.se, rel_tol=1e-12)
    assert one.instrument is other.instrument


@many
@given(
    value=ANGLE,
    errors=st.tuples(ERROR, ERROR),
    apart=st.floats(0.0, 40.0),
    further=st.floats(0.0, 40.0),
    tools=st.tuples(TOOL, TOOL),
)
def test_further_disagreement_never_makes_anything_surer(
    value: float,
    errors: tuple[float, float],
    apart: float,
    further: float,
    tools: tuple[Instrument, Instrument],
) -> None:
    def se(distance: float) -> float:
        other = taken(value + distance, errors[1], tools[1], lay=True)
        return fuse([taken(value, errors[0], tools[0]), other]).measure.se

    # Known offsets shift where two readings agree best: measured from there.
    shift = {
        (Instrument.INCLINOMETER, Instrument.GONIOMETER): -4.5,
        (Instrument.GONIOMETER, Instrument.INCLINOMETER): 4.5,
    }.get(tools, 0.0)
    assert se(shift + apart + further) >= se(shift + apart) - 1e-12
    assert se(shift - apart - further) >= se(shift - apart) - 1e-12


@many
@given(readings=READINGS)
def test_a_named_conflict_is_never_surer_than_its_surest_reading_and_reaches_every_one(
    readings: list[Taken],
) -> None:
    fused = fuse(readings)
    parts = [part for part in fused.measure.parts if part.fused]
    if not (fused.agree and fused.near):
        surest = min(math.hypot(part.se, part.offset_se) for part in parts)
        assert fused.measure.se >= surest - 1e-12 or fused.agree
    if not fused.agree:
        low, high = fused.measure.interval
        shifted = [part.value - part.offset for part in parts]
        assert low - 1e-9 <= min(shifted)
        assert high + 1e-9 >= max(shifted)
    if not fused.near:
        low, high = fused.measure.interval
        far = [part.value for part in fused.measure.parts if not part.fused]
        assert any(low - 1e-9 <= one <= high + 1e-9 for one in far)


@many
@given(value=ANGLE, tools=st.tuples(TOOL, TOOL), lay=st.booleans())
def test_degrees_and_radians_give_the_same(
    *, value: float, tools: tuple[Instrument, Instrument], lay: bool
) -> None:
    found = []
    for unit in ("deg", "rad"):
        readings = [
            Reading(
                measure="hip_rotation_passive",
                value=from_display(value + more, "deg")[0] if unit == "rad" else value + more,
                unit=unit,
                instrument=tool,
                side=Side.LEFT,
                by_lay_person=lay,
            )
            for more, tool in zip((0.0, 3.0), tools, strict=True)
        ]
        found.append(measures_from_readings(readings)[0][NAME])
    assert math.isclose(found[0].value, found[1].value, abs_tol=1e-12)
    assert math.isclose(found[0].se, found[1].se)


@many
@given(value=ANGLE, more=ANGLE, se=ERROR, tool=TOOL)
def test_left_and_right_are_treated_alike(
    value: float, more: float, se: float, tool: Instrument
) -> None:
    pair = [taken(value, se, tool), taken(more, se, Instrument.GONIOMETER, lay=True)]
    mirrored = [
        Taken(
            measure=Measure(
                id="hip_rotation_passive_right",
                value=one.measure.value,
                se=one.measure.se,
                unit="rad",
                instrument=one.measure.instrument,
            ),
            by_lay_person=one.by_lay_person,
        )
        for one in pair
    ]
    one, other = fuse(pair).measure, fuse(mirrored).measure
    assert (one.value, one.se) == (other.value, other.se)
