"""The mechanics of a repetition as JSON: every number as low, middle and high of its 90 % range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from primemover.model.mechanics import (
    Curve90,
    LiftMechanics,
    MuscleInPart,
    Range,
    StickFigure,
    WorkInPart,
)

__all__ = ["mechanics_to_json"]

_DECIMALS: Final = 4

Json = dict[str, Any]


def mechanics_to_json(mechanics: LiftMechanics) -> Json:
    """Return moments in N·m, forces in N, work in J, places in m; shares and efforts as 1 = all.

    Moments are those of both sides together, plantarflexor and extensor +. Curves are in the
    series CSV; here are their largest values and those at the lift's instants.
    """
    return {
        "body_mass_kg": _number(mechanics.body_mass_kg),
        "load_mass_kg": _number(mechanics.load_mass_kg),
        "start_s": _number(float(mechanics.time_s[0])),
        "end_s": _number(float(mechanics.time_s[-1])),
        "closure_percent": _number(100.0 * mechanics.closure),
        "moment_largest_nm": {name: _largest(curve) for name, curve in mechanics.moment_nm.items()},
        "compression_largest_n": _largest(mechanics.compression_n),
        "shear_largest_n": _largest(mechanics.shear_n),
        "work": [_work(one) for one in mechanics.work],
        "muscles": [_muscle(one) for one in mechanics.muscles],
        "instants": [_instant(one) for one in mechanics.figures],
        "assumptions": list(mechanics.assumptions),
    }


def _largest(curve: Curve90) -> Json:
    """Return the curve's range where its middle is largest in size."""
    known = np.isfinite(curve.middle)
    if not known.any():
        return _range(Range(low=math.nan, middle=math.nan, high=math.nan))
    at = int(np.argmax(np.where(known, np.abs(curve.middle), -1.0)))
    return _range(
        Range(low=float(curve.low[at]), middle=float(curve.middle[at]), high=float(curve.high[at]))
    )


def _work(work: WorkInPart) -> Json:
    return {
        "part": str(work.part),
        "start_s": _number(work.start_s),
        "end_s": _number(work.end_s),
        "positive_j": _ranges(work.positive_j),
        "negative_j": _ranges(work.negative_j),
    }


def _muscle(muscle: MuscleInPart) -> Json:
    return {
        "part": str(muscle.part),
        "group": muscle.group,
        "force_share": _range(muscle.force_share),
        "effort_peak": _range(muscle.effort_peak),
        "role": muscle.role,
        "role_share": _number(muscle.role_share),
    }


def _instant(figure: StickFigure) -> Json:
    return {
        "instant": figure.instant,
        "time_s": _number(figure.time_s),
        "joints_m": {name: [_number(x), _number(y)] for name, (x, y) in figure.joints_m.items()},
        "moment_nm": _ranges(figure.moment_nm),
    }


def _ranges(ranges: Mapping[str, Range]) -> Json:
    return {name: _range(one) for name, one in ranges.items()}


def _range(found: Range) -> Json:
    return {
        "low": _number(found.low),
        "middle": _number(found.middle),
        "high": _number(found.high),
    }


def _number(value: float) -> float | None:
    return round(float(value), _DECIMALS) + 0.0 if math.isfinite(value) else None
