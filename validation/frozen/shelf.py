"""The committed frozen films: where they lie, what they are, and the errors recorded of them."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np

from validation.frozen.errors import Rows
from validation.frozen.gate import Noted
from validation.frozen.keeping import ENDING, read_film, write_film
from validation.frozen.records import FrozenFilm

__all__ = ["SHELF", "about", "load_films", "load_noted", "manifest", "save_films", "save_noted"]

SHELF: Final = Path(__file__).parents[2] / "tests" / "validation" / "frozen"
_MANIFEST: Final = "manifest.json"
_NOTED: Final = "errors.json"
_DIGITS: Final = 3


def save_films(films: Iterable[FrozenFilm], shelf: Path = SHELF, *, command: str) -> int:
    """Put films on the shelf in place of those that are there; return their bytes."""
    shelf.mkdir(parents=True, exist_ok=True)
    for old in shelf.glob(f"*{ENDING}"):
        old.unlink()
    rows = []
    for film in films:
        content = write_film(shelf, film).read_bytes()
        rows.append(_row(film) | {"bytes": len(content), "sha256": _sha256(content)})
    _write(shelf / _MANIFEST, {"made_by": command, "films": rows})
    return sum(row["bytes"] for row in rows)


def load_films(shelf: Path = SHELF) -> list[FrozenFilm]:
    """Return the films on the shelf in the manifest's order.

    Raises
    ------
    ValueError
        If a file is not the one the manifest names.
    """
    films = []
    for row in manifest(shelf)["films"]:
        path = shelf / f"{row['name']}{ENDING}"
        if _sha256(path.read_bytes()) != row["sha256"]:
            raise ValueError(f"{path.name} is not the file the manifest names.")
        films.append(read_film(path))
    return films


def manifest(shelf: Path = SHELF) -> dict[str, Any]:
    """Return what the films are and how they were made."""
    found: dict[str, Any] = json.loads((shelf / _MANIFEST).read_text(encoding="utf-8"))
    return found


def about(shelf: Path = SHELF) -> dict[str, str]:
    """Return what every film shows, in a few words, by name."""
    return {
        row[
            "name"
        ]: f"{row['move']} {row['style']}, {row['clothing']}, yaw {row['yaw_deg']:.0f} deg"
        for row in manifest(shelf)["films"]
    }


def save_noted(errors: Noted, shelf: Path = SHELF) -> None:
    """Write the errors that the gate holds."""
    _write(
        shelf / _NOTED,
        {
            "broken": list(errors.broken),
            "pooled": _nested(errors.pooled),
            "films": {name: _nested(rows) for name, rows in errors.films.items()},
        },
    )


def load_noted(shelf: Path = SHELF) -> Noted:
    """Return the errors that `save_noted` wrote."""
    kept = json.loads((shelf / _NOTED).read_text(encoding="utf-8"))
    return Noted(
        films={name: _flat(rows) for name, rows in kept["films"].items()},
        pooled=_flat(kept["pooled"]),
        broken=tuple(kept["broken"]),
    )


def _row(film: FrozenFilm) -> dict[str, Any]:
    set_name, number = film.name.split("-")
    factors = film.factors
    return {
        "name": film.name,
        "set": set_name,
        "number": int(number),
        "seed": film.seed,
        "move": factors.move,
        "style": factors.style,
        "person": factors.person,
        "sex": factors.sex,
        "build": factors.build,
        "clothing": factors.clothing,
        "plates": factors.plates,
        "yaw_deg": round(float(np.rad2deg(factors.yaw_rad)), 1),
        "frames": int(film.track.time_s.size),
    }


def _nested(rows: Rows) -> dict[str, dict[str, float | None]]:
    found: dict[str, dict[str, float | None]] = {}
    for (kind, name), value in rows.items():
        kept = None if math.isnan(value) else round(value, _DIGITS)
        found.setdefault(kind, {})[name] = kept
    return found


def _flat(nested: dict[str, dict[str, float | None]]) -> Rows:
    return {
        (kind, name): math.nan if value is None else value
        for kind, values in nested.items()
        for name, value in values.items()
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, record: dict[str, Any]) -> None:
    path.write_text(json.dumps(record, indent=1, allow_nan=False) + "\n", encoding="utf-8")
