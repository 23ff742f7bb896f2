"""One quantity read in several ways in one session: put together, or kept apart.

Two readings may be put together when they are of the same quantity and it is known how far their
instruments differ. The other's reading is brought to the first one's scale and weighs by its
variance and that of the offset:

    x_i = r_i - offset_i          v_i = se_i^2 + se(offset_i)^2
    x = sum(x_i / v_i) / sum(1 / v_i)          var = 1 / sum(1 / v_i)

Readings that differ by more than their errors get the variance between them on top (DerSimonian &
Laird 1986, method of moments): with two of equal error the standard error becomes half their
distance. Where errors do not explain it at all (95 %), the 90 % interval is made to reach every
reading, and is never narrower than the surest one's. Errors of different instruments are taken as
independent.

Where the offset is not known the surer reading stands alone. If the other one is further away than
both errors and the offsets seen between other instruments explain (95 %), the error is widened so
that the 90 % interval reaches it. So disagreement never makes anything surer.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scipy.special import chdtri

from primemover.knowledge.loading import load
from primemover.knowledge.precision import offset_si
from primemover.model.measure import INTERVAL_SE, Instrument, Measure, Part, Status
from primemover.model.units import from_display

__all__ = ["Fused", "Taken", "fuse", "scale_order"]

_BEYOND: Final = 0.05  # readings this unlikely to differ so far by error alone are in conflict
_TWO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One way in which a quantity was read: the mean of its trials and who took it."""

    measure: Measure
    by_film: bool = False
    by_lay_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """What several readings say together.

    Attributes
    ----------
    measure : on the scale of its `instrument`, with its `parts`
    agree : whether errors explain how far the readings that were put together differ
    near : whether errors and usual offsets explain how far those kept apart are away
    """

    measure: Measure
    agree: bool = True
    near: bool = True


def fuse(readings: Sequence[Taken], order: Sequence[Instrument] = ()) -> Fused:
    """Return what several readings of one quantity say together, whatever their order.

    Parameters
    ----------
    readings
        All of one measure id, at least one.
    order
        Instruments by whose scale is preferred, best first (`scale_order`); typed values come
        before films whatever it says. Ties go to the smaller error.
    """
    ranked = sorted(readings, key=lambda one: _rank(one, order))
    first = ranked[0]
    if len(ranked) == 1:
        return Fused(measure=first.measure)
    parts = tuple(_part(one, first) for one in ranked)
    together, agree = _together(first.measure, [part for part in parts if part.fused])
    far = _farthest(together, [part for part in parts if not part.fused])
    measure = replace(together, parts=parts, se=max(together.se, abs(far) / INTERVAL_SE))
    if not agree or far:
        why = load().fusing_texts.why
        measure = replace(measure, status=Status.ESTIMATED, why=why)
    return Fused(measure=measure, agree=agree, near=far == 0.0)


def scale_order(sessions: Mapping[str, Collection[Taken]]) -> tuple[Instrument, ...]:
    """Return instruments by how fit their scale is for a whole test, best first.

    Quantities that are compared with each other (both hips, active and passive) should be on one
    scale: the instrument that read most of them comes first, then the one with the smaller errors.
    """
    read: dict[Instrument, list[float]] = {}
    for takes in sessions.values():
        for instrument in sorted({one.measure.instrument for one in takes}):
            errors = [one.measure.se for one in takes if one.measure.instrument is instrument]
            read.setdefault(instrument, []).append(min(errors))
    return tuple(sorted(read, key=lambda one: (-len(read[one]), _mean(read[one]), one.value)))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _rank(one: Taken, order: Sequence[Instrument]) -> tuple[float | str, ...]:
    instrument = one.measure.instrument
    place = order.index(instrument) if instrument in order else len(order)
    return (one.by_film, place, one.measure.se, instrument.value, one.measure.value)


def _part(one: Taken, first: Taken) -> Part:
    """Return a reading as a part of the measure that is on the first one's scale.

    A film and a value typed in from a video are not told apart as instruments; they may come from
    one film, so they are never put together.
    """
    measure = one.measure
    known = offset_si(measure.id, measure.instrument, first.measure.instrument)
    if known is None or one.by_film is not first.by_film:
        known = (math.nan, math.nan)
    return Part(
        instrument=measure.instrument,
        value=measure.value,
        se=measure.se,
        repeats=measure.repeats,
        offset=known[0],
        offset_se=known[1],
        fused=one is first or not math.isnan(known[0]),
        by_film=one.by_film,
        by_lay_person=one.by_lay_person,
    )


def _together(first: Measure, parts: Sequence[Part]) -> tuple[Measure, bool]:
    """Return the fused measure, and whether errors alone explain how far the parts differ."""
    if len(parts) < _TWO or any(part.se == 0.0 for part in parts):
        return first, True
    values = [part.value - part.offset for part in parts]
    variances = [part.se**2 + part.offset_se**2 for part in parts]
    between, explained = _between(values, variances)
    weights = [1.0 / (variance + between) for variance in variances]
    total = math.fsum(weights)
    mean = math.fsum(w * x for w, x in zip(weights, values, strict=True)) / total
    se = math.sqrt(1.0 / total)
    if not explained:
        reach = max(abs(value - mean) for value in values) / INTERVAL_SE
        se = max(se, reach, math.sqrt(min(variances)))
    repeats = sum(part.repeats for part in parts)
    return replace(first, value=mean, se=se, repeats=repeats), explained


def _between(values: Sequence[float], variances: Sequence[float]) -> tuple[float, bool]:
    """Return the variance between readings (0 when errors explain it), and whether they do."""
    weights = [1.0 / variance for variance in variances]
    total = math.fsum(weights)
    mean = math.fsum(w * x for w, x in zip(weights, values, strict=True)) / total
    spread = math.fsum(w * (x - mean) ** 2 for w, x in zip(weights, values, strict=True))
    free = len(values) - 1
    scale = total - math.fsum(w**2 for w in weights) / total
    explained = spread <= float(chdtri(free, _BEYOND))
    return max(0.0, (spread - free) / scale), explained


def _farthest(measure: Measure, apart: Sequence[Part]) -> float:
    """Return the distance of the furthest reading that no error explains; 0 when there is none."""
    unknown = from_display(load().unknown_offset.sd_deg, "deg")[0] if measure.unit == "rad" else 0.0
    limit = float(chdtri(1, _BEYOND))
    distances = [
        part.value - measure.value
        for part in apart
        if (part.value - measure.value) ** 2 > limit * (part.se**2 + measure.se**2 + unknown**2)
    ]
    return max(distances, key=abs, default=0.0)
