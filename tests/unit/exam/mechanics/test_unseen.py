"""Errors that the film's own do not explain only ever widen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.exam.mechanics.unseen import of_peak, of_share
from primemover.model.mechanics import Range


@given(
    low=st.floats(-900.0, 900.0),
    width=st.floats(0.0, 300.0),
    joint=st.sampled_from(["ankle", "knee", "hip", "l5s1"]),
)
def test_a_peaks_range_grows_about_the_same_middle(low: float, width: float, joint: str) -> None:
    found = Range(low=low, middle=low + width, high=low + 3.0 * width)
    wide = of_peak(found, joint)
    assert wide.middle == found.middle
    assert wide.low <= found.low
    assert wide.high >= found.high


def test_a_peak_known_exactly_errs_by_15_per_cent_at_the_hip() -> None:
    wide = of_peak(Range(low=400.0, middle=400.0, high=400.0), "hip")
    assert wide.high - 400.0 == pytest.approx(1.645 * 60.0, rel=0.001)
    assert 400.0 - wide.low == pytest.approx(1.645 * 60.0, rel=0.001)


@given(low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_a_share_stays_between_nothing_and_everything(low: float, high: float) -> None:
    low, high = min(low, high), max(low, high)
    wide = of_share(Range(low=low, middle=0.5 * (low + high), high=high))
    assert 0.0 <= wide.low <= low
    assert high <= wide.high <= 1.0


def test_a_share_next_to_nothing_may_be_nothing() -> None:
    assert of_share(Range(low=0.01, middle=0.02, high=0.03)).low == 0.0
