from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.report.curves import overlay, repetition_clock
from primemover.report.plots import bar_path, plots_of
from tests.unit.report import sample


def repetition(start_s: float, duration_s: float) -> Repetition:
    """Return a repetition whose phases stand at fixed shares of its duration."""
    return Repetition(
        start_s=start_s,
        bottom_s=start_s,
        lift_off_s=start_s + 0.2 * duration_s,
        knee_pass_s=start_s + 0.4 * duration_s,
        lockout_s=start_s + 0.6 * duration_s,
        end_s=start_s + duration_s,
    )


def test_repetitions_of_different_speed_lie_on_each_other() -> None:
    trial = replace(sample.deadlift_trial(), repetitions=(repetition(1, 2), repetition(4, 3)))
    clock = repetition_clock(trial)
    assert clock is not None
    time_s = np.linspace(0.0, 8.0, 2001)
    share = np.where(time_s < 3.5, (time_s - 1.0) / 2.0, (time_s - 4.0) / 3.0)
    series = Series(
        id="knee_flexion", unit="rad", time_s=time_s, value=share, se=np.full(2001, 0.1)
    )
    curve = overlay(series, clock)
    assert curve is not None
    np.testing.assert_allclose(curve.each[0], curve.each[1], atol=1e-6)
    np.testing.assert_allclose(curve.middle, np.linspace(0.0, 1.0, curve.middle.size), atol=2e-3)


def test_one_repetition_keeps_its_own_time() -> None:
    trial = replace(sample.deadlift_trial(), repetitions=(repetition(1.0, 2.0),))
    clock = repetition_clock(trial)
    assert clock is not None
    np.testing.assert_allclose(clock.film_s[0], clock.time_s + 1.4, atol=1e-9)


def test_a_phase_that_was_not_seen_is_left_out() -> None:
    unseen = replace(repetition(1.0, 2.0), knee_pass_s=math.nan)
    clock = repetition_clock(replace(sample.deadlift_trial(), repetitions=(unseen,)))
    assert clock is not None
    assert [tick.label for tick in clock.ticks] == ["set-up", "lift-off", "lockout", "lowered"]


def test_a_gap_in_a_curve_stays_a_gap() -> None:
    trial = sample.deadlift_trial()
    clock = repetition_clock(trial)
    lumbar = next(one for one in trial.series if one.id == "lumbar_flexion")
    assert clock is not None
    curve = overlay(lumbar, clock)
    assert curve is not None
    assert np.isnan(curve.middle).any()
    assert np.isfinite(curve.middle).any()


def test_the_shaded_band_is_the_interval_and_the_drawing_has_room_for_it() -> None:
    trial = sample.deadlift_trial()
    clock = repetition_clock(trial)
    pelvis = next(one for one in trial.series if one.id == "pelvis_inclination")
    assert clock is not None
    curve = overlay(pelvis, clock)
    plots = plots_of(replace(trial, series=(pelvis,)))
    assert curve is not None
    assert plots is not None
    np.testing.assert_allclose(curve.high - curve.low, 3.29 * math.radians(4.0))
    np.testing.assert_allclose(curve.high + curve.low, 2.0 * curve.middle)
    drawing = plots.panels[0].drawing
    heights = {}
    for kind in ("band", "middle"):
        found = re.search(rf'<path[^>]*class="{kind}"[^>]*>', drawing)
        assert found is not None
        data = re.search(r' d="([^"]+)"', found.group())
        assert data is not None
        ends = np.array(re.findall(r"-?\d+(?:\.\d+)?", data.group(1)), dtype=float)[1::2]
        heights[kind] = ends
    middle = heights["middle"]
    per_deg = np.ptp(middle) / math.degrees(np.ptp(curve.middle))
    assert heights["band"].min() - middle.min() == pytest.approx(-6.58 * per_deg, abs=0.3)
    assert heights["band"].max() - middle.max() == pytest.approx(6.58 * per_deg, abs=0.3)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert size is not None
    assert 0.0 < heights["band"].min() < heights["band"].max() < float(size.group(2))


def test_without_repetitions_there_is_nothing_to_draw() -> None:
    bare = replace(sample.deadlift_trial(), repetitions=())
    assert plots_of(bare) is None
    assert bar_path(bare) is None


def test_drawings_hold_no_missing_number() -> None:
    plots = plots_of(sample.deadlift_trial())
    assert plots is not None
    assert all("nan" not in panel.drawing.lower() for panel in plots.panels)
    assert {panel.id for panel in plots.panels} >= {"trunk_inclination", "lumbar_flexion"}
    assert "Ankle bend" in plots.absent
