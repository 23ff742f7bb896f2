from __future__ import annotations

import json
from pathlib import Path

import pytest

from primemover.cli.main import run
from primemover.report.contract_course import CourseFileJson

EXAMPLES = Path(__file__).parents[3] / "examples"
EXAM = str(EXAMPLES / "right-side-only.toml")
LOG = """
[[session]]
day = 1
pain_before = 1
pain_next_day = 1

[[session.exercise]]
id = "half_kneeling_hip_flexor_stretch"
sets = 2
seconds = 30
pain = {pain}
"""


def logged(tmp_path: Path, text: str) -> str:
    path = tmp_path / "log.toml"
    path.write_text(text)
    return str(path)


def test_without_a_log_it_is_week_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", EXAM]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Week 1: 5 sessions of at most 30 minutes.")
    assert "Half-kneeling hip-flexor stretch: 2 x 30 s (right side only)" in shown
    assert "Where the five steps stand" in shown
    assert "Left out this week" in shown
    assert "Weeks" in shown


def test_the_json_follows_its_contract_and_goes_on_after_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "course.json"
    log = logged(tmp_path, LOG.format(pain=1))
    assert run(["plan", EXAM, "--log", log, "--json", "--out", str(out), "--weeks", "6"]) == 0
    told = CourseFileJson.model_validate_json(capsys.readouterr().out)
    assert told.week is not None
    assert [one.day for one in told.week.sessions] == [2, 3, 5, 6]
    assert [one.number for one in told.outlook] == [2, 3, 4, 5, 6]
    assert json.loads(out.read_text()) == told.model_dump()


def test_a_red_flag_in_the_log_stops_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = logged(tmp_path, '[[session]]\nday = 3\nsymptoms = ["saddle_numbness"]\n')
    assert run(["plan", EXAM, "--log", log]) == 6
    shown = capsys.readouterr()
    assert "emergency department" in shown.out
    assert "has stopped" in shown.err


def test_a_day_or_a_date_to_plan_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = logged(tmp_path, LOG.format(pain=1).replace("\nday = 1", "\ndate = 2026-11-02"))
    assert run(["plan", EXAM, "--log", log, "--from", "2026-12-07"]) == 0
    assert "without training" in capsys.readouterr().out
    assert run(["plan", EXAM, "--from", "16"]) == 0
    assert capsys.readouterr().out.startswith("Week 3: 4 sessions left")


@pytest.mark.parametrize("wrong", ["soon", "2026-12-07", "0", "9999"])
def test_a_day_that_is_none_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", EXAM, "--from", wrong]) == 2
    assert "--from" in capsys.readouterr().err


def test_a_mistake_in_the_log_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = logged(tmp_path, LOG.format(pain=30))
    assert run(["plan", EXAM, "--log", log]) == 2
    error = capsys.readouterr().err.strip().splitlines()
    assert len(error) == 1
    assert "session 1 exercise 1 pain" in error[0]
    assert run(["plan", EXAM, "--log", str(tmp_path / "none.toml")]) == 5
