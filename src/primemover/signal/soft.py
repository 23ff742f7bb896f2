"""A threshold with a width: 1 on one side, 0 on the other."""

from __future__ import annotations

import numpy as np

__all__ = ["falls"]


def falls(value: float, middle: float, width: float) -> float:
    """Return a logistic that falls from 1 to 0 as `value` passes `middle`; 0 for NaN."""
    if np.isnan(value):
        return 0.0
    return float(1.0 / (1.0 + np.exp(np.clip((value - middle) / width, -50.0, 50.0))))
