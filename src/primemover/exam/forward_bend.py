"""The standing forward bend, filmed from the side: a declared protocol.

Film: exactly from the side, camera still and level, whole body in view; stand still for two
seconds, bend slowly to the toes with straight knees, hold, come up; three times. How to film, what
is checked and how far the result is off: docs/protocol-forward-bend.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from primemover.calibration.measures import calibrated_errors
from primemover.events.bends import Bend, find_bends
from primemover.events.task import guess_task
from primemover.exam.bend_checks import bend_checks
from primemover.exam.bend_fingers import standing_ruler
from primemover.exam.bend_measures import BEND_MEASURES, BendCurves, measure_bend
from primemover.exam.camera_level import widened_inclinations
from primemover.exam.corrected import corrected_side
from primemover.exam.lift_checks import view_check
from primemover.exam.lift_curves import body_signals, heights
from primemover.exam.reading_off import over_repetitions
from primemover.exam.side_film import side_film
from primemover.kinematics.planar import inclination_rad
from primemover.kinematics.sagittal import sagittal_series
from primemover.model.check import Check
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Measure, not_measured
from primemover.model.outline import DorsalLine, ZeroPosture
from primemover.model.pose import PoseTrack
from primemover.model.recording import Recording
from primemover.model.repetition import Repetition
from primemover.model.trial import Film, Trial, TrialKind
from primemover.model.view import TaskGuess, TaskName, View
from primemover.outline.angles import back_angles
from primemover.outline.dorsal import trace_back
from primemover.outline.zero import find_zero

__all__ = ["examine_forward_bend"]

_LIFTS = (TaskName.DEADLIFT, TaskName.SQUAT, TaskName.CLEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the stages saw in a side view; `corrected`: whether the shipped fit was applied."""

    curves: BendCurves
    corrected: bool
    line: DorsalLine
    bends: tuple[Bend, ...]
    task: TaskGuess


def examine_forward_bend(
    recording: Recording, track: PoseTrack, *, person_height_m: float | None = None
) -> Trial:
    """Return the bend's repetitions, measures, checks and curves.

    Parameters
    ----------
    recording, track
        Of the same film; the track with silhouettes.
    person_height_m
        Gives the scale; without it fingertip-to-floor is not measured.

    Returns
    -------
    Measures of `BEND_MEASURES`, each the mean over the bends: se^2 = median(se)^2 + variance / n,
    the systematic part being common to all bends of a film. ``Trial.film.zero`` is the standing
    posture, which a deadlift film of the same session may count from.

    Raises
    ------
    QualityError
        If nobody, or only half a person, can be followed.
    """
    film = side_film(track, recording.level)
    pose, view, checks = film.pose, film.view, film.checks
    if not film.shows_a_side:
        return _refused(recording, pose, view, checks)
    seen = _look(pose, view, height_m=person_height_m)
    curves, zero = seen.curves, seen.curves.back.zero
    repetitions = tuple(measure_bend(curves, bend) for bend in seen.bends)
    measures = _measures(view, seen.task, repetitions)
    return Trial(
        kind=TrialKind.FORWARD_BEND,
        view=view,
        task=seen.task,
        repetitions=repetitions if not _refusal(view, seen.task) else (),
        holds=(),
        measures=calibrated_errors(measures, "side") if seen.corrected else measures,
        series=tuple(curves.series.values()) if view.accepted else (),
        checks=(*checks, *bend_checks(view, seen.task, curves, seen.bends, repetitions)),
        film=Film(
            recording=recording,
            pose=pose,
            dorsal=seen.line,
            zero=zero,
            key_frames=_key_frames(recording, seen),
        ),
    )


def _look(pose: CleanPose, view: View, *, height_m: float | None) -> _Seen:
    track = pose.raw
    line = trace_back(track.silhouettes, pose, view=view)
    zero = _standing(pose, line)
    window_s = (zero.start_s, zero.end_s) if zero is not None else None
    back = back_angles(line, pose, zero)
    plain = sagittal_series(pose, back, zero_s=window_s, yaw_rad=view.likely_yaw_rad)
    corrected = corrected_side(plain, pose, line, back, view=view)
    back = replace(back, zero=corrected.zero)
    series = corrected.series if zero is not None else widened_inclinations(plain, view)
    ruler = (
        standing_ruler(track.silhouettes, track.time_s, window_s=window_s, height_m=height_m)
        if window_s is not None and height_m is not None
        else None
    )
    return _Seen(
        curves=BendCurves(pose=pose, series=series, back=back, ruler=ruler, height_m=height_m),
        corrected=corrected.applied,
        line=line,
        bends=find_bends(track.time_s, series["trunk_inclination"].value),
        task=guess_task(body_signals(pose, heights(pose), None)),
    )


def _standing(pose: CleanPose, line: DorsalLine) -> ZeroPosture | None:
    """Return the standing before the first bend, or any later one if that was not filmed.

    Nothing is held in this test; frames from the first bend on are ruled out first, because a
    back that has just been bent stands a little differently.
    """
    trunk = inclination_rad(pose.joints_px["hip"], pose.joints_px["shoulder"], forward=pose.forward)
    bends = find_bends(pose.raw.time_s, trunk)
    first = bends[0].start if bends else trunk.size
    late = np.arange(trunk.size) >= first
    before = find_zero(line, pose, load_held=late)
    return before or find_zero(line, pose, load_held=np.zeros_like(late))


def _refusal(view: View, task: TaskGuess) -> str:
    """Return why nothing of this film can be measured, or ""."""
    if not view.accepted:
        return view.why
    if task.looks_like in _LIFTS:
        return f"This looks like a {task.looks_like.value}, not like a forward bend."
    return ""


def _measures(
    view: View, task: TaskGuess, repetitions: tuple[Repetition, ...]
) -> dict[str, Measure]:
    why = _refusal(view, task) or ("" if repetitions else "No forward bend was found.")
    if why:
        return {one: not_measured(one, why, unit=unit) for one, unit in BEND_MEASURES.items()}
    return {one: over_repetitions(repetitions, one, unit) for one, unit in BEND_MEASURES.items()}


def _refused(recording: Recording, pose: CleanPose, view: View, checks: tuple[Check, ...]) -> Trial:
    """Return a trial that measured nothing because the film shows front or back."""
    task = guess_task(body_signals(pose, heights(pose), None))
    return Trial(
        kind=TrialKind.FORWARD_BEND,
        view=view,
        task=task,
        repetitions=(),
        holds=(),
        measures=_measures(view, task, ()),
        series=(),
        checks=(*checks, view_check(view)),
        film=Film(
            recording=recording, pose=pose, key_frames={"middle": recording.frame_count // 2}
        ),
    )


def _key_frames(recording: Recording, seen: _Seen) -> dict[str, int]:
    """Return the standing posture and the deepest of the bends."""
    frames: dict[str, int] = {}
    zero = seen.curves.back.zero
    if zero is not None:
        middle_s = 0.5 * (zero.start_s + zero.end_s)
        frames["standing"] = recording.frame_at(middle_s)
    if seen.bends:
        trunk = seen.curves.series["trunk_inclination"].value
        frames["bottom"] = max(seen.bends, key=lambda bend: trunk[bend.deepest]).deepest
    return frames or {"middle": recording.frame_count // 2}
