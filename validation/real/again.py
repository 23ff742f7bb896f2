"""Read a filmed lift again: without the correction, from another standing, from half the pictures.

The composition follows `exam.deadlift`, from the same public parts; an acceptance test holds that
what it gives for the film as it is, is what the product said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from primemover.exam.camera_level import widened_bar, widened_inclinations
from primemover.exam.corrected import corrected_side
from primemover.exam.lift_curves import bar_series, heights
from primemover.exam.lift_measures import LiftCurves, measure_repetition
from primemover.kinematics.sagittal import back_tangents, sagittal_series
from primemover.model.arrays import Floats, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.outline import BackAngles, DorsalLine, ZeroPosture
from primemover.model.pose import PoseTrack, Silhouettes
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.model.trial import Trial
from primemover.model.view import View
from primemover.outline.angles import back_angles
from primemover.outline.dorsal import trace_back
from primemover.outline.zero import find_zero
from primemover.pose.clean import clean
from primemover.pose.occlusion import cover_behind_plate

__all__ = [
    "Look",
    "beyond_limits",
    "corrected_angles",
    "counted_from",
    "every_other",
    "look_of",
    "measured",
    "plain_angles",
]

Angles: TypeAlias = tuple[dict[str, Series], dict[str, Series]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen in one side film, and the repetitions found in it."""

    pose: CleanPose
    load: LoadTrack
    line: DorsalLine
    zero: ZeroPosture | None
    view: View
    repetitions: tuple[Repetition, ...]


def look_of(trial: Trial) -> Look | None:
    """Return what the product saw, None if it did not see a side."""
    film, view = trial.film, trial.view
    if film is None or film.dorsal is None or film.load is None or view is None:
        return None
    return Look(
        pose=film.pose,
        load=film.load,
        line=film.dorsal,
        zero=film.zero,
        view=view,
        repetitions=trial.repetitions,
    )


def beyond_limits(look: Look) -> Look:
    """Return a look in which the camera's place refuses nothing: a stress test, not the product."""
    plate = look.load if look.load.kind is LoadKind.PLATE else None
    line = trace_back(look.pose.raw.silhouettes, look.pose, load=plate)
    return replace(look, line=line, view=replace(look.view, accepted=True))


def counted_from(look: Look, zero: ZeroPosture) -> Look:
    """Return the look with another standing to count from."""
    return replace(look, zero=zero)


def plain_angles(look: Look) -> Angles:
    """Return the curves as tangents and landmarks have them: angles, and what changes go by."""
    return _by_hand(look)[1:]


def corrected_angles(look: Look) -> Angles:
    """Return the curves with the shipped correction, the plain ones where there is none."""
    back, *plain = _by_hand(look)
    made = corrected_side(plain[0], look.pose, look.line, back, view=look.view, load=look.load)
    return made.series, made.series if made.applied else plain[1]


def measured(look: Look, angles: Callable[[Look], Angles]) -> tuple[Repetition, ...]:
    """Return the repetitions at the instants already found, measured anew."""
    series, tangents = angles(look)
    curves = LiftCurves(
        pose=look.pose,
        body=heights(look.pose),
        angles=series,
        tangents=tangents,
        bar=widened_bar(bar_series(look.pose, look.load), look.view),
        has_zero=look.zero is not None,
        load=look.load.kind,
    )
    return tuple(measure_repetition(curves, one) for one in look.repetitions)


def every_other(look: Look, first: int) -> Look:
    """Return the look as every second picture alone shows it, from picture `first` on.

    Landmarks are cleaned and the outline is traced anew; load and standing are taken over.
    """
    pose = clean(_half_track(look.pose.raw, first))
    load = _half_load(look.load, first)
    plate = load.kind is LoadKind.PLATE
    if plate:
        pose = cover_behind_plate(pose, load.xy_px, load.axes_px)
    line = trace_back(pose.raw.silhouettes, pose, load=load if plate else None, view=look.view)
    half = replace(look, pose=pose, load=load, line=line)
    if look.zero is None:
        return half
    return replace(half, zero=_same_standing(half, look.zero))


def _by_hand(look: Look) -> tuple[BackAngles, dict[str, Series], dict[str, Series]]:
    zero = look.zero
    back = back_angles(look.line, look.pose, zero)
    own = zero is not None and zero.source == "this_clip"
    window = (zero.start_s, zero.end_s) if zero is not None and own else None
    angles = sagittal_series(look.pose, back, zero_s=window, yaw_rad=look.view.likely_yaw_rad)
    if window is None:
        angles = widened_inclinations(angles, look.view)
    return back, angles, back_tangents(look.pose, back)


def _same_standing(look: Look, zero: ZeroPosture) -> ZeroPosture | None:
    """Return the standing of the same seconds, read from the pictures of this look."""
    time_s = look.pose.raw.time_s
    elsewhere: Mask = (time_s < zero.start_s) | (time_s >= zero.end_s)
    return find_zero(look.line, look.pose, None, load_held=elsewhere)


_BY_FRAME: Final = ("time_s", "xy_px", "depth_px", "visibility", "presence", "world_m")


def _half_track(track: PoseTrack, first: int) -> PoseTrack:
    halves = {name: getattr(track, name)[first::2] for name in (*_BY_FRAME, "other_people")}
    seen = track.silhouettes
    if seen is None:
        return replace(track, **halves)
    kept = seen.frame_index % 2 == first
    return replace(
        track,
        **halves,
        silhouettes=Silhouettes(
            frame_index=(seen.frame_index[kept] - first) // 2,
            logits_q=seen.logits_q[kept],
            crop_to_frame=seen.crop_to_frame[kept],
        ),
    )


def _half_load(load: LoadTrack, first: int) -> LoadTrack:
    def half(values: Floats | None) -> Floats | None:
        return None if values is None else values[first::2]

    return replace(
        load,
        xy_px=load.xy_px[first::2],
        se_px=load.se_px[first::2],
        axes_px=load.axes_px[first::2],
        lost=np.asarray(load.lost[first::2], dtype=np.bool_),
        midline_px=half(load.midline_px),
        midline_se_px=half(load.midline_se_px),
    )
