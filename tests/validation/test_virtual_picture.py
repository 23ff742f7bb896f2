"""The picture of the filmed people: drawn where the camera sees it, and as asked."""

import math
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from validation.virtual.__main__ import main
from validation.virtual.bodies import load_body
from validation.virtual.camera import Camera, camera_at
from validation.virtual.develop import develop
from validation.virtual.film import (
    Shot,
    film,
    film_truth,
    filmed_frames,
    picture_frames,
    truth_path,
)
from validation.virtual.meshes import Mesh, box, join, plain, rod, vertex_normals
from validation.virtual.moves import perform
from validation.virtual.panels import Panel, paint
from validation.virtual.passers import passers
from validation.virtual.performance import Performance
from validation.virtual.props import kettlebell
from validation.virtual.raster import Lamp, canvas_on, draw, faces_seen, floor_shadow
from validation.virtual.room import ROOM_KINDS, background
from validation.virtual.rotations import Floats
from validation.virtual.scene import set_scene
from validation.virtual.shot import equivalent_mm, shot_camera, sight_yaw_deg
from validation.virtual.shot_draws import DIFFICULTIES, HARD, draw_shot
from validation.virtual.wardrobe import PALETTES, Clothes, dress, lift_m

SMALL = (90, 160)
RATE = 5.0


@pytest.fixture(scope="module")
def lift() -> Performance:
    return perform("conventional", "neutral", load_body(0), seed=3, frames_per_s=RATE)


@pytest.fixture(scope="module")
def seated() -> Performance:
    return perform("hip_rotation_active", "plain", load_body(3), seed=3, frames_per_s=RATE)


def looking(**changes: float) -> Camera:
    level = camera_at(
        np.zeros(3),
        bearing_rad=changes.get("bearing_rad", 0.0),
        distance_m=4.0,
        height_m=1.0,
        span_m=2.0,
        size_px=(540, 960),
    )
    camera = level.turned(
        pitch_rad=changes.get("pitch_rad", 0.0), roll_rad=changes.get("roll_rad", 0.0)
    )
    return replace(camera, distortion=changes.get("distortion", 0.0))


def first_picture(performance: Performance, shot: Shot, frame: int = 0) -> Floats:
    picture = next(picture_frames(performance, shot, frames=range(frame, frame + 1)))
    return picture.astype(np.float64)


def test_the_nearer_of_two_triangles_is_seen() -> None:
    corner = np.array([[1.0, 1.0], [1.0, 9.0], [9.0, 1.0]])
    points, depths = np.concatenate([corner, corner]), np.array([3.0] * 3 + [2.0] * 3)
    seen = faces_seen(points, depths, np.array([[0, 1, 2], [3, 4, 5]]), (10, 10))
    assert set(seen.ravel().tolist()) == {-1, 1}
    assert 28 <= np.count_nonzero(seen == 1) <= 36


def test_triangles_that_cross_are_each_seen_where_they_are_nearer() -> None:
    corner = np.array([[0.0, 0.0], [0.0, 40.0], [40.0, 0.0]])
    points = np.concatenate([corner, corner])
    # The first is 2 m away everywhere, the second 1 m away at the left and 3 m at the right.
    depths = np.array([2.0, 2.0, 2.0, 1.0, 1.0, 3.0])
    seen = faces_seen(points, depths, np.array([[0, 1, 2], [3, 4, 5]]), (40, 40))
    # One over the depth is straight in the picture: 1 - 2/3 x/40 = 1/2 at x = 30.
    assert seen[2, 28] == 1
    assert seen[2, 32] == 0


@pytest.mark.parametrize("two_sided", [True, False])
def test_the_inside_of_a_surface_is_seen_only_of_open_cloth(*, two_sided: bool) -> None:
    points = np.array([[-0.2, 0.8, 0.0], [0.2, 0.8, 0.0], [0.0, 1.2, 0.0]])
    faces = np.array([[0, 2, 1]])  # its outside faces away from a camera at the person's right
    sheet = plain(points, faces, vertex_normals(points, faces), rgb=np.array([1.0, 0.0, 0.0]))
    canvas = canvas_on(np.zeros((960, 540, 3), dtype=np.float32))
    draw(canvas, [replace(sheet, two_sided=two_sided)], looking(), lamp=Lamp())
    assert bool(canvas.picture[480, 270, 0] > 0.1) is two_sided


def test_a_covered_surface_leaves_no_trace_whatever_the_order() -> None:
    near = box(np.array([-0.3, 0.7, 0.5]), np.array([0.3, 1.3, 0.6]), rgb=(1.0, 0.0, 0.0))
    far = box(np.array([-0.1, 0.9, 0.0]), np.array([0.1, 1.1, 0.1]), rgb=(0.0, 1.0, 0.0))
    pictures = []
    for meshes in ([near, far], [far, near]):
        canvas = canvas_on(np.zeros((960, 540, 3), dtype=np.float32))
        draw(canvas, meshes, looking(), lamp=Lamp())
        pictures.append(canvas.picture)
    assert np.array_equal(pictures[0], pictures[1])
    assert pictures[0][..., 1].max() == 0.0


def test_a_surface_is_brightest_where_it_faces_the_lamp() -> None:
    ball = kettlebell(0.3, 0.7, 0.05)
    bright = replace(ball, vertices_m=ball.vertices_m + np.array([0.0, 1.4, 0.0]))
    canvas = canvas_on(np.zeros((960, 540, 3), dtype=np.float32))
    draw(canvas, [bright], looking(), lamp=Lamp(towards=(-1.0, 0.5, 0.5)))
    row = canvas.picture[520, :, 0]
    seen = np.flatnonzero(row)
    assert row[seen[:20]].mean() > 1.3 * row[seen[-20:]].mean()


def test_joined_meshes_keep_their_colours() -> None:
    up = np.array([0.0, 1.0, 0.0])
    red = rod(np.zeros(3), up, radius_m=0.1, rgb=(1.0, 0.0, 0.0))
    blue = rod(2.0 * up, 3.0 * up, radius_m=0.1, rgb=(0.0, 0.0, 1.0))
    both = join([red, blue])
    assert len(both.colours) == 2
    colour = both.colours[both.scores.argmax(axis=1)]
    assert np.array_equal(colour[:, 0] == 1.0, both.vertices_m[:, 1] < 1.5)


def test_a_camera_that_looks_up_sees_level_things_lower() -> None:
    pixel, _ = looking(pitch_rad=math.radians(5.0)).project(np.array([0.0, 1.0, 0.0]))
    focal_px = 960 * 4.0 / 2.0
    assert pixel == pytest.approx([270.0, 480.0 + focal_px * math.tan(math.radians(5.0))])


def test_a_camera_rolled_clockwise_sees_the_upright_lean_to_the_left() -> None:
    camera = looking(roll_rad=math.radians(10.0))
    pixels, _ = camera.project(np.array([[0.0, 1.0, 0.0], [0.0, 1.5, 0.0]]))
    leans = math.atan2(pixels[1, 0] - pixels[0, 0], pixels[0, 1] - pixels[1, 1])
    assert math.degrees(leans) == pytest.approx(-10.0)


def test_distortion_moves_the_corner_by_its_share_and_the_middle_not() -> None:
    straight, bent = looking(), looking(distortion=0.04)
    corner = np.array([270.0, 480.0]) / straight.focal_px * 4.0
    points = np.array([[0.0, 1.0, 0.0], [corner[0], 1.0 - corner[1], 0.0]])
    plain_px, _ = straight.project(points)
    bent_px, _ = bent.project(points)
    middle = np.array([270.0, 480.0])
    assert bent_px[0] == pytest.approx(plain_px[0])
    assert bent_px[1] - middle == pytest.approx(1.04 * (plain_px[1] - middle))


@pytest.mark.parametrize("distortion", [-0.05, 0.0, 0.04])
def test_a_wall_is_painted_where_the_camera_projects_it(distortion: float) -> None:
    camera = replace(
        looking(bearing_rad=0.4, pitch_rad=0.05, roll_rad=0.1, distortion=distortion),
        size_px=(270, 480),
        focal_px=960.0,
    )
    white = np.ones((256, 256, 3), dtype=np.float32)
    wall = Panel(
        corner_m=np.array([-0.4, 0.3, -0.2]),
        across_m=np.array([0.9, 0.0, 0.1]),
        up_m=np.array([0.0, 1.3, 0.0]),
        texture=white,
        tile_m=1.0,
    )
    picture = paint([wall], camera)[..., 0]
    share = np.random.default_rng(1).uniform(-0.2, 1.2, size=(4000, 2))
    points_px, _ = camera.project(
        wall.corner_m + share[:, :1] * wall.across_m + share[:, 1:] * wall.up_m
    )
    column, row = np.floor(points_px.T).astype(np.int64)
    within = (column >= 0) & (column < 270) & (row >= 0) & (row < 480)
    to_edge = np.minimum(share, 1.0 - share).min(axis=1)
    clear = within & (np.abs(to_edge) > 0.01)
    assert np.count_nonzero(clear) > 1000
    assert np.array_equal(picture[row[clear], column[clear]] > 0.5, to_edge[clear] > 0.0)


def test_the_nearer_wall_hides_the_farther() -> None:
    def wall(z_m: float, tone: float) -> Panel:
        return Panel(
            corner_m=np.array([-5.0, -5.0, z_m]),
            across_m=np.array([10.0, 0.0, 0.0]),
            up_m=np.array([0.0, 10.0, 0.0]),
            texture=np.full((256, 256, 3), tone, dtype=np.float32),
            tile_m=1.0,
        )

    for walls in ([wall(-1.0, 0.2), wall(-2.0, 0.8)], [wall(-2.0, 0.8), wall(-1.0, 0.2)]):
        assert paint(walls, looking()) == pytest.approx(0.2)


@pytest.mark.parametrize("kind", ROOM_KINDS)
def test_every_room_fills_the_picture_and_comes_back_by_its_seed(kind: str) -> None:
    camera = replace(looking(pitch_rad=0.1), size_px=(270, 150), focal_px=200.0)
    rooms = [background(camera, kind=kind, seed=seed, bearing_rad=0.1) for seed in (1, 1, 2)]
    assert np.isfinite(rooms[0]).all()
    assert np.count_nonzero(rooms[0].max(axis=2) == 0.0) == 0
    assert np.array_equal(rooms[0], rooms[1])
    assert not np.array_equal(rooms[0], rooms[2])


def test_the_shadow_lies_on_the_far_side_of_the_lamp() -> None:
    column = box(np.array([-0.1, 0.0, -0.1]), np.array([0.1, 1.0, 0.1]), rgb=(1.0, 1.0, 1.0))
    shade = floor_shadow(looking(), [column], lamp=Lamp(towards=(1.0, 1.0, 0.0)), coarse=4)
    left, right = shade[:, :67].sum(), shade[:, 67:].sum()
    assert left > 3.0 * right


def test_the_shot_is_taken_from_the_asked_side(lift: Performance) -> None:
    nose, heel = np.array([0.4, 1.0, 0.0]), np.array([-0.4, 1.0, 0.0])
    for from_left, order in ((False, 1.0), (True, -1.0)):
        camera = shot_camera(lift, Shot(yaw_deg=12.0, from_left=from_left))
        ahead, _ = camera.project(nose)
        behind, _ = camera.project(heel)
        assert np.sign(ahead[0] - behind[0]) == order
        # Twelve degrees towards the front: the nose is nearer than the heel.
        assert camera.project(nose)[1] < camera.project(heel)[1]
        assert sight_yaw_deg(lift, camera) == pytest.approx(12.0, abs=2.0)


def test_the_person_fills_the_share_of_the_picture_that_was_asked(lift: Performance) -> None:
    camera = shot_camera(lift, Shot(fill=0.5))
    crown, _ = camera.project(np.array([0.0, lift.body.height_m, 0.0]))
    sole, _ = camera.project(np.zeros(3))
    assert (sole[1] - crown[1]) / 960.0 == pytest.approx(0.5, abs=0.015)


@pytest.mark.parametrize("seed", range(12))
def test_no_part_of_the_body_leaves_a_random_picture(
    lift: Performance, seated: Performance, seed: int
) -> None:
    performance = (lift, seated)[seed % 2]
    shot = draw_shot(np.random.default_rng(seed), view=performance.view, ranges=HARD)
    camera = shot_camera(performance, shot)
    points_px, depth_m = camera.project(performance.track.joints_m)
    assert depth_m.min() > 0.5
    assert points_px.min() > 0.0
    assert (points_px < np.array(camera.size_px)).all()


@pytest.mark.parametrize("name", DIFFICULTIES)
def test_random_shots_stay_within_their_ranges_and_a_phones_lenses(
    lift: Performance, name: str
) -> None:
    ranges = DIFFICULTIES[name]
    for seed in range(30):
        shot = draw_shot(np.random.default_rng(seed), view="side", ranges=ranges)
        assert shot == draw_shot(np.random.default_rng(seed), view="side", ranges=ranges)
        assert ranges.yaw_deg[0] <= abs(shot.yaw_deg) <= ranges.yaw_deg[1]
        assert abs(shot.roll_deg) <= ranges.roll_deg[1]
        assert shot.size_px[0] % 2 == shot.size_px[1] % 2 == 0
        # The real person is not of middle stature, and may need a wider lens to stay inside.
        assert 18.0 < equivalent_mm(shot_camera(lift, shot)) < 78.0


def test_random_shots_are_of_both_sides_and_both_ways_off() -> None:
    shots = [draw_shot(np.random.default_rng(seed), view="side") for seed in range(40)]
    assert {shot.from_left for shot in shots} == {True, False}
    assert {shot.yaw_deg > 0.0 for shot in shots} == {True, False}
    assert {shot.size_px[0] > shot.size_px[1] for shot in shots} == {True, False}
    assert {shot.uneven for shot in shots} == {True, False}
    assert len({shot.room for shot in shots}) == len(ROOM_KINDS)


def test_the_truth_says_how_the_camera_stood(lift: Performance) -> None:
    shot = Shot(
        yaw_deg=-14.0, pitch_deg=4.0, roll_deg=-3.0, from_left=True, extras=frozenset({"rack"})
    )
    camera = film_truth(lift, shot)["camera"]
    assert camera["yaw_deg"] == pytest.approx(-14.0, abs=0.01)
    assert camera["pitch_deg"] == pytest.approx(4.0, abs=0.01)
    assert camera["roll_deg"] == pytest.approx(-3.0, abs=0.01)
    assert camera["from_left"]
    assert camera["extras"] == ["rack"]


def test_sensor_noise_is_as_strong_as_asked_and_new_in_every_picture() -> None:
    grey = np.full((160, 90, 3), 0.5, dtype=np.float32)
    random = np.random.default_rng(1)
    shot = Shot(size_px=SMALL, noise=6.0)
    first, second = (develop(grey, shot=shot, random=random).astype(float) for _ in range(2))
    assert first.std() == pytest.approx(6.0, rel=0.03)
    assert first.mean() == pytest.approx(127.5, abs=0.2)
    assert (first - second).std() == pytest.approx(6.0 * math.sqrt(2.0), rel=0.03)


def test_one_stop_doubles_the_light_until_it_is_lost() -> None:
    ramp = np.linspace(0.0, 1.0, 90, dtype=np.float32)
    picture = np.tile(ramp[None, :, None], (160, 1, 3))
    random = np.random.default_rng(1)
    plain_shot = Shot(size_px=SMALL, noise=0.0, defocus_px=0.0)
    usual = develop(picture, shot=plain_shot, random=random)[0, :, 0].astype(float)
    bright = develop(picture, shot=replace(plain_shot, exposure_ev=1.0), random=random)[0, :, 0]
    assert bright[:36] == pytest.approx(2.0 * usual[:36], abs=1.5)
    assert (np.diff(bright.astype(float)) >= 0.0).all()
    assert bright[-1] - bright[60] < 20


def test_what_moves_is_blurred_and_what_stands_is_not(lift: Performance) -> None:
    assert lift.bar_m is not None
    frame = int(np.abs(np.gradient(lift.bar_m[:, 1])).argmax())
    sharp = Shot(size_px=SMALL, noise=0.0)
    blurred = replace(sharp, sub_exposures=4, shutter=1.0)
    moving = np.abs(first_picture(lift, sharp, frame) - first_picture(lift, blurred, frame))
    assert moving.max() > 20.0
    room = moving[:40]  # over the head of somebody bent
    assert room.max() <= 1.0


def test_a_post_and_somebody_crossing_cover_the_person(lift: Performance) -> None:
    shot = Shot(size_px=SMALL, noise=0.0, seed=4)
    crossing = replace(shot, extras=frozenset({"passer_crossing"}))
    walker = passers(crossing, view="side", time_s=lift.time_s)[0]
    frame = int(np.abs(lift.time_s - walker.passes_s).argmin())
    for covered in (crossing, replace(shot, extras=frozenset({"post"}))):
        changed = np.abs(first_picture(lift, shot, frame) - first_picture(lift, covered, frame))
        assert (changed.max(axis=2) > 25.0).mean() > 0.01


def test_somebody_behind_stays_behind(lift: Performance) -> None:
    shot = Shot(size_px=SMALL, noise=0.0, seed=4, extras=frozenset({"passer_behind"}))
    outfit = dress(lift.body, PALETTES[0])
    scene = set_scene(lift, shot, outfit=outfit)
    walker = scene.passers[0]
    frame = int(np.abs(lift.time_s - walker.passes_s).argmin())
    passing = walker.mesh(float(lift.time_s[frame]))
    assert passing is not None
    _, walker_m = scene.camera.project(passing.vertices_m)
    _, person_m = scene.camera.project(lift.track.joints_m[frame])
    assert walker_m.min() > person_m.max()
    assert passing.vertices_m[:, 1].min() == pytest.approx(0.0)
    assert walker.mesh(walker.passes_s + 10.0) is None


def test_a_kettlebell_hangs_from_its_grip_to_its_base() -> None:
    bell: Mesh = kettlebell(0.10, 0.24, 0.075)
    assert bell.vertices_m[:, 1].min() == pytest.approx(-0.24)
    assert 0.0 < bell.vertices_m[:, 1].max() < 0.04
    assert np.abs(bell.vertices_m[:, 0]).max() == pytest.approx(0.10, abs=0.002)


def test_shoes_raise_the_person_and_not_the_angles(lift: Performance) -> None:
    shod = Clothes(shoes="running", sole_m=0.03, heel_m=0.01)
    bare, raised = (film_truth(lift, Shot(), clothes=clothes) for clothes in (None, shod))
    sole_m = lift_m(dress(lift.body, shod))
    assert sole_m > 0.02
    assert raised["angles_deg"] == bare["angles_deg"]
    up_px = np.array(bare["joints_px"]["hip_right"]) - np.array(raised["joints_px"]["hip_right"])
    assert up_px[0, 1] * bare["metres_per_pixel"] == pytest.approx(sole_m, rel=0.1)


def test_uneven_frame_times_are_those_in_the_file(tmp_path: Path) -> None:
    uneven = perform(
        "forward_bend", "hip_led", load_body(1), seed=2, frames_per_s=12.0, uneven=True
    )
    assert np.ptp(np.diff(uneven.time_s)) > 0.005
    path = tmp_path / "bend.mp4"
    film(uneven, Shot(size_px=SMALL), path, frames=30)
    with av.open(str(path)) as written:
        times = [float(frame.time) for frame in written.decode(video=0) if frame.time is not None]
    assert times == pytest.approx(uneven.time_s[:30] - uneven.time_s[0], abs=1e-4)


def test_a_coarser_film_keeps_the_picture_less_well(lift: Performance) -> None:
    frames = range(4)
    errors = []
    for crf in (18, 36):
        shot = Shot(size_px=(180, 320), crf=crf)
        taken = np.stack(list(picture_frames(lift, shot, frames=frames))).astype(float)
        kept = np.stack(list(filmed_frames(lift, shot, frames=frames))).astype(float)
        assert kept.shape == taken.shape
        errors.append(np.abs(kept - taken).mean())
    assert 0.1 < errors[0] < errors[1] < 8.0


def test_the_command_writes_a_film_of_a_move_and_its_truth(tmp_path: Path) -> None:
    path = tmp_path / "lift.mp4"
    main(
        ["render", "kettlebell", "--style", "rounded", "--body", "5", "--seed", "2",
         "--clothes", "hoodie", "--yaw", "8", "--room", "gym", "--extras", "rack",
         "--frames", "2", "--out", str(path)]
    )  # fmt: skip
    assert path.stat().st_size > 2_000
    text = truth_path(path).read_text(encoding="utf-8")
    assert '"room":"gym"' in text
    assert '"kind":"hoodie"' in text
