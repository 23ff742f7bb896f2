"""Seated hip rotation as people do it: how the leg hangs, and what moves along."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.draws import Random, draw_shares
from validation.virtual.motion import Beat, Take, Timeline, unrest
from validation.virtual.performance import Performance
from validation.virtual.posture import Reach, reach_with_arms
from validation.virtual.rotations import (
    Floats,
    about_axis,
    between,
    forward_pitch,
)
from validation.virtual.skeleton import Track, place_joints

__all__ = ["STYLES", "rotate_hips"]

STYLES = ("plain", "pelvis_hike", "trunk_lean", "thigh_drift")

_FULL = 3  # repetitions a leg
_DOWN = np.array([0.0, -1.0, 0.0])
_ELBOW = np.array([-1.0, 0.0, 0.6])
_HIP_OVER_SEAT_M = 0.085
_OUTWARD = {"left": -1.0, "right": 1.0}


class Seated(IntEnum):
    """The columns of a seated posture, radians.

    HIKE raises the pelvis's right end, LEAN carries the chest to the right, PITCH inclines the
    pelvis; the rest twice: ROTATION is internal +, DRIFT carries the knee outward, KNEE flexes,
    RAISE lifts the thigh over the level.
    """

    HIKE = 0
    LEAN = 1
    PITCH = 2
    LUMBAR = 3
    THORACIC = 4
    NECK = 5
    ROTATION_LEFT = 6
    ROTATION_RIGHT = 7
    DRIFT_LEFT = 8
    DRIFT_RIGHT = 9
    KNEE_LEFT = 10
    KNEE_RIGHT = 11
    RAISE_LEFT = 12
    RAISE_RIGHT = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What one leg does, degrees.

    Attributes
    ----------
    rotation : of the thigh about itself, from a shank straight down
    hike, lean, drift, knee : what the body adds, from rest
    """

    rotation: float
    hike: float
    lean: float
    drift: float
    knee: float


def rotate_hips(body: Body, *, helped: bool, style: str, take: Take) -> Performance:
    """Return seated hip rotation, the left leg first, each end held.

    Parameters
    ----------
    helped : the passive test: an examiner's hand and forearm move the shank
    style : one of `STYLES`
    """
    if style not in STYLES:
        raise ValueError(f"no style {style!r}; there are: {', '.join(STYLES)}")
    random = take.random("passive" if helped else "active", style)
    rest, turns = _draw_rest(random), {side: _draw_turn(random, style) for side in SIDES}
    line = _timeline(random, rest, turns, brisk=take.brisk)
    time_s = take.frame_times_s(line.ends_s[-1], random)
    amplitude = np.radians(np.where(np.arange(len(Seated)) <= Seated.LUMBAR, 0.25, 0.1))
    postures = line.postures(time_s) + unrest(time_s, amplitude=amplitude, random=random)
    hip_m = body.length_m("knee_right", "ankle_right") + random.uniform(0.20, 0.32)
    track = sit_on(body, postures, hip_height_m=hip_m, shares=draw_shares(random))
    seat_m = hip_m - _HIP_OVER_SEAT_M
    busy = {side: line.spans_s(f"turn {side}")[0][0] for side in SIDES}
    until = {side: line.spans_s(f"back {side}")[-1][1] for side in SIDES}
    return Performance(
        move="hip_rotation_passive" if helped else "hip_rotation_active",
        style=style,
        view="front",
        time_s=time_s,
        body=body,
        track=reach_with_arms(body, track, _hands(random, body, track, seat_m=seat_m)),
        standing_s=(0.2, float(line.ends_s[0]) - 0.1),
        repetitions=_repetitions(line, turns),
        seat_m=seat_m,
        helper_m=_helper_m(random, body, track, time_s=time_s, busy=(busy, until))
        if helped
        else None,
        posed={
            f"{name}_{side}_deg": round(value, 2)
            for side, turn_ in turns.items()
            for name, value in (
                ("rotation", turn_.rotation),
                ("hike", turn_.hike),
                ("lean", turn_.lean),
                ("drift", turn_.drift),
                ("knee", turn_.knee),
                ("hang", float(np.degrees(rest[Seated[f"ROTATION_{side.upper()}"]]))),
            )
        },
    )


def _draw_rest(random: Random) -> Floats:
    """Draw how somebody sits and how the shanks hang."""
    out = np.zeros(len(Seated))
    out[[Seated.HIKE, Seated.LEAN]] = random.normal(0.0, [0.6, 1.0])
    pitch = random.uniform(-22.0, 4.0)
    out[Seated.PITCH], out[Seated.LUMBAR] = pitch, -0.7 * pitch + random.uniform(-3.0, 8.0)
    out[Seated.THORACIC], out[Seated.NECK] = random.uniform(-4.0, 10.0), random.uniform(-10.0, 10.0)
    for side in ("LEFT", "RIGHT"):
        out[Seated[f"ROTATION_{side}"]] = random.uniform(-5.0, 8.0)
        out[Seated[f"DRIFT_{side}"]] = random.uniform(-2.0, 12.0)
        out[Seated[f"KNEE_{side}"]] = random.uniform(80.0, 100.0)
        out[Seated[f"RAISE_{side}"]] = random.uniform(-4.0, 6.0)
    return np.radians(out)


def _draw_turn(random: Random, style: str) -> _Turn:
    """Draw how far one leg turns; one in eight turns outward, so that the sign is seen."""
    inward = random.uniform() > 0.12  # noqa: PLR2004 - most do
    rotation = random.uniform(4.0, 55.0) if inward else -random.uniform(10.0, 40.0)
    return _Turn(
        rotation=rotation,
        hike=random.uniform(4.0, 16.0) if style == "pelvis_hike" else random.uniform(0.0, 2.5),
        lean=random.uniform(7.0, 24.0) if style == "trunk_lean" else random.uniform(-1.0, 3.5),
        drift=float(random.choice([-1.0, 1.0])) * random.uniform(6.0, 20.0)
        if style == "thigh_drift"
        else random.uniform(-2.0, 2.0),
        knee=random.uniform(-6.0, 6.0),
    )


def _timeline(random: Random, rest: Floats, turns: dict[str, _Turn], *, brisk: bool) -> Timeline:
    pace = 0.8 if brisk else random.uniform(0.95, 1.4)
    beats = [Beat(label="rest", duration_s=1.5 if brisk else 2.0, postures=rest[None])]
    for side in SIDES:
        for _ in range(1 if brisk else _FULL):
            about = 1.0 + 0.03 * random.normal()
            end = _end(rest, turns[side], side=side, about=about)
            way = np.stack([rest, end])
            durations = pace * random.uniform([0.8, 1.0, 0.8, 0.4], [1.3, 1.6, 1.3, 0.7])
            labels = (f"turn {side}", f"hold {side}", f"back {side}", "rest")
            paths = (way, end[None], way[::-1], rest[None])
            beats += [
                Beat(label=label, duration_s=float(duration), postures=path)
                for label, duration, path in zip(labels, durations, paths, strict=True)
            ]
    return Timeline(beats=tuple(beats))


def _end(rest: Floats, turned: _Turn, *, side: str, about: float) -> Floats:
    """Return the posture at the end of one leg's turn."""
    out = rest.copy()
    own, outward = side.upper(), _OUTWARD[side]
    way = np.sign(turned.rotation)
    out[Seated[f"ROTATION_{own}"]] = np.radians(about * turned.rotation)
    out[Seated[f"DRIFT_{own}"]] += np.radians(turned.drift)
    out[Seated[f"KNEE_{own}"]] += np.radians(turned.knee)
    out[Seated.HIKE] += np.radians(outward * way * turned.hike)
    out[Seated.LEAN] -= np.radians(outward * way * turned.lean)
    return out


def sit_on(
    body: Body,
    postures: Floats,
    *,
    hip_height_m: float,
    shares: tuple[float, float, float],
) -> Track:
    """Return the skeleton on a seat; a hiked pelvis turns about the hip that stays down.

    The thigh is carried along by a hike: both legs are turned with the pelvis, and the other leg
    is let hang again, as gravity does.
    """
    rotations = _trunk(body, postures, shares)
    for side in SIDES:
        _pose_leg(body, side, postures=postures, rotations=rotations)
    joints_m = place_joints(body, rotations)
    hips = [body.joint(f"hip_{side}") for side in SIDES]
    lower = joints_m[:, hips, 1].min(axis=1)
    root = -joints_m[:, hips].mean(axis=1)
    root[:, 0] -= body.length_m("hip_right", "knee_right")
    root[:, 1] = hip_height_m - lower
    return Track(rotations=rotations, joints_m=joints_m + root[:, None, :])


def _trunk(body: Body, postures: Floats, shares: tuple[float, float, float]) -> Floats:
    pitch, lumbar = postures[:, Seated.PITCH], postures[:, Seated.LUMBAR]
    hike, lean = postures[:, Seated.HIKE], postures[:, Seated.LEAN]
    chest = pitch + lumbar + postures[:, Seated.THORACIC]
    neck = postures[:, Seated.NECK]
    reached = np.cumsum(shares)
    # A raised right end tips the trunk to the left, were the spine not to bend back.
    sideways = {
        "pelvis": (pitch, hike),
        "l5s1": (pitch + reached[0] * lumbar, 0.4 * hike - 0.4 * lean),
        "l3l4": (pitch + reached[1] * lumbar, 0.1 * hike - 0.75 * lean),
        "t12l1": (pitch + lumbar, -lean),
        "neck": (chest + 0.5 * neck, -0.5 * lean),
        "head": (chest + neck, -0.2 * lean),
    }
    out = np.empty((len(postures), len(body.parents), 3, 3))
    out[:] = _tilted(chest, -lean)[:, None]
    for name, (forward, left) in sideways.items():
        out[:, body.joint(name)] = _tilted(forward, left)
    return out


def _tilted(forward_rad: Floats, left_rad: Floats) -> Floats:
    """Tilt forward, then raise the right end (which tips the upright to the left)."""
    tilted: Floats = about_axis(0, -left_rad) @ forward_pitch(forward_rad)
    return tilted


def _pose_leg(body: Body, side: str, *, postures: Floats, rotations: Floats) -> None:
    """Write the rotations of one leg: thigh forward, turned about itself, the shank hanging."""
    outward, own = _OUTWARD[side], side.upper()
    knee, raised = postures[:, Seated[f"KNEE_{own}"]], postures[:, Seated[f"RAISE_{own}"]]
    carried = np.maximum(outward * postures[:, Seated.HIKE], 0.0)
    turned = outward * (postures[:, Seated[f"ROTATION_{own}"]] + carried)
    aside = about_axis(1, -outward * postures[:, Seated[f"DRIFT_{own}"]])
    thigh = aside @ about_axis(2, 0.5 * np.pi + raised) @ about_axis(1, turned)
    shank = thigh @ forward_pitch(knee)
    foot = shank @ about_axis(2, np.radians(-12.0))
    hip, knee_joint, ankle = f"hip_{side}", f"knee_{side}", f"ankle_{side}"
    forefoot = body.offset_m(ankle, f"toe_{side}")
    straight = about_axis(1, -outward * np.radians(7.0) - np.arctan2(-forefoot[2], forefoot[0]))
    rotations[:, body.joint(hip)] = thigh @ between(body.offset_m(hip, knee_joint), _DOWN)
    rotations[:, body.joint(knee_joint)] = shank @ between(body.offset_m(knee_joint, ankle), _DOWN)
    for name in (ankle, f"toe_{side}"):
        rotations[:, body.joint(name)] = foot @ straight


def _hands(random: Random, body: Body, track: Track, *, seat_m: float) -> Reach:
    """Return the hands resting on the seat beside the hips."""
    hips = track.joints_m[:, [body.joint(f"hip_{side}") for side in SIDES]].mean(axis=1)
    wrists = np.repeat(hips[:, None, :], 2, axis=1)
    wrists[:, :, 0] += random.uniform(-0.08, 0.06)
    wrists[:, :, 1] = seat_m + 0.09
    beside = body.length_m("hip_left", "hip_right") + random.uniform(0.02, 0.10)
    wrists[:, :, 2] += beside * np.array([-1.0, 1.0])
    return Reach(wrists_m=wrists, elbow_towards=_ELBOW, grip=np.zeros(len(hips)))


def _helper_m(
    random: Random,
    body: Body,
    track: Track,
    *,
    time_s: Floats,
    busy: tuple[dict[str, float], dict[str, float]],
) -> Floats:
    """Return the examiner's hand and elbow (T, 2, 3) at the shank, NaN while away."""
    out = np.full((len(time_s), 2, 3), np.nan)
    low, apart = random.uniform(0.62, 0.92), random.uniform(0.28, 0.48)
    drop = random.uniform(-0.30, 0.05)
    for side in SIDES:
        inside = (time_s >= busy[0][side] - 0.3) & (time_s < busy[1][side] + 0.2)
        knee = track.joints_m[inside, body.joint(f"knee_{side}")]
        ankle = track.joints_m[inside, body.joint(f"ankle_{side}")]
        out[inside, 0] = knee + low * (ankle - knee) + np.array([0.05, 0.0, 0.0])
        out[inside, 1] = out[inside, 0] + np.array([0.16, drop, apart * _OUTWARD[side]])
    return out


def _repetitions(
    line: Timeline, turns: dict[str, _Turn]
) -> tuple[dict[str, float | str | bool], ...]:
    out: list[dict[str, float | str | bool]] = []
    for side in SIDES:
        spans = [line.spans_s(f"{name} {side}") for name in ("turn", "hold", "back")]
        for turned, held, back in zip(*spans, strict=True):
            out.append(
                {
                    "side": side,
                    "direction": "internal" if turns[side].rotation > 0.0 else "external",
                    "start_s": turned[0],
                    "hold_start_s": held[0],
                    "hold_end_s": held[1],
                    "end_s": back[1],
                }
            )
    return tuple(out)
