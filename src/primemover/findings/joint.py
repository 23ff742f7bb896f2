"""Measures that follow from others, and their errors.

A derived measure (a gap, a share) with a known value keeps it; its error is that of its parts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np

from primemover.findings.uncertain import covariance, uncertain
from primemover.knowledge.evidence_rows import Derivation
from primemover.knowledge.loading import load
from primemover.model.arrays import Floats
from primemover.model.measure import Instrument, Measure, Side, Status, not_measured
from primemover.words import say, word

__all__ = ["apply", "complete", "parts_of", "side_of"]

_CLEARLY: Final = 2.0  # standard errors a divisor must lie above zero (engineering default)
_OTHER: Final = {"left": "right", "right": "left"}


def complete(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Return the measures with every derivable one added.

    A derived measure with one part missing is "not measured" and says which; with both missing
    it is not added. One that is there already - even as "not measured", with a reason - is left
    as it is. Errors by first-order propagation.
    """
    found = dict(measures)
    for row in load().measures.values():
        if row.derived is None:
            continue
        for measure_id in row.ids:
            if measure_id not in found:
                added = _derived_measure(found, measure_id, row.unit)
                if added is not None:
                    found[measure_id] = added
    return found


@lru_cache(maxsize=512)
def parts_of(measure_id: str) -> tuple[str, str] | None:
    """Return the ids a derived measure follows from, or None for one read directly."""
    row = load().measure_of_id.get(measure_id)
    if row is None or row.derived is None:
        return None
    side = side_of(measure_id).value
    other = _OTHER.get(side, "")
    first, second = (part.format(side=side, other=other) for part in row.derived.of)
    return first, second


@lru_cache(maxsize=512)
def side_of(measure_id: str) -> Side:
    """Return the side that a measure's id names."""
    for side in (Side.LEFT, Side.RIGHT):
        if measure_id.endswith(f"_{side.value}"):
            return side
    return Side.NONE


def _is_known(measures: Mapping[str, Measure], name: str) -> bool:
    return name in measures and measures[name].is_known


def _derivation(name: str) -> Derivation:
    derived = load().measure_of_id[name].derived
    if derived is None:
        raise ValueError(f"{name} is not a derived measure")
    return derived


def apply(kind: str, a: Floats, b: Floats) -> Floats:
    """Return a derived measure from its two parts, shapes broadcast; kinds as in `Derivation`."""
    if kind == "difference":
        return np.asarray(a - b)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "share":
            return np.asarray(a / (a + b))
        if kind == "ratio":
            return np.asarray(a / b)
        return np.asarray(np.abs(a - b) / np.maximum(a, b))


def _missing(part: str) -> str:
    label, side = load().measure_of_id[part].label, side_of(part)
    if side is not Side.NONE:
        where = word("common.side", side.value)
        label = say("findings.numbers.sided", label=label, side=where)
    return say("findings.numbers.part_missing", label=label)


def _derived_measure(found: Mapping[str, Measure], measure_id: str, unit: str) -> Measure | None:
    parts = parts_of(measure_id)
    if parts is None or not any(_is_known(found, part) for part in parts):
        return None
    side = side_of(measure_id)
    for part in parts:
        if not _is_known(found, part):
            why = _missing(part)
            return not_measured(
                measure_id, why, unit=unit, side=side, instrument=Instrument.DERIVED
            )
    a, b = (found[part] for part in parts)
    kind = _derivation(measure_id).kind
    if not _divides(kind, a, b):
        why = say("findings.numbers.share_too_small")
        return not_measured(measure_id, why, unit=unit, side=side, instrument=Instrument.DERIVED)
    value = float(apply(kind, np.array(a.value), np.array(b.value)))
    estimated = Status.ESTIMATED in (a.status, b.status)
    return Measure(
        id=measure_id,
        value=value,
        se=_propagated(kind, a, b),
        unit=unit,
        status=Status.ESTIMATED if estimated else Status.MEASURED,
        side=side,
        instrument=Instrument.DERIVED,
        why=a.why or b.why if estimated else "",
    )


def _divides(kind: str, a: Measure, b: Measure) -> bool:
    """Return whether the divisor of a share or ratio is clearly more than nothing."""
    if kind == "difference":
        return True
    if kind == "share":
        divisor, se = a.value + b.value, math.hypot(a.se, b.se)
    elif kind == "ratio":
        divisor, se = b.value, b.se
    else:
        high = max((a, b), key=lambda m: m.value)
        divisor, se = high.value, high.se
    return divisor > _CLEARLY * se and divisor > 0.0


def _propagated(kind: str, a: Measure, b: Measure) -> float:
    """Return the first-order standard error of a derived measure, shared errors included."""
    slopes = np.array(_slopes(kind, a, b))
    known = {a.id: uncertain(a), b.id: uncertain(b)}
    return float(np.sqrt(max(slopes @ covariance((a.id, b.id), known)[0] @ slopes, 0.0)))


def _slopes(kind: str, a: Measure, b: Measure) -> tuple[float, float]:
    """Return the derivatives of a derived measure by its parts."""
    if kind == "difference":
        return 1.0, -1.0
    if kind == "share":
        total = (a.value + b.value) ** 2
        return b.value / total, -a.value / total
    if kind == "imbalance":
        if a.value >= b.value:
            return b.value / a.value**2, -1.0 / a.value
        return -1.0 / b.value, a.value / b.value**2
    return 1.0 / b.value, -a.value / b.value**2
