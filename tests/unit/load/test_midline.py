from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from primemover.load.body import Body, body_of
from primemover.load.midline import in_the_midline, magnification
from primemover.load.scale import height_scale, plate_scale
from primemover.model.arrays import Floats
from tests.unit.load.scene import BODY_PX, person, track_of

_CAMERA = np.array([600.0, 240.0])  # principal point, far to the side


def _scene(lens: float, *, noise: float) -> tuple[Body, Floats, Floats]:
    """Draw a lift with a drift of the bar; return body, plate path and the truth in the midline."""
    lift = np.concatenate([np.zeros(20), np.linspace(0.0, 110.0, 60), np.full(20, 110.0)])
    bar = np.stack([240.0 + 0.1 * lift, 320.0 - lift], axis=1)
    people = np.stack([person(place - [0.0, 12.0]) for place in bar])
    people += np.random.default_rng(3).normal(0.0, noise, people.shape)
    return body_of(track_of(people)), _CAMERA + lens * (bar - _CAMERA), bar


@pytest.mark.parametrize("lens", [1.10, 1.18, 1.28, 1.36])
def test_the_plates_size_against_the_stature_tells_how_much_nearer_it_is(lens: float) -> None:
    body, _, _ = _scene(lens, noise=0.0)
    half_px = 0.5 * 0.45 * lens * BODY_PX / 1.70
    axes = np.full((100, 2), half_px)
    value, se = magnification(axes, body, diameter_m=0.45, height_m=1.70)
    assert value == pytest.approx(lens, abs=2.0 * se)
    assert abs(value - lens) < abs(1.22 - lens) or abs(lens - 1.22) < 0.05
    told, guessed = se, magnification(axes, body, diameter_m=0.45, height_m=None)[1]
    assert 0.02 < told < guessed < 0.07


@pytest.mark.parametrize("diameter_m", [None, 0.45])
def test_without_plate_size_the_usual_distance_is_taken_with_its_wide_error(
    diameter_m: float | None,
) -> None:
    body, _, _ = _scene(1.3, noise=0.0)
    nothing = np.full((100, 2), np.nan)
    value, se = magnification(nothing, body, diameter_m=diameter_m, height_m=1.70)
    assert value == pytest.approx(1.22)
    assert se == pytest.approx(0.07)


def test_hands_guessed_on_the_thigh_do_not_move_the_bar() -> None:
    body, plate, bar = _scene(1.2, noise=0.5)
    guessed = body.hand_px.copy()
    guessed[75:] += [-15.0, -60.0]  # at lockout, where the bar stays long, the plate hides them
    lost = replace(body, hand_px=guessed)
    path, _ = in_the_midline(plate, np.full(100, 0.3), lost, lens=1.2, lens_se=0.05)
    assert np.abs(path - bar).max() < 3.0


def test_a_plate_that_never_leaves_the_floor_is_not_carried_over() -> None:
    body, plate, _ = _scene(1.2, noise=0.5)
    still = np.repeat(plate[:1], len(plate), axis=0)
    path, error = in_the_midline(still, np.full(100, 0.3), body, lens=1.2, lens_se=0.05)
    assert np.isnan(path).all()
    assert np.isnan(error).all()


def test_the_plates_path_carried_to_the_midline_is_the_bars() -> None:
    body, plate, bar = _scene(1.2, noise=0.5)
    path, error = in_the_midline(plate, np.full(100, 0.3), body, lens=1.2, lens_se=0.05)
    assert np.abs(path - bar).max() < 1.5
    assert np.all(np.abs(path - bar) < 2.0 * error[:, None])
    # the plate itself is 70 px away from the bar: comparing it with the feet would be wrong
    assert np.abs(plate - bar)[:, 0].min() > 60.0


def test_the_scale_comes_from_the_vertical_axis_alone() -> None:
    round_ = plate_scale(np.full((20, 2), 45.0), 0.45)
    squeezed = plate_scale(np.tile([35.0, 45.0], (20, 1)), 0.45)
    assert round_.m_per_px == squeezed.m_per_px == pytest.approx(0.005)


def test_the_stature_gives_a_scale_with_a_wide_error() -> None:
    body, _, _ = _scene(1.2, noise=0.0)
    scale = height_scale(body, 1.65)
    assert scale is not None
    assert scale.m_per_px == pytest.approx(1.65 / BODY_PX, rel=1e-6)
    assert scale.se_m_per_px / scale.m_per_px >= 0.05
    assert height_scale(body, None) is None
    assert height_scale(replace(body, height_px=np.nan), 1.65) is None
