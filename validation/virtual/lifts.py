"""Lifts from the floor, from the rack and with a kettlebell, in every style."""

from dataclasses import replace

import numpy as np

from validation.virtual.bodies import Body
from validation.virtual.draws import (
    STANDING_SHARE,
    Random,
    lean_deg,
    relative,
    unevenly,
)
from validation.virtual.figure import Coord, spine_m
from validation.virtual.holding import Hold, carry
from validation.virtual.lift_events import true_lift_events
from validation.virtual.lifters import Lifter, draw_lifter
from validation.virtual.motion import Beat, Take, Timeline, unrest
from validation.virtual.performance import Performance
from validation.virtual.planting import plant
from validation.virtual.rotations import Floats
from validation.virtual.solving import Wanted, balanced, hip_flexion_deg, reaching
from validation.virtual.styles import Amounts, another, draw_amounts

__all__ = ["lift"]

_FULL = 3  # repetitions
_MOST_HIP_DEG, _TRIES = 123.0, 4


def lift(body: Body, *, kind: str, style: str, take: Take) -> Performance:
    """Return 2 s of free standing, then repetitions of a lift.

    Parameters
    ----------
    kind : one of `styles.LIFTS`
    style : one of `styles.STYLES`
    """
    random = take.random(kind, style)
    lifter = draw_lifter(random, body, kind=kind)
    first = draw_amounts(random, lift=kind, style=style)
    line = _timeline(random, lifter, first, brisk=take.brisk)
    time_s = take.frame_times_s(line.ends_s[-1], random)
    postures = line.postures(time_s) + unrest(time_s, amplitude=_sway(random), random=random)
    track = plant(lifter.figure, postures)
    track, bar_m = carry(lifter.figure, track, postures, _held(lifter))
    standing_s = (0.2, line.ends_s[0] - 0.1)
    return Performance(
        move=kind,
        style=style,
        view="side",
        time_s=time_s,
        body=body,
        track=track,
        standing_s=(standing_s[0], float(standing_s[1])),
        repetitions=true_lift_events(
            body,
            track,
            bar_m,
            time_s=time_s,
            standing_s=standing_s,
            timeline=line,
            rests=lifter.load.rests_on == "floor",
        ),
        bar_m=bar_m,
        load=lifter.load,
        posed=_posed(lifter, first),
    )


def _held(lifter: Lifter) -> Hold:
    floor = lifter.load.rests_on == "floor"
    return Hold(
        aside_m=lifter.grip.aside_m,
        lowest_m=lifter.rest_m if floor else 0.0,
        rest_m=lifter.rest_m if floor else lifter.rack_m,
        between_legs=lifter.grip.behind_legs,
    )


def _sway(random: Random) -> Floats:
    """Return the standard deviations of the unrest, (C,)."""
    out = np.zeros(len(Coord))
    trunk = [Coord.PELVIS, Coord.LUMBAR, Coord.THORACIC, Coord.NECK]
    out[trunk] = np.radians(random.uniform(0.1, 0.4))
    out[[Coord.LEG, Coord.TWIST]] = np.radians(0.1)
    return out


def _timeline(random: Random, lifter: Lifter, first: Amounts, *, brisk: bool) -> Timeline:
    pace = 0.85 if brisk else random.uniform(1.0, 1.45)
    beats = [
        _still(
            "stand", lifter.stand, random.uniform(1.5, 1.6) if brisk else random.uniform(1.8, 2.2)
        )
    ]
    one, top = first, lifter.stand
    racked = lifter.load.rests_on == "rack"
    for number in range(1 if brisk else _FULL):
        keys = _keys(lifter, one)
        if number == 0:
            beats += _taking(random, lifter, keys, pace=pace)
            top = keys["top"]
        elif not racked:
            beats.append(_still("floor", keys["down"], pace * random.uniform(0.1, 0.6)))
        if racked:
            beats.append(_way("lower", [top, keys["late"], keys["down"]], 1.1 * pace, knee=0.5))
        beats += _pulling(random, keys, pace=pace)
        top = keys["top"]
        one = another(random, one)
        if not racked:
            down = _keys(lifter, one)["down"]
            beats.append(_way("lower", [top, keys["late"], keys["knees"], down], pace, knee=0.7))
    return Timeline(beats=(*beats, _ending(beats[-1], racked=racked)))


def _still(label: str, posture: Floats, duration_s: float) -> Beat:
    return Beat(label=label, duration_s=duration_s, postures=posture[None])


def _way(label: str, keys: list[Floats], duration_s: float, *, knee: float = 0.5) -> Beat:
    """Return a way through keys; `knee` is how far the last but one key is on it."""
    inner = np.linspace(0.0, knee, len(keys) - 1)
    return Beat(
        label=label,
        duration_s=duration_s,
        postures=np.stack(keys),
        knots=np.concatenate([inner, [1.0]]),
    )


def _ending(last: Beat, *, racked: bool) -> Beat:
    return _still("end", last.postures[-1], 0.5 if racked else 0.4)


def _taking(random: Random, lifter: Lifter, keys: dict[str, Floats], *, pace: float) -> list[Beat]:
    """Return the way to the load, and out of the rack if it hangs there."""
    load = _at_rack(lifter) if lifter.load.rests_on == "rack" else keys["down"]
    free = load.copy()
    free[Coord.GRIP] = 0.85
    out = [
        _way("reach", [lifter.stand, free, load], pace * random.uniform(0.9, 1.2), knee=0.8),
        _still("brace", load, pace * random.uniform(0.2, 0.6)),
    ]
    if lifter.load.rests_on == "rack":
        out += [
            _way("take", [load, keys["top"]], 0.6 * pace),
            _still("ready", keys["top"], pace * random.uniform(0.2, 0.4)),
        ]
    return out


def _pulling(random: Random, keys: dict[str, Floats], *, pace: float) -> list[Beat]:
    start, out = keys["down"], []
    if "shot" in keys:
        out.append(
            _way("hips", [start, keys["shooting"], keys["shot"]], pace * random.uniform(0.35, 0.55))
        )
        start = keys["shot"]
    way = [start, keys["quarter"], keys["knees"], keys["late"], keys["top"]]
    pull = Beat(
        label="pull",
        duration_s=pace * random.uniform(1.0, 1.5),
        postures=np.stack(way),
        knots=np.array([0.0, 0.24, 0.52, 0.80, 1.0]),
        skew=random.uniform(0.85, 1.15),
    )
    return [*out, pull, _still("lockout", keys["top"], pace * random.uniform(0.35, 0.7))]


def _at_rack(lifter: Lifter) -> Floats:
    """Return the posture that takes the bar from the hooks: a small bow."""
    own = lifter.own
    return reaching(
        lifter.figure,
        Wanted(
            height_m=lifter.rack_m,
            lean=lifter.upright_deg + 10.0,
            lumbar=own.lumbar + 2.0,
            thoracic=own.thoracic,
            neck=own.neck,
            bar_x_m=lifter.bar_x_m,
            own_pelvis=own.pelvis,
        ),
        lifter.grip,
    )


def _keys(lifter: Lifter, one: Amounts) -> dict[str, Floats]:
    """Return the key postures of one repetition, in the order in which they are passed."""
    figure, rest = lifter.figure, lifter.rest_m
    down = _at_load(lifter, one, height_m=rest, lean=one.lean, ahead_m=0.0)
    lifter_x = float(down[Coord.BAR_X_M]) - lifter.bar_x_m
    knees_m = figure.links.ankle_up + 1.02 * figure.links.shank
    keys = {"down": down}
    if one.shoot:
        # A key between the two keeps the load down while the hips shoot up.
        for name, share in (("shooting", 0.5), ("shot", 1.0)):
            lean = one.lean + share * one.shoot
            keys[name] = _at_load(lifter, one, height_m=rest, lean=lean, ahead_m=lifter_x)
    tipped = one.lean + one.shoot + one.early
    keys["quarter"] = _at_load(
        lifter, one, height_m=rest + 0.45 * (knees_m - rest), lean=tipped,
        ahead_m=lifter_x + 0.5 * one.drift_m, rounded=0.5 * one.further,
    )  # fmt: skip
    keys["knees"] = _at_load(
        lifter, one, height_m=max(knees_m, rest + 0.1), lean=min(one.at_knees, tipped),
        ahead_m=lifter_x + one.drift_m, rounded=one.further - 0.15 * one.lumbar,
    )  # fmt: skip
    keys["late"] = _late(lifter, one)
    keys["top"] = _upright(
        lifter, knee=one.top_knee, lean=one.top_lean, lumbar=one.top_lumbar, thoracic=0.0
    )
    return keys


def _at_load(
    lifter: Lifter,
    one: Amounts,
    *,
    height_m: float,
    lean: float,
    ahead_m: float,
    rounded: float = 0.0,
) -> Floats:
    """Return the posture at the load; what the hips cannot bend any more the low back does."""
    own = lifter.own
    wanted = Wanted(
        height_m=height_m,
        lean=lifter.upright_deg + lean,
        lumbar=own.lumbar + one.lumbar + rounded,
        thoracic=own.thoracic + one.thoracic,
        neck=own.neck + one.neck,
        bar_x_m=lifter.bar_x_m + ahead_m,
        own_pelvis=own.pelvis,
    )
    for _ in range(_TRIES):
        solved = reaching(lifter.figure, wanted, lifter.grip)
        over = hip_flexion_deg(lifter.figure, solved) - own.pelvis - _MOST_HIP_DEG
        if over <= 0.0:
            break
        wanted = replace(wanted, lumbar=wanted.lumbar + 1.3 * over)
    return unevenly(own, solved)


def _late(lifter: Lifter, one: Amounts) -> Floats:
    """Return the posture with a third of the trunk's rise left."""
    lumbar = one.late_lumbar * one.lumbar
    if np.isfinite(one.late_pelvis):
        lumbar = _lumbar_for(lifter, lean=one.late_lean, pelvis=one.late_pelvis)
    return _upright(
        lifter,
        knee=one.late_knee,
        lean=one.late_lean,
        lumbar=lumbar,
        thoracic=0.4 * one.thoracic,
    )


def _lumbar_for(lifter: Lifter, *, lean: float, pelvis: float) -> float:
    """Return the lumbar flexion that gives a lean with the pelvis where it is."""
    tries = np.arange(-20.0, 60.0)
    angles = [
        lean_deg(lifter.figure, relative(lifter.own, pelvis=pelvis, lumbar=lumbar))
        for lumbar in tries
    ]
    return float(np.interp(lifter.upright_deg + lean, angles, tries))


def _upright(lifter: Lifter, *, knee: float, lean: float, lumbar: float, thoracic: float) -> Floats:
    """Return a posture near standing whose pelvis follows from the lean, load in hand."""
    own = lifter.own
    posture = relative(
        own,
        uneven=STANDING_SHARE,
        knee=knee,
        lumbar=lumbar,
        thoracic=thoracic,
        neck=-0.2 * lean,
    )
    spine, _ = spine_m(
        lifter.figure, lumbar_rad=posture[Coord.LUMBAR], thoracic_rad=posture[Coord.THORACIC]
    )
    wanted = np.radians(lifter.upright_deg + lean)
    posture[Coord.PELVIS] = wanted - np.arctan2(spine[0], spine[1])
    posture[Coord.GRIP], posture[Coord.BAR_X_M] = 1.0, lifter.bar_x_m
    return balanced(lifter.figure, posture, ahead_m=lifter.own.ahead_m, load_kg=lifter.load.mass_kg)


def _posed(lifter: Lifter, one: Amounts) -> dict[str, float]:
    """Return what was drawn, rounded, for whoever wants to know why a film is as it is."""
    drawn = {
        "own_pelvis_deg": lifter.own.pelvis,
        "own_lumbar_deg": lifter.own.lumbar,
        "lean_deg": one.lean,
        "lumbar_deg": one.lumbar,
        "thoracic_deg": one.thoracic,
        "shoot_deg": one.shoot,
        "top_lean_deg": one.top_lean,
        "load_kg": lifter.load.mass_kg,
    }
    levels = ("l5s1", "l3l4", "t12l1")
    shares = dict(zip(levels, lifter.figure.lumbar_shares, strict=True))
    drawn |= {f"lumbar_share_{level}": share for level, share in shares.items()}
    return {name: round(value, 3) for name, value in drawn.items()}
