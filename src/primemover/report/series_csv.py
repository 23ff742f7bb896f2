"""Curves as a table: one row a frame, degrees and metres, empty where not measured."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Final

import numpy as np

from primemover.errors import OutputError
from primemover.model.arrays import Floats
from primemover.model.series import SERIES_COLUMNS, Series
from primemover.model.trial import Trial
from primemover.report.files import write_atomically

__all__ = ["series_table", "series_to_csv"]

_TIME_DECIMALS: Final = 6
_VALUE_DECIMALS: Final = {"rad": 3, "m": 5}  # a thousandth of a degree, a hundredth of a mm


def series_to_csv(trial: Trial, path: Path) -> Path:
    """Write the trial's curves, `time_s` then `SERIES_COLUMNS` each with its ``_se`` twin.

    The columns are fixed; `Series.low` and `Series.high` follow from a value and its twin.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    if not path.parent.is_dir():
        raise OutputError(
            f"Cannot write the curves to {path}: the folder {path.parent} does not exist; "
            "make it first or choose another.",
            reason="no_folder",
        )
    write_atomically(path, series_table(trial).encode("utf-8"))
    return path


def series_table(trial: Trial) -> str:
    """Return the table as text with newline line ends."""
    clock = _clock(trial)
    names = ["time_s"]
    columns = [[f"{time:.{_TIME_DECIMALS}f}" for time in clock]]
    by_id = {series.id: series for series in trial.series}
    for key, unit, name in SERIES_COLUMNS:
        names += [name, f"{name}_se"]
        columns += _pair(by_id.get(key), unit, clock)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def _clock(trial: Trial) -> Floats:
    """Return every frame's time, (T,)."""
    if trial.film is not None:
        return trial.film.recording.time_s
    if not trial.series:
        return np.zeros(0)
    return np.unique(np.concatenate([series.time_s for series in trial.series]))


def _pair(series: Series | None, unit: str, clock: Floats) -> list[list[str]]:
    if series is None:
        empty = [""] * clock.size
        return [empty, empty]
    row_of = {round(float(time), _TIME_DECIMALS): row for row, time in enumerate(series.time_s)}
    rows = [row_of.get(round(float(time), _TIME_DECIMALS)) for time in clock]
    return [_column(values, rows, unit) for values in (series.value, series.se)]


def _column(values: Floats, rows: list[int | None], unit: str) -> list[str]:
    factor = 180.0 / math.pi if unit == "rad" else 1.0
    decimals = _VALUE_DECIMALS[unit]
    return [
        ""
        if row is None or not math.isfinite(values[row])
        else f"{values[row] * factor + 0.0:.{decimals}f}"
        for row in rows
    ]
