"""``primemover exam``: the whole exam, from a session file or by asking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from primemover.cli import choices
from primemover.cli.console import Voice, can_ask, note, print_json, print_result, progress_shown
from primemover.cli.networks import have_network
from primemover.cli.outputs import (
    Destination,
    check_file,
    check_film,
    check_input,
    report_folder,
)
from primemover.errors import UnusableInputError, UsageError
from primemover.model.session import Pain, Session

if TYPE_CHECKING:
    from primemover.pipeline.exam import Examination
    from primemover.pipeline.options import Options

__all__ = ["ExamJob", "exam", "perform"]

_REFUSED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamJob:
    """Everything one exam needs to know; `clinician` adds clinicians' lines in the terminal."""

    session: Session
    destination: Destination
    voice: Voice
    options: Options
    clinician: bool = False


def exam(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="A session (.toml or .json); asks questions if left out."
        ),
    ] = None,
    *,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.toml", help="Keep the answers as a session file.", show_default=False
        ),
    ] = None,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    keep_faces: choices.KeepFaces = False,
    out: choices.Out = None,
    no_report: choices.NoReport = False,
    clinician: choices.Clinician = False,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Read the three tests together and plan what comes first."""
    from primemover.pipeline.options import Options  # noqa: PLC0415 - loads the pipeline

    stem = "primemover" if file is None else file.stem
    folder = report_folder(out=out, no_report=no_report, json=json, stem=stem)
    destination = Destination(report=folder)
    destination.check()
    return perform(
        ExamJob(
            session=_session(file, save),
            destination=destination,
            voice=Voice(json=json, quiet=quiet, verbose=verbose),
            options=Options(model=model.value, threads=threads, keep_faces=keep_faces),
            clinician=clinician,
        )
    )


def perform(job: ExamJob) -> int:
    """Examine the session, show and write the result, and return the exit status.

    Raises
    ------
    PrimeMoverError
        Whatever the stages foresee.
    """
    _check_not_empty(job.session)
    for clip in job.session.clips:
        check_film(clip.path)
    if job.session.clips:
        have_network(job.options.model, voice=job.voice)
    examination = _examined(job)
    report = _written(job, examination)
    _show(job, examination)
    if report is not None:
        job.voice.note(f"Written: {report}")
    if examination.assessment.safety.stops_exam:
        # also when quiet: it explains the exit status
        note("The safety screen stopped this exam; act on the text above first.")
        return _REFUSED
    return 0


def _check_not_empty(session: Session) -> None:
    """Refuse a session that holds nothing to examine; a lone safety answer is something.

    Raises
    ------
    UnusableInputError
        ``reason`` ``"empty_session"``.
    """
    told = (session.clips, session.readings, session.felt, session.screening.yes)
    if any(told) or session.pain != Pain() or session.questionnaires.any_told:
        return
    raise UnusableInputError(
        "This session holds no film, no reading and no answer; add one of the three tests.",
        reason="empty_session",
    )


def _session(file: Path | None, save: Path | None) -> Session:
    """Return the session to examine: read, or asked for.

    Raises
    ------
    UsageError
        If there is no file and nobody to ask, or a file and something to save.
    """
    if file is not None:
        if save is not None:
            raise UsageError("--save keeps typed answers; leave it out when a FILE is read.")
        check_input(file, "session file")
        from primemover.pipeline.session_file import read_session  # noqa: PLC0415 - loads pydantic

        return read_session(file)
    if not can_ask():
        raise UsageError(
            "Nobody is there to answer questions; name a session file, such as "
            "`primemover exam session.toml`.",
            reason="not_a_terminal",
        )
    if save is not None:
        check_file(save)
    return _interviewed(save)


def _interviewed(save: Path | None) -> Session:
    """Ask the whole exam, and keep the answers if a file was named."""
    from primemover.cli.asking import Asker  # noqa: PLC0415 - only when somebody is asked
    from primemover.cli.interview import interview  # noqa: PLC0415 - same
    from primemover.knowledge import load  # noqa: PLC0415 - same

    session = interview(Asker(), load())
    if save is not None:
        from primemover.cli.session_toml import session_to_toml  # noqa: PLC0415 - same
        from primemover.report.files import write_atomically  # noqa: PLC0415 - same

        write_atomically(save, session_to_toml(session).encode("utf-8"))
    return session


def _examined(job: ExamJob) -> Examination:
    from primemover.pipeline.exam import examine  # noqa: PLC0415 - loads the engines

    with progress_shown(job.voice) as progress:
        return examine(job.session, options=job.options, progress=progress)


def _written(job: ExamJob, examination: Examination) -> Path | None:
    if job.destination.report is None:
        return None
    from primemover.report.write import write_report  # noqa: PLC0415 - loads the report

    # the report asks for pictures by the trial's place; films and trials come in the same order
    pictures = {
        f"{index}/{name}": picture
        for index, named in enumerate(examination.pictures.values())
        for name, picture in named.items()
    }
    files = write_report(
        examination.assessment,
        pictures,
        job.destination.report,
        keep_faces=job.options.keep_faces,
    )
    return files.html


def _show(job: ExamJob, examination: Examination) -> None:
    if job.voice.json:
        from primemover.report.wire import assessment_to_json  # noqa: PLC0415 - loads the report

        print_json(assessment_to_json(examination.assessment))
        return
    from primemover.cli.summary import exam_summary  # noqa: PLC0415 - loads the report

    print_result(exam_summary(examination.assessment))
    if job.clinician:
        from primemover.cli.summary_clinician import clinician_summary  # noqa: PLC0415 - as above

        print_result(f"\n{clinician_summary(examination.assessment)}")
