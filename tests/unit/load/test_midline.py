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


@pytest.mark.parametrize("lens", [1.10, 1.18, 1.28])
def test_the_plates_travel_against_the_hands_tells_how_much_nearer_it_is(lens: float) -> None:
    body, plate, _ = _scene(lens, noise=2.0)
    value, se = magnification(plate, body)
    assert value == pytest.approx(lens, abs=2.0 * se)
    assert se < 0.07


def test_without_a_lift_the_usual_distance_is_taken_with_its_wide_error() -> None:
    body, plate, _ = _scene(1.3, noise=0.0)
    value, se = magnification(np.repeat(plate[:1], len(plate), axis=0), body)
    assert value == pytest.approx(1.18)
    assert se == pytest.approx(0.07)


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
