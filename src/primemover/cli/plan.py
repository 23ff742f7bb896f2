"""``primemover plan``: the coming week of the course, from an exam and a training log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from primemover.cli import choices
from primemover.cli.console import Voice, note, print_json, print_result, progress_shown
from primemover.cli.outputs import check_file, check_film, check_input
from primemover.errors import UsageError

if TYPE_CHECKING:
    from primemover.model.assessment import Assessment
    from primemover.model.course import Course
    from primemover.model.training import TrainingLog

__all__ = ["plan"]

_REFUSED = 6
_LAST_DAY = 730


def plan(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The exam the course began with (.toml, .json).")
    ],
    *,
    log: Annotated[
        Path | None,
        typer.Option(
            metavar="LOG.toml",
            help="What was done and how it felt; without it, week 1.",
            show_default=False,
        ),
    ] = None,
    start_from: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="Plan from this day of the course (12) or date (2026-11-14); the day after the "
            "last logged one if left out.",
            show_default=False,
        ),
    ] = None,
    weeks: Annotated[
        int, typer.Option(min=1, max=26, help="How far the outlook goes, from week 1.")
    ] = 12,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.json", help="Also write the course as JSON.", show_default=False
        ),
    ] = None,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Plan the coming week from an exam and what was done since."""
    voice = Voice(json=json, quiet=quiet, verbose=verbose)
    if out is not None:
        check_file(out)
    told = _log(log)
    examined = _examined(file, voice, model=model.value, threads=threads)
    course = _course(examined, told, start_from=start_from, weeks=weeks)
    _show(course, examined, voice, out)
    if course.stopped:
        note("The course has stopped; act on the text above first.")
        return _REFUSED
    return 0


def _log(path: Path | None) -> TrainingLog:
    from primemover.model.training import TrainingLog  # noqa: PLC0415 - keeps the start quick

    if path is None:
        return TrainingLog()
    check_input(path, "training log")
    from primemover.pipeline.log_file import read_log  # noqa: PLC0415 - loads pydantic

    return read_log(path)


def _examined(file: Path, voice: Voice, *, model: str, threads: int) -> Assessment:
    check_input(file, "session file")
    from primemover.pipeline.exam import examine  # noqa: PLC0415 - loads the engines
    from primemover.pipeline.options import Options  # noqa: PLC0415 - same
    from primemover.pipeline.session_file import read_session  # noqa: PLC0415 - same

    session = read_session(file)
    for clip in session.clips:
        check_film(clip.path)
    if session.clips:
        from primemover.cli.networks import have_network  # noqa: PLC0415 - same

        have_network(model, voice=voice)
    options = Options(model=model, threads=threads)
    with progress_shown(voice) as progress:
        return examine(session, options=options, progress=progress).assessment


def _course(
    examined: Assessment, log: TrainingLog, *, start_from: str | None, weeks: int
) -> Course:
    from primemover.pipeline.course import course_after  # noqa: PLC0415 - loads the engines

    day = None if start_from is None else _day(start_from, log)
    return course_after(examined, log, from_day=day, weeks=weeks)


def _day(text: str, log: TrainingLog) -> int:
    """Return the day of the course that was named by number or date.

    Raises
    ------
    UsageError
        If it is neither, or a date without a start in the log.
    """
    if text.isdecimal():
        day = int(text)
    else:
        try:
            told = date.fromisoformat(text)
        except ValueError as error:
            raise UsageError(f"--from {text}: write a day such as 12, or a date.") from error
        if not log.start:
            raise UsageError("--from with a date needs a log with dates; write a day such as 12.")
        day = (told - date.fromisoformat(log.start)).days + 1
    if not 1 <= day <= _LAST_DAY:
        raise UsageError(f"--from {text} is not a day of the course; the first one is day 1.")
    return day


def _show(course: Course, examined: Assessment, voice: Voice, out: Path | None) -> None:
    from primemover.report.files import json_bytes, write_atomically  # noqa: PLC0415 - on demand
    from primemover.report.wire_course import course_file_to_json  # noqa: PLC0415 - same

    session = examined.session
    data = course_file_to_json(course, title=session.title, date=session.date)
    if out is not None:
        write_atomically(out, json_bytes(data))
        voice.note(f"Written: {out}")
    if voice.json:
        print_json(data)
        return
    from primemover.cli.summary_course import course_summary  # noqa: PLC0415 - same

    print_result(course_summary(replace(examined, course=course)))
