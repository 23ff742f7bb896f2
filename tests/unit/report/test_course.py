"""The course in JSON and on the page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from primemover.model.assessment import Assessment
from primemover.pipeline.course import course_after
from primemover.pipeline.exam import examine
from primemover.pipeline.log_file import parse_log
from primemover.pipeline.options import Options
from primemover.pipeline.session_file import read_session
from primemover.report import assessment_to_json
from primemover.report.contract import ExamJson
from primemover.report.courseview import course_view, outlook_spans
from primemover.report.files import json_bytes
from primemover.report.page import render_exam

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def exam() -> Assessment:
    session = read_session(EXAMPLES / "clear-low-pain.toml")
    return examine(session, options=Options()).assessment


def test_an_exams_json_carries_week_one_in_full_and_the_outlook_in_short(exam: Assessment) -> None:
    raw = json_bytes(assessment_to_json(exam))
    ExamJson.model_validate_json(raw)
    course = json.loads(raw)["course"]
    assert course["stopped"] == ""
    assert course["week"]["number"] == 1
    assert {one["id"] for one in course["week"]["exercises"]} == {
        name for one in course["week"]["sessions"] for name in one["exercises"]
    }
    assert [one["number"] for one in course["outlook"]] == list(range(2, 13))
    assert course["retest_day"] == 14


def test_the_page_shows_the_week_by_days_and_the_lifts_set_up(exam: Assessment) -> None:
    page = render_exam(exam, [])
    assert "Your first weeks" in page
    assert page.count('<th scope="col" class="day">') == 5
    assert "The lift now" in page
    assert "Weeks 5 to 12" in page
    assert "Left out this week" in page


def test_the_page_says_what_the_log_changed(exam: Assessment) -> None:
    sore = {"id": "floor_deadlift", "sets": 3, "reps": 9, "pain": 7}
    log = parse_log({"session": [{"day": 1, "pain_before": 1, "exercise": [sore]}]})
    page = render_exam(replace(exam, course=course_after(exam, log)), [])
    assert "End the session." in page
    assert "nothing goes up" in page


def test_an_exam_without_a_course_shows_none(exam: Assessment) -> None:
    plain = replace(exam, course=None)
    assert "Your first weeks" not in render_exam(plain, [])
    assert course_view(None) is None
    assert json.loads(json_bytes(assessment_to_json(plain)))["course"] is None


def test_weeks_that_are_alike_are_told_together(exam: Assessment) -> None:
    assert exam.course is not None
    spans = outlook_spans(exam.course.outlook)
    assert [span.name for span in spans] == ["Week 2", "Weeks 3 to 4", "Weeks 5 to 12"]
    assert spans[-1].retest == (6, 8, 10, 12)
