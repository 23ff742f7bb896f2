"""How far the exam of the frozen films is off: every film's errors, and those of all together.

Every number is worse the larger it is, so that one comparison serves all. NaN = not measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from primemover.model.session import ClipKind
from primemover.model.trial import Trial
from primemover.model.units import to_display
from validation.accuracy import INSTANTS, paired
from validation.frozen.records import FrozenFilm
from validation.frozen.results import result_of
from validation.table.bounds import TARGETS
from validation.table.observations import Observations, of_curves, of_measures
from validation.table.records import FilmResult, FindingState
from validation.table.statistics import GROSS_DEG

__all__ = ["Rows", "Seen", "examine", "film_errors", "pooled_errors"]

# (kind of quantity, what of) -> error
Rows: TypeAlias = dict[tuple[str, str], float]

_OPEN, _WRONG = 1.0, 2.0  # a finding that is left open, one that is wrong; 0 = right
AT_INSTANTS: Final = "angles at instants"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the exam made of one frozen film.

    Attributes
    ----------
    result : beside the truth
    instants_s : what it is called -> how far the found instant is from the true one, NaN = not
        found
    """

    result: FilmResult
    instants_s: Mapping[str, float]


def examine(film: FrozenFilm) -> Seen:
    """Return what the product makes of a film."""
    result, trial = result_of(film)
    return Seen(result=result, instants_s=_instants_s(film.truth, ClipKind(film.test), trial))


def film_errors(seen: Seen) -> Rows:
    """Return one film's errors.

    ``curve``: mean size of a curve's error, degrees; ``missing``: share of it not measured;
    ``angle``, ``length``, ``share``, ``speed``: of a measure, in degrees, centimetres, as it is
    and in m/s; ``instant``: seconds; ``finding``: 0 right, 1 left open, 2 wrong.
    """
    rows: Rows = {}
    for curve in seen.result.curves:
        there = of_curves([seen.result], [curve.id])
        if there.true.size:
            rows["curve", curve.id] = _mean(np.abs(there.measured - there.true))
            rows["missing", curve.id] = _missing(there)
    for one in seen.result.measures:
        scale = to_display(1.0, one.unit)[0]
        rows[_KINDS[one.unit], one.id] = scale * abs(one.measured - one.true)
    for name, off_s in seen.instants_s.items():
        rows["instant", name] = abs(off_s)
    for finding in seen.result.findings:
        said = FindingState.PRESENT if finding.true else FindingState.ABSENT
        open_ = finding.state is FindingState.INDETERMINATE
        right = finding.state is said
        rows["finding", finding.id] = _OPEN if open_ else 0.0 if right else _WRONG
    return rows


_KINDS: Final = {"rad": "angle", "m": "length", "1": "share", "m/s": "speed"}


def pooled_errors(every: Sequence[Seen]) -> Rows:
    """Return the errors of each target's curves over all films, and of the angles at instants.

    ``mean error`` and ``bias`` (its size) in degrees; ``outside``: share of the stated 90 %
    intervals that miss the truth; ``gross``: share of errors over 10 deg; ``half width``: mean
    half width of the intervals, degrees; ``missing``: share not measured.
    """
    results = [seen.result for seen in every]
    groups = {target.id: of_curves(results, target.curves) for target in TARGETS}
    groups[AT_INSTANTS] = of_measures(
        results, [name for target in TARGETS for name in target.measures]
    )
    rows: Rows = {}
    for name, there in groups.items():
        if there.true.size:
            rows |= {(kind, name): value for kind, value in _agreement(there).items()}
    return rows


def _agreement(there: Observations) -> dict[str, float]:
    known = there.of(np.isfinite(there.measured))
    off = np.abs(known.measured - known.true)
    inside = (known.low <= known.true) & (known.true <= known.high)
    return {
        "mean error": _mean(off),
        "bias": abs(_mean(known.measured - known.true)),
        "outside": _mean(~inside),
        "gross": _mean(off > GROSS_DEG),
        "half width": _mean(0.5 * (known.high - known.low)),
        "missing": _missing(there),
    }


def _mean(values: Any) -> float:  # noqa: ANN401 - floats or truth values
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(known.mean()) if known.size else math.nan


def _missing(there: Observations) -> float:
    return float(np.mean(~np.isfinite(there.measured)))


def _instants_s(truth: dict[str, Any], kind: ClipKind, trial: Trial | None) -> dict[str, float]:
    """Return found minus true of every instant of the true repetitions, in seconds."""
    if kind not in INSTANTS:
        return {}
    found = () if trial is None else trial.repetitions
    return {
        f"{label} {number}": math.nan if one is None else getattr(one, ours) - true[theirs]
        for number, (true, one) in enumerate(paired(truth["repetitions"], found, kind), start=1)
        for theirs, ours, label in INSTANTS[kind]
    }
