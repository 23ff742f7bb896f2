"""Files that people write by hand: TOML or JSON, read whole, with a clear error."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, Final

from primemover.errors import NotFoundError, SessionFileError

__all__ = ["read_written"]

_MEGABYTE: Final = 1_000_000


def read_written(path: Path, *, what: str, most_mb: int, reason: str) -> Any:  # noqa: ANN401 - parsed TOML or JSON
    """Return what a TOML or, by its ending, JSON file holds.

    Parameters
    ----------
    what
        What it is meant to be, e.g. ``"session file"``, for the error's sentence.
    most_mb
        The largest file that is read.
    reason
        Of the errors.

    Raises
    ------
    NotFoundError
        If there is no such file.
    SessionFileError
        If it is too large, not text, or not TOML or JSON.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no {what} {path}.", reason=reason)
    kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
    try:
        if path.stat().st_size > most_mb * _MEGABYTE:
            raise SessionFileError(
                f"{path.name} is too large to be a {what} (over {most_mb} MB).", reason=reason
            )
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if kind == "JSON" else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise SessionFileError(
            f"{path.name} is not a text file; write TOML or JSON.", reason=reason
        ) from error
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SessionFileError(
            f"{path.name} is not valid {kind}: {error}.", reason=reason
        ) from error
    except OSError as error:
        raise SessionFileError(
            f"{path.name} cannot be read: {error.strerror}.", reason=reason
        ) from error
