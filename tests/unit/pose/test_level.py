"""A camera with a known tilt looks at rooms whose upright and level edges are known."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.model.arrays import Floats
from primemover.pose.level import combined, room_level

FOCAL = 0.85  # long sides, the lens that the estimate assumes
UPRIGHTS = [(x, depth) for x in (-1.6, -0.9, -0.3, 0.4, 1.1, 1.7) for depth in (3.0, 4.5)]


def camera(*, pitch_rad: float, roll_rad: float) -> Floats:
    """Return the rows right, down, forward of a camera: pitched up, then turned clockwise."""
    up = np.array([[1, 0, 0], [0, np.cos(pitch_rad), np.sin(pitch_rad)],
                   [0, -np.sin(pitch_rad), np.cos(pitch_rad)]])  # fmt: skip
    over = np.array([[np.cos(roll_rad), np.sin(roll_rad), 0],
                     [-np.sin(roll_rad), np.cos(roll_rad), 0], [0, 0, 1]])  # fmt: skip
    axes: Floats = over @ up
    return axes


def seen(segments: Sequence[tuple[tuple[float, ...], tuple[float, ...]]], axes: Floats) -> Floats:
    """Return pictures (N, 2, 2) of segments, x right, y DOWN, z away from the camera."""
    there = np.array(segments) @ axes.T
    ends: Floats = FOCAL * there[..., :2] / there[..., 2:]
    return ends


def room(axes: Floats, *, uprights: int = len(UPRIGHTS)) -> Floats:
    return seen([((x, -0.9, depth), (x, 0.5, depth)) for x, depth in UPRIGHTS[:uprights]], axes)


@settings(max_examples=40, deadline=None)
@given(pitch_deg=st.floats(-12.0, 12.0), roll_deg=st.floats(-9.0, 9.0))
def test_upright_edges_tell_roll_and_pitch(pitch_deg: float, roll_deg: float) -> None:
    axes = camera(pitch_rad=np.deg2rad(pitch_deg), roll_rad=np.deg2rad(roll_deg))
    level = room_level([room(axes)])
    assert np.rad2deg(level.roll_rad) == pytest.approx(roll_deg, abs=0.3)
    assert np.rad2deg(level.pitch_rad) == pytest.approx(pitch_deg, abs=0.8)
    assert 0.0 < level.roll_se_rad < np.deg2rad(1.5)


def test_a_camera_turned_clockwise_makes_uprights_lean_to_the_left() -> None:
    ends = room(camera(pitch_rad=0.0, roll_rad=np.deg2rad(5.0)))
    top, foot = ends[:, 0], ends[:, 1]
    assert (top[:, 1] < foot[:, 1]).all()
    assert (top[:, 0] < foot[:, 0]).all()
    assert room_level([ends]).roll_rad > 0.0


def test_an_unknown_lens_widens_the_pitch_and_hardly_the_roll() -> None:
    level = room_level([room(camera(pitch_rad=np.deg2rad(12.0), roll_rad=0.0))])
    straight = room_level([room(camera(pitch_rad=0.0, roll_rad=0.0))])
    assert level.pitch_se_rad > straight.pitch_se_rad + np.deg2rad(1.0)
    assert level.roll_se_rad == pytest.approx(straight.roll_se_rad, rel=0.2)


@pytest.mark.parametrize("seed", range(5))
def test_clutter_is_outvoted(seed: int) -> None:
    random = np.random.default_rng(seed)
    true = room(camera(pitch_rad=np.deg2rad(4.0), roll_rad=np.deg2rad(-3.0)))
    middle = random.uniform(-0.5, 0.5, size=(25, 2))
    angle = random.uniform(0.0, np.pi, size=25)
    half = 0.05 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    clutter = np.stack([middle - half, middle + half], axis=1)
    level = room_level([np.concatenate([true, clutter])])
    off_rad = abs(level.roll_rad - np.deg2rad(-3.0))
    assert off_rad < 3.0 * level.roll_se_rad
    assert off_rad < np.deg2rad(1.5)


def test_level_edges_alone_tell_the_roll_with_a_larger_error() -> None:
    axes = camera(pitch_rad=0.0, roll_rad=np.deg2rad(4.0))
    ends = seen([((-1.5, y, 4.0), (1.0, y, 4.0)) for y in (-1.0, -0.4, 0.3, 0.9)], axes)
    level = room_level([ends])
    assert np.rad2deg(level.roll_rad) == pytest.approx(4.0, abs=0.3)
    assert level.roll_se_rad > np.deg2rad(2.0)
    assert np.isnan(level.pitch_rad)
    assert level.why


def test_too_few_edges_leave_the_tilt_unknown_with_a_reason() -> None:
    for ends in (np.empty((0, 2, 2)), room(camera(pitch_rad=0.0, roll_rad=0.1), uprights=2)):
        level = room_level([ends])
        assert np.isnan([level.roll_rad, level.roll_se_rad, level.pitch_rad]).all()
        assert "Too few" in level.why
    assert np.isnan(room_level([]).roll_rad)


def test_edges_of_what_moves_are_left_out() -> None:
    still = room(camera(pitch_rad=0.0, roll_rad=0.0))
    leaning = np.array([[[0.1, -0.3], [0.2, 0.3]]])
    pictures = [
        np.concatenate([still, leaning + np.array([0.03 * n + 0.004 * k, 0.0])[None, None]])
        for k, n in enumerate(range(6))
    ]
    crowd = [np.concatenate([one] + [leaning + 0.011 * (k + 7 * n) for n in range(9)])
             for k, one in enumerate(pictures)]  # fmt: skip
    assert np.rad2deg(room_level(crowd).roll_rad) == pytest.approx(0.0, abs=0.2)


def test_more_pictures_of_the_same_edges_are_no_more_witnesses() -> None:
    ends = room(camera(pitch_rad=0.0, roll_rad=0.05))
    assert room_level([ends] * 6).roll_se_rad == pytest.approx(
        room_level([ends] * 2).roll_se_rad, rel=0.05
    )


def test_witnesses_are_weighed_by_their_errors_and_their_disagreement_counts() -> None:
    assert combined([(1.0, 1.0), (3.0, 1.0)]) == pytest.approx((2.0, 1.0))
    assert combined([(1.0, 1.0), (np.nan, np.nan)]) == (1.0, 1.0)
    value, se = combined([(0.0, 0.1), (10.0, 0.1)])
    assert (value, se) == pytest.approx((5.0, 5.0))
    assert np.isnan(combined([])).all()
