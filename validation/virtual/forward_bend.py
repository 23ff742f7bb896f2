"""The standing forward bend to the toes, held, and back."""

import numpy as np

from validation.virtual.bodies import Body
from validation.virtual.performance import Performance, hanging_wrists_m
from validation.virtual.posture import (
    Channel,
    Reach,
    pose_trunk_and_legs,
    posture,
    reach_with_arms,
    stand,
)
from validation.virtual.timing import Stroke, play, sway

STANDING = posture(shank=2.0, knee=2.0)
_ELBOW = np.array([-1.0, 0.0, 0.3])


def forward_bend(
    body: Body,
    *,
    seed: int,
    frames_per_s: float,
    ends_deg: tuple[float, float, float] = (36.0, 56.0, 36.0),
    repetitions: int = 3,
) -> Performance:
    """Return slow bends with straight knees.

    Parameters
    ----------
    ends_deg : pelvis, lumbar and thoracic excursion at the end of the bend; the ends of
        the repetitions differ by a few per cent
    """
    random = np.random.default_rng(seed + 1)
    strokes = [Stroke(label="stand", duration_s=1.8, postures=(STANDING,))]
    for _ in range(repetitions):
        pelvis, lumbar, thoracic = (end * random.uniform(0.96, 1.04) for end in ends_deg)
        bent = posture(
            shank=-8.0, knee=2.5, pelvis=pelvis, lumbar=lumbar, thoracic=thoracic, neck=12.0
        )
        strokes += [
            Stroke(label="bend", duration_s=1.6, postures=(STANDING, bent)),
            Stroke(label="hold", duration_s=1.5, postures=(bent,)),
            Stroke(label="return", duration_s=1.5, postures=(bent, STANDING)),
            Stroke(label="rest", duration_s=0.6, postures=(STANDING,)),
        ]
    score = play(tuple(strokes), frames_per_s=frames_per_s)
    moving = (Channel.PELVIS, Channel.LUMBAR, Channel.THORACIC, Channel.NECK)
    postures = sway(score, amplitude_deg=0.25, channels=moving, seed=seed)
    track = stand(body, pose_trunk_and_legs(body, postures))
    reach = Reach(
        wrists_m=hanging_wrists_m(body, track),
        elbow_towards=_ELBOW,
        grip=np.zeros(len(score.time_s)),
    )
    names = ("bend", "hold", "return", "rest")
    times = zip(*(score.starts_of(name) for name in names), strict=True)
    return Performance(
        move="forward_bend",
        view="side",
        time_s=score.time_s,
        body=body,
        track=reach_with_arms(body, track, reach),
        standing_s=(0.2, 1.6),
        repetitions=tuple(
            {"start_s": start, "hold_start_s": hold, "hold_end_s": back, "end_s": end}
            for start, hold, back, end in times
        ),
    )
