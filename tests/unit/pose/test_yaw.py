"""The camera's yaw from what tells a turned body."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.errors import PrimeMoverError
from primemover.model.cleaned import CleanPose
from primemover.pose.clean import clean
from primemover.pose.yaw import (
    FEATURES,
    YawModel,
    estimate_yaw,
    plain_yaw_rad,
    view_features,
    yaw_from_features,
)
from primemover.pose.yaw_model import model_from_text, model_to_text, shipped_yaw_model
from tests.unit.pose.turned import filmed


def pose_of(
    yaw_deg: float, *, scale: float = 200.0, facing: int = 1, lean_deg: float = 0.0
) -> CleanPose:
    return clean(filmed(yaw_deg, scale=scale, facing=facing, lean_deg=lean_deg))


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("yaw_deg", [-20.0, 0.0, 20.0])
def test_directions_are_positive_with_the_camera_towards_the_front(
    yaw_deg: float, facing: int
) -> None:
    pose = pose_of(yaw_deg, facing=facing)
    assert pose.forward == facing
    features = dict(zip(FEATURES, view_features(pose), strict=True))
    for name in ("turn_rad", "hips_rad", "shoulders_rad"):
        assert np.rad2deg(features[name]) == pytest.approx(yaw_deg, abs=1e-6)
    for name in ("hips_apart", "shoulders_apart"):
        assert np.sign(np.round(features[name], 9)) == np.sign(yaw_deg)


@settings(max_examples=20, deadline=None)
@given(yaw_deg=st.floats(-35.0, 35.0), scale=st.floats(60.0, 300.0))
def test_scale_and_mirroring_drop_out(yaw_deg: float, scale: float) -> None:
    seen = view_features(pose_of(yaw_deg))
    assert view_features(pose_of(yaw_deg, scale=scale, facing=-1)) == pytest.approx(seen, abs=1e-9)


@pytest.mark.parametrize("yaw_deg", [-30.0, -15.0, 0.0, 15.0, 30.0])
def test_the_shipped_model_reads_a_drawn_person_within_three_errors(yaw_deg: float) -> None:
    yaw, se = estimate_yaw(pose_of(yaw_deg), shipped_yaw_model())
    assert abs(np.rad2deg(yaw) - yaw_deg) < 3.0 * np.rad2deg(se)
    assert abs(np.rad2deg(yaw) - yaw_deg) < 12.0
    assert 0.0 < np.rad2deg(se) < 12.0


def test_who_never_stands_upright_or_shows_the_front_gets_the_plain_formula() -> None:
    for pose in (pose_of(10.0, lean_deg=60.0), pose_of(80.0)):
        assert not np.isfinite(view_features(pose)).any()
        yaw, se = estimate_yaw(pose, shipped_yaw_model())
        assert (yaw, se) == (plain_yaw_rad(pose), pose.turn_se_rad)


def plain_mean() -> YawModel:
    ones = np.ones(len(FEATURES))
    return YawModel(
        source="drawn",
        slope=ones,
        constant_rad=0.0 * ones,
        weights=ones / ones.size,
        offset_rad=0.0,
        spread_rad=0.02,
        se_rad=0.05,
        se_share=0.1,
    )


def test_the_error_grows_with_the_yaw_and_where_the_witnesses_disagree() -> None:
    model = plain_mean()
    agreeing = np.full(len(FEATURES), 0.2)
    assert yaw_from_features(agreeing, model) == pytest.approx((0.2, 0.07))
    torn = agreeing + np.array([0.3, -0.3, 0.3, -0.3, 0.0])
    yaw, se = yaw_from_features(torn, model)
    assert yaw == pytest.approx(0.2)
    assert se == pytest.approx(np.sqrt(0.07**2 + 0.36 / 5 - 0.02**2))


def test_the_file_gives_the_model_back_and_knows_its_hash() -> None:
    shipped = shipped_yaw_model()
    again = model_from_text(model_to_text(shipped))
    assert again.sha256 == shipped.sha256
    assert again.weights == pytest.approx(shipped.weights)
    assert (again.source, again.se_rad) == (shipped.source, shipped.se_rad)


def test_a_file_that_was_changed_by_hand_is_refused() -> None:
    text = model_to_text(replace(shipped_yaw_model(), source="honest"))
    with pytest.raises(PrimeMoverError, match="does not match its own hash"):
        model_from_text(text.replace("honest", "better"))
