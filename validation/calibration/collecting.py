"""The product's results on kept films of a set, for the error table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from primemover.errors import PrimeMoverError
from primemover.model.trial import Trial
from validation.calibration.cases import CLOSE, Case
from validation.calibration.examining import exam_of
from validation.calibration.watching import kept_files
from validation.table.keeping import save_result
from validation.table.records import Factors, FilmResult
from validation.table.results import Filmed, film_result

__all__ = ["collect", "factors_of"]

_HEAVY_KG_M2, _LEAN_KG_M2 = 27.0, 21.0  # engineering defaults, about the outer thirds


def collect(case: Case, folder: Path) -> FilmResult:
    """Examine a film that was looked at, and keep the result in ``folder/results/SET``.

    A film that the product refused, when it was watched or now, has a result too: nothing of it is
    measured.
    """
    kept = kept_files(folder, case)
    truth = kept.read_truth()
    trial: Trial | None = None
    track, refused = None, ""
    if kept.track.exists():
        track = kept.read_landmarks()
        try:
            trial, _ = exam_of(case, kept)
        except PrimeMoverError as error:
            refused = str(error)
    else:
        refused = kept.refused.read_text(encoding="utf-8")
    filmed = Filmed(
        name=case.name,
        seed=case.seed,
        factors=factors_of(case, truth),
        truth=truth,
        time_s=np.array(truth["time_s"]) if track is None else track.time_s,
        track=track,
    )
    found = film_result(filmed, trial, refused=refused)
    save_result(folder / "results" / case.set_name, found)
    return found


def factors_of(case: Case, truth: dict[str, Any]) -> Factors:
    """Return how a film was made, as its truth and its case tell."""
    body, camera = truth["body"], truth["camera"]
    mass_index = body["mass_kg"] / body["height_m"] ** 2
    build = (
        "heavy" if mass_index > _HEAVY_KG_M2 else "lean" if mass_index < _LEAN_KG_M2 else "middle"
    )
    return Factors(
        move=case.move,
        style=case.style,
        person=case.person,
        sex=body["sex"],
        build=build,
        clothing=case.clothes.kind,
        close_fitting=case.clothes.kind in CLOSE,
        plates="plate" in truth,
        yaw_rad=float(np.deg2rad(camera["yaw_deg"])),
        pitch_rad=float(np.deg2rad(camera["pitch_deg"])),
        roll_rad=float(np.deg2rad(camera["roll_deg"])),
        camera_height_m=camera["height_m"],
        distance_m=camera["distance_m"],
        width_px=camera["size_px"][0],
        height_px=camera["size_px"][1],
        frames_per_s=case.shot.frames_per_s,
        uneven=case.shot.uneven,
        extras=tuple(sorted(camera["extras"])),
    )
