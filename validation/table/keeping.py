"""Keep film results in files: one .npz a film, no pickles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import frozen
from primemover.model.pose import PoseTrack
from validation.table.records import (
    CurveResult,
    Factors,
    FilmResult,
    FindingResult,
    FindingState,
    MeasureResult,
)

__all__ = ["load_result", "load_results", "save_result", "save_results"]

SCHEMA = "primemover.film-result.1"
_ROWS = ("time_s", "true", "measured", "se", "low", "high")
# float32 keeps a landmark to 0.0001 px, far below its noise, in half the space
_TRACK_ARRAYS = ("time_s", "xy_px", "depth_px", "visibility", "presence", "world_m", "other_people")
_TRACK_SCALARS = ("width_px", "height_px", "engine", "weights_sha256")


def save_results(folder: Path, results: Iterable[FilmResult]) -> None:
    """Write every result to ``folder/NAME.npz``."""
    for result in results:
        save_result(folder, result)


def load_results(folder: Path) -> tuple[FilmResult, ...]:
    """Return all results of a folder, sorted by name."""
    return tuple(load_result(path) for path in sorted(folder.glob("*.npz")))


def save_result(folder: Path, result: FilmResult) -> Path:
    """Write one result to ``folder/NAME.npz`` at once or not at all; return the path."""
    arrays: dict[str, NDArray[Any]] = {}
    for index, curve in enumerate(result.curves):
        arrays[f"curve_{index}"] = np.stack([getattr(curve, row) for row in _ROWS])
        arrays[f"repetition_{index}"] = np.asarray(curve.repetition, dtype=np.int64)
    track = result.track
    if track is not None:
        for name in _TRACK_ARRAYS:
            dtype = np.float64 if name == "time_s" else np.float32
            arrays[f"track_{name}"] = np.asarray(getattr(track, name), dtype=dtype)
    arrays["about"] = np.array(json.dumps(_about(result)))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.name}.npz"
    unfinished = folder / f".{result.name}.part"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    unfinished.replace(path)
    return path


def load_result(path: Path) -> FilmResult:
    """Return a result that `save_result` wrote.

    Raises
    ------
    ValueError
        If the file is of another schema.
    """
    with np.load(path, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    about = json.loads(str(arrays["about"]))
    if about.pop("schema") != SCHEMA:
        raise ValueError(f"{path} is not a film result of schema {SCHEMA}; collect it again.")
    factors = about.pop("factors")
    track = about.pop("track")
    return FilmResult(
        factors=Factors(**factors | {"extras": tuple(factors["extras"])}),
        curves=tuple(_curve(arrays, i, one) for i, one in enumerate(about.pop("curves"))),
        measures=tuple(MeasureResult(**one) for one in about.pop("measures")),
        findings=tuple(
            FindingResult(**one | {"state": FindingState(one["state"])})
            for one in about.pop("findings")
        ),
        track=None if track is None else _track(arrays, track),
        standing_s=tuple(about.pop("standing_s")),
        **about,
    )


def _about(result: FilmResult) -> dict[str, Any]:
    """Return everything that is no array; NaN stays NaN, which json reads back."""
    bare = replace(result, curves=(), track=None)
    track = result.track
    return asdict(bare) | {
        "schema": SCHEMA,
        "curves": [{"id": c.id, "unit": c.unit, "why": c.why} for c in result.curves],
        "track": None if track is None else {n: getattr(track, n) for n in _TRACK_SCALARS},
    }


def _curve(arrays: dict[str, NDArray[Any]], index: int, about: dict[str, str]) -> CurveResult:
    rows = zip(_ROWS, arrays[f"curve_{index}"], strict=True)
    kept: dict[str, Any] = {name: frozen(values) for name, values in rows}
    repetition = frozen(arrays[f"repetition_{index}"], np.int64)
    return CurveResult(repetition=repetition, **kept | about)


def _track(arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> PoseTrack:
    kept: dict[str, Any] = {name: frozen(arrays[f"track_{name}"]) for name in _TRACK_ARRAYS}
    return PoseTrack(silhouettes=None, **kept | about)
