"""Contradictions and the next measurement reach the JSON, the page and the terminal."""

from __future__ import annotations

import json
from dataclasses import replace

from primemover.cli.summary import exam_summary
from primemover.model.assessment import Assessment
from primemover.model.measure import Side
from primemover.model.reasoning import Conflict, FurtherKind, FurtherMeasurement
from primemover.report import assessment_to_json
from primemover.report.contract import ExamJson
from primemover.report.files import json_bytes
from primemover.report.page import render_exam
from tests.unit.report import sample

FURTHER = FurtherMeasurement(
    kind=FurtherKind.REPEAT,
    measures=("hip_rotation_passive_left",),
    readings=2,
    probability=0.74,
    bits=0.61,
    settles=("hip_left", "hip_rotation_below_target_left"),
    text="Repeat passive hip rotation (left): two more readings would settle it.",
)
UNKNOWN = FurtherMeasurement(
    kind=FurtherKind.MEASURE, measures=("sorensen_hold",), readings=3, text="Measure the hold."
)
CONFLICT = Conflict(
    id="tests_disagree",
    label="The two tests disagree",
    what="By the seated test it is control, by the bend hip-blocked.",
    why="Tight hamstrings stop a pelvis too.",
    clinician="Consider hamstring length.",
    to_do="Film the lift.",
    probability=0.93,
    side=Side.LEFT,
    measures=("fingertip_to_floor",),
    sources=("gajdosik1994",),
)


def reasoned() -> Assessment:
    whole = sample.typed_assessment()
    assert whole.reading is not None
    reading = replace(
        whole.reading,
        hip_left=replace(whole.reading.hip_left, further=FURTHER),
        pairing=replace(whole.reading.pairing, result="indeterminate"),
        conflicts=(CONFLICT,),
        further=(FURTHER, UNKNOWN),
    )
    return replace(whole, reading=reading)


def test_the_json_holds_both_and_follows_the_contract() -> None:
    text = json_bytes(assessment_to_json(reasoned()))
    ExamJson.model_validate_json(text)
    data = json.loads(text)
    assert data["conflicts"][0]["to_do"] == "Film the lift."
    assert data["conflicts"][0]["probability"] == 0.93
    first, second = data["further"]
    assert (first["kind"], first["readings"], first["bits"]) == ("repeat", 2, 0.61)
    assert first["settles"][0] == "hip_left"
    assert (second["probability"], second["bits"]) == (None, None)
    assert data["hip_rotation"]["left"]["further"] == first
    assert data["hip_rotation"]["right"]["further"] is None


def test_json_without_them_still_follows_the_contract() -> None:
    data = json.loads(json_bytes(assessment_to_json(reasoned())))
    del data["conflicts"], data["further"], data["forward_bend"]["further"]
    for side in ("left", "right"):
        del data["hip_rotation"][side]["further"]
    ExamJson.model_validate_json(json.dumps(data))


def test_a_stopped_exam_has_neither() -> None:
    data = json.loads(json_bytes(assessment_to_json(sample.stopped_assessment())))
    assert data["conflicts"] == data["further"] == []


def test_the_page_says_what_does_not_fit_and_what_to_measure_first() -> None:
    page = render_exam(reasoned(), ())
    for text in (CONFLICT.what, CONFLICT.why, CONFLICT.clinician, CONFLICT.to_do, FURTHER.text):
        assert text in page
    assert "It bears on 2 open questions." in page
    first = page.partition("Do this first")[2].partition("</article>")[0]
    assert FURTHER.text in first
    assert "Gajdosik" in page.partition('id="sources"')[2]


def test_the_page_of_an_exam_without_conflicts_has_no_heading_for_them() -> None:
    assert "What does not fit together" not in render_exam(sample.typed_assessment(), ())


def test_the_terminal_says_both() -> None:
    said = exam_summary(reasoned())
    assert "Does not fit: the two tests disagree, left" in said
    assert "Film the lift." in said
    after = said.partition("Measure next")[2]
    assert "two more readings would" in after
