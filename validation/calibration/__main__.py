"""Command line of the calibration: `watch` and `read` films, `fit`, `settle`, or `collect`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from primemover.backends.blazepose import BlazePose
from validation.calibration.cases import COUNTS, SETS, cases
from validation.calibration.crew import collect_all, read_all, watch_all
from validation.calibration.fitting import fit_all
from validation.calibration.settling import settle


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    if options.command == "fit":
        views = (options.view,) if options.view else ("side", "front")
        fit_all(options.folder, views=views, engine=BlazePose("heavy", threads=1).name)
        return
    if options.command == "settle":
        for view in (options.view,) if options.view else ("side", "front"):
            found = settle(options.folder, view=view, workers=options.workers)
            print("\n".join(f"{view} {name}: {factor:.2f}" for name, factor in found.items()))
        return
    films = cases(options.set, options.end or COUNTS[options.set])[options.start :]
    if options.view:
        films = [case for case in films if case.view == options.view]
    work = {"watch": watch_all, "read": read_all, "collect": collect_all}[options.command]
    work(films, options.folder, workers=options.workers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m validation.calibration", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("watch", "render a set of films and look at them"),
        ("read", "examine the kept films and keep what the fit needs"),
        ("collect", "examine the kept films and keep the results for the error table"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("set", choices=SETS)
        command.add_argument("--folder", type=Path, required=True)
        command.add_argument("--start", type=int, default=0)
        command.add_argument(
            "--end", type=int, help="number after the last film; default: the whole set"
        )
        command.add_argument("--view", choices=("side", "front"), help="only these films")
        command.add_argument("--workers", type=int, default=2)
    fit = commands.add_parser("fit", help="fit on what was read, and put the fit into the package")
    fit.add_argument("--folder", type=Path, required=True)
    fit.add_argument("--view", choices=("side", "front"), help="only this fit")
    scale = commands.add_parser("settle", help="scale the errors of measures to what they were")
    scale.add_argument("--folder", type=Path, required=True)
    scale.add_argument("--view", choices=("side", "front"), help="only this fit")
    scale.add_argument("--workers", type=int, default=2)
    return parser


if __name__ == "__main__":
    main()
