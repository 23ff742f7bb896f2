"""Unlike the fitted frames the plain reading takes over; a curve full of gaps is doubted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.calibration.caution import Answer, slide_back, unbroken
from primemover.model.arrays import Floats
from primemover.model.series import Series

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


TIME_S = np.arange(0.0, 6.0, 1.0 / 30.0)


def curve(value: Floats) -> Series:
    se = np.where(np.isfinite(value), 0.1, np.nan)
    return Series(id="knee_flexion", unit="rad", time_s=TIME_S, value=value, se=se)


def test_a_whole_curve_stays_as_it_is() -> None:
    whole = curve(np.sin(TIME_S))
    kept = unbroken(whole)
    assert np.array_equal(kept.value, whole.value)
    assert np.array_equal(kept.se, whole.se)


def test_a_frame_alone_among_missing_ones_is_not_measured() -> None:
    value = np.where((TIME_S > 2.0) & (TIME_S < 4.0), np.nan, 1.0)
    alone = int(np.searchsorted(TIME_S, 3.0))
    value[alone] = 0.2
    kept = unbroken(curve(value))
    assert np.isnan(kept.value[alone])
    assert np.isnan(kept.se[alone])
    assert np.isfinite(kept.value[(TIME_S < 1.5) | (TIME_S > 4.5)]).all()


def test_beside_a_short_gap_the_error_is_wider_by_the_share_that_is_missing() -> None:
    value = np.where((TIME_S > 3.0) & (TIME_S < 3.12), np.nan, 1.0)
    kept = unbroken(curve(value))
    beside = int(np.searchsorted(TIME_S, 3.2))
    near = np.abs(TIME_S - TIME_S[beside]) <= 0.4
    assert kept.value[beside] == 1.0
    assert kept.se[beside] == pytest.approx(0.1 * (1.0 + np.isnan(value[near]).mean()))
    assert kept.se[0] == 0.1
