from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from primemover.model.measure import INTERVAL_SE, Instrument, Measure, Status, not_measured
from primemover.model.series import Series


def lean(value: float, se: float, status: Status = Status.MEASURED) -> Measure:
    return Measure(id="trunk_inclination_bottom", value=value, se=se, unit="rad", status=status)


def test_the_interval_holds_nine_of_ten_normal_errors() -> None:
    normal = NormalDist()
    assert normal.cdf(INTERVAL_SE) - normal.cdf(-INTERVAL_SE) == pytest.approx(0.90, abs=1e-4)


def test_an_interval_lies_evenly_about_its_value() -> None:
    low, high = lean(0.5, 0.1).interval
    assert (low + high) / 2.0 == pytest.approx(0.5)
    assert high - low == pytest.approx(0.329)


def test_an_estimated_value_has_an_interval_too() -> None:
    assert lean(0.5, 0.1, Status.ESTIMATED).interval == lean(0.5, 0.1).interval


def test_an_interval_that_was_drawn_has_ends_of_its_own() -> None:
    drawn = replace(lean(0.5, 0.1, Status.ESTIMATED), bounds=(0.45, 0.8))
    assert drawn.interval == (0.45, 0.8)
    assert all(math.isnan(end) for end in replace(drawn, value=math.nan).interval)


def test_a_count_has_no_room_for_error() -> None:
    told = Measure(id="pushups", value=12.0, se=0.0, unit="1", instrument=Instrument.COUNT)
    assert told.interval == (12.0, 12.0)


@pytest.mark.parametrize(
    "measure",
    [
        not_measured("knee_flexion_bottom", "A plate hides it."),
        lean(0.5, math.nan),
        lean(0.5, math.inf),
        lean(math.nan, 0.1),
        lean(0.5, 0.1, Status.NOT_MEASURED),
    ],
    ids=["not measured", "no error", "no bound", "no value", "status alone"],
)
def test_what_is_not_known_has_no_interval(measure: Measure) -> None:
    assert all(math.isnan(end) for end in measure.interval)


def test_each_sample_of_a_curve_has_the_interval_of_a_measure() -> None:
    value = np.array([0.1, 0.2, np.nan, 0.4, 0.5])
    se = np.array([0.01, 0.02, 0.03, np.nan, np.inf])
    curve = Series(id="knee_flexion", unit="rad", time_s=np.arange(5.0), value=value, se=se)
    ends = [lean(float(v), float(e)).interval for v, e in zip(value, se, strict=True)]
    np.testing.assert_allclose(curve.low, [low for low, _ in ends])
    np.testing.assert_allclose(curve.high, [high for _, high in ends])
    assert np.isnan(curve.low[2:]).all()
    assert not curve.low.flags.writeable
