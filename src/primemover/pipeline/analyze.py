"""One film of one test: from file to trial."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from primemover.exam.deadlift import examine_deadlift
from primemover.exam.forward_bend import examine_forward_bend
from primemover.exam.hip_rotation import examine_hip_rotation
from primemover.findings import read_bend_findings, read_lift_findings
from primemover.model.arrays import Pixels
from primemover.model.outline import ZeroPosture
from primemover.model.person import Person
from primemover.model.session import Clip, ClipKind, LiftFacts
from primemover.model.trial import Trial, TrialKind
from primemover.pipeline.options import Options, StageProgress, silent
from primemover.pipeline.provenance import provenance
from primemover.pipeline.watch import Watched, engine_for, key_pictures, watch
from primemover.pose.engine import PoseEngine

__all__ = ["Analysis", "analyze", "analyze_with", "examined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A trial and the pictures of its key frames, upright RGB by key-frame name."""

    trial: Trial
    pictures: dict[str, Pixels]


def analyze(
    clip: Clip,
    *,
    person: Person,
    lift: LiftFacts,
    options: Options,
    progress: StageProgress = silent,
    zero_from: Path | None = None,
) -> Analysis:
    """Return what one film shows.

    Parameters
    ----------
    clip
        The film and the test it shows.
    person, lift
        What is known; None leaves what needs it not measured.
    options
        How to run.
    progress
        Called with (stage, done, expected).
    zero_from
        The forward-bend film of the same session and clothes, for the standing zero.

    Raises
    ------
    PrimeMoverError
        With a sentence that says what to do.
    """
    engine = engine_for(options)
    zero = None
    if zero_from is not None:
        bend = Clip(kind=ClipKind.FORWARD_BEND, path=zero_from)
        zero = standing_zero(
            analyze_with(engine, bend, person=person, lift=lift, options=options).trial
        )
    return analyze_with(
        engine, clip, person=person, lift=lift, options=options, progress=progress, zero=zero
    )


def standing_zero(trial: Trial | None) -> ZeroPosture | None:
    """Return a bend's standing posture, marked as another film's."""
    zero = trial.film.zero if trial is not None and trial.film is not None else None
    return replace(zero, source="forward_bend_clip") if zero is not None else None


def analyze_with(  # noqa: PLR0913 - the composition root passes everything on
    engine: PoseEngine,
    clip: Clip,
    *,
    person: Person,
    lift: LiftFacts,
    options: Options,
    progress: StageProgress = silent,
    zero: ZeroPosture | None = None,
) -> Analysis:
    """Return what one film shows, with an engine that is already loaded."""
    watched = watch(clip.path, engine, progress=progress, load=clip.kind is ClipKind.DEADLIFT)
    progress("measure", 0, 1)
    trial = examined(watched, clip, person=person, lift=lift, zero=zero)
    trial = replace(trial, provenance=provenance(options, watched))
    progress("measure", 1, 1)
    film = trial.film
    pictures = key_pictures(watched, film.key_frames) if film is not None else {}
    return Analysis(trial=trial, pictures=pictures)


def examined(
    watched: Watched, clip: Clip, *, person: Person, lift: LiftFacts, zero: ZeroPosture | None
) -> Trial:
    """Return the trial of a film that was watched, with the findings that it alone supports."""
    return _read(_trial(watched, clip, person=person, lift=lift, zero=zero))


def _trial(
    watched: Watched, clip: Clip, *, person: Person, lift: LiftFacts, zero: ZeroPosture | None
) -> Trial:
    recording, track = watched.recording, watched.track
    if clip.kind is ClipKind.DEADLIFT:
        return examine_deadlift(
            recording, track, watched.load_frames, person=person, lift=lift, zero=zero
        )
    if clip.kind is ClipKind.FORWARD_BEND:
        return examine_forward_bend(recording, track, person_height_m=person.height_m)
    if clip.kind is ClipKind.HIP_ROTATION_ACTIVE:
        return examine_hip_rotation(recording, track, mode="active", side=clip.side)
    return examine_hip_rotation(recording, track, mode="passive", side=clip.side)


def _read(trial: Trial) -> Trial:
    """Return the trial with the findings that it alone supports."""
    if trial.kind is TrialKind.DEADLIFT:
        return replace(trial, findings=read_lift_findings(trial.measures, trial.checks))
    if trial.kind is TrialKind.FORWARD_BEND:
        return replace(trial, findings=read_bend_findings(trial.measures, trial.checks))
    return trial
