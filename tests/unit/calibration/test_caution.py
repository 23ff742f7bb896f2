"""Where a frame is unlike the fitted ones the plain reading takes over, and errors never shrink."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.calibration.caution import Answer, slide_back

angle = st.floats(-2.0, 2.0)
error = st.floats(0.01, 0.5)


def one(value: float, se: float) -> Answer:
    return Answer(value_rad=np.array([value]), se_rad=np.array([se]))


@given(angle, error, angle, error, st.floats(0.0, 1.0))
def test_a_usual_frame_keeps_the_fitted_answer(
    fitted: float, se: float, plain: float, plain_se: float, novelty: float
) -> None:
    kept = slide_back(one(fitted, se), one(plain, plain_se), np.array([novelty]))
    assert (kept.value_rad[0], kept.se_rad[0]) == (fitted, se)


@given(angle, error, angle, error, st.one_of(st.floats(1.6, 50.0), st.just(np.nan)))
def test_a_strange_frame_keeps_the_plain_reading(
    fitted: float, se: float, plain: float, plain_se: float, novelty: float
) -> None:
    kept = slide_back(one(fitted, se), one(plain, plain_se), np.array([novelty]))
    assert (kept.value_rad[0], kept.se_rad[0]) == pytest.approx((plain, plain_se))


@given(angle, error, angle, error, st.floats(1.01, 1.59))
def test_in_between_the_answer_lies_between_and_its_error_is_no_smaller_than_either(
    fitted: float, se: float, plain: float, plain_se: float, novelty: float
) -> None:
    kept = slide_back(one(fitted, se), one(plain, plain_se), np.array([novelty]))
    low, high = min(fitted, plain), max(fitted, plain)
    assert low - 1e-12 <= kept.value_rad[0] <= high + 1e-12
    assert kept.se_rad[0] >= max(se, plain_se) - 1e-12


def test_what_the_plain_reading_cannot_tell_is_not_told_of_a_strange_frame() -> None:
    kept = slide_back(one(0.3, 0.05), one(np.nan, np.nan), np.array([2.0]))
    assert np.isnan(kept.value_rad[0])
