"""The deadlift, filmed from the side: a declared protocol.

Film: exactly from the side, camera still and level, whole body and bar in view, two seconds of
standing upright without the bar first. Steps: clean the landmarks, judge the view, follow the load,
trace the back's outline, find the standing zero, take the angles, find repetitions and phases,
measure each, check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from primemover.calibration.measures import calibrated_errors
from primemover.events.lift import find_lifts
from primemover.events.task import guess_task
from primemover.exam.camera_level import (
    TILTED,
    too_tilted,
    widened_bar,
    widened_inclinations,
)
from primemover.exam.corrected import corrected_side
from primemover.exam.lift_checks import lift_checks, view_check
from primemover.exam.lift_curves import Heights, bar_series, body_signals, heights, lift_signals
from primemover.exam.lift_measures import (
    HIDDEN,
    LIFT_MEASURES,
    NO_SCALE,
    TOO_OBLIQUE,
    LiftCurves,
    measure_repetition,
)
from primemover.exam.mechanics.film import LiftFilm
from primemover.exam.mechanics.measures import WhoWorks, no_mechanics, who_works
from primemover.exam.reading_off import over_repetitions
from primemover.exam.side_film import side_film
from primemover.kinematics.sagittal import back_tangents, sagittal_series
from primemover.load.collect import LoadFrames
from primemover.load.floor import load_held
from primemover.load.track import track_load
from primemover.model.arrays import Mask
from primemover.model.check import Check
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.measure import Measure, not_measured
from primemover.model.outline import BackAngles, DorsalLine, ZeroPosture
from primemover.model.person import Person
from primemover.model.pose import PoseTrack
from primemover.model.recording import Recording
from primemover.model.repetition import Repetition
from primemover.model.session import LiftFacts, Variant
from primemover.model.trial import Film, Trial, TrialKind
from primemover.model.view import TaskName, View
from primemover.outline.angles import back_angles
from primemover.outline.dorsal import trace_back
from primemover.outline.zero import find_zero
from primemover.pose.occlusion import cover_behind_plate

__all__ = ["examine_deadlift"]

WRONG_VIEW = "the camera does not stand at the side"
NOT_A_DEADLIFT = "this does not look like a deadlift"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the stages saw in a side view."""

    pose: CleanPose
    load: LoadTrack
    held: Mask
    line: DorsalLine
    back: BackAngles


def examine_deadlift(
    recording: Recording,
    track: PoseTrack,
    load_frames: LoadFrames,
    *,
    person: Person,
    lift: LiftFacts,
    zero: ZeroPosture | None = None,
) -> Trial:
    """Return the lift's repetitions, measures, checks and curves.

    Parameters
    ----------
    recording, track
        The film and its landmarks.
    load_frames
        Grey pictures for the load tracker, collected while the film was decoded.
    person, lift
        What is known; None leaves what needs it not measured.
    zero
        Standing posture from the session's forward-bend clip, used when this film has none.

    Raises
    ------
    QualityError
        If nobody, or only half a person, can be followed.
    """
    film = side_film(track, recording.level)
    pose, view, checks = film.pose, film.view, film.checks
    if not film.shows_a_side:
        return _refused(recording, pose, view, checks)
    seen = _look(pose, load_frames, view, person=person, lift=lift, zero=zero)
    body = heights(seen.pose)
    task = guess_task(body_signals(seen.pose, body, seen.load))
    repetitions = find_lifts(lift_signals(seen.pose, body, seen.load, seen.held))
    curves = _curves(seen, body, view)
    if view.accepted and task.looks_like not in {TaskName.SQUAT, TaskName.CLEAN}:
        lifted = LiftFilm(
            curves=curves,
            load=seen.load,
            held=seen.held,
            zero=seen.back.zero,
            view=view,
            person=person,
            facts=lift,
        )
        found = _measured(lifted, repetitions)
    else:
        why = WRONG_VIEW if not view.accepted else NOT_A_DEADLIFT
        found = WhoWorks(repetitions=repetitions, measures=_nothing(why), mechanics=())
    repetitions = found.repetitions
    return Trial(
        kind=TrialKind.DEADLIFT,
        view=view,
        task=task,
        repetitions=repetitions,
        holds=(),
        measures=found.measures,
        mechanics=found.mechanics,
        series=(*curves.angles.values(), *curves.bar.values()) if view.accepted else (),
        checks=(*checks, *lift_checks(view, task, seen.load, seen.back, repetitions)),
        film=Film(
            recording=recording,
            pose=seen.pose,
            dorsal=seen.line,
            load=seen.load,
            zero=seen.back.zero,
            key_frames=_key_frames(recording, repetitions, seen.back.zero),
        ),
    )


def _look(
    pose: CleanPose,
    load_frames: LoadFrames,
    view: View,
    *,
    person: Person,
    lift: LiftFacts,
    zero: ZeroPosture | None,
) -> _Seen:
    load = track_load(
        load_frames,
        pose,
        plate_diameter_m=lift.plate_diameter_m,
        person_height_m=person.height_m,
        kettlebell=lift.variant is Variant.KETTLEBELL,
    )
    plate = load.kind is LoadKind.PLATE
    if plate:
        pose = cover_behind_plate(pose, load.xy_px, load.axes_px)
    held = load_held(load, pose)
    line = trace_back(pose.raw.silhouettes, pose, load=load if plate else None, view=view)
    own = find_zero(line, pose, load, load_held=held)
    back = back_angles(line, pose, own if own is not None else zero)
    return _Seen(pose=pose, load=load, held=held, line=line, back=back)


def _curves(seen: _Seen, body: Heights, view: View) -> LiftCurves:
    zero = seen.back.zero
    window = (zero.start_s, zero.end_s) if zero is not None and zero.source == "this_clip" else None
    plain = sagittal_series(seen.pose, seen.back, zero_s=window, yaw_rad=view.likely_yaw_rad)
    corrected = corrected_side(plain, seen.pose, seen.line, seen.back, view=view, load=seen.load)
    angles = corrected.series
    return LiftCurves(
        pose=seen.pose,
        body=body,
        angles=angles if window is not None else widened_inclinations(angles, view),
        tangents=angles if corrected.applied else back_tangents(seen.pose, seen.back),
        bar=widened_bar(bar_series(seen.pose, seen.load), view),
        has_zero=zero is not None,
        corrected=corrected.applied,
        back_why=TOO_OBLIQUE if seen.back.view_refused else HIDDEN,
        bar_why=TILTED if too_tilted(view) else NO_SCALE,
        load=seen.load.kind,
    )


def _measured(film: LiftFilm, repetitions: tuple[Repetition, ...]) -> WhoWorks:
    """Return the repetitions, measured, the measures of the lift, and its mechanics."""
    repetitions = tuple(measure_repetition(film.curves, one) for one in repetitions)
    measures = {
        measure_id: over_repetitions(repetitions, measure_id, unit)
        for measure_id, unit in LIFT_MEASURES.items()
    }
    if film.curves.corrected:
        measures = calibrated_errors(measures, "side")
    found = who_works(film, repetitions)
    return replace(found, measures=measures | found.measures)


def _nothing(why: str) -> dict[str, Measure]:
    return no_mechanics(why) | {
        measure_id: not_measured(measure_id, why, unit=unit)
        for measure_id, unit in LIFT_MEASURES.items()
    }


def _refused(recording: Recording, pose: CleanPose, view: View, checks: tuple[Check, ...]) -> Trial:
    """Return a trial that measured nothing because the film shows front or back."""
    return Trial(
        kind=TrialKind.DEADLIFT,
        view=view,
        task=guess_task(body_signals(pose, heights(pose), None)),
        repetitions=(),
        holds=(),
        measures=_nothing(WRONG_VIEW),
        series=(),
        checks=(*checks, view_check(view)),
        film=Film(
            recording=recording, pose=pose, key_frames={"middle": recording.frame_count // 2}
        ),
    )


def _key_frames(
    recording: Recording, repetitions: tuple[Repetition, ...], zero: ZeroPosture | None
) -> dict[str, int]:
    """Return the frames that tell the story: standing, then the first repetition's phases."""
    instants: dict[str, float] = {}
    if zero is not None and zero.source == "this_clip":
        instants["standing"] = 0.5 * (zero.start_s + zero.end_s)
    if repetitions:
        first = repetitions[0]
        instants |= {
            "set_up": first.start_s,
            "lift_off": first.lift_off_s,
            "knee_pass": first.knee_pass_s,
            "lockout": first.lockout_s,
        }
    if not instants:
        return {"middle": recording.frame_count // 2}
    return {
        name: recording.frame_at(instant)
        for name, instant in instants.items()
        if np.isfinite(instant)
    }
