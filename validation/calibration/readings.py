"""What the exam makes of a kept film, beside what is true: the material of the fit."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from primemover.calibration.front import front_inputs, front_worries
from primemover.calibration.inputs import side_inputs, standing_sight
from primemover.calibration.side import CURVES
from primemover.calibration.sight import Sight, side_sight
from primemover.errors import PrimeMoverError
from primemover.exam.hip_signals import read_leg
from primemover.model.arrays import Floats
from primemover.model.measure import Side
from primemover.model.trial import Trial
from primemover.outline.angles import tangents
from validation.calibration.cases import Case
from validation.calibration.examining import exam_of
from validation.calibration.watching import Kept
from validation.lift_truth import TrueCurves, true_curves

__all__ = ["SEGMENTS", "Reading", "load_reading", "read_case", "save_reading", "true_segments"]

SEGMENTS = ("trunk", "pelvis", "chest", "upper_chest", "thigh", "shank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A film (or one leg of a front film) as the fit sees it.

    Attributes
    ----------
    time_s : (T,)
    seen : (T, F) what makes an answer doubtful is drawn from this: the sight of a side film, the
        worries of a leg
    standing : (F,) the sight in own standing; empty for a leg
    inputs : (T, D) of a leg; a side film's follow from `seen` and `standing` and are not kept
    true_rad : (T, O) turns of `SEGMENTS` since own standing, or the leg's rotation since its rest
    plain_rad, plain_se_rad : (T, C) what is read without a fit: `side.CURVES`, or the leg's angle
    yaw_rad : (1,) as the product took it
    astray : (T,) how far the drawn mid-hip or mid-shoulder (a leg: knee or ankle) is from the true
        one, in true trunk (shank) lengths
    """

    time_s: Floats
    seen: Floats
    standing: Floats
    inputs: Floats
    true_rad: Floats
    plain_rad: Floats
    plain_se_rad: Floats
    yaw_rad: Floats
    astray: Floats


def read_case(case: Case, kept: Kept) -> dict[str, Reading]:
    """Return a film's readings by name: ``"side"``, or ``"left"`` and ``"right"``.

    Empty when the product refuses the film or nothing was seen to count from.
    """
    try:
        trial, truth = exam_of(case, kept)
    except PrimeMoverError:
        return {}
    curves = true_curves(truth)
    if case.view == "front":
        sides = (Side.LEFT, Side.RIGHT)
        legs = {str(side): _leg(trial, curves, truth, side) for side in sides}
        return {name: leg for name, leg in legs.items() if leg is not None}
    found = _side(trial, curves, truth)
    return {} if found is None else {"side": found}


def _side(trial: Trial, curves: TrueCurves, truth: dict[str, Any]) -> Reading | None:
    film = trial.film
    if film is None or film.dorsal is None or film.zero is None or trial.view is None:
        return None
    if not trial.series:
        return None
    read = tangents(film.dorsal, film.pose)
    yaw_rad = trial.view.yaw_rad
    sight = side_sight(film.pose, film.dorsal, read, yaw_rad=yaw_rad, load=film.load)
    standing = standing_sight(sight, (film.zero.start_s, film.zero.end_s))
    plain = {series.id: series for series in trial.series}
    return Reading(
        time_s=sight.time_s,
        seen=sight.values,
        standing=standing,
        inputs=np.zeros((0, 0)),
        true_rad=true_segments(curves, sight.time_s),
        plain_rad=np.stack([plain[name].value for name in CURVES], axis=1),
        plain_se_rad=np.stack([plain[name].se for name in CURVES], axis=1),
        yaw_rad=np.array([yaw_rad]),
        astray=_astray(
            {name: film.pose.joints_px[name] for name in ("hip", "shoulder")},
            {name: _true_middle_px(truth, name) for name in ("hip", "shoulder")},
        ),
    )


def _leg(trial: Trial, curves: TrueCurves, truth: dict[str, Any], side: Side) -> Reading | None:
    film, view = trial.film, trial.view
    if film is None or view is None or not view.accepted:
        return None
    leg = read_leg(film.pose, side, yaw_rad=view.yaw_rad)
    if leg.rest is None:
        return None
    joints = film.pose.left_px if side is Side.LEFT else film.pose.right_px
    time_s = film.pose.raw.time_s
    true = np.interp(time_s, curves.time_s, np.radians(curves.angles_deg[f"hip_rotation_{side}"]))
    return Reading(
        time_s=time_s,
        seen=front_worries(film.pose, side, yaw_rad=view.yaw_rad),
        standing=np.zeros(0),
        inputs=front_inputs(
            film.pose, side, rest=leg.rest, yaw_rad=view.yaw_rad, roll_rad=view.roll_rad
        ),
        true_rad=true[:, None],
        plain_rad=leg.plain_rad[:, None],
        plain_se_rad=np.full((time_s.size, 1), leg.systematic_rad),
        yaw_rad=np.array([view.yaw_rad]),
        astray=_astray(
            {name: joints[name] for name in ("knee", "ankle")},
            {name: np.array(truth["joints_px"][f"{name}_{side}"]) for name in ("knee", "ankle")},
        ),
    )


def _true_middle_px(truth: dict[str, Any], joint: str) -> Floats:
    left, right = (np.array(truth["joints_px"][f"{joint}_{side}"]) for side in ("left", "right"))
    middle: Floats = 0.5 * (left + right)
    return middle


def _astray(drawn_px: dict[str, Floats], true_px: dict[str, Floats]) -> Floats:
    """Return the larger error of two joints over the true distance between them, (T,)."""
    first, second = true_px.values()
    length_px = float(np.median(np.linalg.norm(first - second, axis=1)))
    count = min(len(first), *(len(path) for path in drawn_px.values()))
    errors = [
        np.linalg.norm(drawn_px[name][:count] - true_px[name][:count], axis=1) for name in drawn_px
    ]
    worst = np.full(len(next(iter(drawn_px.values()))), np.inf)
    worst[:count] = np.max(errors, axis=0)
    return worst / length_px


def true_segments(curves: TrueCurves, time_s: Floats) -> Floats:
    """Return the true turns of `SEGMENTS` since own standing at given times, (T, 6)."""
    angle = {
        name: np.interp(time_s, curves.time_s, np.radians(values))
        for name, values in curves.angles_deg.items()
    }
    pelvis = angle["pelvis_inclination"]
    chest = pelvis + angle["lumbar_flexion"]
    thigh = pelvis - angle["hip_flexion"]
    return np.stack(
        [
            angle["trunk_inclination"],
            pelvis,
            chest,
            chest + angle["thoracic_flexion"],
            thigh,
            thigh + angle["knee_flexion"],
        ],
        axis=1,
    )


def save_reading(path: Path, reading: Reading) -> None:
    """Write a reading; angles keep far more digits than any error here."""
    held = {one.name: getattr(reading, one.name).astype(np.float32) for one in fields(reading)}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **held)


def load_reading(path: Path) -> Reading:
    """Return a reading that `save_reading` wrote."""
    with np.load(path, allow_pickle=False) as data:
        found = Reading(**{name: data[name].astype(np.float64) for name in data.files})
    if not found.standing.size:
        return found
    sight = Sight(time_s=found.time_s, values=found.seen)
    return replace(found, inputs=side_inputs(sight, found.standing))
