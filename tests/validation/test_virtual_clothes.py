"""What virtual people wear: it behaves like cloth where the outline of the back is concerned."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.spatial import cKDTree

from validation.virtual import regions
from validation.virtual.bodies import Body, body_names, load_body
from validation.virtual.camera import camera_at
from validation.virtual.clothes import HAIR, LEGS, SHOES
from validation.virtual.meshes import Mesh
from validation.virtual.posture import pose_trunk_and_legs, posture, stand
from validation.virtual.raster import Lamp, canvas_on, draw
from validation.virtual.rotations import Floats
from validation.virtual.skeleton import Track
from validation.virtual.wardrobe import (
    KINDS,
    PALETTES,
    Clothes,
    draw_clothes,
    dress,
    lift_m,
    worn,
)

STANDING, HINGED, ROUNDED, BOTTOM = range(4)
POSTURES = np.stack(
    [
        posture(shank=2.0, knee=2.0),
        posture(shank=-3.0, knee=12.0, pelvis=42.0, lumbar=3.0),
        posture(shank=-4.0, knee=6.0, pelvis=35.0, lumbar=45.0, thoracic=22.0),
        posture(shank=10.0, knee=70.0, pelvis=45.0, lumbar=10.0, neck=-20.0),
    ]
)
PLAIN = Clothes(hair="bald", shoes="barefoot")
LOOSE = replace(
    PLAIN, kind="loose_tee", ease_m=0.34, straight=1.0, hem=0.9, hang=0.3, stiffness=0.1
)
TOPS = [kind for kind in KINDS if kind != "bare"]


@pytest.fixture(scope="module")
def body() -> Body:
    return load_body(2)


@cache
def track(number: int) -> Track:
    person = load_body(number)
    return stand(person, pose_trunk_and_legs(person, POSTURES))


def seen(body: Body, clothes: Clothes, moment: int) -> list[Mesh]:
    number = body_names().index(body.name)
    poses = track(number)
    return worn(
        body,
        dress(body, clothes),
        rotations=poses.rotations[moment],
        joints_m=poses.joints_m[moment],
    )


def drawn(kind: str, seed: int = 5) -> Clothes:
    """Return random clothes without what would hide or press the top."""
    clothes = draw_clothes(np.random.default_rng(seed), kind=kind)
    return replace(clothes, hair="bald", shoes="barefoot", belt_m=0.0, legs="tights")


def _neck_m(body: Body) -> float:
    return float(body.joints_m[body.joint("neck"), 1])


def gap_m(body: Body, clothes: Clothes, moment: int) -> tuple[Floats, Floats]:
    """Return the height of the top's trunk over the posed skin, and where it is on the resting."""
    outfit = dress(body, clothes)
    skin, top = seen(body, clothes, moment)[:2]
    under = outfit.under_m
    assert under is not None
    trunk_skin = np.flatnonzero(~regions.is_arm(body))
    arms = outfit.garments[0].piece.of(regions.is_arm(body).astype(np.float64)) > 0.0
    head = outfit.garments[0].piece.of(body.vertices_m)[:, 1] > _neck_m(body)
    cloth = top.vertices_m[~arms & ~head]
    _, nearest = cKDTree(skin.vertices_m[trunk_skin]).query(cloth)
    at = trunk_skin[nearest]
    height = np.sum((cloth - skin.vertices_m[at]) * skin.normals[at], axis=1)
    # Covered skin is drawn a little thinner than it is: measured is over the true skin.
    return height - (under[at] - 0.001), body.vertices_m[at]


def back_gap_m(body: Body, clothes: Clothes, moment: int, joint: str) -> float:
    """Return the median height of the top over the middle of the back beside a joint."""
    height, at = gap_m(body, clothes, moment)
    centre = body.joints_m[body.joint(joint)]
    near = (np.abs(at[:, 1] - centre[1]) < 0.035) & (np.abs(at[:, 2]) < 0.05)
    near &= at[:, 0] < centre[0]
    return float(np.median(height[near]))


def lowest_belly_m(body: Body, clothes: Clothes) -> float:
    """Return the lowest point of whatever is under the middle of the rounded trunk."""
    poses = track(body_names().index(body.name))
    low, high = (poses.joints_m[ROUNDED, body.joint(name), 0] for name in ("l3l4", "t7t8"))
    outfit = dress(body, clothes)
    skin, top = seen(body, clothes, ROUNDED)[:2]
    pieces = (
        skin.vertices_m[regions.on(body, "l5s1", "l3l4", "t12l1", "t7t8") > 0.5],
        top.vertices_m[outfit.garments[0].piece.of(regions.is_arm(body).astype(np.float64)) == 0.0],
    )
    between = [p[(p[:, 0] > low) & (p[:, 0] < high) & (np.abs(p[:, 2]) < 0.1), 1] for p in pieces]
    return float(between[1].min() - between[0].min())


def test_the_same_seed_gives_the_same_clothes_and_two_people_never_wear_the_same() -> None:
    first, again = (draw_clothes(np.random.default_rng(3)) for _ in range(2))
    assert first == again
    random = np.random.default_rng(3)
    for kind in KINDS:
        one, other = draw_clothes(random, kind=kind), draw_clothes(random, kind=kind)
        assert one.kind == other.kind == kind
        assert one.seed != other.seed
        assert one.rise_m != other.rise_m


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_clothes(np.random.default_rng(0), kind="toga")


def test_random_clothes_cover_every_kind_and_skin_from_light_to_dark() -> None:
    random = np.random.default_rng(1)
    many = [draw_clothes(random) for _ in range(300)]
    assert {one.kind for one in many} == set(KINDS)
    assert {one.legs for one in many} == set(LEGS)
    assert {one.shoes for one in many} == set(SHOES)
    assert {one.hair for one in many} == set(HAIR)
    tones = [np.mean(one.skin_rgb) for one in many]
    assert min(tones) < 0.2
    assert max(tones) > 0.75
    every = np.array([[one.skin_rgb, one.top_rgb, one.legs_rgb, one.hair_rgb] for one in many])
    assert every.min() > 0.0
    assert every.max() < 1.0


@pytest.mark.parametrize("kind", ["tight", "hoodie", "tucked"])
def test_the_same_posture_always_looks_the_same(body: Body, kind: str) -> None:
    clothes = draw_clothes(np.random.default_rng(4), kind=kind)
    first, again = (seen(body, clothes, HINGED) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.vertices_m, other.vertices_m)


def test_folds_wander_with_the_posture(body: Body) -> None:
    clothes = replace(LOOSE, wrinkle_m=0.01)
    smooth = replace(LOOSE, wrinkle_m=0.0)
    folds = [
        seen(body, clothes, moment)[1].vertices_m - seen(body, smooth, moment)[1].vertices_m
        for moment in (STANDING, HINGED)
    ]
    sizes = [np.linalg.norm(fold, axis=1) for fold in folds]
    assert all(np.percentile(size, 75) > 0.002 for size in sizes)
    assert float(np.corrcoef(*sizes)[0, 1]) < 0.8


@pytest.mark.parametrize("kind", TOPS)
@pytest.mark.parametrize("moment", [STANDING, ROUNDED])
def test_the_top_is_outside_the_skin(body: Body, kind: str, moment: int) -> None:
    height, _ = gap_m(body, drawn(kind), moment)
    assert np.percentile(height, 1.0) > -0.004
    assert np.median(height) > 0.0


@pytest.mark.parametrize("moment", [STANDING, HINGED, ROUNDED])
def test_tight_cloth_is_close_to_the_skin(body: Body, moment: int) -> None:
    height, _ = gap_m(body, drawn("tight"), moment)
    assert np.median(height) < 0.008
    assert np.percentile(height, 95.0) < 0.025


def test_loose_cloth_hangs_off_the_belly_in_a_bend_and_tight_cloth_does_not(body: Body) -> None:
    tight, loose = lowest_belly_m(body, drawn("tight")), lowest_belly_m(body, LOOSE)
    assert tight > -0.035
    assert loose < tight - 0.02


def test_a_loose_shirt_bridges_the_hollow_of_a_standing_back(body: Body) -> None:
    hollow, blades = (back_gap_m(body, LOOSE, STANDING, joint) for joint in ("l3l4", "t7t8"))
    assert hollow > 0.015
    assert hollow > blades + 0.008
    assert hollow > 2.0 * back_gap_m(body, drawn("tight"), STANDING, "l3l4")


@pytest.mark.parametrize("joint", ["l3l4", "t12l1", "t7t8"])
def test_a_loose_shirt_lies_on_a_back_that_is_bent_under_it(body: Body, joint: str) -> None:
    assert back_gap_m(body, LOOSE, ROUNDED, joint) < 0.012


def test_a_thick_hood_stands_off_the_upper_back(body: Body) -> None:
    without = replace(LOOSE, kind="hoodie", hood_m=0.0)
    with_hood = replace(without, hood_m=0.06, hood_drop_m=0.18)
    moved = [
        np.linalg.norm(
            seen(body, with_hood, moment)[1].vertices_m - seen(body, without, moment)[1].vertices_m,
            axis=1,
        ).max()
        for moment in (STANDING, HINGED)
    ]
    assert all(0.03 < one < 0.08 for one in moved)


def test_a_belt_presses_a_loose_shirt_to_the_waist(body: Body) -> None:
    free = back_gap_m(body, LOOSE, STANDING, "l5s1")
    belted = back_gap_m(body, replace(LOOSE, belt_m=0.01), STANDING, "l5s1")
    assert belted < 0.008 < free


def test_soles_lift_the_foot_by_what_is_said(body: Body) -> None:
    clothes = replace(PLAIN, shoes="running", sole_m=0.02, heel_m=0.01)
    outfit = dress(body, clothes)
    lowest = min(float(mesh.vertices_m[:, 1].min()) for mesh in seen(body, clothes, STANDING))
    assert lift_m(outfit) == pytest.approx(0.025)
    assert lowest == pytest.approx(-lift_m(outfit), abs=0.002)
    assert lift_m(dress(body, PLAIN)) == 0.0


def test_long_hair_hangs_straight_down_whatever_the_head_does(body: Body) -> None:
    clothes = replace(PLAIN, kind="bare", hair="long", hair_m=0.5)
    for moment in (STANDING, ROUNDED):
        head = track(2).joints_m[moment, body.joint("head")]
        strands = seen(body, clothes, moment)[-1].vertices_m
        assert 0.25 < head[1] - strands[:, 1].min() < 0.65


@pytest.mark.parametrize("kind", TOPS)
def test_no_thread_is_a_spike(body: Body, kind: str) -> None:
    outfit = dress(body, drawn(kind))
    garment = outfit.garments[0]
    one, other = garment.sheet.threads.T
    for moment in range(len(POSTURES)):
        top = seen(body, drawn(kind), moment)[1].vertices_m
        length = np.linalg.norm(top[one] - top[other], axis=1)
        assert (length < 2.0 * garment.sheet.lengths_m + 0.04).all()


def build(body: Body) -> float:
    return body.mass_kg / body.height_m**2


@cache
def extremes() -> tuple[int, int]:
    builds = [build(load_body(number)) for number in range(len(body_names()))]
    return int(np.argmin(builds)), int(np.argmax(builds))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_drawn_on_the_thinnest_and_the_heaviest(kind: str) -> None:
    for number in extremes():
        person = load_body(number)
        outfit = dress(person, draw_clothes(np.random.default_rng(number), kind=kind))
        camera = camera_at(
            np.zeros(3), bearing_rad=0.0, distance_m=4.2, height_m=0.9, span_m=2.4,
            size_px=(90, 120),
        )  # fmt: skip
        poses = track(number)
        for moment in (STANDING, BOTTOM):
            meshes = worn(
                person,
                outfit,
                rotations=poses.rotations[moment],
                joints_m=poses.joints_m[moment],
            )
            canvas = canvas_on(np.zeros((120, 90, 3), dtype=np.float32))
            for mesh in meshes:
                assert np.isfinite(mesh.vertices_m).all()
                assert np.isfinite(mesh.normals).all()
            draw(canvas, meshes, camera, lamp=Lamp())
            assert np.isfinite(canvas.picture).all()
            assert 0.03 < float((canvas.nearness > 0.0).mean()) < 0.4


def test_the_clothes_of_the_bundled_films_are_painted_on(body: Body) -> None:
    outfit = dress(body, PALETTES[1])
    assert outfit.garments == ()
    poses = track(2)
    meshes = worn(body, outfit, rotations=poses.rotations[0], joints_m=poses.joints_m[0])
    assert len(meshes) == 1
    stands_off = np.linalg.norm(outfit.vertices_m - body.vertices_m, axis=1)
    assert stands_off.max() == pytest.approx(0.012)
