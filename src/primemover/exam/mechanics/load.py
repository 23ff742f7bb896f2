"""Where the load is, how much of it the hands carry, and how far that may be off."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.body import Lengths
from primemover.dynamics.motion import HeldLoad, carried_share
from primemover.exam.lift_curves import in_body_plane
from primemover.exam.mechanics.film import LiftFilm, median
from primemover.model.arrays import Floats, Ints
from primemover.model.loadtrack import LoadKind
from primemover.model.repetition import Repetition
from primemover.model.session import Variant
from primemover.signal.gaps import fill_short_gaps
from primemover.signal.smooth import smooth

__all__ = ["FilmedLoad", "load_path"]

_LONGEST_GAP_S: Final = 0.25
_KNOWN: Final = 0.7  # of the repetition's frames in which the plate is seen
# Hands' landmarks jump; a bell's speed was least wrong over this window (`lift_measures`).
_HANDS_WINDOW_S: Final = 0.5
_GRIP_TO_BELL_M: Final = 0.16  # 28 cm tall competition kettlebell: handle to the bell's centre
# A bar that nobody saw: how far its middle may be from where the hands say. Engineering default.
_UNSEEN_FORWARD_M: Final = 0.03
_UNSEEN_UP_M: Final = 0.04
_LOCKING: Final = 0.02  # arm lengths, 12 mm: a film's path is no finer. Engineering default
_BEFORE_S: Final = 0.3  # a load that is off the floor so long before lift-off was never on it


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmedLoad:
    """The load with the standard errors of its place, and sentences about it."""

    held: HeldLoad
    forward_se_m: float
    up_se_m: float
    said: tuple[str, ...]


def load_path(
    film: LiftFilm, repetition: Repetition, frames: Ints, lengths: Lengths, *, m_per_px: float
) -> FilmedLoad:
    """Return the load's path in some frames, forward of the ankle and above the soles, metres.

    A plate's path is that in the body's plane. A bell hangs from the hands, and the hands stand in
    for a bar that was not recognised; their landmarks jump, so their path is smoothed first.
    """
    found = _from_hands(film, lengths, m_per_px=m_per_px)
    if film.load.kind is LoadKind.PLATE:
        path, se = in_body_plane(film.load)
        lost = film.load.lost[:, None] | ~np.isfinite(path)
        seen = fill_short_gaps(
            film.time_s[frames], np.where(lost, np.nan, path)[frames], longest_s=_LONGEST_GAP_S
        )
        if np.isfinite(seen).all(axis=1).mean() >= _KNOWN:
            place_m = _placed(film, seen, frames, m_per_px=m_per_px)
            error = film.typical(se, frames) * m_per_px
            found = replace(_Found(place_m=place_m), se_m=(error, error))
            return _held(film, repetition, frames, found, m_per_px=m_per_px)
    place_m = _placed(film, found.place_m[frames], frames, m_per_px=m_per_px)
    return _held(film, repetition, frames, replace(found, place_m=place_m), m_per_px=m_per_px)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    place_m: Floats
    se_m: tuple[float, float] = (0.0, 0.0)
    grip_m: float = 0.0
    said: tuple[str, ...] = ()


def _from_hands(film: LiftFilm, lengths: Lengths, *, m_per_px: float) -> _Found:
    """Return the hands' path with the load under it, (T, 2) pixels of the picture."""
    pose, load = film.pose, film.load
    if load.kind is LoadKind.KETTLEBELL:
        path, below_m, grip_m = load.xy_px, 0.0, _GRIP_TO_BELL_M
        said = "The bell is taken to hang under the hands, its middle 16 cm below the grip."
        more = (0.0, 0.0)
    else:
        path = _wrists(film)
        below_m, grip_m = float(lengths.hand_m), 0.0
        said = "The load was not seen well enough: it is taken to be where the hands are."
        more = (_UNSEEN_FORWARD_M, _UNSEEN_UP_M)
    hand_se_m = median(pose.se_px["wrist"]) * m_per_px
    known = np.isfinite(path).all(axis=1)
    smoothed = np.full(path.shape, np.nan)
    for axis in (0, 1):
        smoothed[known, axis] = smooth(
            film.time_s[known], path[known, axis], window_s=_HANDS_WINDOW_S
        )
    return _Found(
        place_m=smoothed + np.array([0.0, below_m / m_per_px]),
        se_m=(math.hypot(hand_se_m, more[0]), math.hypot(hand_se_m, more[1])),
        grip_m=grip_m,
        said=(said,),
    )


def _wrists(film: LiftFilm) -> Floats:
    if film.load.kind is LoadKind.HANDS:
        return film.load.xy_px
    return film.pose.joints_px["wrist"]


def _placed(film: LiftFilm, path_px: Floats, frames: Ints, *, m_per_px: float) -> Floats:
    """Return picture points (F, 2) as metres forward of the ankle and above the soles.

    The camera's roll is taken out.
    """
    joints = film.pose.joints_px
    ankle_px = median(joints["ankle"][frames, 0])
    soles = np.fmax(joints["heel"][frames, 1], joints["toe"][frames, 1])
    ahead = film.pose.forward * (path_px[:, 0] - ankle_px)
    up = median(soles) - path_px[:, 1]
    turned = np.stack((ahead + film.tilt_rad * up, up - film.tilt_rad * ahead), axis=-1)
    return turned * m_per_px


def _held(
    film: LiftFilm, repetition: Repetition, frames: Ints, found: _Found, *, m_per_px: float
) -> FilmedLoad:
    time_s = film.time_s[frames]
    ankle_se_m = film.typical(film.pose.se_px["ankle"], frames) * m_per_px
    path_m = fill_short_gaps(time_s, found.place_m, longest_s=_LONGEST_GAP_S)
    tilt_m = math.tan(film.tilt_se_rad) * median(path_m[:, 1]) if film.counted else 0.0
    said = list(found.said)
    if film.facts.variant is Variant.HEX_BAR:
        said.append("The hands hold the hex bar beside the body, at the height of its sleeves.")
    return FilmedLoad(
        held=HeldLoad(
            mass_kg=np.asarray(film.facts.bar_mass_kg, dtype=np.float64),
            path_m=path_m,
            carried=carried_share(time_s, lift_off_s=_leaves_floor_s(film, repetition)),
            grip_m=found.grip_m,
            locking=_LOCKING,
        ),
        forward_se_m=math.sqrt(found.se_m[0] ** 2 + ankle_se_m**2 + tilt_m**2),
        up_se_m=found.se_m[1],
        said=tuple(said),
    )


def _leaves_floor_s(film: LiftFilm, repetition: Repetition) -> float:
    """Return when the floor stops carrying the load, NaN where it never did (a Romanian lift)."""
    if film.facts.variant is Variant.ROMANIAN:
        return math.nan
    before = (film.time_s < repetition.lift_off_s) & (
        film.time_s >= repetition.lift_off_s - _BEFORE_S
    )
    seen = film.load.kind is LoadKind.PLATE
    carried = seen and before.any() and bool(film.held[before].all())
    return math.nan if carried else repetition.lift_off_s
