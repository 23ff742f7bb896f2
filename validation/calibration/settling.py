"""Scale the errors of a test's measures to what they were on people left out of the fits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.measure import INTERVAL_SE
from validation.calibration.cases import COUNTS, cases
from validation.calibration.crew import collect_all
from validation.calibration.doubting import COVERAGE
from validation.calibration.fitting import told
from validation.calibration.shipping import reship
from validation.table.keeping import load_results
from validation.table.records import FilmResult

__all__ = ["factors_from", "settle"]

# What the correction of a view reaches; both sides and both ways of a test have one factor.
_OF_VIEW: Final = {"front": ("hip_rotation_",), "side": ("",)}
_POOLED: Final = ("hip_rotation",)
_LEAST_FILMS: Final = 20
# A factor beyond these says that something else is wrong; engineering defaults.
_RANGE: Final = (0.4, 5.0)


def settle(folder: Path, *, view: str, workers: int) -> dict[str, float]:
    """Examine the kept calibration films with the fit as it is, and put the factors beside it."""
    reship(view, {})
    films = [case for case in cases("calibrate", COUNTS["calibrate"]) if case.view == view]
    collect_all(films, folder, workers=workers)
    # Where nothing was read, nothing was corrected either.
    corrected = {one.case.name for one in told(folder, "calibrate", view=view)}
    kept = load_results(folder / "results" / "calibrate")
    factors = factors_from([one for one in kept if one.name in corrected], view=view)
    reship(view, factors)
    return factors


def factors_from(films: Sequence[FilmResult], *, view: str) -> dict[str, float]:
    """Return measure id -> the factor with which its 90 % interval would have held nine of ten.

    The share is raised for the number of films, as in conformal prediction: the
    ceil(0.9 (n + 1))-th smallest of n ratios of error to standard error, over 1.645.
    """
    ratios: dict[str, list[float]] = {}
    for film in films:
        for one in film.measures:
            if one.id.startswith(_OF_VIEW[view]) and _is_known(one.measured, one.true, one.se):
                ratios.setdefault(_pooled(one.id), []).append(abs(one.measured - one.true) / one.se)
    return {
        name: float(np.clip(_held(np.sort(found)) / INTERVAL_SE, *_RANGE))
        for name, found in sorted(ratios.items())
        if len(found) >= _LEAST_FILMS
    }


def _held(ratios: Floats) -> float:
    rank = min(math.ceil(COVERAGE * (ratios.size + 1)), ratios.size)
    return float(ratios[rank - 1])


def _is_known(*numbers: float) -> bool:
    return all(math.isfinite(one) for one in numbers) and numbers[-1] > 0.0


def _pooled(measure_id: str) -> str:
    for name in _POOLED:
        if measure_id.startswith(f"{name}_"):
            return name
    return measure_id
