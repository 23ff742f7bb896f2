"""A leg that the network draws on an arm is left out; the other one tells where the joints are."""

from dataclasses import replace

import numpy as np

from primemover.model.pose import Landmark
from primemover.pose.clean import clean
from primemover.pose.legs import stray_legs
from tests.unit.pose.test_clean import bent, standing_track

LEG_PX = 160.0
PLACE = np.tile(np.array([200.0, 440.0]), (60, 1))
UPRIGHT = np.arange(60) < 30
TAKEN = np.arange(60) >= 45


def test_a_foot_that_stands_is_not_astray() -> None:
    shaky = PLACE + np.random.default_rng(0).normal(0.0, 3.0, PLACE.shape)
    left, right = stray_legs(shaky, PLACE, upright=UPRIGHT, leg_px=LEG_PX)
    assert not (left | right).any()


def test_a_foot_drawn_on_the_hand_is_astray_while_the_other_stands() -> None:
    gone = np.where(TAKEN[:, None], PLACE + np.array([70.0, -60.0]), PLACE)
    left, right = stray_legs(PLACE, gone, upright=UPRIGHT, leg_px=LEG_PX)
    assert np.array_equal(right, TAKEN)
    assert not left.any()


def test_when_both_feet_move_neither_is_taken_for_wrong() -> None:
    gone = np.where(TAKEN[:, None], PLACE + np.array([70.0, -60.0]), PLACE)
    left, right = stray_legs(gone, gone, upright=UPRIGHT, leg_px=LEG_PX)
    assert not (left | right).any()


def test_without_standing_nothing_is_known() -> None:
    left, right = stray_legs(PLACE, PLACE, upright=np.zeros(60, dtype=bool), leg_px=LEG_PX)
    assert not (left | right).any()


def test_the_joints_of_a_bend_stay_where_they_are_when_one_leg_is_drawn_on_an_arm() -> None:
    track = bent(standing_track(), 40, 80)
    deep = slice(50, 70)
    taken = track.xy_px.copy()
    for landmark in (Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE, Landmark.RIGHT_HEEL):
        taken[deep, landmark] += (80.0, -60.0)
    whole, mended = clean(track), clean(replace(track, xy_px=taken))
    for name in ("hip", "knee", "ankle"):
        apart = mended.joints_px[name][54:66] - whole.joints_px[name][54:66]
        assert np.abs(apart).max() < 3.0
