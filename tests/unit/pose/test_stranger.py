"""Landmarks that a passer-by took along are left out; a person who stands elsewhere is not."""

from dataclasses import replace

import numpy as np
import pytest

from primemover.errors import QualityError
from primemover.exam.framing import check_tracking
from primemover.model.arrays import Floats
from primemover.model.pose import PoseTrack, Silhouettes
from primemover.pose.clean import clean
from primemover.pose.stranger import without_strangers
from tests.unit.pose.test_clean import standing_track

TRACK = standing_track()
TRUNK_PX = float(
    np.linalg.norm(TRACK.xy_px[0, [11, 12]].mean(axis=0) - TRACK.xy_px[0, [23, 24]].mean(axis=0))
)


def shifted(by_trunks: Floats) -> PoseTrack:
    """Return the standing person carried sideways by some trunk lengths, (T,)."""
    xy = TRACK.xy_px.copy()
    xy[:, :, 0] += by_trunks[:, None] * TRUNK_PX
    return replace(TRACK, xy_px=xy)


def after(start: float) -> Floats:
    """Return the seconds since a share of the film, 0 before it."""
    past: Floats = np.clip(TRACK.time_s - start * TRACK.time_s[-1], 0.0, None)
    return past


def test_who_walks_off_is_a_stranger() -> None:
    walked = 2.4 * after(0.7)
    left = without_strangers(shifted(walked))
    sure = walked > 1.3
    assert sure.any()
    assert not left.found[sure].any()
    assert left.found[walked < 0.9].all()
    assert left.presence[sure].max() == 0.0


def test_a_lift_stays_on_its_place() -> None:
    swayed = shifted(0.6 * np.sin(4.0 * TRACK.time_s))
    assert without_strangers(swayed) is swayed


def test_standing_elsewhere_before_walking_up_is_kept() -> None:
    time_s = TRACK.time_s
    up = shifted(np.interp(time_s, [0.0, 0.3 * time_s[-1], 0.36 * time_s[-1]], [3.0, 3.0, 0.0]))
    assert without_strangers(up).found[time_s < 0.2 * time_s[-1]].all()


def test_silhouettes_of_strangers_go_too() -> None:
    walked = 2.4 * after(0.7)
    every = np.arange(0, TRACK.time_s.size, 2)
    shown = Silhouettes(
        frame_index=every,
        logits_q=np.zeros((every.size, 256, 256), dtype=np.int8),
        crop_to_frame=np.zeros((every.size, 2, 3)),
    )
    left = without_strangers(replace(shifted(walked), silhouettes=shown))
    assert left.silhouettes is not None
    assert not (walked[left.silhouettes.frame_index] > 1.3).any()
    assert (walked[every] < 0.9).sum() <= left.silhouettes.frame_index.size < every.size


def test_who_only_walks_through_is_not_followed() -> None:
    pose = clean(shifted(1.5 * TRACK.time_s))
    with pytest.raises(QualityError, match="followed in only"):
        check_tracking(pose)
