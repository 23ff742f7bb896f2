"""What keeps the drawn people human: sizes of a body against its stature and mass."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from validation.virtual.rotations import Floats
from validation.virtual.tissue import Indices

DENSITY_KG_M3 = 980.0  # as in export_bodies.py
# Shares of the stature (waist: also of what the mass index lets expect): engineering
# defaults, wide enough for adults of any ancestry, close enough to keep monsters out.
LIMITS: Mapping[str, tuple[float, float]] = {
    "hip_height": (0.475, 0.565),
    "shoulders": (0.165, 0.265),
    "arm": (0.270, 0.365),
    "back": (0.250, 0.345),
    "waist": (0.34, 0.78),
    "waist_beyond_mass": (-0.095, 0.095),
    "waist_to_hip": (0.62, 1.12),
    "buttock_depth": (0.115, 0.240),
}
_TRUNK_ONLY = 0.9
_BETWEEN_ARMS_M = 0.15
_SLICE_M = 0.015
_BUTTOCK_M = 0.06


def mass_kg(vertices_m: Floats, faces: Indices) -> float:
    """Return the mass of what a closed surface holds."""
    a, b, c = (vertices_m[faces[:, corner]] for corner in range(3))
    return abs(float(np.einsum("fi,fi->", np.cross(a, b), c) / 6.0)) * DENSITY_KG_M3


def proportions(
    vertices_m: Floats,
    joints_m: Floats,
    joint_names: tuple[str, ...],
    *,
    body_kg: float,
    trunk: Floats,
) -> dict[str, float]:
    """Return what LIMITS is about.

    Parameters
    ----------
    vertices_m, joints_m : (V, 3), (J, 3), at rest
    trunk : (V,), how much of a vertex hangs on pelvis, spine and thighs
    """
    at = {name: joints_m[number] for number, name in enumerate(joint_names)}
    stature_m = float(np.ptp(vertices_m[:, 1]))
    middle = vertices_m[trunk > _TRUNK_ONLY]
    around = partial(_girth_m, middle)
    waist = around(0.5 * (at["l3l4"][1] + at["t12l1"][1]))
    hip = around(at["hip_right"][1] - 0.02)
    near = np.abs(middle[:, 1] - at["hip_right"][1]) < _BUTTOCK_M
    near &= np.abs(middle[:, 2]) < _BETWEEN_ARMS_M
    arm = np.linalg.norm(at["elbow_right"] - at["shoulder_right"])
    arm += np.linalg.norm(at["wrist_right"] - at["elbow_right"])
    sizes_m = {
        "hip_height": at["hip_right"][1],
        "shoulders": at["shoulder_right"][2] - at["shoulder_left"][2],
        "arm": arm,
        "back": at["neck"][1] - at["l5s1"][1],
        "waist": waist,
        "buttock_depth": np.ptp(middle[near, 0]),
    }
    shares = {name: float(size) / stature_m for name, size in sizes_m.items()}
    expected = 0.12 + 0.0155 * body_kg / stature_m**2
    return shares | {
        "waist_beyond_mass": shares["waist"] - expected,
        "waist_to_hip": waist / hip,
    }


def beyond_limits(seen: Mapping[str, float]) -> dict[str, float]:
    """Return what lies outside LIMITS."""
    return {name: v for name, v in seen.items() if not LIMITS[name][0] <= v <= LIMITS[name][1]}


def _girth_m(points_m: Floats, height_m: float) -> float:
    """Return the tape's length round a slice 3 cm high: a convex outline's mean width."""
    slice_m = points_m[np.abs(points_m[:, 1] - height_m) < _SLICE_M][:, [0, 2]]
    angle = np.linspace(0.0, 2.0 * np.pi, 180, endpoint=False)
    support = (slice_m @ np.stack([np.cos(angle), np.sin(angle)])).max(axis=0)
    return float(support.mean() * 2.0 * np.pi)
