from __future__ import annotations

import math

import numpy as np
import pytest

from primemover.errors import QualityError
from primemover.model.outline import DorsalLine, Readability, ZeroPosture
from primemover.model.view import View, ViewLabel
from primemover.outline.angles import back_angles, tangents
from primemover.outline.correction import Correction
from primemover.outline.dorsal import trace_back
from primemover.outline.tangent import Lean, on_the_pelvis
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
    assert read.thoracolumbar_rad == pytest.approx(tilt - disc.lean_at(middle), abs=HALF_DEG)
    assert read.upper_thoracic_rad == pytest.approx(tilt - disc.lean_at(top), abs=HALF_DEG)


@pytest.mark.parametrize("radius", [0.9, 1.2, 2.0])
def test_the_pelvis_lies_between_the_trunks_frame_and_its_own(radius: float) -> None:
    disc = Disc(behind=0.2 - radius, radius=radius)
    silhouettes, pose = draw(Scene(disc=disc))

    read = on_the_pelvis(trace_back(silhouettes, pose), SACRAL)

    sacral = 0.5 * (SACRAL.low + SACRAL.high)
    own, trunk = (disc.followed_lean(sacral, share=share) for share in (1.0, 0.0))
    low, high = min(own, trunk) - HALF_DEG, max(own, trunk) + HALF_DEG
    assert np.all((read.value_rad >= low) & (read.value_rad <= high))
    assert np.all(np.abs(read.value_rad - own) < 1.96 * read.se_rad)


def test_a_buttock_round_about_the_hips_has_a_large_error_and_a_flat_one_a_small() -> None:
    round_ = _pelvis_of(Disc(along=0.0, behind=0.0, radius=0.3))
    flat = _pelvis_of(Disc(along=0.05, behind=-2.75, radius=3.0))

    assert np.all(round_.se_rad > math.radians(9.0))
    assert np.all(flat.se_rad < math.radians(4.5))
    # Not knowing, it stays near the trunk's frame, where the tangent is the circle's at the zone.
    middle = 0.5 * (SACRAL.low + SACRAL.high)
    assert np.all(np.abs(round_.value_rad + math.asin(middle / 0.3)) < round_.se_rad)


def test_a_landmark_that_slips_along_a_round_buttock_stays_within_the_stated_error() -> None:
    still = _pelvis_of(Disc(along=0.0, behind=-0.1, radius=0.45))
    slipped = _pelvis_of(Disc(along=0.05, behind=-0.1, radius=0.45))

    moved = np.abs(slipped.value_rad - still.value_rad)
    assert np.all(moved > math.radians(2.0))
    assert np.all(moved < 1.96 * still.se_rad)


def _pelvis_of(buttock: Disc) -> Lean:
    """Return the pelvis's lean of a back whose lower end is `buttock`."""
    station = np.linspace(-0.40, 1.15, 156)
    height = buttock.radius**2 - (station - buttock.along) ** 2
    offset = np.where(height > 0.0, buttock.behind + np.sqrt(np.maximum(height, 0.0)), np.nan)
    line = DorsalLine(
        time_s=np.array([0.0, 0.1]),
        station=station,
        xy_px=np.zeros((2, station.size, 2)),
        offset=np.stack([offset, offset]),
        reason=(Readability.READ, Readability.READ),
        residual=np.full(2, 0.005),
        pixel=np.full(2, 0.02),
    )
    return on_the_pelvis(line, SACRAL)


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
