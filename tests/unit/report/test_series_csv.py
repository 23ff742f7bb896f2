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
from tests.unit.report.lifted import mechanics


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


def test_moments_and_compression_of_a_repetition_are_columns_on_the_film_s_clock() -> None:
    trial = sample.deadlift_trial()
    assert trial.film is not None
    found = mechanics()
    clock = trial.film.recording.time_s
    moved = replace(found, time_s=found.time_s - found.time_s[0] + clock[10])
    rows = rows_of(series_table(replace(trial, mechanics=(moved,))))
    inside = (clock >= moved.time_s[0]) & (clock <= moved.time_s[-1])
    assert [bool(row["hip_moment_nm"]) for row in rows] == list(inside)
    at = int(np.flatnonzero(inside)[20])
    true = np.interp(clock[at], moved.time_s, found.moment_nm["hip"].middle)
    assert float(rows[at]["hip_moment_nm"]) == pytest.approx(true, abs=0.06)
    assert float(rows[at]["hip_moment_nm_se"]) > 0.0
    press = np.interp(clock[at], moved.time_s, found.compression_n.middle)
    assert float(rows[at]["l5s1_compression_n"]) == pytest.approx(press, abs=0.6)


def test_without_masses_the_columns_of_forces_are_empty() -> None:
    rows = rows_of(series_table(sample.deadlift_trial()))
    assert all(row["hip_moment_nm"] == row["l5s1_compression_n"] == "" for row in rows)
