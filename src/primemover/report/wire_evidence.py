"""What stands behind a number as JSON: its readings, norms and the article's claims."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.finding import Finding
from primemover.model.measure import Measure, Part
from primemover.model.units import to_display
from primemover.report.claims import claims_beside

__all__ = ["claims_to_json", "parts_to_json"]

_DECIMALS: Final = 4  # as in `wire`

Json = dict[str, Any]


def parts_to_json(measure: Measure) -> list[Json]:
    """Return what each instrument read of a measure, in the unit shown to people."""
    return [_part(part, measure.unit) for part in measure.parts]


def claims_to_json(findings: Iterable[Finding], assessment: Assessment | None = None) -> Json:
    """Return every claim of the article by its id, with what it belongs to in this result."""
    beside = claims_beside(findings, assessment)
    return {
        row.id: {
            "idea": row.idea,
            "verdict": str(row.verdict),
            "known": row.known,
            "product": row.product,
            "clinician": row.clinician,
            "paragraph": list(row.paragraph),
            "sources": list(row.sources),
            "tag": row.tag,
            "beside": list(beside.get(row.id, ())),
            "page_only": row.page_only,
        }
        for row in load().claims.values()
    }


def _part(part: Part, unit: str) -> Json:
    value, se, offset, offset_se = (
        _number(to_display(one, unit)[0])
        for one in (part.value, part.se, part.offset, part.offset_se)
    )
    return {
        "instrument": str(part.instrument),
        "value": value,
        "se": se,
        "repeats": part.repeats,
        "offset": offset,
        "offset_se": offset_se,
        "fused": part.fused,
        "by_film": part.by_film,
        "by_lay_person": part.by_lay_person,
    }


def _number(value: float) -> float | None:
    return round(float(value), _DECIMALS) + 0.0 if math.isfinite(value) else None
