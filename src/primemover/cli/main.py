"""Where the command line begins and ends: one call in, one exit status out."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress

__all__ = ["run"]

_INTERRUPTED = 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; nothing escapes as a traceback.

    Parameters
    ----------
    arguments
        The words after ``primemover``; None takes them from the process.

    Notes
    -----
    The commands are imported in here, so that Ctrl-C during the first tenths of a second is
    answered like any other.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None and not sys.warnoptions and not os.environ.get("PRIMEMOVER_DEBUG"):
        warnings.simplefilter("ignore")  # warnings are for developers; tests make them errors
    try:
        from primemover.cli.app import command  # noqa: PLC0415 - see above

        outcome = command().main(args=words, prog_name="primemover", standalone_mode=False)
        sys.stdout.flush()
        if outcome == _INTERRUPTED:  # Typer makes a status of Ctrl-C; it deserves a sentence
            raise KeyboardInterrupt  # noqa: TRY301 - told below like any other
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the one place that answers for all
        return _answer(error, words)
    return outcome if isinstance(outcome, int) else 0


def _answer(error: BaseException, words: Sequence[str]) -> int:
    """Say what went wrong, in one sentence and as JSON if that was asked for."""
    from primemover.cli.console import is_debugging, note, print_json  # noqa: PLC0415 - as above
    from primemover.cli.faults import fault_of, fault_to_json  # noqa: PLC0415 - as above

    fault = fault_of(error)
    wants_more = not {"-v", "--verbose"}.isdisjoint(words)
    with suppress(OSError):  # when standard error is gone, the exit status still tells
        if is_debugging() or (wants_more and not fault.is_foreseen):
            traceback.print_exception(error, file=sys.stderr)
        note(fault.message)
    with suppress(OSError):
        if "--json" in words:
            print_json(fault_to_json(fault))
    _let_go_of_stdout()
    return fault.exit_status


def _let_go_of_stdout() -> None:
    """Point standard output at nothing if it cannot be written, so that leaving is quiet."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
