"""Who does the work of a lift: mechanics and measures of its repetitions, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.work import WorkGroup
from primemover.errors import PrimeMoverError
from primemover.exam.camera_level import TILTED, too_tilted
from primemover.exam.lift_estimate import Estimate, estimate
from primemover.exam.lift_film import LiftFilm
from primemover.exam.lift_told import JOINTS, told, work_of
from primemover.exam.reading_off import over_repetitions
from primemover.model.arrays import Floats
from primemover.model.measure import INTERVAL_SE, Measure, Status, not_measured
from primemover.model.mechanics import Curve90, LiftMechanics, LiftPart, Range
from primemover.model.repetition import Repetition

__all__ = ["MECHANICS_MEASURES", "WhoWorks", "no_mechanics", "who_works"]

DRAWS: Final = 200
"""Monte-Carlo draws of a repetition that stands alone; several share them."""
_FEWEST_DRAWS: Final = 60
_MOST: Final = 5  # repetitions that are estimated, spread over the set: about a second each alone
NO_MASSES: Final = "needs body mass and bar mass; tell both"
NO_BODY_MASS: Final = "needs the body mass; tell it"
NO_BAR_MASS: Final = "needs the mass of the bar with its plates (or of the bell); tell it"
NOT_THIS_ONE: Final = "of a long set only some repetitions are estimated, spread over it"
KNEES_UNSEEN: Final = "when the load passed the knees was not seen"
ESTIMATED: Final = "a model's estimate from the film and the told masses"

GROUPS: Final = (
    "gluteus_maximus",
    "hamstrings",
    "adductor_magnus",
    "quadriceps",
    "erector_spinae",
    "multifidus",
)
PARTS: Final = (LiftPart.FLOOR_TO_KNEES, LiftPart.KNEES_TO_LOCKOUT)
_WORKERS: Final = {
    "work_share_hips": WorkGroup.HIPS,
    "work_share_knees": WorkGroup.KNEES,
    "work_share_back": WorkGroup.BACK,
}
# measure id -> SI unit, in the order they are shown
MECHANICS_MEASURES: Final[dict[str, str]] = {
    "ground_reaction_residual": "weight",
    **{f"{joint}_moment_peak": "N·m" for joint in JOINTS},
    **dict.fromkeys(_WORKERS, "1"),
    "work_share_back_late": "1",
    "l5s1_compression_peak": "N",
    **{f"force_share_{group}_{part}": "1" for group in GROUPS for part in PARTS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoWorks:
    """Repetitions with the measures of their mechanics, those of the lift, and the records."""

    repetitions: tuple[Repetition, ...]
    measures: dict[str, Measure]
    mechanics: tuple[LiftMechanics, ...]


def no_mechanics(why: str) -> dict[str, Measure]:
    """Return every measure of the mechanics as not measured."""
    return {name: not_measured(name, why, unit=unit) for name, unit in MECHANICS_MEASURES.items()}


def who_works(film: LiftFilm, repetitions: tuple[Repetition, ...]) -> WhoWorks:
    """Return the mechanics of a lift whose masses were told; nothing is raised.

    What cannot be estimated is not measured, with the reason. In a set of more than five
    repetitions five are estimated, spread over it; several share the draws.
    """
    why = _missing(film)
    chosen = [] if why else _chosen(len(repetitions))
    draws = max(_FEWEST_DRAWS, DRAWS // max(len(chosen), 1))
    records, measured = [], []
    for number, repetition in enumerate(repetitions):
        reason = why or ("" if number in chosen else NOT_THIS_ONE)
        found = no_mechanics(reason)
        if not reason:
            try:
                known = estimate(film, repetition, draws=draws, seed=number)
                record = told(film, repetition, known, number=number)
                found = _measures(known, record, repetition)
                records.append(record)
            except PrimeMoverError as error:
                found = no_mechanics(str(error))
        measured.append(replace(repetition, measures={**repetition.measures, **found}))
    return WhoWorks(
        repetitions=tuple(measured),
        measures=_over(tuple(measured), chosen)
        if measured
        else no_mechanics(why or "no repetition"),
        mechanics=tuple(records),
    )


def _missing(film: LiftFilm) -> str:
    """Return why no mechanics can be had of this film, empty if nothing stands in the way."""
    if too_tilted(film.view):
        return TILTED
    body, load = film.person.body_mass_kg, film.facts.bar_mass_kg
    if body is None and load is None:
        return NO_MASSES
    if body is None:
        return NO_BODY_MASS
    return NO_BAR_MASS if load is None else ""


def _chosen(count: int) -> list[int]:
    """Return which repetitions are estimated: all, or five from the first to the last."""
    if count <= _MOST:
        return list(range(count))
    return [round(one) for one in np.linspace(0, count - 1, _MOST)]


def _over(repetitions: tuple[Repetition, ...], chosen: list[int]) -> dict[str, Measure]:
    some = tuple(repetitions[number] for number in chosen) or repetitions
    return {
        name: _possible(over_repetitions(some, name, unit))
        for name, unit in MECHANICS_MEASURES.items()
    }


def _possible(measure: Measure) -> Measure:
    """Return a share whose scatter over the repetitions does not reach below none or above all."""
    if measure.unit != "1" or measure.bounds is None:
        return measure
    low, high = measure.bounds
    return replace(measure, bounds=(max(low, 0.0), min(high, 1.0)))


def _measures(found: Estimate, record: LiftMechanics, repetition: Repetition) -> dict[str, Measure]:
    ranges: dict[str, Range] = {"ground_reaction_residual": _closure(found, record)}
    inside = np.isin(found.lift.time_s, record.time_s)
    for name, joint in JOINTS.items():
        peak = _peak(found.lift.moment_nm[joint][:, inside], record.moment_nm[name])
        ranges[f"{name}_moment_peak"] = _range(peak)
    work = work_of(found.lift, repetition)
    for measure_id, group in _WORKERS.items():
        ranges[measure_id] = _range(work.work_share[group])
    ranges["work_share_back_late"] = _range(work.late_work_share[WorkGroup.BACK])
    ranges["l5s1_compression_peak"] = _range(found.sharing.compression_n.max(axis=-1))
    for one in record.muscles:
        ranges[f"force_share_{one.group}_{one.part}"] = one.force_share
    return {
        name: _measure(name, unit, ranges.get(name)) for name, unit in MECHANICS_MEASURES.items()
    }


def _closure(found: Estimate, record: LiftMechanics) -> Range:
    inside = np.isin(found.lift.time_s, record.time_s)
    residual = np.abs(found.lift.ground.residual[:, inside])
    return _range(np.nanmax(residual, axis=1))


def _peak(moment_nm: Floats, curve: Curve90) -> Floats:
    """Return each draw's largest moment, (D,), in the direction of the middle curve's largest.

    With one direction for all draws a moment that is small both ways does not jump between them.
    """
    known = np.isfinite(curve.middle)
    middle = curve.middle[known]
    sign = float(np.sign(middle[np.argmax(np.abs(middle))])) or 1.0
    peak: Floats = sign * np.max(sign * moment_nm[:, known], axis=1)
    return peak


def _range(values: Floats) -> Range:
    known = values[np.isfinite(values)]
    if not known.size:
        return Range(low=np.nan, middle=np.nan, high=np.nan)
    low, middle, high = np.percentile(known, (5.0, 50.0, 95.0))
    return Range(low=float(low), middle=float(middle), high=float(high))


def _measure(name: str, unit: str, found: Range | None) -> Measure:
    if found is None or not np.isfinite(found.middle):
        return not_measured(name, KNEES_UNSEEN, unit=unit)
    return Measure(
        id=name,
        value=found.middle,
        se=(found.high - found.low) / (2.0 * INTERVAL_SE),
        unit=unit,
        status=Status.ESTIMATED,
        why=ESTIMATED,
        bounds=(found.low, found.high),
    )
