"""Where a hip rotation stands among healthy people, over several publications at once."""

from __future__ import annotations

from scipy.special import ndtr

from primemover.knowledge.evidence_rows import NormRow
from primemover.knowledge.loading import load
from primemover.model.measure import Measure
from primemover.model.person import Person
from primemover.model.units import to_display

__all__ = ["fitting_norms", "percentile_band"]


def percentile_band(measure: Measure | None, person: Person) -> tuple[float, float] | None:
    """Return the lowest and highest percentile (0-100) over the publications that fit.

    Normal approximation within each publication. None when there is nothing to compare.
    """
    if measure is None or not measure.is_known:
        return None
    value, unit = to_display(measure.value, measure.unit)
    mode = "passive" if "_passive_" in measure.id else "active"
    rows = [row for row in fitting_norms(person, mode=mode) if row.unit == unit]
    if not rows:
        return None
    ranks = [100.0 * float(ndtr((value - row.mean) / row.sd)) for row in rows]
    return min(ranks), max(ranks)


def fitting_norms(person: Person, *, mode: str) -> tuple[NormRow, ...]:
    """Return the norms of hip rotation that fit a person's sex and age.

    A fact that was not told fits every row. Passive values are compared with every mode, because
    healthy seated active and passive rotation are about the same (Krause 2015); active ones not
    with passive norms.
    """
    return tuple(
        row
        for row in load().norms.values()
        if row.measure == "hip_rotation"
        and (mode == "passive" or row.mode != "passive")
        and (row.sex is None or person.sex is None or row.sex is person.sex)
        and _age_fits(row, person.age_years)
    )


def _age_fits(row: NormRow, age_years: float | None) -> bool:
    if age_years is None:
        return True
    above = row.age_low is None or age_years >= row.age_low
    return above and (row.age_high is None or age_years < row.age_high + 1.0)
