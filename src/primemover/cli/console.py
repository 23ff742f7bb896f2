"""Standard output carries the result and nothing else; standard error carries the rest.

Progress is drawn by rich on a terminal. Elsewhere it is a plain line now and then, and none at all
for work that is over in a few seconds, so that a log stays readable and a failing command leaves
exactly one sentence.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, Final

__all__ = [
    "Heartbeat",
    "Progress",
    "Voice",
    "can_ask",
    "is_debugging",
    "note",
    "print_json",
    "print_result",
    "printable",
    "progress_shown",
]

Progress = Callable[[str, int, int], None]

_DEBUG_VARIABLE: Final = "PRIMEMOVER_DEBUG"
_HEARTBEAT_S: Final = 5.0  # engineering default: a log line every five seconds is alive, not noise
_MEGABYTE: Final = 1e6
# The pipeline's stage names in words; a stage not listed here is shown under its own name.
_STAGES: Final[dict[str, str]] = {
    "open": "opening the film",
    "pose": "following the person",
    "measure": "measuring",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How a command speaks: `quiet` drops notes and progress, `json` makes the result data."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False

    def note(self, text: str) -> None:
        """Say something by the way on standard error, unless quiet."""
        if not self.quiet:
            note(text)


def printable(text: str) -> str:
    """Return text on one line, without characters that would move or recolour a terminal."""
    return "".join(one if one.isprintable() else "?" for one in " ".join(text.split()))


def note(text: str) -> None:
    """Print one line on standard error."""
    print(printable(text), file=sys.stderr, flush=True)  # noqa: T201 - this is the command line


def print_result(text: str) -> None:
    """Print a result for people on standard output, line by line."""
    _tolerant(sys.stdout)
    _write("".join(f"{printable_line(line)}\n" for line in text.splitlines()))


def printable_line(line: str) -> str:
    """Return a line with its spaces kept and its control characters replaced."""
    return "".join(one if one.isprintable() else "?" for one in line)


def print_json(data: dict[str, Any]) -> None:
    """Print strict JSON on standard output, in ASCII so that every console can carry it."""
    _write(json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False) + "\n")


def can_ask() -> bool:
    """Return whether a person sits there: both ends of the conversation are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def is_debugging() -> bool:
    """Return whether tracebacks are wanted (``PRIMEMOVER_DEBUG=1``)."""
    return os.environ.get(_DEBUG_VARIABLE, "") not in {"", "0"}


def stage_words(stage: str) -> str:
    """Return a pipeline stage as people call it; the test's name may stand before a colon."""
    test, _, name = stage.rpartition(": ")
    words = _STAGES.get(name, name.replace("_", " "))
    return f"{test}: {words}" if test else words


@contextmanager
def progress_shown(voice: Voice, *, unit: str = "frames") -> Iterator[Progress]:
    """Show how far a long job is, on standard error, while the block runs.

    Parameters
    ----------
    voice
        Nothing is shown when it is quiet.
    unit
        What is counted: ``"frames"``, or ``"bytes"`` shown as megabytes.
    """
    if voice.quiet:
        yield lambda _stage, _done, _total: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bars(unit) as progress:
            yield progress
    else:
        yield Heartbeat(stream=sys.stderr, unit=unit)


@dataclass(slots=True)
class Heartbeat:
    """Plain progress for logs: a line every few seconds, no control characters."""

    stream: IO[str]
    unit: str = "frames"
    clock: Callable[[], float] = time.monotonic
    _stage: str = ""
    _stage_began_s: float = 0.0
    _said_s: float = field(default=float("nan"))

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is, if the last line is long enough ago."""
        now_s = self.clock()
        if self._said_s != self._said_s:  # NaN: nothing was ever said
            self._said_s = now_s
        if stage != self._stage:
            self._stage, self._stage_began_s = stage, now_s
        if now_s - self._said_s < _HEARTBEAT_S:
            return
        self._said_s = now_s
        amount = _amount(done, total, self.unit)
        line = f"{stage_words(stage)}: {amount}" if amount else stage_words(stage)
        line += self._left(done, total, now_s)
        self.stream.write(printable(line) + "\n")
        self.stream.flush()

    def _left(self, done: int, total: int, now_s: float) -> str:
        if not 0 < done < total:
            return ""
        left_s = (now_s - self._stage_began_s) * (total - done) / done
        return f", about {left_s:.0f} s left"


def _amount(done: int, total: int, unit: str) -> str:
    """Return how much is done in words; nothing for a stage that is a single step."""
    if total == 1:
        return ""
    if unit == "bytes":
        return f"{done / _MEGABYTE:.0f} of {total / _MEGABYTE:.0f} MB"
    return f"{done} of {total} {unit}" if total > 0 else f"{done} {unit}"


@contextmanager
def _bars(unit: str) -> Iterator[Progress]:
    """Draw one rich bar a stage, with the amount and the time left."""
    from rich.console import Console  # noqa: PLC0415 - rich is loaded only to be seen
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - same
    from rich.progress import Progress as Bars  # noqa: PLC0415 - same

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[amount]}", markup=False),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            amount = _amount(done, total, unit)
            if stage not in tasks:
                words = printable(stage_words(stage))
                tasks[stage] = bars.add_task(words, total=total or None, amount=amount)
            bars.update(tasks[stage], completed=done, total=total or None, amount=amount)

        yield progress


def _write(text: str) -> None:
    """Write on standard output; a reader that has seen enough (``| head``) is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tolerant(stream: IO[str]) -> None:
    """Let a console that cannot show a character show its code instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
