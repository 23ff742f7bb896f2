"""How the room's and the person's word on the camera's tilt come together in the view."""

from dataclasses import replace

import numpy as np
import pytest

from primemover.model.level import CameraLevel
from primemover.model.view import View, ViewLabel
from primemover.pose.clean import clean
from primemover.pose.view import front_view, roll_from_standing, side_view
from tests.unit.pose.turned import filmed


def room(roll_deg: float, se_deg: float) -> CameraLevel:
    return CameraLevel(
        roll_rad=np.deg2rad(roll_deg),
        roll_se_rad=np.deg2rad(se_deg),
        pitch_rad=0.1,
        pitch_se_rad=0.02,
        lines=9,
    )


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("roll_deg", [-8.0, 0.0, 8.0])
def test_who_stands_at_ease_tells_the_roll_within_a_few_degrees(
    facing: int, roll_deg: float
) -> None:
    roll, se = roll_from_standing(clean(filmed(0.0, facing=facing, roll_deg=roll_deg)))
    assert abs(np.rad2deg(roll) - roll_deg) < 2.0
    assert np.rad2deg(se) > 2.0


def test_who_bends_tells_nothing_about_the_roll() -> None:
    assert np.isnan(roll_from_standing(clean(filmed(0.0, lean_deg=50.0)))).all()


def test_the_room_outweighs_the_person_and_its_pitch_is_passed_on() -> None:
    pose = clean(filmed(0.0, roll_deg=5.0))
    alone, both = side_view(pose), side_view(pose, room(5.0, 0.6))
    assert np.rad2deg(both.roll_rad) == pytest.approx(5.0, abs=0.2)
    assert both.roll_se_rad < 0.3 * alone.roll_se_rad
    assert np.isnan(alone.pitch_rad)
    assert (both.pitch_rad, both.pitch_se_rad) == (0.1, 0.02)


def test_a_front_view_takes_the_tilt_from_the_room_alone() -> None:
    pose = clean(filmed(88.0, roll_deg=5.0))
    assert np.isnan(front_view(pose).roll_rad)
    view = front_view(pose, room(5.0, 0.6))
    assert view.label is ViewLabel.FRONT
    assert np.rad2deg(view.roll_rad) == pytest.approx(5.0)


def test_an_unsure_yaw_counts_like_a_larger_one() -> None:
    sure = View(label=ViewLabel.SIDE, yaw_rad=0.2, yaw_se_rad=0.0, accepted=True)
    unsure = View(label=ViewLabel.SIDE, yaw_rad=0.2, yaw_se_rad=0.15, accepted=True)
    assert sure.likely_yaw_rad == pytest.approx(0.2)
    assert unsure.likely_yaw_rad == pytest.approx(0.25)


def test_witnesses_that_contradict_each_other_widen_the_yaw_towards_refusal() -> None:
    """The picture says side, the network's world 44 deg: the truth may lie anywhere between."""
    side, turned = filmed(0.0), filmed(44.0)
    agreed, torn = (side_view(clean(one)) for one in (side, replace(side, world_m=turned.world_m)))
    assert torn.yaw_se_rad > 2.0 * agreed.yaw_se_rad
    assert torn.likely_yaw_rad > np.deg2rad(18.0) > 2.0 * agreed.likely_yaw_rad


def test_an_unknown_roll_is_reckoned_with() -> None:
    unknown = View(label=ViewLabel.SIDE, yaw_rad=0.0, yaw_se_rad=0.1, accepted=True)
    assert np.deg2rad(3.0) < unknown.likely_roll_rad < np.deg2rad(6.0)
