"""How an analysis runs; none of it changes what is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Options", "StageProgress", "silent"]

StageProgress = Callable[[str, int, int], None]
"""Called with (stage, steps done, steps expected)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an analysis runs.

    Attributes
    ----------
    model : pose network, ``"heavy"``, ``"full"`` or ``"lite"``
    threads : processor threads for the network
    precision : ``"f32"``, or ``"bf16"`` on processors that have it
    keep_faces : leave faces unblurred in the report's pictures
    """

    model: str = "heavy"
    threads: int = 2
    precision: str = "f32"
    keep_faces: bool = False


def silent(stage: str, done: int, expected: int) -> None:
    """Report no progress."""
