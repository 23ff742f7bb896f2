"""What a pose engine and a film must offer; engines live in `primemover.backends`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from primemover.model.arrays import Floats, Pixels
from primemover.model.region import PersonBox, Region, Sighting

__all__ = ["FrameSource", "PoseEngine"]


class PoseEngine(Protocol):
    """Finds people in a picture and landmarks in a region of it.

    Pictures are upright RGB, (H, W, 3) uint8, contiguous. Engines keep no memory of earlier
    pictures: the same call gives the same answer.
    """

    @property
    def name(self) -> str:
        """Name and version, e.g. ``"blazepose-heavy/openvino-2026.4.1"``."""
        ...

    @property
    def weights_sha256(self) -> str:
        """SHA-256 of the network file, or of what stands in for it."""
        ...

    def detect(self, picture: Pixels) -> tuple[PersonBox, ...]:
        """Return the people in a picture, most certain first."""
        ...

    def landmarks(self, picture: Pixels, region: Region) -> Sighting:
        """Return the landmarks of the person in a region, and where to look next."""
        ...


class FrameSource(Protocol):
    """A film that can be read more than once; `primemover.video` makes them from files."""

    @property
    def width_px(self) -> int:
        """Width of the upright pictures."""
        ...

    @property
    def height_px(self) -> int:
        """Height of the upright pictures."""
        ...

    @property
    def time_s(self) -> Floats:
        """(N,) expected presentation times, first one 0."""
        ...

    def frames(self, *, stride: int = 1) -> Iterator[tuple[float, Pixels]]:
        """Yield (time in seconds, picture), every `stride`-th one."""
        ...

    def samples(self, wanted_s: Sequence[float]) -> Iterator[tuple[float, Pixels]]:
        """Yield the pictures shown at some increasing times."""
        ...
