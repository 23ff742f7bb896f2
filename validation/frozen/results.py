"""What the exam of a frozen film gave, beside what is true: a row of the error table's material."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Ints
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, not_measured
from primemover.model.series import SERIES_COLUMNS, Series
from primemover.model.trial import Trial
from primemover.model.units import to_display
from validation.frozen.exam import exam_of_frozen
from validation.frozen.records import FrozenFilm
from validation.lift_truth import true_curves
from validation.table.bounds import FINDINGS
from validation.table.records import (
    CurveResult,
    FilmResult,
    FindingResult,
    FindingState,
    MeasureResult,
)
from validation.true_findings import true_findings, true_measures

__all__ = ["result_of"]

_UNITS: Final = {series_id: unit for series_id, unit, _ in SERIES_COLUMNS}
_SWINGS: Final = "hip_rotation_"  # ids of the seated test's curves; the only ones of a front film


def result_of(film: FrozenFilm) -> tuple[FilmResult, Trial | None]:
    """Return what the product makes of a film beside the truth, and the trial itself.

    A refused film has everything not measured, and no trial.
    """
    try:
        trial, refused = exam_of_frozen(film), ""
    except QualityError as error:
        trial, refused = None, str(error)
    standing = film.truth["standing_s"]
    return FilmResult(
        name=film.name,
        seed=film.seed,
        factors=film.factors,
        curves=_curves(film, trial),
        measures=_measures(film, trial),
        findings=_findings(film, trial),
        track=None,
        forward=0,
        standing_s=(standing[0], standing[1]),
        refused=refused,
    ), trial


def _curves(film: FrozenFilm, trial: Trial | None) -> tuple[CurveResult, ...]:
    true = true_curves(film.truth)
    front = film.truth["view"] == "front"
    found = {series.id: series for series in trial.series} if trial is not None else {}
    return tuple(
        _curve(film, name, np.interp(film.track.time_s, true.time_s, values), found.get(name))
        for name, values in true.angles_deg.items()
        if name in _UNITS and name.startswith(_SWINGS) == front
    )


def _curve(film: FrozenFilm, name: str, true_deg: Floats, found: Series | None) -> CurveResult:
    nothing = np.full(film.track.time_s.size, np.nan)
    return CurveResult(
        id=name,
        unit="rad",
        time_s=film.track.time_s,
        true=np.radians(true_deg),
        measured=nothing if found is None else found.value,
        se=nothing if found is None else found.se,
        low=nothing if found is None else found.low,
        high=nothing if found is None else found.high,
        repetition=_repetition(film, name),
        why="" if found is not None else "no such curve was measured",
    )


def _repetition(film: FrozenFilm, series_id: str) -> Ints:
    """Return the true repetition (of that leg) of every frame, -1 outside."""
    time_s = film.track.time_s
    number = np.full(time_s.size, -1, dtype=np.int64)
    of_leg = [one for one in film.truth["repetitions"] if series_id.endswith(one.get("side", ""))]
    for index, one in enumerate(of_leg):
        end_s = one["touchdown_s"] if "touchdown_s" in one else one["end_s"]
        number[(time_s >= one["start_s"]) & (time_s < end_s)] = index
    return number


def _measures(film: FrozenFilm, trial: Trial | None) -> tuple[MeasureResult, ...]:
    found = trial.measures if trial is not None else {}
    return tuple(
        _measure(found.get(name) or not_measured(name, "the film was refused"), value)
        for name, value in true_measures(film.truth).items()
        if trial is None or name in found
    )


def _measure(found: Measure, true_shown: float) -> MeasureResult:
    """Return a measure beside its truth, which is told in degrees where it is an angle."""
    low, high = found.interval
    scale = to_display(1.0, found.unit)[0] if found.unit == "rad" else 1.0
    return MeasureResult(
        id=found.id,
        unit=found.unit,
        repetition=-1,
        true=true_shown / scale,
        measured=found.value if found.is_known else np.nan,
        se=found.se,
        low=low,
        high=high,
        why=found.why,
    )


def _findings(film: FrozenFilm, trial: Trial | None) -> tuple[FindingResult, ...]:
    found: dict[str, Any] = {one.id: one for one in trial.findings} if trial is not None else {}
    return tuple(
        FindingResult(
            id=name,
            true=true,
            probability=float(found[name].probability) if name in found else np.nan,
            state=FindingState(
                str(found[name].status if name in found else FindingStatus.INDETERMINATE)
            ),
        )
        for name, true in true_findings(film.truth).items()
        if name in FINDINGS
    )
