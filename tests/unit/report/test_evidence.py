"""What stands behind a number, as words and as JSON."""

from __future__ import annotations

import math
from dataclasses import replace

from primemover.cli.summary_evidence import instrument_lines
from primemover.exam.fusing import Taken, fuse
from primemover.model.measure import Instrument, Measure, Side
from primemover.report.evidence import part_lines
from primemover.report.page import render_exam
from primemover.report.wire_evidence import parts_to_json
from tests.unit.report import sample

NAME = "hip_rotation_passive_left"


def read(degrees: float, instrument: Instrument, *, lay: bool = False) -> Taken:
    measure = Measure(
        id=NAME,
        value=math.radians(degrees),
        se=math.radians(2),
        unit="rad",
        side=Side.LEFT,
        instrument=instrument,
    )
    return Taken(measure=measure, by_lay_person=lay)


def measure(phone_deg: float) -> Measure:
    return fuse(
        [
            read(30, Instrument.GONIOMETER),
            read(33, Instrument.INCLINOMETER),
            read(phone_deg, Instrument.PHONE, lay=True),
        ]
    ).measure


def test_a_number_says_what_it_was_put_together_with_and_what_stands_beside_it() -> None:
    assert part_lines(measure(34)) == (
        "put together with inclinometer 33 ± 2°",
        "beside it: phone as inclinometer (self) 34 ± 2°",
    )
    assert part_lines(read(30, Instrument.GONIOMETER).measure) == ()


def test_a_conflict_is_said_beside_the_number() -> None:
    assert part_lines(measure(60))[-1] == "they disagree: measure again"


def test_the_json_tells_every_reading_in_degrees_and_null_for_an_unknown_offset() -> None:
    parts = parts_to_json(measure(34))
    assert [(one["instrument"], one["value"], one["fused"]) for one in parts] == [
        ("goniometer", 30.0, True),
        ("inclinometer", 33.0, True),
        ("phone", 34.0, False),
    ]
    assert (parts[1]["offset"], parts[1]["offset_se"]) == (4.5, 3.0)
    assert parts[2]["offset"] is None


def test_the_page_and_the_terminal_show_what_several_instruments_read() -> None:
    whole = sample.typed_assessment()
    told = replace(whole, measures={**whole.measures, NAME: measure(34)})
    page = render_exam(told, [()] * len(told.trials))
    assert "put together with inclinometer 33" in page
    lines = instrument_lines(told)
    assert lines[0] == "Read in more than one way"
    assert "put together with inclinometer 33 ± 2°" in " ".join(" ".join(lines).split())
    assert instrument_lines(whole) == []
