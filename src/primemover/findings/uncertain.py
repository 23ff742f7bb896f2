"""Measures as a joint normal distribution: what errs together is kept together.

Errors are normal. Those of two readings are independent but for what `common_error` rows say they
share: an instrument's own offset enters both sides and both ways of moving alike, so it cancels in
gaps and side differences; the place over the sacrum enters the pelvis and, with the other sign,
the low back above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import sqrt
from typing import Final

import numpy as np

from primemover.knowledge.evidence_rows import PrecisionRow
from primemover.knowledge.loading import load
from primemover.knowledge.reasoning_rows import CommonErrorRow
from primemover.model.arrays import Floats
from primemover.model.measure import Instrument, Measure
from primemover.model.units import from_display

__all__ = ["Uncertain", "covariance", "repeatable_share", "stem_of", "uncertain"]

_HALF: Final = 0.5  # engineering default, as in the instruments table


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """One measure in B cases at once (its own, or those that a further reading may bring).

    Attributes
    ----------
    mean, se : (B,) arrays, SI
    instrument : what it was taken with
    """

    mean: Floats
    se: Floats
    instrument: Instrument


def uncertain(measure: Measure) -> Uncertain:
    """Return a known measure as one case."""
    return Uncertain(
        mean=np.array([measure.value]),
        se=np.array([measure.se]),
        instrument=measure.instrument,
    )


def covariance(ids: Sequence[str], known: Mapping[str, Uncertain]) -> Floats:
    """Return the errors' covariance, (B, len(ids), len(ids)), SI."""
    cases = max(known[name].se.size for name in ids)
    found = np.zeros((cases, len(ids), len(ids)))
    for index, name in enumerate(ids):
        found[:, index, index] = known[name].se ** 2
    for row in load().common_errors.values():
        loads = {i: _load(row, n, known[n]) for i, n in enumerate(ids) if stem_of(n) in row.loads}
        for i, j in combinations(loads, 2):
            mine, other = known[ids[i]].instrument, known[ids[j]].instrument
            if mine is other and mine in row.instruments:
                found[:, i, j] += loads[i] * loads[j]
                found[:, j, i] = found[:, i, j]
    return found


def _load(row: CommonErrorRow, measure_id: str, one: Uncertain) -> Floats:
    """Return how much of a measure's error is the shared one, with its sign; shape as its error.

    What stays is a share of the published error of one reading: clumsy hands make the rest of the
    error wider, not the instrument's own offset.
    """
    size = one.se
    precision = None if row.averages else _precision(stem_of(measure_id), one.instrument)
    if precision is not None:
        size = np.minimum(from_display(precision.sem, precision.unit)[0], size)
    return np.asarray(row.loads[stem_of(measure_id)] * sqrt(row.share) * size)


@lru_cache(maxsize=256)
def _precision(stem: str, instrument: Instrument) -> PrecisionRow | None:
    rows = (r for r in load().precision if r.instrument is instrument and stem in r.measures)
    return next(rows, None)


def repeatable_share(measure: Measure) -> float:
    """Return which part of a reading's error variance averaging brings down."""
    row = _precision(stem_of(measure.id), measure.instrument)
    return row.repeatable_share if row else _HALF


def stem_of(measure_id: str) -> str:
    """Return a measure's id without its side."""
    row = load().measure_of_id.get(measure_id)
    return row.id if row else measure_id
