"""The person's own standing posture without the load: what angles of the back are counted from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.outline import DorsalLine, Tangents, ZeroPosture
from primemover.outline.angles import tangents
from primemover.outline.axis import TrunkAxis, trunk_axis
from primemover.signal.gaps import runs
from primemover.signal.smooth import derivative

__all__ = ["find_zero"]

# Engineering defaults, all of them; a relaxed person sways by a few degrees and centimetres.
_UPRIGHT_RAD: Final = math.radians(15.0)
_KNEE_RAD: Final = math.radians(25.0)
_STILL_PER_S: Final = 0.15  # axis lengths a second: 7 cm/s in a grown-up
_HANDS_DOWN: Final = 0.45  # axis lengths below the shoulder
_HANDS_OFF: Final = 0.40  # axis lengths between a hand and the middle of the load
_SHORTEST_S: Final = 0.5
_LONGEST_S: Final = 1.5
_SPEED_WINDOW_S: Final = 0.4
# A raised arm draws the ribs up and hollows the loin a little; the window is second choice.
_ARM_RAISED_SE_RAD: Final = math.radians(3.0)
# Standing with a bell or a bar in the hands differs a little from standing free.
_MAYBE_LOADED_SE_RAD: Final = math.radians(3.0)
_BENT_RAD: Final = math.radians(30.0)
_ROBUST_SD: Final = 1.4826  # median absolute deviation -> standard deviation of a normal error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Frames in which the person stands free and still, and how unquiet each is."""

    free: Mask
    maybe_free: Mask
    readable: Mask
    hands_down: Mask
    unrest: Floats


def find_zero(
    line: DorsalLine,
    pose: CleanPose,
    load: LoadTrack | None = None,
    *,
    load_held: Mask,
    source: str = "this_clip",
) -> ZeroPosture | None:
    """Return the quietest free standing of the film, or None if there is none.

    A frame counts when the load is not held and not near the hands, the trunk is within 15 deg of
    upright, the knees are straight and the body is still. Of all windows of 0.5-1.5 s of such
    frames the one with the least movement is taken; windows with the hands hanging come first, and
    only without any is one taken with an arm raised, at a wider error. Where no plate was followed
    it cannot be seen whether the hands are empty: the standing before the film's first bend is
    then taken for one, at a wider error. If the outline cannot be read in any, a standing is still
    a standing: its tangents are NaN then, and other curves may be counted from it. The posture is
    the median over the window. Lockout under a plate is never used: the plate hides the buttock
    there and the loaded spine is not the standing one.

    Parameters
    ----------
    line, pose, load
        Of the same film.
    load_held
        (T,) True while the load is off the floor or in the hands.
    source
        ``"this_clip"`` or ``"forward_bend_clip"``.
    """
    read = tangents(line, pose)
    standing = _standing(read, pose, load, load_held=load_held)
    hanging = standing.hands_down
    for among, wider_rad in (
        (standing.free & standing.readable & hanging, 0.0),
        (standing.free & standing.readable, _ARM_RAISED_SE_RAD),
        (standing.maybe_free & standing.readable & hanging, _MAYBE_LOADED_SE_RAD),
        (standing.free & hanging, math.nan),
        (standing.maybe_free & hanging, math.nan),
    ):
        window = _quietest(line.time_s, standing.unrest, among)
        if window is not None:
            quiet = among & (standing.unrest <= np.median(standing.unrest[among]))
            return _posture(line.time_s, read, window, quiet, wider_rad=wider_rad, source=source)
    return None


def _standing(
    read: Tangents, pose: CleanPose, load: LoadTrack | None, *, load_held: Mask
) -> _Standing:
    axis = trunk_axis(pose)
    time_s = pose.raw.time_s
    unrest = np.maximum(
        *(_speed(time_s, pose.joints_px[name], axis) for name in ("hip", "shoulder"))
    )
    readable = np.isfinite(read.sacral_rad) & np.isfinite(read.thoracolumbar_rad)
    still = (
        (np.abs(axis.inclination_rad) < _UPRIGHT_RAD)
        & (unrest < _STILL_PER_S)
        & ~(_knee_flexion_rad(pose) > _KNEE_RAD)
    )
    unseen_load = load is not None and load.kind is not LoadKind.PLATE
    return _Standing(
        free=still & ~np.asarray(load_held, dtype=bool) & ~_hands_on(load, pose, axis),
        maybe_free=still & _before_the_first_bend(axis) & unseen_load,
        readable=readable,
        hands_down=_hands_down(pose, axis),
        unrest=unrest,
    )


def _before_the_first_bend(axis: TrunkAxis) -> Mask:
    bent = np.flatnonzero(np.abs(axis.inclination_rad) > _BENT_RAD)
    first = int(bent[0]) if bent.size else 0
    return np.arange(axis.inclination_rad.size) < first


def _speed(time_s: Floats, xy_px: Floats, axis: TrunkAxis) -> Floats:
    """Return speed in axis lengths a second, (T,)."""
    velocity = derivative(time_s, xy_px, window_s=_SPEED_WINDOW_S)
    speed: Floats = np.hypot(velocity[:, 0], velocity[:, 1]) / axis.length_px
    return speed


def _knee_flexion_rad(pose: CleanPose) -> Floats:
    thigh = pose.joints_px["knee"] - pose.joints_px["hip"]
    shank = pose.joints_px["ankle"] - pose.joints_px["knee"]
    cross = thigh[:, 0] * shank[:, 1] - thigh[:, 1] * shank[:, 0]
    flexion: Floats = np.abs(np.arctan2(cross, np.sum(thigh * shank, axis=1)))
    return flexion


def _hands_down(pose: CleanPose, axis: TrunkAxis) -> Mask:
    """Return where neither hand that is seen is raised."""
    down = np.ones(axis.length_px.size, dtype=bool)
    for joints in (pose.left_px, pose.right_px):
        below = (joints["wrist"][:, 1] - joints["shoulder"][:, 1]) / axis.length_px
        down &= ~(below < _HANDS_DOWN)
    return down


def _hands_on(load: LoadTrack | None, pose: CleanPose, axis: TrunkAxis) -> Mask:
    # A load that was only put under the hands, not seen, says nothing about them.
    if load is None or load.kind is LoadKind.HANDS or load.confidence <= 0.0:
        return np.zeros(axis.length_px.size, dtype=bool)
    near = np.zeros(axis.length_px.size, dtype=bool)
    for joints in (pose.left_px, pose.right_px):
        gap = joints["wrist"] - load.xy_px
        near |= np.hypot(gap[:, 0], gap[:, 1]) < _HANDS_OFF * axis.length_px
    return near & ~load.lost


def _quietest(time_s: Floats, unrest: Floats, among: Mask) -> tuple[int, int] | None:
    """Return the half-open window of frames with the least mean movement, or None.

    Every run is cut into windows of at most `_LONGEST_S` that start a fifth of a second apart.
    """
    best: tuple[float, tuple[int, int]] | None = None
    for first, end in runs(among):
        for start_s in np.arange(time_s[first], time_s[end - 1] - _SHORTEST_S + 1e-9, 0.2):
            low = int(np.searchsorted(time_s, start_s, side="left"))
            high = int(np.searchsorted(time_s, start_s + _LONGEST_S, side="right"))
            window = (low, min(high, end))
            if time_s[window[1] - 1] - time_s[low] < _SHORTEST_S - 1e-9:
                continue
            movement = float(np.mean(unrest[low : window[1]]))
            if best is None or movement < best[0]:
                best = (movement, window)
    return best[1] if best is not None else None


def _posture(
    time_s: Floats,
    read: Tangents,
    window: tuple[int, int],
    quiet: Mask,
    *,
    wider_rad: float,
    source: str,
) -> ZeroPosture:
    inside = slice(*window)
    # How much the back sways over the quieter half of all standing is how well one moment of it
    # stands for standing; what the landmarks' error does to a tangent stays however still.
    errors = [
        math.hypot(_ROBUST_SD * _mad(curve[quiet]), float(np.median(se[inside])))
        for curve, se in (
            (read.sacral_rad, read.sacral_se_rad),
            (read.thoracolumbar_rad, read.thoracolumbar_se_rad),
        )
    ]
    each = math.hypot(*errors) / math.sqrt(2.0)
    upper = read.upper_thoracic_rad[inside]
    seen = upper[np.isfinite(upper)]
    last = min(window[1], time_s.size - 1)
    return ZeroPosture(
        start_s=float(time_s[window[0]]),
        end_s=float(time_s[last]),
        source=source,
        pelvis_rad=float(np.median(read.sacral_rad[inside])),
        thoracolumbar_rad=float(np.median(read.thoracolumbar_rad[inside])),
        upper_thoracic_rad=float(np.median(seen)) if seen.size > 0.5 * upper.size else math.nan,
        se_rad=math.hypot(each, wider_rad),
    )


def _mad(values: Floats) -> float:
    return float(np.median(np.abs(values - np.median(values))))
