from __future__ import annotations

import math

import numpy as np
import pytest

from primemover.errors import QualityError
from primemover.model.outline import Readability, ZeroPosture
from primemover.model.view import View, ViewLabel
from primemover.outline.angles import back_angles, tangents
from primemover.outline.correction import Correction
from primemover.outline.dorsal import trace_back
from primemover.outline.tangent import _FOLLOWED
from primemover.outline.zones import SACRAL, THORACOLUMBAR, UPPER_THORACIC
from tests.unit.outline.figures import AXIS_PX, Disc, Scene, draw

HALF_DEG = math.radians(0.5)


@pytest.mark.parametrize("radius", [0.9, 1.2, 2.0])
@pytest.mark.parametrize("tilt_deg", [0.0, 35.0, 75.0])
def test_tangents_of_a_round_back_are_those_of_the_circle(radius: float, tilt_deg: float) -> None:
    disc = Disc(behind=0.2 - radius, radius=radius)
    tilt = math.radians(tilt_deg)
    silhouettes, pose = draw(Scene(tilt_rad=np.full(5, tilt), disc=disc))

    read = tangents(trace_back(silhouettes, pose), pose)

    middle = 0.5 * (THORACOLUMBAR.low + THORACOLUMBAR.high)
    top = 0.5 * (UPPER_THORACIC.low + UPPER_THORACIC.high)
    sacral = 0.5 * (SACRAL.low + SACRAL.high)
    expected = tilt - disc.followed_lean(sacral, share=_FOLLOWED)
    assert read.sacral_rad == pytest.approx(expected, abs=HALF_DEG)
    assert read.thoracolumbar_rad == pytest.approx(tilt - disc.lean_at(middle), abs=HALF_DEG)
    assert read.upper_thoracic_rad == pytest.approx(tilt - disc.lean_at(top), abs=HALF_DEG)


def test_lumbar_flexion_is_positive_when_the_back_is_round() -> None:
    silhouettes, pose = draw(Scene())

    angles = back_angles(trace_back(silhouettes, pose), pose, None)

    assert np.all(angles.lumbar_rad > math.radians(10.0))
    assert np.all(angles.thoracic_rad > math.radians(10.0))
    assert angles.readable.all()


def test_the_outline_lies_on_the_circle_to_a_twentieth_of_a_crop_pixel() -> None:
    silhouettes, pose = draw(Scene())

    line = trace_back(silhouettes, pose)

    disc = Disc()
    station = line.station[(line.station > 0.0) & (line.station < 1.0)]
    expected = disc.behind + np.sqrt(disc.radius**2 - (station - disc.along) ** 2)
    measured = line.offset[:, (line.station > 0.0) & (line.station < 1.0)]
    assert np.abs(measured - expected).max() < 0.05 * 2.0 / AXIS_PX


def test_angles_are_counted_from_the_zero_posture() -> None:
    silhouettes, pose = draw(Scene())
    line = trace_back(silhouettes, pose)
    absolute = back_angles(line, pose, None)
    zero = ZeroPosture(
        start_s=0.0,
        end_s=1.0,
        source="this_clip",
        pelvis_rad=0.1,
        thoracolumbar_rad=0.3,
        upper_thoracic_rad=0.6,
        se_rad=0.05,
    )

    counted = back_angles(line, pose, zero)

    assert counted.pelvis_rad == pytest.approx(absolute.pelvis_rad - 0.1)
    assert counted.lumbar_rad == pytest.approx(absolute.lumbar_rad - 0.2)
    assert counted.thoracic_rad == pytest.approx(absolute.thoracic_rad - 0.3)
    assert np.all(counted.lumbar_se_rad > absolute.lumbar_se_rad)


def test_a_correction_is_applied_to_the_change_and_brings_its_own_error() -> None:
    silhouettes, pose = draw(Scene())
    line = trace_back(silhouettes, pose)
    plain = back_angles(line, pose, None)
    correction = Correction(
        source="a test",
        lumbar_gain=1.25,
        pelvis_se_rad=0.0,
        lumbar_se_rad=0.5,
        thoracic_se_rad=0.0,
    )

    corrected = back_angles(line, pose, None, correction=correction)

    assert corrected.lumbar_rad == pytest.approx(1.25 * plain.lumbar_rad)
    assert corrected.pelvis_rad == pytest.approx(plain.pelvis_rad)
    assert np.all(corrected.lumbar_se_rad >= 0.5)
    assert np.all(corrected.pelvis_se_rad < plain.pelvis_se_rad)


def test_a_back_seen_from_in_front_is_refused_with_a_sentence() -> None:
    silhouettes, pose = draw(Scene(forward=1))
    front = type(pose)(
        **{name: getattr(pose, name) for name in pose.__slots__ if name != "forward"}, forward=0
    )

    with pytest.raises(QualityError, match="side"):
        trace_back(silhouettes, front)


def test_nothing_is_measured_from_an_oblique_view() -> None:
    silhouettes, pose = draw(Scene())
    view = View(label=ViewLabel.OBLIQUE, yaw_rad=math.radians(40.0), yaw_se_rad=0.1, accepted=False)

    angles = back_angles(trace_back(silhouettes, pose, view=view), pose, None)

    assert set(angles.reason) == {Readability.VIEW}
    assert not angles.readable.any()
    assert np.isnan(angles.lumbar_rad).all()
    assert np.isnan(angles.lumbar_se_rad).all()
