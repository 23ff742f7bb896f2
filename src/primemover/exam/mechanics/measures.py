"""Who does the work of a lift: mechanics and measures of its repetitions, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.work import WorkGroup
from primemover.errors import PrimeMoverError
from primemover.exam.camera_level import TILTED, too_tilted
from primemover.exam.mechanics.balance import pulling
from primemover.exam.mechanics.estimate import Estimate, estimate
from primemover.exam.mechanics.film import LiftFilm
from primemover.exam.mechanics.told import JOINTS, told, work_of
from primemover.exam.mechanics.unseen import of_peak, of_share
from primemover.exam.reading_off import over_repetitions
from primemover.model.arrays import Floats, Mask
from primemover.model.measure import INTERVAL_SE, Measure, Status, not_measured
from primemover.model.mechanics import LiftMechanics, LiftPart, Range
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
    found: dict[int, _Found] = {}
    reasons: dict[int, str] = {}
    for number in chosen:
        try:
            known = estimate(film, repetitions[number], draws=draws, seed=number)
            record = told(film, repetitions[number], known, number=number)
            found[number] = _Found(estimate=known, record=record)
        except PrimeMoverError as error:
            reasons[number] = str(error)
    records = tuple(one.record for one in found.values())
    signs = _directions(records)
    measured = []
    for number, repetition in enumerate(repetitions):
        if number in found:
            new = _measures(found[number], repetition, signs)
        else:
            new = no_mechanics(why or reasons.get(number, NOT_THIS_ONE))
        measured.append(replace(repetition, measures={**repetition.measures, **new}))
    return WhoWorks(
        repetitions=tuple(measured), measures=_over(measured, chosen, why), mechanics=records
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    estimate: Estimate
    record: LiftMechanics


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


def _over(repetitions: list[Repetition], chosen: list[int], why: str) -> dict[str, Measure]:
    if not repetitions:
        return no_mechanics(why or "no repetition")
    some = tuple(repetitions[number] for number in chosen) or tuple(repetitions)
    return {
        name: _possible(over_repetitions(some, name, unit))
        for name, unit in MECHANICS_MEASURES.items()
    }


def _directions(records: tuple[LiftMechanics, ...]) -> dict[str, float]:
    """Return the direction, +1 or -1, in which each joint's moment is largest over the set.

    With one direction for all draws and repetitions a moment that is small both ways, as the
    knees' is, does not jump between them.
    """
    signs = {}
    for name in JOINTS:
        curves = [record.moment_nm[name].middle for record in records]
        known = [curve[np.isfinite(curve)] for curve in curves]
        up = sum(float(np.max(curve, initial=0.0)) for curve in known)
        down = sum(float(np.min(curve, initial=0.0)) for curve in known)
        signs[name] = 1.0 if up >= -down else -1.0
    return signs


def _possible(measure: Measure) -> Measure:
    """Return a share whose scatter over the repetitions does not reach below none or above all."""
    if measure.unit != "1" or measure.bounds is None:
        return measure
    low, high = measure.bounds
    return replace(measure, bounds=(max(low, 0.0), min(high, 1.0)))


def _measures(found: _Found, repetition: Repetition, signs: dict[str, float]) -> dict[str, Measure]:
    lift, record = found.estimate.lift, found.record
    inside = np.isin(lift.time_s, record.time_s) & np.isfinite(lift.moment_nm).all(axis=(0, 1))
    residual = np.abs(lift.ground.residual[:, inside])
    ranges = {"ground_reaction_residual": _range(np.max(residual, axis=1))}
    pull = _told_of(found.estimate, repetition)
    for name, joint in JOINTS.items():
        sign, moment_nm = signs[name], lift.moment_nm[joint][:, pull]
        largest = _range(sign * np.max(sign * moment_nm, axis=1))
        ranges[f"{name}_moment_peak"] = of_peak(largest, name)
    work = work_of(lift, repetition)
    for measure_id, group in _WORKERS.items():
        ranges[measure_id] = of_share(_range(work.work_share[group]))
    ranges["work_share_back_late"] = of_share(_range(work.late_work_share[WorkGroup.BACK]))
    ranges["l5s1_compression_peak"] = _range(found.estimate.sharing.compression_n.max(axis=-1))
    for one in record.muscles:
        ranges[f"force_share_{one.group}_{one.part}"] = one.force_share
    return {
        name: _measure(name, unit, ranges.get(name)) for name, unit in MECHANICS_MEASURES.items()
    }


def _told_of(found: Estimate, repetition: Repetition) -> Mask:
    """Return the instants of the pull in which the lifter stands, (T,): on steady film if any."""
    lift = found.lift
    known: Mask = pulling(lift, repetition) & found.stands
    known &= np.isfinite(lift.moment_nm).all(axis=(0, 1))
    steady: Mask = known & lift.steady
    return steady if steady.any() else known


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
