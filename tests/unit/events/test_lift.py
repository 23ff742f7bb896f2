"""Repetitions of made-up lifts whose instants are known."""

from itertools import pairwise

import numpy as np
import pytest

from primemover.events.lift import LiftSignals, find_lifts
from primemover.events.visits import first_index, visits_above
from primemover.model.arrays import Floats

STANDING = (0.0, 0.75)  # hinge in radians, hand height in leg lengths
BOTTOM = (float(np.deg2rad(105.0)), 0.22)
KNEE_UP = 0.5


def lift(*stations: tuple[float, tuple[float, float]], rate_hz: float = 60.0) -> LiftSignals:
    """Return curves that glide (cosine) between (time, (hinge, hand)) stations."""
    times = [station[0] for station in stations]
    time_s = np.arange(times[0], times[-1], 1.0 / rate_hz)

    def glide(column: int) -> Floats:
        values = [station[1][column] for station in stations]
        index = np.clip(np.searchsorted(times, time_s, side="right") - 1, 0, len(times) - 2)
        start, end = np.take(times, index), np.take(times, index + 1)
        share = 0.5 - 0.5 * np.cos(np.pi * (time_s - start) / (end - start))
        before, after = np.take(values, index), np.take(values, index + 1)
        curve: Floats = before + share * (after - before)
        return curve

    return LiftSignals(
        time_s=time_s,
        hinge_rad=glide(0),
        hand_up_legs=glide(1),
        load_up_legs=glide(1),
        knee_up_legs=np.full(time_s.size, KNEE_UP),
        held=None,
        planted=np.ones(time_s.size, dtype=bool),
    )


ONE_LIFT = (
    (0.0, STANDING),
    (1.0, STANDING),
    (2.0, BOTTOM),
    (3.0, BOTTOM),
    (4.5, STANDING),
    (5.5, STANDING),
    (7.0, BOTTOM),
    (8.0, BOTTOM),
)


def test_one_lift_with_a_pause_at_the_bottom_is_one_repetition() -> None:
    (only,) = find_lifts(lift(*ONE_LIFT))
    assert only.start_s == pytest.approx(2.0, abs=0.35)
    assert only.lift_off_s == pytest.approx(3.0, abs=0.3)
    assert only.knee_pass_s == pytest.approx(3.75, abs=0.1)
    assert only.lockout_s == pytest.approx(4.4, abs=0.15)
    assert only.lowering_s == pytest.approx(5.8, abs=0.2)
    assert only.end_s == pytest.approx(6.8, abs=0.2)
    assert only.start_s < only.lift_off_s < only.knee_pass_s < only.lockout_s < only.end_s


def test_touch_and_go_repetitions_follow_on_each_other() -> None:
    stations = [(0.0, STANDING), (1.0, BOTTOM)]
    for i in range(5):
        stations += [(2.0 + 2 * i, STANDING), (3.0 + 2 * i, BOTTOM)]
    found = find_lifts(lift(*stations))
    assert len(found) == 5
    for before, after in pairwise(found):
        assert after.start_s == pytest.approx(before.end_s)


def test_a_wiggle_of_the_hips_before_lift_off_is_not_a_repetition() -> None:
    wiggle = (float(np.deg2rad(70.0)), 0.23)
    stations = ((0.0, STANDING), (1.0, BOTTOM), (1.6, wiggle), (2.2, BOTTOM), (3.5, STANDING))
    assert len(find_lifts(lift(*stations, (5.0, STANDING)))) == 1


def test_a_film_that_starts_at_the_bottom_counts_its_first_lift() -> None:
    assert (
        len(find_lifts(lift((0.0, BOTTOM), (1.0, BOTTOM), (2.5, STANDING), (4.0, STANDING)))) == 1
    )


def test_a_lift_that_never_reaches_lockout_does_not_count() -> None:
    half = (float(np.deg2rad(45.0)), 0.5)
    assert find_lifts(lift((0.0, STANDING), (1.0, BOTTOM), (2.5, half), (4.0, half))) == ()


def test_bowing_with_the_hands_at_the_hips_does_not_count() -> None:
    bow = (BOTTOM[0], 0.70)
    assert find_lifts(lift((0.0, STANDING), (1.0, bow), (2.0, STANDING), (3.0, STANDING))) == ()


def test_standing_up_without_the_load_does_not_count() -> None:
    signals = lift(*ONE_LIFT[:6])
    never = np.zeros(signals.time_s.size, dtype=bool)
    empty = LiftSignals(
        time_s=signals.time_s,
        hinge_rad=signals.hinge_rad,
        hand_up_legs=signals.hand_up_legs,
        load_up_legs=signals.load_up_legs,
        knee_up_legs=signals.knee_up_legs,
        held=never,
        planted=signals.planted,
    )
    assert find_lifts(empty) == ()


def test_bending_while_walking_does_not_count() -> None:
    signals = lift(*ONE_LIFT[:6])
    walking = LiftSignals(
        time_s=signals.time_s,
        hinge_rad=signals.hinge_rad,
        hand_up_legs=signals.hand_up_legs,
        load_up_legs=signals.load_up_legs,
        knee_up_legs=signals.knee_up_legs,
        held=None,
        planted=np.zeros(signals.time_s.size, dtype=bool),
    )
    assert find_lifts(walking) == ()


def test_noise_of_a_network_does_not_change_the_count() -> None:
    signals = lift(*ONE_LIFT)
    rng = np.random.default_rng(7)
    noisy = LiftSignals(
        time_s=signals.time_s,
        hinge_rad=signals.hinge_rad + rng.normal(0, np.deg2rad(4.0), signals.time_s.size),
        hand_up_legs=signals.hand_up_legs + rng.normal(0, 0.02, signals.time_s.size),
        load_up_legs=signals.load_up_legs + rng.normal(0, 0.02, signals.time_s.size),
        knee_up_legs=signals.knee_up_legs,
        held=None,
        planted=signals.planted,
    )
    assert len(find_lifts(noisy)) == 1


def test_a_visit_needs_to_cross_the_upper_threshold() -> None:
    values = np.array([0.0, 0.5, 0.8, 0.4, 0.0, 1.2, 0.6, 0.1])
    assert visits_above(values, enter=1.0, leave=0.3) == [(5, 7, True, True)]


def test_a_visit_under_way_at_the_film_start_and_end_says_so() -> None:
    values = np.array([2.0, 1.5, 0.0, 1.5, 2.0])
    assert visits_above(values, enter=1.0, leave=0.3) == [
        (0, 2, False, True),
        (3, 5, True, False),
    ]


def test_first_index_looks_only_inside_its_range() -> None:
    condition = np.array([True, False, True])
    assert first_index(condition, 1, 3) == 2
    assert first_index(condition, 1, 2) is None
