"""Standard error: plain in a log, silent when quiet, never able to move a terminal's cursor."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.cli.console import (
    Heartbeat,
    Voice,
    note,
    print_json,
    print_result,
    printable,
    progress_shown,
    stage_words,
)


class _Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_short_work_leaves_no_line_in_a_log() -> None:
    clock, log = _Clock(), io.StringIO()
    beat = Heartbeat(stream=log, clock=clock)
    for done in range(100):
        clock.now_s += 0.04
        beat("pose", done, 100)
    assert log.getvalue() == ""


def test_long_work_leaves_a_line_every_few_seconds_with_the_time_left() -> None:
    clock, log = _Clock(), io.StringIO()
    beat = Heartbeat(stream=log, clock=clock)
    for done in range(301):
        beat("pose", done, 300)
        clock.now_s += 0.125  # exact in binary
    lines = log.getvalue().splitlines()
    assert len(lines) == 7
    assert lines[0] == "following the person: 40 of 300 frames, about 32 s left"


def test_a_stage_of_one_step_is_not_counted() -> None:
    clock, log = _Clock(), io.StringIO()
    beat = Heartbeat(stream=log, clock=clock)
    beat("deadlift: measure", 0, 1)
    clock.now_s = 6.0
    beat("deadlift: measure", 0, 1)
    assert log.getvalue() == "deadlift: measuring\n"


def test_a_download_is_told_in_megabytes() -> None:
    clock, log = _Clock(), io.StringIO()
    beat = Heartbeat(stream=log, unit="bytes", clock=clock)
    beat("the publisher's storage", 0, 30_000_000)
    clock.now_s = 6.0
    beat("the publisher's storage", 15_000_000, 30_000_000)
    assert log.getvalue() == "the publisher's storage: 15 of 30 MB, about 6 s left\n"


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice(quiet=True)
    voice.note("by the way")
    with progress_shown(voice) as progress:
        progress("pose", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_stages_of_an_exam_keep_the_name_of_their_test() -> None:
    assert stage_words("forward bend: pose") == "forward bend: following the person"
    assert stage_words("some_new_stage") == "some new stage"


@given(st.text())
def test_a_note_is_one_line_without_control_characters(text: str) -> None:
    line = printable(text)
    assert line.isprintable()
    assert "\x1b" not in line


def test_a_file_name_cannot_recolour_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    note("There is no film \x1b[31mred\x1b[0m\nnext.mp4.")
    print_result("one \x1b[2J line\nanother")
    told = capsys.readouterr()
    assert told.err == "There is no film ?[31mred?[0m next.mp4.\n"
    assert told.out == "one ?[2J line\nanother\n"


def test_json_is_ascii_and_strict(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": "Müller \udcff"})
    out = capsys.readouterr().out
    assert out.isascii()
    assert json.loads(out) == {"title": "Müller \udcff"}
    with pytest.raises(ValueError, match="Out of range"):
        print_json({"value": float("nan")})
