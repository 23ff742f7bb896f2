"""Array types shared by the records, and the one way to freeze an array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Ints", "Mask", "Pixels", "frozen"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]


def frozen(values: Any, dtype: Any = np.float64) -> NDArray[Any]:  # noqa: ANN401 - anything array-like
    """Return `values` as a contiguous read-only array that shares no memory with its source."""
    array = np.array(values, dtype=dtype, order="C", copy=True)
    array.setflags(write=False)
    return array
