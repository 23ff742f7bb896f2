"""Writing results so that a reader never sees half a file."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from primemover.errors import OutputError

__all__ = ["json_bytes", "make_folder", "write_atomically"]


def json_bytes(data: dict[str, Any]) -> bytes:
    """Return strict JSON text as UTF-8; NaN and infinity are a mistake of the caller."""
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def make_folder(folder: Path) -> Path:
    """Make the output folder and try that it can be written.

    Raises
    ------
    OutputError
        If it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(
            f"Cannot write a report to {folder}: {_reason(error)}. Choose another folder.",
            reason="unwritable_folder",
        ) from error
    return folder


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file under a passing name, then move it into place.

    Raises
    ------
    OutputError
        If it cannot be written there.
    """
    passing = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        passing.write_bytes(content)
        passing.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            passing.unlink()
        raise OutputError(
            f"Cannot write {path}: {_reason(error)}. Choose another folder or free some space.",
            reason="unwritable_file",
        ) from error


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()
