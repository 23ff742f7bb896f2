"""What was read in one frame, as words for captions."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from primemover.model.series import Series
from primemover.model.trial import Trial, TrialKind
from primemover.report.numbers import quantity_text
from primemover.words import word

__all__ = ["readings_at", "value_at"]

_CAPTION: Final[dict[TrialKind, tuple[str, ...]]] = {
    TrialKind.DEADLIFT: (
        "trunk_inclination",
        "hip_flexion",
        "trunk_thigh",
        "knee_flexion",
        "pelvis_inclination",
        "lumbar_flexion",
    ),
    TrialKind.FORWARD_BEND: (
        "trunk_inclination",
        "pelvis_inclination",
        "lumbar_flexion",
        "thoracic_flexion",
        "knee_flexion",
    ),
    TrialKind.HIP_ROTATION: ("hip_rotation_left", "hip_rotation_right"),
}


def value_at(series: Series, time_s: float) -> tuple[float, float]:
    """Return value and standard error of the sample nearest to an instant, SI."""
    if not series.time_s.size:
        return math.nan, math.nan
    row = int(np.argmin(np.abs(series.time_s - time_s)))
    return float(series.value[row]), float(series.se[row])


def readings_at(trial: Trial, frame_index: int) -> tuple[tuple[str, str], ...]:
    """Return (label, value with error) of the quantities that were read in a frame."""
    if trial.film is None:
        return ()
    time_s = float(trial.film.recording.time_s[frame_index])
    by_id = {series.id: series for series in trial.series}
    read = []
    for key in _CAPTION[trial.kind]:
        if key not in by_id:
            continue
        value, se = value_at(by_id[key], time_s)
        if math.isfinite(value):
            read.append((word("report.series", key), quantity_text(value, se, by_id[key].unit)))
    return tuple(read)
