"""Swings, plateaus and rests found in curves."""

from __future__ import annotations

import numpy as np
import pytest

from primemover.events.holds import find_rest, find_swings, plateau
from primemover.model.arrays import Floats

TIME_S = np.arange(0.0, 10.0, 1.0 / 30.0)


def curve(*knots: tuple[float, float]) -> Floats:
    times, degrees = zip(*knots, strict=True)
    angle: Floats = np.deg2rad(np.interp(TIME_S, times, degrees))
    return angle


def test_a_swing_is_read_at_its_plateau() -> None:
    swings = find_swings(TIME_S, curve((2, 0), (3, 40), (5, 40), (6, 0)))
    assert len(swings) == 1
    assert swings[0].held
    assert np.rad2deg(swings[0].level_rad) == pytest.approx(40.0, abs=0.1)
    assert TIME_S[swings[0].hold_start] == pytest.approx(3.0, abs=0.25)
    assert TIME_S[swings[0].hold_end] == pytest.approx(5.0, abs=0.25)


def test_an_overshoot_that_settles_is_read_where_it_settles() -> None:
    swings = find_swings(TIME_S, curve((2, 0), (3, 40), (3.3, 37), (5, 37), (6, 0)))
    assert np.rad2deg(swings[0].level_rad) == pytest.approx(37.0, abs=0.5)


def test_a_swing_without_a_plateau_is_not_held() -> None:
    swings = find_swings(TIME_S, curve((2, 0), (3, 40), (4, 0)))
    assert [swing.held for swing in swings] == [False]


def test_sway_and_swings_to_the_other_side_are_no_swings() -> None:
    assert find_swings(TIME_S, curve((2, 0), (3, 4), (5, 4), (6, 0))) == ()
    assert find_swings(TIME_S, curve((2, 0), (3, -40), (5, -40), (6, 0))) == ()


def test_a_small_swing_beside_large_ones_is_no_repetition() -> None:
    swings = find_swings(TIME_S, curve((1, 0), (2, 40), (3, 40), (4, 0), (5, 12), (7, 12), (8, 0)))
    assert len(swings) == 1


def test_a_curve_that_is_never_known_has_no_swings() -> None:
    assert find_swings(TIME_S, np.full_like(TIME_S, np.nan)) == ()
    assert plateau(TIME_S, np.full_like(TIME_S, np.nan), 0, 100) is None


def test_rest_is_the_first_still_stretch_of_all_curves_together() -> None:
    first = curve((0, 0), (1, 30), (2, 0))
    second = curve((3, 0), (4, 30), (5, 0))
    rest = find_rest(TIME_S, np.stack([first, second], axis=1))
    assert rest is not None
    assert TIME_S[rest[0]] == pytest.approx(2.0, abs=0.3)
    assert TIME_S[rest[1]] == pytest.approx(3.0, abs=0.3)


def test_a_film_without_a_still_moment_has_no_rest() -> None:
    moving = np.deg2rad(30.0 * np.sin(2.0 * np.pi * TIME_S))
    assert find_rest(TIME_S, moving[:, None]) is None


def test_the_clock_may_be_uneven() -> None:
    random = np.random.default_rng(3)
    uneven_s = np.sort(random.uniform(0.0, 10.0, 300))
    degrees = np.interp(uneven_s, [2, 3, 5, 6], [0, 40, 40, 0])
    swings = find_swings(uneven_s, np.deg2rad(degrees))
    assert len(swings) == 1
    assert np.rad2deg(swings[0].level_rad) == pytest.approx(40.0, abs=0.1)
