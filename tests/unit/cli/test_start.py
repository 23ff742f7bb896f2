"""Starting: quick, without the engines, and always with something to read."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from primemover import __version__
from primemover.cli.main import run

_HEAVY = ("openvino", "av", "cv2", "matplotlib", "scipy", "pooch", "jinja2", "pydantic")
# `primemover --help` is to answer within 0.6 s on a quiet machine; the test machine is shared
_SLOWEST_S = 3.0
_REACHABLE_S = 0.6


def _python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("module", ["primemover.cli.main", "primemover.cli.app"])
def test_starting_loads_no_engine(module: str) -> None:
    done = _python("-c", f"import sys, {module}; print(sorted(set(sys.modules) & set({_HEAVY!r})))")
    assert done.stdout.strip() == "[]", done.stderr


def test_help_is_there_in_a_moment() -> None:
    took = []
    for _ in range(5):
        began_s = time.perf_counter()
        done = _python("-m", "primemover", "--help")
        took.append(time.perf_counter() - began_s)
        assert done.returncode == 0
        assert "analyze" in done.stdout
        if min(took) < _REACHABLE_S:
            break
    assert min(took) < _SLOWEST_S


def test_no_words_give_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    told = capsys.readouterr()
    assert "demo" in told.out
    assert told.err == ""


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"primemover {__version__}\n"
