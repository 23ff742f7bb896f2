"""Sentences with a person's own numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from primemover.findings.joint import side_of
from primemover.knowledge.loading import load
from primemover.model.measure import Measure, Side
from primemover.model.units import to_display

__all__ = ["label_of", "listing", "number_of", "per_cent", "sentence_of"]


def label_of(measure_id: str) -> str:
    """Return a measure's name in plain words, with its side."""
    row = load().measure_of_id.get(measure_id)
    label = row.label if row else measure_id.replace("_", " ")
    side = side_of(measure_id)
    return f"{label} ({side.value})" if side is not Side.NONE else label


def number_of(measure: Measure) -> str:
    """Return a value with its unit and one standard error, e.g. ``"33 deg (± 4)"``."""
    value, unit = to_display(measure.value, measure.unit)
    error, _ = to_display(measure.se, measure.unit)
    digits = 2 if unit == "1" and abs(value) < 2 and value != round(value) else 0  # noqa: PLR2004 - a share, not a count
    digits = 1 if unit in {"cm", "m/s"} else digits
    shown = "" if unit == "1" else f" {unit}"
    if error == 0.0 or math.isnan(error):
        return f"{value:.{digits}f}{shown}"
    return f"{value:.{digits}f}{shown} (± {error:.{digits}f})"


def sentence_of(ids: Iterable[str], measures: Mapping[str, Measure]) -> str:
    """Return one sentence with the value, or the reason for its absence, of each measure."""
    known: list[str] = []
    absent: list[str] = []
    for name in dict.fromkeys(ids):
        measure = measures.get(name)
        if measure is not None and measure.is_known:
            known.append(f"{label_of(name)} {number_of(measure)}")
        elif measure is not None and measure.why:
            absent.append(f"{label_of(name)} was not measured: {measure.why.rstrip('.')}")
        else:
            absent.append(f"{label_of(name)} was not measured")
    parts = [listing(known)] if known else []
    text = "; ".join([*parts, *absent])
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def listing(items: Iterable[str]) -> str:
    """Return items joined as in speech: ``"a, b and c"``."""
    *head, last = list(items) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def per_cent(probability: float) -> str:
    """Return a probability in words for people, never quite 0 or 100 %."""
    return f"{min(max(round(100 * probability), 1), 99)} %"
