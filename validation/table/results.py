"""What the product made of a film beside what is true: the records of the error table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from primemover.model.arrays import Floats, Ints
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, not_measured
from primemover.model.pose import PoseTrack
from primemover.model.series import SERIES_COLUMNS, Series
from primemover.model.trial import Trial
from primemover.model.units import to_display
from validation.lift_truth import true_curves
from validation.table.bounds import FINDINGS
from validation.table.records import (
    CurveResult,
    Factors,
    FilmResult,
    FindingResult,
    FindingState,
    MeasureResult,
)
from validation.true_findings import true_findings, true_measures

__all__ = ["Filmed", "film_result"]

_UNITS: Final = {series_id: unit for series_id, unit, _ in SERIES_COLUMNS}
_SWINGS: Final = "hip_rotation_"  # ids of the seated test's curves; the only ones of a front film


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed:
    """A film with its truth.

    Attributes
    ----------
    name, seed, factors : how it was made
    truth : the film's truth record
    time_s : (T,) the product's clock
    track : what the baselines read, or None
    """

    name: str
    seed: int
    factors: Factors
    truth: dict[str, Any]
    time_s: Floats
    track: PoseTrack | None = None


def film_result(filmed: Filmed, trial: Trial | None, *, refused: str = "") -> FilmResult:
    """Return what the product made of a film beside the truth.

    Parameters
    ----------
    trial
        None when the product refused the film: then nothing of it is measured, and that counts.
    refused
        The sentence it was refused with.
    """
    standing = filmed.truth["standing_s"]
    view = trial.view if trial is not None else None
    return FilmResult(
        name=filmed.name,
        seed=filmed.seed,
        factors=filmed.factors,
        curves=_curves(filmed, trial),
        measures=_measures(filmed, trial),
        findings=_findings(filmed, trial),
        track=filmed.track,
        forward=_forward(filmed.truth),
        standing_s=(standing[0], standing[1]),
        refused=refused,
        yaw_estimate_rad=view.yaw_rad if view is not None else float("nan"),
    )


def _forward(truth: dict[str, Any]) -> int:
    """Return the picture direction that the person truly faces: +1 right, -1 left, 0 front."""
    if truth["view"] == "front":
        return 0
    return -1 if truth["camera"].get("from_left", False) else 1


def _curves(filmed: Filmed, trial: Trial | None) -> tuple[CurveResult, ...]:
    true = true_curves(filmed.truth)
    front = filmed.truth["view"] == "front"
    found = {series.id: series for series in trial.series} if trial is not None else {}
    return tuple(
        _curve(filmed, name, np.interp(filmed.time_s, true.time_s, values), found.get(name))
        for name, values in true.angles_deg.items()
        if name in _UNITS and name.startswith(_SWINGS) == front
    )


def _curve(filmed: Filmed, name: str, true_deg: Floats, found: Series | None) -> CurveResult:
    nothing = np.full(filmed.time_s.size, np.nan)
    return CurveResult(
        id=name,
        unit="rad",
        time_s=filmed.time_s,
        true=np.radians(true_deg),
        measured=nothing if found is None else found.value,
        se=nothing if found is None else found.se,
        low=nothing if found is None else found.low,
        high=nothing if found is None else found.high,
        repetition=_repetition(filmed, name),
        why="" if found is not None else "no such curve was measured",
    )


def _repetition(filmed: Filmed, series_id: str) -> Ints:
    """Return the true repetition (of that leg) of every frame, -1 outside."""
    time_s = filmed.time_s
    number = np.full(time_s.size, -1, dtype=np.int64)
    of_leg = [one for one in filmed.truth["repetitions"] if series_id.endswith(one.get("side", ""))]
    for index, one in enumerate(of_leg):
        end_s = one["touchdown_s"] if "touchdown_s" in one else one["end_s"]
        number[(time_s >= one["start_s"]) & (time_s < end_s)] = index
    return number


def _measures(filmed: Filmed, trial: Trial | None) -> tuple[MeasureResult, ...]:
    found = trial.measures if trial is not None else {}
    return tuple(
        _measure(found.get(name) or not_measured(name, "the film was refused"), value)
        for name, value in true_measures(filmed.truth).items()
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


def _findings(filmed: Filmed, trial: Trial | None) -> tuple[FindingResult, ...]:
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
        for name, true in true_findings(filmed.truth).items()
        if name in FINDINGS
    )
