"""One mapping from anything that goes wrong to a sentence and an exit status."""

from __future__ import annotations

import errno
import json
import os

import pytest
import typer

from primemover import errors
from primemover.cli import app as app_module
from primemover.cli.faults import fault_of, fault_to_json
from primemover.cli.main import run
from primemover.errors import PrimeMoverError, QualityError


@pytest.mark.parametrize("name", errors.__all__)
def test_every_foreseen_error_keeps_its_own_code_status_and_sentence(name: str) -> None:
    kind: type[PrimeMoverError] = vars(errors)[name]
    fault = fault_of(kind("It broke; mend it.", reason="some_reason"))
    assert (fault.code, fault.exit_status) == (kind.code, kind.exit_status)
    assert (fault.reason, fault.message) == ("some_reason", "It broke; mend it.")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (KeyError("x"), 1, "internal"),
        (MemoryError(), 1, "internal"),
        (RecursionError(), 1, "internal"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (typer.Abort(), 130, "interrupted"),
        (typer.BadParameter("no"), 2, "usage"),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), 6, "output"),
        (OSError(errno.EROFS, "Read-only file system", "/x"), 6, "output"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/x"), 5, "not_found"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", "/x"), 5, "not_found"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 6, "refused"),
        (OSError(errno.EIO, "Input/output error"), 1, "internal"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_every_other_exception_has_an_answer_too(
    error: BaseException, status: int, code: str
) -> None:
    fault = fault_of(error)
    assert (fault.exit_status, fault.code) == (status, code)
    assert fault.message.endswith(".")
    assert "\n" not in fault.message


def test_an_error_as_json_has_the_contract_shape() -> None:
    told = fault_to_json(fault_of(QualityError("Nobody is to be seen.", reason="no_person")))
    assert told == {
        "schema_version": 1,
        "kind": "error",
        "error": {"code": "quality", "reason": "no_person", "message": "Nobody is to be seen."},
    }


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every command fail by a mistake of ours."""

    class Broken:
        def main(self, **_: object) -> None:
            raise KeyError("our mistake")

    monkeypatch.setattr(app_module, "command", Broken)


@pytest.mark.usefixtures("broken")
def test_our_own_mistake_is_one_sentence_that_says_how_to_report_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRIMEMOVER_DEBUG", raising=False)
    assert run(["doctor"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "KeyError" in told.err
    assert "-v" in told.err
    assert "Traceback" not in told.err


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("words", "debug"), [(["doctor", "-v"], "0"), (["doctor"], "1")])
def test_the_traceback_is_there_for_those_who_ask(
    words: list[str],
    debug: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRIMEMOVER_DEBUG", debug)
    assert run(words) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.usefixtures("broken")
def test_our_own_mistake_is_json_where_json_was_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["doctor", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "internal"


def test_a_result_that_does_not_fit_the_disk_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(app_module, "print_result", full)
    assert run(["--version"]) == 6
    assert "free some space" in capsys.readouterr().err
