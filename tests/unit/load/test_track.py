from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from primemover.load.collect import LoadFrames
from primemover.load.scale import body_scale
from primemover.load.track import track_load
from primemover.model.loadtrack import LoadKind
from tests.unit.load.scene import BODY_PX, LENS, RADIUS_PX, Drawn, Script, draw


@pytest.fixture(scope="module")
def lift() -> Drawn:
    return draw()


def test_a_plate_that_goes_with_the_hands_is_followed_to_half_a_pixel(lift: Drawn) -> None:
    track = track_load(lift.frames, lift.pose)
    assert track.kind is LoadKind.PLATE
    assert track.why == ""
    assert not track.lost.any()
    error = track.xy_px - lift.plate_px
    assert np.sqrt(np.mean(error**2)) < 0.5
    assert np.nanmedian(track.axes_px, axis=0) == pytest.approx([RADIUS_PX] * 2, rel=0.01)
    assert track.confidence > 0.7


def test_the_plate_gives_the_scale_of_its_own_plane_and_a_coarser_one_of_the_body(
    lift: Drawn,
) -> None:
    track = track_load(lift.frames, lift.pose, plate_diameter_m=0.45)
    assert track.scale is not None
    assert track.scale.source == "plate"
    assert track.scale.m_per_px == pytest.approx(0.225 / RADIUS_PX, rel=0.01)
    assert 0.02 <= track.scale.se_m_per_px / track.scale.m_per_px < 0.05
    assert track.magnification == pytest.approx(LENS, abs=2.0 * track.magnification_se)
    body = body_scale(track)
    assert body is not None
    assert body.m_per_px == pytest.approx(track.scale.m_per_px * track.magnification)
    assert body.se_m_per_px > track.scale.se_m_per_px


def test_without_a_diameter_the_plate_is_followed_but_gives_no_scale(lift: Drawn) -> None:
    track = track_load(lift.frames, lift.pose, plate_diameter_m=None)
    assert track.kind is LoadKind.PLATE
    assert track.scale is None


def test_a_slightly_turned_plate_is_followed_as_an_ellipse() -> None:
    drawn = draw(Script(ratio=0.92))
    track = track_load(drawn.frames, drawn.pose)
    assert track.kind is LoadKind.PLATE
    assert np.nanmedian(track.axes_px[:, 0] / track.axes_px[:, 1]) == pytest.approx(0.92, abs=0.02)


def test_a_plate_seen_from_far_off_the_side_is_not_used_and_the_reason_names_the_angle() -> None:
    drawn = draw(Script(ratio=0.68))
    track = track_load(drawn.frames, drawn.pose, person_height_m=1.75)
    assert track.kind is LoadKind.HANDS
    assert "deg from the side" in track.why
    assert track.scale is not None
    assert track.scale.source == "height"


def test_a_plate_that_stands_around_is_not_the_load() -> None:
    drawn = draw(Script(carried=False))
    track = track_load(drawn.frames, drawn.pose)
    assert track.kind is LoadKind.HANDS
    assert track.why


def test_empty_hands_are_only_hands() -> None:
    drawn = draw(Script(ratio=None))
    track = track_load(drawn.frames, drawn.pose)
    assert track.kind is LoadKind.HANDS
    assert track.scale is None
    assert track.confidence == 0.0
    assert np.isnan(track.axes_px).all()


def test_a_plate_behind_a_board_is_lost_there_and_found_again() -> None:
    hidden = np.zeros(80, dtype=np.bool_)
    hidden[40:48] = True
    drawn = draw(Script(hidden=hidden))
    track = track_load(drawn.frames, drawn.pose)
    assert track.kind is LoadKind.PLATE
    assert track.lost[hidden].all()
    assert not track.lost[~hidden].any()
    assert np.isnan(track.xy_px[hidden]).all()
    away = np.hypot(*(track.xy_px - drawn.plate_px)[~hidden].T)
    assert np.median(away) < 0.5
    assert away.max() < 0.1 * RADIUS_PX


def test_a_kettlebell_is_put_under_the_hands_when_the_person_says_so(lift: Drawn) -> None:
    track = track_load(lift.frames, lift.pose, kettlebell=True)
    assert track.kind is LoadKind.KETTLEBELL
    wrist = lift.pose.xy_px[:, [15, 16]].mean(axis=1)
    below = track.xy_px - wrist
    assert below[:, 0] == pytest.approx(0.0, abs=1e-9)
    assert np.all(below[:, 1] > 0.1 * BODY_PX)
    assert np.nanmin(track.se_px) > 0.02 * BODY_PX


def test_a_person_without_hands_in_the_picture_gives_a_lost_track(lift: Drawn) -> None:
    pose = replace(lift.pose, xy_px=np.full((80, 33, 2), np.nan))
    track = track_load(lift.frames, pose)
    assert track.kind is LoadKind.HANDS
    assert track.lost.all()
    assert "hands" in track.why


def test_pictures_thinned_out_for_memory_are_bridged(lift: Drawn) -> None:
    one = lift.frames.snapshot(0).grey.nbytes
    thin = LoadFrames(max_bytes=50 * one)
    for index in lift.frames.indices:
        grey = lift.frames.snapshot(index).grey
        whole = np.zeros((480, 480), dtype=np.uint8)
        x, y = lift.frames.snapshot(index).origin_px.astype(int)
        whole[y : y + grey.shape[0], x : x + grey.shape[1]] = grey
        thin.add(index, np.repeat(whole[..., None], 3, axis=2), lift.pose.xy_px[index])
    assert len(thin.indices) < 50
    track = track_load(thin, lift.pose)
    assert track.kind is LoadKind.PLATE
    assert track.lost[:79].sum() == 0
    assert np.abs(track.xy_px - lift.plate_px)[:79].max() < 4.0
