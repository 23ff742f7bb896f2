from __future__ import annotations

import numpy as np
import pytest

from primemover.load.floor import load_held
from primemover.model.arrays import Floats, Mask
from primemover.model.loadtrack import LoadKind, LoadTrack, Scale
from primemover.model.pose import Landmark, PoseTrack
from tests.unit.load.scene import FEET_Y, person, track_of

_M_PER_PX = 0.005
_RADIUS_PX = 45.0
_RATE_HZ = 30.0


def _plate(up_m: Floats, *, rest_y: float = FEET_Y - _RADIUS_PX) -> LoadTrack:
    count = up_m.size
    y = rest_y - up_m / _M_PER_PX
    return LoadTrack(
        kind=LoadKind.PLATE,
        xy_px=np.stack([np.full(count, 240.0), y], axis=1),
        se_px=np.full(count, 0.3),
        axes_px=np.full((count, 2), _RADIUS_PX),
        lost=np.zeros(count, dtype=np.bool_),
        confidence=0.8,
        scale=Scale(m_per_px=_M_PER_PX, se_m_per_px=0.0001, source="plate"),
    )


def _hands(pose: PoseTrack) -> LoadTrack:
    xy = pose.xy_px[:, Landmark.LEFT_WRIST]
    return LoadTrack(
        kind=LoadKind.HANDS,
        xy_px=xy,
        se_px=np.full(len(xy), 4.0),
        axes_px=np.full(xy.shape, np.nan),
        lost=np.zeros(len(xy), dtype=np.bool_),
        confidence=0.0,
        scale=Scale(m_per_px=_M_PER_PX, se_m_per_px=0.0003, source="height"),
    )


def _pose(count: int) -> PoseTrack:
    return track_of(np.repeat(person(np.array([240.0, 300.0]))[None], count, axis=0))


def _two_lifts() -> tuple[Floats, Mask]:
    """Height above the floor in metres, and where it is above 1 cm."""
    frame = np.arange(260)
    knots = [0, 40, 65, 80, 105, 140, 165, 180, 205, 259]
    up = np.interp(frame, knots, [0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0])
    return up, up > 0.01


def test_a_plate_is_held_from_lift_off_to_touch_down() -> None:
    up, truth = _two_lifts()
    up = up + np.random.default_rng(2).normal(0.0, 0.001, up.size)
    held = load_held(_plate(up), _pose(up.size))
    assert np.count_nonzero(held != truth) <= 8  # two frames at each of four instants


def test_frames_in_which_the_plate_is_lost_take_the_level_of_their_neighbours() -> None:
    up, truth = _two_lifts()
    track = _plate(up)
    track.xy_px[70:76] = np.nan
    track.lost[70:76] = True
    held = load_held(track, _pose(up.size))
    assert held[70:76].all()
    assert np.count_nonzero(held != truth) <= 8


def test_a_bar_on_blocks_rests_there() -> None:
    up, truth = _two_lifts()
    blocks = FEET_Y - _RADIUS_PX - 0.15 / _M_PER_PX
    held = load_held(_plate(up, rest_y=blocks), _pose(up.size))
    assert np.count_nonzero(held != truth) <= 8


def test_a_romanian_deadlift_that_never_comes_near_the_floor_is_held_throughout() -> None:
    up, _ = _two_lifts()
    held = load_held(_plate(up, rest_y=FEET_Y - _RADIUS_PX - 0.40 / _M_PER_PX), _pose(up.size))
    assert held.all()


def test_a_plate_in_a_rack_is_not_held_until_a_hand_is_near_it() -> None:
    frame = np.arange(200)
    up = np.interp(frame, [0, 60, 80, 120, 150, 199], [0.6, 0.6, 0.6, 0.0, 0.6, 0.6])
    plate = _plate(up, rest_y=FEET_Y - _RADIUS_PX - 0.10 / _M_PER_PX)
    reaching = np.interp(frame, [0, 30, 50], [80.0, 80.0, 0.0])[:, None] * np.array([0.0, -1.0])
    people = np.stack([person(xy) for xy in plate.xy_px + reaching])
    held = load_held(plate, track_of(people))
    assert not held[:30].any()
    assert held[50:118].all()


def test_a_bar_that_only_wobbles_on_the_floor_is_not_held() -> None:
    up = 0.004 * np.sin(np.arange(200) / 7.0)
    assert not load_held(_plate(up), _pose(up.size)).any()


def test_hands_that_waved_before_the_first_grip_are_empty_until_then() -> None:
    frame = np.arange(260)
    knots = [0, 20, 40, 60, 80, 105, 120, 145, 160, 185, 200, 225, 259]
    lift = [115, 115, 115, 0, 0, 100, 100, 0, 0, 100, 100, 0, 0]
    hand_y = 330.0 - np.interp(frame, knots, lift)
    people = np.stack([person(np.array([240.0, y])) for y in hand_y])
    people[5:30, Landmark.RIGHT_WRIST, 1] = 150.0  # one arm in the air
    held = load_held(_hands(track_of(people)), track_of(people))
    assert not held[:40].any()
    assert held[110:118].all()
    assert held[190:198].all()
    assert not held[150:158].any()


def test_hands_that_never_waved_may_have_been_loaded_from_the_start() -> None:
    frame = np.arange(200)
    knots = [0, 40, 60, 80, 105, 140, 165, 199]
    hand_y = 330.0 - np.interp(frame, knots, [100, 100, 0, 0, 100, 100, 0, 0])
    people = np.stack([person(np.array([240.0, y])) for y in hand_y])
    held = load_held(_hands(track_of(people)), track_of(people))
    assert held[:40].all()


@pytest.mark.parametrize("kind", list(LoadKind))
def test_a_load_that_was_never_seen_counts_as_held(kind: LoadKind) -> None:
    lost = LoadTrack(
        kind=kind,
        xy_px=np.full((50, 2), np.nan),
        se_px=np.full(50, np.nan),
        axes_px=np.full((50, 2), np.nan),
        lost=np.ones(50, dtype=np.bool_),
        confidence=0.0,
        scale=None,
    )
    assert load_held(lost, _pose(50)).all()
