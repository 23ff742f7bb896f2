"""Files of a re-test: session files, which are examined, and saved results, which are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from primemover.model.retest import Visit
from primemover.model.session import Session
from primemover.pipeline.exam import examine
from primemover.pipeline.options import Options, StageProgress, silent
from primemover.pipeline.saved_exam import is_saved_result, visit_of_saved
from primemover.pipeline.session_file import parse_session, read_session
from primemover.pipeline.visits import visit_of
from primemover.pipeline.written_file import read_written

__all__ = ["VisitFile", "open_visit", "visit_from"]

_LARGEST_MB: Final = 20  # a result with all its numbers has some hundred kilobytes


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
    raw = read_written(
        path, what="session file or result", most_mb=_LARGEST_MB, reason="session_file"
    )
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
