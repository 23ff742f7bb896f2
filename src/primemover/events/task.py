"""What the movement looks like, whatever it was called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.events.visits import visits_above
from primemover.model.arrays import Floats
from primemover.model.view import TaskGuess, TaskName
from primemover.signal.soft import falls

__all__ = ["BodySignals", "guess_task"]

_BENT_RAD = np.deg2rad(50.0)
_TALL_RAD = np.deg2rad(28.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySignals:
    """Curves that tell lifts apart, all (T,); heights above the ankles in leg lengths.

    Attributes
    ----------
    hinge_rad, knee_rad : trunk-thigh and knee flexion
    hand_up, shoulder_up, knee_up : heights
    load_up : height of the load's centre, NaN when it was not followed
    """

    time_s: Floats
    hinge_rad: Floats
    knee_rad: Floats
    hand_up: Floats
    shoulder_up: Floats
    knee_up: Floats
    load_up: Floats


# Engineering defaults, in leg lengths and degrees, with the width over which one turns into the
# other: the hands of a squat stay at the shoulders, those of a clean rest there for a while (a hand
# that the network loses behind a plate jumps there for a frame or two), those of a deadlift go
# from below the knee to the thigh.
_HANDS_AT_SHOULDER = (0.30, 0.07)
_HANDS_CAUGHT = (0.12, 0.05)
_CAUGHT_S = 0.4
_HANDS_PAST_KNEE = (0.30, 0.08)
_STRAIGHT_KNEE_RAD = (float(np.deg2rad(25.0)), float(np.deg2rad(5.0)))
_CATCH_S = 2.0


def guess_task(signals: BodySignals) -> TaskGuess:
    """Return what the movement looks like, from where the hands go while the hips bend.

    Steps: take every visit of the hinge beyond 50 deg; compare the lower hand's height with knee
    and shoulder at the bottom, and with the shoulder in the two seconds after standing up. The
    probabilities are logistic in those margins: engineering defaults, not fitted. A clean takes the
    load to the shoulders too: while it is followed, it counts as well as the hand.
    """
    visits = visits_above(signals.hinge_rad, enter=_BENT_RAD, leave=_TALL_RAD)
    if not visits:
        return TaskGuess(
            looks_like=TaskName.OTHER,
            probability=0.9,
            why="Nobody bends at the hips in this film.",
        )
    scores = np.array([_visit_scores(signals, start, end) for start, end, _, _ in visits])
    # Every bend of a squat has the hands at the shoulders; one catch makes a clean.
    squat, clean = float(scores[:, 0].min()), float(scores[:, 1].max())
    free_bend, lift = (float(score) for score in np.median(scores[:, 2:], axis=0))
    named = {
        TaskName.SQUAT: squat,
        TaskName.CLEAN: clean * (1.0 - squat),
        TaskName.FORWARD_BEND: free_bend * (1.0 - squat) * (1.0 - clean),
        TaskName.DEADLIFT: lift * (1.0 - squat) * (1.0 - clean) * (1.0 - free_bend),
    }
    named[TaskName.OTHER] = max(1.0 - sum(named.values()), 0.0)
    looks_like = max(named, key=lambda name: named[name])
    return TaskGuess(looks_like=looks_like, probability=named[looks_like], why=_REASONS[looks_like])


def _visit_scores(signals: BodySignals, start: int, end: int) -> tuple[float, float, float, float]:
    """Return how much one bend looks like squat, clean, free bend and lift, each 0-1."""
    bottom = start + int(np.nanargmax(signals.hinge_rad[start:end]))
    low = start + int(np.nanargmin(signals.hand_up[start:end]))
    below_shoulder = (signals.shoulder_up - signals.hand_up)[[start, bottom, end - 1]]
    squat = falls(float(np.nanmax(below_shoulder)), *_HANDS_AT_SHOULDER)
    clean = falls(_caught(signals, float(signals.time_s[end - 1])), *_HANDS_CAUGHT)
    loaded = bool(np.isfinite(signals.load_up[start:end]).mean() > 0.5)  # noqa: PLR2004 - mostly
    knee = float(np.nanmedian(signals.knee_rad[max(low - 2, start) : low + 3]))
    free_bend = 0.0 if loaded else falls(knee, *_STRAIGHT_KNEE_RAD)
    past_knee = signals.hand_up[low] - signals.knee_up[low]
    return squat, clean, free_bend, falls(float(past_knee), *_HANDS_PAST_KNEE)


def _caught(signals: BodySignals, after_s: float) -> float:
    """Return how far below the shoulders hand and load stay while nearest to them, leg lengths.

    The least, over the two seconds after `after_s`, of the greatest within 0.4 s; infinite if the
    film ends sooner.
    """
    time_s = signals.time_s
    lower = np.fmin(signals.hand_up, signals.load_up)
    below = signals.shoulder_up - lower
    begins = np.flatnonzero((time_s >= after_s) & (time_s <= after_s + _CATCH_S))
    ends = np.searchsorted(time_s, time_s[begins] + _CAUGHT_S)
    stays = [below[begin:end] for begin, end in zip(begins, ends, strict=True) if end < time_s.size]
    return min((float(np.max(one)) for one in stays if np.isfinite(one).all()), default=np.inf)


_REASONS: dict[TaskName, str] = {
    TaskName.SQUAT: "The hands stay near the shoulders while the hips bend.",
    TaskName.CLEAN: "The hands end at the shoulders.",
    TaskName.FORWARD_BEND: "The knees stay straight and nothing is lifted.",
    TaskName.DEADLIFT: "The hands go down past the thighs and come up with the hips.",
    TaskName.OTHER: "The hands and hips do not move as in a deadlift.",
}
