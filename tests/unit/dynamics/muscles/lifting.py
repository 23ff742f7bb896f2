"""A made-up lift: angles and moments as in the trial's synthetic repetition, rounded."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import PchipInterpolator

from primemover.dynamics.muscles.inputs import JointLoads, Lifter, Posture
from primemover.model.arrays import Floats

FPS = 60.0
PHASES = {"lift_off": (0.0, 0.4), "to_knee": (0.4, 0.75), "after_knee": (0.75, 2.0)}
LIFTER = Lifter(stature_m=1.80, body_mass_kg=80.0)
_KEYS_S = np.array([0.0, 0.4, 0.75, 1.3, 2.0])
_ANGLES_DEG = {  # lift-off, 0.4 s, knee pass, 1.3 s, lockout
    "hip_flexion_rad": [116.0, 98.0, 73.0, 35.0, 0.0],
    "knee_flexion_rad": [80.0, 58.0, 33.0, 15.0, 0.0],
    "dorsiflexion_rad": [18.0, 13.0, 7.0, 3.0, 0.0],
    "lumbar_flexion_rad": [18.0, 17.0, 14.0, 7.0, 0.0],
    "pelvis_tilt_rad": [54.0, 51.0, 47.0, 22.0, 0.0],
}
_MOMENTS_NM = {  # both legs at ankle, knee and hip
    "ankle_nm": [99.0, 98.0, 154.0, 174.0, 90.0],
    "knee_nm": [136.0, 120.0, -61.0, -161.0, -90.0],
    "hip_nm": [482.0, 528.0, 345.0, 158.0, 90.0],
    "l5s1_nm": [351.0, 383.0, 234.0, 116.0, 115.0],
}
_WEIGHT_ABOVE_N = (39.3 + 100.0) * 9.81


def lift(draws: int = 0, *, noise: float = 1.0, seed: int = 0) -> tuple[Posture, JointLoads]:
    """Return two seconds of a lift with a 100 kg bar; `draws` of it with steady errors."""
    random = np.random.default_rng(seed)
    time = np.arange(0.0, 2.0 + 0.5 / FPS, 1.0 / FPS)

    def curve(values: list[float], error: float) -> Floats:
        smooth: Floats = PchipInterpolator(_KEYS_S, values)(time)
        if draws == 0:
            return smooth
        return smooth + noise * error * random.normal(size=(draws, 1))

    angles = {k: np.radians(curve(v, 3.0)) for k, v in _ANGLES_DEG.items()}
    moments = {
        name: curve(values, 15.0) / (1.0 if name == "l5s1_nm" else 2.0)
        for name, values in _MOMENTS_NM.items()
    }
    force = np.zeros((*moments["l5s1_nm"].shape, 2))
    force[..., 1] = _WEIGHT_ABOVE_N
    loads = JointLoads(**moments, thoracolumbar_nm=0.75 * moments["l5s1_nm"], l5s1_force_n=force)
    return Posture(time_s=time, **angles), loads
