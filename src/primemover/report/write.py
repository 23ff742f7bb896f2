"""Writing a whole report: the page, the data and the curves, each file complete or not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from primemover.model.arrays import Pixels
from primemover.model.assessment import Assessment
from primemover.model.trial import Trial
from primemover.report.files import json_bytes, make_folder, write_atomically
from primemover.report.frames import KeyFrame, draw_key_frames
from primemover.report.page import render_exam, render_trial
from primemover.report.series_csv import series_to_csv
from primemover.report.wire import assessment_to_json, trial_to_json

__all__ = ["ReportFiles", "write_report", "write_trial_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiles:
    """Where the report went; `series` has one file per filmed test."""

    html: Path
    json: Path
    series: tuple[Path, ...]


def write_report(
    assessment: Assessment,
    pictures: Mapping[str, Pixels],
    out_dir: Path,
    *,
    keep_faces: bool = False,
) -> ReportFiles:
    """Write report.html, report.json and the curves of each filmed test.

    Parameters
    ----------
    assessment
        The exam.
    pictures
        ``"<trial index>/<key-frame id>"`` -> (H, W, 3) RGB picture; `wanted_pictures` lists the
        keys. Missing pictures are left out of the page.
    out_dir
        Made if it is not there.
    keep_faces
        Leave heads as filmed; they are blurred otherwise.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    """
    make_folder(out_dir)
    stopped = assessment.reading is None
    trials = () if stopped else assessment.trials
    frames = [
        _frames(trial, index, pictures, keep_faces=keep_faces) for index, trial in enumerate(trials)
    ]
    page = render_exam(assessment, frames)
    return _write(out_dir, page, json_bytes(assessment_to_json(assessment)), trials)


def write_trial_report(
    trial: Trial,
    pictures: Mapping[str, Pixels],
    out_dir: Path,
    *,
    title: str = "",
    keep_faces: bool = False,
) -> ReportFiles:
    """Write the report of a single test; see `write_report`.

    `pictures` is keyed by key-frame id, with or without a leading ``"0/"``.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    """
    make_folder(out_dir)
    plain = {f"0/{key.removeprefix('0/')}": picture for key, picture in pictures.items()}
    frames = _frames(trial, 0, plain, keep_faces=keep_faces)
    page = render_trial(trial, frames, title=title)
    return _write(out_dir, page, json_bytes(trial_to_json(trial)), (trial,))


def _frames(
    trial: Trial, index: int, pictures: Mapping[str, Pixels], *, keep_faces: bool
) -> tuple[KeyFrame, ...]:
    own = {
        key.partition("/")[2]: picture
        for key, picture in pictures.items()
        if key.partition("/")[0] == str(index)
    }
    return draw_key_frames(trial, own, keep_faces=keep_faces)


def _write(out_dir: Path, page: str, data: bytes, trials: tuple[Trial, ...]) -> ReportFiles:
    html, json = out_dir / "report.html", out_dir / "report.json"
    write_atomically(html, page.encode("utf-8"))
    write_atomically(json, data)
    filmed = [(index, trial) for index, trial in enumerate(trials) if trial.series]
    series = [
        series_to_csv(trial, out_dir / f"series-{index + 1}-{trial.kind}.csv")
        for index, trial in filmed
    ]
    return ReportFiles(html=html, json=json, series=tuple(series))
