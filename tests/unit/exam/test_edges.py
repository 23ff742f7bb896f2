"""Silhouettes drawn against the picture's edges."""

from dataclasses import replace

import numpy as np
import pytest

from primemover.errors import QualityError
from primemover.exam.edges import cut_share
from primemover.exam.framing import check_framing, outside_shares, refuse_half_a_body
from primemover.model.check import CheckStatus
from primemover.model.pose import Silhouettes
from primemover.pose.clean import clean
from tests.unit.pose.test_clean import standing_track

FRAMES = 60
WIDTH_PX, HEIGHT_PX = 400, 500


def figure(top_px: float, bottom_px: float, *, frames: int = FRAMES) -> Silhouettes:
    """Return a column of a person between two heights of the picture, seen in a 512 px region."""
    scale, origin = 2.0, np.array([-56.0, -6.0])
    rows = origin[1] + scale * np.arange(256)
    columns = origin[0] + scale * np.arange(256)
    inside = (rows[:, None] >= top_px) & (rows[:, None] <= bottom_px)
    body = inside & (np.abs(columns[None, :] - 200.0) < 40.0)
    logits = np.where(body, 80, -80).astype(np.int8)
    affine = np.array([[scale, 0.0, origin[0]], [0.0, scale, origin[1]]])
    return Silhouettes(
        frame_index=np.arange(frames),
        logits_q=np.repeat(logits[None], frames, axis=0),
        crop_to_frame=np.repeat(affine[None], frames, axis=0),
    )


@pytest.mark.parametrize(
    ("top_px", "bottom_px", "head", "feet"),
    [(60, 440, 0.0, 0.0), (-10, 440, 1.0, 0.0), (60, 510, 0.0, 1.0), (-10, 510, 1.0, 1.0)],
)
def test_a_figure_that_fills_an_edge_is_cut_there(
    top_px: float, bottom_px: float, head: float, feet: float
) -> None:
    track = replace(standing_track(), silhouettes=figure(top_px, bottom_px))
    assert cut_share(track, top=True) == head
    assert cut_share(track, top=False) == feet


def test_without_silhouettes_nothing_is_known_to_be_cut() -> None:
    assert cut_share(standing_track(), top=True) == 0.0


def test_the_share_counts_frames() -> None:
    whole, cut = figure(60, 440, frames=45), figure(-10, 440, frames=15)
    both = Silhouettes(
        frame_index=np.arange(60),
        logits_q=np.concatenate([whole.logits_q, cut.logits_q]),
        crop_to_frame=np.concatenate([whole.crop_to_frame, cut.crop_to_frame]),
    )
    assert cut_share(replace(standing_track(), silhouettes=both), top=True) == pytest.approx(0.25)


def test_a_cut_head_is_refused_with_a_sentence_although_the_network_drew_one() -> None:
    pose = clean(replace(standing_track(), silhouettes=figure(-10, 440)))
    assert check_framing(outside_shares(pose)).status is CheckStatus.FAILED
    with pytest.raises(QualityError, match="head is outside the picture") as caught:
        refuse_half_a_body(outside_shares(pose))
    assert caught.value.reason == "head_outside"


def test_a_whole_body_passes() -> None:
    pose = clean(replace(standing_track(), silhouettes=figure(60, 440)))
    assert check_framing(outside_shares(pose)).status is CheckStatus.PASSED
    refuse_half_a_body(outside_shares(pose))
