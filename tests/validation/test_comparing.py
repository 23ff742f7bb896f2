"""The numbers of the error tables are what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.comparing import agreement
from validation.pages import markdown_table, put_section, section

TRUE = np.array([0.0, 10.0, 20.0, 30.0])
SE = np.ones(4)


def test_perfect_readings_have_no_error_and_slope_one() -> None:
    found = agreement(TRUE, SE, TRUE)
    assert (found.bias, found.mae, found.rmse, found.p95) == (0.0, 0.0, 0.0, 0.0)
    assert (found.slope, found.r, found.covered) == pytest.approx((1.0, 1.0, 1.0))


def test_a_constant_offset_is_bias_and_not_slope() -> None:
    found = agreement(TRUE - 3.0, SE, TRUE)
    assert found.bias == pytest.approx(-3.0)
    assert found.mae == pytest.approx(3.0)
    assert found.slope == pytest.approx(1.0)
    assert found.covered == 0.0


def test_under_reading_shows_in_the_slope() -> None:
    assert agreement(0.8 * TRUE, SE, TRUE).slope == pytest.approx(0.8)


def test_what_was_not_measured_is_counted_and_left_out() -> None:
    measured = np.array([1.0, np.nan, 21.0, np.nan])
    found = agreement(measured, SE, TRUE)
    assert found.count == 4
    assert found.missing == pytest.approx(0.5)
    assert found.mae == pytest.approx(1.0)


def test_an_unknown_truth_is_no_pair() -> None:
    true = np.array([0.0, np.nan, 20.0, 30.0])
    assert agreement(TRUE, SE, true).count == 3


def test_nothing_measured_gives_no_error_rather_than_zero() -> None:
    found = agreement(np.full(4, np.nan), SE, TRUE)
    assert found.missing == 1.0
    assert np.isnan([found.bias, found.mae, found.covered]).all()


def test_a_truth_that_does_not_vary_has_no_slope() -> None:
    found = agreement(TRUE, SE, np.full(4, 5.0))
    assert np.isnan([found.slope, found.r]).all()


@given(st.floats(0.5, 20.0), st.integers(0, 2**32 - 1))
def test_honest_errors_are_covered_about_as_often_as_they_should(sd: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    true = random.uniform(0.0, 50.0, size=2000)
    found = agreement(true + random.normal(0.0, sd, 2000), np.full(2000, sd), true)
    assert 0.92 < found.covered < 0.98
    assert found.rmse >= found.mae >= abs(found.bias)


def test_a_section_is_replaced_and_what_people_wrote_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\nby hand\n", encoding="utf-8")
    put_section(page, "one", "first")
    put_section(page, "two", "other")
    put_section(page, "one", "second")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Title\n\nby hand\n")
    assert (section(page, "one"), section(page, "two")) == ("second", "other")
    assert "first" not in text
    assert section(page, "three") == ""


def test_a_table_has_a_rule_under_its_head() -> None:
    assert markdown_table(["a", "b"], [["1", "2"]]).splitlines() == [
        "| a | b |",
        "| --- | --- |",
        "| 1 | 2 |",
    ]
