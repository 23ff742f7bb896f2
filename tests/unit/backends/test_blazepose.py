from __future__ import annotations

import math
import subprocess
import sys
from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.backends.blazepose_crop import crop, refine
from primemover.backends.blazepose_detector import anchors, body_region, decode_people, letterbox
from primemover.errors import UsageError
from primemover.model.arrays import Pixels
from primemover.model.region import Region


def test_there_are_2254_anchors_at_cell_centres() -> None:
    grid = anchors()
    assert grid.shape == (2254, 2)
    np.testing.assert_allclose(grid[[0, 1]], 0.5 / 28)  # two per cell of the finest grid
    np.testing.assert_allclose(grid[2], [1.5 / 28, 0.5 / 28])  # x runs first
    np.testing.assert_allclose(grid[28 * 28 * 2], 0.5 / 14)
    np.testing.assert_allclose(grid[-6:], 6.5 / 7)  # six per cell of the coarsest


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (224, 224), (100, 60)])
def test_a_letterboxed_point_comes_back_to_its_place(size: tuple[int, int]) -> None:
    height, width = size
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    spot = (int(0.7 * width), int(0.4 * height))
    cv2.circle(picture, spot, max(3, max(size) // 40), (255, 255, 255), -1)
    square, scale, offset = letterbox(picture)
    assert square.shape == (1, 224, 224, 3)
    assert (square.min(), square.max()) == (-1.0, pytest.approx(1.0, abs=0.01))
    weight = square[0, :, :, 0] + 1.0
    y, x = np.mgrid[0:224, 0:224]
    centre = np.array([(weight * x).sum(), (weight * y).sum()]) / weight.sum()
    back = (centre + 0.5 - offset) / scale
    np.testing.assert_allclose(back, np.array(spot) + 0.5, atol=0.5 / scale)


def _raw(people: dict[int, tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return detector output for people: anchor -> (logit, shift in detector pixels)."""
    boxes = np.zeros((2254, 12), dtype=np.float32)
    logits = np.full(2254, -50.0, dtype=np.float32)
    for anchor, (logit, shift) in people.items():
        logits[anchor] = logit
        boxes[anchor, 0] = shift
        boxes[anchor, 2:4] = 60.0
        boxes[anchor, 4] = shift
        boxes[anchor, 6:8] = (shift, -80.0)
    return boxes, logits


def test_a_detection_becomes_a_region_about_the_hips() -> None:
    anchor = int(np.argmin(np.abs(anchors() - 0.5).sum(axis=1)))
    boxes, logits = _raw({anchor: (3.0, 0.0)})
    (person,) = decode_people(boxes, logits, scale=0.5, offset=np.array([10.0, 20.0]))
    hip = (anchors()[anchor] * 224 - (10.0, 20.0)) / 0.5
    assert (person.region.x_px, person.region.y_px) == pytest.approx(tuple(hip), abs=1e-3)
    assert person.region.side_px == pytest.approx(2.5 * 80.0 / 0.5, rel=1e-5)
    assert person.region.angle_rad == pytest.approx(0.0, abs=1e-6)
    assert person.score == pytest.approx(1 / (1 + math.exp(-3.0)), rel=1e-5)


def test_overlapping_detections_are_one_person_at_the_weighted_mean() -> None:
    first = int(np.argmin(np.abs(anchors() - 0.5).sum(axis=1)))
    boxes, logits = _raw({first: (3.0, 0.0), first + 1: (0.5, 8.0)})
    (person,) = decode_people(boxes, logits, scale=1.0, offset=np.zeros(2))
    weights = 1 / (1 + np.exp(-np.array([3.0, 0.5])))
    shift = person.region.x_px - anchors()[first, 0] * 224
    assert shift == pytest.approx(8.0 * weights[1] / weights.sum(), rel=1e-4)


def test_people_apart_are_two_and_the_more_certain_comes_first() -> None:
    left = int(np.argmin(np.abs(anchors() - (0.2, 0.5)).sum(axis=1)))
    right = int(np.argmin(np.abs(anchors() - (0.8, 0.5)).sum(axis=1)))
    boxes, logits = _raw({left: (1.0, 0.0), right: (2.0, 0.0)})
    people = decode_people(boxes, logits, scale=1.0, offset=np.zeros(2))
    assert [person.region.x_px > 112 for person in people] == [True, False]


def test_an_uncertain_detection_is_nobody() -> None:
    boxes, logits = _raw({1000: (-0.1, 0.0)})
    assert decode_people(boxes, logits, scale=1.0, offset=np.zeros(2)) == ()


@cache
def _smooth_picture() -> Pixels:
    height, width = 800, 1200
    y, x = np.mgrid[0:height, 0:width]
    return np.stack(
        [255 * x / width, 255 * y / height, 128 + 100 * np.sin(x / 90.0) * np.cos(y / 70.0)],
        axis=2,
    ).astype(np.uint8)


@settings(deadline=None, max_examples=60)
@given(
    x_px=st.floats(300, 900),
    y_px=st.floats(300, 500),
    side_px=st.floats(120, 1500),
    angle_rad=st.floats(-math.pi, math.pi),
)
def test_a_crop_shows_what_the_affine_says_at_every_size_and_turn(
    x_px: float, y_px: float, side_px: float, angle_rad: float
) -> None:
    picture = _smooth_picture()
    region = Region(x_px=x_px, y_px=y_px, side_px=side_px, angle_rad=angle_rad)
    cut = crop(picture, region)[0] * 255.0
    grid = np.array([(x, y) for x in range(16, 256, 32) for y in range(16, 256, 32)])
    at = grid @ region.crop_to_frame()[:, :2].T + region.crop_to_frame()[:, 2]
    inside = np.all((at > 8) & (at < (1191, 791)), axis=1)
    shown = cut[grid[inside, 1], grid[inside, 0]]
    true = picture[tuple(np.rint(at[inside]).astype(int)[:, ::-1].T)]
    np.testing.assert_allclose(shown, true, atol=4.0)


def test_beyond_the_edge_the_edge_repeats() -> None:
    picture = np.zeros((200, 200, 3), dtype=np.uint8)
    picture[:, :100] = 200
    region = Region(x_px=0.0, y_px=100.0, side_px=100.0, angle_rad=0.0)
    np.testing.assert_allclose(crop(picture, region)[0, :, :120], 200 / 255, atol=1e-6)


def test_shrinking_averages_instead_of_picking() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (1024, 1024, 3)).astype(np.uint8)
    region = Region(x_px=512.0, y_px=512.0, side_px=1024.0, angle_rad=0.0)
    # picking would keep the noise's spread of 0.29; the mean of 16 pixels has a quarter of it
    assert crop(noise, region)[0, 8:-8, 8:-8].std() < 0.29 / 3


def test_a_landmark_moves_to_the_centre_of_its_heat() -> None:
    heat = np.full((64, 64, 39), -20.0, dtype=np.float32)
    heat[30, 21, 5] = heat[30, 22, 5] = 4.0
    points = np.full((39, 2), 90.0)
    points[5] = (84.0, 124.0)
    refined = refine(points, heat)
    np.testing.assert_allclose(refined[5], (21.5 * 4, 30 * 4), atol=1e-3)
    np.testing.assert_array_equal(np.delete(refined, 5, axis=0), 90.0)


def test_weak_or_distant_heat_moves_nothing() -> None:
    heat = np.full((64, 64, 39), -20.0, dtype=np.float32)
    heat[30, 21, 5] = -0.1  # peaks below a half
    heat[60, 60, 6] = 5.0  # outside the window
    points = np.full((39, 2), 100.0)
    np.testing.assert_array_equal(refine(points, heat), points)


def test_a_landmark_at_or_beyond_the_crops_edge_is_left_in_peace() -> None:
    heat = np.full((64, 64, 39), 3.0, dtype=np.float32)
    points = np.full((39, 2), 128.0)
    points[7], points[8] = (-5.0, 128.0), (256.5, 128.0)
    refined = refine(points, heat)
    np.testing.assert_array_equal(refined[[7, 8]], points[[7, 8]])
    assert np.isfinite(refined).all()


@pytest.mark.parametrize(
    ("rim", "angle_deg"), [((0, -1), 0), ((1, 0), 90), ((0, 1), 180), ((-1, 0), -90)]
)
def test_a_region_turns_so_that_the_body_points_up(rim: tuple[int, int], angle_deg: int) -> None:
    region = body_region(np.array([100.0, 50.0]), np.array([100.0, 50.0]) + 40 * np.array(rim))
    assert math.degrees(region.angle_rad) % 360 == pytest.approx(angle_deg % 360)
    top = region.crop_to_frame() @ (128, 128 - 256 * 40 / region.side_px, 1)
    np.testing.assert_allclose(top, np.array([100.0, 50.0]) + 40 * np.array(rim), atol=1e-9)


def test_an_unknown_precision_is_a_mistake_in_the_call() -> None:
    from primemover.backends.blazepose import BlazePose  # noqa: PLC0415 - heavy import

    with pytest.raises(UsageError, match="f32, bf16"):
        BlazePose(precision="int8")


_WATCHED = """
import sys
reached = []
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"}:
        reached.append((event, str(arguments[1:])))
sys.addaudithook(watch)
import numpy as np
from primemover.backends.blazepose import BlazePose
from primemover.model.region import Region
engine = BlazePose("heavy", threads=1)
picture = np.zeros((240, 320, 3), dtype=np.uint8)
engine.detect(picture)
engine.landmarks(picture, Region(x_px=160.0, y_px=120.0, side_px=200.0, angle_rad=0.0))
import time
time.sleep(1.0)  # a background sender would need a moment
print(reached)
"""


@pytest.mark.weights
def test_importing_and_running_the_engine_opens_no_connection() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _WATCHED], capture_output=True, text=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"
