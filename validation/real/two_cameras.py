"""The same set filmed at once from the side and obliquely: clock, instants, and a stress test.

The oblique film is refused, so the product says no angle of it. What the side reading of it would
be is worked out here all the same, with errors widened for the camera's place, to see whether the
stated intervals would have held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.exam.lift_curves import heights
from primemover.exam.lift_measures import LIFT_MEASURES
from primemover.model.arrays import Floats, frozen
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.model.trial import Trial
from primemover.outline.angles import tangents
from validation.real.again import (
    Angles,
    Look,
    beyond_limits,
    corrected_angles,
    counted_from,
    look_of,
    measured,
)
from validation.real.clips import HELD, OBLIQUE, RealFilm
from validation.real.repeating import values_of
from validation.real.standing import standing_of

__all__ = [
    "CENTRAL_90",
    "INSTANTS",
    "Clocks",
    "Compared",
    "Instant",
    "TwoCameras",
    "foreshortened",
    "oblique_as_side",
    "two_cameras",
    "widened_for_yaw",
]

INSTANTS: Final = {
    "bottom_s": "bottom",
    "knee_pass_s": "knee pass",
    "lockout_s": "lockout",
    "lowering_s": "start of lowering",
}
SPANS: Final = {
    "pull": ("lift_off_s", "lockout_s"),
    "time at the top": ("lockout_s", "lowering_s"),
}
CENTRAL_90: Final = 1.6449  # standard errors either side that hold 90 % of a normal error
_LAG_S: Final = 1.0  # the two films are taken to have begun within this of each other
_LAG_STEP_S: Final = 1.0 / 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """How far one film's clock is ahead of the other's, from the height of the shoulders."""

    offset_s: float
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """One instant or span of every repetition in both films, oblique minus side, seconds."""

    what: str
    mean_s: float
    largest_s: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One measure read in both films, means over the repetitions, SI units.

    Attributes
    ----------
    side, side_se, oblique, oblique_se : NaN = not measured
    held : share of the repetitions whose 90 % intervals overlap
    """

    measure: str
    unit: str
    side: float
    side_se: float
    oblique: float
    oblique_se: float
    held: float

    @property
    def overlap(self) -> bool:
        """Whether the 90 % intervals of the two means overlap."""
        apart = abs(self.oblique - self.side)
        return bool(apart <= CENTRAL_90 * (self.side_se + self.oblique_se))

    @property
    def agree(self) -> bool:
        """Whether the difference lies within its own 90 % interval: the stricter question."""
        return abs(self.in_errors) <= CENTRAL_90

    @property
    def in_errors(self) -> float:
        """Return the difference in standard errors of a difference."""
        return (self.oblique - self.side) / float(np.hypot(self.side_se, self.oblique_se))


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoCameras:
    """The comparison; `side` and `oblique` are what the product says."""

    side: Trial
    oblique: Trial
    clocks: Clocks
    instants: tuple[Instant, ...]
    stressed: tuple[Compared, ...]


def two_cameras(films: Mapping[str, RealFilm]) -> TwoCameras | None:
    """Return the comparison, None without both films."""
    side, oblique = (films[name].trial if name in films else None for name in (HELD, OBLIQUE))
    if side is None or oblique is None:
        return None
    seen, turned, stressed = look_of(side), look_of(oblique), oblique_as_side(films)
    if seen is None or turned is None or stressed is None:
        return None
    clocks = _clocks(seen, turned)
    return TwoCameras(
        side=side,
        oblique=oblique,
        clocks=clocks,
        instants=_instants(side.repetitions, oblique.repetitions, clocks.offset_s),
        stressed=_stressed(side, stressed),
    )


def oblique_as_side(films: Mapping[str, RealFilm]) -> Look | None:
    """Return the oblique film's look as if it were a side film's, None without both films.

    It is counted from the seconds of standing that the side film is counted from.
    """
    side, oblique = (films[name].trial if name in films else None for name in (HELD, OBLIQUE))
    seen = look_of(side) if side is not None else None
    turned = look_of(oblique) if oblique is not None else None
    if seen is None or turned is None:
        return None
    return _same_standing(seen, beyond_limits(turned), _clocks(seen, turned).offset_s)


def foreshortened(inclination_rad: Floats, yaw_rad: float) -> Floats:
    """Return how a segment of the sagittal plane leans in a picture taken that far off the side."""
    seen: Floats = np.arctan2(np.sin(inclination_rad) * np.cos(yaw_rad), np.cos(inclination_rad))
    return seen


def widened_for_yaw(angles: dict[str, Series], yaw_rad: float) -> dict[str, Series]:
    """Return curves whose outline angles carry what projection alone may have done to them.

    Landmark angles know the yaw already (`kinematics.errors`); the outline's do not, because the
    product refuses it from 15 deg on. What a turned body's outline shows instead of the spine is
    not in it.
    """
    trunk_parts = {
        "pelvis": angles["pelvis_inclination"].value,
        "chest": angles["pelvis_inclination"].value + angles["lumbar_flexion"].value,
    }
    trunk_parts["upper"] = trunk_parts["chest"] + angles["thoracic_flexion"].value
    trunk_parts["thigh"] = trunk_parts["pelvis"] - angles["hip_flexion"].value
    lost = {name: value - foreshortened(value, yaw_rad) for name, value in trunk_parts.items()}
    more = {
        "pelvis_inclination": lost["pelvis"],
        "lumbar_flexion": lost["chest"] - lost["pelvis"],
        "thoracic_flexion": lost["upper"] - lost["chest"],
        "hip_flexion": lost["pelvis"] - lost["thigh"],
    }
    return angles | {name: _wider(angles[name], by) for name, by in more.items()}


def _wider(series: Series, by: Floats) -> Series:
    return replace(series, se=frozen(np.hypot(series.se, by)))


def _clocks(side: Look, oblique: Look) -> Clocks:
    time_s, other_s = side.pose.raw.time_s, oblique.pose.raw.time_s
    here, there = (np.nan_to_num(heights(look.pose).shoulder) for look in (side, oblique))
    inside = (time_s > time_s[0] + _LAG_S) & (time_s < time_s[-1] - _LAG_S)
    lags = np.arange(-_LAG_S, _LAG_S, _LAG_STEP_S)
    alike = [
        np.corrcoef(here[inside], np.interp(time_s[inside] + lag, other_s, there))[0, 1]
        for lag in lags
    ]
    best = int(np.argmax(alike))
    return Clocks(offset_s=float(lags[best]), correlation=float(alike[best]))


def _same_standing(side: Look, oblique: Look, offset_s: float) -> Look:
    """Return the oblique look counted from the seconds that the side film is counted from."""
    if side.zero is None:
        return oblique
    read = tangents(oblique.line, oblique.pose)
    window = (side.zero.start_s + offset_s, side.zero.end_s + offset_s)
    return counted_from(oblique, standing_of(oblique.pose.raw.time_s, read, window))


def _instants(
    side: tuple[Repetition, ...], oblique: tuple[Repetition, ...], offset_s: float
) -> tuple[Instant, ...]:
    pairs = list(zip(side, oblique, strict=False))
    rows = []
    for name, what in INSTANTS.items():
        later = [getattr(b, name) - getattr(a, name) - offset_s for a, b in pairs]
        rows.append(_instant(what, later))
    for what, (start, end) in SPANS.items():
        longer = [
            (getattr(b, end) - getattr(b, start)) - (getattr(a, end) - getattr(a, start))
            for a, b in pairs
        ]
        rows.append(_instant(what, longer))
    return tuple(rows)


def _instant(what: str, later_s: list[float]) -> Instant:
    known = np.array(later_s)
    known = known[np.isfinite(known)]
    if not known.size:
        return Instant(what=what, mean_s=np.nan, largest_s=np.nan, count=0)
    return Instant(
        what=what,
        mean_s=float(known.mean()),
        largest_s=float(np.abs(known).max()),
        count=known.size,
    )


def _stressed(side: Trial, oblique: Look) -> tuple[Compared, ...]:
    def angles(look: Look) -> Angles:
        yaw_rad = look.view.likely_yaw_rad
        series, tangents = corrected_angles(look)
        return widened_for_yaw(series, yaw_rad), tangents

    turned = measured(oblique, angles)
    rows = [_compared(name, unit, side, turned) for name, unit in LIFT_MEASURES.items()]
    return tuple(row for row in rows if row is not None)


def _compared(
    measure: str, unit: str, side: Trial, turned: tuple[Repetition, ...]
) -> Compared | None:
    if not side.measures[measure].is_known:
        return None
    values = [values_of(one, measure) for one in (side.repetitions, turned)]
    errors = [_errors_of(one, measure) for one in (side.repetitions, turned)]
    count = min(values[0].size, values[1].size)
    apart = np.abs(values[1][:count] - values[0][:count])
    both = np.isfinite(apart)
    near = apart <= CENTRAL_90 * (errors[0][:count] + errors[1][:count])
    return Compared(
        measure=measure,
        unit=unit,
        side=side.measures[measure].value,
        side_se=side.measures[measure].se,
        oblique=float(np.nanmean(values[1])) if np.isfinite(values[1]).any() else np.nan,
        oblique_se=float(np.nanmedian(errors[1])) if np.isfinite(errors[1]).any() else np.nan,
        held=float(near[both].mean()) if both.any() else np.nan,
    )


def _errors_of(repetitions: tuple[Repetition, ...], measure: str) -> Floats:
    found = [one.measures.get(measure) for one in repetitions]
    return np.array([m.se if m is not None and m.is_known else np.nan for m in found])
