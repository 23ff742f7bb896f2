"""Contradictions and what to measure next as JSON."""

from __future__ import annotations

import math
from typing import Any, Final

from primemover.model.reasoning import Conflict, FurtherMeasurement

__all__ = ["conflict_to_json", "further_to_json"]

_DECIMALS: Final = 4  # as in `wire`

Json = dict[str, Any]


def further_to_json(further: FurtherMeasurement | None) -> Json | None:
    """Return a measurement worth taking as JSON data, None where there is none."""
    if further is None:
        return None
    return {
        "kind": str(further.kind),
        "measures": list(further.measures),
        "readings": further.readings,
        "probability": _number(further.probability),
        "bits": _number(further.bits),
        "settles": list(further.settles),
        "text": further.text,
    }


def conflict_to_json(conflict: Conflict) -> Json:
    """Return one contradiction as JSON data."""
    return {
        "id": conflict.id,
        "label": conflict.label,
        "side": str(conflict.side),
        "what": conflict.what,
        "why": conflict.why,
        "clinician": conflict.clinician,
        "to_do": conflict.to_do,
        "probability": _number(conflict.probability),
        "measures": list(conflict.measures),
        "sources": list(conflict.sources),
    }


def _number(value: float) -> float | None:
    return round(value, _DECIMALS) + 0.0 if math.isfinite(value) else None
