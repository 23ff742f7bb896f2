"""Bad surroundings, as a person meets them: a real process, a real terminal, a full disk."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.acceptance import making

_EXAMPLES = Path(__file__).parents[2] / "examples"
_START = (sys.executable, "-m", "primemover")
_PATIENCE_S = 60.0  # the test machine is shared


def _run(
    *words: str, env: Mapping[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [*_START, *words],
        capture_output="stdout" not in more,
        stderr=subprocess.PIPE if "stdout" in more else None,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        timeout=_PATIENCE_S,
        env={**os.environ, **(env or {})},
        **more,
    )


def _one_sentence(err: str, says: str) -> None:
    assert len(err.splitlines()) == 1, err
    assert says in err
    assert "Traceback" not in err


def test_films_without_the_network_name_the_command_that_fetches_it(tmp_path: Path) -> None:
    film = making.film(tmp_path / "lift.mp4")
    env = {"PRIMEMOVER_CACHE": str(tmp_path / "cache")}
    done = _run("analyze", "deadlift", str(film), "--no-report", env=env)
    _one_sentence(done.stderr, "primemover models fetch")
    assert done.returncode == 5


def test_a_session_with_films_without_the_network_is_told_as_json(tmp_path: Path) -> None:
    making.film(tmp_path / "lift.mp4")
    session = making.text(tmp_path / "s.toml", '[deadlift]\nvideo = "lift.mp4"\n')
    env = {"PRIMEMOVER_CACHE": str(tmp_path / "cache")}
    done = _run("exam", str(session), "--json", env=env)
    assert json.loads(done.stdout)["error"]["code"] == "weights_missing"
    assert done.returncode == 5


def test_typed_values_need_no_network(tmp_path: Path) -> None:
    env = {"PRIMEMOVER_CACHE": str(tmp_path / "cache")}
    done = _run("exam", str(_EXAMPLES / "control-deficit.toml"), "--json", env=env)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["kind"] == "exam"
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("words", [("models", "verify"), ("analyze", "deadlift", "{film}")])
def test_a_damaged_network_is_found(tmp_path: Path, words: tuple[str, ...]) -> None:
    film = making.film(tmp_path / "lift.mp4")
    cache = tmp_path / "cache"
    cache.mkdir()
    for name in ("pose_detector.tflite", "pose_landmark_heavy.tflite"):
        making.data(cache / name, b"not a network")
    env = {"PRIMEMOVER_CACHE": str(cache)}
    done = _run(*(word.format(film=film) for word in words), env=env, cwd=tmp_path)
    _one_sentence(done.stderr, "is damaged")
    assert "primemover models fetch" in done.stderr
    assert done.returncode == 5


def test_nothing_is_downloaded_without_a_yes(tmp_path: Path) -> None:
    done = _run("models", "fetch", env={"PRIMEMOVER_CACHE": str(tmp_path / "cache")})
    _one_sentence(done.stderr, "add --yes")
    assert done.returncode == 2
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_made_is_refused_before_the_download(tmp_path: Path) -> None:
    blocked = making.text(tmp_path / "file", "in the way") / "cache"
    done = _run("models", "fetch", "--yes", "--quiet", env={"PRIMEMOVER_CACHE": str(blocked)})
    _one_sentence(done.stderr, "PRIMEMOVER_CACHE")
    assert done.returncode == 6


def test_the_doctor_finds_what_is_missing_and_says_what_to_do(tmp_path: Path) -> None:
    env = {"PRIMEMOVER_CACHE": str(tmp_path / "cache")}
    done = _run("doctor", "--json", env=env)
    told = json.loads(done.stdout)
    checks = {one["id"]: one for one in told["checks"]}
    assert not told["ok"]
    assert not checks["pose_network"]["ok"]
    assert "primemover models fetch" in checks["pose_network"]["next_step"]
    assert checks["packages"]["ok"]
    assert checks["cache_folder"]["ok"]
    assert done.returncode == 5


def test_the_doctor_finds_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = making.text(tmp_path / "file", "in the way")
    done = _run("doctor", env={"PRIMEMOVER_CACHE": str(blocked)})
    assert "cannot be written" in done.stdout
    assert "PRIMEMOVER_CACHE" in done.stdout
    assert done.returncode in {5, 6}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_below_standard_output_is_refused_in_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = _run("exam", str(_EXAMPLES / "red-flag.toml"), "--json", "--quiet", stdout=full)
    _one_sentence(done.stderr, "free some space")
    assert done.returncode == 6


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc")
def test_a_report_into_a_system_folder_is_refused_in_one_sentence() -> None:
    done = _run("exam", str(_EXAMPLES / "red-flag.toml"), "--out", "/proc/report")
    _one_sentence(done.stderr, "/proc/report")
    assert done.returncode == 6


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = _run("exam", str(_EXAMPLES / "tests-disagree.toml"), "--json", stdout=closed)
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_red_flag_stops_the_exam_with_its_text_and_no_plan() -> None:
    done = _run("exam", str(_EXAMPLES / "red-flag.toml"), "--json")
    told = json.loads(done.stdout)
    assert told["kind"] == "exam"
    assert told["safety"]["level"] == "emergency"
    assert told["plan"]["steps"] == []
    assert done.returncode == 6
    plain = _run("exam", str(_EXAMPLES / "red-flag.toml"), "--no-report")
    assert "emergency" in plain.stdout
    assert "The programme" not in plain.stdout
    assert plain.returncode == 6


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are Unicode there")
def test_a_film_whose_name_is_no_text_is_still_named(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/l\xffft.mp4"
    done = subprocess.run(
        [*map(os.fsencode, _START), b"analyze", b"deadlift", name, b"--json"],
        capture_output=True,
        check=False,
        timeout=_PATIENCE_S,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 5
    assert json.loads(done.stdout)["error"]["code"] == "not_found"
    assert b"Traceback" not in done.stderr


class _Terminal:
    """A command that believes that a person sits in front of it."""

    def __init__(self, *words: str, **env: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*_START, *words],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env={**os.environ, "NO_COLOR": "1", **env},
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, phrase: str) -> None:
        """Read until a phrase is on the screen."""
        until_s = time.monotonic() + _PATIENCE_S
        while phrase not in self.seen and time.monotonic() < until_s:
            self._read(0.2)
        assert phrase in self.seen, self.seen

    def type(self, line: str) -> None:
        """Type a line; what was on the screen before is forgotten."""
        self.seen = ""
        os.write(self._ours, f"{line}\n".encode())

    def end(self) -> tuple[int, str]:
        """Return the exit status and what went to standard output."""
        out, _ = self.process.communicate(timeout=_PATIENCE_S)
        while self._read(0.1):
            pass
        os.close(self._ours)
        return self.process.returncode, out.decode()

    def _read(self, patience_s: float) -> bool:
        if not select.select([self._ours], [], [], patience_s)[0]:
            return False
        try:
            more = os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # the other end is closed
            return False
        self.seen += more
        return bool(more)


def test_interrupting_the_questions_exits_with_130() -> None:
    terminal = _Terminal("exam", "--no-report")
    terminal.wait_for("age in years")
    terminal.process.send_signal(signal.SIGINT)
    status, out = terminal.end()
    assert status == 130
    assert out == ""
    assert "Traceback" not in terminal.seen
    assert "Stopped before the end" in terminal.seen


def test_interrupting_at_the_very_start_leaves_no_traceback() -> None:
    # while Python itself starts it dies of the signal; afterwards it is ours to answer
    for delay_s in (0.1, 0.2, 0.3):
        process = subprocess.Popen(
            [*_START, "doctor"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        time.sleep(delay_s)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=_PATIENCE_S)
        assert process.returncode in {0, 130, -signal.SIGINT, 1}
        if process.returncode == 130:
            assert b"Traceback" not in err


def test_a_whole_exam_can_be_asked_in_a_terminal_and_kept(tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    terminal = _Terminal("exam", "--json", "--save", str(kept))
    answers = {
        "age in years": "34",
        "0 = none of them": "0",
        "Instrument": "1",
        "Active hip internal rotation, left": "30 31 30",
        "Passive hip internal rotation, left": "50 50 49",
        "Fingertip to floor": "0",
    }
    for _ in range(80):
        terminal.wait_for(": ")
        time.sleep(0.05)
        terminal._read(0.05)
        if terminal.process.poll() is not None:
            break
        question = terminal.seen.rstrip().splitlines()[-1] if terminal.seen.strip() else ""
        answer = next((answers[key] for key in answers if key in question), "")
        last = "Minutes a day" in question
        terminal.type(answer)
        if last:
            break
    status, out = terminal.end()
    told = json.loads(out)
    assert status == 0, terminal.seen
    assert told["hip_rotation"]["left"]["state"] == "control"
    assert told["safety"]["answered"]
    again = _run("exam", str(kept), "--json")
    assert json.loads(again.stdout)["hip_rotation"] == told["hip_rotation"]


def test_an_emergency_in_the_terminal_ends_the_questions(tmp_path: Path) -> None:
    terminal = _Terminal("exam", "--no-report")
    terminal.wait_for("age in years")
    terminal.type("")
    terminal.wait_for("Sex")
    terminal.type("")
    terminal.wait_for("0 = none of them")
    terminal.type("2")
    status, out = terminal.end()
    assert status == 6
    assert "emergency department" in out
    assert not list(tmp_path.iterdir())


def test_a_no_to_the_download_is_respected(tmp_path: Path) -> None:
    film = making.film(tmp_path / "lift.mp4")
    cache = tmp_path / "cache"
    terminal = _Terminal(
        "analyze", "deadlift", str(film), "--no-report", PRIMEMOVER_CACHE=str(cache)
    )
    terminal.wait_for("Download it once")
    assert "MB" in terminal.seen
    terminal.type("n")
    status, out = terminal.end()
    assert status == 5
    assert out == ""
    assert not cache.exists()
