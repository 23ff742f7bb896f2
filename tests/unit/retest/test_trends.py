from __future__ import annotations

import math

import numpy as np
import pytest

from primemover.model.measure import Instrument
from primemover.model.retest import ChangeKind, Trend
from primemover.retest.trends import straight_line, trends_of
from tests.unit.retest.visits import measure, visit

ACTIVE = "hip_rotation_active_left"


def course(*values: float, tools: tuple[Instrument, ...] = ()) -> Trend:
    """Return the trend of one measure read every two weeks."""
    used = tools or (Instrument.GONIOMETER,) * len(values)
    visits = [
        visit(measure(ACTIVE, value, 1.0, tool), weeks=2.0 * k)
        for k, (value, tool) in enumerate(zip(values, used, strict=True))
    ]
    (trend,) = trends_of(visits)
    return trend


def test_the_line_is_that_of_weighted_least_squares() -> None:
    random = np.random.default_rng(7)
    time = np.array([0.0, 9.0, 21.0, 50.0])
    value = 30.0 + 0.2 * time + random.normal(0.0, 2.0, 4)
    se = np.array([1.0, 2.0, 1.5, 3.0])
    line = straight_line(time, value, se)
    (slope, start), covariance = np.polyfit(time, value, 1, w=1.0 / se, cov="unscaled")
    assert line.slope == pytest.approx(slope)
    assert line.level - line.slope * line.at == pytest.approx(start)
    wider = math.sqrt(max(line.misfit, 1.0))
    assert line.slope_se == pytest.approx(wider * math.sqrt(covariance[0, 0]))


def test_points_that_scatter_more_than_their_errors_widen_the_slope() -> None:
    time, se = np.array([0.0, 1.0, 2.0, 3.0]), np.ones(4)
    straight = straight_line(time, np.array([0.0, 1.0, 2.0, 3.0]), se)
    bent = straight_line(time, np.array([0.0, 6.0, -3.0, 3.0]), se)
    assert straight.misfit == pytest.approx(0.0, abs=1e-12)
    assert bent.slope_se > 2.0 * straight.slope_se


def test_a_clear_rise_is_a_trend_and_a_still_line_is_not() -> None:
    rising, still = course(25.0, 33.0, 41.0), course(30.0, 31.0, 30.0)
    assert rising.kind is ChangeKind.REAL
    assert math.degrees(rising.slope) == pytest.approx(4.0)
    assert rising.slope_low < rising.slope < rising.slope_high
    assert "Rising" in rising.plain
    assert still.kind is ChangeKind.WITHIN_ERROR
    assert "no trend" in still.plain


def test_two_sessions_are_too_few_for_a_trend() -> None:
    trend = course(25.0, 45.0)
    assert trend.kind is ChangeKind.ERROR_UNKNOWN
    assert math.isnan(trend.slope)
    assert "too few" in trend.plain


def test_a_session_with_another_instrument_is_shown_and_left_out_of_the_line() -> None:
    tools = (Instrument.PHONE, *(Instrument.GONIOMETER,) * 3)
    trend = course(70.0, 25.0, 33.0, 41.0, tools=tools)
    assert [point.comparable for point in trend.points] == [False, True, True, True]
    assert math.degrees(trend.slope) == pytest.approx(4.0)


def test_a_point_errs_as_two_sessions_compared_do() -> None:
    trend = course(25.0, 33.0, 41.0)
    # MDC 6.1 deg with a goniometer, though each reading states 1 deg
    for point in trend.points:
        assert math.degrees(point.se) == pytest.approx(6.1 / 1.96 / math.sqrt(2.0), abs=0.01)
