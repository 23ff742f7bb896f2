"""Command line: `watch` renders and watches the lifters, `measure` counts what was estimated."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from validation.calibration.crew import watch_all
from validation.calibration.watching import kept_files
from validation.known_load.lifting import lifters
from validation.known_load.observing import observe
from validation.known_load.page import section_of, write_section

_COUNTS: Final = {"calibrate": 200, "test": 220}
"""How many films of a set are gone through for lifts: those of docs/accuracy.md."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    films = lifters(options.set, options.end or _COUNTS[options.set])
    if options.command == "watch":
        watch_all(films, options.folder, workers=options.workers)
        return
    kept = [(case, kept_files(options.folder, case)) for case in films]
    seen = [one for case, files in kept if files.complete for one in observe(case, files)]
    if not seen:
        print(f"No kept film of the set {options.set} in {options.folder}; `watch` makes them.")
        return
    print(section_of(seen))
    if options.write:
        write_section(seen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m validation.known_load", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("watch", "render the lifters and look at them: half a minute a film and core"),
        ("measure", "examine the kept films and print the tables: two seconds a film"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("set", choices=tuple(_COUNTS))
        command.add_argument("--folder", type=Path, required=True)
        command.add_argument("--end", type=int, help="number after the last film; default: all")
        if name == "watch":
            command.add_argument("--workers", type=int, default=2)
        else:
            command.add_argument(
                "--write", action="store_true", help="put the tables into docs/moments.md"
            )
    return parser


if __name__ == "__main__":
    main()
