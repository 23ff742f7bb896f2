from __future__ import annotations

import numpy as np
import pytest

from primemover.load.collect import LoadFrames
from tests.unit.load.scene import person


def _rgb(width: int = 480, height: int = 480) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((height, width, 3), 120, dtype=np.uint8)


def test_nothing_is_kept_before_anybody_was_seen() -> None:
    frames = LoadFrames()
    frames.add(0, _rgb(), None)
    frames.add(1, _rgb(), np.full((33, 2), np.nan))
    assert not frames.indices
    frames.add(2, _rgb(), person(np.array([240.0, 300.0])))
    frames.add(3, _rgb(), None)
    assert frames.indices == (2, 3)


def test_positions_go_into_a_crop_and_back() -> None:
    frames = LoadFrames()
    large = 3.0 * person(np.array([240.0, 300.0]))
    frames.add(0, _rgb(1440, 1440), large)
    crop = frames.snapshot(0)
    assert np.all(crop.zoom < 0.5)
    places = np.array([[500.3, 700.7], [612.0, 900.5]])
    assert crop.to_picture(crop.to_crop(places)) == pytest.approx(places, abs=1e-9)


def test_a_bright_dot_is_where_the_mapping_says() -> None:
    frames = LoadFrames()
    rgb = _rgb(1440, 1440)
    rgb[898:903, 698:703] = 255
    frames.add(0, rgb, 3.0 * person(np.array([240.0, 300.0])))
    crop = frames.snapshot(0)
    bright = crop.grey.astype(float) - 120.0
    y, x = np.mgrid[: bright.shape[0], : bright.shape[1]]
    middle = np.array([(x * bright).sum(), (y * bright).sum()]) / bright.sum()
    assert crop.to_picture(middle) == pytest.approx([700.0, 900.0], abs=0.3)


def test_a_picture_costs_a_fifth_of_a_megabyte_at_most_a_third() -> None:
    frames = LoadFrames()
    frames.add(0, _rgb(1920, 1080), 2.4 * person(np.array([240.0, 300.0])))
    assert frames.snapshot(0).grey.nbytes < 0.35 * 2**20


def test_the_memory_stays_below_its_cap() -> None:
    person_px = person(np.array([240.0, 300.0]))
    probe = LoadFrames()
    probe.add(0, _rgb(), person_px)
    one = probe.snapshot(0).grey.nbytes
    frames = LoadFrames(max_bytes=10 * one)
    for index in range(100):
        frames.add(index, _rgb(), person_px)
        assert sum(frames.snapshot(i).grey.nbytes for i in frames.indices) <= 10 * one
    steps = np.diff(frames.indices)
    assert np.all(steps == steps[0])
    assert frames.indices[0] == 0
    assert frames.indices[-1] + steps[0] >= 100
