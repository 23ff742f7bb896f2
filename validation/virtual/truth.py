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
from validation.virtual.deadlift import PLATE_RADIUS_M
from validation.virtual.performance import Performance
from validation.virtual.props import PLATE_INSIDE_M, PLATE_THICKNESS_M
from validation.virtual.rotations import Floats, unit

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
    """Return the forward tilt of a line from the vertical, (T,)."""
    return cast("Floats", np.arctan2(high[:, 0] - low[:, 0], high[:, 1] - low[:, 1]))


def _since(angle: Floats, standing: NDArray[np.bool_]) -> Floats:
    return cast("Floats", angle - angle[standing].mean())


def truth_record(
    performance: Performance, camera: Camera, *, seed: int, yaw_deg: float
) -> dict[str, Any]:
    """Return the truth of a clip, ready for JSON.

    Pixels count from the top left corner of the picture, x right, y down.
    `metres_per_pixel` holds in the person's median plane (front view: in the plane of the
    knees), `plate.metres_per_pixel` in that of the near plate's outer face.
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
        "view": performance.view,
        "seed": seed,
        "body": {
            "name": body.name,
            "sex": body.sex,
            "height_m": round(body.height_m, 3),
            "mass_kg": round(body.mass_kg, 1),
        },
        "camera": {
            "yaw_deg": yaw_deg,
            "pitch_deg": 0.0,
            "roll_deg": 0.0,
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
        "joints_px": {name: _listed(joints_px[:, i], 1) for i, name in enumerate(names)},
    }
    if performance.bar_m is not None:
        out["plate"] = _plate(performance.bar_m, camera)
        out["bar_height_m"] = _listed(performance.bar_m[:, 1], 4)
    return out


def _plate(bar_m: Floats, camera: Camera) -> dict[str, Any]:
    """Return the circle that the near plate's outer face makes in the picture.

    With a yaw it is an ellipse: the centre holds, the radius is its upright half axis.
    """
    outer = PLATE_INSIDE_M + PLATE_THICKNESS_M
    centre_px, depth_m = camera.project(bar_m + np.array([0.0, 0.0, outer]))
    return {
        "diameter_m": 2.0 * PLATE_RADIUS_M,
        "metres_per_pixel": round(float(depth_m[0]) / camera.focal_px, 7),
        "centre_px": _listed(centre_px, 1),
        "radius_px": round(camera.focal_px * PLATE_RADIUS_M / float(depth_m[0]), 2),
    }


def _listed(values: Floats, digits: int) -> list[Any]:
    # Adding zero turns -0.0 into 0.0.
    return cast("list[Any]", (np.round(values, digits) + 0.0).tolist())


def _rounded(repetition: dict[str, float | str | bool]) -> dict[str, float | str | bool]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in repetition.items()
    }
