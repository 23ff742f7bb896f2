"""Make the frozen films, record their errors, or check them.

``freeze --folder F`` chooses cases of the test set, takes their films from F where ``python -m
validation.calibration watch test`` left them and makes the others (seconds each), puts what was
seen into tests/validation/frozen and records the errors. ``record`` records the errors again,
after a change of the product that was meant; look at the difference before it is committed.
``check`` prints what the gate says.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from primemover.backends.blazepose import BlazePose
from primemover.errors import QualityError
from primemover.pose.engine import PoseEngine
from validation.calibration.cases import SETS, Case, cases
from validation.calibration.watching import look
from validation.frozen.choosing import spread_out
from validation.frozen.errors import examine
from validation.frozen.freezing import freeze
from validation.frozen.gate import Noted, complaints, noted
from validation.frozen.records import FrozenFilm
from validation.frozen.shelf import about, load_films, load_noted, save_films, save_noted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 1 if the gate does not hold."""
    given = _parser().parse_args(arguments)
    if given.command == "freeze":
        _freeze(given.set, given.folder, given.end)
    if given.command in {"freeze", "record"}:
        found = _now()
        save_noted(found)
        for (kind, name), value in found.pooled.items():
            print(f"{name}: {kind} {value:.2f}")
        for one in found.broken:
            print(f"recorded as broken: {one}")
        return 0
    wrong = complaints(load_noted(), _now(), about=about())
    print("\n".join(wrong) or "The frozen films are examined as well as when they were recorded.")
    return int(bool(wrong))


def _now() -> Noted:
    return noted([examine(film) for film in load_films()])


def _freeze(set_name: str, folder: Path, end: int) -> None:
    command = f"python -m validation.frozen freeze --set {set_name} --end {end} --folder F"
    size = save_films(_frozen(cases(set_name, end), folder), command=command)
    print(f"{size / 1e6:.2f} MB", file=sys.stderr)


def _frozen(among: Sequence[Case], folder: Path) -> list[FrozenFilm]:
    """Return frozen films; another case takes the place of one that cannot be followed."""
    refused: set[int] = set()
    kept: dict[int, FrozenFilm] = {}
    while True:
        chosen = spread_out([case for case in among if case.number not in refused])
        if all(case.number in kept for case in chosen):
            return [kept[case.number] for case in chosen]
        for case in chosen:
            if case.number in kept:
                continue
            try:
                look(case, folder, _engine())
                kept[case.number] = freeze(case, folder)
                print(f"{case.name} {case.move}", file=sys.stderr)
            except QualityError as error:
                refused.add(case.number)
                print(f"{case.name} is refused: {error}", file=sys.stderr)


@cache
def _engine() -> PoseEngine:
    return BlazePose("heavy", threads=1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m validation.frozen", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("freeze", help="make the films again from kept ones, and record")
    make.add_argument("--set", choices=SETS, default="test")
    make.add_argument("--folder", type=Path, required=True)
    make.add_argument("--end", type=int, default=200, help="choose among the first so many")
    commands.add_parser("record", help="record the errors of the frozen films again")
    commands.add_parser("check", help="say what got worse since they were recorded")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
