import numpy as np
import pytest

from primemover.signal.gaps import fill_short_gaps, longest_run, runs
from primemover.signal.smooth import derivative, noise_sd, smooth


def uneven_times(seed: int = 0, count: int = 90) -> np.ndarray:
    steps = np.random.default_rng(seed).uniform(0.012, 0.05, count)
    return np.cumsum(steps)


def test_a_parabola_passes_unchanged_on_uneven_time_stamps() -> None:
    time_s = uneven_times()
    values = 3.0 - 2.0 * time_s + 0.5 * time_s**2
    assert smooth(time_s, values, window_s=0.3) == pytest.approx(values, abs=1e-6)


def test_the_slope_of_a_parabola_is_exact_on_uneven_time_stamps() -> None:
    time_s = uneven_times(1)
    values = 3.0 - 2.0 * time_s + 0.5 * time_s**2
    assert derivative(time_s, values, window_s=0.3) == pytest.approx(-2.0 + time_s, abs=1e-5)


def test_a_missing_sample_stays_missing_and_does_not_spread() -> None:
    time_s = uneven_times(2)
    values = np.sin(time_s)
    values[40] = np.nan
    smoothed = smooth(time_s, values, window_s=0.2)
    assert np.isnan(smoothed[40])
    assert np.isfinite(np.delete(smoothed, 40)).all()


def test_smoothing_removes_noise_and_noise_sd_measures_it() -> None:
    time_s = np.arange(0.0, 20.0, 1.0 / 60.0)
    noise = np.random.default_rng(3).normal(0.0, 0.02, time_s.size)
    clean = np.sin(2 * np.pi * 0.4 * time_s)
    assert np.std(smooth(time_s, clean + noise, window_s=0.3) - clean) < 0.01
    # the window follows part of the noise, so a little less than its true 0.02 is left over
    assert noise_sd(time_s, clean + noise) == pytest.approx(0.018, rel=0.15)


def test_two_columns_are_smoothed_like_each_alone() -> None:
    time_s = uneven_times(4)
    both = np.stack([np.sin(time_s), np.cos(time_s)], axis=1)
    together = smooth(time_s, both, window_s=0.2)
    assert together[:, 1] == pytest.approx(smooth(time_s, both[:, 1], window_s=0.2))


def test_runs_are_half_open() -> None:
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, dtype=bool)) == []
    assert longest_run(np.array([True, False, True, True])) == (2, 4)
    assert longest_run(np.zeros(2, dtype=bool)) is None


def test_only_short_inner_gaps_are_bridged() -> None:
    time_s = np.arange(10, dtype=np.float64) * 0.1
    values = time_s.copy()
    values[[0, 3, 6, 7, 8]] = np.nan
    bridged = fill_short_gaps(time_s, values, longest_s=0.25)
    assert np.isnan(bridged[0])
    assert bridged[3] == pytest.approx(0.3)
    assert np.isnan(bridged[[6, 7, 8]]).all()
