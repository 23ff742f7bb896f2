"""Films that nobody filmed: stick figures with known angles, and errors with known size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats, frozen
from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseTrack
from validation.table.records import (
    CurveResult,
    Factors,
    FilmResult,
    FindingResult,
    FindingState,
    MeasureResult,
)

Z90 = 1.6448536269514722
CLOSE, LOOSE = ("tight", "tucked_shirt"), ("loose_shirt", "hoodie")
BACK = ("trunk_inclination", "pelvis_inclination", "lumbar_flexion", "thoracic_flexion")
SIDE_CURVES = (*BACK, "knee_flexion", "hip_flexion", "ankle_dorsiflexion")
FRONT_CURVES = ("hip_rotation_left", "hip_rotation_right")
PX_PER_M = 300.0
STANDING_S = (0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """How the pretended product errs, in degrees and shares."""

    bias: float = 0.0
    person_sd: float = 1.0
    frame_sd: float = 2.0
    slope: float = 1.0
    refused: float = 0.0
    interval: float = 1.0
    hard: float = 2.0
    flip: float = 0.05
    yaw_gain: float = 0.0


def pretend_films(
    people: int = 40, *, seed: int = 0, errors: Errors | None = None
) -> list[FilmResult]:
    """Return four films of every person: two lifts, a bend and a seated rotation."""
    errors = errors or Errors()
    random = np.random.default_rng(seed)
    films = []
    for person in range(people):
        own = {name: random.normal(0.0, errors.person_sd) for name in (*SIDE_CURVES, *FRONT_CURVES)}
        for move, style in (
            ("conventional", "neutral"),
            ("romanian", "rounded"),
            ("forward_bend", "hip_led"),
            ("hip_rotation", "active"),
        ):
            factors = pretend_factors(random, move=move, style=style, person=person)
            films.append(pretend_film(random, factors=factors, own_deg=own, errors=errors))
    return films


def pretend_factors(random: np.random.Generator, *, move: str, style: str, person: int) -> Factors:
    clothing = str(random.choice([*CLOSE, *LOOSE]))
    return Factors(
        move=move,
        style=style,
        person=person,
        sex="female" if person % 2 else "male",
        build=("lean", "middle", "heavy")[person % 3],
        clothing=clothing,
        close_fitting=clothing in CLOSE,
        plates=move == "conventional",
        yaw_rad=float(np.deg2rad(random.uniform(-25.0, 25.0) * random.uniform(0.0, 1.0))),
        pitch_rad=float(np.deg2rad(random.uniform(-8.0, 8.0))),
        roll_rad=float(np.deg2rad(random.uniform(-4.0, 4.0))),
        width_px=int(random.choice([480, 720, 1080])),
        height_px=1280,
        frames_per_s=float(random.choice([24.0, 30.0, 60.0])),
        uneven=bool(random.random() < 0.2),
        light=str(random.choice(["even", "dim", "backlit"])),
        extras=("passer_by",) if random.random() < 0.15 else (),
    )


def pretend_film(
    random: np.random.Generator, *, factors: Factors, own_deg: dict[str, float], errors: Errors
) -> FilmResult:
    time_s = np.arange(0.0, 7.0, 0.1)
    repetition = np.where(time_s < 1.0, -1, ((time_s - 1.0) // 2.0).astype(np.int64))
    bent = np.where(repetition >= 0, 0.5 - 0.5 * np.cos(np.pi * (time_s - 1.0)), 0.0)
    front = factors.move == "hip_rotation"
    rounded = factors.style == "rounded"
    deepest = (
        dict.fromkeys(FRONT_CURVES, 28.0)
        if front
        else dict(
            zip(
                SIDE_CURVES,
                (65.0, 45.0, 35.0 if rounded else 8.0, 8.0, 50.0, 85.0, 6.0),
                strict=True,
            )
        )
    )
    scale = errors.hard if factors.plates or not factors.close_fitting else 1.0
    scale *= 1.0 + errors.yaw_gain * max(abs(factors.yaw_rad) - np.deg2rad(10.0), 0.0)
    curves = []
    for name, most in deepest.items():
        true = np.deg2rad(most * random.uniform(0.8, 1.2) * bent)
        frame = random.normal(0.0, errors.frame_sd, time_s.size)
        error = np.deg2rad(scale * (own_deg[name] + frame) + errors.bias)
        seen = random.random(time_s.size) >= errors.refused
        measured = np.where(seen, errors.slope * true + error, np.nan)
        sd = scale * np.hypot(errors.person_sd, errors.frame_sd) * errors.interval
        se = np.where(seen, np.deg2rad(sd), np.nan)
        curves.append(
            CurveResult(
                id=name,
                unit="rad",
                time_s=frozen(time_s),
                true=frozen(true),
                measured=frozen(measured),
                se=frozen(se),
                low=frozen(measured - Z90 * se),
                high=frozen(measured + Z90 * se),
                repetition=frozen(repetition, np.int64),
                why="" if seen.all() else "a plate or the arm hides it",
            )
        )
    angles = {curve.id: np.rad2deg(curve.true) for curve in curves}
    return FilmResult(
        name=f"{factors.person:03d}-{factors.move}-{factors.style}",
        seed=factors.person,
        factors=factors,
        curves=tuple(curves),
        measures=tuple(_measures(curves, repetition)),
        findings=() if front else (_finding(random, rounded=rounded, flip=errors.flip),),
        track=stick_track(time_s, angles, yaw_deg=float(np.rad2deg(factors.yaw_rad)), front=front),
        forward=0 if front else 1,
        standing_s=STANDING_S,
    )


def _measures(curves: list[CurveResult], repetition: Floats) -> list[MeasureResult]:
    found = []
    for curve in curves:
        name = f"{curve.id}_bottom"
        if curve.id in FRONT_CURVES:
            name = curve.id.replace("hip_rotation_", "hip_rotation_active_")
        for number in range(3):
            frames = np.flatnonzero(repetition == number)
            at = int(frames[np.argmax(np.abs(curve.true[frames]))])
            found.append(
                MeasureResult(
                    id=name,
                    unit="rad",
                    repetition=number,
                    **{
                        part: float(getattr(curve, part)[at])
                        for part in ("true", "measured", "se", "low", "high")
                    },
                    why="" if np.isfinite(curve.measured[at]) else "a plate hides it",
                )
            )
    return found


def _finding(random: np.random.Generator, *, rounded: bool, flip: float) -> FindingResult:
    chance = random.random()
    state = FindingState.PRESENT if rounded != (chance < flip) else FindingState.ABSENT
    if chance > 0.9:
        state = FindingState.INDETERMINATE
    return FindingResult(
        id="back_rounds", true=rounded, probability=0.9 if rounded else 0.1, state=state
    )


def stick_track(
    time_s: Floats, angles_deg: dict[str, Floats], *, yaw_deg: float = 0.0, front: bool = False
) -> PoseTrack:
    """Return a stick figure's exact landmarks: side view facing right, or front view.

    Angles by series id: trunk_inclination, knee_flexion, ankle_dorsiflexion (side view) and
    hip_rotation_left and _right (front view); missing ones are 0.
    """
    zero = np.zeros(time_s.size)
    rad = {name: np.deg2rad(values) for name, values in angles_deg.items()}
    body = _seated(rad, zero) if front else _standing(rad, zero)
    turn = np.deg2rad(yaw_deg) + (np.pi / 2.0 if front else 0.0)
    points = np.stack([body[name] for name in Landmark], axis=1)
    across = points[..., 0] * np.cos(turn) - points[..., 2] * np.sin(turn)
    away = -points[..., 2] * np.cos(turn) - points[..., 0] * np.sin(turn)
    hips = 0.5 * (points[:, Landmark.LEFT_HIP] + points[:, Landmark.RIGHT_HIP])
    world = np.stack([across, hips[:, None, 1] - points[..., 1], away], axis=-1)
    pixels = np.stack([across, -points[..., 1]], axis=-1) * PX_PER_M + [360.0, 1000.0]
    ones = np.ones((time_s.size, LANDMARK_COUNT))
    return PoseTrack(
        time_s=frozen(time_s),
        width_px=720,
        height_px=1280,
        xy_px=frozen(pixels),
        depth_px=frozen(away * PX_PER_M),
        visibility=frozen(ones),
        presence=frozen(ones[:, 0]),
        world_m=frozen(world),
        silhouettes=None,
        other_people=frozen(np.zeros(time_s.size)),
        engine="pretended",
        weights_sha256="",
    )


def _standing(rad: dict[str, Floats], zero: Floats) -> dict[Landmark, Floats]:
    """Return landmarks (T, 3), X forward, Y up, Z right, soles down, trunk and legs bent."""
    shank = rad.get("ankle_dorsiflexion", zero)
    thigh = shank - rad.get("knee_flexion", zero)
    trunk = rad.get("trunk_inclination", zero)
    ankle = np.stack([zero, zero + 0.08, zero], axis=1)
    knee = ankle + 0.42 * _up(shank)
    hip = knee + 0.42 * _up(thigh)
    shoulder = hip + 0.50 * _up(trunk)
    middle = dict.fromkeys(("NOSE",), shoulder + 0.2 * _up(trunk))
    sided = {
        "ANKLE": ankle,
        "KNEE": knee,
        "HIP": hip,
        "SHOULDER": shoulder,
        "EAR": shoulder + 0.2 * _up(trunk),
        "FOOT_INDEX": ankle + np.array([0.18, -0.06, 0.0]),
    }
    return _landmarks(middle, sided)


def _seated(rad: dict[str, Floats], zero: Floats) -> dict[Landmark, Floats]:
    hip = np.stack([zero, zero + 0.5, zero], axis=1)
    knee = hip + np.array([0.42, 0.0, 0.0])
    body = _landmarks({"NOSE": hip + 0.7 * _up(zero)}, {"HIP": hip, "KNEE": knee, "ANKLE": knee})
    for side, outward in (("LEFT", -1.0), ("RIGHT", 1.0)):
        swing = rad.get(f"hip_rotation_{side.lower()}", zero)
        shank = np.stack([zero, -np.cos(swing), outward * np.sin(swing)], axis=1)
        body[Landmark[f"{side}_ANKLE"]] = body[Landmark[f"{side}_KNEE"]] + 0.4 * shank
    return body


def _landmarks(middle: dict[str, Floats], sided: dict[str, Floats]) -> dict[Landmark, Floats]:
    """Return all landmarks: named ones 0.15 m either side, the rest at the nose."""
    body = dict.fromkeys(Landmark, middle["NOSE"])
    for name, place in sided.items():
        for side, outward in (("LEFT", -0.15), ("RIGHT", 0.15)):
            body[Landmark[f"{side}_{name}"]] = place + np.array([0.0, 0.0, outward])
    return body


def _up(lean_rad: Floats) -> Floats:
    return np.stack([np.sin(lean_rad), np.cos(lean_rad), np.zeros_like(lean_rad)], axis=1)
