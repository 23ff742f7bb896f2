from __future__ import annotations

import numpy as np
import pytest

from primemover.load.follow import SEEN
from primemover.load.rim import ellipse_through, read_rim
from primemover.model.arrays import Pixels
from tests.unit.load.scene import disc

_CENTRE = np.array([101.37, 88.81])


def _picture(ratio: float, *, noise: float = 4.0, cover: int = 0, seed: int = 0) -> Pixels:
    """Draw a dark disc of half height 46.3 px on grey: 60 grey levels of contrast."""
    picture = np.full((190, 200, 3), 140, dtype=np.uint8)
    disc(picture, _CENTRE, np.array([46.3 * ratio, 46.3]), bright=80)
    picture[:cover] = 140
    noisy = picture[..., 0] + np.random.default_rng(seed).normal(0.0, noise, (190, 200))
    return np.clip(noisy, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("ratio", [1.0, 0.94, 0.82])
def test_a_rim_at_a_signal_to_noise_of_15_is_found_to_a_fifth_of_a_pixel(ratio: float) -> None:
    rim = read_rim(_picture(ratio), _CENTRE + np.array([7.0, -6.0]), np.array([45.0 * ratio, 45.0]))
    assert np.abs(rim.centre - _CENTRE).max() < 0.2
    assert rim.axes == pytest.approx([46.3 * ratio, 46.3], abs=0.3)
    assert rim.axes[0] / rim.axes[1] == pytest.approx(ratio, abs=0.01)
    assert rim.share > 0.9
    assert rim.se_px < 0.2


def test_a_rim_at_a_signal_to_noise_of_4_is_found_to_half_a_pixel() -> None:
    rim = read_rim(
        _picture(1.0, noise=15.0), _CENTRE + np.array([3.0, 2.0]), np.array([46.0, 46.0])
    )
    assert np.abs(rim.centre - _CENTRE).max() < 0.5


def test_half_a_rim_tells_its_share_and_still_the_centre() -> None:
    rim = read_rim(_picture(1.0, cover=89), _CENTRE + np.array([2.0, 3.0]), np.array([46.0, 46.0]))
    assert 0.35 < rim.share < 0.65
    assert np.abs(rim.centre - _CENTRE).max() < 1.0


def test_noise_alone_has_no_rim() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        grey = np.clip(rng.normal(120.0, 12.0, (190, 200)), 0, 255).astype(np.uint8)
        assert read_rim(grey, _CENTRE, np.array([46.0, 46.0])).share < SEEN


def test_a_rim_outside_the_picture_is_not_seen() -> None:
    grey = _picture(1.0)
    rim = read_rim(grey, np.array([900.0, 900.0]), np.array([46.0, 46.0]))
    assert rim.share == 0.0
    assert not np.isfinite(rim.se_px)


def test_points_on_an_ellipse_give_that_ellipse() -> None:
    angle = np.linspace(0.0, 2.0 * np.pi, 40, endpoint=False)
    points = _CENTRE + np.stack([30.0 * np.cos(angle), 40.0 * np.sin(angle)], axis=1)
    centre, axes = _CENTRE + np.array([2.0, -1.5]), np.array([32.0, 38.0])
    for _ in range(8):
        centre, axes = ellipse_through(points, np.ones(40), centre, axes, trust=0.0)
    assert centre == pytest.approx(_CENTRE, abs=1e-9)
    assert axes == pytest.approx([30.0, 40.0], abs=1e-9)
