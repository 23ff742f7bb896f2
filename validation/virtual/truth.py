"""What is true in a clip: angles from the joint centres as they were posed and drawn.

All angles are degrees with clinical signs (flexion, dorsiflexion, anterior
inclination and internal rotation positive), in the person's sagittal plane
(X forward, Y up) or, for hip rotation, the frontal plane (Y, Z).
"""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import SIDES
from validation.virtual.camera import Camera
from validation.virtual.fingertip import true_fingertip_m
from validation.virtual.performance import Load, Performance
from validation.virtual.props import PLATE_INSIDE_M, PLATE_THICKNESS_M
from validation.virtual.rotations import Floats, turn, unit

DEFINITIONS = {
    "ankle_dorsiflexion": "shank from the vertical plus the turn of the foot since own standing",
    "hip_flexion": "thigh against pelvis: pelvis_inclination plus the thigh's forward angle",
    "hip_rotation_left": "line knee to ankle against gravity in the frontal plane, foot outward +",
    "hip_rotation_right": "line knee to ankle against gravity in the frontal plane, foot outward +",
    "knee_flexion": "thigh against shank, 0 straight (front view: in space, mean of both knees)",
    "lumbar_flexion": "turn of the line T12/L1-T7/T8 against the pelvis since own standing",
    "pelvis_inclination": "turn of the line from mid-hip to L5/S1 since own standing",
    "thoracic_flexion": "turn of the line T7/T8-C7/T1 against T12/L1-T7/T8 since own standing",
    "trunk_inclination": "line from mid-hip to the middle of the shoulder joints from the vertical",
}

PICTURE_JOINTS = (
    "head", "neck", "t7t8", "t12l1", "l3l4", "l5s1",
    *(f"{part}_{side}" for side in SIDES for part in ("shoulder", "elbow", "wrist")),
    *(f"{part}_{side}" for side in SIDES for part in ("hip", "knee", "ankle", "toe")),
)  # fmt: skip


def joint_angles_rad(performance: Performance) -> dict[str, Floats]:
    """Return the angles of `DEFINITIONS` that the view is meant for, (T,) each."""
    hip, knee, shoulder = (_middle(performance, part) for part in ("hip", "knee", "shoulder"))
    l5s1, t12l1, t7t8, neck = (_at(performance, n) for n in ("l5s1", "t12l1", "t7t8", "neck"))
    standing = is_standing(performance)
    pelvis = _since(_inclination(hip, l5s1), standing)
    lower_chest = _since(_inclination(t12l1, t7t8), standing)
    upper_chest = _since(_inclination(t7t8, neck), standing)
    spine = {
        "trunk_inclination": _inclination(hip, shoulder),
        "pelvis_inclination": pelvis,
        "lumbar_flexion": lower_chest - pelvis,
        "thoracic_flexion": upper_chest - lower_chest,
        "hip_flexion": pelvis - _inclination(knee, hip),
    }
    legs = _side_legs(performance) if performance.view == "side" else _front_legs(performance)
    return spine | legs


def _side_legs(performance: Performance) -> dict[str, Floats]:
    hip, knee, ankle, toe = (_middle(performance, p) for p in ("hip", "knee", "ankle", "toe"))
    shank = _inclination(ankle, knee)
    foot_up = _since(-_inclination(ankle, toe), is_standing(performance))
    return {
        "ankle_dorsiflexion": shank + foot_up,
        "knee_flexion": shank - _inclination(knee, hip),
    }


def _front_legs(performance: Performance) -> dict[str, Floats]:
    out: dict[str, Floats] = {}
    knees = []
    for side, outward in zip(SIDES, (-1.0, 1.0), strict=True):
        hip, knee, ankle = (_at(performance, f"{p}_{side}") for p in ("hip", "knee", "ankle"))
        shank = ankle - knee
        out[f"hip_rotation_{side}"] = np.arctan2(outward * shank[:, 2], -shank[:, 1])
        cosine = np.sum(unit(knee - hip) * unit(shank), axis=1)
        knees.append(np.arccos(np.clip(cosine, -1.0, 1.0)))
    return out | {"knee_flexion": 0.5 * (knees[0] + knees[1])}


def is_standing(performance: Performance) -> NDArray[np.bool_]:
    """Return in which frames the person stands (or sits) at rest, (T,)."""
    start, end = performance.standing_s
    inside: NDArray[np.bool_] = (performance.time_s >= start) & (performance.time_s < end)
    return inside


def _at(performance: Performance, joint: str) -> Floats:
    return performance.track.joints_m[:, performance.body.joint(joint)]


def _middle(performance: Performance, part: str) -> Floats:
    left, right = (_at(performance, f"{part}_{side}") for side in SIDES)
    return 0.5 * (left + right)


def _inclination(low: Floats, high: Floats) -> Floats:
    """Return the forward tilt of a line from the vertical, (T,), on past 180 deg if need be."""
    return cast("Floats", np.unwrap(np.arctan2(high[:, 0] - low[:, 0], high[:, 1] - low[:, 1])))


def _since(angle: Floats, standing: NDArray[np.bool_]) -> Floats:
    return cast("Floats", angle - angle[standing].mean())


def truth_record(
    performance: Performance, camera: Camera, *, seed: int, yaw_deg: float
) -> dict[str, Any]:
    """Return the truth of a clip, ready for JSON.

    Pixels count from the top left corner of the picture, x right, y down.
    `metres_per_pixel` holds in the person's median plane (front view: in the plane of the
    knees), `plate.metres_per_pixel` in that of the near plate's outer face. Midpoints are those
    of the left and the right joint, however unevenly somebody stands; heights are above the floor.
    """
    body = performance.body
    angles = joint_angles_rad(performance)
    names = [name for name in PICTURE_JOINTS if name in body.joint_names]
    indices = [body.joint(name) for name in names]
    joints_px, _ = camera.project(performance.track.joints_m[:, indices])
    _, depth_m = camera.project(np.zeros(3))
    out: dict[str, Any] = {
        "schema": "primemover.virtual-truth.1",
        "move": performance.move,
        "style": performance.style,
        "posed": dict(performance.posed),
        "view": performance.view,
        "seed": seed,
        "body": {
            "name": body.name,
            "sex": body.sex,
            "height_m": round(body.height_m, 3),
            "mass_kg": round(body.mass_kg, 1),
        },
        "camera": {
            **_bearings(camera, view=performance.view),
            "asked_yaw_deg": yaw_deg,
            "size_px": list(camera.size_px),
            "focal_px": round(camera.focal_px, 2),
            "height_m": round(float(camera.position_m[1]), 3),
            "distance_m": round(float(depth_m), 3),
        },
        "metres_per_pixel": round(float(depth_m) / camera.focal_px, 7),
        "definitions": {name: DEFINITIONS[name] for name in sorted(angles)},
        "standing_s": list(performance.standing_s),
        "repetitions": [_rounded(repetition) for repetition in performance.repetitions],
        "time_s": np.round(performance.time_s, 4).tolist(),
        "angles_deg": {name: _listed(np.degrees(angles[name]), 2) for name in sorted(angles)},
        "sideways_deg": {
            name: _listed(np.degrees(angle), 2)
            for name, angle in sorted(sideways_rad(performance).items())
        },
        "heights_m": {
            part: _listed(_middle(performance, part)[:, 1], 4)
            for part in ("knee", "hip", "shoulder")
        },
        "joints_px": {name: _listed(joints_px[:, i], 1) for i, name in enumerate(names)},
    }
    if performance.bar_m is not None:
        out |= _load_record(performance, performance.bar_m, camera)
    if performance.move == "forward_bend":
        for written, repetition in zip(out["repetitions"], performance.repetitions, strict=True):
            written["fingertip_to_floor_m"] = round(true_fingertip_m(performance, repetition), 4)
    return out


def sideways_rad(performance: Performance) -> dict[str, Floats]:
    """Return what a view from the side or from the front does not name, (T,) each.

    `knee_flexion_space_{side}` is the knee's flexion in space; `pelvis_list` the line of the hips
    in the frontal plane, the left end higher +; `trunk_side_lean` mid-hip to mid-shoulder, to the
    left +; `thigh_aside_{side}` the thigh seen from above, the knee outward +.
    """
    left, right = (_at(performance, f"hip_{side}") for side in SIDES)
    hip, shoulder = _middle(performance, "hip"), _middle(performance, "shoulder")
    out = {
        "pelvis_list": np.arctan2(left[:, 1] - right[:, 1], right[:, 2] - left[:, 2]),
        "trunk_side_lean": np.arctan2(hip[:, 2] - shoulder[:, 2], shoulder[:, 1] - hip[:, 1]),
    }
    for side, outward in zip(SIDES, (-1.0, 1.0), strict=True):
        start, knee, ankle = (_at(performance, f"{p}_{side}") for p in ("hip", "knee", "ankle"))
        thigh, shank = knee - start, ankle - knee
        cosine = np.sum(unit(thigh) * unit(shank), axis=1)
        out[f"knee_flexion_space_{side}"] = np.arccos(np.clip(cosine, -1.0, 1.0))
        out[f"thigh_aside_{side}"] = np.arctan2(outward * thigh[:, 2], thigh[:, 0])
    return out


def _bearings(camera: Camera, *, view: str) -> dict[str, Any]:
    """Return how the camera stands, from its axes.

    Yaw is off the exact side (front) view, towards the person's front (right) +; pitch upward +;
    roll + when the camera is turned clockwise, seen from behind it.
    """
    x, y, z = -camera.forward
    side = "right" if z >= 0.0 else "left"
    yaw = np.arctan2(x, abs(z)) if view == "side" else np.arctan2(z, x)
    level = unit(np.cross(camera.forward, np.array([0.0, 1.0, 0.0])))
    below = np.cross(camera.forward, level)
    roll = np.arctan2(camera.right @ below, camera.right @ level)
    named = {"yaw_deg": yaw, "pitch_deg": np.arcsin(-y), "roll_deg": roll}
    found: dict[str, Any] = {
        name: round(float(np.degrees(angle)) + 0.0, 3) for name, angle in named.items()
    }
    return found | ({"near_side": side} if view == "side" else {})


def _load_record(performance: Performance, bar_m: Floats, camera: Camera) -> dict[str, Any]:
    """Return the load's path and, of a barbell, the near plate in the picture."""
    load = performance.load or Load(kind="barbell", mass_kg=float("nan"))
    ahead_m = bar_m[:, 0] - mid_foot_x_m(performance)
    out: dict[str, Any] = {
        "bar_height_m": _listed(bar_m[:, 1], 4),
        "bar_ahead_m": _listed(ahead_m, 4),
        "load": {"kind": load.kind, "rests_on": load.rests_on},
    }
    if load.kind == "barbell":
        out["plate"] = _plate(bar_m, camera, radius_m=load.plate_radius_m)
    return out


def mid_foot_x_m(performance: Performance) -> float:
    """Return X of the middle of the feet as they stand: half-way between heels and toes."""
    body, track = performance.body, performance.track
    ends = []
    for side in SIDES:
        ankle = body.joint(f"ankle_{side}")
        foot = np.isin(body.weight_joints[:, 0], [ankle, body.joint(f"toe_{side}")])
        turned = turn(track.rotations[0, ankle], body.vertices_m[foot] - body.joints_m[ankle])
        x = turned[:, 0] + track.joints_m[0, ankle, 0]
        ends.append(0.5 * (x.min() + x.max()))
    return float(np.mean(ends))


def _plate(bar_m: Floats, camera: Camera, *, radius_m: float) -> dict[str, Any]:
    """Return the circle that the near plate's outer face makes in the picture.

    With a yaw it is an ellipse: the centre holds, the radius is its upright half axis.
    """
    outer = (PLATE_INSIDE_M + PLATE_THICKNESS_M) * (1.0 if camera.forward[2] <= 0.0 else -1.0)
    centre_px, depth_m = camera.project(bar_m + np.array([0.0, 0.0, outer]))
    return {
        "diameter_m": 2.0 * radius_m,
        "metres_per_pixel": round(float(depth_m[0]) / camera.focal_px, 7),
        "centre_px": _listed(centre_px, 1),
        "radius_px": round(camera.focal_px * radius_m / float(depth_m[0]), 2),
    }


def _listed(values: Floats, digits: int) -> list[Any]:
    # Adding zero turns -0.0 into 0.0.
    return cast("list[Any]", (np.round(values, digits) + 0.0).tolist())


def _rounded(repetition: dict[str, float | str | bool]) -> dict[str, float | str | bool]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in repetition.items()
    }
