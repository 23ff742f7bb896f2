"""The seated test's quality checks, as sentences with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from primemover.exam.hip_quality import LIMITS, Fault, HoldQuality
from primemover.exam.hip_signals import REST_LIMIT_RAD, Leg, Seat
from primemover.model.check import Check, CheckStatus
from primemover.model.cleaned import CleanPose
from primemover.model.view import View

__all__ = ["WANTED_REPETITIONS", "film_checks", "leg_checks", "thigh_is_level"]

WANTED_REPETITIONS: Final = 3  # product.md 1.3
# Engineering defaults.
SEATED_DROP: Final = 0.65  # knees lower than this many shank lengths below the hips: not seated
_LEVEL_WARN_RAD: Final = float(np.deg2rad(5.0))
_KNEE_OFF_RAD: Final = float(np.deg2rad(20.0))

_WHAT: Final[dict[Fault, str]] = {
    Fault.PELVIS_HIKE: "the pelvis stayed level",
    Fault.TRUNK_LEAN: "the trunk stayed upright",
    Fault.THIGH_DRIFT: "the thigh stayed in place",
    Fault.SEEN: "knee and ankle could be seen",
    Fault.WHO: "the points stayed on the same person",
}
_AMISS: Final[dict[Fault, str]] = {
    Fault.PELVIS_HIKE: "the pelvis tilted by up to {size:.0f} deg",
    Fault.TRUNK_LEAN: "the trunk leaned by up to {size:.0f} deg",
    Fault.THIGH_DRIFT: "the knee moved by up to {share:.0f} % of the shank's length",
    Fault.SEEN: "knee or ankle was covered or out of the picture for up to {share:.0f} % of a hold",
    Fault.WHO: "the points jumped to something else in up to {share:.0f} % of a swing's pictures",
}
_REMEDY: Final[dict[Fault, str]] = {
    Fault.PELVIS_HIKE: "Sit heavy on both sides and repeat; stop where the pelvis starts to lift.",
    Fault.TRUNK_LEAN: "Sit tall with the hands beside the hips and repeat.",
    Fault.THIGH_DRIFT: "Keep the thigh where it is (a towel under it helps) and repeat.",
    Fault.SEEN: "Film with both feet in the picture and nothing in front of the shin.",
    Fault.WHO: "The examiner should stand behind or beside the leg, with one hand in the picture.",
}


def film_checks(
    pose: CleanPose, view: View, seat: Seat, legs: Sequence[Leg], *, passive: bool
) -> tuple[Check, ...]:
    """Return the checks of the film as a whole."""
    return (
        _view_check(view),
        _seated_check(seat),
        _room_level_check(view) or _camera_level_check(seat, legs),
        _people_check(pose, passive=passive),
    )


def leg_checks(leg: Leg, holds: Sequence[HoldQuality]) -> tuple[Check, ...]:
    """Return the checks of one leg; ids end in the side."""
    faults = tuple(_fault_check(leg, fault, holds) for fault in Fault) if holds else ()
    return (
        _rest_check(leg),
        _knee_check(leg),
        _held_check(leg),
        _count_check(leg, holds),
        *faults,
    )


def thigh_is_level(seat: Seat) -> bool:
    """Return whether the person sits: knees about as high as the hips, most of the film."""
    known = seat.thigh_drop[np.isfinite(seat.thigh_drop)]
    return bool(known.size and float(np.median(known)) <= SEATED_DROP)


def _view_check(view: View) -> Check:
    if not view.accepted:
        return Check(id="view", status=CheckStatus.FAILED, detail=view.why)
    yaw = abs(np.rad2deg(view.yaw_rad))
    return Check(
        id="view",
        status=CheckStatus.PASSED,
        detail=f"Filmed from the front, about {yaw:.0f} deg off.",
    )


def _seated_check(seat: Seat) -> Check:
    if thigh_is_level(seat):
        return Check(id="seated", status=CheckStatus.PASSED, detail="The person sits.")
    return Check(
        id="seated",
        status=CheckStatus.FAILED,
        detail="The thighs do not point at the camera: sit on the edge of a high seat with both "
        "feet off the floor and film from the front.",
    )


def _room_level_check(view: View) -> Check | None:
    """Judge the camera's tilt from the room's edges, None where they tell nothing."""
    if not np.isfinite(view.roll_rad):
        return None
    level = abs(view.roll_rad) <= _LEVEL_WARN_RAD
    told = (
        f"The edges of the room say that the camera is tilted by {np.rad2deg(view.roll_rad):+.0f} "
        f"± {np.rad2deg(view.roll_se_rad):.0f} deg (clockwise +). Counting from the resting shank "
        "takes a tilted camera out."
    )
    return Check(
        id="camera_level",
        status=CheckStatus.PASSED if level else CheckStatus.WARNING,
        detail=told if level else f"{told} Put the phone level to be sure.",
    )


def _camera_level_check(seat: Seat, legs: Sequence[Leg]) -> Check:
    """Judge the camera's tilt from what should be level or hang down at rest.

    Hips and shoulders tilt with the camera, and the two shanks, internal rotation +, tilt in
    opposite senses; what the network errs on both shanks alike drops out of their difference.
    """
    rests = [leg.rest for leg in legs if leg.rest]
    span = slice(*rests[0]) if rests else slice(None)
    hints = [
        float(np.nanmedian(line[span])) for line in (seat.hip_tilt_rad, seat.shoulder_tilt_rad)
    ]
    if len(legs) > 1:
        shanks = [float(np.nanmedian(leg.absolute_rad[span])) for leg in legs]
        hints.append(0.5 * (shanks[0] - shanks[1]))
    roll = float(np.median(hints))
    told = "Nothing in the picture is known to be level; hips, shoulders and resting shanks "
    if abs(roll) <= _LEVEL_WARN_RAD:
        return Check(
            id="camera_level",
            status=CheckStatus.PASSED,
            detail=told + f"together suggest a tilt of {np.rad2deg(roll):+.0f} deg, which counting "
            "from the resting shank takes out.",
        )
    return Check(
        id="camera_level",
        status=CheckStatus.WARNING,
        detail=told + f"suggest that the camera is tilted by {np.rad2deg(roll):+.0f} deg. Counting "
        "from the resting shank takes a tilted camera out; put the phone level to be sure.",
    )


def _people_check(pose: CleanPose, *, passive: bool) -> Check:
    seen = pose.raw.other_people
    others = int(np.nanmax(seen)) if np.isfinite(seen).any() else 0
    if not others:
        return Check(id="one_person", status=CheckStatus.PASSED, detail="Nobody else was seen.")
    if passive:
        return Check(
            id="one_person",
            status=CheckStatus.PASSED,
            detail=f"{others} other in the picture, as the passive test needs; each swing was "
            "checked for points that jump to the examiner.",
        )
    return Check(
        id="one_person",
        status=CheckStatus.WARNING,
        detail=f"{others} other in the picture during the active test: nobody may help the leg. "
        "Repeat it alone, or call it the passive test.",
    )


def _rest_check(leg: Leg) -> Check:
    name = f"rest_{leg.side}"
    if leg.rest is not None:
        return Check(
            id=name,
            status=CheckStatus.PASSED,
            detail=f"The {leg.side} shank hung {np.rad2deg(leg.rest_rad):+.0f} deg off the "
            "vertical at rest; the angles take account of it.",
        )
    return Check(
        id=name,
        status=CheckStatus.WARNING,
        detail=f"No second of rest with the {leg.side} shank hanging within "
        f"{np.rad2deg(REST_LIMIT_RAD):.0f} deg of the vertical was found; angles are counted from "
        "the picture's vertical, with a larger error. Let both legs hang still for 2 s first.",
    )


def _knee_check(leg: Leg) -> Check:
    name = f"knee_angle_{leg.side}"
    if not np.isfinite(leg.knee_rad):
        return Check(
            id=name,
            status=CheckStatus.NOT_CHECKED,
            detail="The knee's angle cannot be told from the front.",
        )
    off = abs(leg.knee_rad - np.pi / 2)
    said = f"The {leg.side} knee looks bent by about {np.rad2deg(leg.knee_rad):.0f} deg"
    if off <= _KNEE_OFF_RAD:
        return Check(id=name, status=CheckStatus.PASSED, detail=said + " (a rough guess).")
    return Check(
        id=name,
        status=CheckStatus.WARNING,
        detail=said + " (a rough guess); the test wants a right angle. The error was widened.",
    )


def _held_check(leg: Leg) -> Check:
    name = f"hold_{leg.side}"
    short = sum(not swing.held for swing in leg.swings)
    if not leg.swings:
        swayed = " It moved only as an echo of the other leg." if leg.swayed else ""
        return Check(
            id=name,
            status=CheckStatus.FAILED,
            detail=f"The {leg.side} foot did not swing outward by 6 deg or more.{swayed} Turn it "
            "outward as far as it goes and hold for 2 s.",
        )
    if short:
        status = CheckStatus.FAILED if short == len(leg.swings) else CheckStatus.WARNING
        return Check(
            id=name,
            status=status,
            detail=f"{short} of {len(leg.swings)} swings of the {leg.side} leg were not held still "
            "for 0.4 s and are left out. Hold each end position for 2 s.",
        )
    return Check(id=name, status=CheckStatus.PASSED, detail=f"The {leg.side} leg was held still.")


def _count_check(leg: Leg, holds: Sequence[HoldQuality]) -> Check:
    name = f"repetitions_{leg.side}"
    good = sum(not hold.failed for hold in holds)
    if good >= WANTED_REPETITIONS:
        return Check(id=name, status=CheckStatus.PASSED, detail=f"{good} repetitions.")
    status = CheckStatus.WARNING if good else CheckStatus.FAILED
    return Check(
        id=name,
        status=status,
        detail=f"{good} of {WANTED_REPETITIONS} wanted repetitions of the {leg.side} leg can be "
        "used; with fewer the error is larger. Repeat the missing ones.",
    )


def _fault_check(leg: Leg, fault: Fault, holds: Sequence[HoldQuality]) -> Check:
    name = f"{fault}_{leg.side}"
    sizes = [hold.size[fault] for hold in holds]
    if np.isnan(sizes).all():
        return Check(
            id=name,
            status=CheckStatus.NOT_CHECKED,
            detail=f"{leg.side.capitalize()} leg: it could not be told whether {_WHAT[fault]}.",
        )
    largest = float(np.nanmax(sizes))
    out = sum(fault in hold.failed for hold in holds)
    if largest < LIMITS[fault].warn:
        detail = f"{leg.side.capitalize()} leg: {_WHAT[fault]}."
        return Check(id=name, status=CheckStatus.PASSED, detail=detail)
    amiss = _AMISS[fault].format(size=np.rad2deg(largest), share=100.0 * largest)
    left_out = f" {out} of {len(holds)} repetitions are left out." if out else ""
    return Check(
        id=name,
        status=CheckStatus.FAILED if out == len(holds) else CheckStatus.WARNING,
        detail=f"{leg.side.capitalize()} leg: {amiss}.{left_out} {_REMEDY[fault]}",
    )
