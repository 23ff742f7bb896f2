"""Rows about the parts of a body: their shares of its mass, their centres, how hard they turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from primemover.errors import PrimeMoverError
from primemover.knowledge.evidence_rows import SourceRow, Tag
from primemover.knowledge.loading import read_rows
from primemover.model.person import Sex

__all__ = [
    "BodyRow",
    "LandmarkRow",
    "Part",
    "SegmentRow",
    "SegmentTable",
    "TableId",
    "TableRow",
    "segment_table",
]

TableId = Literal["de_leva", "winter", "dumas"]
Part = Literal[
    "foot",
    "shank",
    "thigh",
    "pelvis",
    "lumbar",
    "chest",
    "head",
    "upper_arm",
    "forearm",
    "hand",
]
"""A part of the body; limbs are one side's."""
_TRUNK: Final = ("pelvis", "lumbar", "chest")
_PARTS: Final = 10
_FILE: Final = "segments"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A published table of segment inertia."""

    id: TableId
    label: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkRow:
    """Where a landmark lies on an axis: 0 at its low end in standing, 1 at its high end.

    `axis` is a part, or ``"trunk"`` for the line from mid-hip to mid-shoulder; the foot's runs
    from heel to toe. `ahead` is how far the landmark lies in front of the axis, in lengths of it.
    Without `table` or `sex` the row holds for all of them.
    """

    axis: str
    name: str
    level: float
    sources: tuple[str, ...]
    tag: Tag
    ahead: float = 0.0
    table: TableId | None = None
    sex: Sex | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """Segment lengths of a table's reference people, metres, to be scaled by stature.

    `trunk_m` is mid-hip to mid-shoulder, `head_m` lower neck to vertex, `hand_m` wrist to
    knuckles, `foot_m` heel to toe, `ankle_height_m` the ankle's axis above the sole.
    """

    table: TableId
    sex: Sex
    stature_m: float
    foot_m: float
    ankle_height_m: float
    shank_m: float
    thigh_m: float
    trunk_m: float
    head_m: float
    upper_arm_m: float
    forearm_m: float
    hand_m: float
    sources: tuple[str, ...]
    tag: Tag
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """Inertia of one part as its table publishes it.

    Attributes
    ----------
    mass : share of the body's mass, one side for limbs
    start, end : landmarks between which `com` and `gyration` are given
    com : centre of mass from `start` towards `end`, in lengths start-end
    gyration : radius of gyration about the centre for turning in the sagittal plane, likewise
    """

    table: TableId
    sex: Sex
    part: Part
    mass: float
    start: str
    end: str
    com: float
    gyration: float
    sources: tuple[str, ...]
    tag: Tag
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentTable:
    """One table for one sex, with every landmark its rows speak of.

    Attributes
    ----------
    segments : part -> row
    landmarks : (axis, landmark) -> row
    sources : key -> source, of all tables
    """

    table: TableRow
    sex: Sex
    body: BodyRow
    segments: dict[Part, SegmentRow]
    landmarks: dict[tuple[str, str], LandmarkRow]
    sources: dict[str, SourceRow]

    def level(self, axis: str, landmark: str) -> float:
        """Return where a landmark lies on its axis."""
        return self.landmarks[axis, landmark].level

    def ahead(self, axis: str, landmark: str) -> float:
        """Return how far a landmark lies in front of its axis, in lengths of the axis."""
        return self.landmarks[axis, landmark].ahead


@lru_cache(maxsize=8)
def segment_table(table: TableId = "de_leva", *, sex: Sex = Sex.MALE) -> SegmentTable:
    """Return a segment table for one sex, read and checked on its first call.

    Raises
    ------
    PrimeMoverError
        If the file breaks its schema, a part is missing or twice there, or a row cites a source
        or a landmark that is not in the file.
    """
    sources = {row.key: row for row in read_rows(_FILE, "source", SourceRow)}
    tables = {row.id: row for row in read_rows(_FILE, "table", TableRow)}
    bodies = [
        row for row in read_rows(_FILE, "body", BodyRow) if row.table == table and row.sex is sex
    ]
    segments = tuple(
        row
        for row in read_rows(_FILE, "segment", SegmentRow)
        if row.table == table and row.sex is sex
    )
    parts = {row.part for row in segments}
    if len(bodies) != 1 or not len(parts) == len(segments) == _PARTS:
        raise PrimeMoverError(f"Knowledge file {_FILE}.toml is not complete for {table}, {sex}.")
    found = SegmentTable(
        table=tables[table],
        sex=sex,
        body=bodies[0],
        segments={row.part: row for row in segments},
        landmarks=_landmarks(table, sex),
        sources=sources,
    )
    faults = tuple(_problems(found))
    if faults:
        raise PrimeMoverError(f"Knowledge file {_FILE}.toml disagrees: {'; '.join(faults)}.")
    return found


def _landmarks(table: TableId, sex: Sex) -> dict[tuple[str, str], LandmarkRow]:
    """Return the landmarks that hold for a table and sex; the more particular row wins."""
    rows = [
        row
        for row in read_rows(_FILE, "landmark", LandmarkRow)
        if row.table in {None, table} and row.sex in {None, sex}
    ]
    rows.sort(key=lambda row: (row.table is not None) + (row.sex is not None))
    return {(row.axis, row.name): row for row in rows}


def _problems(table: SegmentTable) -> Iterator[str]:
    for part, row in table.segments.items():
        axis = "trunk" if part in _TRUNK else part
        for name in (row.start, row.end):
            if (axis, name) not in table.landmarks:
                yield f"{part} speaks of {name}, which is not on the axis {axis}"
        for key in row.sources:
            if key not in table.sources:
                yield f"{part} cites {key}, which is not among the sources"
