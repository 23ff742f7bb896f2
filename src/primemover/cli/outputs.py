"""Where results go: a report folder, a table of curves, standard output.

Every place is looked at before the work begins, because nobody wants to hear after a minute of
computing that a folder cannot be written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from primemover.errors import NotFoundError, OutputError, UsageError

__all__ = [
    "Destination",
    "check_file",
    "check_film",
    "check_folder",
    "check_input",
    "report_folder",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a command's files go; None where none is wanted."""

    report: Path | None
    series: Path | None = None

    def check(self) -> None:
        """Look at all places before the work begins.

        Raises
        ------
        OutputError
            If one of them cannot be written.
        """
        if self.report is not None:
            check_folder(self.report)
        if self.series is not None:
            check_file(self.series)


def report_folder(*, out: Path | None, no_report: bool, json: bool, stem: str) -> Path | None:
    """Return where a report goes, None for no report.

    Raises
    ------
    UsageError
        If a place was named and no report wanted.
    """
    if no_report and out is not None:
        raise UsageError("--out and --no-report contradict each other; leave one of them out.")
    if no_report or (json and out is None):
        return None
    return out if out is not None else Path(f"{stem}-report")


def check_input(path: Path, what: str) -> None:
    """Make sure that an input file is there.

    Raises
    ------
    NotFoundError
        If it is not.
    """
    try:
        found = path.exists()
    except (OSError, ValueError):  # a name too long, or with characters that no file can have
        found = False
    if not found:
        raise NotFoundError(f"There is no {what} {str(path)[:200]}; check the name and the folder.")


def check_film(path: Path, what: str = "film") -> None:
    """Make sure that a film is there and can be read, decoding nothing yet.

    Raises
    ------
    NotFoundError
        If it is not there.
    VideoError
        If it is not a film that can be measured.
    """
    check_input(path, what)
    from primemover.video.container import read_packets  # noqa: PLC0415 - loads the decoder

    read_packets(path)


def check_folder(folder: Path) -> None:
    """Make sure that a folder is there or can be made, and can be written.

    Raises
    ------
    OutputError
        ``reason`` ``"not_a_folder"`` or ``"unwritable_folder"``.
    """
    existing = _nearest(folder)
    if not existing.is_dir():
        raise OutputError(
            f"Cannot write to {folder}: {existing} is a file, not a folder; choose another folder.",
            reason="not_a_folder",
        )
    if not os.access(existing, os.W_OK | os.X_OK):
        raise OutputError(
            f"Cannot write to {folder}: no permission to write in {existing}; choose another "
            "folder.",
            reason="unwritable_folder",
        )


def check_file(path: Path) -> None:
    """Make sure that a file can be written, in a folder that is there.

    Raises
    ------
    OutputError
        ``reason`` ``"no_folder"``, ``"not_a_file"`` or ``"unwritable_folder"``.
    """
    if not path.parent.is_dir():
        raise OutputError(
            f"Cannot write {path}: there is no folder {path.parent}; make it or choose another.",
            reason="no_folder",
        )
    if path.exists() and not path.is_file():  # a folder; or a device, which must not be replaced
        raise OutputError(
            f"Cannot write {path}: it is not an ordinary file; choose another name.",
            reason="not_a_file",
        )
    check_folder(path.parent)


def _nearest(folder: Path) -> Path:
    """Return the closest thing above or at `folder` that exists.

    Raises
    ------
    OutputError
        If the name is one that no folder can have.
    """
    try:
        for place in (folder, *folder.absolute().parents):
            if os.path.lexists(place):
                return place
    except ValueError as error:
        raise OutputError("The output folder's name cannot be used; choose another.") from error
    return Path.cwd()
