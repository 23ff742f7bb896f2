"""Units: what the code computes in, what people read and what they type.

Inside, everything is SI and radians. `to_display` is the single way out, `parse_quantity` the
single way in.
"""

from __future__ import annotations

import math
import re
from typing import Final

from primemover.errors import OutOfRangeError, UnknownUnitError

__all__ = ["DISPLAY_UNIT", "from_display", "parse_quantity", "to_display"]

# SI unit -> (unit shown to people, factor)
DISPLAY_UNIT: Final[dict[str, tuple[str, float]]] = {
    "rad": ("deg", 180.0 / math.pi),
    "rad/s": ("deg/s", 180.0 / math.pi),
    "m": ("cm", 100.0),
    "weight": ("%", 100.0),  # a force, as a part of the whole weight of body and load
}

# unit a person types -> (dimension, factor to SI). Pound and inch are exact by definition
# (international yard and pound agreement, 1959).
_TYPED: Final[dict[str, tuple[str, float]]] = {
    "kg": ("kg", 1.0),
    "lb": ("kg", 0.453_592_37),
    "lbs": ("kg", 0.453_592_37),
    "m": ("m", 1.0),
    "cm": ("m", 0.01),
    "mm": ("m", 0.001),
    "in": ("m", 0.0254),
    "ft": ("m", 0.3048),
    "deg": ("rad", math.pi / 180.0),
    "°": ("rad", math.pi / 180.0),
    "rad": ("rad", 1.0),
    "s": ("s", 1.0),
    "min": ("s", 60.0),
    "reps": ("1", 1.0),
}
_QUANTITY = re.compile(r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*([A-Za-z°\"']*)\s*$")
_GROUPED = re.compile(r"^\s*[+-]?[1-9]\d{0,2},\d{3}(?!\d)")  # 1,000: a thousand, or one
_FEET_INCHES = re.compile(r"^\s*(\d+)\s*(?:ft|')\s*(\d+(?:\.\d+)?)\s*(?:in|\"|'')?\s*$")


def to_display(value: float, unit: str) -> tuple[float, str]:
    """Return `value` of SI `unit` in the unit shown to people, with that unit."""
    shown, factor = DISPLAY_UNIT.get(unit, (unit, 1.0))
    return value * factor, shown


def from_display(value: float, unit: str) -> tuple[float, str]:
    """Return a value in any known unit as SI, with the SI unit.

    Raises
    ------
    UnknownUnitError
        If the unit is not known.
    """
    if unit in {"1", "", "s", "N", "N·m"} | set(DISPLAY_UNIT):
        return value, unit or "1"
    for si_unit, (shown, factor) in DISPLAY_UNIT.items():
        if unit == shown:
            return value / factor, si_unit
    if unit not in _TYPED:
        raise UnknownUnitError(f"Unknown unit {unit!r}; known are {', '.join(_known())}.")
    dimension, factor = _TYPED[unit]
    return value * factor, dimension


def parse_quantity(
    text: str | float, *, dimension: str, low: float, high: float, name: str
) -> float:
    """Return a typed quantity such as ``"176lb"``, ``"180 cm"`` or ``"5'11"`` in SI.

    Parameters
    ----------
    text
        What the person typed; a bare number is an error, because kg and lb look alike.
    dimension
        The SI unit wanted: ``"kg"``, ``"m"``, ``"rad"``, ``"s"`` or ``"1"``.
    low, high
        The closed range, in SI, that a real value can have.
    name
        What the quantity is, for the error's sentence.

    Raises
    ------
    UnknownUnitError
        If the unit is missing, unknown or of another dimension.
    OutOfRangeError
        If the value cannot be.
    """
    value = _to_si(str(text), dimension=dimension, name=name)
    if not (math.isfinite(value) and low <= value <= high):
        raise OutOfRangeError(
            f"{name} of {text} is outside {low:g} to {high:g} {dimension}; check number and unit."
        )
    return value


def _to_si(text: str, *, dimension: str, name: str) -> float:
    feet = _FEET_INCHES.match(text)
    if feet and dimension == "m":
        return float(feet[1]) * 0.3048 + float(feet[2]) * 0.0254
    match = _QUANTITY.match(text)
    if _GROUPED.match(text):
        raise UnknownUnitError(
            f"{name}: {text!r} can be read in two ways; write it without a comma."
        )
    units = ", ".join(unit for unit, (kind, _) in _TYPED.items() if kind == dimension)
    if match is None:
        raise UnknownUnitError(f"{name}: cannot read {text!r}; write a number and one of {units}.")
    unit = match[2] or ("reps" if dimension == "1" else "")
    kind, factor = _TYPED.get(unit, ("", 0.0))
    if kind != dimension:
        raise UnknownUnitError(f"{name}: {text!r} needs a unit, one of {units}.")
    return float(match[1].replace(",", ".")) * factor


def _known() -> list[str]:
    return sorted(set(_TYPED) | {shown for shown, _ in DISPLAY_UNIT.values()})
