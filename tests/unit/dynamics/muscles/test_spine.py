import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.dynamics.muscles.spine import PLATE_ANGLE_RAD, disc_load

angles = st.floats(-1.5, 1.5)
forces = st.floats(-5000.0, 5000.0)


def test_standing_upright_the_weight_divides_by_the_plate_angle() -> None:
    compression, shear = disc_load(
        np.array([0.0, 500.0]), np.zeros(2), pelvis_tilt_rad=np.array(0.0)
    )
    assert compression == pytest.approx(500.0 * np.cos(PLATE_ANGLE_RAD))
    assert shear == pytest.approx(500.0 * np.sin(PLATE_ANGLE_RAD))


def test_bent_over_level_the_weight_only_shears_a_square_plate() -> None:
    compression, shear = disc_load(
        np.array([0.0, 500.0]),
        np.array([0.0, -3000.0]),  # muscles along the spine
        pelvis_tilt_rad=np.array(np.pi / 2.0),
        plate_angle_rad=0.0,
    )
    assert compression == pytest.approx(3000.0)
    assert shear == pytest.approx(500.0)


@given(x=forces, y=forces, px=forces, py=forces, tilt=angles, plate=angles)
def test_compression_and_shear_are_the_whole_force_and_turn_with_the_pelvis(
    x: float, y: float, px: float, py: float, tilt: float, plate: float
) -> None:
    def turned(by: float) -> tuple[float, float]:
        net = np.array([x * np.cos(by) + y * np.sin(by), y * np.cos(by) - x * np.sin(by)])
        compression, shear = disc_load(
            net,
            np.array([px, py]),
            pelvis_tilt_rad=np.array(tilt + by),
            plate_angle_rad=plate,
        )
        return float(compression), float(shear)

    here = turned(0.0)
    assert turned(0.7) == pytest.approx(here, abs=1e-6)
    sine, cosine = np.sin(tilt), np.cos(tilt)
    bone = np.hypot(x * cosine - y * sine - px, x * sine + y * cosine - py)
    assert np.hypot(*here) == pytest.approx(bone, abs=1e-6)
