"""OpenSim where it is installed, and a plain word where it is not."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

__all__ = ["MISSING", "is_installed", "opensim", "quiet", "version"]

MISSING: Final = (
    "OpenSim is not installed in this environment. It is no part of PrimeMover's lock file: make an"
    " environment of its own (Python 3.11 to 3.13), install opensim==4.6, numpy, scipy and pydantic"
    " there, and run this command with that environment's Python and PYTHONPATH=.:src from the"
    " repository's root."
)


def is_installed() -> bool:
    """Return whether OpenSim can be imported here."""
    return importlib.util.find_spec("opensim") is not None


def opensim() -> Any:  # noqa: ANN401 - a C++ library without types
    """Return the library, its log switched off.

    Raises
    ------
    SystemExit
        If it is not installed, saying what to do.
    """
    if not is_installed():
        raise SystemExit(MISSING)
    library = importlib.import_module("opensim")
    library.Logger.setLevelString("Off")
    library.Logger.removeFileSink()  # or it leaves a log in the working folder
    return library


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what the library's tools print past its own log off the terminal."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def version() -> str:
    """Return the library's version as a number, e.g. 4.6."""
    words = str(opensim().GetVersionAndDate()).split("-", maxsplit=1)[0].split()
    return words[-1]
