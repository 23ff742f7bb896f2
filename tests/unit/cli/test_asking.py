"""Questions: skippable, repeated until they can be read, never on standard output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.cli.asking import Asker, parse_numbers, parse_picks
from primemover.errors import OutOfRangeError, UsageError


def _asker(*lines: str) -> Asker:
    script: Iterator[str] = iter(lines)

    def read() -> str:
        try:
            return next(script)
        except StopIteration:
            raise EOFError from None

    return Asker(read)


def test_enter_skips_every_kind_of_question() -> None:
    asker = _asker("", "", "", "", "", "")
    assert asker.text("Name") is None
    assert asker.number("Age", low=5, high=110) is None
    assert asker.numbers("Degrees", low=0, high=90) == ()
    assert asker.yes("Sure") is False
    assert asker.one_of("Which", {"a": "A"}) is None
    assert asker.several_of("Which", {"a": "A"}) is None


def test_a_wrong_answer_is_explained_and_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert _asker("400", "many", "32").number("Degrees", low=-20, high=90) == 32.0
    told = capsys.readouterr()
    assert "400 is outside -20 to 90" in told.err
    assert "Cannot read 'many'" in told.err
    assert told.err.count("Degrees:") == 3
    assert told.out == ""


def test_none_of_them_differs_from_a_skipped_question() -> None:
    rows = {"a": "A", "b": "B"}
    assert _asker("0").several_of("Which", rows) == ()
    assert _asker("").several_of("Which", rows) is None


def test_picks_come_in_the_order_of_the_list_by_number_or_name() -> None:
    assert parse_picks("3, glutes 3", ("glutes", "lats", "calves")) == ("glutes", "calves")


@pytest.mark.parametrize("line", ["4", "-1", "0 1", "x", "1.5", "²"])
def test_what_is_not_on_the_list_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="not on the list"):
        parse_picks(line, ("a", "b", "c"))


def test_decimal_commas_and_points_are_both_read() -> None:
    assert parse_numbers("32 34,5, 33.25", low=0, high=90) == (32.0, 34.5, 33.25)


@pytest.mark.parametrize("line", ["nan", "inf", "-inf", "1e9", "-30"])
def test_a_number_that_cannot_be_is_refused(line: str) -> None:
    with pytest.raises(OutOfRangeError, match="is outside"):
        parse_numbers(line, low=-20, high=90)


def test_two_numbers_do_not_answer_a_question_for_one() -> None:
    assert _asker("30 31", "30").number("Age", low=5, high=110) == 30.0


@given(st.lists(st.floats(0, 90), min_size=1, max_size=20))
def test_numbers_come_back_as_they_were_typed(values: list[float]) -> None:
    assert parse_numbers(" ".join(map(repr, values)), low=0, high=90) == tuple(values)


@given(st.text(max_size=40))
def test_any_line_gives_numbers_in_range_or_one_of_our_sentences(line: str) -> None:
    with suppress(UsageError, OutOfRangeError):
        assert all(0 <= value <= 90 for value in parse_numbers(line, low=0, high=90))
