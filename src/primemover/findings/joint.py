"""Joint draws of measures with their errors, and the measures that follow from others.

Measures err independently of each other, normally, with their standard errors; a derived measure
(a gap, a share) is computed again from the drawn parts, so it keeps its correlation with them.
The draws are a low-discrepancy set, the same every time: no seed, no run-to-run difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.special import ndtri

from primemover.knowledge.evidence_rows import Derivation
from primemover.knowledge.loading import load
from primemover.model.arrays import Floats, frozen
from primemover.model.measure import Instrument, Measure, Side, Status, not_measured

__all__ = ["Joint", "complete", "draw", "parts_of", "side_of"]

DRAWS: Final = 8192  # error of a probability below 0.003 in up to 6 dimensions
_MAX_DIMENSIONS: Final = 16
_CLEARLY: Final = 2.0  # standard errors a divisor must lie above zero (engineering default)
_OTHER: Final = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Draws of several measures.

    Attributes
    ----------
    values : measure id -> (DRAWS,) array in SI; unknown measures are not in it
    lines : name of an uncertain line -> (DRAWS,) standard normal draws
    """

    values: Mapping[str, Floats]
    lines: Mapping[str, Floats]


def draw(measures: Mapping[str, Measure], ids: Iterable[str], lines: Iterable[str] = ()) -> Joint:
    """Return joint draws of the measures `ids` and of the uncertain `lines`.

    An id that is neither known itself nor derivable from known parts is left out.
    """
    wanted = sorted(set(ids))
    line_names = sorted(set(lines))
    parts = {name: _known_parts(measures, name) for name in wanted}
    direct = [n for n in wanted if parts[n] is None and _is_known(measures, n)]
    base = sorted({*direct, *(p for found in parts.values() if found for p in found)})
    normals = _normals(max(len(base) + len(line_names), 1))
    values = {
        name: measures[name].value + measures[name].se * normals[:, column]
        for column, name in enumerate(base)
    }
    for name, found in parts.items():
        if found is not None:
            values[name] = _derived_draws(measures, name, values, found)
    drawn_lines = {name: normals[:, len(base) + i] for i, name in enumerate(line_names)}
    return Joint(values={n: values[n] for n in wanted if n in values}, lines=drawn_lines)


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


def parts_of(measure_id: str) -> tuple[str, str] | None:
    """Return the ids a derived measure follows from, or None for one read directly."""
    row = load().measure_of_id.get(measure_id)
    if row is None or row.derived is None:
        return None
    side = side_of(measure_id).value
    other = _OTHER.get(side, "")
    first, second = (part.format(side=side, other=other) for part in row.derived.of)
    return first, second


def side_of(measure_id: str) -> Side:
    """Return the side that a measure's id names."""
    for side in (Side.LEFT, Side.RIGHT):
        if measure_id.endswith(f"_{side.value}"):
            return side
    return Side.NONE


def _is_known(measures: Mapping[str, Measure], name: str) -> bool:
    return name in measures and measures[name].is_known


def _known_parts(measures: Mapping[str, Measure], name: str) -> tuple[str, str] | None:
    parts = parts_of(name)
    refused = name in measures and not measures[name].is_known
    if parts is None or refused or not all(_is_known(measures, part) for part in parts):
        return None
    return parts


def _derivation(name: str) -> Derivation:
    derived = load().measure_of_id[name].derived
    if derived is None:
        raise ValueError(f"{name} is not a derived measure")
    return derived


def _derived_draws(
    measures: Mapping[str, Measure], name: str, values: Mapping[str, Floats], parts: tuple[str, str]
) -> Floats:
    """Return draws of a derived measure; one that was measured itself keeps its own mean."""
    kind = _derivation(name).kind
    drawn = _apply(kind, values[parts[0]], values[parts[1]])
    own = measures.get(name)
    if own is None or not own.is_known:
        return drawn
    means = [np.array(measures[part].value) for part in parts]
    return np.asarray(drawn + (own.value - float(_apply(kind, means[0], means[1]))))


def _apply(kind: str, a: Floats, b: Floats) -> Floats:
    if kind == "difference":
        return np.asarray(a - b)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "share":
            return np.asarray(a / (a + b))
        if kind == "ratio":
            return np.asarray(a / b)
        return np.asarray(np.abs(a - b) / np.maximum(a, b))


def _derived_measure(found: Mapping[str, Measure], measure_id: str, unit: str) -> Measure | None:
    parts = parts_of(measure_id)
    if parts is None or not any(_is_known(found, part) for part in parts):
        return None
    side = side_of(measure_id)
    for part in parts:
        if not _is_known(found, part):
            label = load().measure_of_id[part].label
            words = f"{label} ({side_of(part).value})" if side_of(part) is not Side.NONE else label
            why = f"{words} was not measured."
            return not_measured(
                measure_id, why, unit=unit, side=side, instrument=Instrument.DERIVED
            )
    a, b = (found[part] for part in parts)
    kind = _derivation(measure_id).kind
    if not _divides(kind, a, b):
        why = "What it is a share of is too small against its error."
        return not_measured(measure_id, why, unit=unit, side=side, instrument=Instrument.DERIVED)
    value = float(_apply(kind, np.array(a.value), np.array(b.value)))
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
    """Return the first-order standard error of a derived measure."""
    if kind == "difference":
        return math.hypot(a.se, b.se)
    if kind == "share":
        total = (a.value + b.value) ** 2
        return math.hypot(b.value * a.se, a.value * b.se) / total
    if kind == "imbalance":
        low, high = sorted((a, b), key=lambda m: m.value)
        return math.hypot(low.se / high.value, low.value * high.se / high.value**2)
    return math.hypot(a.se / b.value, a.value * b.se / b.value**2)


@lru_cache(maxsize=_MAX_DIMENSIONS)
def _normals(dimensions: int) -> Floats:
    """Return (DRAWS, dimensions) standard normals from an additive recurrence.

    The recurrence's steps are powers of the generalised golden ratio, the root of
    x^(d+1) = x + 1 (Roberts 2018, "R sequence").
    """
    root = 2.0
    for _ in range(64):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    steps = root ** -np.arange(1.0, dimensions + 1.0)
    uniform = (0.5 + np.arange(1, DRAWS + 1)[:, None] * steps) % 1.0
    tiny = 0.5 / DRAWS
    return frozen(ndtri(np.clip(uniform, tiny * 1e-3, 1.0 - tiny * 1e-3)))
