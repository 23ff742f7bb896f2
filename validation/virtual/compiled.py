"""Loops over pixels and triangles, compiled to machine code when first called and kept on disk."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(function: Loop) -> Loop:
    """Compile a plain loop over arrays.

    The function may call no other compiled function of another module: what is kept on
    disk is renewed only when its own file changes. Divisions by zero give infinity, sums
    may be reordered, so pictures can differ by a grey level between processors.
    """
    compile_it = numba.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
    return cast("Loop", compile_it(function))
