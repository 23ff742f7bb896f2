"""Write and read frozen films: one small file each, arrays only, nothing that could run."""

from __future__ import annotations

import io
import json
import lzma
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.level import CameraLevel
from primemover.model.loadtrack import LoadKind, LoadTrack, Scale
from primemover.model.pose import PoseTrack
from validation.frozen.records import FrozenFilm
from validation.frozen.silhouettes import packed, unpacked
from validation.table.records import Factors

__all__ = ["ENDING", "read_film", "write_film"]

ENDING: Final = ".npz.xz"
SCHEMA: Final = "primemover.frozen-film.1"

# What one step stands for, far below a landmark's noise.
_XY_PX: Final = 1.0 / 64.0
_WORLD_M: Final = 1e-4
_DEPTH_PX: Final = 1.0
_STEPS: Final = {"xy_px": _XY_PX, "world_m": _WORLD_M, "depth_px": _DEPTH_PX}
_TRACK_SCALARS: Final = ("width_px", "height_px", "engine", "weights_sha256")
_LOAD_ARRAYS: Final = ("xy_px", "se_px", "axes_px", "lost", "midline_px", "midline_se_px")
_LOAD_SCALARS: Final = ("kind", "confidence", "why", "magnification", "magnification_se")

Arrays = dict[str, NDArray[Any]]


def write_film(folder: Path, film: FrozenFilm) -> Path:
    """Write a film to ``folder/NAME.npz.xz``; return the path."""
    arrays = _track_arrays(film.track) | _load_arrays(film.load)
    arrays["about"] = _text(_about(film))
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    path = folder / f"{film.name}{ENDING}"
    path.write_bytes(lzma.compress(buffer.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    return path


def read_film(path: Path) -> FrozenFilm:
    """Return a film that `write_film` wrote.

    Raises
    ------
    ValueError
        If the file is of another schema.
    """
    with np.load(io.BytesIO(lzma.decompress(path.read_bytes())), allow_pickle=False) as data:
        arrays: Arrays = {name: data[name] for name in data.files}
    about = json.loads(arrays["about"].tobytes())
    if about["schema"] != SCHEMA:
        raise ValueError(f"{path.name} is not a film of schema {SCHEMA}; freeze it again.")
    factors = about["factors"]
    return FrozenFilm(
        name=about["name"],
        seed=about["seed"],
        test=about["test"],
        factors=Factors(**factors | {"extras": tuple(factors["extras"])}),
        track=_track(arrays, about["track"]),
        level=CameraLevel(**about["level"]),
        load=None if about["load"] is None else _load(arrays, about["load"]),
        truth=about["truth"],
    )


def _about(film: FrozenFilm) -> dict[str, Any]:
    """Return everything that is no array; NaN stays NaN, which json reads back."""
    load = film.load
    return {
        "schema": SCHEMA,
        "name": film.name,
        "seed": film.seed,
        "test": film.test,
        "factors": asdict(film.factors),
        "track": {name: getattr(film.track, name) for name in _TRACK_SCALARS},
        "level": asdict(film.level),
        "load": None
        if load is None
        else {name: getattr(load, name) for name in _LOAD_SCALARS}
        | {"scale": None if load.scale is None else asdict(load.scale)},
        "truth": film.truth,
    }


def _text(about: dict[str, Any]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(about, separators=(",", ":")).encode(), dtype=np.uint8)


def _track_arrays(track: PoseTrack) -> Arrays:
    found = track.found
    arrays: Arrays = {
        "time_s": track.time_s,
        "found": found,
        "visibility": track.visibility[found].astype(np.float16),
        "presence": track.presence[found].astype(np.float16),
        "other_people": track.other_people.astype(np.float16),
    }
    for name, step in _STEPS.items():
        arrays[name] = _steps(getattr(track, name)[found], step)
    if track.silhouettes is not None:
        arrays |= {f"silhouettes_{n}": a for n, a in packed(track.silhouettes).items()}
    return arrays


def _track(arrays: Arrays, about: dict[str, Any]) -> PoseTrack:
    found: Mask = arrays["found"]
    seen = {
        name.removeprefix("silhouettes_"): array
        for name, array in arrays.items()
        if name.startswith("silhouettes_")
    }
    columns: dict[str, Any] = {
        name: frozen(_spread(_from_steps(arrays[name], step), found, np.nan))
        for name, step in _STEPS.items()
    } | {
        name: frozen(_spread(arrays[name].astype(np.float64), found, 0.0))
        for name in ("visibility", "presence")
    }
    return PoseTrack(
        time_s=frozen(arrays["time_s"]),
        silhouettes=unpacked(seen) if seen else None,
        other_people=frozen(arrays["other_people"]),
        **columns,
        **about,
    )


def _steps(values: Floats, step: float) -> NDArray[np.int32]:
    """Return values in whole steps, each as the difference to the frame before, time last."""
    whole = np.rint(values / step).astype(np.int32)
    change = np.diff(whole, axis=0, prepend=np.zeros_like(whole[:1]))
    return np.ascontiguousarray(np.moveaxis(change, 0, -1))


def _from_steps(change: NDArray[Any], step: float) -> Floats:
    whole = np.cumsum(np.moveaxis(change, -1, 0), axis=0, dtype=np.int32)
    return whole.astype(np.float64) * step


def _spread(values: Floats, found: Mask, missing: float) -> Floats:
    """Return the values of the frames in which somebody was found, in their places."""
    full = np.full((found.size, *values.shape[1:]), missing)
    full[found] = values
    return full


def _load_arrays(load: LoadTrack | None) -> Arrays:
    if load is None:
        return {}
    return {
        f"load_{name}": np.asarray(
            getattr(load, name), dtype=np.bool_ if name == "lost" else np.float32
        )
        for name in _LOAD_ARRAYS
    }


def _load(arrays: Arrays, about: dict[str, Any]) -> LoadTrack:
    scale = about.pop("scale")
    kept: dict[str, Any] = {
        name: frozen(arrays[f"load_{name}"], np.bool_ if name == "lost" else np.float64)
        for name in _LOAD_ARRAYS
    }
    about |= {"kind": LoadKind(about["kind"])}
    return LoadTrack(scale=None if scale is None else Scale(**scale), **kept, **about)
