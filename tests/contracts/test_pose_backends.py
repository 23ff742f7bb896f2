"""One contract for all pose engines: fake always, the others where they can run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

import primemover.sample
from primemover.backends import weights
from primemover.errors import WeightsMissingError
from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import LANDMARK_COUNT, Landmark
from primemover.model.region import CROP_SIDE, Region, Sighting
from primemover.pose.engine import PoseEngine
from primemover.pose.fake import FakeEngine, FakeFilm, standing_person
from primemover.video.decode import open_film

SAMPLES = Path(primemover.sample.__file__).parent
TWINS = [
    (Landmark[f"LEFT_{part}"], Landmark[f"RIGHT_{part}"])
    for part in ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE")
]
BODY = [landmark for pair in TWINS for landmark in pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An engine, pictures with one person in each, and how exact the engine's kind can be.

    Attributes
    ----------
    picture : a person standing, seen from the side
    front : a person seen from the front, where left and right are well apart
    slack : share of the region's side by which a moved or mirrored picture may move landmarks;
        a network's answer changes a little with every resampling
    """

    engine: PoseEngine
    picture: Pixels
    front: Pixels
    slack: float

    def sighting(self, picture: Pixels | None = None) -> Sighting:
        """Return the first person, looked at twice as tracking does."""
        picture = self.picture if picture is None else picture
        first = self.engine.landmarks(picture, self.engine.detect(picture)[0].region)
        return self.engine.landmarks(picture, first.next_region)


def _fake() -> Case:
    film = FakeFilm(time_s=np.arange(3) / 30.0, width_px=640, height_px=480)
    person = standing_person(x_px=300, foot_y_px=440, height_px=380, frames=3)
    picture = film.picture(1)
    return Case(engine=FakeEngine([person]), picture=picture, front=picture, slack=1e-9)


def _blazepose(model: str) -> Callable[[], Case]:
    def make() -> Case:
        from primemover.backends.blazepose import BlazePose  # noqa: PLC0415 - heavy import

        try:
            engine = BlazePose(model)
        except WeightsMissingError as missing:
            pytest.skip(str(missing))
        return _rendered(engine, slack=0.01)

    return make


def _mediapipe() -> Case:
    if find_spec("mediapipe") is None:
        pytest.skip("the extra [mediapipe] is not installed")
    from primemover.backends.mediapipe import MediaPipePose  # noqa: PLC0415 - heavy import

    try:
        weights.bundle_path()
    except WeightsMissingError as missing:
        pytest.skip(str(missing))
    # it detects anew in every picture, so its region is never quite the same
    return _rendered(MediaPipePose(), slack=0.03)


def _rendered(engine: PoseEngine, *, slack: float) -> Case:
    side, front = (
        _first_picture(f"{name}.mp4") for name in ("forward_bend_side", "hip_rotation_front_active")
    )
    return Case(engine=engine, picture=side, front=front, slack=slack)


@cache
def _first_picture(name: str) -> Pixels:
    """Return a bundled film's first picture."""
    _, picture = next(iter(open_film(SAMPLES / name).frames()))
    return picture


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_fake, id="fake"),
        pytest.param(_blazepose("heavy"), id="blazepose-heavy", marks=pytest.mark.weights),
        pytest.param(_blazepose("full"), id="blazepose-full", marks=pytest.mark.weights),
        pytest.param(_blazepose("lite"), id="blazepose-lite", marks=pytest.mark.weights),
        pytest.param(_mediapipe, id="mediapipe", marks=pytest.mark.weights),
    ],
)
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    made: Case = request.param()
    yield made
    close = getattr(made.engine, "close", None)
    if close is not None:
        close()


def test_an_engine_says_what_it_is_and_with_which_weights(case: Case) -> None:
    name, _, version = case.engine.name.partition("/")
    assert name
    assert version
    assert len(bytes.fromhex(case.engine.weights_sha256)) == 32


def test_the_standing_person_is_detected_once_with_confidence(case: Case) -> None:
    (person,) = case.engine.detect(case.picture)
    height, width = case.picture.shape[:2]
    assert 0.5 <= person.score <= 1.0
    assert 0 < person.region.x_px < width
    assert 0 < person.region.y_px < height
    assert abs(person.region.angle_rad) < np.radians(20)


def test_landmarks_have_the_promised_shapes_and_ranges(case: Case) -> None:
    pose = case.sighting().pose
    assert pose.xy_px.shape == (LANDMARK_COUNT, 2)
    assert pose.depth_px.shape == (LANDMARK_COUNT,)
    assert pose.visibility.shape == (LANDMARK_COUNT,)
    assert pose.world_m.shape == (LANDMARK_COUNT, 3)
    assert pose.crop_to_frame.shape == (2, 3)
    for values in (pose.xy_px, pose.depth_px, pose.world_m, pose.visibility):
        assert values.dtype == np.float64
        assert np.isfinite(values).all()
    assert np.all((pose.visibility >= 0) & (pose.visibility <= 1))
    assert 0.5 <= pose.presence <= 1.0


def test_pictures_and_world_have_y_pointing_down(case: Case) -> None:
    pose = case.sighting().pose
    chain = [Landmark.NOSE, Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP]
    chain += [Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE]
    assert np.all(np.diff(pose.xy_px[chain, 1]) > 0)
    assert np.all(np.diff(pose.world_m[chain, 1]) > 0)


def test_the_world_is_in_metres_about_the_mid_hip(case: Case) -> None:
    world = case.sighting().pose.world_m
    hips = world[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=0)
    assert np.linalg.norm(hips) < 0.1
    height_m = np.ptp(world[[Landmark.NOSE, Landmark.LEFT_ANKLE], 1])
    assert 1.0 < height_m < 2.0


def test_the_silhouette_lies_on_the_person(case: Case) -> None:
    pose = case.sighting().pose
    assert pose.silhouette_logits is not None
    assert pose.silhouette_logits.shape == (CROP_SIDE, CROP_SIDE)
    assert pose.silhouette_logits.dtype == np.float32
    rows, columns = np.nonzero(pose.silhouette_logits > 0)
    crop_xy1 = np.stack([columns, rows, np.ones_like(rows)], axis=1)
    body_xy = crop_xy1 @ pose.crop_to_frame.T
    low, high = pose.xy_px.min(axis=0), pose.xy_px.max(axis=0)
    assert np.all((low < body_xy.mean(axis=0)) & (body_xy.mean(axis=0) < high))
    # as tall as the person, who is a head's top and a sole taller than nose to toe
    assert np.ptp(body_xy[:, 1]) == pytest.approx(high[1] - low[1], rel=0.25)


def test_the_joints_lie_inside_the_silhouette(case: Case) -> None:
    pose = case.sighting().pose
    assert pose.silhouette_logits is not None
    matrix = pose.crop_to_frame
    joints = [Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP, Landmark.LEFT_KNEE]
    crop_xy = (pose.xy_px[joints] - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
    column, row = np.rint(crop_xy).astype(int).T
    assert np.all(pose.silhouette_logits[row, column] > 0)


def test_the_same_picture_gives_the_same_answer(case: Case) -> None:
    first, second = case.sighting(), case.sighting()
    np.testing.assert_array_equal(first.pose.xy_px, second.pose.xy_px)
    assert first.next_region == second.next_region


def test_other_pictures_in_between_leave_no_trace(case: Case) -> None:
    before = case.sighting()
    case.sighting(_moved(case.picture, 30, 10))
    np.testing.assert_array_equal(case.sighting().pose.xy_px, before.pose.xy_px)


def test_an_answer_stays_as_it_was_after_the_next_call(case: Case) -> None:
    kept = case.sighting().pose
    assert kept.silhouette_logits is not None
    copy = kept.silhouette_logits.copy()
    case.sighting(_moved(case.picture, 30, 10))
    np.testing.assert_array_equal(kept.silhouette_logits, copy)


def test_looking_again_where_the_landmarks_point_finds_the_same_person(case: Case) -> None:
    sighting = case.sighting()
    again = case.engine.landmarks(case.picture, sighting.next_region)
    apart = _apart(again.pose.xy_px, sighting.pose.xy_px)
    assert apart < case.slack * sighting.next_region.side_px


@pytest.mark.parametrize(("right", "down"), [(24, 0), (0, -16), (-13, 9)])
def test_landmarks_move_with_the_picture(case: Case, right: int, down: int) -> None:
    sighting = case.sighting()
    moved = case.sighting(_moved(case.picture, right, down))
    apart = _apart(moved.pose.xy_px - (right, down), sighting.pose.xy_px)
    assert apart < case.slack * sighting.next_region.side_px


def test_a_person_facing_the_camera_has_the_left_side_on_the_right(case: Case) -> None:
    xy_px = case.sighting(case.front).pose.xy_px
    for left, right in TWINS:
        assert xy_px[left, 0] > xy_px[right, 0]


def test_a_mirrored_picture_swaps_left_and_right(case: Case) -> None:
    sighting = case.sighting(case.front)
    mirrored = case.sighting(np.ascontiguousarray(case.front[:, ::-1])).pose.xy_px
    unswapped = sighting.pose.xy_px.copy()
    unswapped[:, 0] = case.front.shape[1] - 1 - unswapped[:, 0]
    expected = unswapped.copy()
    for left, right in TWINS:
        expected[[left, right]] = unswapped[[right, left]]
    apart = _apart(mirrored, expected)
    # a network is not exactly symmetric
    assert apart < 1e-9 + 1.5 * case.slack * sighting.next_region.side_px
    assert apart < 0.3 * _apart(mirrored, unswapped)


def test_where_nobody_is_there_is_nobody(case: Case) -> None:
    empty = np.full_like(case.picture, 120)
    assert case.engine.detect(empty) == ()
    height, width = empty.shape[:2]
    region = Region(x_px=width / 2, y_px=height / 2, side_px=height, angle_rad=0.0)
    assert case.engine.landmarks(empty, region).pose.presence < 0.5


def test_a_region_far_from_everybody_gives_no_presence(case: Case) -> None:
    height, width = case.picture.shape[:2]
    wall = np.full((height, 2 * width, 3), 120, dtype=np.uint8)
    wide = np.ascontiguousarray(np.hstack([case.picture, wall]))
    away = Region(x_px=2.2 * width, y_px=height / 2, side_px=width, angle_rad=0.0)
    assert case.engine.landmarks(wide, away).pose.presence < 0.5


def _moved(picture: Pixels, right: int, down: int) -> Pixels:
    """Return the picture moved by whole pixels, its edge repeated."""
    height, width = picture.shape[:2]
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    columns = np.clip(np.arange(width) - right, 0, width - 1)
    return np.ascontiguousarray(picture[rows][:, columns])


def _apart(first: Floats, second: Floats) -> float:
    """Return how far the limbs' landmarks are apart, in the median."""
    return float(np.median(np.linalg.norm(first[BODY] - second[BODY], axis=1)))
