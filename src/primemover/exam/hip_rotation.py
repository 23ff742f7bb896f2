"""Seated hip internal rotation on film: the declared protocol.

Seated with the thighs level and the knees at right angles, filmed from the front; each foot is
swung outward and held, by the person (active) or by an examiner (passive). The angle is the line
from knee to ankle against gravity in the plane of the picture. How to film, what is checked and
how far the result is off: docs/protocol-hip-rotation.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from primemover.calibration.measures import calibrated_errors
from primemover.exam.hip_checks import film_checks, leg_checks, thigh_is_level
from primemover.exam.hip_quality import Fault, HoldQuality, judge_hold
from primemover.exam.hip_signals import Leg, Seat, read_leg, read_seat
from primemover.exam.hip_task import guess_seated_task
from primemover.model.arrays import frozen
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Measure, Side, Status, not_measured
from primemover.model.pose import PoseTrack
from primemover.model.recording import Recording
from primemover.model.repetition import Hold
from primemover.model.series import Series
from primemover.model.trial import Film, Trial, TrialKind
from primemover.model.view import View
from primemover.pose.clean import clean
from primemover.pose.view import front_view

__all__ = ["Mode", "examine_hip_rotation"]

Mode = Literal["active", "passive"]

# Standard deviation between repetitions when there is only one to judge from: the test's SEM
# with a digital inclinometer, 1.95 deg (Krause 2015, clinical.md 1.2).
_SINGLE_SD_RAD: Final = float(np.deg2rad(1.95))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """One leg with its held repetitions judged."""

    leg: Leg
    holds: tuple[HoldQuality, ...]

    @property
    def good(self) -> tuple[HoldQuality, ...]:
        """Return the repetitions that count."""
        return tuple(hold for hold in self.holds if not hold.failed)


def examine_hip_rotation(
    recording: Recording, track: PoseTrack, *, mode: Mode, side: Side = Side.NONE
) -> Trial:
    """Return the seated test's measures, checks and curves.

    Parameters
    ----------
    recording, track
        Of the same film.
    mode
        ``"active"``: the person turns the leg alone; ``"passive"``: somebody else does.
    side
        The leg that was tested; NONE for both, one after the other.

    Returns
    -------
    Measures ``hip_rotation_{mode}_{side}`` (mean over the held repetitions, against gravity after
    the fitted correction), ``shank_from_vertical_{mode}_{side}`` (the same against the picture's
    vertical, as the landmarks have it) and ``shank_at_rest_{mode}_{side}``.

    Raises
    ------
    QualityError
        If nobody can be followed through the film.
    """
    pose = clean(track)
    view = front_view(pose, recording.level)
    seat = read_seat(pose)
    sides = (Side.LEFT, Side.RIGHT) if side is Side.NONE else (side,)
    tested = tuple(_test(pose, seat, one, view) for one in sides)
    legs = tuple(one.leg for one in tested)
    refusal = _refusal(view, seat)
    measures: dict[str, Measure] = {}
    for one in tested:
        measures |= _measures(one, mode=mode, refusal=refusal)
    checks = film_checks(pose, view, seat, legs, passive=mode == "passive")
    return Trial(
        kind=TrialKind.HIP_ROTATION,
        view=view,
        task=guess_seated_task(view, seat, legs),
        repetitions=(),
        holds=() if refusal else _holds(track, tested, mode=mode),
        measures=measures,
        series=tuple(_series(pose, leg, refused=bool(refusal)) for leg in legs),
        checks=checks
        + (() if refusal else sum((leg_checks(one.leg, one.holds) for one in tested), ())),
        film=Film(
            recording=recording,
            pose=pose,
            key_frames={} if refusal else _key_frames(tested),
        ),
    )


def _test(pose: CleanPose, seat: Seat, side: Side, view: View) -> _Tested:
    leg = read_leg(pose, side, yaw_rad=view.yaw_rad, roll_rad=view.roll_rad)
    return _Tested(
        leg=leg,
        holds=tuple(judge_hold(pose, seat, leg, swing) for swing in leg.swings if swing.held),
    )


def _refusal(view: View, seat: Seat) -> str:
    """Return why nothing of this film can be measured, or ""."""
    if not view.accepted:
        return view.why
    if not thigh_is_level(seat):
        return "The person does not sit with the thighs towards the camera."
    return ""


def _measures(tested: _Tested, *, mode: Mode, refusal: str) -> dict[str, Measure]:
    side = tested.leg.side
    ids = {
        name: f"{name}_{mode}_{side}"
        for name in ("hip_rotation", "shank_from_vertical", "shank_at_rest")
    }
    why = refusal or _why_not(tested)
    if why:
        return {one: not_measured(one, why, side=side) for one in ids.values()}
    headline = _mean(tested, ids["hip_rotation"], from_rest=True)
    absolute = _mean(tested, ids["shank_from_vertical"], from_rest=False)
    found = {one.id: one for one in (headline, absolute, _rest(tested.leg, ids["shank_at_rest"]))}
    # Without a rest in the film the correction was not made.
    return calibrated_errors(found, "front") if tested.leg.rest is not None else found


def _why_not(tested: _Tested) -> str:
    """Return why this leg was not measured, or ""."""
    leg, side = tested.leg, tested.leg.side
    if not leg.swings:
        return f"The {side} foot did not swing outward by 6 deg or more in this film."
    if not tested.holds:
        return f"No swing of the {side} leg was held still for 0.4 s."
    if not tested.good:
        reasons = {fault for hold in tested.holds for fault in hold.failed}
        named = ", ".join(_SAID[fault] for fault in Fault if fault in reasons)
        return f"Every repetition of the {side} leg is left out: {named}."
    return ""


_SAID: Final[dict[Fault, str]] = {
    Fault.PELVIS_HIKE: "the pelvis lifted",
    Fault.TRUNK_LEAN: "the trunk leaned",
    Fault.THIGH_DRIFT: "the thigh moved",
    Fault.SEEN: "the leg was covered or out of the picture",
    Fault.WHO: "the points jumped to something else",
}


def _mean(tested: _Tested, measure_id: str, *, from_rest: bool) -> Measure:
    """Return the mean over the repetitions that count.

    se^2 = systematic^2 + sd^2 / n + (mean widening of the faults that warn)^2; the systematic
    part is common to all repetitions of a film.
    """
    leg, good = tested.leg, tested.good
    levels = np.array(
        [hold.swing.level_rad if from_rest else _in_picture(leg, hold) for hold in good]
    )
    sd = float(np.std(levels, ddof=1)) if levels.size > 1 else _SINGLE_SD_RAD
    widening = float(np.mean([hold.widening_rad for hold in good]))
    zeroed = from_rest and leg.rest is not None
    systematic = leg.systematic_rad if from_rest else leg.absolute_systematic_rad
    return Measure(
        id=measure_id,
        value=float(levels.mean()),
        se=float(np.sqrt(systematic**2 + sd**2 / levels.size + widening**2)),
        unit="rad",
        status=Status.MEASURED if zeroed or not from_rest else Status.ESTIMATED,
        side=leg.side,
        why=""
        if zeroed or not from_rest
        else "No rest was filmed, so it is counted from the picture's vertical.",
    )


def _in_picture(leg: Leg, hold: HoldQuality) -> float:
    """Return a hold's angle against the picture's vertical, as the landmarks have it."""
    swing = hold.swing
    span = leg.absolute_rad[swing.hold_start : swing.hold_end]
    # Without a plateau the smoothed top stands in for it.
    return float(np.nanmedian(span)) if span.size else swing.level_rad + leg.rest_rad


def _rest(leg: Leg, measure_id: str) -> Measure:
    if leg.rest is None:
        return not_measured(measure_id, "The leg was not seen hanging still.", side=leg.side)
    return Measure(
        id=measure_id,
        value=leg.rest_rad,
        se=leg.absolute_systematic_rad,
        unit="rad",
        side=leg.side,
    )


def _holds(track: PoseTrack, tested: tuple[_Tested, ...], *, mode: Mode) -> tuple[Hold, ...]:
    """Return every held repetition in the film's order, those left out with their reason."""
    found: list[Hold] = []
    for one in tested:
        measure_id = f"hip_rotation_{mode}_{one.leg.side}"
        for hold in one.holds:
            swing = hold.swing
            found.append(
                Hold(
                    start_s=float(track.time_s[swing.hold_start]),
                    end_s=float(track.time_s[min(swing.hold_end, track.time_s.size - 1)]),
                    measures={measure_id: _single(one.leg, hold, measure_id)},
                )
            )
    return tuple(sorted(found, key=lambda hold: hold.start_s))


def _single(leg: Leg, hold: HoldQuality, measure_id: str) -> Measure:
    if hold.failed:
        said = ", ".join(_SAID[fault] for fault in hold.failed)
        return not_measured(measure_id, f"Left out: {said}.", side=leg.side)
    return Measure(
        id=measure_id,
        value=hold.swing.level_rad,
        se=float(np.hypot(leg.systematic_rad, hold.widening_rad)),
        unit="rad",
        status=Status.MEASURED if leg.rest is not None else Status.ESTIMATED,
        side=leg.side,
        why="" if leg.rest is not None else "Counted from the picture's vertical.",
    )


def _series(pose: CleanPose, leg: Leg, *, refused: bool) -> Series:
    value = np.full_like(leg.angle_rad, np.nan) if refused else leg.angle_rad
    se = np.where(np.isfinite(value), np.hypot(leg.systematic_rad, leg.noise_rad), np.nan)
    return Series(
        id=f"hip_rotation_{leg.side}",
        unit="rad",
        time_s=pose.raw.time_s,
        value=frozen(value),
        se=frozen(se),
    )


def _key_frames(tested: tuple[_Tested, ...]) -> dict[str, int]:
    """Return the middle of the first rest, and of each leg's middling hold."""
    frames: dict[str, int] = {}
    rests = [one.leg.rest for one in tested if one.leg.rest]
    if rests:
        frames["rest"] = sum(min(rests)) // 2
    for one in tested:
        ordered = sorted(one.good or one.holds, key=lambda hold: hold.swing.level_rad)
        if ordered:
            swing = ordered[len(ordered) // 2].swing
            frames[f"hold_{one.leg.side}"] = (swing.hold_start + swing.hold_end) // 2
    return frames
