"""``primemover analyze``: one film of one test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from primemover.cli import choices
from primemover.cli.console import Voice, note, print_json, print_result, progress_shown
from primemover.cli.networks import have_network
from primemover.cli.outputs import Destination, check_film, report_folder
from primemover.cli.quantities import lift_facts, person
from primemover.model.measure import Side
from primemover.model.person import Person
from primemover.model.session import Clip, ClipKind, LiftFacts

if TYPE_CHECKING:
    from primemover.model.trial import Trial
    from primemover.pipeline.analyze import Analysis
    from primemover.pipeline.options import Options

__all__ = ["Job", "app"]

_UNUSABLE: Final = 3

app = typer.Typer(help="Measure one film of one test.", no_args_is_help=True, add_completion=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Everything one analysis needs to know."""

    clip: Clip
    destination: Destination
    voice: Voice
    options: Options
    person: Person = field(default_factory=Person)
    lift: LiftFacts = field(default_factory=LiftFacts)
    zero_from: Path | None = None


@app.command("deadlift")
def deadlift(
    video: choices.Video,
    *,
    bar_mass: choices.BarMass = None,
    plate_diameter: choices.PlateDiameter = None,
    variant: choices.VariantChoice = None,
    body_mass: choices.BodyMass = None,
    height: choices.Height = None,
    age: choices.Age = None,
    sex: choices.SexChoice = None,
    zero_from: choices.ZeroFrom = None,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    keep_faces: choices.KeepFaces = False,
    out: choices.Out = None,
    no_report: choices.NoReport = False,
    series: choices.Series = None,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Measure a deadlift, filmed exactly from the side."""
    return perform(
        Job(
            clip=Clip(kind=ClipKind.DEADLIFT, path=video),
            destination=_destination(video, out, no_report, series, json),
            voice=Voice(json=json, quiet=quiet, verbose=verbose),
            options=_options(model, threads, keep_faces),
            person=person(body_mass=body_mass, height=height, age=age, sex=sex),
            lift=lift_facts(bar_mass=bar_mass, plate_diameter=plate_diameter, variant=variant),
            zero_from=zero_from,
        )
    )


@app.command("forward-bend")
def forward_bend(
    video: choices.Video,
    *,
    body_mass: choices.BodyMass = None,
    height: choices.Height = None,
    age: choices.Age = None,
    sex: choices.SexChoice = None,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    keep_faces: choices.KeepFaces = False,
    out: choices.Out = None,
    no_report: choices.NoReport = False,
    series: choices.Series = None,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Measure a standing forward bend, filmed exactly from the side."""
    return perform(
        Job(
            clip=Clip(kind=ClipKind.FORWARD_BEND, path=video),
            destination=_destination(video, out, no_report, series, json),
            voice=Voice(json=json, quiet=quiet, verbose=verbose),
            options=_options(model, threads, keep_faces),
            person=person(body_mass=body_mass, height=height, age=age, sex=sex),
        )
    )


@app.command("hip-rotation")
def hip_rotation(
    video: choices.Video,
    *,
    passive: Annotated[
        bool,
        typer.Option(
            "--passive/--active", help="Whether somebody else moves the leg, or its owner."
        ),
    ] = False,
    side: Annotated[
        choices.LegSide | None,
        typer.Option(help="The leg that is moved; both if left out.", case_sensitive=False),
    ] = None,
    body_mass: choices.BodyMass = None,
    height: choices.Height = None,
    age: choices.Age = None,
    sex: choices.SexChoice = None,
    model: choices.Model = choices.ModelName.HEAVY,
    threads: choices.Threads = 2,
    keep_faces: choices.KeepFaces = False,
    out: choices.Out = None,
    no_report: choices.NoReport = False,
    series: choices.Series = None,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> int:
    """Measure seated hip internal rotation, filmed exactly from the front."""
    kind = ClipKind.HIP_ROTATION_PASSIVE if passive else ClipKind.HIP_ROTATION_ACTIVE
    leg = Side.NONE if side is None else Side(side.value)
    return perform(
        Job(
            clip=Clip(kind=kind, path=video, side=leg),
            destination=_destination(video, out, no_report, series, json),
            voice=Voice(json=json, quiet=quiet, verbose=verbose),
            options=_options(model, threads, keep_faces),
            person=person(body_mass=body_mass, height=height, age=age, sex=sex),
        )
    )


def perform(job: Job) -> int:
    """Measure the film, show and write the result, and return the exit status.

    Raises
    ------
    PrimeMoverError
        Whatever the stages foresee.
    """
    job.destination.check()
    check_film(job.clip.path)
    if job.zero_from is not None:
        check_film(job.zero_from, "film of the forward bend")
    have_network(job.options.model, voice=job.voice)
    analysis = _measured(job)
    written = _written(job, analysis)
    _show(job, analysis, written)
    return _verdict(analysis.trial)


def _measured(job: Job) -> Analysis:
    from primemover.pipeline.analyze import analyze  # noqa: PLC0415 - loads the engines

    with progress_shown(job.voice) as progress:
        return analyze(
            job.clip,
            person=job.person,
            lift=job.lift,
            options=job.options,
            progress=progress,
            zero_from=job.zero_from,
        )


def _written(job: Job, analysis: Analysis) -> list[Path]:
    """Write what was asked for and return where it lies."""
    written = []
    if job.destination.series is not None:
        from primemover.report.series_csv import series_to_csv  # noqa: PLC0415 - loads the report

        written.append(series_to_csv(analysis.trial, job.destination.series))
    if job.destination.report is not None:
        from primemover.report.write import write_trial_report  # noqa: PLC0415 - same

        files = write_trial_report(
            analysis.trial,
            analysis.pictures,
            job.destination.report,
            title=job.clip.path.stem,
            keep_faces=job.options.keep_faces,
        )
        written.append(files.html)
    return written


def _show(job: Job, analysis: Analysis, written: list[Path]) -> None:
    if job.voice.json:
        from primemover.report.wire import trial_to_json  # noqa: PLC0415 - loads the report

        print_json(trial_to_json(analysis.trial))
    else:
        from primemover.cli.summary import trial_summary  # noqa: PLC0415 - same

        print_result(trial_summary(analysis.trial))
    for path in written:
        job.voice.note(f"Written: {path}")


def _verdict(trial: Trial) -> int:
    """Return 0, or 3 with a sentence when the film carries no number at all."""
    tables = [trial.measures, *(repetition.measures for repetition in trial.repetitions)]
    tables += [hold.measures for hold in trial.holds]
    if any(measure.is_known for table in tables for measure in table.values()):
        return 0
    from primemover.cli.summary import why_nothing  # noqa: PLC0415 - loads the report

    note(why_nothing(trial))  # also when quiet: it explains the exit status
    return _UNUSABLE


def _options(model: choices.ModelName, threads: int, keep_faces: bool) -> Options:
    from primemover.pipeline.options import Options  # noqa: PLC0415 - loads the pipeline

    return Options(model=model.value, threads=threads, keep_faces=keep_faces)


def _destination(
    video: Path, out: Path | None, no_report: bool, series: Path | None, json: bool
) -> Destination:
    folder = report_folder(out=out, no_report=no_report, json=json, stem=video.stem)
    return Destination(report=folder, series=series)
