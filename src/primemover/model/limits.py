"""What a person, a bar and a plate can be: the limits of everything typed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primemover.model.units import parse_quantity

__all__ = ["AGE_YEARS", "LIMITS", "Limit", "typed_quantity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The closed range of a typed quantity, in SI `dimension`."""

    name: str
    dimension: str
    low: float
    high: float


# Wide enough for every lifter: the heaviest recorded human had about 635 kg and could not lift;
# the heaviest deadlift on record is 510 kg. A plate of 450 mm is the competition standard (IWF,
# IPF). The other limits are engineering defaults.
LIMITS: Final[dict[str, Limit]] = {
    "body_mass": Limit(name="Body mass", dimension="kg", low=20.0, high=350.0),
    "height": Limit(name="Height", dimension="m", low=1.0, high=2.5),
    "bar_mass": Limit(name="Bar mass", dimension="kg", low=0.1, high=600.0),
    "plate_diameter": Limit(name="Plate diameter", dimension="m", low=0.2, high=0.5),
}
AGE_YEARS: Final = (5.0, 110.0)


def typed_quantity(kind: str, text: str | float | None, *, name: str = "") -> float | None:
    """Return a typed quantity in SI, None when it was not given.

    Parameters
    ----------
    kind
        A key of `LIMITS`.
    text
        Such as ``"82.5kg"``, ``"176 lb"`` or ``"5'11"``.
    name
        What to call it in the error's sentence, e.g. its place in a file.

    Raises
    ------
    UnknownUnitError
        If the unit is missing or unknown, or the number can be read in two ways.
    OutOfRangeError
        If the value cannot be.
    """
    if text is None:
        return None
    limit = LIMITS[kind]
    return parse_quantity(
        text, dimension=limit.dimension, low=limit.low, high=limit.high, name=name or limit.name
    )
