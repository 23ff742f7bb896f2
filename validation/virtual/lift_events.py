"""When the phases of a repetition truly are, by the definitions of docs/protocol-deadlift.md."""

import numpy as np

from primemover.model.arrays import Mask
from validation.virtual.bodies import SIDES, Body
from validation.virtual.motion import Timeline
from validation.virtual.rotations import Floats
from validation.virtual.skeleton import Track

__all__ = ["true_lift_events"]

_LIFTED_M = 0.01  # over its rest: the load is off it
_LOCKED_DEG, _LOWERING_DEG = 4.0, 12.0  # of the trunk-thigh angle, as the protocol says
_STILL = 0.1  # of the pull's peak speed


def true_lift_events(  # noqa: PLR0913 - the whole lift
    body: Body,
    track: Track,
    bar_m: Floats,
    *,
    time_s: Floats,
    standing_s: tuple[float, float],
    timeline: Timeline,
    rests: bool,
) -> tuple[dict[str, float | str | bool], ...]:
    """Return the instants of each repetition, seconds.

    `start_s` (the hands are at the load, or it is lowest), `bottom_s` (the last moment before the
    pull with hardly any speed), `liftoff_s` (the load leaves its rest; a load that does not rest
    lifts off at the bottom), `knee_pass_s`, `lockout_s`, `lowering_s`, `touchdown_s` (at rest
    again, or lowest again, or the film's end).
    """
    hinge = _hinge_deg(body, track, time_s=time_s, standing_s=standing_s)
    knee = _middle_m(body, track, "knee")[:, 1]
    pulls, ends = timeline.spans_s("pull"), timeline.spans_s("lockout")
    tips = [*timeline.spans_s("hips")] or [pull[:1] * 2 for pull in pulls]
    begins = [min(tip[0], pull[0]) for tip, pull in zip(tips, pulls, strict=True)]
    after = [*begins[1:], float(time_s[-1])]
    found = []
    for begin, until, end in zip(begins, after, ends, strict=True):
        frames = _Frames(time_s, begin=begin, top=0.5 * (end[0] + end[1]), until=until)
        found.append(_events(frames, bar_m[:, 1], knee=knee, hinge=hinge, rests=rests))
    return tuple(found)


class _Frames:
    """The frames of one repetition."""

    def __init__(self, time_s: Floats, *, begin: float, top: float, until: float) -> None:
        self.time_s = time_s
        self.begin, self.top, self.until = (
            int(np.searchsorted(time_s, instant)) for instant in (begin, top, until)
        )
        self.until = min(self.until, time_s.size - 1)

    def first(self, is_so: Mask, start: int, end: int) -> int:
        """Return the first frame of [start, end] where something is so, else the last of them."""
        hits = np.flatnonzero(is_so[start : end + 1])
        return start + int(hits[0]) if hits.size else end


def _events(
    frames: _Frames, height: Floats, *, knee: Floats, hinge: Floats, rests: bool
) -> dict[str, float | str | bool]:
    speed = np.gradient(height, frames.time_s)
    rest = float(height[frames.begin : frames.top + 1].min())
    fastest = frames.begin + int(np.argmax(speed[frames.begin : frames.top + 1]))
    slow = np.flatnonzero(speed[frames.begin : fastest + 1] <= _STILL * speed[fastest])
    bottom = frames.begin + int(slow[-1]) if slow.size else frames.begin
    off = frames.first(height > rest + _LIFTED_M, bottom, frames.top) if rests else bottom
    tallest = float(hinge[off : frames.until + 1].min())
    locked = frames.first(hinge <= tallest + _LOCKED_DEG, off, frames.until)
    lowering = frames.first(hinge > hinge[locked] + _LOWERING_DEG, locked, frames.until)
    down = frames.first(height <= rest + _LIFTED_M, lowering, frames.until)
    at = {
        "start": frames.begin,
        "bottom": bottom,
        "liftoff": off,
        "knee_pass": frames.first(height >= knee, off, locked),
        "lockout": locked,
        "lowering": lowering,
        "touchdown": down,
    }
    return {f"{name}_s": float(frames.time_s[frame]) for name, frame in at.items()}


def _hinge_deg(
    body: Body, track: Track, *, time_s: Floats, standing_s: tuple[float, float]
) -> Floats:
    """Return the trunk-thigh angle counted from the own standing, (T,)."""
    hip, knee, shoulder = (_middle_m(body, track, part) for part in ("hip", "knee", "shoulder"))
    trunk = np.arctan2(shoulder[:, 0] - hip[:, 0], shoulder[:, 1] - hip[:, 1])
    thigh = np.arctan2(hip[:, 0] - knee[:, 0], hip[:, 1] - knee[:, 1])
    hinge = np.degrees(trunk - thigh)
    still = (time_s >= standing_s[0]) & (time_s < standing_s[1])
    since: Floats = hinge - hinge[still].mean()
    return since


def _middle_m(body: Body, track: Track, part: str) -> Floats:
    middle: Floats = track.joints_m[:, [body.joint(f"{part}_{s}") for s in SIDES]].mean(axis=1)
    return middle
