"""A tilted camera is named, and widens what is told against the vertical."""

from dataclasses import replace

import numpy as np
import pytest

from primemover.exam.camera_level import (
    level_check,
    too_tilted,
    widened_bar,
    widened_inclinations,
)
from primemover.model.check import CheckStatus
from primemover.model.series import Series
from primemover.model.view import View, ViewLabel

LEVEL = View(
    label=ViewLabel.SIDE,
    yaw_rad=0.0,
    yaw_se_rad=0.05,
    accepted=True,
    roll_rad=0.0,
    roll_se_rad=np.deg2rad(1.0),
)


def rolled(roll_deg: float) -> View:
    return replace(LEVEL, roll_rad=np.deg2rad(roll_deg))


def curve(name: str, value: float, se: float, unit: str = "rad") -> Series:
    return Series(
        id=name, unit=unit, time_s=np.arange(4.0), value=np.full(4, value), se=np.full(4, se)
    )


@pytest.mark.parametrize(
    ("roll_deg", "status"),
    [
        (0.0, CheckStatus.PASSED),
        (-2.9, CheckStatus.PASSED),
        (4.0, CheckStatus.WARNING),
        (-9.0, CheckStatus.WARNING),
        (11.0, CheckStatus.FAILED),
    ],
)
def test_the_roll_is_judged(roll_deg: float, status: CheckStatus) -> None:
    check = level_check(rolled(roll_deg))
    assert (check.id, check.status) == ("camera_level", status)
    assert f"{abs(roll_deg):.0f} ± 1°" in check.detail
    assert ("set the phone level" in check.detail) is (status is not CheckStatus.PASSED)


def test_the_way_of_the_tilt_is_told_as_seen_from_behind_the_camera() -> None:
    assert "clockwise" in level_check(rolled(5.0)).detail.split()
    assert "anticlockwise" in level_check(rolled(-5.0)).detail.split()


def test_a_camera_that_looks_far_up_or_down_is_warned_of() -> None:
    up = level_check(replace(LEVEL, pitch_rad=np.deg2rad(15.0)))
    down = level_check(replace(LEVEL, pitch_rad=np.deg2rad(-15.0)))
    assert up.status is down.status is CheckStatus.WARNING
    assert "looks up" in up.detail
    assert "looks down" in down.detail
    assert level_check(replace(LEVEL, pitch_rad=np.deg2rad(8.0))).status is CheckStatus.PASSED


def test_an_unknown_roll_is_not_checked_and_not_refused() -> None:
    unknown = rolled(np.nan)
    assert level_check(unknown).status is CheckStatus.NOT_CHECKED
    assert not too_tilted(unknown)


def test_inclinations_against_the_vertical_get_the_roll_into_their_error() -> None:
    series = {
        name: curve(name, 0.5, 0.03)
        for name in ("trunk_inclination", "ankle_dorsiflexion", "knee_flexion")
    }
    widened = widened_inclinations(series, rolled(5.0))
    expected = np.sqrt(0.03**2 + np.deg2rad(5.0) ** 2 + np.deg2rad(1.0) ** 2)
    for name in ("trunk_inclination", "ankle_dorsiflexion"):
        assert widened[name].se == pytest.approx(expected)
        assert widened[name].value == pytest.approx(0.5)
    assert widened["knee_flexion"] is series["knee_flexion"]


def test_the_bar_drifts_in_a_rolled_picture_by_its_height_times_the_tangent() -> None:
    bar = {"bar_x": curve("bar_x", 0.1, 0.01, "m"), "bar_y": curve("bar_y", 0.8, 0.01, "m")}
    widened = widened_bar(bar, replace(rolled(6.0), roll_se_rad=0.0))
    assert widened["bar_x"].se == pytest.approx(np.hypot(0.01, 0.8 * np.tan(np.deg2rad(6.0))))
    assert widened["bar_y"] is bar["bar_y"]


def test_beyond_the_limit_nothing_is_told_against_the_vertical() -> None:
    far = rolled(14.0)
    bar = {"bar_x": curve("bar_x", 0.1, 0.01, "m"), "bar_y": curve("bar_y", 0.8, 0.01, "m")}
    assert np.isnan(widened_bar(bar, far)["bar_x"].value).all()
    angles = {"trunk_inclination": curve("trunk_inclination", 0.5, 0.03)}
    assert np.isnan(widened_inclinations(angles, far)["trunk_inclination"].value).all()
