"""Take the solved frames out of curves, and put the answers back."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats, Ints

__all__ = ["Sampler"]

Scalar = TypeVar("Scalar", np.float64, np.bool_)


class Sampler:
    """Flattens curves at F solved frames over D draws to N = D x F postures, and back."""

    def __init__(self, draws: int, frames: Ints, time_s: Floats) -> None:
        self.draws = draws
        self.frames = frames
        self.time_s = time_s

    def flat(self, curve: Floats) -> Floats:
        """Return a curve (T,) or (D, T) at the solved frames, (N,)."""
        wide = np.broadcast_to(curve[..., self.frames], (self.draws, self.frames.size))
        return wide.reshape(-1)

    def rate(self, curve: Floats) -> Floats:
        """Return how fast a curve changes; across gaps from the solved frames around them."""
        slope = np.gradient(curve, self.time_s, axis=-1)
        coarse = np.gradient(curve[..., self.frames], self.time_s[self.frames], axis=-1)
        fine = slope[..., self.frames]
        kept = np.where(np.isfinite(fine), fine, coarse)
        return np.broadcast_to(kept, (self.draws, self.frames.size)).reshape(-1)

    def per_draw(self, value: float | Floats) -> Floats:
        """Return a number or (D,) for every posture, (N,)."""
        wide = np.broadcast_to(np.asarray(value, dtype=np.float64), (self.draws,))
        return np.repeat(wide, self.frames.size)

    def rows(self, values: NDArray[Scalar]) -> NDArray[Scalar]:
        """Return (E, N) as (E, D, F)."""
        return values.reshape(values.shape[0], self.draws, self.frames.size)

    def grouped(self, values: list[Floats]) -> Floats:
        """Return E arrays (G, N) as (E, D, G, F)."""
        stack = np.stack(values)
        shape = (*stack.shape[:2], self.draws, self.frames.size)
        return np.ascontiguousarray(np.moveaxis(stack.reshape(shape), 2, 1))
