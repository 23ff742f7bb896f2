"""``primemover retest``: the comparison on standard output, and what goes wrong in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from primemover.cli.main import run
from primemover.report.contract_retest import RetestJson

EXAMPLES = Path(__file__).parents[3] / "examples" / "retest"
FIRST, SECOND, THIRD = (str(EXAMPLES / f"{one}.toml") for one in ("first", "second", "third"))


def variant(folder: Path, name: str, source: str, *changes: tuple[str, str]) -> str:
    """Write a changed example and return its path."""
    text = Path(source).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_two_sessions_are_compared_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retest", FIRST, SECOND, "--no-report"]) == 0
    shown = capsys.readouterr().out
    assert "measures really changed" in shown
    assert "Real change" in shown
    assert "Within error" in shown
    assert "Cannot be compared" in shown
    assert "Not measured again" in shown
    assert "2. Ribs and abdominals: moves on" in shown
    assert max(len(line) for line in shown.splitlines()) <= 110


def test_json_is_the_contract_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retest", FIRST, SECOND, THIRD, "--json"]) == 0
    RetestJson.model_validate_json(capsys.readouterr().out)


def test_a_report_is_written_where_it_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["retest", FIRST, SECOND, "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert (tmp_path / "out" / "retest.html").is_file()
    assert (tmp_path / "out" / "retest.json").is_file()
    assert capsys.readouterr().err == ""


def test_saved_results_and_sessions_may_be_mixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["exam", FIRST, "--json"]) == 0
    result = tmp_path / "first.json"
    result.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(["retest", str(result), SECOND, "--json"]) == 0
    mixed = json.loads(capsys.readouterr().out)
    assert run(["retest", FIRST, SECOND, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in mixed["visits"]] == ["first.json", "second.toml"]
    # the saved numbers are rounded to four decimals, so compare what is said of them
    assert [one["plain"] for one in mixed["changes"]] == [one["plain"] for one in plain["changes"]]
    assert mixed["steps"] == plain["steps"]
    assert mixed["findings"] == plain["findings"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ((FIRST,), "one_session"),
        ((SECOND, FIRST), "wrong_order"),
        ((FIRST, FIRST), "same_date"),
    ],
)
def test_sessions_that_cannot_be_compared_end_with_two_and_a_reason(
    files: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["retest", *files, "--json"]) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["reason"] == reason
    assert len(told.err.strip().splitlines()) == 1


def test_two_people_are_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = variant(tmp_path, "other.toml", SECOND, ('sex = "male"', 'sex = "female"'))
    assert run(["retest", FIRST, other, "--no-report"]) == 2
    told = capsys.readouterr().err
    assert "first.toml" in told
    assert "other.toml" in told
    assert "two people" in told


def test_a_session_without_a_date_asks_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undated = variant(tmp_path, "undated.toml", SECOND, ('date = "2026-09-28"', 'date = ""'))
    assert run(["retest", FIRST, undated, "--no-report"]) == 2
    assert "date = " in capsys.readouterr().err


def test_a_missing_file_ends_with_five(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retest", FIRST, "nowhere.toml", "--no-report"]) == 5
    assert "nowhere.toml" in capsys.readouterr().err


def test_a_film_that_is_gone_names_the_film(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filmed = variant(
        tmp_path, "filmed.toml", SECOND, ("[plan]", '[deadlift]\nvideo = "gone.mp4"\n\n[plan]')
    )
    assert run(["retest", FIRST, filmed, "--no-report"]) == 5
    assert "gone.mp4" in capsys.readouterr().err


def test_an_emergency_in_the_last_session_ends_with_six(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flagged = variant(tmp_path, "flag.toml", SECOND, ("yes = []", 'yes = ["saddle_numbness"]'))
    assert run(["retest", FIRST, flagged, "--no-report"]) == 6
    told = capsys.readouterr()
    assert "have it looked at" in told.out
    assert "safety screen" in told.err
