"""Files of a re-test: session files, which are examined, and saved results, which are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from primemover.errors import NotFoundError, SessionFileError
from primemover.model.retest import Visit
from primemover.model.session import Session
from primemover.pipeline.exam import examine
from primemover.pipeline.options import Options, StageProgress, silent
from primemover.pipeline.saved_exam import is_saved_result, visit_of_saved
from primemover.pipeline.session_file import parse_session, read_session
from primemover.pipeline.visits import visit_of

__all__ = ["VisitFile", "open_visit", "visit_from"]

_LARGEST_FILE: Final = 20_000_000  # bytes; a result with many repetitions is under 1 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFile:
    """A file of a re-test, read: a session to examine, or a saved result; one of the two."""

    name: str
    session: Session | None = None
    saved: dict[str, Any] | None = None


def open_visit(path: Path) -> VisitFile:
    """Return what a file holds, examining nothing yet.

    Raises
    ------
    NotFoundError
        If there is no such file.
    SessionFileError
        If it is neither a session nor a saved result.
    UnknownUnitError, OutOfRangeError
        If a quantity of a session has no known unit, or cannot be.
    """
    if path.suffix.lower() != ".json":
        return VisitFile(name=path.name, session=read_session(path))
    raw = _parsed(path)
    if is_saved_result(raw):
        return VisitFile(name=path.name, saved=raw)
    return VisitFile(name=path.name, session=parse_session(raw, folder=path.parent, name=path.name))


def visit_from(file: VisitFile, *, options: Options, progress: StageProgress = silent) -> Visit:
    """Return what a file brings to the comparison; a session is examined first.

    Raises
    ------
    PrimeMoverError
        With a sentence that says what to do, e.g. for a film that cannot be used.
    """
    if file.session is not None:
        examined = examine(file.session, options=options, progress=progress)
        return visit_of(examined.assessment, name=file.name)
    return visit_of_saved(file.saved or {}, name=file.name)


def _parsed(path: Path) -> Any:  # noqa: ANN401 - whatever stands in the file
    """Return parsed JSON.

    Raises
    ------
    NotFoundError
        If there is no such file.
    SessionFileError
        If it is too large, or not JSON.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no session file {path}.", reason="session_file")
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise SessionFileError(f"{path.name} is too large to be a result (over 20 MB).")
        return json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SessionFileError(f"{path.name} is not a text file; write TOML or JSON.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise SessionFileError(f"{path.name} is not valid JSON: {error}.") from error
    except OSError as error:
        raise SessionFileError(f"{path.name} cannot be read: {error.strerror}.") from error
