"""Forward bends found in the trunk's lean."""

from __future__ import annotations

import numpy as np
import pytest

from primemover.events.bends import find_bends
from primemover.model.arrays import Floats

TIME_S = np.arange(0.0, 18.0, 1.0 / 30.0)
ONE = ((2.0, 0.0), (4.0, 90.0), (5.5, 90.0), (7.0, 0.0))


def curve(*knots: tuple[float, float]) -> Floats:
    times, degrees = zip(*knots, strict=True)
    angle: Floats = np.deg2rad(np.interp(TIME_S, times, degrees))
    return angle


def test_a_bend_has_its_way_down_its_hold_and_its_way_up() -> None:
    (bend,) = find_bends(TIME_S, curve(*ONE))
    assert bend.held
    assert bend.from_upright
    assert TIME_S[bend.start] == pytest.approx(2.1, abs=0.15)
    assert TIME_S[bend.hold_start] == pytest.approx(4.0, abs=0.25)
    assert TIME_S[bend.hold_end] == pytest.approx(5.5, abs=0.25)
    assert TIME_S[bend.end] == pytest.approx(6.9, abs=0.15)


def test_three_bends_are_three() -> None:
    knots = [(shift + time, lean) for shift in (0.0, 5.5, 11.0) for time, lean in ONE]
    assert len(find_bends(TIME_S, curve(*knots))) == 3


def test_a_bounce_at_the_bottom_is_one_bend() -> None:
    bounced = curve((2, 0), (4, 90), (4.5, 75), (5, 90), (6, 90), (8, 0))
    assert len(find_bends(TIME_S, bounced)) == 1


def test_a_stiff_back_still_bends() -> None:
    assert len(find_bends(TIME_S, curve((2, 0), (4, 35), (6, 35), (8, 0)))) == 1
    assert find_bends(TIME_S, curve((2, 0), (4, 15), (6, 15), (8, 0))) == ()


def test_a_bend_that_is_not_held_is_read_about_its_deepest_moment() -> None:
    (bend,) = find_bends(TIME_S, curve((2, 0), (4, 90), (6, 0)))
    assert not bend.held
    assert bend.hold_start < bend.deepest < bend.hold_end
    assert TIME_S[bend.hold_end] - TIME_S[bend.hold_start] < 0.4


def test_a_bend_that_the_film_cuts_off_on_the_way_down_does_not_count() -> None:
    assert find_bends(TIME_S, curve((15, 0), (18, 90))) == ()


def test_a_bend_that_began_before_the_film_is_said_to() -> None:
    (bend,) = find_bends(TIME_S, curve((0, 90), (2, 90), (4, 0)))
    assert not bend.from_upright


def test_nothing_known_is_nothing_found() -> None:
    assert find_bends(TIME_S, np.full_like(TIME_S, np.nan)) == ()
