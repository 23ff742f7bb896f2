from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from primemover.errors import OutputError
from primemover.model.series import SERIES_COLUMNS
from primemover.report import series_to_csv
from primemover.report.series_csv import series_table
from tests.unit.report import sample


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_every_column_of_the_contract_in_order() -> None:
    header = series_table(sample.deadlift_trial()).splitlines()[0].split(",")
    expected = ["time_s"]
    for _, _, name in SERIES_COLUMNS:
        expected += [name, f"{name}_se"]
    assert header == expected


def test_each_frame_has_a_row_in_degrees_and_metres() -> None:
    trial = sample.deadlift_trial()
    assert trial.film is not None
    rows = rows_of(series_table(trial))
    assert len(rows) == trial.film.recording.frame_count
    knee = next(one for one in trial.series if one.id == "knee_flexion")
    assert float(rows[40]["knee_flexion_deg"]) == pytest.approx(
        math.degrees(knee.value[40]), abs=1e-3
    )
    bar = next(one for one in trial.series if one.id == "bar_y")
    assert float(rows[40]["bar_y_m"]) == pytest.approx(bar.value[40], abs=1e-5)


def test_what_was_not_measured_is_empty() -> None:
    trial = sample.deadlift_trial()
    lumbar = next(one for one in trial.series if one.id == "lumbar_flexion")
    rows = rows_of(series_table(trial))
    gaps = [row["lumbar_flexion_deg"] == "" for row in rows]
    assert gaps == list(np.isnan(lumbar.value))
    assert any(gaps)
    assert all(row["ankle_dorsiflexion_deg"] == "" for row in rows)


def test_a_series_on_a_part_of_the_clock_keeps_its_rows() -> None:
    trial = sample.deadlift_trial()
    knee = next(one for one in trial.series if one.id == "knee_flexion")
    part = replace(knee, time_s=knee.time_s[10:20], value=knee.value[10:20], se=knee.se[10:20])
    rows = rows_of(series_table(replace(trial, series=(part,))))
    filled = [k for k, row in enumerate(rows) if row["knee_flexion_deg"]]
    assert filled == list(range(10, 20))


def test_a_typed_test_gives_a_header_and_no_rows(tmp_path: Path) -> None:
    typed = replace(sample.hip_trial(), film=None, series=())
    path = series_to_csv(typed, tmp_path / "series.csv")
    assert len(path.read_text("utf-8").splitlines()) == 1


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        series_to_csv(sample.deadlift_trial(), tmp_path / "nowhere" / "series.csv")
