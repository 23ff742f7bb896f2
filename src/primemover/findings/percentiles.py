"""Where a value stands among healthy people, over several publications at once.

Within a publication the percentile is that of the normal distribution, 100 Phi((x - mean) / sd).
Values are compared only when they were taken in the same position with the same tool, or with one
whose offset is known: then the value is moved to the publication's tool first. All other
publications are kept apart and said so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from scipy.special import ndtr

from primemover.knowledge.evidence_rows import MeasureRow, NormRow
from primemover.knowledge.loading import load
from primemover.knowledge.precision import offset_si
from primemover.model.measure import Measure
from primemover.model.person import Person
from primemover.model.session import Variant
from primemover.model.standing import NormPlace, Relation, Standing
from primemover.model.units import from_display

__all__ = ["fitting_norms", "percentile_band", "standing_of", "standings"]

_NOT_TOLD = "not told"


def percentile_band(measure: Measure | None, person: Person) -> tuple[float, float] | None:
    """Return the lowest and highest percentile (0-100) over the publications that fit.

    Of the comparable ones where there are any, else of those kept apart. None when there is
    nothing to compare.
    """
    found = standing_of(measure, person) if measure is not None else None
    return None if found is None else found.band or found.apart_band


def standings(
    measures: Mapping[str, Measure], person: Person, variant: Variant | None = None
) -> tuple[Standing, ...]:
    """Return where every value that has norms stands, in the order of `measures`."""
    found = (standing_of(measure, person, variant) for measure in measures.values())
    return tuple(one for one in found if one is not None)


def standing_of(
    measure: Measure, person: Person, variant: Variant | None = None
) -> Standing | None:
    """Return where one value stands; None when it is not known or has no norm that fits."""
    row = load().measure_of_id.get(measure.id)
    if row is None or not measure.is_known:
        return None
    norms = fitting_norms(row.id, person, variant)
    places = [_place(measure, row, norm) for norm in norms]
    if not places:
        return None
    places.sort(key=lambda place: place.is_apart)
    return Standing(
        measure=measure.id,
        instrument=measure.instrument,
        band=_band(place for place in places if not place.is_apart),
        apart_band=_band(place for place in places if place.is_apart),
        places=tuple(places),
    )


def fitting_norms(stem: str, person: Person, variant: Variant | None = None) -> tuple[NormRow, ...]:
    """Return the norms of a measure that fit a person's sex and age and the lift's variant.

    A fact of the person that was not told fits every row; a row of one variant needs that variant.
    Passive hip rotation is compared with active norms too, because healthy seated active and
    passive rotation are about the same (Krause 2015): a row says itself what it may stand beside.
    """
    return tuple(
        row
        for row in load().norms.values()
        if stem in row.measures
        and (row.sex is None or person.sex is None or row.sex is person.sex)
        and _age_fits(row, person.age_years)
        and (not row.variant or (variant is not None and row.variant == variant.value))
    )


def _age_fits(row: NormRow, age_years: float | None) -> bool:
    if age_years is None:
        return True
    above = row.age_low is None or age_years >= row.age_low
    return above and (row.age_high is None or age_years < row.age_high + 1.0)


def _place(measure: Measure, row: MeasureRow, norm: NormRow) -> NormPlace:
    relation, offset, offset_se = _relation(measure, row, norm)
    ranks = [_rank(norm, measure.value - offset + by) for by in (0.0, -offset_se, offset_se)]
    return NormPlace(
        norm=norm.id,
        relation=relation,
        percentile=ranks[0],
        low=ranks[1],
        high=ranks[2],
        shift=-offset + 0.0,
    )


def _relation(measure: Measure, row: MeasureRow, norm: NormRow) -> tuple[Relation, float, float]:
    """Return how a value compares with a norm, and the offset between their tools with its se."""
    if _NOT_TOLD in {norm.position, row.position}:
        return "no_position", 0.0, 0.0
    if norm.position != row.position:
        return "position", 0.0, 0.0
    if norm.instrument is None:
        return "no_tool", 0.0, 0.0
    if norm.instrument is measure.instrument:
        return "same", 0.0, 0.0
    offset = offset_si(measure.id, measure.instrument, norm.instrument)
    if offset is None:
        unknown = from_display(load().unknown_offset.sd_deg, "deg")[0]
        return "other_tool", 0.0, unknown if measure.unit == "rad" else 0.0
    return "shifted", *offset


def _rank(norm: NormRow, value: float) -> float:
    if norm.mean is None or norm.sd is None:
        return math.nan
    mean, sd = (from_display(one, norm.unit)[0] for one in (norm.mean, norm.sd))
    return 100.0 * float(ndtr((value - mean) / sd))


def _band(places: Iterable[NormPlace]) -> tuple[float, float] | None:
    ranks = [place.percentile for place in places if not math.isnan(place.percentile)]
    return (min(ranks), max(ranks)) if ranks else None
