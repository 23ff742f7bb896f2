"""The shipped fit: what it holds, how it is read, and how like the fitted cases a frame is."""

from __future__ import annotations

import hashlib
import io
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from primemover.calibration.network import Layer, Network, Weights, predict
from primemover.errors import PrimeMoverError
from primemover.model.arrays import Floats

__all__ = [
    "LIMIT",
    "Doubt",
    "Fit",
    "Novelty",
    "answers",
    "fit_for",
    "novelty_of",
    "read_fit",
    "shipped",
]

_INDEX: Final = "fits.toml"
LIMIT: Final = 5.0  # standard deviations


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """How far a case lies from what was fitted: a distance in the fitted cases' main directions.

    Attributes
    ----------
    basis : (D, K) directions of the standardised inputs, each divided by its spread
    usual : distance that 99 % of the frames of people left out of a fit kept
    """

    basis: Weights
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How the standard error of one curve grows with what makes it less sure.

    Attributes
    ----------
    curve : series id
    weight : (E,) of each `inputs.DOUBT_NAMES`, on the logarithm of the error
    bias : logarithm of the error in radians where all of them are 0
    """

    curve: str
    weight: Floats
    bias: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One shipped fit.

    Attributes
    ----------
    name : ``"side"`` or ``"front"``
    inputs : names of the D inputs
    outputs : names of the O answers
    centre, scale : (D,) of the inputs over the fitted frames
    members : fitted on different people each; the answer is their mean
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    centre: Floats
    scale: Floats
    members: tuple[Network, ...]
    novelty: Novelty
    doubts: tuple[Doubt, ...]


def standardised(fit: Fit, inputs: Floats) -> Floats:
    """Return inputs (N, D) in fitted standard deviations; what was not seen counts as the mean.

    Further than `LIMIT` from the mean nothing was learned: a landmark on the wrong person must not
    be followed there.
    """
    scaled = np.clip((inputs - fit.centre) / fit.scale, -LIMIT, LIMIT)
    return np.nan_to_num(scaled, nan=0.0)


def answers(fit: Fit, inputs: Floats) -> Floats:
    """Return every member's answers, (M, N, O)."""
    scaled = standardised(fit, inputs)
    return np.stack([predict(member, scaled) for member in fit.members])


def novelty_of(fit: Fit, inputs: Floats) -> Floats:
    """Return how unlike the fitted frames each is, (N,); 1 = like the least usual per cent."""
    along = standardised(fit, inputs) @ fit.novelty.basis
    distance: Floats = np.linalg.norm(along, axis=1) / fit.novelty.usual
    return distance


@lru_cache(maxsize=1)
def shipped() -> dict[str, dict[str, Any]]:
    """Return the index of shipped fits: name -> file, its SHA-256 and how it was fitted."""
    text = (files("primemover.calibration") / "data" / _INDEX).read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4)
def fit_for(name: str) -> Fit | None:
    """Return a shipped fit, or None when the index names none (before the very first fit).

    Raises
    ------
    PrimeMoverError
        If its file is not the one the index names: the installation is damaged.
    """
    row = shipped().get(name)
    if row is None:
        return None
    content = (files("primemover.calibration") / "data" / row["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise PrimeMoverError(
            f"The calibration file {row['file']} is damaged; install PrimeMover again.",
            reason="calibration_damaged",
        )
    return read_fit(name, content)


def read_fit(name: str, content: bytes) -> Fit:
    """Return a fit from the bytes of its file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        held = {key: data[key] for key in data.files}
    count = int(held["members"])
    return Fit(
        name=name,
        inputs=tuple(str(one) for one in held["inputs"]),
        outputs=tuple(str(one) for one in held["outputs"]),
        centre=held["centre"].astype(np.float64),
        scale=held["scale"].astype(np.float64),
        members=tuple(_member(held, number) for number in range(count)),
        novelty=Novelty(
            basis=held["novelty_basis"].astype(np.float64), usual=float(held["novelty_usual"])
        ),
        doubts=tuple(
            Doubt(curve=str(curve), weight=weight, bias=float(bias))
            for curve, weight, bias in zip(
                held["doubt_curves"], held["doubt_weight"], held["doubt_bias"], strict=True
            )
        ),
    )


def _member(held: dict[str, Any], number: int) -> Network:
    def layer(part: str) -> Layer:
        key = f"member{number}_{part}"
        return Layer(
            weight=held[f"{key}_weight"].astype(np.float64),
            bias=held[f"{key}_bias"].astype(np.float64),
        )

    depth = int(held["depth"])
    return Network(straight=layer("straight"), bent=tuple(layer(f"bent{k}") for k in range(depth)))
