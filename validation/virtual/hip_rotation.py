"""Seated hip internal rotation: each leg three times, held at the end."""

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.performance import Performance
from validation.virtual.posture import (
    Channel,
    Reach,
    pose_trunk_and_legs,
    posture,
    reach_with_arms,
    sit,
)
from validation.virtual.rotations import Floats
from validation.virtual.skeleton import Track
from validation.virtual.timing import Score, Stroke, play, sway

SEATED = {"knee": 90.0, "dorsiflexion": -12.0, "abduction": 2.0}
HANDS_BESIDE_M = 0.30
_HIP_OVER_SEAT_M = 0.085
_FOOT_CLEARANCE_M = 0.16
_ELBOW = np.array([-1.0, 0.0, 0.6])


def hip_rotation(
    body: Body,
    *,
    seed: int,
    frames_per_s: float,
    ends_deg: tuple[float, float],
    helped: bool = False,
    repetitions: int = 3,
) -> Performance:
    """Return seated internal rotation, the left leg first.

    Parameters
    ----------
    ends_deg : left and right end of the motion, internal rotation positive: the foot goes
        outward; the ends of the repetitions differ by up to a degree
    helped : the passive test; an examiner's forearm and hand move the shank
    """
    score = play(
        _strokes(ends_deg=ends_deg, repetitions=repetitions, seed=seed), frames_per_s=frames_per_s
    )
    moving = (Channel.PELVIS, Channel.LUMBAR, Channel.NECK)
    postures = sway(score, amplitude_deg=0.3, channels=moving, seed=seed)
    feet_m = float(body.joints_m[body.joint("ankle_right"), 1])
    hip_height_m = body.length_m("knee_right", "ankle_right") + feet_m + _FOOT_CLEARANCE_M
    seat_m = hip_height_m - _HIP_OVER_SEAT_M
    track = sit(body, pose_trunk_and_legs(body, postures), hip_height_m=hip_height_m)
    track = reach_with_arms(body, track, _hands_on_seat(body, track, seat_m=seat_m))
    return Performance(
        move="hip_rotation_passive" if helped else "hip_rotation_active",
        view="front",
        time_s=score.time_s,
        body=body,
        track=track,
        standing_s=(0.2, 1.4),
        repetitions=_repetitions(score),
        seat_m=seat_m,
        helper_m=_helper_m(body, track, score) if helped else None,
    )


def _strokes(*, ends_deg: tuple[float, float], repetitions: int, seed: int) -> tuple[Stroke, ...]:
    random = np.random.default_rng(seed + 1)
    rest = posture(**SEATED)
    out = [Stroke(label="rest", duration_s=1.5, postures=(rest,))]
    for side, end_deg in zip(SIDES, ends_deg, strict=True):
        for _ in range(repetitions):
            reached = end_deg + random.uniform(-1.0, 1.0)
            turned = posture(**SEATED, **{f"hip_rotation_{side}": reached})
            out += [
                Stroke(label=f"turn {side}", duration_s=0.9, postures=(rest, turned)),
                Stroke(label=f"hold {side}", duration_s=1.0, postures=(turned,)),
                Stroke(label=f"back {side}", duration_s=0.9, postures=(turned, rest)),
                Stroke(label="rest", duration_s=0.4, postures=(rest,)),
            ]
    return tuple(out)


def _hands_on_seat(body: Body, track: Track, *, seat_m: float) -> Reach:
    """Return the hands resting on the seat beside the hips."""
    hips = track.joints_m[:, [body.joint(f"hip_{side}") for side in SIDES]].mean(axis=1)
    wrists = np.repeat(hips[:, None, :], 2, axis=1)
    wrists[:, :, 0] += 0.02
    wrists[:, :, 1] = seat_m + 0.09
    wrists[:, :, 2] += np.array([-HANDS_BESIDE_M, HANDS_BESIDE_M])
    return Reach(wrists_m=wrists, elbow_towards=_ELBOW, grip=np.zeros(len(hips)))


def _helper_m(body: Body, track: Track, score: Score) -> Floats:
    """Return the examiner's hand and elbow (T, 2, 3): on the front of the shank, NaN while away."""
    out = np.full((len(score.time_s), 2, 3), np.nan)
    for side, outward in zip(SIDES, (-1.0, 1.0), strict=True):
        starts = score.starts_of(f"turn {side}")
        busy = (score.time_s >= starts[0] - 0.3) & (score.time_s < starts[-1] + 3.2)
        knee = track.joints_m[busy, body.joint(f"knee_{side}")]
        ankle = track.joints_m[busy, body.joint(f"ankle_{side}")]
        in_front = np.array([0.05, 0.0, 0.0])
        out[busy, 0] = knee + 0.86 * (ankle - knee) + in_front
        out[busy, 1] = out[busy, 0] + np.array([0.16, -0.14, 0.42 * outward])
    return out


def _repetitions(score: Score) -> tuple[dict[str, float | str | bool], ...]:
    out: list[dict[str, float | str | bool]] = []
    for side in SIDES:
        names = (f"turn {side}", f"hold {side}", f"back {side}")
        for start, hold, back in zip(*(score.starts_of(name) for name in names), strict=True):
            out.append(
                {
                    "side": side,
                    "start_s": start,
                    "hold_start_s": hold,
                    "hold_end_s": back,
                    "end_s": back + 0.9,
                }
            )
    return tuple(out)
