"""Compare our load on L5/S1 with OpenSim's joint reaction, for equal muscle forces. Needs OpenSim.

    python -m validation.opensim.reaction TRUNK.osim

Every strand of the table (both sides) pulls with a given share of its largest force, gravity is
off and nothing moves; then the reaction at the joint is what the muscles press together. Ours is
the table's pull on the spine times the same forces. Writes ``reaction.csv`` beside this file.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from primemover.dynamics.muscles.geometry import evaluate
from primemover.dynamics.muscles.spine import PLATE_ANGLE_RAD, disc_load
from primemover.dynamics.muscles.table import muscle_table
from validation.opensim.extract import _LEVELS

__all__ = ["RESULT", "main", "our_load_n", "their_load_n"]

Floats = NDArray[np.float64]
RESULT: Final = Path(__file__).with_name("reaction.csv")
_POSTURES_DEG: Final = (-10.0, 0.0, 18.0, 40.0, 60.0)
_CASES: Final = ("all", "erector_spinae", "multifidus", "uneven")


def forces_n(case: str) -> Floats:
    """Return what each strand of one side pulls, (K,)."""
    table = muscle_table()
    full = np.array(table.trunk.max_force_n)
    if case == "all":
        return 0.5 * full
    if case == "uneven":
        return full * np.random.default_rng(0).uniform(0.0, 1.0, full.size)
    return np.where(table.trunk.group == table.index(case), full, 0.0)


def our_load_n(flexion_rad: float, force_n: Floats) -> tuple[float, float]:
    """Return compression and shear of both sides' strands in an upright pelvis."""
    table = muscle_table()
    geometry = evaluate(table, table.trunk, {"lumbar": np.array([flexion_rad])})
    pull = [2.0 * geometry.output[name][:, 0] @ force_n for name in ("forward", "up")]
    found = disc_load(np.zeros(2), np.array(pull), pelvis_tilt_rad=np.array(0.0))
    return float(found[0]), float(found[1])


def their_load_n(model: Any, flexion_rad: float, force_n: Floats) -> tuple[float, float]:  # noqa: ANN401 - no types
    """Return the same from OpenSim's reaction at the joint."""
    state = model.initSystem()
    for coordinate in model.getCoordinateSet():
        share = _LEVELS.get(coordinate.getName(), 0.0)
        coordinate.setValue(state, -share * flexion_rad, False)  # noqa: FBT003 - its API
        coordinate.setLocked(state, True)  # noqa: FBT003 - its API
    pulls = dict(zip(muscle_table().trunk.ids, force_n, strict=True))
    for muscle in model.getMuscles():
        muscle.overrideActuation(state, True)  # noqa: FBT003 - its API
        muscle.setOverrideActuation(state, float(pulls.get(muscle.getName()[:-2], 0.0)))
    model.realizeAcceleration(state)
    joint = model.getJointSet().get("L5_S1_IVDjnt")
    reaction = joint.calcReactionOnChildExpressedInGround(state).get(1).to_numpy()
    sine, cosine = np.sin(PLATE_ANGLE_RAD), np.cos(PLATE_ANGLE_RAD)
    return (
        float(reaction[0] * sine + reaction[1] * cosine),
        float(reaction[1] * sine - reaction[0] * cosine),
    )


def _model(path: Path) -> Any:  # noqa: ANN401 - no types
    library = importlib.import_module("opensim")
    library.Logger.setLevelString("Off")
    model = library.Model(str(path))
    model.setGravity(library.Vec3(0.0, 0.0, 0.0))
    constraints = model.updConstraintSet()
    for index in range(constraints.getSize()):
        constraints.get(index).set_isEnforced(False)
    for coordinate in model.getCoordinateSet():
        coordinate.setDefaultClamped(False)
    return model


def main(path: Path) -> None:
    """Print and write both loads."""
    model = _model(path)
    lines = ["flexion_deg,case,ours_compression_n,theirs_compression_n,ours_shear_n,theirs_shear_n"]
    for degrees in _POSTURES_DEG:
        for case in _CASES:
            force = forces_n(case)
            ours = our_load_n(float(np.radians(degrees)), force)
            theirs = their_load_n(model, float(np.radians(degrees)), force)
            numbers = (ours[0], theirs[0], ours[1], theirs[1])
            lines.append(f"{degrees:.0f},{case}," + ",".join(f"{value:.1f}" for value in numbers))
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
