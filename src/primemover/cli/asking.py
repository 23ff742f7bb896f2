"""Questions in a terminal: everything can be skipped with Enter, nothing wrong gets through.

Questions stand on standard error, because standard output carries the result only.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from primemover.cli.console import printable_line
from primemover.errors import OutOfRangeError, PrimeMoverError, UsageError

__all__ = ["Asker", "parse_numbers", "parse_picks"]

Answer = TypeVar("Answer")

_MOST_NUMBERS: Final = 20  # engineering default: nobody types more repetitions of one test
_SEPARATORS: Final = re.compile(r"[\s;]+")
_PICK_SEPARATORS: Final = re.compile(r"[\s;,]+")
_YES: Final = frozenset({"y", "yes"})
_NO: Final = frozenset({"n", "no"})


class Asker:
    """One conversation.

    Parameters
    ----------
    read_line
        Returns the next line that the person typed, without its end; raises EOFError when there
        is none. The default reads standard input.
    """

    def __init__(self, read_line: Callable[[], str] | None = None) -> None:
        self._read_line = _line_of_stdin if read_line is None else read_line

    def say(self, text: str = "") -> None:
        """Write a line of the conversation."""
        sys.stderr.write("\n".join(printable_line(one) for one in text.split("\n")) + "\n")
        sys.stderr.flush()

    def ask(self, question: str, parse: Callable[[str], Answer]) -> Answer | None:
        """Ask until the answer can be read; None when it is skipped with Enter."""
        while True:
            sys.stderr.write(f"{printable_line(question)}: ")
            sys.stderr.flush()
            line = self._read_line().strip()
            if not line:
                return None
            try:
                return parse(line)
            except PrimeMoverError as error:
                self.say(f"  {error}")

    def text(self, question: str) -> str | None:
        """Ask for words."""
        return self.ask(question, str)

    def number(self, question: str, *, low: float, high: float) -> float | None:
        """Ask for one number in a closed range."""

        def parse(line: str) -> float:
            numbers = parse_numbers(line, low=low, high=high)
            if len(numbers) != 1:
                raise UsageError("Write one number, or Enter to skip.")
            return numbers[0]

        return self.ask(question, parse)

    def numbers(self, question: str, *, low: float, high: float) -> tuple[float, ...]:
        """Ask for the numbers of some repetitions in a closed range; empty when skipped."""
        return self.ask(question, lambda line: parse_numbers(line, low=low, high=high)) or ()

    def yes(self, question: str) -> bool:
        """Ask a yes-or-no question; Enter is no."""
        return bool(self.ask(f"{question} [y/N]", _parse_yes))

    def one_of(self, question: str, rows: Mapping[str, str]) -> str | None:
        """Ask for one of some rows (id -> label) by its number or its id."""

        def parse(line: str) -> str:
            picks = parse_picks(line, tuple(rows))
            if len(picks) != 1:
                raise UsageError("Choose one, or Enter to skip.")
            return picks[0]

        self._list(rows)
        return self.ask(f"{question} (number, Enter = skip)", parse)

    def several_of(self, question: str, rows: Mapping[str, str]) -> tuple[str, ...] | None:
        """Ask for any of some rows; empty when none of them, None when skipped."""
        self._list(rows)
        question = f"{question} (numbers, 0 = none of them, Enter = skip)"
        return self.ask(question, lambda line: parse_picks(line, tuple(rows)))

    def _list(self, rows: Mapping[str, str]) -> None:
        for place, label in enumerate(rows.values(), start=1):
            self.say(f"  {place:>2}  {label}")


def parse_numbers(line: str, *, low: float, high: float) -> tuple[float, ...]:
    """Return the numbers of a line such as ``"32 34,5 33"``; a comma is a decimal comma.

    Raises
    ------
    UsageError
        If a word is not a number, or there are too many.
    OutOfRangeError
        If one is outside `low` to `high`.
    """
    words = [word for word in _SEPARATORS.split(line.replace(", ", " ")) if word]
    if len(words) > _MOST_NUMBERS:
        raise UsageError(f"At most {_MOST_NUMBERS} numbers; write those of one test.")
    values = []
    for word in words:
        try:
            value = float(word.strip(",").replace(",", "."))
        except ValueError as error:
            raise UsageError(f"Cannot read {word!r}; write numbers with spaces between.") from error
        if not (math.isfinite(value) and low <= value <= high):
            raise OutOfRangeError(f"{word} is outside {low:g} to {high:g}; check it.")
        values.append(value)
    return tuple(values)


def parse_picks(line: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids picked by ``"1, 3"`` or by their names, in the list's order; 0 is none.

    Raises
    ------
    UsageError
        If something else stands there.
    """
    words = [word for word in _PICK_SEPARATORS.split(line) if word]
    if words == ["0"]:
        return ()
    picked = set()
    for word in words:
        if word in ids:
            picked.add(word)
        elif word.isascii() and word.isdigit() and 1 <= int(word) <= len(ids):
            picked.add(ids[int(word) - 1])
        else:
            raise UsageError(f"{word!r} is not on the list; choose 1 to {len(ids)}, or 0 for none.")
    return tuple(one for one in ids if one in picked)


def _parse_yes(line: str) -> bool:
    word = line.lower()
    if word in _YES | _NO:
        return word in _YES
    raise UsageError("Answer y or n.")


def _line_of_stdin() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
