"""The base of every shape of the JSON contract: strict, closed, no NaN."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Shape"]


class Shape(BaseModel):
    """A JSON object whose keys are all named here."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
