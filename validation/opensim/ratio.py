"""Time OpenSim's own static optimisation of a two-second lift beside ours, in one run.

OpenSim's model is the trunk model that the shipped muscle table was read from (legs and trunk, 318
muscles); its passive fibre forces are switched off, as ours know none, and every free coordinate
gets a reserve (without, it failed at lift-off in the project's trial). It is given the lift's
angles with the pelvis held in place; half the bar's weight pulls at each hand, 9 cm before the
ankles, and half of all weight presses under each foot where it balances. The lift is smoothed and
stands still at both ends, or the tool's splines swing there. Only the part to 1.25 s is solved:
nearer to lockout, with knees all but straight, OpenSim's optimiser did not converge when this was
written (a standing body was left thousands of newton out of balance), and the time of a failure
says nothing.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from primemover.dynamics.muscles.formulation import FORMULATIONS
from primemover.dynamics.muscles.inputs import Posture
from primemover.dynamics.muscles.sharing import share_muscles
from primemover.dynamics.newton_euler import GRAVITY_M_S2
from primemover.dynamics.rates import clock
from primemover.model.arrays import Floats
from tests.unit.dynamics.muscles.lifting import LIFTER, lift
from validation.opensim.library import opensim, quiet
from validation.opensim.storage import PointForce, external_loads, read_columns, write_columns
from validation.pages import markdown_table

__all__ = ["angles_rad", "measured"]

_BAR_KG: Final = 100.0
_AHEAD_M: Final = 0.09  # the bar before the ankles, as in the lift's inverse dynamics
_FLOOR_UNDER_ANKLE_M: Final = 0.07
_L5S1_SHARE: Final = 0.14  # of lumbar flexion, the model's couplers; see extract
_EVERY: Final = 15  # frames
_STILL_FRAMES: Final = 24  # before and after the lift
_SMOOTH_S: Final = 0.3
_SOLVED_S: Final = (0.0, 1.25)
_DRAWS: Final = 200
_TIMES: Final = 3
_SIDES: Final = ("_r", "_l")
# Reserves, N m (N) at full control: weak where muscles should carry, strong where the model has
# none or where the frame of the trial (pelvis held in place) asks for a moment of its own.
_WEAK, _STRONG = 10.0, 1000.0
_CARRIED: Final = ("hip_flexion", "knee_angle", "ankle_angle", "L5_S1_Flex_Ext")
_MOST_CONTROL: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Native:
    """What OpenSim's optimisation took.

    `reserve_nm` is the most that a weak reserve had to carry in each solved frame, (F,).
    """

    run_s: float
    idle_s: float
    frames: int
    reserve_nm: Floats


def angles_rad(posture: Posture) -> dict[str, Floats]:
    """Return the model's free coordinates for a posture, (T,) each: extension and tilt back are +.

    The arms hang straight down.
    """
    trunk = posture.pelvis_tilt_rad + posture.lumbar_flexion_rad
    both = {
        "hip_flexion": posture.hip_flexion_rad,
        "knee_angle": posture.knee_flexion_rad,
        "ankle_angle": posture.dorsiflexion_rad,
        "arm_flex": trunk,
        "arm_add": np.zeros_like(trunk),
    }
    return {
        "pelvis_tilt": -posture.pelvis_tilt_rad,
        "L5_S1_Flex_Ext": -_L5S1_SHARE * posture.lumbar_flexion_rad,
        **{name + side: values for name, values in both.items() for side in _SIDES},
    }


def measured(path: Path) -> str:
    """Return the times and their ratios as text."""
    posture, loads = lift()
    many, many_loads = lift(_DRAWS)
    ours: dict[str, Callable[[], object]] = {
        "ours, one formulation, every frame": lambda: share_muscles(
            posture, loads, LIFTER, formulations=FORMULATIONS[2:3], step_s=0.0
        ),
        "ours, ensemble of ten": lambda: share_muscles(posture, loads, LIFTER),
        f"ours, ensemble of ten with {_DRAWS} draws": lambda: share_muscles(
            many, many_loads, LIFTER
        ),
    }
    spent = {name: _best_s(run) for name, run in ours.items()}
    native = _native(path, posture)
    frame_s = (native.run_s - native.idle_s) / native.frames
    whole_s = frame_s * posture.time_s.size
    rows = [[name, f"{one:.3f}", f"{whole_s / one:.0f}"] for name, one in spent.items()]
    rows.append([f"OpenSim, {posture.time_s.size} frames, extrapolated", f"{whole_s:.0f}", "1"])
    carried = ", ".join(f"{value:.0f}" for value in native.reserve_nm)
    threads = os.environ.get("OMP_NUM_THREADS", "not set")
    words = (
        f"{posture.time_s.size} frames of a 2 s lift at 60 fps; OMP_NUM_THREADS {threads}; load of"
        f" the machine {os.getloadavg()[0]:.1f}. OpenSim solved {native.frames} frames of its"
        f" first {_SOLVED_S[1]} s, one in {_EVERY}, in"
        f" {native.run_s - native.idle_s:.1f} s, {frame_s:.1f} s each (reading the model and the"
        f" lift, {native.idle_s:.1f} s, is taken off); the whole lift is"
        " **extrapolated** from these. The most that a reserve had to carry in each:"
        f" {carried} N m."
    )
    head = ("what", "processor s", "OpenSim takes ... times as long")
    return f"{words}\n\n{markdown_table(head, rows)}"


def _best_s(work: Callable[[], object]) -> float:
    """Return the best processor time of a few runs."""
    spent = []
    for _ in range(_TIMES):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return min(spent)


def _native(path: Path, posture: Posture) -> _Native:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        model = _model(path)
        time_s, angles = _eased(posture.time_s, angles_rad(posture))
        values, forces = _posed(model, angles)
        write_columns(place / "angles.mot", time_s, values)
        external_loads(place, time_s, forces)
        idle_s = _analysed(model, place, on=False)
        run_s = _analysed(model, place, on=True)
        found = read_columns(next(place.glob("*StaticOptimization_force.sto")))
    weak = np.stack(
        [values for name, values in found.items() if name.endswith("_reserve") and _is_weak(name)]
    )
    return _Native(
        run_s=run_s,
        idle_s=idle_s,
        frames=np.unique(found["time"]).size,
        reserve_nm=np.abs(weak).max(axis=0),
    )


def _eased(time_s: Floats, angles: dict[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
    """Return the lift with a standstill before and after it, smoothed."""
    step_s = float(np.diff(time_s).mean())
    longer_s = time_s[0] + step_s * np.arange(-_STILL_FRAMES, time_s.size + _STILL_FRAMES)
    ticks = clock(longer_s, window_s=_SMOOTH_S)
    return longer_s, {
        name: ticks.smooth(ticks.smooth(np.pad(curve, _STILL_FRAMES, mode="edge")))
        for name, curve in angles.items()
    }


def _model(path: Path) -> Any:  # noqa: ANN401 - no types
    """Return the model with reserves and without passive fibre forces."""
    library = opensim()
    model = library.Model(str(path))
    state = model.initSystem()
    for muscle in model.getMuscles():
        library.DeGrooteFregly2016Muscle.safeDownCast(muscle).set_ignore_passive_fiber_force(True)
    free = [c.getName() for c in model.getCoordinateSet() if not c.isConstrained(state)]
    for name in free:
        reserve = library.CoordinateActuator(name)
        reserve.setName(f"{name}_reserve")
        reserve.setOptimalForce(_WEAK if _is_weak(name) else _STRONG)
        reserve.setMinControl(-_MOST_CONTROL)
        reserve.setMaxControl(_MOST_CONTROL)
        model.addForce(reserve)
    for coordinate in model.getCoordinateSet():
        coordinate.setDefaultClamped(False)
    model.finalizeConnections()
    return model


def _is_weak(name: str) -> bool:
    return name.startswith(_CARRIED)


def _posed(
    model: Any,  # noqa: ANN401 - no types
    angles: dict[str, Floats],
) -> tuple[dict[str, Floats], tuple[PointForce, ...]]:
    """Return every coordinate, the couplers met, and the forces on feet and hands."""
    state = model.initSystem()
    every = list(model.getCoordinateSet())
    frames = next(iter(angles.values())).size
    values = {one.getName(): np.empty(frames) for one in every}
    centre_m = np.empty((frames, 3))
    ends = ("talus_r", "talus_l", "hand_r", "hand_l")
    place = {name: np.empty((frames, 3)) for name in ends}
    for frame in range(frames):
        for name, curve in angles.items():
            model.getCoordinateSet().get(name).setValue(state, float(curve[frame]), False)  # noqa: FBT003 - its API
        model.assemble(state)
        model.realizePosition(state)
        for one in every:
            values[one.getName()][frame] = one.getValue(state)
        for name in ends:
            body = model.getBodySet().get(name)
            place[name][frame] = body.getPositionInGround(state).to_numpy()
        centre_m[frame] = model.calcMassCenterPosition(state).to_numpy()
    return values, _balanced(place, centre_m, float(model.getTotalMass(state)))


def _balanced(place: dict[str, Floats], centre_m: Floats, mass_kg: float) -> tuple[PointForce, ...]:
    """Return the bar's pull on each hand and the ground's push under each foot, at rest."""
    bar_n, body_n = (0.5 * GRAVITY_M_S2 * kg for kg in (_BAR_KG, mass_kg))
    up = np.tile([0.0, 1.0, 0.0], (centre_m.shape[0], 1))
    forces: list[PointForce] = []
    for side in _SIDES:
        ankle, hand = place[f"talus{side}"], place[f"hand{side}"].copy()
        hand[:, 0] = ankle[:, 0] + _AHEAD_M
        under = ankle - _FLOOR_UNDER_ANKLE_M * up
        under[:, 0] = (bar_n * hand[:, 0] + body_n * centre_m[:, 0]) / (bar_n + body_n)
        forces += [
            (f"calcn{side}", (bar_n + body_n) * up, under),
            (f"hand{side}", -bar_n * up, hand),
        ]
    return tuple(forces)


def _analysed(model: Any, place: Path, *, on: bool) -> float:  # noqa: ANN401
    """Return the processor time of OpenSim's analysis with or without the optimisation."""
    library = opensim()
    model.printToXML(str(place / "model.osim"))
    tool = library.AnalyzeTool()
    tool.setName("timed" if on else "idle")
    tool.setModelFilename(str(place / "model.osim"))
    tool.setCoordinatesFileName(str(place / "angles.mot"))
    tool.setExternalLoadsFileName(str(place / "loads.xml"))
    tool.setInitialTime(_SOLVED_S[0])
    tool.setFinalTime(_SOLVED_S[1])
    tool.setResultsDir(str(place))
    one = library.StaticOptimization()
    one.setStepInterval(_EVERY)
    one.setOn(on)
    tool.updAnalysisSet().cloneAndAppend(one)
    tool.printToXML(str(place / "setup.xml"))
    begin = time.process_time()
    with quiet():
        library.AnalyzeTool(str(place / "setup.xml")).run()
    return time.process_time() - begin
