from __future__ import annotations

import math

import pytest

from primemover.model.mechanics import Range
from primemover.report.ranges import (
    bounds_text,
    is_known,
    percent_range,
    range_text,
    spoken_range,
)


def between(low: float, middle: float, high: float) -> Range:
    return Range(low=low, middle=middle, high=high)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (between(474.0, 498.0, 523.0), "500\u00a0N·m (470\u2013520)"),
        (between(-103.0, -76.0, -43.0), "\u221280\u00a0N·m (\u2212100 to \u221240)"),
        (between(-12.0, 8.0, 31.0), "10\u00a0N·m (\u221210 to 30)"),
        (between(9842.0, 10676.0, 11640.0), "10\u202f700\u00a0N·m (9\u202f800\u201311\u202f600)"),
        (between(2.1, 3.0, 4.2), "3\u00a0N·m (2\u20134)"),
        (between(0.0, 0.1, 0.4), "under 1\u00a0N·m"),
    ],
)
def test_a_number_is_told_with_its_range_and_no_finer_than_it(given: Range, said: str) -> None:
    assert range_text(given, "N·m") == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (between(0.137, 0.16, 0.199), "14\u201320\u00a0%"),
        (between(0.0, 0.001, 0.004), "under 1\u00a0%"),
        (between(0.0, 0.01, 0.03), "0\u20133\u00a0%"),
        (between(0.94, 2.6, 3.32), "90\u2013330\u00a0%"),
    ],
)
def test_a_share_is_told_as_a_range_of_percent(given: Range, said: str) -> None:
    assert percent_range(given) == said


def test_listeners_hear_middle_and_both_ends() -> None:
    assert spoken_range(between(474.0, 498.0, 523.0), "N·m") == "500 N·m, from 470 to 520"


def test_minus_nothing_is_nothing() -> None:
    assert bounds_text(between(-0.2, 3.0, 6.0)) == "0 to 6"


def test_a_range_with_a_hole_is_not_known() -> None:
    assert not is_known(between(0.0, math.nan, 1.0))
    assert is_known(between(0.0, 0.5, 1.0))
