"""The muscle table: rows as they are written, and the arrays that are computed with.

Where the numbers come from, and how far the fits miss them: docs/muscle-geometry.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np

from primemover.errors import PrimeMoverError
from primemover.knowledge.evidence_rows import SourceRow
from primemover.knowledge.loading import read_rows
from primemover.model.arrays import Floats, Ints, frozen

__all__ = [
    "ANGLES",
    "FRONTAL_DEGREE",
    "PATH_DEGREE",
    "Angle",
    "Elements",
    "GroupRow",
    "LegRow",
    "ModelRow",
    "MuscleTable",
    "RangeRow",
    "StrandRow",
    "exponents",
    "muscle_table",
]

Angle = Literal["hip", "knee", "ankle", "lumbar"]
ANGLES: Final[tuple[Angle, ...]] = ("hip", "knee", "ankle", "lumbar")
PATH_DEGREE: Final = 5
FRONTAL_DEGREE: Final = 4
"""Total degrees of the table's polynomials: of paths, and of everything else."""
_FILE: Final = "muscle_geometry"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """Where a part of the table was taken from, under which terms, and its reference person."""

    part: Literal["leg", "trunk"]
    file: str
    version: str
    licence: str
    taken: str
    mass_kg: float
    stature_m: float
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """The range of an angle in which the table holds; outside it the nearer end is used."""

    angle: Angle
    low_deg: float
    high_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A muscle group; `felt` is its muscle in the protocol's felt map, "" if it has none."""

    id: str
    label: str
    felt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRow:
    """A muscle of one leg; coefficients in metres, see the head of the file."""

    id: str
    group: str
    max_force_n: float
    optimal_fibre_m: float
    tendon_slack_m: float
    pennation_rad: float
    spans: tuple[Literal["hip", "knee", "ankle"], ...]
    length_m: tuple[float, ...]
    held: str
    abduction_m: tuple[float, ...] = ()
    rotation_m: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandRow:
    """A strand of one side of the trunk; coefficients over lumbar flexion."""

    id: str
    group: str
    max_force_n: float
    optimal_fibre_m: float
    tendon_slack_m: float
    pennation_rad: float
    length_m: tuple[float, ...]
    l5s1_m: tuple[float, ...]
    t12l1_m: tuple[float, ...]
    forward: tuple[float, ...]
    up: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """Muscle elements, K of one side, with their polynomials over a common set of monomials.

    Attributes
    ----------
    ids : K names
    group : (K,) int array, index into the table's groups
    max_force_n, optimal_fibre_m, tendon_slack_m, pennation_rad : (K,) arrays
    angles : the V angles the monomials are made of
    powers : (B, V) int array, exponents of the monomials
    outputs : what the polynomials give, e.g. ``"length_m"``, ``"hip_m"``
    coefficients : (outputs, K, B) array
    mass_kg, stature_m : the person the numbers belong to
    """

    ids: tuple[str, ...]
    group: Ints
    max_force_n: Floats
    optimal_fibre_m: Floats
    tendon_slack_m: Floats
    pennation_rad: Floats
    angles: tuple[Angle, ...]
    powers: Ints
    outputs: tuple[str, ...]
    coefficients: Floats
    mass_kg: float
    stature_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleTable:
    """Everything the file holds.

    Attributes
    ----------
    groups : in the order that `Elements.group` counts
    leg : outputs length_m, hip_m, knee_m, ankle_m (extensor, plantarflexor +), abduction_m
        (abductor +), rotation_m (external rotator +)
    trunk : outputs length_m, lumbar_m (slope of the length by lumbar flexion), l5s1_m, t12l1_m
        (extensor +), forward and up (pull on the spine, 1, X and Y of the pelvis)
    range_rad : angle -> lowest and highest value
    models, sources : provenance
    """

    groups: tuple[GroupRow, ...]
    leg: Elements
    trunk: Elements
    range_rad: dict[Angle, tuple[float, float]]
    models: tuple[ModelRow, ...]
    sources: tuple[SourceRow, ...]

    def index(self, group: str) -> int:
        """Return a group's place.

        Raises
        ------
        ValueError
            If there is no such group.
        """
        return [row.id for row in self.groups].index(group)


def exponents(variables: int, degree: int) -> Ints:
    """Return the exponents of all monomials up to a total degree, (B, variables)."""
    grid = np.indices((degree + 1,) * variables).reshape(variables, -1).T
    return np.asarray(grid[grid.sum(axis=1) <= degree], dtype=np.int64)


@lru_cache(maxsize=1)
def muscle_table() -> MuscleTable:
    """Return the muscle table, read and checked on the first call.

    Raises
    ------
    PrimeMoverError
        If the file breaks its schema, repeats an id, names an unknown group or source, or a
        polynomial has not as many coefficients as its degree asks for.
    """
    ranges = read_rows(_FILE, "range", RangeRow)
    groups = read_rows(_FILE, "group", GroupRow)
    models = {row.part: row for row in read_rows(_FILE, "model", ModelRow)}
    sources = read_rows(_FILE, "source", SourceRow)
    legs = read_rows(_FILE, "leg", LegRow)
    strands = read_rows(_FILE, "strand", StrandRow)
    names = [row.id for row in groups]
    faults = _problems(names, legs, strands)
    keys = {row.key for row in sources}
    faults += [f"{m.file} cites {k}" for m in models.values() for k in m.sources if k not in keys]
    if {row.angle for row in ranges} != set(ANGLES) or set(models) != {"leg", "trunk"}:
        faults.append("a range or a model is missing")
    if faults:
        raise PrimeMoverError(f"Knowledge file {_FILE}.toml disagrees: {'; '.join(faults)}.")
    range_rad: dict[Angle, tuple[float, float]] = {
        row.angle: (float(np.radians(row.low_deg)), float(np.radians(row.high_deg)))
        for row in ranges
    }
    return MuscleTable(
        groups=groups,
        leg=_leg_elements(legs, names, models["leg"], range_rad),
        trunk=_trunk_elements(strands, names, models["trunk"], range_rad),
        range_rad=range_rad,
        models=tuple(models.values()),
        sources=sources,
    )


def _problems(
    groups: list[str], legs: tuple[LegRow, ...], strands: tuple[StrandRow, ...]
) -> list[str]:
    ids = [*groups, *(row.id for row in legs), *(row.id for row in strands)]
    faults = [f"{name} is there twice" for name in sorted(set(ids)) if ids.count(name) > 1]
    of = [(row.id, row.group) for row in legs] + [(row.id, row.group) for row in strands]
    faults += [f"{name} is of no group" for name, group in of if group not in groups]
    for row in legs:
        frontal = len(exponents(len(row.spans), FRONTAL_DEGREE)) if "hip" in row.spans else 0
        wanted = (len(exponents(len(row.spans), PATH_DEGREE)), frontal, frontal)
        if (len(row.length_m), len(row.abduction_m), len(row.rotation_m)) != wanted:
            faults.append(f"{row.id} has not as many coefficients as its degree asks for")
    for strand in strands:
        curves = (strand.l5s1_m, strand.t12l1_m, strand.forward, strand.up)
        lengths = {len(curve) for curve in curves}
        if len(strand.length_m) != PATH_DEGREE + 1 or lengths != {FRONTAL_DEGREE + 1}:
            faults.append(f"{strand.id} has not as many coefficients as its degree asks for")
    return faults


def _leg_elements(
    rows: tuple[LegRow, ...],
    groups: list[str],
    model: ModelRow,
    range_rad: dict[Angle, tuple[float, float]],
) -> Elements:
    angles: tuple[Angle, ...] = ("hip", "knee", "ankle")
    every = exponents(len(angles), PATH_DEGREE)
    paths, abduction, rotation = (np.zeros((len(rows), len(every))) for _ in range(3))
    for k, row in enumerate(rows):
        spans = [angles.index(span) for span in row.spans]
        _place(paths[k], every, spans, row.length_m, PATH_DEGREE)
        if row.abduction_m:
            _place(abduction[k], every, spans, row.abduction_m, FRONTAL_DEGREE)
            _place(rotation[k], every, spans, row.rotation_m, FRONTAL_DEGREE)
    slopes = [_slope(paths, every, v, range_rad[angle]) for v, angle in enumerate(angles)]
    stack = np.stack([paths, *slopes, abduction, rotation])
    used = np.abs(stack).max(axis=(0, 1)) > 0.0
    outputs = ("length_m", "hip_m", "knee_m", "ankle_m", "abduction_m", "rotation_m")
    return Elements(
        angles=angles,
        powers=frozen(every[used], np.int64),
        outputs=outputs,
        coefficients=frozen(stack[:, :, used]),
        **_parameters(rows, groups, model),
    )


def _trunk_elements(
    rows: tuple[StrandRow, ...],
    groups: list[str],
    model: ModelRow,
    range_rad: dict[Angle, tuple[float, float]],
) -> Elements:
    every = exponents(1, PATH_DEGREE)
    paths = np.array([row.length_m for row in rows])
    curves = [
        np.array([[*getattr(row, key), 0.0] for row in rows])
        for key in ("l5s1_m", "t12l1_m", "forward", "up")
    ]
    return Elements(
        angles=("lumbar",),
        powers=frozen(every, np.int64),
        outputs=("length_m", "lumbar_m", "l5s1_m", "t12l1_m", "forward", "up"),
        coefficients=frozen(
            np.stack([paths, _slope(paths, every, 0, range_rad["lumbar"]), *curves])
        ),
        **_parameters(rows, groups, model),
    )


def _place(
    row: Floats, every: Ints, spans: list[int], coefficients: tuple[float, ...], degree: int
) -> None:
    """Write a polynomial of some angles into a row over the monomials of all angles."""
    own = exponents(len(spans), degree)
    wide = np.zeros((len(own), every.shape[1]), dtype=np.int64)
    wide[:, spans] = own
    for powers, value in zip(wide, coefficients, strict=True):
        row[int(np.flatnonzero((every == powers).all(axis=1))[0])] = value


def _slope(paths: Floats, every: Ints, variable: int, ends: tuple[float, float]) -> Floats:
    """Return the coefficients of the paths' slopes by one angle in radians."""
    half = (ends[1] - ends[0]) / 2.0
    slopes = np.zeros_like(paths)
    for index, powers in enumerate(every):
        if powers[variable] == 0:
            continue
        lower = powers.copy()
        lower[variable] -= 1
        target = int(np.flatnonzero((every == lower).all(axis=1))[0])
        slopes[:, target] += paths[:, index] * powers[variable] / half
    return slopes


def _parameters(
    rows: tuple[LegRow, ...] | tuple[StrandRow, ...], groups: list[str], model: ModelRow
) -> dict[str, Any]:
    return {
        "ids": tuple(row.id for row in rows),
        "group": frozen([groups.index(row.group) for row in rows], np.int64),
        "max_force_n": frozen([row.max_force_n for row in rows]),
        "optimal_fibre_m": frozen([row.optimal_fibre_m for row in rows]),
        "tendon_slack_m": frozen([row.tendon_slack_m for row in rows]),
        "pennation_rad": frozen([row.pennation_rad for row in rows]),
        "mass_kg": model.mass_kg,
        "stature_m": model.stature_m,
    }
