"""Options that several commands share, each described once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from primemover.model.measure import Side
from primemover.model.person import Sex
from primemover.model.session import Variant

__all__ = [
    "Age",
    "BarMass",
    "BodyMass",
    "Clinician",
    "Height",
    "Json",
    "KeepFaces",
    "LegSide",
    "Model",
    "ModelName",
    "NoReport",
    "Out",
    "PlateDiameter",
    "Quiet",
    "Series",
    "SexChoice",
    "Threads",
    "VariantChoice",
    "Verbose",
    "Video",
    "ZeroFrom",
]


class ModelName(StrEnum):
    """The pose networks, most exact first."""

    HEAVY = "heavy"
    FULL = "full"
    LITE = "lite"


class LegSide(StrEnum):
    """The leg that is moved in a film of hip rotation."""

    LEFT = Side.LEFT.value
    RIGHT = Side.RIGHT.value


Video = Annotated[Path, typer.Argument(metavar="VIDEO", help="The film.")]
BodyMass = Annotated[
    str | None, typer.Option(metavar="MASS", help="Such as 80kg or 176lb.", show_default=False)
]
Height = Annotated[
    str | None,
    typer.Option(metavar="LENGTH", help="Such as 180cm, 1.8m or 5'11\".", show_default=False),
]
Age = Annotated[str | None, typer.Option(metavar="YEARS", help="In years.", show_default=False)]
SexChoice = Annotated[
    Sex | None, typer.Option(help="As the norms are divided.", case_sensitive=False)
]
BarMass = Annotated[
    str | None,
    typer.Option(metavar="MASS", help="Bar with plates, such as 100kg.", show_default=False),
]
PlateDiameter = Annotated[
    str | None,
    typer.Option(
        metavar="LENGTH", help="Of the largest plate; 450mm if left out.", show_default=False
    ),
]
VariantChoice = Annotated[
    Variant | None, typer.Option(help="How it is lifted.", case_sensitive=False)
]
ZeroFrom = Annotated[
    Path | None,
    typer.Option(
        metavar="FORWARD_BEND.mp4",
        help="The session's forward bend: its standing posture is the zero of the back.",
        show_default=False,
    ),
]
Model = Annotated[ModelName, typer.Option(help="The pose network; heavy is the most exact.")]
Threads = Annotated[int, typer.Option(min=1, max=64, help="Processor threads for the network.")]
KeepFaces = Annotated[
    bool, typer.Option("--keep-faces", help="Do not blur faces in the report's pictures.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Where the report goes; ./NAME-report if left out, no report if left out with --json.",
        show_default=False,
    ),
]
NoReport = Annotated[bool, typer.Option("--no-report", help="Write no report.")]
Series = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv", help="Also write one row per frame.", show_default=False),
]
Clinician = Annotated[
    bool, typer.Option("--clinician", help="Also print the result in clinicians' terms.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more when something fails.")]
