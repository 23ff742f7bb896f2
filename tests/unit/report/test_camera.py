from __future__ import annotations

import math
from dataclasses import replace

import pytest

from primemover.model.trial import Trial
from primemover.model.view import View, ViewLabel
from primemover.report.camera import camera_line
from tests.unit.report import sample

NAN = math.nan


def filmed(
    yaw_deg: float, pitch_deg: float, roll_deg: float, label: ViewLabel = ViewLabel.SIDE
) -> Trial:
    """Return a deadlift filmed so, with standard errors of 5, 2 and 1 deg."""
    view = View(
        label=label,
        yaw_rad=math.radians(yaw_deg),
        yaw_se_rad=math.radians(5.0),
        accepted=True,
        pitch_rad=math.radians(pitch_deg),
        pitch_se_rad=math.radians(2.0),
        roll_rad=math.radians(roll_deg),
        roll_se_rad=math.radians(1.0),
    )
    return replace(sample.deadlift_trial(1), view=view)


@pytest.mark.parametrize(
    ("angles_deg", "stood", "levelled"),
    [
        (
            (4.0, -3.0, 1.0),
            ", towards your front, looked",
            "3 ± 2° down and was tilted 1 ± 1° clock",
        ),
        (
            (-4.0, 3.0, -2.0),
            ", towards your back, looked",
            "3 ± 2° up and was tilted 2 ± 1° anticl",
        ),
        ((0.3, -0.4, 0.2), ", looked", "level (0 ± 2°) and was not tilted (0 ± 1°)."),
    ],
)
def test_a_line_says_the_cameras_yaw_pitch_and_roll_with_their_errors(
    angles_deg: tuple[float, float, float], stood: str, levelled: str
) -> None:
    line = camera_line(filmed(*angles_deg))
    size = f"{abs(angles_deg[0]):.0f} ± 5°"
    assert line.startswith(f"The camera stood {size} off the exact side view{stood} {levelled}")


@pytest.mark.parametrize(
    ("angles_deg", "end"),
    [
        ((4.0, NAN, NAN), "towards your front. How level it was could not be read."),
        ((4.0, NAN, 2.0), "clockwise. Whether it looked up or down could not be read."),
        ((4.0, 2.0, NAN), "2 ± 2° up. Whether it was tilted could not be read."),
        ((NAN, 1.0, 2.0), "clockwise. Where it stood could not be read."),
        ((NAN, NAN, NAN), "Where the camera stood and how level it was could not be read."),
    ],
)
def test_what_could_not_be_read_of_the_camera_is_said(
    angles_deg: tuple[float, float, float], end: str
) -> None:
    line = camera_line(filmed(*angles_deg))
    assert line.endswith(end)
    assert "nan" not in line


def test_a_seated_test_is_told_against_the_front_view() -> None:
    line = camera_line(sample.hip_trial())
    assert line.startswith("The camera stood 3 ± 4° off the exact front view. How")


def test_a_wrong_view_has_its_line_too() -> None:
    line = camera_line(filmed(52.0, NAN, NAN, ViewLabel.OBLIQUE))
    assert line.startswith("The camera stood 52 ± 5° off the exact side view, towards your front.")


def test_a_typed_test_has_no_camera() -> None:
    assert camera_line(replace(sample.hip_trial(), view=None)) == ""
