"""Curves as a table: one row a frame, degrees and metres, empty where not measured."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Final

import numpy as np

from primemover.errors import OutputError
from primemover.model.arrays import Floats, frozen
from primemover.model.measure import INTERVAL_SE
from primemover.model.series import SERIES_COLUMNS, Series
from primemover.model.trial import Trial
from primemover.report.files import write_atomically

__all__ = ["series_table", "series_to_csv"]

_TIME_DECIMALS: Final = 6
# A thousandth of a degree, a hundredth of a millimetre, a tenth of a N·m, a newton.
_VALUE_DECIMALS: Final = {"rad": 3, "m": 5, "N·m": 1, "N": 0}


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
    by_id = {series.id: series for series in (*trial.series, *_forces(trial, clock))}
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


def _forces(trial: Trial, clock: Floats) -> list[Series]:
    """Return moments and compression of all estimated repetitions on the film's clock.

    Their standard error is that whose 90 % interval is as wide as theirs.
    """
    if not trial.mechanics:
        return []
    names = [key for key, unit, _ in SERIES_COLUMNS if unit in {"N·m", "N"}]
    return [_force(trial, key, clock) for key in names]


def _force(trial: Trial, key: str, clock: Floats) -> Series:
    value, se = np.full(clock.size, np.nan), np.full(clock.size, np.nan)
    for one in trial.mechanics:
        joint = key.removesuffix("_moment")
        curve = one.moment_nm.get(joint, one.compression_n)
        inside = (clock >= one.time_s[0]) & (clock <= one.time_s[-1])
        value[inside] = np.interp(clock[inside], one.time_s, curve.middle)
        reach = (curve.high - curve.low) / (2.0 * INTERVAL_SE)
        se[inside] = np.interp(clock[inside], one.time_s, reach)
    unit = next(unit for one, unit, _ in SERIES_COLUMNS if one == key)
    return Series(id=key, unit=unit, time_s=clock, value=frozen(value), se=frozen(se))


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
