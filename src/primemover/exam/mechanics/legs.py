"""Shank and thigh of a repetition: from the calibrated curves, or from hips and feet alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.body import Lengths
from primemover.exam.mechanics.film import LiftFilm, median
from primemover.model.arrays import Floats, Ints
from primemover.signal.gaps import fill_short_gaps
from primemover.signal.smooth import smooth

__all__ = ["Turns", "leg_turns"]

_LONGEST_GAP_S: Final = 0.25
_KNOWN: Final = 0.9  # of the pull's frames
# The line from ankle to hip in own standing. Landmarks read it 1.3 deg too far forward, with
# 1.4 deg of scatter, on 18 rendered people (the knee between them errs by 3 to 5 deg). Standing
# people have the hips about 5 cm ahead of the ankles and knees bent by 3 deg: engineering default.
_LEANS_RAD: Final = float(np.deg2rad(1.3))
_LEANS_SE_RAD: Final = float(np.deg2rad(1.5))
_STANDING_LEG_RAD: Final = float(np.deg2rad(3.5))
_STANDING_LEG_SE_RAD: Final = float(np.deg2rad(2.5))
_STANDING_KNEE_RAD: Final = float(np.deg2rad(3.0))
_STANDING_KNEE_SE_RAD: Final = float(np.deg2rad(3.0))
_LEAST_SE_RAD: Final = float(np.deg2rad(2.0))  # of a thigh: the difference of two curves' errors
# From hip to ankle: 2 cm of landmarks and 3 % of the legs' length.
_DISTANCE_SE_M: Final = 0.02
_DISTANCE_SE: Final = 0.03
_WORST_BEND_RAD: Final = float(np.deg2rad(12.0))
_STRAIGHTEST: Final = 0.995  # of shank and thigh together at lockout: 11 deg of bend
_AT_LOCKOUT_S: Final = 0.1
_LOCKING: Final = 0.02  # of the legs' length: how softly knees lock, as elbows do in `lift_load`
_CALM_S: Final = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Inclinations (T,) of shank and thigh, and how they may err; see `InputErrors`."""

    shank_rad: Floats
    thigh_rad: Floats
    shank_se_rad: float
    thigh_se_rad: float
    leg_se_rad: float
    bend_se_rad: Floats | float
    said: tuple[str, ...] = ()


def leg_turns(
    film: LiftFilm, frames: Ints, lengths: Lengths, *, pull_s: tuple[float, float], m_per_px: float
) -> Turns:
    """Return the legs' inclinations in some frames.

    One source for the whole repetition, so that no curve jumps: the calibrated curves where the
    knee is seen in nine tenths of the pull, else hips, feet and the legs' length.
    """
    angles, time_s = film.curves.angles, film.time_s[frames]
    pull = (time_s >= pull_s[0]) & (time_s <= pull_s[1])
    shank = film.cut(angles["ankle_dorsiflexion"].value, frames, longest_s=_LONGEST_GAP_S)
    knee = film.cut(angles["knee_flexion"].value, frames, longest_s=_LONGEST_GAP_S)
    seen = np.isfinite(shank) & np.isfinite(knee)
    if not pull.any() or seen[pull].mean() < _KNOWN:
        return _by_hips_and_feet(film, frames, lengths, pull_s=pull_s, m_per_px=m_per_px)
    if film.counted:
        return _from_standing(film, frames, shank, knee)
    shank = shank + film.tilt_rad
    return Turns(
        shank_rad=shank,
        thigh_rad=shank - knee,
        shank_se_rad=0.0,
        thigh_se_rad=0.0,
        leg_se_rad=_LEANS_SE_RAD,
        bend_se_rad=film.typical(angles["knee_flexion"].se, frames),
    )


def _from_standing(film: LiftFilm, frames: Ints, shank: Floats, knee: Floats) -> Turns:
    """Return absolute inclinations of curves that count from own standing."""
    leg, leg_se = _STANDING_LEG_RAD, _STANDING_LEG_SE_RAD
    seen = film.standing_rad("ankle", "hip") - _LEANS_RAD
    if math.isfinite(seen):
        seen_se = math.hypot(_LEANS_SE_RAD, film.tilt_se_rad)
        trust = seen_se**-2 / (seen_se**-2 + leg_se**-2)
        leg += trust * (seen - leg)
        leg_se *= math.sqrt(1.0 - trust)
    angles = film.curves.angles
    shank_se, trunk_se, between_se = (
        film.typical(angles[name].se, frames)
        for name in ("ankle_dorsiflexion", "trunk_inclination", "trunk_thigh")
    )
    thigh_se = math.sqrt(max(between_se**2 - trunk_se**2, _LEAST_SE_RAD**2))
    return Turns(
        shank_rad=shank + leg + 0.5 * _STANDING_KNEE_RAD,
        thigh_rad=shank - knee + leg - 0.5 * _STANDING_KNEE_RAD,
        shank_se_rad=shank_se,
        thigh_se_rad=thigh_se,
        leg_se_rad=leg_se,
        # Shank and thigh err the opposite way more often than each by itself: a knee read too
        # straight at the floor, too bent in standing.
        bend_se_rad=math.hypot(
            _STANDING_KNEE_SE_RAD, film.typical(angles["knee_flexion"].se, frames)
        ),
    )


def _by_hips_and_feet(
    film: LiftFilm,
    frames: Ints,
    lengths: Lengths,
    *,
    pull_s: tuple[float, float],
    m_per_px: float,
) -> Turns:
    """Return the legs of a person whose knees are covered: two bars between ankle and hip.

    Legs are all but straight at lockout. Where the hip looks nearer to the ankle there (a plate at
    hip height hides it), its distance is mended by what is missing, from nothing at lift-off on;
    where it looks further away, the scale is.
    """
    pose, time_s = film.pose, film.time_s[frames]
    hip_px = fill_short_gaps(time_s, pose.joints_px["hip"][frames], longest_s=_LONGEST_GAP_S)
    ankle_px = pose.joints_px["ankle"][frames]
    away = hip_px - np.array([median(ankle_px[:, 0]), median(ankle_px[:, 1])])
    shank_m, thigh_m = float(lengths.shank_m), float(lengths.thigh_m)
    distance_m = _distance_m(
        time_s,
        np.hypot(away[:, 0], away[:, 1]) * m_per_px,
        pull_s,
        stretched_m=_STRAIGHTEST * (shank_m + thigh_m),
    )
    line = np.arctan2(pose.forward * away[:, 0], -away[:, 1]) - _LEANS_RAD + film.tilt_rad
    at_ankle = _corner(shank_m, distance_m, thigh_m)
    at_hip = _corner(thigh_m, distance_m, shank_m)
    opening = shank_m * thigh_m * np.sin(at_ankle + at_hip) / distance_m
    distance_se_m = np.hypot(_DISTANCE_SE_M, _DISTANCE_SE * distance_m)
    return Turns(
        shank_rad=_calmed(time_s, line + at_ankle),
        thigh_rad=_calmed(time_s, line - at_hip),
        shank_se_rad=0.0,
        thigh_se_rad=0.0,
        leg_se_rad=math.hypot(_LEANS_SE_RAD, film.tilt_se_rad if film.counted else 0.0),
        bend_se_rad=np.minimum(distance_se_m / np.maximum(opening, 1e-3), _WORST_BEND_RAD),
        said=(
            (
                "The plate covered the knees: how far they are bent follows from hips and feet, "
                "with straight legs at lockout."
            ),
        ),
    )


def _distance_m(
    time_s: Floats, seen_m: Floats, pull_s: tuple[float, float], *, stretched_m: float
) -> Floats:
    """Return the hip's distance from the ankle, (T,), with straight legs at lockout."""
    lift_off_s, lockout_s = pull_s
    at_lockout_m = median(seen_m[np.abs(time_s - lockout_s) < _AT_LOCKOUT_S])
    if at_lockout_m > stretched_m:
        return _locked(seen_m * stretched_m / at_lockout_m, stretched_m)
    on_the_way = np.clip((time_s - lift_off_s) / (lockout_s - lift_off_s), 0.0, 1.0)
    mended: Floats = seen_m + (stretched_m - at_lockout_m) * on_the_way
    return _locked(mended, stretched_m)


def _locked(distance_m: Floats, stretched_m: float) -> Floats:
    """Return distances that come softly up to that of stretched legs and never go beyond."""
    slack = stretched_m - distance_m
    eased: Floats = stretched_m - 0.5 * (slack + np.hypot(slack, _LOCKING * stretched_m))
    return eased


def _calmed(time_s: Floats, values: Floats) -> Floats:
    """Return a curve without the shake that nearly straight legs make of a hip's."""
    known = np.isfinite(values)
    calm = np.full_like(values, np.nan)
    if known.any():
        calm[known] = smooth(time_s[known], values[known], window_s=_CALM_S)
    return calm


def _corner(first_m: float, second_m: Floats, opposite_m: float) -> Floats:
    """Return a triangle's angle between two sides, by the law of cosines."""
    cosine = (first_m**2 + second_m**2 - opposite_m**2) / (2.0 * first_m * second_m)
    angle: Floats = np.arccos(np.clip(cosine, -1.0, 1.0))
    return angle
