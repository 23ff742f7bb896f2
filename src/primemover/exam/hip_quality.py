"""What went on in the rest of the body while one leg was held."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from primemover.events.holds import Swing
from primemover.exam.hip_signals import Leg, Seat
from primemover.model.arrays import Floats
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Side
from primemover.model.pose import Landmark

__all__ = ["LIMITS", "Fault", "HoldQuality", "judge_hold"]

_RAD = np.pi / 180.0
_VISIBLE: Final = 0.5  # below this a landmark counts as covered (vision.md 5)
_EDGE_PX: Final = 2.0  # an ankle this near the picture's edge is cut off
# Between two pictures a thirtieth of a second apart nobody's knee or ankle goes this far, in
# shank lengths: the landmark has changed owner. A swing of 90 deg/s moves it by 0.05.
_JUMP_SHANKS: Final = 0.30
_JUMP_PER_S: Final = 4.0  # for longer steps: shank lengths a second


class Fault(StrEnum):
    """What may spoil a held repetition."""

    PELVIS_HIKE = "pelvis_level"
    TRUNK_LEAN = "trunk_upright"
    THIGH_DRIFT = "thigh_still"
    SEEN = "leg_visible"
    WHO = "right_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """From `warn` on the error is widened, from `fail` on the repetition is left out.

    `widen` is the error added for each unit of the fault: a hiked pelvis turns the thigh with it,
    one for one; the others act through the pelvis and count half.
    """

    warn: float
    fail: float
    widen: float


# Engineering defaults: warn above what the landmarks of a still pelvis do by themselves, fail
# where the fault is as large as the test's own detectable change (5-10 deg, clinical.md 1.2).
LIMITS: Final[dict[Fault, Limit]] = {
    Fault.PELVIS_HIKE: Limit(warn=5.0 * _RAD, fail=10.0 * _RAD, widen=1.0),
    Fault.TRUNK_LEAN: Limit(warn=6.0 * _RAD, fail=15.0 * _RAD, widen=0.5),
    Fault.THIGH_DRIFT: Limit(warn=0.12, fail=0.30, widen=0.5),  # shank lengths ~ rad of the thigh
    Fault.SEEN: Limit(warn=0.05, fail=0.30, widen=0.0),  # share of the hold without the leg
    Fault.WHO: Limit(warn=0.02, fail=0.20, widen=0.0),  # share of the swing's steps that jump
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldQuality:
    """The faults of one held repetition.

    Attributes
    ----------
    size : fault -> how large it was, in the unit of its limit; NaN = could not be told
    """

    swing: Swing
    size: dict[Fault, float]

    @property
    def failed(self) -> tuple[Fault, ...]:
        """Faults that take the repetition out."""
        return tuple(fault for fault, size in self.size.items() if size >= LIMITS[fault].fail)

    @property
    def warned(self) -> tuple[Fault, ...]:
        """Faults that widen its error."""
        return tuple(fault for fault, size in self.size.items() if size >= LIMITS[fault].warn)

    @property
    def widening_rad(self) -> float:
        """Return the error to be added for the faults that warn."""
        parts = [LIMITS[fault].widen * self.size[fault] for fault in self.warned]
        return float(np.sqrt(np.sum(np.square(parts)))) if parts else 0.0


def judge_hold(pose: CleanPose, seat: Seat, leg: Leg, swing: Swing) -> HoldQuality:
    """Return how much the rest of the body moved between the leg's rest and its hold.

    Without a rest the whole film's median stands in for it.
    """
    hold = slice(swing.hold_start, swing.hold_end)
    rest = slice(*leg.rest) if leg.rest else slice(None)
    towards_left = 1.0 if leg.side is Side.LEFT else -1.0
    hike = towards_left * _change(seat.hip_tilt_rad, rest, hold)
    return HoldQuality(
        swing=swing,
        size={
            # Only a hike of the tested side passes for rotation; a drop hides some of it.
            Fault.PELVIS_HIKE: abs(hike),
            Fault.TRUNK_LEAN: abs(_change(seat.lean_rad, rest, hold)),
            Fault.THIGH_DRIFT: _drift(pose, seat, leg, (rest, hold)),
            Fault.SEEN: _unseen(pose, leg, hold),
            Fault.WHO: _jumps(pose, seat, leg, slice(swing.start, swing.end)),
        },
    )


def _change(curve: Floats, rest: slice, hold: slice) -> float:
    return _median(curve[hold]) - _median(curve[rest])


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else np.nan


def _drift(pose: CleanPose, seat: Seat, leg: Leg, spans: tuple[slice, slice]) -> float:
    """Return how far the knee moved against the mid-hip, in shank lengths."""
    knee = (pose.left_px if leg.side is Side.LEFT else pose.right_px)["knee"]
    relative = knee - 0.5 * (pose.left_px["hip"] + pose.right_px["hip"])
    across, up = (_change(relative[:, axis], *spans) for axis in (0, 1))
    return float(np.hypot(across, up)) / seat.shank_px


def _unseen(pose: CleanPose, leg: Leg, hold: slice) -> float:
    """Return the share of the hold in which knee or ankle was covered or out of the picture."""
    first = Landmark.LEFT_KNEE if leg.side is Side.LEFT else Landmark.RIGHT_KNEE
    joints = [int(first), int(first) + 2]
    track = pose.raw
    xy = track.xy_px[hold][:, joints]
    far = np.array([track.width_px, track.height_px]) - _EDGE_PX
    outside = np.any(~((xy > _EDGE_PX) & (xy < far)), axis=(1, 2))
    covered = np.any(track.visibility[hold][:, joints] < _VISIBLE, axis=1)
    return float(np.mean(outside | covered))


def _jumps(pose: CleanPose, seat: Seat, leg: Leg, swing: slice) -> float:
    """Return the share of a swing's steps in which the raw knee or ankle changed place."""
    first = Landmark.LEFT_KNEE if leg.side is Side.LEFT else Landmark.RIGHT_KNEE
    track = pose.raw
    xy = track.xy_px[swing][:, [int(first), int(first) + 2]]
    if xy.shape[0] < 2:  # noqa: PLR2004 - a step needs two pictures
        return 0.0
    steps = np.linalg.norm(np.diff(xy, axis=0), axis=2).max(axis=1) / seat.shank_px
    allowed = np.maximum(_JUMP_SHANKS, _JUMP_PER_S * np.diff(track.time_s[swing]))
    return float(np.mean(np.nan_to_num(steps) > allowed))
