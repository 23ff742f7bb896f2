"""Values and changes as text, in the units shown to people; plain characters only."""

from __future__ import annotations

import math
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.measure import Side
from primemover.model.units import to_display
from primemover.words import say, word

__all__ = ["amount", "change_words", "label_of", "points", "side_of", "signed", "sure_text"]

_DIGITS: Final = {"deg": 0, "cm": 1, "m/s": 2, "s": 0, "kg": 0, "N": 0, "N·m": 0, "%": 0, "1": 0}
_SHARES: Final = ("share", "imbalance")
_COUNTS: Final = frozenset({"single_leg_bridge"})


def side_of(measure_id: str) -> Side:
    """Return the side that a measure's id names."""
    for side in (Side.LEFT, Side.RIGHT):
        if measure_id.endswith(f"_{side.value}"):
            return side
    return Side.NONE


def label_of(measure_id: str) -> str:
    """Return a measure's name in plain words, with its side."""
    row = load().measure_of_id.get(measure_id)
    label = row.label if row else measure_id.replace("_", " ")
    side = side_of(measure_id)
    if side is Side.NONE:
        return label
    return say("retest.value.sided", label=label, side=word("common.side", side.value))


def amount(measure_id: str, value: float, *, finer: int = 0) -> str:
    """Return an SI value in the shown unit: ``"31 deg"``, ``"4.5 cm"``, ``"12 %"``.

    `finer` is how many more decimals than usual it gets.
    """
    shown, unit, digits = _shown(measure_id, value)
    text = f"{shown:.{digits + finer}f}"
    text = text.removeprefix("-") if float(text) == 0.0 else text
    return text if unit == "1" else f"{text} {unit}"


def change_words(measure_id: str, change: float, *, finer: int = 0) -> str:
    """Return a change in words: ``"6 deg more"``, ``"1.5 cm less"``, ``"no change"``."""
    size = amount(measure_id, abs(change), finer=finer)
    if size == amount(measure_id, 0.0, finer=finer):
        return say("retest.change.none")
    if size.endswith(" %"):  # two shares differ by points, not by per cent
        size = say("retest.change.points", size=size.removesuffix(" %"))
    if change > 0.0:
        return say("retest.change.more", size=size)
    return say("retest.change.less", size=size)


def signed(measure_id: str, change: float) -> str:
    """Return a change with its sign, one digit finer than the value: ``"+6.2 deg"``."""
    shown, unit, digits = _shown(measure_id, change)
    text = f"{shown:+.{digits + 1}f}"
    return text if unit == "1" else f"{text} {unit}"


def points(value: float) -> str:
    """Return a questionnaire total or change with at most one decimal."""
    return f"{round(value, 1):g}"


def sure_text(probability: float) -> str:
    """Return a share of 0-1 with two digits that never claims certainty: ``"= 0.95"``."""
    if not math.isfinite(probability):
        return say("retest.value.unknown")
    return "> 0.99" if probability > 0.99 else f"= {math.floor(100.0 * probability) / 100.0:.2f}"  # noqa: PLR2004 - two digits


def _shown(measure_id: str, value: float) -> tuple[float, str, int]:
    row = load().measure_of_id.get(measure_id)
    si_unit = "1" if row is None else row.unit
    if si_unit == "1" and any(word in measure_id for word in _SHARES):
        return 100.0 * value, "%", 0
    shown, unit = to_display(value, si_unit)
    ratio = unit == "1" and (row is None or row.id not in _COUNTS)
    return shown, unit, 2 if ratio else _DIGITS.get(unit, 1)
