"""One line of a comparison in words, for the page and the terminal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.measure import Measure
from primemover.model.retest import ChangeKind, MeasureChange, Towards
from primemover.model.units import to_display
from primemover.report.numbers import decimals_for, value_text

__all__ = ["ChangeRow", "row_of"]

_SUFFIX: Final = {"deg": "°", "1": "", "%": " %"}
_LEAST_DECIMALS: Final = {"deg": 1, "cm": 1, "1": 1}  # so that a change and its MDC differ
_MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A change with its numbers as text; empty where there is nothing to tell.

    `css` is the class of its chip, `word` what the chip says.
    """

    change: MeasureChange
    label: str
    before: str
    after: str
    moved: str
    between: str
    needed: str
    css: str
    word: str


def row_of(change: MeasureChange) -> ChangeRow:
    """Return the texts of one change."""
    label = change.label[:1].upper() + change.label[1:]
    told = math.isfinite(change.change)
    return ChangeRow(
        change=change,
        label=label,
        before=_value(change.before),
        after=_value(change.after),
        moved=_signed(change, change.change) if told else "",
        between=_between(change) if told else "",
        needed=_plain(change, change.mdc) if told else "",
        css=_css(change),
        word=_word(change),
    )


def _css(change: MeasureChange) -> str:
    if change.kind is ChangeKind.REAL:
        return "real" if change.towards is Towards.NEITHER else change.towards.value
    return "warning" if change.kind is ChangeKind.INSTRUMENT_CHANGED else "plain"


def _word(change: MeasureChange) -> str:
    labels = load().retest_labels
    kind: str = getattr(labels, change.kind.value)
    if change.kind is ChangeKind.NOT_MEASURED_AGAIN and change.before is None:
        return labels.measured_first
    where: str = getattr(labels, change.towards.value)
    return f"{kind}, {where}" if change.kind is ChangeKind.REAL and where else kind


def _value(measure: Measure | None) -> str:
    return "" if measure is None else value_text(measure, with_error=False)


def _between(change: MeasureChange) -> str:
    low, high = _signed(change, change.low, unit=False), _signed(change, change.high)
    return f"{low} to {high}"


def _signed(change: MeasureChange, value: float, *, unit: bool = True) -> str:
    shown, decimals, suffix = _scaled(change, value)
    text = f"{abs(shown):.{decimals}f}"
    sign = "" if float(text) == 0.0 else ("+" if shown > 0.0 else _MINUS)
    return f"{sign}{text}{suffix if unit else ''}"


def _plain(change: MeasureChange, value: float) -> str:
    shown, decimals, suffix = _scaled(change, value)
    return f"{shown:.{decimals}f}{suffix}"


def _scaled(change: MeasureChange, value: float) -> tuple[float, int, str]:
    """Return an SI value in the shown unit, with how many decimals and which suffix."""
    is_share = change.unit == "1" and any(word in change.id for word in ("share", "imbalance"))
    factor, unit = (100.0, "%") if is_share else to_display(1.0, change.unit)
    decimals = max(decimals_for(factor * change.se, unit), _LEAST_DECIMALS.get(unit, 0))
    return factor * value, decimals, _SUFFIX.get(unit, f" {unit}")
