"""``primemover demo``: the whole exam on the bundled sample."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Final

import typer

from primemover.cli import choices
from primemover.cli.console import Voice
from primemover.cli.exam import ExamJob, perform
from primemover.cli.outputs import Destination

__all__ = ["demo"]

_FOLDER: Final = Path("primemover-report")
_SESSION: Final = "session.toml"


def demo(
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the report goes.")] = _FOLDER,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Run the whole exam on the bundled films of rendered people."""
    from primemover.pipeline.options import Options  # noqa: PLC0415 - loads the pipeline
    from primemover.pipeline.session_file import read_session  # noqa: PLC0415 - loads pydantic

    voice = Voice(json=json, quiet=quiet, verbose=verbose)
    destination = Destination(report=out)
    destination.check()
    voice.note("The sample shows rendered people, not real ones; its answers are made up.")
    with as_file(files("primemover.sample")) as folder:
        job = ExamJob(
            session=read_session(folder / _SESSION),
            destination=destination,
            voice=voice,
            options=Options(model=model.value, threads=threads),
        )
        status = perform(job)
    voice.note(f"Open {(out / 'report.html').absolute()} in a browser.")
    return status
