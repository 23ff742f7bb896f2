"""Health data stays on the machine: nothing that is run opens a connection or starts a program."""

import subprocess
import sys
from pathlib import Path

import pytest

from primemover.sample import clip_path

EXAMPLES = Path(__file__).parents[2] / "examples"

# Runs the command line with every door watched. Name look-ups count: they tell others, too.
WATCHED = """
import sys
DOORS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
         "subprocess.Popen", "os.system", "os.posix_spawn", "urllib.Request", "http.client.connect")
def watch(event, arguments):
    if event in DOORS:
        print("DOOR", event, arguments, file=sys.stderr)
sys.addaudithook(watch)
from primemover.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def doors_opened(arguments: list[str], folder: Path) -> tuple[int, list[str]]:
    """Return the exit status and every connection or program start of one run."""
    result = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=300,
    )
    return result.returncode, [line for line in result.stderr.splitlines() if "DOOR" in line]


def test_the_watch_sees_a_connection(tmp_path: Path) -> None:
    """Guards the guard: a run that does connect is caught."""
    program = WATCHED.replace(
        "from primemover.cli.main import run",
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "except OSError:\n    pass\nrun = lambda arguments: 0",
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=tmp_path
    ).stderr
    assert "DOOR socket.connect" in shown


def test_an_exam_of_typed_values_opens_no_connection(tmp_path: Path) -> None:
    session = EXAMPLES / "control-deficit.toml"
    status, doors = doors_opened(["exam", str(session), "--out", "report"], tmp_path)
    assert (status, doors) == (0, [])
    assert (tmp_path / "report" / "report.html").is_file()


@pytest.mark.weights
def test_analysing_a_film_opens_no_connection(tmp_path: Path) -> None:
    film = clip_path("hip_rotation_front_active")
    arguments = ["analyze", "hip-rotation", str(film), "--active", "--model", "lite", "--json"]
    if not _has_lite():
        arguments[arguments.index("lite")] = "heavy"
    status, doors = doors_opened(arguments, tmp_path)
    assert (status, doors) == (0, [])


def _has_lite() -> bool:
    from primemover.backends.weights import status  # noqa: PLC0415 - only this test needs it

    return all(file.present for file in status() if "lite" in file.name)
