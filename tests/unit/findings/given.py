"""Measures written as people read them: ``given(hip_rotation_passive_left=(30, 2))``."""

from __future__ import annotations

from collections.abc import Mapping

from primemover.findings import complete
from primemover.knowledge import load
from primemover.model.measure import Instrument, Measure, Side
from primemover.model.units import DISPLAY_UNIT

__all__ = ["given", "given_all"]


def given(**values: tuple[float, float]) -> dict[str, Measure]:
    """Return measures from (value, standard error) in the units shown to people."""
    return given_all(values)


def given_all(values: Mapping[str, tuple[float, float]]) -> dict[str, Measure]:
    """Return the same, from a mapping, with everything that follows derived."""
    found = {}
    for name, (value, se) in values.items():
        unit = load().measure_of_id[name].unit
        factor = DISPLAY_UNIT.get(unit, ("", 1.0))[1]
        side = next((s for s in (Side.LEFT, Side.RIGHT) if name.endswith(s.value)), Side.NONE)
        found[name] = Measure(
            id=name,
            value=value / factor,
            se=se / factor,
            unit=unit,
            side=side,
            instrument=Instrument.INCLINOMETER,
            repeats=1,
        )
    return complete(found)
