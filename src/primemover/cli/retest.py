"""``primemover retest``: two or more sessions of one person, compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from primemover.cli import choices
from primemover.cli.console import Voice, note, print_json, print_result, progress_shown
from primemover.cli.networks import have_network
from primemover.cli.outputs import Destination, check_film, check_input, report_folder

if TYPE_CHECKING:
    from primemover.model.retest import Retest, Visit
    from primemover.pipeline.options import Options
    from primemover.pipeline.visit_files import VisitFile

__all__ = ["retest"]

_REFUSED: Final = 6


def retest(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Sessions of one person, the earliest first: session files (.toml or .json), or "
            "saved results of `primemover exam --json`.",
            show_default=False,
        ),
    ],
    *,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    out: choices.Out = None,
    no_report: choices.NoReport = False,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Say what really changed between two or more sessions, and what the plan does with it."""
    from primemover.pipeline.options import Options  # noqa: PLC0415 - loads the pipeline
    from primemover.pipeline.visit_files import open_visit  # noqa: PLC0415 - loads pydantic
    from primemover.pipeline.visits import compare  # noqa: PLC0415 - same

    for file in files:
        check_input(file, "session file")
    folder = report_folder(out=out, no_report=no_report, json=json, stem="primemover-retest")
    Destination(report=folder).check()
    voice = Voice(json=json, quiet=quiet, verbose=verbose)
    options = Options(model=model.value, threads=threads)
    opened = [open_visit(file) for file in files]
    _check_films(opened, options, voice)
    compared = compare(_visits(opened, options, voice))
    _show(compared, voice)
    if folder is not None:
        voice.note(f"Written: {_written(compared, folder)}")
    return _status(compared)


def _check_films(opened: list[VisitFile], options: Options, voice: Voice) -> None:
    """Look at all films before the work begins; a saved result needs none.

    Raises
    ------
    NotFoundError, VideoError
        If a film is gone or cannot be read.
    """
    sessions = [file.session for file in opened if file.session is not None]
    clips = [clip for session in sessions for clip in session.clips]
    for clip in clips:
        check_film(clip.path)
    if clips:
        have_network(options.model, voice=voice)


def _visits(opened: list[VisitFile], options: Options, voice: Voice) -> list[Visit]:
    from primemover.pipeline.visit_files import visit_from  # noqa: PLC0415 - loads the engines

    with progress_shown(voice) as progress:
        return [visit_from(file, options=options, progress=progress) for file in opened]


def _show(compared: Retest, voice: Voice) -> None:
    if voice.json:
        from primemover import __version__  # noqa: PLC0415 - only here
        from primemover.knowledge import knowledge_sha256  # noqa: PLC0415 - same
        from primemover.report.wire_retest import retest_to_json  # noqa: PLC0415 - same

        data = retest_to_json(compared, version=__version__, knowledge_sha256=knowledge_sha256())
        print_json(data)
        return
    from primemover.cli.retest_summary import retest_summary  # noqa: PLC0415 - loads the report

    print_result(retest_summary(compared))


def _written(compared: Retest, folder: Path) -> Path:
    from primemover import __version__  # noqa: PLC0415 - only here
    from primemover.knowledge import knowledge_sha256  # noqa: PLC0415 - same
    from primemover.report.retest_page import write_retest  # noqa: PLC0415 - loads the report

    files = write_retest(compared, folder, version=__version__, knowledge_sha256=knowledge_sha256())
    return files.html


def _status(compared: Retest) -> int:
    """Return the exit status: refused where the last session's screen asks for emergency care."""
    if not compared.visits[-1].stops_exam:
        return 0
    # also when quiet: it explains the exit status
    note("The safety screen stopped the last session; act on the text above first.")
    return _REFUSED
