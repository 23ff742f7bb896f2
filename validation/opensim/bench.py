"""Time muscle sharing: one solution, and the ensemble with 200 draws of two seconds at 60 fps.

python -m validation.opensim.bench
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Final

from primemover.dynamics.muscles.bands import frame_bands, phase_bands
from primemover.dynamics.muscles.formulation import FORMULATIONS
from primemover.dynamics.muscles.roles import roles_in_phases
from primemover.dynamics.muscles.sharing import share_muscles
from primemover.dynamics.muscles.table import muscle_table
from tests.unit.dynamics.muscles.lifting import LIFTER, PHASES, lift

__all__ = ["main"]

_DRAWS: Final = 200
_TIMES: Final = 5


def _best_s(work: Callable[[], object]) -> tuple[float, float]:
    """Return the best of a few runs: on the clock, and of the processor."""
    spent = []
    for _ in range(_TIMES):
        wall, busy = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - wall, time.process_time() - busy))
    return min(wall for wall, _ in spent), min(busy for _, busy in spent)


def main() -> None:
    """Print the times."""
    begin = time.perf_counter()
    muscle_table()
    print(f"load the table: {1e3 * (time.perf_counter() - begin):.0f} ms")
    posture, loads = lift()
    many, many_loads = lift(_DRAWS)

    def told() -> None:
        shared = share_muscles(many, many_loads, LIFTER)
        frame_bands(shared, many.time_s)
        phase_bands(shared, PHASES)
        roles_in_phases(shared, PHASES)

    work: dict[str, Callable[[], object]] = {
        "one formulation, every frame": lambda: share_muscles(
            posture, loads, LIFTER, formulations=FORMULATIONS[2:3], step_s=0.0
        ),
        "ensemble, no draws": lambda: share_muscles(posture, loads, LIFTER),
        f"ensemble, {_DRAWS} draws": lambda: share_muscles(many, many_loads, LIFTER),
        f"ensemble, {_DRAWS} draws, ranges and roles": told,
    }
    threads = os.environ.get("OMP_NUM_THREADS", "not set")
    print(f"{posture.time_s.size} frames; OMP_NUM_THREADS {threads}; load {os.getloadavg()[0]:.1f}")
    for name, run in work.items():
        wall, busy = _best_s(run)
        print(f"{name}: {1e3 * wall:.0f} ms ({1e3 * busy:.0f} ms of processor)")


if __name__ == "__main__":
    main()
