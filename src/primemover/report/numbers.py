"""Numbers as people read them: unit, error and an honest number of digits.

An error is told to one significant digit (two when it begins with a 1, the habit of the Particle
Data Group), and the value no finer than its error. Nothing that is not a number ever becomes text.
"""

from __future__ import annotations

import math
from typing import Final

from primemover.model.measure import Measure
from primemover.model.units import to_display
from primemover.words import say, word

__all__ = [
    "chance_text",
    "decimals_for",
    "interval_text",
    "percent_text",
    "quantity_text",
    "value_text",
]

_MINUS: Final = "\u2212"
_WITHOUT_ERROR: Final[dict[str, int]] = {"deg": 0, "cm": 1, "kg": 1, "s": 2, "m/s": 2, "%": 0}
_FINEST: Final = 3
_SUFFIX: Final[dict[str, str]] = {"deg": "°", "deg/s": "°/s", "": "", "1": "", "%": " %"}

# Words for probabilities: the calibrated scale of the IPCC (Mastrandrea et al. 2010, guidance note
# on the consistent treatment of uncertainties); the catalogue has a lifter's words for them.
_CHANCES: Final[tuple[tuple[float, str], ...]] = (
    (0.99, "almost_certain"),
    (0.90, "very_likely"),
    (0.66, "likely"),
    (0.33, "either_way"),
    (0.10, "unlikely"),
    (0.01, "very_unlikely"),
    (0.0, "almost_certainly_not"),
)


def decimals_for(se: float, unit: str) -> int:
    """Return how many decimals a value with this error may show; whole degrees at the finest se 1.

    Parameters
    ----------
    se
        Standard error in display units; not finite when unknown.
    unit
        The display unit.
    """
    if not math.isfinite(se) or se <= 0.0:
        return _WITHOUT_ERROR.get(unit, 2)
    if se < 10.0**-_FINEST:
        return _FINEST
    exponent = math.floor(math.log10(se))
    leading = se / 10.0**exponent
    digits = -exponent + (1 if round(leading, 1) < 2.0 and exponent < 0 else 0)  # noqa: PLR2004 - PDG rule
    return min(max(digits, 0), _FINEST)


def quantity_text(value: float, se: float, unit: str) -> str:
    """Return ``"31 ± 5°"``: an SI value with its error in the unit shown to people.

    Shares (unit ``"%"``) come as 0-1 and leave as percent.
    """
    if not math.isfinite(value):
        return word("report.status", "not_measured")
    factor = 100.0 if unit == "%" else 1.0
    shown, shown_unit = to_display(value * factor, unit)
    shown_se, _ = to_display(se * factor, unit)
    decimals = decimals_for(shown_se, shown_unit)
    suffix = _SUFFIX.get(shown_unit, f" {shown_unit}")
    text = _plain(shown, decimals)
    if math.isfinite(shown_se) and shown_se > 0.0:
        text = f"{text} ± {_plain(_at_least_one_step(shown_se, decimals), decimals)}"
    return f"{text}{suffix}"


def value_text(measure: Measure, *, with_error: bool = True) -> str:
    """Return a measure as text, ``"not measured"`` when there is no number."""
    if not measure.is_known:
        return word("report.status", "not_measured")
    unit = _unit_shown(measure)
    text = quantity_text(measure.value, measure.se, unit)
    if with_error or " ± " not in text:
        return text
    shown = to_display(0.0, unit)[1]
    return text.split(" ± ")[0] + _SUFFIX.get(shown, f" {shown}")


def interval_text(measure: Measure) -> str:
    """Return the ends of a measure's 90 % interval, ``"24 and 42°"``: in 9 of 10 cases between.

    As fine as the value itself; empty where there is no interval, or no room in it (a count).
    """
    low, high = measure.interval
    if not low < high:
        return ""
    unit = _unit_shown(measure)
    factor = 100.0 if unit == "%" else 1.0
    (low, shown_unit), (high, _), (se, _) = (
        to_display(one * factor, unit) for one in (low, high, measure.se)
    )
    decimals = decimals_for(se, shown_unit)
    suffix = _SUFFIX.get(shown_unit, f" {shown_unit}")
    ends = {"low": _plain(low, decimals), "high": _plain(high, decimals)}
    return say("report.numbers.low_and_high", **ends) + suffix


def percent_text(probability: float) -> str:
    """Return a probability as percent that never claims certainty."""
    if not math.isfinite(probability):
        return word("report.status", "not_measured")
    percent = 100.0 * probability
    if percent < 1.0:
        return say("report.numbers.under_one")
    if percent > 99.0:  # noqa: PLR2004 - one percent from the top
        return say("report.numbers.over_99")
    return f"{percent:.0f} %"


def chance_text(probability: float) -> str:
    """Return the word for a probability, empty when there is none."""
    if not math.isfinite(probability):
        return ""
    return word("report.chance", next(name for floor, name in _CHANCES if probability >= floor))


def _unit_shown(measure: Measure) -> str:
    """Return a measure's SI unit, or percent for a share."""
    is_share = measure.unit == "1" and ("share" in measure.id or "imbalance" in measure.id)
    return "%" if is_share else measure.unit


def _at_least_one_step(se: float, decimals: int) -> float:
    """Return an error that does not round to nothing."""
    return max(se, 10.0**-decimals)


def _plain(number: float, decimals: int) -> str:
    text = f"{abs(number):.{decimals}f}"
    negative = number < 0.0 and float(text) != 0.0
    return f"{_MINUS}{text}" if negative else text
