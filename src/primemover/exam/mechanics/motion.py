"""From a filmed repetition to the movement, the load and their errors that dynamics need."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from primemover.dynamics.body import Lengths, body_of
from primemover.dynamics.draws import TURNING, InputErrors
from primemover.dynamics.motion import HeldLoad, SagittalMotion
from primemover.dynamics.rates import WINDOW_S
from primemover.dynamics.spine import spine_for_line_rad
from primemover.errors import QualityError
from primemover.exam.mechanics.body import LifterScale
from primemover.exam.mechanics.film import LiftFilm, median
from primemover.exam.mechanics.legs import Turns, leg_turns
from primemover.exam.mechanics.load import load_path
from primemover.knowledge.segment_rows import SegmentTable
from primemover.model.arrays import Floats, Ints, Mask
from primemover.model.repetition import Repetition
from primemover.signal.gaps import bridged, fill_short_gaps

__all__ = ["LiftInputs", "lift_inputs", "set_up_s"]

LONGEST_GAP_S: Final = 0.25  # bridged in a line; a tenth of a repetition
_SET_UP_S: Final = 0.5  # of the set-up that is looked at: the slack is taken in 0.3 s before
# The clock on which forces are reckoned: fine enough that the vertical forces of a fast lift close
# within 1 % (30 frames/s leave up to 2 %), and no finer, because it costs time.
_FRAMES_PER_S: Final = 60.0
_KNOWN: Final = 0.9  # of the pull's frames for a curve to stand on its own
_SOME: Final = 0.3  # of them for it to tell how far it is from the trunk's line
_TOO_POOR: Final = "too few frames of this repetition show hips, shoulders, feet and load at once"

# The line from hips to shoulders in own standing: 1 deg forward and 3 deg of spread on rendered
# people; landmarks err by 4.5 deg there. Engineering default that leans on both.
_STANDING_LINE_RAD: Final = float(np.deg2rad(1.0))
_STANDING_LINE_SE_RAD: Final = float(np.deg2rad(3.5))
_LANDMARK_LINE_SE_RAD: Final = float(np.deg2rad(4.5))
# Where the outline of the back is not read the pelvis turns with the trunk's line: 54 of 64 deg
# in the lift of loads.md, 51 of 65 with the 25 deg of lumbar flexion usual in a deadlift.
_PELVIS_OF_LINE: Final = 0.8
_PELVIS_OF_LINE_SE: Final = 0.13
_PELVIS_AT_REST_SE_RAD: Final = float(np.deg2rad(4.0))
_LASTING: Final = 0.5
# Lifters look ahead while they bend. Engineering default: the head weighs little here.
_HEAD_OF_LINE: Final = 0.6
_HEAD_SE_RAD: Final = float(np.deg2rad(15.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftInputs:
    """One repetition as it goes into the dynamics.

    Attributes
    ----------
    motion, load : (T,) curves of the cut-out film on an even clock, with room for the smoothing
    errors : their standard errors, without those of the masses and lengths
    said : sentences about what was not seen
    """

    motion: SagittalMotion
    load: HeldLoad
    errors: InputErrors
    said: tuple[str, ...]


def set_up_s(repetition: Repetition) -> float:
    """Return when the part of the set-up that is looked at begins."""
    return max(repetition.start_s, repetition.lift_off_s - _SET_UP_S)


def lift_inputs(
    film: LiftFilm,
    repetition: Repetition,
    scale: LifterScale,
    person: tuple[SegmentTable, Lengths, float],
) -> LiftInputs:
    """Return movement, load and errors of one repetition, cut out of the film.

    Steps: shank and thigh from the calibrated curves, or from hips, feet and the legs' length
    where the knee is covered; the line from hips to shoulders from the trunk's inclination; the
    pelvis from the back's outline, or as a part of that line; lumbar link and chest so that the
    line holds; the load where its path is in the body's plane. Gaps up to 0.25 s are bridged.

    Parameters
    ----------
    person
        Segment table, lengths and body mass in kg.

    Raises
    ------
    QualityError
        If lift-off or lockout was not seen, or too few frames are complete.
    """
    if not (math.isfinite(repetition.lift_off_s) and math.isfinite(repetition.lockout_s)):
        raise QualityError("The lift was not seen from floor to lockout.")
    frames = _frames(film.time_s, repetition)
    time_s = film.time_s[frames]
    pull = (time_s >= repetition.lift_off_s) & (time_s <= repetition.lockout_s)
    table, lengths, body_mass_kg = person
    legs = leg_turns(
        film,
        frames,
        lengths,
        pull_s=(repetition.lift_off_s, repetition.lockout_s),
        m_per_px=scale.m_per_px,
    )
    line, line_se = _line(film, frames)
    pelvis = _pelvis(film, frames, line, pull)
    lumbar, chest = spine_for_line_rad(
        body_of(table, lengths, body_mass_kg=body_mass_kg), pelvis_rad=pelvis.rad, line_rad=line
    )
    height_m = float(lengths.ankle_height_m)
    load = load_path(film, repetition, frames, lengths, m_per_px=scale.m_per_px)
    motion = SagittalMotion(
        time_s=time_s,
        foot_rad=np.zeros(time_s.size),
        shank_rad=legs.shank_rad,
        thigh_rad=legs.thigh_rad,
        pelvis_rad=pelvis.rad,
        lumbar_rad=lumbar,
        chest_rad=chest,
        head_rad=_HEAD_OF_LINE * line,
        ankle_m=np.tile([0.0, height_m], (time_s.size, 1)),
    )
    _must_be_seen(motion, load.held, pull)
    errors = _errors(legs, line_se, pelvis, (load.forward_se_m, load.up_se_m), film)
    even_s = np.arange(time_s[0], time_s[-1], 1.0 / _FRAMES_PER_S)
    return LiftInputs(
        motion=_on_clock(motion, time_s, even_s),
        load=replace(
            load.held,
            path_m=_between(load.held.path_m.T, time_s, even_s).T,
            carried=_between(load.held.carried, time_s, even_s),
        ),
        errors=_errors_on_clock(errors, time_s, even_s),
        said=(*legs.said, *pelvis.said, *load.said),
    )


def _on_clock(motion: SagittalMotion, time_s: Floats, even_s: Floats) -> SagittalMotion:
    """Return the movement on another clock."""
    curves: dict[str, Any] = {
        name: _between(getattr(motion, name), time_s, even_s) for name in ("foot_rad", *TURNING)
    }
    ankle_m = _between(motion.ankle_m.T, time_s, even_s).T
    return replace(motion, time_s=even_s, ankle_m=ankle_m, **curves)


def _errors_on_clock(errors: InputErrors, time_s: Floats, even_s: Floats) -> InputErrors:
    names = ("bend_rad", "pelvis_rad", "pelvis_drift_rad")
    changed: dict[str, Any] = {
        name: _between(np.asarray(getattr(errors, name)), time_s, even_s) for name in names
    }
    return replace(errors, **changed)


def _between(values: Floats, time_s: Floats, even_s: Floats) -> Floats:
    """Return (..., T) in a line between frames; NaN beside a missing frame, numbers unchanged."""
    if values.ndim == 0:
        return values
    if values.ndim > 1:
        return np.stack([_between(row, time_s, even_s) for row in values])
    return np.interp(even_s, time_s, values)


def _errors(
    legs: Turns,
    line_se: float,
    pelvis: _Pelvis,
    load_se_m: tuple[float, float],
    film: LiftFilm,
) -> InputErrors:
    return InputErrors(
        shank_rad=legs.shank_se_rad,
        thigh_rad=legs.thigh_se_rad,
        leg_rad=legs.leg_se_rad,
        bend_rad=legs.bend_se_rad,
        pelvis_rad=pelvis.level_rad,
        pelvis_drift_rad=pelvis.drift_rad,
        line_rad=line_se,
        head_rad=_HEAD_SE_RAD,
        camera_rad=0.0 if film.counted else film.tilt_se_rad,
        load_forward_m=load_se_m[0],
        load_up_m=load_se_m[1],
    )


def _frames(time_s: Floats, repetition: Repetition) -> Ints:
    """Return the frames from set-up to lockout, with room for the smoothing."""
    inside = np.flatnonzero(
        (time_s >= set_up_s(repetition) - WINDOW_S) & (time_s <= repetition.lockout_s + WINDOW_S)
    )
    if inside.size < 2:  # noqa: PLR2004 - no movement in one frame
        raise QualityError(_TOO_POOR)
    return inside


def _must_be_seen(motion: SagittalMotion, load: HeldLoad, pull: Mask) -> None:
    complete: Mask = np.asarray(np.isfinite(load.path_m).all(axis=-1))
    for curve in (motion.shank_rad, motion.thigh_rad, motion.pelvis_rad, motion.chest_rad):
        complete = complete & np.isfinite(curve)
    if not pull.any() or complete[pull].mean() < _KNOWN:
        raise QualityError(_TOO_POOR)


def _line(film: LiftFilm, frames: Ints) -> tuple[Floats, float]:
    """Return the line from hips to shoulders against the vertical, and its standard error."""
    trunk = film.curves.angles["trunk_inclination"]
    value = film.cut(trunk.value, frames, longest_s=LONGEST_GAP_S)
    se = film.typical(trunk.se, frames)
    if not film.counted:
        own = math.sqrt(max(se**2 - film.view.likely_roll_rad**2, (0.5 * se) ** 2))
        return value + film.tilt_rad, own
    at_rest, at_rest_se = _STANDING_LINE_RAD, _STANDING_LINE_SE_RAD
    seen = film.standing_rad("hip", "shoulder")
    if math.isfinite(seen):
        seen_se = math.hypot(_LANDMARK_LINE_SE_RAD, film.tilt_se_rad)
        trust = seen_se**-2 / (seen_se**-2 + at_rest_se**-2)
        at_rest += trust * (seen - at_rest)
        at_rest_se *= math.sqrt(1.0 - trust)
    return value + at_rest, math.hypot(se, at_rest_se)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pelvis:
    """The pelvis' inclination (T,), 0 as in own standing, and its two errors; `InputErrors`."""

    rad: Floats
    level_rad: Floats
    drift_rad: Floats
    said: tuple[str, ...] = ()


def _pelvis(film: LiftFilm, frames: Ints, line: Floats, pull: Mask) -> _Pelvis:
    series, time_s = film.curves.angles["pelvis_inclination"], film.time_s[frames]
    seen = fill_short_gaps(time_s, series.value[frames], longest_s=LONGEST_GAP_S)
    known = np.isfinite(seen)
    share = float(known[pull].mean()) if pull.any() else 0.0
    guess = _PELVIS_OF_LINE * line
    guessed = _Pelvis(
        rad=guess,
        level_rad=np.nan_to_num(_PELVIS_OF_LINE_SE * np.abs(line)),
        drift_rad=np.full_like(line, _PELVIS_AT_REST_SE_RAD),
        said=(
            (
                "The back's outline was not seen: the pelvis is taken to turn as much of the "
                "trunk's way as it usually does, so the back's work is only guessed."
            ),
        ),
    )
    if share < _SOME:
        return guessed
    ahead = median((seen - guess)[known])
    if share < _KNOWN:
        said = "The back's outline was seen in parts; between them the pelvis follows the trunk."
        return replace(guessed, rad=guess + ahead, said=(said,))
    # Half of the variance lasts through the lift, half turns round in it: `reading_off` takes the
    # errors of two instants of one film to have half of their variance in common.
    se = math.sqrt(_LASTING) * bridged(series.se[frames])
    way = np.linspace(-1.0, 1.0, np.count_nonzero(pull))
    turning = np.interp(time_s, time_s[pull], way)
    return _Pelvis(rad=np.where(known, seen, guess + ahead), level_rad=se, drift_rad=se * turning)
