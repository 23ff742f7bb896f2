"""Sample muscle paths of two OpenSim models. Needs ``opensim`` 4.6 in an environment of its own.

    python -m validation.opensim.extract LEGS.osim TRUNK.osim

``LEGS.osim`` is Rajagopal2016.osim of the public opensim-models collection, ``TRUNK.osim`` is
Model_Pose2Sim_muscles_flex.osim as the pose2sim 0.10.49 wheel carries it. Everything is read off
the lengths of the muscles' paths: an arm is the change of length with an angle, so that arms,
lengths and work agree by construction (and couplers cannot spoil them: OpenSim's own
``computeMomentArm`` is wrong under constraints, opensim-core issue 3805).

Writes ``samples.npz`` beside this file; `validation.opensim.tables` makes the rest of it.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["SAMPLES", "leg_samples", "main", "trunk_samples"]

Floats = NDArray[np.float64]
SAMPLES: Final = Path(__file__).with_name("samples.npz")

HIP_DEG: Final = np.arange(-20.0, 121.0, 5.0)
KNEE_DEG: Final = np.arange(0.0, 121.0, 10.0)
ANKLE_DEG: Final = np.arange(-45.0, 41.0, 5.0)
LUMBAR_DEG: Final = np.arange(-20.0, 71.0, 5.0)
_KNEE_FIXED_DEG: Final = 45.0  # where a muscle does not cross the knee it does not matter
_HALF_STEP_RAD: Final = np.radians(0.25)
_SLIDE_M: Final = 1e-4
# What each level of the trunk model takes of the lumbar spine's flexion: its own couplers
# (Pose2Sim file: 1 : 1.8571 : 1.6429 : 1.1429 : 0.9286 : 0.5714), L5/S1 to T12/L1.
_LEVELS: Final = {
    "L5_S1_Flex_Ext": 0.14,
    "L4_L5_Flex_Ext": 0.26,
    "L3_L4_Flex_Ext": 0.23,
    "L2_L3_Flex_Ext": 0.16,
    "L1_L2_Flex_Ext": 0.13,
    "L1_T12_Flex_Ext": 0.08,
}
_FREED: Final = {
    "hip_flexion_r": (-60.0, 150.0),
    "knee_angle_r": (-10.0, 150.0),
    "ankle_angle_r": (-60.0, 60.0),
}
_LEG_COORDINATES: Final = (
    "hip_flexion_r",
    "knee_angle_r",
    "ankle_angle_r",
    "hip_adduction_r",
    "hip_rotation_r",
)
_NOT_TRUNK: Final = ("LD_", "Ps_", "EO1", "EO2", "EO3", "EO4", "IO1", "IO2", "IO3")
_TRUNK: Final = ("rect_abd", "QL_", "MF_", "IL_", "LTpT_", "LTpL_", "EO", "IO")


def _opensim() -> Any:  # noqa: ANN401 - a C++ library without types
    library = importlib.import_module("opensim")
    library.Logger.setLevelString("Off")
    return library


class _Posed:
    """An OpenSim model whose muscles' lengths can be asked for at any angles."""

    def __init__(self, model: Any, muscles: list[str]) -> None:  # noqa: ANN401 - no types
        self.model = model
        self.state = model.initSystem()
        self.coordinates = {c.getName(): c for c in model.getCoordinateSet()}
        self.paths = [model.getMuscles().get(name) for name in muscles]

    def lengths_m(self, angles_rad: dict[str, float]) -> Floats:
        for name, value in angles_rad.items():
            self.coordinates[name].setValue(self.state, value, False)  # noqa: FBT003 - its API
        self.model.assemble(self.state)
        self.model.realizePosition(self.state)
        return np.array([muscle.getLength(self.state) for muscle in self.paths])

    def slope_m(self, angles_rad: dict[str, float], name: str, sign: float = 1.0) -> Floats:
        """Return how fast the lengths grow with one angle (metres a radian)."""
        here = angles_rad.get(name, 0.0)
        up = self.lengths_m({**angles_rad, name: here + _HALF_STEP_RAD})
        down = self.lengths_m({**angles_rad, name: here - _HALF_STEP_RAD})
        self.lengths_m({**angles_rad, name: here})
        return np.asarray(sign * (up - down) / (2.0 * _HALF_STEP_RAD))


def _parameters(model: Any, names: list[str]) -> Floats:  # noqa: ANN401 - no types
    """Return F0 (N), optimal fibre length (m), tendon slack length (m), pennation, (K, 4)."""
    muscles = [model.getMuscles().get(name) for name in names]
    return np.array(
        [
            (
                muscle.getMaxIsometricForce(),
                muscle.getOptimalFiberLength(),
                muscle.getTendonSlackLength(),
                muscle.getPennationAngleAtOptimalFiberLength(),
            )
            for muscle in muscles
        ]
    )


def leg_samples(path: Path) -> dict[str, NDArray[Any]]:
    """Return lengths and their slopes of the right leg over two grids of angles.

    Keys: ``leg_names`` (K,), ``leg_parameters`` (K, 4), ``leg_angles_rad`` (N, 3) hip, knee and
    ankle (flexion, flexion, dorsiflexion +), ``leg_length_m`` (N, K), ``leg_slope_m`` (N, K, 5)
    by hip flexion, knee flexion, dorsiflexion, hip adduction, hip internal rotation.
    """
    model = _opensim().Model(str(path))
    for name, (low, high) in _FREED.items():
        coordinate = model.getCoordinateSet().get(name)
        coordinate.setDefaultClamped(False)
        coordinate.setRangeMin(np.radians(low))
        coordinate.setRangeMax(np.radians(high))
    names = [m.getName() for m in model.getMuscles() if m.getName().endswith("_r")]
    posed = _Posed(model, names)
    upper = [(h, k, 0.0) for h in HIP_DEG for k in KNEE_DEG]
    lower = [(_KNEE_FIXED_DEG, k, a) for k in KNEE_DEG for a in ANKLE_DEG]
    grid = np.radians(np.array(upper + lower))
    length, slope = [], []
    for row in grid:
        angles = dict(zip(_LEG_COORDINATES, (*row, 0.0, 0.0), strict=True))
        slope.append(np.stack([posed.slope_m(angles, name) for name in angles], axis=-1))
        length.append(posed.lengths_m(angles))
    return {
        "leg_names": np.array([name.removesuffix("_r") for name in names]),
        "leg_parameters": _parameters(model, names),
        "leg_angles_rad": grid,
        "leg_length_m": np.array(length),
        "leg_slope_m": np.array(slope),
    }


def trunk_samples(path: Path) -> dict[str, NDArray[Any]]:
    """Return the same for the right half of the trunk, over lumbar flexion (forward +).

    Keys: ``trunk_names`` (K,), ``trunk_parameters`` (K, 4), ``trunk_left_force_n`` (K,) F0 of the
    left twin, ``trunk_angles_rad`` (N,), ``trunk_length_m`` (N, K), ``trunk_slope_m`` (N, K, 4) by
    flexion at L5/S1, flexion at T12/L1 (metres a radian), and by sliding the spine forward and up
    over the sacrum (1), X and Y of the pelvis.
    """
    library = _opensim()
    model = library.Model(str(path))
    names = [
        muscle.getName()
        for muscle in model.getMuscles()
        if muscle.getName().endswith("_r")
        and muscle.getName().startswith(_TRUNK)
        and not muscle.getName().startswith(_NOT_TRUNK)
    ]
    left = [name.removesuffix("_r") + "_l" for name in names]
    base = [_trunk_angles(angle) for angle in np.radians(LUMBAR_DEG)]
    posed = _free_spine(library, path, names, slide=(0.0, 0.0))
    slopes = [
        np.array([posed.slope_m(angles, name, -1.0) for angles in base])
        for name in ("L5_S1_Flex_Ext", "L1_T12_Flex_Ext")
    ]
    length = np.array([posed.lengths_m(angles) for angles in base])
    for slide in ((_SLIDE_M, 0.0), (0.0, _SLIDE_M)):
        ahead = _free_spine(library, path, names, slide=slide)
        behind = _free_spine(library, path, names, slide=(-slide[0], -slide[1]))
        more = np.array([ahead.lengths_m(angles) for angles in base])
        less = np.array([behind.lengths_m(angles) for angles in base])
        slopes.append((more - less) / (2.0 * _SLIDE_M))
    return {
        "trunk_names": np.array([name.removesuffix("_r") for name in names]),
        "trunk_parameters": _parameters(model, names),
        "trunk_left_force_n": _parameters(model, left)[:, 0],
        "trunk_angles_rad": np.radians(LUMBAR_DEG),
        "trunk_length_m": length,
        "trunk_slope_m": np.stack(slopes, axis=-1),
    }


def _trunk_angles(flexion_rad: float) -> dict[str, float]:
    """Return the levels' angles; the model counts extension +."""
    return {name: -share * flexion_rad for name, share in _LEVELS.items()}


def _free_spine(
    library: Any,  # noqa: ANN401 - no types
    path: Path,
    names: list[str],
    *,
    slide: tuple[float, float],
) -> _Posed:
    """Return the trunk model with its couplers cut, its spine slid over the sacrum by `slide`."""
    model = library.Model(str(path))
    constraints = model.updConstraintSet()
    for index in range(constraints.getSize()):
        constraints.get(index).set_isEnforced(False)
    for coordinate in model.getCoordinateSet():
        coordinate.setDefaultClamped(False)
    frame = model.getJointSet().get("L5_S1_IVDjnt").upd_frames(0)
    place = frame.get_translation().to_numpy() + np.array([*slide, 0.0])
    frame.set_translation(library.Vec3(*place))
    return _Posed(model, names)


def main(legs: Path, trunk: Path) -> None:
    """Sample both models and write what was found."""
    found = leg_samples(legs) | trunk_samples(trunk)
    for name, path in (("leg", legs), ("trunk", trunk)):
        found[f"{name}_sha256"] = np.array(hashlib.sha256(path.read_bytes()).hexdigest())
    found["opensim"] = np.array(_opensim().GetVersionAndDate())
    slim: dict[str, Any] = {
        key: value.astype(np.float32) if value.dtype == np.float64 else value
        for key, value in found.items()
    }
    np.savez_compressed(SAMPLES, **slim)
    print(f"{SAMPLES.name}: {SAMPLES.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
