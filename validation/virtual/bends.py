"""Forward bends of every kind: what turns how far, and what turns first."""

from dataclasses import dataclass, replace

import numpy as np

from validation.virtual.bodies import Body
from validation.virtual.draws import (
    Own,
    Random,
    draw_own,
    draw_shares,
    draw_stance,
    relative,
    standing,
    unevenly,
)
from validation.virtual.figure import Coord, Figure, links_of
from validation.virtual.holding import ELBOW, middle_m
from validation.virtual.motion import Beat, Take, Timeline, unrest
from validation.virtual.performance import Performance, hanging_wrists_m
from validation.virtual.planting import plant
from validation.virtual.posture import Reach, reach_with_arms
from validation.virtual.rotations import Floats
from validation.virtual.skeleton import Track
from validation.virtual.solving import balanced, front_of_leg_m

__all__ = ["STYLES", "bend"]

STYLES = ("hip_led", "lumbar_led", "lordosis_held", "hip_blocked", "bent_knees")

_FULL = 3  # repetitions
_SHIN_CLEARANCE_M = 0.05  # hands that hang stay so far before the shins


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """One bend's end, degrees from the own standing.

    Attributes
    ----------
    knee : absolute
    lumbar_first : share of the lumbar flexion that is had half-way
    pelvis_first : share of the pelvis's turn that is had half-way
    """

    pelvis: float
    lumbar: float
    thoracic: float
    neck: float
    knee: float
    lumbar_first: float
    pelvis_first: float


def bend(body: Body, *, style: str, take: Take) -> Performance:
    """Return free standing, then bends that are held at the end.

    Parameters
    ----------
    style : one of `STYLES`
    """
    random = take.random("bend", style)
    own, links = draw_own(random), links_of(body)
    stance = draw_stance(
        random,
        links,
        half_width_m=links.hip_aside * random.uniform(0.6, 1.4),
        toe_out=random.uniform(0.0, 18.0),
        knees_out=random.uniform(0.0, 8.0),
    )
    figure = Figure(body=body, links=links, stance=stance, lumbar_shares=draw_shares(random))
    ends = _draw_ends(random, style)
    line = _timeline(random, figure, own, ends, brisk=take.brisk)
    time_s = take.frame_times_s(line.ends_s[-1], random)
    postures = line.postures(time_s) + unrest(time_s, amplitude=_sway(random), random=random)
    track = plant(figure, postures)
    return Performance(
        move="forward_bend",
        style=style,
        view="side",
        time_s=time_s,
        body=body,
        track=reach_with_arms(body, track, _hanging(figure, track)),
        standing_s=(0.2, float(line.ends_s[0]) - 0.1),
        repetitions=_repetitions(line),
        posed={
            "own_pelvis_deg": round(own.pelvis, 2),
            "own_lumbar_deg": round(own.lumbar, 2),
            "pelvis_deg": round(ends.pelvis, 2),
            "lumbar_deg": round(ends.lumbar, 2),
            "thoracic_deg": round(ends.thoracic, 2),
            "knee_deg": round(ends.knee, 2),
        },
    )


def _draw_ends(random: Random, style: str) -> _Ends:
    """Draw the end of a bend; the ranges are engineering defaults around the rules' lines."""
    plain = _Ends(
        pelvis=random.uniform(58.0, 82.0),
        lumbar=random.uniform(28.0, 50.0),
        thoracic=random.uniform(2.0, 22.0),
        neck=random.uniform(-25.0, 25.0),
        knee=random.uniform(1.5, 9.0),
        lumbar_first=random.uniform(0.35, 0.6),
        pelvis_first=random.uniform(0.45, 0.65),
    )
    if style == "hip_led":
        return replace(plain, lumbar_first=random.uniform(0.15, 0.4))
    if style == "lumbar_led":
        return replace(
            plain,
            pelvis=random.uniform(38.0, 60.0),
            lumbar=random.uniform(60.0, 82.0),
            thoracic=random.uniform(8.0, 30.0),
            lumbar_first=random.uniform(0.6, 0.8),
            pelvis_first=random.uniform(0.2, 0.45),
        )
    if style == "lordosis_held":
        return replace(
            plain,
            pelvis=random.uniform(55.0, 92.0),
            lumbar=random.uniform(-2.0, 20.0),
            thoracic=random.uniform(-10.0, 8.0),
        )
    if style == "hip_blocked":
        return replace(
            plain,
            pelvis=random.uniform(14.0, 48.0),
            lumbar=random.uniform(38.0, 64.0),
            thoracic=random.uniform(15.0, 42.0),
        )
    if style == "bent_knees":
        return replace(plain, knee=random.uniform(18.0, 55.0))
    raise ValueError(f"no style {style!r}; there are: {', '.join(STYLES)}")


def _timeline(random: Random, figure: Figure, own: Own, ends: _Ends, *, brisk: bool) -> Timeline:
    pace = 0.8 if brisk else random.uniform(0.95, 1.5)
    rest = standing(figure, own)
    beats = [Beat(label="stand", duration_s=1.5 if brisk else 2.0, postures=rest[None])]
    for _ in range(1 if brisk else _FULL):
        about = random.normal(1.0, 0.02, size=2)
        this = replace(ends, pelvis=ends.pelvis * about[0], lumbar=ends.lumbar * about[1])
        way = np.stack([rest, *_bent(figure, own, this, ahead_m=random.uniform(-0.05, 0.03))])
        beats += [
            Beat(label="bend", duration_s=pace * random.uniform(1.5, 2.2), postures=way),
            Beat(label="hold", duration_s=pace * random.uniform(1.2, 1.9), postures=way[-1:]),
            Beat(label="return", duration_s=pace * random.uniform(1.2, 1.9), postures=way[::-1]),
            Beat(label="rest", duration_s=0.35 if brisk else 0.7, postures=rest[None]),
        ]
    return Timeline(beats=tuple(beats))


def _bent(figure: Figure, own: Own, ends: _Ends, *, ahead_m: float) -> tuple[Floats, Floats]:
    """Return the postures half-way and at the end, balanced."""
    half = relative(
        own,
        pelvis=ends.pelvis_first * ends.pelvis,
        lumbar=ends.lumbar_first * ends.lumbar,
        thoracic=0.4 * ends.thoracic,
        neck=0.5 * ends.neck,
        knee=0.5 * (own.knee + ends.knee),
    )
    whole = relative(
        own,
        pelvis=ends.pelvis,
        lumbar=ends.lumbar,
        thoracic=ends.thoracic,
        neck=ends.neck,
        knee=ends.knee,
    )
    first, last = (balanced(figure, one, ahead_m=ahead_m) for one in (half, whole))
    return unevenly(own, first, share=0.5), last


def _hanging(figure: Figure, track: Track) -> Reach:
    """Return hands that hang, before the shins and with the fingers above the floor."""
    body = figure.body
    wrists = hanging_wrists_m(body, track)
    hip, knee = (middle_m(figure, track, part) for part in ("hip", "knee"))
    hand_m = body.length_m("wrist_right", "knuckle_right") + 2.2 * body.length_m(
        "knuckle_right", "finger_right"
    )
    wrists[:, :, 1] = np.maximum(wrists[:, :, 1], hand_m)
    bowed = np.clip(2.0 - 2.0 * track.rotations[:, body.joint("t7t8"), 1, 1], 0.0, 1.0)
    front = front_of_leg_m(figure, hip=hip[:, :2], knee=knee, height_m=wrists[:, 0, 1])
    behind = np.maximum(front[:, None] + _SHIN_CLEARANCE_M - wrists[:, :, 0], 0.0)
    wrists[:, :, 0] += bowed[:, None] * behind
    return Reach(wrists_m=wrists, elbow_towards=ELBOW, grip=np.zeros(len(wrists)))


def _sway(random: Random) -> Floats:
    out = np.zeros(len(Coord))
    trunk = [Coord.PELVIS, Coord.LUMBAR, Coord.THORACIC, Coord.NECK]
    out[trunk] = np.radians(random.uniform(0.1, 0.5))
    out[[Coord.LEG, Coord.TWIST]] = np.radians(0.1)
    return out


def _repetitions(line: Timeline) -> tuple[dict[str, float | str | bool], ...]:
    spans = zip(*(line.spans_s(name) for name in ("bend", "hold", "return")), strict=True)
    return tuple(
        {"start_s": down[0], "hold_start_s": held[0], "hold_end_s": held[1], "end_s": up[1]}
        for down, held, up in spans
    )
