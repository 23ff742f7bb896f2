from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.load.rim import ellipse_through, read_rim
from primemover.model.arrays import Floats, Pixels

_SIZE = 160


def _points(centre: Floats, axes: Floats) -> Floats:
    angle = np.linspace(0.0, 2.0 * np.pi, 48, endpoint=False) + 0.013
    wave = 1.0 + 0.01 * np.cos(5.0 * angle)  # not quite an ellipse
    points: Floats = centre + axes * wave[:, None] * np.stack(
        [np.cos(angle), np.sin(angle)], axis=1
    )
    return points


def _settle(points: Floats, centre: Floats, axes: Floats) -> tuple[Floats, Floats]:
    for _ in range(12):
        centre, axes = ellipse_through(points, np.ones(len(points)), centre, axes, trust=0.0)
    return centre, axes


def _disc(x: float, y: float, a: float, b: float, seed: int) -> Pixels:
    fine = (np.arange(_SIZE * 4) + 0.5) / 4.0 - 0.5
    inside = np.hypot((fine[None, :] - x) / a, (fine[:, None] - y) / b) <= 1.0
    share = inside.reshape(_SIZE, 4, _SIZE, 4).mean(axis=(1, 3))
    noise = np.random.default_rng(seed).normal(0.0, 2.0, (_SIZE, _SIZE))
    grey: Pixels = np.clip(150.0 - 70.0 * share + noise, 0, 255).astype(np.uint8)
    return grey


_place = st.floats(-300.0, 300.0)
_half = st.floats(20.0, 60.0)


@given(x=_place, y=_place, a=_half, b=_half, dx=_place, dy=_place)
def test_moved_points_move_the_ellipse_and_nothing_else(
    x: float, y: float, a: float, b: float, dx: float, dy: float
) -> None:
    centre, axes, move = np.array([x, y]), np.array([a, b]), np.array([dx, dy])
    here = _settle(_points(centre, axes), centre, axes)
    there = _settle(_points(centre, axes) + move, centre + move, axes)
    np.testing.assert_allclose(there[0], here[0] + move, atol=1e-6)
    np.testing.assert_allclose(there[1], here[1], atol=1e-6)


@given(a=_half, b=_half, factor=st.floats(0.2, 5.0))
def test_scaled_points_scale_the_ellipse(a: float, b: float, factor: float) -> None:
    centre, axes = np.array([7.0, -3.0]), np.array([a, b])
    here = _settle(_points(centre, axes), centre, axes)
    there = _settle(factor * _points(centre, axes), factor * centre, factor * axes)
    np.testing.assert_allclose(there[0], factor * here[0], rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(there[1], factor * here[1], rtol=1e-7)


@settings(max_examples=25, deadline=None)
@given(
    x=st.floats(70.0, 90.0),
    y=st.floats(70.0, 90.0),
    ratio=st.floats(0.8, 1.0),
    off=st.floats(-6.0, 6.0),
    seed=st.integers(0, 1000),
)
def test_a_mirrored_picture_gives_the_mirrored_rim(
    x: float, y: float, ratio: float, off: float, seed: int
) -> None:
    grey = _disc(x, y, 40.0 * ratio, 40.0, seed)
    axes = np.array([40.0 * ratio, 40.0])
    rim = read_rim(grey, np.array([x + off, y - off]), axes)
    mirrored = np.ascontiguousarray(grey[:, ::-1])
    twin = read_rim(mirrored, np.array([_SIZE - 1 - x - off, y - off]), axes)
    assert abs(twin.centre[0] - (_SIZE - 1 - rim.centre[0])) < 0.15
    assert abs(twin.centre[1] - rim.centre[1]) < 0.15
    assert np.abs(twin.axes - rim.axes).max() < 0.2
    assert abs(rim.centre[0] - x) < 0.3
    assert abs(rim.centre[1] - y) < 0.3
