"""What the view check says of a film from the side."""

import numpy as np
import pytest

from primemover.exam.lift_checks import view_check
from primemover.model.check import CheckStatus
from primemover.model.view import View, ViewLabel


def side(yaw_deg: float, se_deg: float, *, accepted: bool = True) -> View:
    return View(
        label=ViewLabel.SIDE if accepted else ViewLabel.OBLIQUE,
        yaw_rad=np.deg2rad(yaw_deg),
        yaw_se_rad=np.deg2rad(se_deg),
        accepted=accepted,
        why="" if accepted else "Seen at an angle.",
    )


@pytest.mark.parametrize(
    ("yaw_deg", "se_deg", "status"),
    [
        (4.0, 4.0, CheckStatus.PASSED),
        (-14.0, 3.0, CheckStatus.WARNING),
        (2.0, 16.0, CheckStatus.WARNING),
    ],
)
def test_a_yaw_that_is_large_or_unsure_is_warned_of(
    yaw_deg: float, se_deg: float, status: CheckStatus
) -> None:
    assert view_check(side(yaw_deg, se_deg)).status is status


def test_the_sentence_says_how_far_off_and_towards_which_side() -> None:
    assert "14 ± 3° off the side, towards the person's back" in view_check(side(-14.0, 3.0)).detail
    failed = view_check(side(40.0, 5.0, accepted=False))
    assert failed.status is CheckStatus.FAILED
    assert "40 ± 5° off the side, towards the person's front" in failed.detail
