"""The shipped coefficients of the yaw estimate: read, checked against their hash, written."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np

from primemover.errors import PrimeMoverError
from primemover.model.arrays import Floats, frozen
from primemover.pose.yaw import FEATURES, YawModel

__all__ = ["model_from_text", "model_to_text", "shipped_yaw_model"]

_FILE = "yaw.toml"
_HASH_KEY = "sha256"
_DECIMALS = 5


@cache
def shipped_yaw_model() -> YawModel:
    """Return the model that came with this version.

    Raises
    ------
    PrimeMoverError
        If its file was changed by hand.
    """
    return model_from_text(files("primemover.pose").joinpath(_FILE).read_text(encoding="utf-8"))


def model_from_text(text: str) -> YawModel:
    """Return the model that `model_to_text` wrote.

    Raises
    ------
    PrimeMoverError
        If the numbers do not match the hash that stands with them.
    """
    first, _, rest = text.partition("\n")
    told = str(tomllib.loads(first).get(_HASH_KEY, ""))
    found = _sha256(rest)
    if told != found:
        raise PrimeMoverError(
            f"The file {_FILE} does not match its own hash; fit it again with "
            "`python -m validation.fit_view --write` or install PrimeMover again.",
            reason="calibration_damaged",
        )
    data = tomllib.loads(rest)
    witnesses = [data["witness"][name] for name in FEATURES]

    def column(key: str) -> Floats:
        return frozen(np.array([float(one[key]) for one in witnesses]))

    return YawModel(
        source=data["source"],
        slope=column("slope"),
        constant_rad=column("constant_rad"),
        weights=column("weight"),
        offset_rad=float(data["offset_rad"]),
        spread_rad=float(data["spread_rad"]),
        se_rad=float(data["se_rad"]),
        se_share=float(data["se_share"]),
        sha256=found,
    )


def model_to_text(model: YawModel) -> str:
    """Return the file of a model: TOML, its first line the hash of all others."""
    lines = [f'source = "{model.source}"']
    lines += [
        f"{name} = {getattr(model, name):.{_DECIMALS}f}"
        for name in ("offset_rad", "spread_rad", "se_rad", "se_share")
    ]
    for name, slope, constant, weight in zip(
        FEATURES, model.slope, model.constant_rad, model.weights, strict=True
    ):
        lines += [
            "",
            f"[witness.{name}]",
            f"slope = {slope:.{_DECIMALS}f}",
            f"constant_rad = {constant:.{_DECIMALS}f}",
            f"weight = {weight:.{_DECIMALS}f}",
        ]
    rest = "\n".join(lines) + "\n"
    return f'{_HASH_KEY} = "{_sha256(rest)}"\n{rest}'


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
