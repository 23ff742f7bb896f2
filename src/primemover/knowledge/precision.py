"""How precisely a measure can be read, and which change or difference is more than error.

All angles and lengths in SI. For one reading with standard error of measurement SEM

    change between two sessions      1.96 * sqrt(2) * SEM          (minimal detectable change, 95 %)
    difference of two readings       1.96 * sqrt(SEM_a^2 + SEM_b^2)

and a publication's own larger figure wins over the one worked out from its SEM. People who measure
themselves are less precise: their errors are widened by the lay reader's factor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from primemover.knowledge.evidence_rows import MeasureRow, OffsetRow, PrecisionRow, Tag
from primemover.knowledge.loading import load
from primemover.model.measure import Instrument
from primemover.model.units import from_display

__all__ = [
    "SmallestChange",
    "offset_si",
    "precision_of",
    "smallest_change",
    "smallest_difference",
]

# Two-sided points of the normal distribution.
_Z: Final = {90: 1.6449, 95: 1.9600}
_WEAKEST: Final[tuple[Tag, ...]] = ("read", "secondary", "unverified", "default")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestChange:
    """The smallest change between two sessions that is more than measurement error.

    Attributes
    ----------
    kind : ``"mdc"`` when `mdc` is a number; ``"instrument_changed"`` when the two sessions cannot
        be compared; ``"own_error"`` when no publication has a figure, so that only the errors of
        the two readings themselves can tell
    mdc : minimal detectable change at 95 %, SI `unit`; NaN unless `kind` is ``"mdc"``
    unit : SI unit of the measure
    lay : whether it was widened because a lay person measured
    note : how it was found, or how far the instruments are known to differ
    """

    kind: Literal["mdc", "instrument_changed", "own_error"]
    mdc: float
    unit: str
    sources: tuple[str, ...]
    tag: Tag
    lay: bool = False
    note: str = ""


def precision_of(measure_id: str, instrument: Instrument) -> PrecisionRow | None:
    """Return the row of a measure (id or stem) read with an instrument, None when there is none."""
    row = _measure(measure_id)
    if row is None:
        return None
    for precision in load().precision:
        if precision.instrument is instrument and row.id in precision.measures:
            return precision
    return None


def offset_si(measure_id: str, a: Instrument, b: Instrument) -> tuple[float, float] | None:
    """Return (mean, standard error) of what `a` reads more than `b`, SI; None when not known.

    One instrument against itself is (0, 0).
    """
    if a is b:
        return 0.0, 0.0
    row = _offset(measure_id, a, b)
    if row is None:
        return None
    sign = 1.0 if row.pair == (a, b) else -1.0
    return sign * from_display(row.offset, row.unit)[0], from_display(row.se, row.unit)[0]


def smallest_change(
    measure: str,
    instrument_a: Instrument,
    instrument_b: Instrument,
    *,
    by_lay_person: bool = False,
) -> SmallestChange:
    """Return what a change between two sessions must exceed to be more than error.

    Parameters
    ----------
    measure
        Measure id (with its side) or stem; a gap or side difference takes the instrument of its
        parts.
    instrument_a, instrument_b
        What it was read with before and now.
    by_lay_person
        Whether a lay person measured in either session.

    Raises
    ------
    KeyError
        If there is no such measure.
    """
    row = _measure(measure)
    if row is None:
        raise KeyError(measure)
    if instrument_a is not instrument_b:
        return _changed(row, instrument_a, instrument_b)
    if row.derived is not None:
        return _derived_change(row, instrument_a, lay=by_lay_person)
    precision = precision_of(row.id, instrument_a)
    if precision is None:
        return _own_error(row)
    factor = load().lay_reader.factor if by_lay_person else 1.0
    return SmallestChange(
        kind="mdc",
        mdc=factor * _mdc_95_si(precision),
        unit=row.unit,
        sources=_with_lay(precision.sources, lay=by_lay_person),
        tag=_weakest(precision.tag, "default" if by_lay_person else precision.tag),
        lay=by_lay_person,
        note=precision.note,
    )


def smallest_difference(
    measure: str, instrument: Instrument, *, by_lay_person: bool = False
) -> SmallestChange:
    """Return what a gap or side difference of one session must exceed to be more than error.

    Both parts read with `instrument`: 1.96 * sqrt(SEM_a^2 + SEM_b^2), 5.4 to 8.6 deg for hip
    rotation.

    Raises
    ------
    KeyError
        If `measure` is not a difference of two others.
    """
    row = _measure(measure)
    if row is None or row.derived is None or row.derived.kind != "difference":
        raise KeyError(measure)
    change = _derived_change(row, instrument, lay=by_lay_person)
    if change.kind != "mdc":
        return change
    return SmallestChange(
        kind="mdc",
        mdc=change.mdc / math.sqrt(2.0),
        unit=change.unit,
        sources=change.sources,
        tag=change.tag,
        lay=change.lay,
        note=change.note,
    )


def _measure(measure: str) -> MeasureRow | None:
    return load().measure_of_id.get(measure) or load().measures.get(measure)


def _offset(measure_id: str, a: Instrument, b: Instrument) -> OffsetRow | None:
    row = _measure(measure_id)
    for offset in load().offsets:
        if row is not None and row.id in offset.measures and set(offset.pair) == {a, b}:
            return offset
    return None


def _mdc_95_si(precision: PrecisionRow) -> float:
    """Return the larger of the published MDC, brought to 95 %, and the one from the SEM."""
    computed = _Z[95] * math.sqrt(2.0) * precision.sem
    published = (precision.mdc or 0.0) * _Z[95] / _Z[precision.mdc_level]
    return from_display(max(computed, published), precision.unit)[0]


def _derived_change(row: MeasureRow, instrument: Instrument, *, lay: bool) -> SmallestChange:
    """Return the change of a difference: both parts err, independently of each other."""
    if row.derived is None or row.derived.kind != "difference":
        return _own_error(row)
    stems = [part.format(side="left", other="right") for part in row.derived.of]
    parts = [smallest_change(stem, instrument, instrument, by_lay_person=lay) for stem in stems]
    if any(part.kind != "mdc" for part in parts):
        return _own_error(row)
    return SmallestChange(
        kind="mdc",
        mdc=math.hypot(*(part.mdc for part in parts)),
        unit=row.unit,
        sources=tuple(dict.fromkeys(key for part in parts for key in part.sources)),
        tag=_weakest(*(part.tag for part in parts)),
        lay=lay,
        note="Worked out from the errors of its two parts.",
    )


def _changed(row: MeasureRow, a: Instrument, b: Instrument) -> SmallestChange:
    offset = _offset(row.id, a, b)
    known = load().unknown_offset
    return SmallestChange(
        kind="instrument_changed",
        mdc=math.nan,
        unit=row.unit,
        sources=known.sources if offset is None else offset.sources,
        tag=known.tag if offset is None else _weakest(offset.tag, offset.se_tag),
        note=known.note if offset is None else offset.note,
    )


def _own_error(row: MeasureRow) -> SmallestChange:
    return SmallestChange(
        kind="own_error",
        mdc=math.nan,
        unit=row.unit,
        sources=("project_default",),
        tag="default",
        note="No publication gives a figure; the errors of the two readings decide.",
    )


def _with_lay(sources: tuple[str, ...], *, lay: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*sources, *load().lay_reader.sources))) if lay else sources


def _weakest(*tags: Tag) -> Tag:
    return max(tags, key=_WEAKEST.index)
