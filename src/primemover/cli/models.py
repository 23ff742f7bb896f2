"""``primemover models``: the pose networks on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from primemover.cli import choices
from primemover.cli.console import Voice, can_ask, print_json, print_result
from primemover.cli.networks import (
    WHERE,
    agree_to_download,
    download,
    download_size_bytes,
    files_of,
)
from primemover.errors import UsageError, WeightsMissingError

if TYPE_CHECKING:
    from primemover.backends.weights import FileStatus

__all__ = ["app", "models_to_json"]

_SCHEMA_VERSION: Final = 1

app = typer.Typer(
    help="List, fetch and verify the pose networks.", no_args_is_help=True, add_completion=False
)


@app.command("list")
def list_models(*, json: choices.Json = False) -> None:
    """List the pose networks and whether they are on this machine."""
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    if json:
        print_json(models_to_json(list(weights.MODELS)))
        return
    lines = [f"Pose networks in {weights.cache_dir()}"]
    for model in weights.MODELS:
        default = " (default)" if model == weights.DEFAULT_MODEL else ""
        lines.append(f"  {model + default:<16} {_state(files_of(model))}")
    lines.append("`primemover models fetch MODEL` downloads one.")
    print_result("\n".join(lines))


@app.command("fetch")
def fetch_model(
    *,
    model: Annotated[
        str, typer.Argument(help="heavy, full or lite.", metavar="[MODEL]", show_default=True)
    ] = "heavy",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Download without asking.")] = False,
    json: choices.Json = False,
    quiet: choices.Quiet = False,
    verbose: choices.Verbose = False,
) -> None:
    """Download a pose network once; its SHA-256 is checked."""
    voice = Voice(json=json, quiet=quiet, verbose=verbose)
    size_bytes = download_size_bytes(model)
    if size_bytes:
        _agree(model, yes=yes)
        voice.note(f"Downloading the pose network '{model}' ({size_bytes / 1e6:.0f} MB) ...")
    # also when nothing is missing: a network may still have to be unpacked from its archive
    download(model, voice=voice)
    _show_ready([model], json=json)


@app.command("verify")
def verify_models(
    *,
    model: Annotated[
        str,
        typer.Argument(
            metavar="[MODEL]", help="heavy, full or lite; all that are here if left out."
        ),
    ] = "",
    json: choices.Json = False,
) -> None:
    """Check the networks on this machine against their registered SHA-256."""
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    here = [one for one in weights.MODELS if any(file.present for file in files_of(one)[1:])]
    models = [model] if model else here or [weights.DEFAULT_MODEL]
    for one in models:
        if not all(file.hash_ok for file in files_of(one)):
            weights.load_path(one)  # says what is wrong with it and what to do
    _show_ready(models, json=json)


def models_to_json(models: list[str]) -> dict[str, Any]:
    """Return the state of some models as data."""
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    return {
        "schema_version": _SCHEMA_VERSION,
        "kind": "models",
        "cache": str(weights.cache_dir()),
        "models": [
            {
                "name": model,
                "default": model == weights.DEFAULT_MODEL,
                "ready": all(one.hash_ok for one in files_of(model)),
                "download_bytes": download_size_bytes(model),
                "files": [
                    {
                        "name": one.name,
                        "size_bytes": one.size_bytes,
                        "sha256": one.sha256,
                        "present": one.present,
                        "hash_ok": one.hash_ok,
                    }
                    for one in files_of(model)
                ],
            }
            for model in models
        ],
    }


def _agree(model: str, *, yes: bool) -> None:
    if yes:
        return
    if not can_ask():
        raise UsageError(
            f"Downloading the pose network '{model}' needs a yes; add --yes to fetch it "
            f"from {WHERE}.",
            reason="not_agreed",
        )
    if not agree_to_download(model):
        raise WeightsMissingError(
            f"The pose network '{model}' was not downloaded; films cannot be measured without it, "
            "typed values can.",
            reason="not_agreed",
        )


def _show_ready(models: list[str], *, json: bool) -> None:
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    if json:
        print_json(models_to_json(models))
        return
    for model in models:
        print_result(
            f"The pose network '{model}' is ready in {weights.cache_dir()}; SHA-256 right."
        )


def _state(files: tuple[FileStatus, ...]) -> str:
    if all(one.hash_ok for one in files):
        return "ready"
    if any(one.present and not one.hash_ok for one in files):
        return "damaged"
    size_mb = sum(one.size_bytes for one in files) / 1e6
    return f"not here ({size_mb:.0f} MB)"
