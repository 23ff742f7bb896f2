"""Who does the work: everything the page says about the mechanics of a lift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from primemover.knowledge import load
from primemover.model.measure import Measure
from primemover.model.mechanics import LiftMechanics, LiftPart, Range
from primemover.model.trial import Trial, TrialKind
from primemover.report.bodychart import BodyChart, body_charts
from primemover.report.muscletable import MuscleTableRow, agreement_of, muscle_table_rows
from primemover.report.musclewords import GROUPS, part_line, part_name
from primemover.report.ranges import is_known, percent_range, range_text
from primemover.report.spineload import SpineLoad, peak_of, spine_load
from primemover.report.stickfigure import FigureView, draw_figures
from primemover.report.workbars import WORKERS, WorkBar, work_bars, work_sentence
from primemover.words import say

__all__ = [
    "ClaimView",
    "MechanicsView",
    "PartView",
    "RepetitionRow",
    "mechanics_of",
    "mechanics_sources",
]

_MEASURE: Final = "hip_moment_peak"  # the measure whose reason tells why there is nothing
_SPINE_SOURCES: Final = ("cholewicki1991",)
_CLAIMS: Final = ("g", "h", "i")
_FELT_CLAIM: Final = "k"
_NORMAL_90: Final = 1.645


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One part of the lift on the body chart."""

    number: int
    name: str
    line: str
    chart: BodyChart


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim of the article beside this lift's numbers and published evidence.

    `told_by` says whose word `here` is: the model's or the lifter's.
    """

    idea: str
    told_by: str
    here: str
    verdict: str
    known: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionRow:
    """One repetition in short: largest moments and compression, each with its range."""

    number: int
    shown: bool
    hip: str
    l5s1: str
    compression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanicsView:
    """What the section shows; with `missing` it shows that sentence and nothing else.

    `number` of `count` is the repetition that is shown, from 1.
    """

    missing: str = ""
    number: int = 0
    count: int = 0
    masses: str = ""
    work_line: str = ""
    hold_line: str = ""
    bars: tuple[WorkBar, ...] = ()
    figures: tuple[FigureView, ...] = ()
    parts: tuple[PartView, ...] = ()
    rows: tuple[MuscleTableRow, ...] = ()
    felt_asked: bool = False
    spine: SpineLoad | None = None
    spine_sources: tuple[str, ...] = _SPINE_SOURCES
    claims: tuple[ClaimView, ...] = ()
    repetitions: tuple[RepetitionRow, ...] = ()
    assumptions: tuple[str, ...] = ()


def mechanics_of(trial: Trial, felt: Sequence[str] | None) -> MechanicsView | None:
    """Return what to show of a trial's mechanics; None for a test that is no lift.

    Parameters
    ----------
    felt
        Ids of the felt map, None = not asked.
    """
    if trial.kind is not TrialKind.DEADLIFT:
        return None
    if not trial.mechanics:
        return MechanicsView(missing=_why_not(trial))
    shown = _typical(trial.mechanics)
    return MechanicsView(
        number=shown.repetition + 1,
        count=len(trial.mechanics),
        masses=say(
            "drawings.lift.masses",
            body=f"{shown.body_mass_kg:.0f}",
            load=f"{shown.load_mass_kg:.0f}",
        ),
        work_line=work_sentence(shown.work, _shares(trial, shown)),
        hold_line=_hold_line(shown),
        bars=work_bars(shown.work),
        figures=draw_figures(shown.figures),
        parts=_parts(shown),
        rows=muscle_table_rows(shown.muscles, felt) if shown.muscles else (),
        felt_asked=felt is not None,
        spine=spine_load(shown),
        claims=_claims(shown, felt),
        repetitions=_repetition_rows(trial.mechanics, shown),
        assumptions=shown.assumptions,
    )


def mechanics_sources(view: MechanicsView | None) -> tuple[str, ...]:
    """Return the sources that the section cites, in the order of the page."""
    if view is None or view.missing:
        return ()
    rows = [key for row in view.rows for key in row.sources]
    spine = view.spine_sources if view.spine is not None else ()
    return (*rows, *spine, *(key for one in view.claims for key in one.sources))


def _why_not(trial: Trial) -> str:
    measure = trial.measures.get(_MEASURE)
    return measure.why if measure is not None and measure.why else say("drawings.lift.how_to_tell")


def _typical(mechanics: Sequence[LiftMechanics]) -> LiftMechanics:
    """Return the repetition whose largest hip moment is the middle one; the earlier of two."""

    def hip_nm(one: LiftMechanics) -> float:
        peak = peak_of(one.moment_nm["hip"]) if "hip" in one.moment_nm else None
        return 0.0 if peak is None else peak.middle

    ordered = sorted(mechanics, key=hip_nm)
    return ordered[(len(ordered) - 1) // 2]


def _shares(trial: Trial, shown: LiftMechanics) -> dict[str, Range]:
    """Return the measured shares of the pull's work with their 90 % ranges, where known."""
    places: list[Mapping[str, Measure]] = []
    if shown.repetition < len(trial.repetitions):
        places.append(trial.repetitions[shown.repetition].measures)
    if len(trial.mechanics) == 1:
        places.append(trial.measures)
    found: dict[str, Range] = {}
    for worker in WORKERS:
        key = f"work_share_{worker}"
        measure = next((place[key] for place in places if key in place), None)
        if measure is not None and measure.is_known:
            low, high = measure.interval
            found[worker] = Range(low=max(low, 0.0), middle=measure.value, high=min(high, 1.0))
    return {key: one for key, one in found.items() if is_known(one) and one.low < one.high}


def _hold_line(shown: LiftMechanics) -> str:
    """Return what hips and low back have to hold at most, in one sentence."""
    told = {key: peak_of(curve) for key, curve in shown.moment_nm.items() if key in {"hip", "l5s1"}}
    hip, spine = told.get("hip"), told.get("l5s1")
    if hip is None or spine is None:
        return ""
    held = {"hips": range_text(hip, "N·m"), "back": range_text(spine, "N·m")}
    return say("drawings.lift.hold", **held)


def _parts(shown: LiftMechanics) -> tuple[PartView, ...]:
    views = []
    for number, part in enumerate(LiftPart, start=1):
        muscles = [one for one in shown.muscles if one.part is part and one.group in GROUPS]
        if muscles:
            name, line = part_name(part), part_line(part)
            chart = body_charts(muscles, name)
            views.append(PartView(number=number, name=name, line=line, chart=chart))
    return tuple(views)


def _claims(shown: LiftMechanics, felt: Sequence[str] | None) -> tuple[ClaimView, ...]:
    here = {"g": _back_here(shown), "h": _thighs_here(shown), "i": _glutes_here(shown)}
    views = [_claim(key, here[key]) for key in _CLAIMS if here[key]]
    if felt is not None:
        muscles = load().muscles
        named = ", ".join(muscles[key].label for key in felt if key in muscles)
        here_felt = named or say("drawings.lift.felt_nothing")
        views.append(_claim(_FELT_CLAIM, here_felt, told_by=say("drawings.lift.you_felt")))
    return tuple(views)


def _claim(key: str, here: str, told_by: str = "") -> ClaimView:
    row = load().claims[key]
    return ClaimView(
        idea=row.idea,
        told_by=told_by or say("drawings.lift.this_lift"),
        here=here,
        verdict=row.verdict,
        known=row.known,
        sources=row.sources,
    )


def _back_here(shown: LiftMechanics) -> str:
    """Return how hard back and hips work at their hardest, beside how much the back moves."""
    efforts = {group: _hardest(shown, group) for group in ("erector_spinae", "gluteus_maximus")}
    back, glutes = efforts["erector_spinae"], efforts["gluteus_maximus"]
    if back is None or glutes is None:
        return ""
    extensors = [one for one in shown.muscles if one.group == "erector_spinae"]
    fits = agreement_of("stabiliser", extensors)
    ending = {
        "agrees": say("drawings.lift.back_agrees"),
        "differs": say("drawings.lift.back_differs"),
    }.get(fits.kind, say("drawings.lift.back_open"))
    told = {"back": percent_range(back), "glutes": percent_range(glutes)}
    return say("drawings.lift.back", ending=ending, **told)


def _thighs_here(shown: LiftMechanics) -> str:
    low, high = LiftPart.FLOOR_TO_KNEES, LiftPart.KNEES_TO_LOCKOUT
    thighs = (_share(shown, "quadriceps", low), _share(shown, "quadriceps", high))
    hams = (_share(shown, "hamstrings", low), _share(shown, "hamstrings", high))
    if not all((*thighs, *hams)):
        return ""
    return say(
        "drawings.lift.thighs",
        thigh_low=thighs[0],
        thigh_high=thighs[1],
        ham_low=hams[0],
        ham_high=hams[1],
    )


def _glutes_here(shown: LiftMechanics) -> str:
    first = _share(shown, "gluteus_maximus", LiftPart.FLOOR_TO_KNEES)
    last = _share(shown, "gluteus_maximus", LiftPart.KNEES_TO_LOCKOUT)
    if not (first and last):
        return ""
    return say("drawings.lift.glutes", low=first, high=last)


def _hardest(shown: LiftMechanics, group: str) -> Range | None:
    efforts = [
        one.effort_peak
        for one in shown.muscles
        if one.group == group and one.part is not LiftPart.TAKE_UP and is_known(one.effort_peak)
    ]
    return max(efforts, key=lambda one: one.middle, default=None)


def _share(shown: LiftMechanics, group: str, part: LiftPart) -> str:
    found = [one.force_share for one in shown.muscles if one.group == group and one.part is part]
    return percent_range(found[0]) if found and is_known(found[0]) else ""


def _repetition_rows(
    mechanics: Sequence[LiftMechanics], shown: LiftMechanics
) -> tuple[RepetitionRow, ...]:
    if len(mechanics) == 1:
        return ()
    rows = []
    for one in mechanics:
        hip, spine = (
            peak_of(one.moment_nm[key]) if key in one.moment_nm else None for key in ("hip", "l5s1")
        )
        pressed = peak_of(one.compression_n)
        rows.append(
            RepetitionRow(
                number=one.repetition + 1,
                shown=one is shown,
                hip="" if hip is None else range_text(hip, "N·m"),
                l5s1="" if spine is None else range_text(spine, "N·m"),
                compression="" if pressed is None else range_text(pressed, "N"),
            )
        )
    return tuple(rows)
