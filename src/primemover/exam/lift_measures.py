"""What is measured of one repetition."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from primemover.exam.lift_curves import Heights
from primemover.exam.reading_off import NOT_SEEN, at_instant, change_between
from primemover.model.arrays import Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind
from primemover.model.measure import Measure, Status, not_measured
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.signal.smooth import derivative

__all__ = ["LIFT_MEASURES", "LiftCurves", "measure_repetition"]

NO_ZERO = (
    "no standing without the bar was filmed; stand upright for two seconds before gripping the bar"
)
HIDDEN = "a plate or the arm hides the back there"
TOO_OBLIQUE = "the camera stands too far off the side to read the back's outline"
UPPER_HIDDEN = "a hood, hair or the head hides the upper back there"
KNEE_COVERED = "the plate hides the knee"
NO_LOAD = "no plate or bell was recognised, and hands alone shake too much for a speed"
NO_SCALE = "no plate and no height to take the scale from"

# measure id, series id, why it may be missing although a standing zero is known
_BOTTOM: tuple[tuple[str, str, str], ...] = (
    ("lumbar_flexion_bottom", "lumbar_flexion", HIDDEN),
    ("thoracic_flexion_bottom", "thoracic_flexion", UPPER_HIDDEN),
    ("pelvis_inclination_bottom", "pelvis_inclination", HIDDEN),
    ("hip_flexion_bottom", "hip_flexion", HIDDEN),
    ("knee_flexion_bottom", "knee_flexion", KNEE_COVERED),
    ("ankle_dorsiflexion_bottom", "ankle_dorsiflexion", KNEE_COVERED),
    ("trunk_thigh_bottom", "trunk_thigh", KNEE_COVERED),
    ("trunk_inclination_bottom", "trunk_inclination", NOT_SEEN),
)
_NEEDS_ZERO = frozenset({"lumbar_flexion", "thoracic_flexion", "pelvis_inclination", "hip_flexion"})
_UNITS = {
    "hip_rise_ratio": "1",
    "trunk_rise_share_hips": "1",
    "trunk_rise_share_lumbar": "1",
    "late_lumbar_share": "1",
    "bar_drift": "m",
    "bar_forward_of_midfoot_lift_off": "m",
    "bar_speed_peak": "m/s",
}
# measure id -> SI unit, in the order they are shown
LIFT_MEASURES: dict[str, str] = {
    **{measure_id: "rad" for measure_id, _, _ in _BOTTOM},
    "lumbar_extension_pull": "rad",
    "lumbar_change_lift_off_knee_pass": "rad",
    "trunk_inclination_change_first_phase": "rad",
    "trunk_lean_back_lockout": "rad",
    **_UNITS,
}

_LEAST_RISE_SHARE = 0.6  # of the trunk's rise must be seen before it is divided up
_LEAST_TRUNK_RISE_RAD = np.deg2rad(20.0)
_LEAST_SHOULDER_RISE_LEGS = 0.15
_SHOULDER_SHARE = 0.25  # of the shoulders' whole rise: early, yet far above the noise
_DRIVE_S = 1.5  # the hips' start is looked for this long before lift-off; engineering default
_LARGEST_RATIO = 5.0
_FIRST_PART = 0.4  # of the pull's time, when the knee pass was not seen
# Chosen on films of 98 virtual lifters: a plate's peak speed is off by 0.11 m/s then, a bell's by
# 0.23 (with the plate's window by 1.4, because the hands' landmarks jump); hands that stand in for
# a load nobody saw would still be off by 0.9.
_SPEED_WINDOW_S = {LoadKind.PLATE: 0.15, LoadKind.KETTLEBELL: 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftCurves:
    """All curves of a filmed lift.

    Attributes
    ----------
    angles : series id -> joint angles, from own standing where that was filmed
    tangents : pelvis, lumbar and thoracic curves fit for changes, zero or not
    bar : ``bar_x``, ``bar_y``
    has_zero : whether the person's own standing is known
    corrected : whether the shipped fit was applied to the angles
    back_why : why the back's outline is missing wherever it is
    bar_why : why the bar's path is missing wherever it is
    load : what was followed as the load
    """

    pose: CleanPose
    body: Heights
    angles: dict[str, Series]
    tangents: dict[str, Series]
    bar: dict[str, Series]
    has_zero: bool
    corrected: bool = False
    back_why: str = HIDDEN
    bar_why: str = NO_SCALE
    load: LoadKind = LoadKind.PLATE


def measure_repetition(curves: LiftCurves, repetition: Repetition) -> Repetition:
    """Return the repetition with its measures."""
    found = [
        *_bottom_angles(curves, repetition),
        *_back_changes(curves, repetition),
        *_trunk_shares(curves, repetition),
        _hip_rise_ratio(curves, repetition),
        _trunk_change_first_phase(curves, repetition),
        _lean_back(curves, repetition),
        *_bar(curves, repetition),
    ]
    return replace(repetition, measures={measure.id: measure for measure in found})


def _bottom_angles(curves: LiftCurves, repetition: Repetition) -> list[Measure]:
    measures = []
    for measure_id, series_id, why in _BOTTOM:
        reason = _why_not(curves, series_id, why)
        series = curves.angles[series_id]
        measures.append(at_instant(series, repetition.bottom_s, measure_id, why=reason))
    return measures


def _why_not(curves: LiftCurves, series_id: str, usual: str) -> str:
    """Return why a posture at the bottom would be missing."""
    if series_id not in _NEEDS_ZERO:
        return usual
    if curves.back_why == TOO_OBLIQUE:
        return TOO_OBLIQUE
    return usual if curves.has_zero else NO_ZERO


def _back_changes(curves: LiftCurves, repetition: Repetition) -> list[Measure]:
    lumbar = curves.tangents["lumbar_flexion"]
    pull = change_between(
        lumbar,
        repetition.lockout_s,
        repetition.lift_off_s,
        "lumbar_extension_pull",
        why=curves.back_why,
    )
    early = change_between(
        lumbar,
        repetition.lift_off_s,
        repetition.knee_pass_s,
        "lumbar_change_lift_off_knee_pass",
        why=curves.back_why,
    )
    return [pull, early]


def _trunk_shares(curves: LiftCurves, repetition: Repetition) -> list[Measure]:
    """Divide the trunk's rise between pelvis and lumbar spine, as far as the outline is seen."""
    trunk = curves.angles["trunk_inclination"]
    pelvis, lumbar = (curves.tangents[name] for name in ("pelvis_inclination", "lumbar_flexion"))
    last_s = _last_seen_s(lumbar, repetition)
    whole = change_between(trunk, repetition.lift_off_s, repetition.lockout_s, "trunk")
    seen = change_between(trunk, repetition.lift_off_s, last_s, "trunk")
    enough = (
        whole.is_known
        and seen.is_known
        and -whole.value > _LEAST_TRUNK_RISE_RAD
        and seen.value / whole.value > _LEAST_RISE_SHARE
    )
    ids = ("trunk_rise_share_hips", "trunk_rise_share_lumbar")
    if not enough:
        shares = [not_measured(measure_id, curves.back_why, unit="1") for measure_id in ids]
    else:
        shares = [
            _share(change_between(part, repetition.lift_off_s, last_s, measure_id), seen)
            for measure_id, part in zip(ids, (pelvis, lumbar), strict=True)
        ]
    return [*shares, _late_share(curves, repetition)]


def _late_share(curves: LiftCurves, repetition: Repetition) -> Measure:
    """Return the lumbar spine's share of the last third of the trunk's rise."""
    trunk, lumbar = curves.angles["trunk_inclination"], curves.tangents["lumbar_flexion"]
    inside = (trunk.time_s >= repetition.lift_off_s) & (trunk.time_s <= repetition.lockout_s)
    start, end = (
        at_instant(trunk, instant, "trunk")
        for instant in (repetition.lift_off_s, repetition.lockout_s)
    )
    if not (start.is_known and end.is_known) or start.value - end.value < _LEAST_TRUNK_RISE_RAD:
        return not_measured("late_lumbar_share", NOT_SEEN, unit="1")
    late = inside & (trunk.value <= end.value + (start.value - end.value) / 3.0)
    from_s = float(trunk.time_s[late][0]) if late.any() else math.nan
    part = change_between(
        lumbar, from_s, repetition.lockout_s, "late_lumbar_share", why=curves.back_why
    )
    return _share(part, change_between(trunk, from_s, repetition.lockout_s, "trunk"))


def _share(part: Measure, whole: Measure) -> Measure:
    """Return part / whole of two changes, with the error of a ratio (delta method)."""
    if not (part.is_known and whole.is_known) or abs(whole.value) < 1e-6:  # noqa: PLR2004 - a zero
        return not_measured(part.id, part.why or NOT_SEEN, unit="1")
    share = part.value / whole.value
    se = math.hypot(part.se, share * whole.se) / abs(whole.value)
    return replace(
        part,
        value=share,
        se=se,
        unit="1",
        status=Status.ESTIMATED,
        why="the outline follows skin and shirt, not bone",
    )


def _last_seen_s(lumbar: Series, repetition: Repetition) -> float:
    seen = (
        np.isfinite(lumbar.value)
        & (lumbar.time_s > repetition.lift_off_s)
        & (lumbar.time_s <= repetition.lockout_s)
    )
    return float(lumbar.time_s[seen][-1]) if seen.any() else math.nan


def _drive_s(curves: LiftCurves, repetition: Repetition) -> float:
    """Return when the hips start up: their lowest moment shortly before the load moves.

    Hips that shoot up do so before the bar leaves the floor, so lift-off would be too late.
    """
    time_s = curves.pose.raw.time_s
    earliest = max(repetition.start_s, repetition.lift_off_s - _DRIVE_S)
    before = (time_s >= earliest) & (time_s <= repetition.lift_off_s)
    heights = np.where(before & np.isfinite(curves.body.hip), curves.body.hip, np.inf)
    return float(time_s[int(np.argmin(heights))]) if before.any() else repetition.lift_off_s


def _hip_rise_ratio(curves: LiftCurves, repetition: Repetition) -> Measure:
    """Return hip rise over shoulder rise until the shoulders did a quarter of theirs.

    1 = together, above 1 = hips first. Counted from the drive, not from lift-off.
    """
    time_s, body = curves.pose.raw.time_s, curves.body
    from_s = _drive_s(curves, repetition)
    ends = np.array([from_s, repetition.lockout_s])
    low, high = np.interp(ends, time_s, body.shoulder)
    due = low + _SHOULDER_SHARE * (high - low)
    on_the_way = (time_s > from_s) & (time_s <= repetition.lockout_s) & (body.shoulder >= due)
    if not (np.isfinite(due) and on_the_way.any() and high - low > _LEAST_SHOULDER_RISE_LEGS):
        return not_measured("hip_rise_ratio", NOT_SEEN, unit="1")
    until_s = float(time_s[on_the_way][0])
    hip = float(np.diff(np.interp([from_s, until_s], time_s, body.hip))[0])
    rise = float(due - low)
    ratio = min(max(hip / rise, -_LARGEST_RATIO), _LARGEST_RATIO)
    point = float(np.nanmedian(curves.pose.se_px["hip"])) / body.leg_px
    return Measure(
        id="hip_rise_ratio", value=ratio, se=math.hypot(point, ratio * point) / rise, unit="1"
    )


def _trunk_change_first_phase(curves: LiftCurves, repetition: Repetition) -> Measure:
    """Return how far the trunk tips forward between the drive and the knee pass."""
    name = "trunk_inclination_change_first_phase"
    trunk = curves.angles["trunk_inclination"]
    from_s = _drive_s(curves, repetition)
    until_s = repetition.knee_pass_s
    if not math.isfinite(until_s):
        until_s = repetition.lift_off_s + _FIRST_PART * (
            repetition.lockout_s - repetition.lift_off_s
        )
    inside = (trunk.time_s >= from_s) & (trunk.time_s <= until_s) & np.isfinite(trunk.value)
    if not inside.any():
        return not_measured(name, NOT_SEEN)
    furthest = np.where(inside, trunk.value, -np.inf)
    return change_between(trunk, from_s, float(trunk.time_s[int(np.argmax(furthest))]), name)


def _lean_back(curves: LiftCurves, repetition: Repetition) -> Measure:
    """Return how far the trunk leans behind the vertical at lockout; negative = not upright."""
    trunk = curves.angles["trunk_inclination"]
    upright = at_instant(trunk, repetition.lockout_s, "trunk_lean_back_lockout")
    until = repetition.lowering_s if math.isfinite(repetition.lowering_s) else repetition.end_s
    held = (trunk.time_s >= repetition.lockout_s) & (trunk.time_s <= until)
    if not (upright.is_known and np.isfinite(trunk.value[held]).any()):
        return upright
    furthest = float(np.nanquantile(trunk.value[held], 0.1))
    return replace(upright, value=-furthest)


def _bar(curves: LiftCurves, repetition: Repetition) -> list[Measure]:
    x, y = curves.bar["bar_x"], curves.bar["bar_y"]
    inside = (x.time_s >= repetition.lift_off_s) & (x.time_s <= repetition.lockout_s)
    ids = ("bar_drift", "bar_forward_of_midfoot_lift_off", "bar_speed_peak")
    if not np.isfinite(x.value[inside]).any():
        return [not_measured(i, curves.bar_why, unit=_UNITS[i]) for i in ids]
    furthest = int(np.nanargmax(np.where(inside, x.value, np.nan)))
    drift = Measure(
        id="bar_drift",
        value=float(x.value[furthest]),
        se=float(x.se[furthest]),
        unit="m",
    )
    start = at_instant(x, repetition.lift_off_s, ids[1], why=curves.bar_why)
    return [drift, start, _peak_speed(y, inside, curves.load)]


def _peak_speed(height: Series, inside: Mask, load: LoadKind) -> Measure:
    """Return the load's fastest rise; its error is the scale's share of it."""
    if load not in _SPEED_WINDOW_S:
        return not_measured("bar_speed_peak", NO_LOAD, unit="m/s")
    speed = derivative(height.time_s, height.value, window_s=_SPEED_WINDOW_S[load])[inside]
    known = np.isfinite(speed)
    if not known.any():
        return not_measured("bar_speed_peak", "too few pictures a second for a speed", unit="m/s")
    fastest = float(speed[known].max())
    typical_m = max(float(np.nanmedian(height.value[inside])), 0.1)
    relative = float(np.nanmedian(height.se[inside])) / typical_m
    return Measure(id="bar_speed_peak", value=fastest, se=abs(fastest) * relative, unit="m/s")
