"""Mechanics of a made-up lift from a real run of the dynamics: 100 kg, a man of 1.80 m."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from primemover.dynamics.body import lengths_from_stature
from primemover.dynamics.draws import InputErrors, drawn, percentiles
from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.motion import SagittalMotion
from primemover.dynamics.muscles.bands import frame_bands, phase_bands
from primemover.dynamics.muscles.inputs import JointLoads, Lifter, Posture
from primemover.dynamics.muscles.roles import Role, roles_in_phases
from primemover.dynamics.muscles.sharing import MuscleSharing, share_muscles
from primemover.dynamics.segments import Joint
from primemover.dynamics.work import LiftInstants, lift_work
from primemover.knowledge.segment_rows import segment_table
from primemover.model.arrays import Floats, Mask
from primemover.model.mechanics import (
    Curve90,
    LiftMechanics,
    LiftPart,
    MuscleInPart,
    Range,
    StickFigure,
    WorkInPart,
)
from primemover.model.person import Sex
from tests.unit.dynamics.lifts import lifter, synthetic_lift

INSTANTS = LiftInstants(set_up_s=-0.4, lift_off_s=0.0, knee_pass_s=0.8, lockout_s=2.0)
PARTS = dict(zip(LiftPart, [(-0.4, 0.0), (0.0, 0.8), (0.8, 2.0)], strict=True))
JOINTS = {"ankle": Joint.ANKLE, "knee": Joint.KNEE, "hip": Joint.HIP, "l5s1": Joint.L5S1}
ROLES = {
    Role.IDLE: "idle",
    Role.STABILISER: "stabiliser",
    Role.PRIME_MOVER: "prime_mover",
    Role.BRAKE: "brake",
}
ASSUMPTIONS = (
    "Both legs are taken to do the same.",
    "The sacral plate is taken to slope 28 degrees in standing, as in published averages.",
)
ERRORS = InputErrors(
    shank_rad=0.03, thigh_rad=0.04, pelvis_rad=0.06, chest_rad=0.04, load_forward_m=0.01
)
DRAWS = 30
STATURE_M, MASS_KG = 1.8, 80.0


@cache
def mechanics(repetition: int = 0) -> LiftMechanics:
    """Return the mechanics of one repetition; the number only changes its errors."""
    table = segment_table("de_leva", sex=Sex.MALE)
    person = (table, lengths_from_stature(table, STATURE_M), MASS_KG)
    rng = np.random.default_rng(repetition)
    motion, body, load = drawn(synthetic_lift(lifter()), person, ERRORS, draws=DRAWS, rng=rng)
    lift = inverse_dynamics(motion, body, load)
    seen = (lift.time_s >= INSTANTS.set_up_s) & (lift.time_s <= INSTANTS.lockout_s)
    sharing = _sharing(motion, lift, seen)
    bands = frame_bands(sharing, lift.time_s[seen])
    return LiftMechanics(
        repetition=repetition,
        body_mass_kg=MASS_KG,
        load_mass_kg=100.0,
        time_s=lift.time_s[seen],
        moment_nm={k: _curve(lift.moment_nm[j][:, seen]) for k, j in JOINTS.items()},
        compression_n=Curve90(
            low=bands.compression_n.low90,
            middle=bands.compression_n.middle,
            high=bands.compression_n.high90,
        ),
        shear_n=Curve90(
            low=bands.shear_n.low90, middle=bands.shear_n.middle, high=bands.shear_n.high90
        ),
        work=tuple(_work(lift)),
        muscles=tuple(_muscles(sharing)),
        figures=tuple(_figures(lift)),
        closure=float(np.nanmax(np.abs(lift.ground.residual))),
        assumptions=ASSUMPTIONS,
    )


def _range(values: Floats) -> Range:
    low, middle, high = percentiles(np.atleast_1d(values).ravel())
    return Range(low=float(low), middle=float(middle), high=float(high))


def _curve(values: Floats) -> Curve90:
    low, middle, high = percentiles(values)
    return Curve90(low=low, middle=middle, high=high)


def _sharing(motion: SagittalMotion, lift: LiftDynamics, seen: Mask) -> MuscleSharing:
    thigh, pelvis = motion.thigh_rad[:, seen], motion.pelvis_rad[:, seen]
    posture = Posture(
        time_s=lift.time_s[seen],
        hip_flexion_rad=pelvis - thigh,
        knee_flexion_rad=motion.shank_rad[:, seen] - thigh,
        dorsiflexion_rad=motion.shank_rad[:, seen],
        lumbar_flexion_rad=motion.chest_rad[:, seen] - pelvis,
        pelvis_tilt_rad=pelvis,
    )
    legs = {
        f"{name}_nm": lift.moment_per_side(JOINTS[name])[:, seen]
        for name in ("ankle", "knee", "hip")
    }
    loads = JointLoads(
        **legs,
        l5s1_nm=lift.moment(Joint.L5S1)[:, seen],
        l5s1_force_n=lift.force_n[Joint.L5S1][:, seen],
        thoracolumbar_nm=lift.moment(Joint.THORACOLUMBAR)[:, seen],
    )
    return share_muscles(posture, loads, Lifter(stature_m=STATURE_M, body_mass_kg=MASS_KG))


def _work(lift: LiftDynamics) -> Iterator[WorkInPart]:
    work = lift_work(lift, INSTANTS)
    back = lift.power_w[Joint.L5S1] + lift.power_w[Joint.THORACOLUMBAR]
    for index, (part, (start, end)) in enumerate(PARTS.items()):
        rows: dict[str, tuple[Floats, Floats]] = {
            name: (work.positive_j[index, joint], work.negative_j[index, joint])
            for name, joint in (
                ("ankles", Joint.ANKLE),
                ("knees", Joint.KNEE),
                ("hips", Joint.HIP),
            )
        }
        inside = (lift.time_s >= start) & (lift.time_s <= end)
        clock = lift.time_s[inside]
        rows["back"] = (
            np.trapezoid(np.maximum(back[:, inside], 0.0), clock, axis=-1),
            np.trapezoid(np.minimum(back[:, inside], 0.0), clock, axis=-1),
        )
        yield WorkInPart(
            part=part,
            start_s=start,
            end_s=end,
            positive_j={name: _range(pair[0]) for name, pair in rows.items()},
            negative_j={name: _range(pair[1]) for name, pair in rows.items()},
        )


def _muscles(sharing: MuscleSharing) -> Iterator[MuscleInPart]:
    windows: Mapping[str, tuple[float, float]] = {str(k): v for k, v in PARTS.items()}
    bands, roles = phase_bands(sharing, windows), roles_in_phases(sharing, windows)
    for part in LiftPart:
        for index, group in enumerate(sharing.groups):
            share, effort = (
                Range(
                    low=float(found.low90[index]),
                    middle=float(found.middle[index]),
                    high=float(found.high90[index]),
                )
                for found in (bands[part].force_share, bands[part].effort_peak)
            )
            role = roles[part].role[index]
            yield MuscleInPart(
                part=part,
                group=group,
                force_share=share,
                effort_peak=effort,
                role=ROLES[role],
                role_share=float(roles[part].belief[index, role]),
            )


def _figures(lift: LiftDynamics) -> Iterator[StickFigure]:
    for instant, at in zip(
        ("set_up", "lift_off", "knee_pass", "lockout"), INSTANTS.edges_s, strict=True
    ):
        row = int(np.argmin(np.abs(lift.time_s - at)))
        places = {
            name: np.median(lift.joint_m[joint][:, row], axis=0)
            for name, joint in (
                *JOINTS.items(),
                ("thoracolumbar", Joint.THORACOLUMBAR),
                ("shoulder", Joint.SHOULDER),
                ("elbow", Joint.ELBOW),
            )
        }
        load = np.median(lift.load_m[:, row], axis=0)
        up = places["shoulder"] - places["thoracolumbar"]
        places |= {
            "load": load,
            "hand": load,
            "heel": np.array([-0.05, 0.0]),
            "toe": np.array([0.2, 0.0]),
            "head_top": places["shoulder"] + 0.33 * up / np.hypot(*up),
        }
        yield StickFigure(
            instant=instant,
            time_s=float(lift.time_s[row]),
            joints_m={name: (float(x), float(y)) for name, (x, y) in places.items()},
            moment_nm={
                name: _range(lift.moment_nm[joint][:, row]) for name, joint in JOINTS.items()
            },
        )
