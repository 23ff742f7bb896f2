"""The one place that turns anything that went wrong into a sentence and an exit status.

====  ==================================================================
exit  meaning
====  ==================================================================
0     done
1     something inside PrimeMover went wrong
2     the call, a quantity or a session file cannot be understood
3     the film was read and cannot carry a measurement
5     a file, a session or the pose network is not there
6     refused: a red flag of the safety screen, or no permission to write
130   interrupted
====  ==================================================================
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any, Final

import typer

from primemover.cli.console import printable
from primemover.errors import NotFoundError, OutputError, PrimeMoverError, RefusedError

__all__ = ["ERROR_SCHEMA_VERSION", "INTERRUPTED", "Fault", "fault_of", "fault_to_json"]

ERROR_SCHEMA_VERSION: Final = 1
INTERRUPTED: Final = 130
_USAGE: Final = 2
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_REPORT_IT: Final = (
    "run the same command with -v and send its output to the maintainers of PrimeMover"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What went wrong, for people (`message`), scripts (`code`, `reason`) and the shell.

    `is_foreseen` is False when it is a mistake in PrimeMover itself.
    """

    code: str
    reason: str
    message: str
    exit_status: int
    is_foreseen: bool = True


def fault_of(error: BaseException) -> Fault:
    """Return what to tell about an exception; every exception has an answer."""
    if isinstance(error, PrimeMoverError):
        return _foreseen(error)
    if isinstance(error, typer.TyperException):
        return _of_the_call(error)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return Fault(
            code="interrupted",
            reason="interrupted",
            message="Stopped before the end; run it again when you like.",
            exit_status=INTERRUPTED,
        )
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, MemoryError):
        return _inside(
            "out_of_memory",
            "There is not enough memory for this; close other programs or try `--model lite`.",
        )
    return _inside(
        "internal",
        f"Something inside PrimeMover went wrong ({type(error).__name__}); {_REPORT_IT}.",
    )


def fault_to_json(fault: Fault) -> dict[str, Any]:
    """Return a fault as the JSON that ``--json`` prints instead of a result."""
    return {
        "schema_version": ERROR_SCHEMA_VERSION,
        "kind": "error",
        "error": {"code": fault.code, "reason": fault.reason, "message": printable(fault.message)},
    }


def _foreseen(error: PrimeMoverError) -> Fault:
    return Fault(
        code=error.code,
        reason=error.reason,
        message=str(error),
        exit_status=error.exit_status,
        is_foreseen=error.code != "internal",
    )


def _inside(reason: str, message: str) -> Fault:
    return Fault(code="internal", reason=reason, message=message, exit_status=1, is_foreseen=False)


def _of_the_call(error: typer.TyperException) -> Fault:
    """Return a mistake in the words after ``primemover``, with the help page that explains it."""
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "primemover"
    guess = ". Did you mean"
    if guess in text:
        text = text.replace(guess, "; did you mean")
    else:
        text = f"{text.rstrip('.')}; `{path} --help` shows what can be written"
    end = "" if text.endswith("?") else "."
    return Fault(code="usage", reason="usage", message=text + end, exit_status=_USAGE)


def _of_the_system(error: OSError) -> Fault:
    """Return what the operating system refused, where no stage gave it a sentence of its own."""
    why = (error.strerror or type(error).__name__).lower()
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL:
        text = f"The result cannot be written ({place}{why}); free some space and run it again."
        return _foreseen(OutputError(text, reason="no_space"))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        text = f"Something is not where it should be ({place}{why}); check the name and the folder."
        return _foreseen(NotFoundError(text))
    if isinstance(error, PermissionError):
        text = f"The system does not permit this ({place}{why}); check the permissions."
        return _foreseen(RefusedError(text, reason="permission"))
    text = f"The system refused ({place}{why}); check the file names and the disk, or {_REPORT_IT}."
    return _inside("system", text)
