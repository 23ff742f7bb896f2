"""What stands behind a number, as words and as JSON."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from primemover.cli.summary_evidence import (
    claim_letters,
    claim_note,
    instrument_lines,
    standing_lines,
)
from primemover.exam.fusing import Taken, fuse
from primemover.findings.percentiles import standings
from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.person import Person, Sex
from primemover.pipeline.exam import examine
from primemover.pipeline.options import Options
from primemover.pipeline.session_file import read_session
from primemover.report import assessment_to_json
from primemover.report.claims import claims_beside
from primemover.report.contract import ExamJson
from primemover.report.evidence import part_lines
from primemover.report.files import json_bytes
from primemover.report.page import render_exam
from primemover.report.standingview import standing_views
from primemover.report.wire_evidence import parts_to_json
from tests.unit.report import sample

EXAMPLES = Path(__file__).parents[3] / "examples"
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


def standing_exam() -> Assessment:
    whole = sample.typed_assessment()
    name = "hip_rotation_passive_left"
    value = read(33, Instrument.GONIOMETER).measure
    person = Person(sex=Sex.MALE, age_years=33)
    measures = {**whole.measures, name: value}
    return replace(whole, measures=measures, standings=standings({name: value}, person))


def test_a_value_stands_beside_each_publication_with_how_it_was_compared() -> None:
    view = standing_views(standing_exam())[0]
    assert view.band == "1st to 79th percentile, over 3 studies"
    assert any("moved by +4.5° to this study's tool" in line.how for line in view.lines)
    assert any(line.how.startswith("the position was not told") for line in view.apart)
    assert any("from memory" in line.how for line in view.lines)
    assert all(line.who and line.value and line.sources for line in (*view.lines, *view.apart))


def test_the_page_the_terminal_and_the_json_tell_the_band() -> None:
    exam = standing_exam()
    page = render_exam(exam, [()] * len(exam.trials))
    assert "1st to 79th percentile, over 3 studies" in page
    assert "1st to 79th percentile, over 3 studies" in "\n".join(standing_lines(exam))
    told = assessment_to_json(exam)["standings"]["hip_rotation_passive_left"]
    assert told["band"] == [round(one, 4) for one in exam.standings[0].band or ()]
    assert {one["relation"] for one in told["places"]} >= {"same", "shifted", "no_position"}
    ExamJson.model_validate_json(json_bytes(assessment_to_json(exam)))


@lru_cache(maxsize=1)
def typed_exam() -> Assessment:
    session = read_session(EXAMPLES / "control-deficit.toml")
    return examine(session, options=Options()).assessment


def test_every_finding_on_the_page_shows_each_of_its_claims() -> None:
    exam = typed_exam()
    page = render_exam(exam, [])
    assert exam.reading is not None
    findings = [one for one in exam.reading.findings if one.claims]
    assert len(findings) > 5
    for finding in findings:
        assert finding.claims == load().rules[finding.id].claims
        start = page.index(f'id="finding-{finding.id}')
        card = page[start : page.index("</article>", start)]
        assert all(f'href="#claim-{claim}"' in card for claim in finding.claims)


def test_the_json_names_the_claims_of_each_finding_and_all_claims_with_what_they_stand_beside() -> (
    None
):
    told = assessment_to_json(typed_exam())
    assert list(told["claims"]) == list(load().claims)
    for finding in told["findings"]:
        assert all(finding["id"] in told["claims"][claim]["beside"] for claim in finding["claims"])
    assert told["plan"]["order_claim"] == "r"


def test_all_claims_stand_on_the_page_once_and_hips_bend_pairing_steps_and_order_have_theirs() -> (
    None
):
    exam = typed_exam()
    page = render_exam(exam, [])
    assert all(page.count(f'id="claim-{row}"') == 1 for row in load().claims)
    beside = claims_beside((), exam)
    places = {place for found in beside.values() for place in found}
    assert {"hip_left", "hip_right", "forward_bend", "pairing", "step_4", "order"} <= places
    assert "order" in beside["r"]


def test_the_terminal_names_a_findings_claims_and_where_to_read_them() -> None:
    reading = typed_exam().reading
    assert reading is not None
    gap = next(one for one in reading.findings if one.id == "hip_rotation_gap")
    assert claim_letters(gap) == " [b, c]"
    assert "primemover claims b" in claim_note([gap])[0]
    assert claim_note([]) == []
