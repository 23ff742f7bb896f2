"""A person's own proportions tell when landmarks have run off."""

import numpy as np
import pytest

from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseFrame
from primemover.pose.proportions import Proportions, lengths_px

JOINTS = ("SHOULDER", "HIP", "KNEE", "ANKLE")


def drawn(*points: tuple[float, float]) -> PoseFrame:
    """Return a pose whose shoulder, hip, knee and ankle midpoints lie at the points."""
    xy_px = np.zeros((LANDMARK_COUNT, 2))
    for name, point in zip(JOINTS, points, strict=True):
        for side, aside in (("LEFT", -3.0), ("RIGHT", 3.0)):
            xy_px[Landmark[f"{side}_{name}"]] = np.array(point) + np.array([aside, 0.0])
    return PoseFrame(
        xy_px=xy_px,
        depth_px=np.zeros(LANDMARK_COUNT),
        visibility=np.ones(LANDMARK_COUNT),
        presence=1.0,
        world_m=np.zeros((LANDMARK_COUNT, 3)),
        silhouette_logits=None,
        crop_to_frame=np.eye(2, 3),
    )


STANDING = drawn((100.0, 100.0), (100.0, 200.0), (100.0, 290.0), (100.0, 380.0))
HINGED = drawn((190.0, 160.0), (100.0, 200.0), (110.0, 290.0), (100.0, 380.0))
# The hands were taken for the hips: just above the knees, below the shoulders.
RUN_OFF = drawn((190.0, 160.0), (170.0, 265.0), (150.0, 290.0), (100.0, 380.0))


@pytest.fixture
def known() -> Proportions:
    own = Proportions()
    for _ in range(5):
        own.learn(STANDING)
    return own


def test_lengths_are_those_between_midpoints() -> None:
    assert lengths_px(STANDING) == pytest.approx([100.0, 90.0, 90.0])


def test_nothing_is_strange_before_the_person_was_seen_upright() -> None:
    own = Proportions()
    own.learn(HINGED)
    assert own.strangeness(RUN_OFF) == 0.0


def test_a_hinge_keeps_the_lengths_and_is_not_strange(known: Proportions) -> None:
    assert known.strangeness(HINGED) < 0.3


def test_hips_drawn_at_the_hands_are_strange(known: Proportions) -> None:
    assert known.strangeness(RUN_OFF) > 1.0


def test_strange_pictures_teach_nothing(known: Proportions) -> None:
    small = drawn((100.0, 100.0), (100.0, 150.0), (100.0, 195.0), (100.0, 240.0))
    for _ in range(100):
        known.learn(small)
    assert known.strangeness(STANDING) == pytest.approx(0.0)


def test_feet_that_are_suddenly_elsewhere_are_strange(known: Proportions) -> None:
    passer = drawn((220.0, 100.0), (220.0, 200.0), (220.0, 290.0), (220.0, 380.0))
    assert known.strangeness(passer) > 1.0
