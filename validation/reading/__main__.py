"""Command line: `people` counts right calls, `speed` times them, `decisions` makes a table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from multiprocessing import Pool

from validation.reading.counting import Seen, ask
from validation.reading.measuring import CASES, Case, staff
from validation.reading.page import people_section, write_people
from validation.reading.people import people
from validation.reading.speed import milliseconds, sessions, speed_section, write_speed


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    if options.command == "people":
        _people(options)
    elif options.command == "speed":
        taken = [(name, milliseconds(session)) for name, session in sessions()]
        print(speed_section(taken))
        if options.write:
            write_speed(taken)
    else:
        _decisions(options)


def _people(options: argparse.Namespace) -> None:
    with Pool(options.workers) as pool:
        found = dict(pool.map(partial(_case, options.count), CASES, chunksize=1))
    print(people_section(found))
    if options.write:
        write_people(found)


def _case(count: int, case: Case) -> tuple[str, list[Seen]]:
    return case.id, ask(people(count), staff(count), case)


def _decisions(options: argparse.Namespace) -> None:
    from validation.reading.decisions import decide_all, summary  # noqa: PLC0415 - not needed else
    from validation.reading.decisions_page import write_decisions  # noqa: PLC0415 - same

    rows = decide_all()
    print(summary(rows))
    if options.write:
        write_decisions(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m validation.reading", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("people", "simulated people in every case of errors: ten minutes for 10,000"),
        ("speed", "milliseconds for reading and planning each example session"),
        ("decisions", "the decision table: seconds"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("--write", action="store_true", help="put the tables into docs/")
        if name == "people":
            command.add_argument("--count", type=int, default=10_000)
            command.add_argument("--workers", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
