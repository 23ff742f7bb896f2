"""Sentences with a person's own numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from primemover.findings.joint import side_of
from primemover.knowledge.loading import load
from primemover.model.measure import Measure, Side
from primemover.model.units import to_display
from primemover.words import say, word

__all__ = ["choice", "label_of", "listing", "number_of", "per_cent", "sentence_of", "sided"]


def label_of(measure_id: str) -> str:
    """Return a measure's name in plain words, with its side."""
    row = load().measure_of_id.get(measure_id)
    label = row.label if row else measure_id.replace("_", " ")
    return sided(label, side_of(measure_id))


def sided(label: str, side: Side) -> str:
    """Return a label with its side behind it, where it has one."""
    if side is Side.NONE:
        return label
    return say("findings.numbers.sided", label=label, side=word("common.side", side.value))


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
            why = measure.why.rstrip(".")
            absent.append(say("findings.numbers.missing_why", label=label_of(name), why=why))
        else:
            absent.append(say("findings.numbers.missing", label=label_of(name)))
    parts = [listing(known)] if known else []
    text = "; ".join([*parts, *absent])
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def listing(items: Iterable[str]) -> str:
    """Return items joined as in speech: ``"a, b and c"``."""
    *head, last = list(items) or [""]
    return say("common.list.all", head=", ".join(head), last=last) if head else last


def choice(items: Iterable[str]) -> str:
    """Return items of which one holds, as in speech: ``"a, b or c"``."""
    *head, last = list(items) or [""]
    return say("common.list.any", head=", ".join(head), last=last) if head else last


def per_cent(probability: float) -> str:
    """Return a probability in words for people, never quite 0 or 100 %."""
    return f"{min(max(round(100 * probability), 1), 99)} %"
