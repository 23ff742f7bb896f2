from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.model.outline import BackAngles
from primemover.outline.angles import back_angles
from primemover.outline.dorsal import trace_back
from tests.unit.outline.figures import HIP_PX, Disc, Scene, draw

RADII = st.floats(0.9, 2.5)
TILTS = st.floats(math.radians(-10.0), math.radians(80.0))
TENTH_DEG = math.radians(0.1)
HALF_DEG = math.radians(0.5)


def _read(scene: Scene) -> BackAngles:
    silhouettes, pose = draw(scene)
    return back_angles(trace_back(silhouettes, pose), pose, None)


def _scene(radius: float, tilt_rad: float, *, forward: int = 1, scale: float = 1.0) -> Scene:
    return Scene(
        tilt_rad=np.full(3, tilt_rad),
        disc=Disc(behind=0.2 - radius, radius=radius),
        forward=forward,
        scale=scale,
        hip_px=scale * HIP_PX,
    )


@settings(max_examples=15, deadline=None)
@given(radius=RADII, tilt=TILTS)
def test_a_mirrored_picture_gives_the_same_angles(radius: float, tilt: float) -> None:
    right, left = (_read(_scene(radius, tilt, forward=side)) for side in (1, -1))
    for name in ("pelvis_rad", "lumbar_rad", "thoracic_rad"):
        assert np.allclose(getattr(right, name), getattr(left, name), atol=HALF_DEG)


@settings(max_examples=15, deadline=None)
@given(radius=RADII, tilt=TILTS, scale=st.floats(0.3, 4.0))
def test_a_larger_picture_gives_the_same_angles(radius: float, tilt: float, scale: float) -> None:
    small, large = _read(_scene(radius, tilt)), _read(_scene(radius, tilt, scale=scale))
    for name in ("pelvis_rad", "lumbar_rad", "thoracic_rad"):
        assert np.allclose(getattr(small, name), getattr(large, name), atol=TENTH_DEG)


@settings(max_examples=15, deadline=None)
@given(radius=RADII, tilt=TILTS, roll=st.floats(math.radians(-25.0), math.radians(25.0)))
def test_a_turned_picture_turns_inclinations_and_leaves_flexions(
    radius: float, tilt: float, roll: float
) -> None:
    level, turned = _read(_scene(radius, tilt)), _read(_scene(radius, tilt + roll))
    assert np.allclose(turned.pelvis_rad - level.pelvis_rad, roll, atol=HALF_DEG)
    assert np.allclose(turned.lumbar_rad, level.lumbar_rad, atol=2.0 * HALF_DEG)
    assert np.allclose(turned.thoracic_rad, level.thoracic_rad, atol=HALF_DEG)


@settings(max_examples=20, deadline=None)
@given(radius=st.floats(1.2, 2.5), rounder=st.floats(0.75, 0.95))
def test_a_rounder_back_reads_more_lumbar_flexion(radius: float, rounder: float) -> None:
    flat = _read(_scene(radius, 0.5))
    round_ = _read(_scene(rounder * radius, 0.5))
    assert np.all(round_.lumbar_rad > flat.lumbar_rad)
