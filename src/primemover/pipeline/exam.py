"""The whole exam: screen, films, typed values, reading, plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from primemover.exam.readings import measures_from_readings
from primemover.findings import read_exam, screen
from primemover.findings.percentiles import standings
from primemover.model.arrays import Pixels
from primemover.model.assessment import Assessment
from primemover.model.check import Check
from primemover.model.measure import Instrument, Measure, Status, not_measured
from primemover.model.safety import SafetyResult
from primemover.model.session import Clip, ClipKind, Session
from primemover.model.trial import Trial, TrialKind
from primemover.outcomes import score_all
from primemover.pipeline.analyze import Analysis, analyze_with, standing_zero
from primemover.pipeline.options import Options, StageProgress, silent
from primemover.pipeline.provenance import provenance
from primemover.pipeline.watch import engine_for
from primemover.plan import make_plan
from primemover.plan.case import case_of
from primemover.plan.course import make_course
from primemover.plan.stopping import stop_rules
from primemover.words import say

__all__ = ["Examination", "examine"]

# The forward bend comes before the lift: its standing posture is the lift's zero when needed.
_ORDER = (
    ClipKind.HIP_ROTATION_ACTIVE,
    ClipKind.HIP_ROTATION_PASSIVE,
    ClipKind.FORWARD_BEND,
    ClipKind.DEADLIFT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """An assessment and the pictures of its films' key frames.

    `pictures` maps a clip kind (``"deadlift"``, ``"hip_rotation_active"`` ...) to upright RGB
    pictures by key-frame name.
    """

    assessment: Assessment
    pictures: dict[str, dict[str, Pixels]]


def examine(session: Session, *, options: Options, progress: StageProgress = silent) -> Examination:
    """Return the whole exam's result.

    Steps: the safety screen; an emergency stops everything. Films in the protocol's order; typed
    values (which outrank film for the same measure: two inclinometer readings outrank a shirt's
    outline); the reading of all together; the plan.

    Raises
    ------
    PrimeMoverError
        With a sentence that says what to do, e.g. for a film that cannot be used.
    """
    first = screen(session.screening, {}, session.pain)
    if first.stops_exam:
        return _stopped(session, first, options)
    analyses = _analyses(session, options, progress)
    trials = tuple(analysis.trial for analysis in analyses.values())
    measures, typed_checks = _measures(session, trials)
    safety = screen(session.screening, measures, session.pain)
    if safety.stops_exam:
        return _stopped(session, safety, options)
    checks = tuple(check for trial in trials for check in trial.checks) + typed_checks
    reading = read_exam(measures, checks, session, may_lift=not safety.stops_loading)
    plan = make_plan(reading, safety, session, measures)
    assessment = Assessment(
        session=session,
        safety=safety,
        trials=trials,
        measures=measures,
        reading=reading,
        plan=plan,
        provenance=provenance(options),
        checks=typed_checks,
        scores=score_all(session),
        stop_rules=stop_rules(session.person),
        standings=standings(measures, session.person, session.lift.variant),
        course=make_course(plan, case_of(reading, safety, session, measures)),
    )
    pictures = {kind.value: analysis.pictures for kind, analysis in analyses.items()}
    return Examination(assessment=assessment, pictures=pictures)


def _stopped(session: Session, safety: SafetyResult, options: Options) -> Examination:
    assessment = Assessment(
        session=session,
        safety=safety,
        trials=(),
        measures={},
        reading=None,
        plan=make_plan(None, safety, session, {}),
        provenance=provenance(options),
    )
    return Examination(assessment=assessment, pictures={})


def _analyses(
    session: Session, options: Options, progress: StageProgress
) -> dict[ClipKind, Analysis]:
    clips = sorted(session.clips, key=lambda clip: _ORDER.index(clip.kind))
    if not clips:
        return {}
    engine = engine_for(options)
    analyses: dict[ClipKind, Analysis] = {}
    for clip in clips:
        bend = analyses.get(ClipKind.FORWARD_BEND)
        analyses[clip.kind] = analyze_with(
            engine,
            clip,
            person=session.person,
            lift=session.lift,
            options=options,
            progress=partial(_named, progress, clip),
            zero=standing_zero(bend.trial if bend is not None else None),
        )
    return analyses


def _named(progress: StageProgress, clip: Clip, stage: str, done: int, expected: int) -> None:
    progress(f"{clip.kind.value.replace('_', ' ')}: {stage}", done, expected)


def _measures(
    session: Session, trials: tuple[Trial, ...]
) -> tuple[dict[str, Measure], tuple[Check, ...]]:
    """Return all measures; a known one is never replaced by one that is not measured."""
    gathered: dict[str, Measure] = {}
    for trial in trials:
        for measure_id, measure in trial.measures.items():
            if measure.is_known or measure_id not in gathered:
                gathered[measure_id] = measure
    typed, checks = measures_from_readings(session.readings, filmed=gathered)
    for measure_id, measure in typed.items():
        if measure.is_known or measure_id not in gathered:
            gathered[measure_id] = measure
    if any(trial.kind is TrialKind.DEADLIFT for trial in trials):
        gathered["lumbar_share_of_own_bend"] = _share_of_own_bend(gathered)
    return gathered, checks


def _share_of_own_bend(measures: dict[str, Measure]) -> Measure:
    """Return lumbar flexion in the lift over that of this person's own forward bend today."""
    name = "lumbar_share_of_own_bend"
    lift = measures.get("lumbar_flexion_bottom")
    bend = measures.get("bend_lumbar_excursion")
    if lift is None or bend is None or not (lift.is_known and bend.is_known):
        return not_measured(name, say("exam.own_bend.needs_both"), unit="1")
    if bend.value < np.deg2rad(10.0):
        return not_measured(name, say("exam.own_bend.hardly_moved"), unit="1")
    share = lift.value / bend.value
    return Measure(
        id=name,
        value=share,
        se=float(np.hypot(lift.se, share * bend.se) / bend.value),
        unit="1",
        status=Status.ESTIMATED,
        instrument=Instrument.DERIVED,
        why=say("exam.own_bend.divided"),
    )
