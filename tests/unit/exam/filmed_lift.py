"""A lift whose forces are known, as a film would show it: joints in pixels, curves, a plate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np

from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.motion import carried_share
from primemover.dynamics.segments import Joint
from primemover.exam.lift_curves import heights
from primemover.exam.lift_measures import LiftCurves
from primemover.exam.mechanics.film import LiftFilm
from primemover.model.arrays import Floats, frozen
from primemover.model.cleaned import SIDE_JOINTS, CleanPose, Facing
from primemover.model.loadtrack import LoadKind, LoadTrack, Scale
from primemover.model.measure import Side
from primemover.model.person import Person, Sex
from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseTrack
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.model.session import LiftFacts
from primemover.model.view import View, ViewLabel
from tests.unit.dynamics.lifts import AHEAD_M, KNEE_PASS_S, LOCKOUT_S, lifter, synthetic_lift

M_PER_PX: Final = 0.0025
MASS_KG: Final = 80.0
STATURE_M: Final = 1.8
LOAD_KG: Final = 100.0
SHIFT_S: Final = 1.0  # of the film's clock against the lift's, which begins before 0
FLOOR_PX: Final = 900.0
ANKLE_PX: Final = 500.0
ONE: Final = Repetition(
    start_s=SHIFT_S - 0.4,
    bottom_s=SHIFT_S,
    lift_off_s=SHIFT_S,
    knee_pass_s=SHIFT_S + KNEE_PASS_S,
    lockout_s=SHIFT_S + LOCKOUT_S,
    end_s=SHIFT_S + LOCKOUT_S + 0.6,
)
PERSON: Final = Person(body_mass_kg=MASS_KG, height_m=STATURE_M, sex=Sex.MALE)
FACTS: Final = LiftFacts(bar_mass_kg=LOAD_KG)
_SE_RAD: Final = {"pelvis_inclination": 0.08, "trunk_inclination": 0.04}
_JOINT_OF: Final = {
    "shoulder": Joint.SHOULDER,
    "elbow": Joint.ELBOW,
    "hip": Joint.HIP,
    "knee": Joint.KNEE,
    "ankle": Joint.ANKLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The film and the forces that the same program finds in the true movement."""

    film: LiftFilm
    truth: LiftDynamics


@cache
def known() -> Known:
    body = lifter()
    motion, load = synthetic_lift(body)
    time_s = motion.time_s + SHIFT_S
    motion = replace(motion, time_s=time_s)
    load = replace(load, carried=carried_share(time_s, lift_off_s=SHIFT_S))
    truth = inverse_dynamics(motion, body, load)
    return Known(film=_film(truth), truth=truth)


def film(**changed: Any) -> LiftFilm:  # noqa: ANN401 - any field of the film
    """Return the film with something changed."""
    return replace(known().film, **changed)


def without(*names: str) -> LiftFilm:
    """Return the film with some curves missing."""
    seen = known().film
    angles = {
        name: replace(one, value=np.full_like(one.value, np.nan)) if name in names else one
        for name, one in seen.curves.angles.items()
    }
    return replace(seen, curves=replace(seen.curves, angles=angles))


def in_px(places_m: Floats) -> Floats:
    """Return (..., 2) metres forward of the ankle and up from the floor as picture points."""
    x, y = places_m[..., 0], places_m[..., 1]
    return np.stack((ANKLE_PX + x / M_PER_PX, FLOOR_PX - y / M_PER_PX), axis=-1)


def _film(truth: LiftDynamics) -> LiftFilm:
    pose = _pose(truth)
    at_px = in_px(truth.load_m)
    frames = truth.time_s.size
    se = np.full(frames, 3.0)
    load = LoadTrack(
        kind=LoadKind.PLATE,
        xy_px=frozen(at_px),
        se_px=frozen(se),
        axes_px=np.full((frames, 2), 0.225 / M_PER_PX),
        lost=np.zeros(frames, dtype=np.bool_),
        confidence=1.0,
        scale=Scale(m_per_px=M_PER_PX, se_m_per_px=0.02 * M_PER_PX, source="plate"),
        magnification=1.0,
        magnification_se=0.02,
        midline_px=frozen(at_px),
        midline_se_px=frozen(se),
    )
    missing = {name: _series(name, truth, np.full(frames, np.nan)) for name in ("bar_x", "bar_y")}
    curves = LiftCurves(
        pose=pose,
        body=heights(pose),
        angles=_angles(truth),
        tangents={},
        bar=missing,
        has_zero=False,
    )
    held = truth.time_s > SHIFT_S
    view = View(
        label=ViewLabel.SIDE,
        yaw_rad=0.0,
        yaw_se_rad=0.05,
        accepted=True,
        roll_rad=0.0,
        roll_se_rad=0.01,
    )
    return LiftFilm(
        curves=curves, load=load, held=held, zero=None, view=view, person=PERSON, facts=FACTS
    )


def _angles(truth: LiftDynamics) -> dict[str, Series]:
    foot, shank, thigh, pelvis, _, chest, *_ = truth.turn_rad
    del foot
    hip, shoulder = truth.joint_m[Joint.HIP], truth.joint_m[Joint.SHOULDER]
    line = np.arctan2(*(shoulder - hip).T)
    values = {
        "ankle_dorsiflexion": shank,
        "knee_flexion": shank - thigh,
        "trunk_inclination": line,
        "trunk_thigh": line - thigh,
        "pelvis_inclination": pelvis,
        "lumbar_flexion": chest - pelvis,
    }
    return {name: _series(name, truth, value) for name, value in values.items()}


def _series(name: str, truth: LiftDynamics, value: Floats) -> Series:
    se = np.full(value.size, _SE_RAD.get(name, 0.05))
    return Series(id=name, unit="rad", time_s=truth.time_s, value=value, se=se)


def _pose(truth: LiftDynamics) -> CleanPose:
    frames = truth.time_s.size
    places = {name: truth.joint_m[joint] for name, joint in _JOINT_OF.items()}
    places["wrist"] = truth.load_m + np.array([0.0, 0.09])
    places["heel"] = np.tile([-0.06, 0.0], (frames, 1))
    places["toe"] = np.tile([0.19, 0.0], (frames, 1))
    places["ear"] = places["shoulder"] + np.array([0.05, 0.2])
    joints = {name: frozen(in_px(places[name])) for name in SIDE_JOINTS}
    none = np.zeros(frames, dtype=np.bool_)
    return CleanPose(
        raw=_track(truth.time_s, joints),
        facing=Facing.RIGHT,
        near_side=Side.RIGHT,
        forward=1,
        joints_px=joints,
        left_px=joints,
        right_px=joints,
        se_px={name: np.full(frames, 4.0) for name in SIDE_JOINTS},
        hidden=dict.fromkeys(SIDE_JOINTS, none),
        feet_planted=~none,
    )


def _track(time_s: Floats, joints: dict[str, Floats]) -> PoseTrack:
    xy = np.zeros((time_s.size, LANDMARK_COUNT, 2))
    for landmark in Landmark:
        name = landmark.name.removeprefix("LEFT_").removeprefix("RIGHT_").lower()
        name = {"foot_index": "toe", "pinky": "wrist", "index": "wrist"}.get(name, name)
        xy[:, landmark] = joints.get(name, joints["ear"])
    return PoseTrack(
        time_s=time_s,
        width_px=1000,
        height_px=1000,
        xy_px=xy,
        depth_px=np.zeros((time_s.size, LANDMARK_COUNT)),
        visibility=np.ones((time_s.size, LANDMARK_COUNT)),
        presence=np.ones(time_s.size),
        world_m=np.zeros((time_s.size, LANDMARK_COUNT, 3)),
        silhouettes=None,
        other_people=np.zeros(time_s.size),
        engine="drawn",
        weights_sha256="",
    )


__all__ = ["AHEAD_M", "ONE", "Known", "film", "in_px", "known", "without"]
