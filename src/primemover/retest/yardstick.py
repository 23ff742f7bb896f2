"""How far two readings of the same thing may lie apart without any change in the person.

For two sessions with errors se1 and se2

    sd of the change = max( sqrt(se1^2 + se2^2 + day^2),  MDC / 1.96 )
    MDC95            = 1.96 * sd of the change

`day` is how far a person differs from day to day (retest.toml; for films, and for what has no
published MDC), MDC the published smallest
detectable change of the measure with its instrument (`knowledge.precision`), 1.96 * sqrt(2) * SEM
where only a SEM is known. Deviation from the textbook: the larger of both counts, so that few or
scattered trials can make a change less sure and never surer. Errors of two sessions are taken as
independent; what is the same in both (build, clothes, camera place) cancels in truth, so this errs
to the careful side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from primemover.knowledge.evidence_rows import MeasureRow
from primemover.knowledge.loading import load
from primemover.knowledge.precision import SmallestChange, smallest_change
from primemover.model.measure import Instrument, Measure
from primemover.model.retest import Visit
from primemover.model.units import from_display

__all__ = ["Z95", "Yardstick", "known", "read_with", "yardstick"]

Z95: Final = 1.96
"""97.5th percentile of the normal distribution: 95 % lie within as many standard deviations."""
_Z: Final = {90: 1.645, 95: Z95}
_LIFT_GROUPS: Final = frozenset({"deadlift", "mechanics"})
_FORCES: Final = "mechanics"
_NOT_READ_BY_HAND: Final = frozenset({Instrument.VIDEO, Instrument.DERIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a change of one measure between two sessions is held against.

    Attributes
    ----------
    obstacle : "" when the two can be compared, else ``"instrument"``, ``"network"``,
        ``"variant"`` or ``"load"``
    se : standard deviation of the change in somebody who did not change, SI; NaN = not known
    mdc : 1.96 `se`, SI
    is_published : whether a published figure decides, and not the errors of the two readings
    day_known : whether day-to-day variation is part of it
    lay : whether a lay person read it in either session
    """

    obstacle: str
    se: float
    mdc: float
    is_published: bool
    day_known: bool
    lay: bool
    tag: str
    sources: tuple[str, ...]
    note: str


def known(visit: Visit, measure_id: str) -> Measure | None:
    """Return a measure of a visit, None where it is not known."""
    measure = visit.measures.get(measure_id)
    return measure if measure is not None and measure.is_known else None


def read_with(visit: Visit, measure_id: str) -> tuple[Instrument, ...]:
    """Return what a known measure was read with: of its parts, in order, where it is derived."""
    measure = known(visit, measure_id)
    if measure is None:
        return ()
    parts = [known(visit, part) for part in _parts(measure_id)]
    if measure.instrument is not Instrument.DERIVED or not parts or None in parts:
        return (measure.instrument,)
    return tuple(part.instrument for part in parts if part is not None)


def yardstick(measure_id: str, earlier: Visit, later: Visit) -> Yardstick:
    """Return what a change of a measure known in both visits is held against.

    Raises
    ------
    KeyError
        If there is no such measure, or one of the visits does not have it.
    """
    row = load().measure_of_id[measure_id]
    before, after = earlier.measures[measure_id], later.measures[measure_id]
    lay = _is_lay(measure_id, earlier) or _is_lay(measure_id, later)
    published = _published(row, measure_id, (earlier, later), lay=lay)
    day = _day_sd(row, read_with(later, measure_id), published)
    own = math.sqrt(before.se**2 + after.se**2 + day**2)
    floor = published.mdc / Z95
    se = max((one for one in (own, floor) if math.isfinite(one)), default=math.nan)
    decides = math.isfinite(floor) and not own > floor
    return Yardstick(
        obstacle=_obstacle(row, measure_id, earlier, later),
        se=se,
        mdc=Z95 * se,
        is_published=decides,
        day_known=day > 0.0 or math.isfinite(floor),
        lay=lay,
        tag=published.tag,
        sources=_sources(row, published, day),
        note=published.note,
    )


def _parts(measure_id: str) -> tuple[str, ...]:
    row = load().measure_of_id[measure_id]
    if row.derived is None:
        return ()
    side = next((one for one in ("left", "right") if measure_id.endswith(f"_{one}")), "")
    other = {"left": "right", "right": "left"}.get(side, "")
    return tuple(part.format(side=side, other=other) for part in row.derived.of)


def _published(
    row: MeasureRow, measure_id: str, visits: tuple[Visit, Visit], *, lay: bool
) -> SmallestChange:
    """Return the published smallest change; the instruments are taken as the later ones."""
    tools = set(read_with(visits[1], measure_id))
    tool = tools.pop() if len(tools) == 1 else Instrument.DERIVED
    return smallest_change(row.id, tool, tool, by_lay_person=lay)


def _is_lay(measure_id: str, visit: Visit) -> bool:
    """Return whether a lay person read it; a typed-in value of unknown reader is taken as such."""
    ids = {measure_id, *_parts(measure_id)}
    if visit.read_by_lay is not None:
        return not ids.isdisjoint(visit.read_by_lay)
    return not _NOT_READ_BY_HAND.issuperset(read_with(visit, measure_id))


def _day_sd(row: MeasureRow, tools: tuple[Instrument, ...], published: SmallestChange) -> float:
    """Return the standard deviation of a change from day to day, SI; 0 = none known or needed.

    Published figures of typed-in readings have it in them; films and derived shares do not.
    """
    if Instrument.VIDEO not in tools and published.kind == "mdc":
        return 0.0
    for day in load().days:
        if row.id in day.measures:
            return from_display(day.mdc, day.unit)[0] / _Z[day.mdc_level]
    return 0.0


def _obstacle(row: MeasureRow, measure_id: str, earlier: Visit, later: Visit) -> str:
    tools = read_with(earlier, measure_id), read_with(later, measure_id)
    if tools[0] != tools[1]:
        return "instrument"
    networks = {earlier.network, later.network}
    if Instrument.VIDEO in tools[1] and len(networks) > 1 and "" not in networks:
        return "network"
    variants = {earlier.lift.variant, later.lift.variant}
    if row.group in _LIFT_GROUPS and len(variants) > 1 and None not in variants:
        return "variant"
    return "load" if row.group == _FORCES and _other_load(earlier, later) else ""


def _other_load(earlier: Visit, later: Visit) -> bool:
    masses = earlier.lift.bar_mass_kg, later.lift.bar_mass_kg
    if masses[0] is None or masses[1] is None:
        return False
    return abs(masses[1] - masses[0]) > load().retest_rules.load_share * max(masses[0], masses[1])


def _sources(row: MeasureRow, published: SmallestChange, day: float) -> tuple[str, ...]:
    daily = [one.sources for one in load().days if row.id in one.measures] if day > 0.0 else []
    listed = (*published.sources, *(key for keys in daily for key in keys))
    return tuple(dict.fromkeys(listed))
