from __future__ import annotations

import json
from pathlib import Path

import pytest

from primemover.errors import OutputError
from primemover.report import write_report, write_trial_report
from tests.unit.report import sample


def test_a_report_is_a_page_its_data_and_its_curves(tmp_path: Path) -> None:
    exam = sample.assessment()
    files = write_report(exam, sample.pictures(exam), tmp_path / "new" / "folder")
    assert files.html.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(files.json.read_text("utf-8"))["kind"] == "exam"
    assert [path.name for path in files.series] == [
        "series-1-hip_rotation.csv",
        "series-2-forward_bend.csv",
        "series-3-deadlift.csv",
    ]
    assert files.html.read_text("utf-8").count("data:image/jpeg") == 8
    kept = {files.html, files.json, *files.series}
    assert set(files.html.parent.iterdir()) == kept


def test_a_single_trial_has_a_report_of_its_own(tmp_path: Path) -> None:
    exam = sample.assessment()
    pictures = {
        key.removeprefix("2/"): picture
        for key, picture in sample.pictures(exam).items()
        if key.startswith("2/")
    }
    files = write_trial_report(exam.trials[2], pictures, tmp_path)
    assert json.loads(files.json.read_text("utf-8"))["kind"] == "deadlift"
    assert files.html.read_text("utf-8").count("data:image/jpeg") == 4


def test_a_report_without_pictures_is_still_a_report(tmp_path: Path) -> None:
    files = write_report(sample.assessment(), {}, tmp_path)
    assert "data:image/jpeg" not in files.html.read_text("utf-8")


def test_a_stopped_exam_writes_no_curves(tmp_path: Path) -> None:
    files = write_report(sample.stopped_assessment(), {}, tmp_path)
    assert files.series == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.json"]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="Cannot write a report to") as caught:
        write_report(sample.typed_assessment(), {}, blocker / "report")
    assert caught.value.exit_status == 6
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_replaced_leaves_no_crumbs(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OutputError, match="Cannot write"):
        write_report(sample.typed_assessment(), {}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
