"""Several processes that render films and look at them, or read what was seen."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from primemover.backends.blazepose import BlazePose
from primemover.errors import PrimeMoverError
from validation.calibration.cases import Case
from validation.calibration.collecting import collect
from validation.calibration.readings import read_case, save_reading
from validation.calibration.watching import kept_files, look

__all__ = ["collect_all", "in_parallel", "read_all", "watch_all"]

Job: TypeAlias = tuple[Case, Path]

_ENGINE: list[BlazePose] = []


def watch_all(films: Sequence[Case], folder: Path, *, workers: int) -> None:
    """Render films and look at them, several at a time, telling the progress on stderr."""
    in_parallel(_look, [(case, folder) for case in films], workers=workers)


def read_all(films: Sequence[Case], folder: Path, *, workers: int) -> None:
    """Examine kept films and keep what the fit needs of them, in ``folder/readings``."""
    kept = [case for case in films if kept_files(folder, case).complete]
    in_parallel(_read, [(case, folder) for case in kept], workers=workers)


def collect_all(films: Sequence[Case], folder: Path, *, workers: int) -> None:
    """Examine kept films and keep the results for the error table, in ``folder/results``."""
    seen = [case for case in films if kept_files(folder, case).truth.exists()]
    in_parallel(_collect, [(case, folder) for case in seen], workers=workers)


def in_parallel(work: Callable[[Job], str], jobs: Sequence[Job], *, workers: int) -> None:
    """Do jobs in several processes, telling the progress on stderr.

    A thread a process beats two threads in one. Processes are spawned: they must not inherit a
    loaded engine.
    """
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(workers, initializer=_alone) as pool:
        for done, told in enumerate(pool.imap_unordered(work, jobs), start=1):
            spent_s = time.perf_counter() - start
            left_s = spent_s / done * (len(jobs) - done)
            print(
                f"{done}/{len(jobs)} {told}: {spent_s:.0f} s, about {left_s:.0f} s left",
                file=sys.stderr,
                flush=True,
            )


def _alone() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"


def _look(job: Job) -> str:
    case, folder = job
    start = time.perf_counter()
    if not _ENGINE:
        _ENGINE.append(BlazePose("heavy", threads=1))
    try:
        look(case, folder, _ENGINE[0])
    except PrimeMoverError as error:
        return f"{case.name} refused: {error}"
    except Exception:  # noqa: BLE001 - one film's failure must not end an hour's work
        (folder / f"{case.name}.failed.txt").write_text(traceback.format_exc(), encoding="utf-8")
        return f"{case.name} FAILED"
    return f"{case.name} {case.move} {time.perf_counter() - start:.1f} s"


def _collect(job: Job) -> str:
    case, folder = job
    found = collect(case, folder)
    return f"{case.name} {found.refused or 'examined'}"


def _read(job: Job) -> str:
    case, folder = job
    found = read_case(case, kept_files(folder, case))
    for name, reading in found.items():
        save_reading(folder / "readings" / f"{case.name}.{name}.npz", reading)
    return f"{case.name} {', '.join(found) or 'not read'}"
