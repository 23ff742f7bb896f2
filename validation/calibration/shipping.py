"""Write a fit into the package: one small file, and its row in the index."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from primemover.calibration.model import Fit, Novelty, shipped
from primemover.model.arrays import Floats

__all__ = ["DATA", "Story", "as_bytes", "reship", "ship"]

DATA: Final = Path(__file__).parents[2] / "src" / "primemover" / "calibration" / "data"
_ORDER: Final = ("side", "front")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How a fit came to be, for the index."""

    learn_films: int
    learn_people: int
    calibrate_films: int
    calibrate_people: int
    engine: str


def as_bytes(fit: Fit) -> bytes:
    """Return the file's bytes; weights as half floats, which moves no answer by 0.05 deg."""
    held: dict[str, Any] = {
        "inputs": np.array(fit.inputs),
        "outputs": np.array(fit.outputs),
        "centre": fit.centre.astype(np.float32),
        "scale": fit.scale.astype(np.float32),
        "members": np.array(len(fit.members)),
        "depth": np.array(len(fit.members[0].bent)),
        "novelty_basis": fit.novelty.basis.astype(np.float16),
        "novelty_usual": np.array(fit.novelty.usual),
        "doubt_curves": np.array([one.curve for one in fit.doubts]),
        "doubt_weight": np.array([one.weight for one in fit.doubts]),
        "doubt_bias": np.array([one.bias for one in fit.doubts]),
    }
    for number, member in enumerate(fit.members):
        parts = {"straight": member.straight}
        parts |= {f"bent{k}": layer for k, layer in enumerate(member.bent)}
        for part, layer in parts.items():
            # The straight part carries the plain angle itself: it keeps single precision.
            kept = np.float32 if part == "straight" else np.float16
            held[f"member{number}_{part}_weight"] = np.asarray(layer.weight).astype(kept)
            held[f"member{number}_{part}_bias"] = np.asarray(layer.bias).astype(np.float32)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **held)
    return file.getvalue()


def ship(name: str, content: bytes, story: Story) -> Path:
    """Write the file of the fit ``"side"`` or ``"front"`` and the index; return the file's path."""
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / f"{name}.npz"
    path.write_bytes(content)
    row = {
        "file": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "learn_films": story.learn_films,
        "learn_people": story.learn_people,
        "calibrate_films": story.calibrate_films,
        "calibrate_people": story.calibrate_people,
        "engine": story.engine,
        "measures": {},
    }
    _write_index(name, row)
    return path


def reship(name: str, factors: dict[str, float]) -> None:
    """Put measure id -> what its standard error is multiplied with beside a shipped fit."""
    _write_index(name, shipped()[name] | {"measures": factors})


def _write_index(name: str, row: dict[str, Any]) -> None:
    shipped.cache_clear()
    rows = dict(shipped()) if (DATA / "fits.toml").exists() else {}
    rows[name] = row
    text = "\n".join(_table(one, rows[one]) for one in _ORDER if one in rows)
    (DATA / "fits.toml").write_text(_HEAD + text, encoding="utf-8")
    shipped.cache_clear()


def _table(name: str, row: dict[str, Any]) -> str:
    lines = [f"[{name}]"]
    for key, value in row.items():
        if key != "measures":
            lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}")
    lines += ["", f"[{name}.measures]"]
    lines += [f"{key} = {value:.3f}" for key, value in sorted(row["measures"].items())]
    return "\n".join(lines) + "\n"


_HEAD: Final = """\
# The shipped corrections, written by `python -m validation.calibration fit`. Never by hand.
# `measures`: what a measure's standard error, as it follows from its curves, is multiplied with so
# that 1.645 of it either side held 90 % of the errors of people who were not learned from.

"""


def novelty_from(scaled: Floats, left_out_scaled: Floats, *, directions: int = 40) -> Novelty:
    """Return the distance that 99 % of left-out frames keep.

    Parameters
    ----------
    scaled : (N, D) standardised inputs that were learned from
    left_out_scaled : (M, D) of people that were not
    """
    _, spread, basis = np.linalg.svd(scaled - scaled.mean(axis=0), full_matrices=False)
    size = spread[:directions] / np.sqrt(len(scaled))
    along = basis[:directions].T / size / np.sqrt(directions)
    distance = np.linalg.norm(left_out_scaled @ along, axis=1)
    return Novelty(basis=along, usual=float(np.quantile(distance, 0.99)))
