"""Frozen films: what comes back is what was put in, and the outline has not moved."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from primemover.model.arrays import frozen
from primemover.model.level import CameraLevel
from primemover.model.loadtrack import LoadKind, LoadTrack, Scale
from primemover.model.pose import PoseTrack, Silhouettes
from primemover.outline.rays import exits
from primemover.pose.fake import FakeEngine, FakeFilm, standing_person
from primemover.pose.track import track
from validation.calibration.cases import Case, cases
from validation.frozen.choosing import PER_MOVE, spread_out
from validation.frozen.freezing import thinned
from validation.frozen.keeping import read_film, write_film
from validation.frozen.records import FrozenFilm
from validation.frozen.shelf import load_films, save_films
from validation.frozen.silhouettes import packed, signs_only, unpacked
from validation.table.records import Factors


def seen_track(frames: int = 12) -> PoseTrack:
    film = FakeFilm(time_s=np.arange(frames) / 10.0, width_px=320, height_px=240)
    people = standing_person(x_px=160, foot_y_px=220, height_px=180, frames=frames)
    return track(film, FakeEngine([people]))


def blobs(seed: int, count: int = 3) -> Silhouettes:
    """Return smooth random shapes with a hole here and there and noise on their edges."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:256, 0:256]
    pictures = []
    for _ in range(count):
        centre, size = random.uniform(118, 138, 2), random.uniform(15, 40, 2)
        shape = 1.0 - ((x - centre[0]) / size[0]) ** 2 - ((y - centre[1]) / size[1]) ** 2
        noisy = 60.0 * shape + random.normal(0.0, 6.0, shape.shape)
        pictures.append(np.clip(np.rint(noisy), -127, 127).astype(np.int8))
    return Silhouettes(
        frame_index=frozen(np.arange(count), np.int64),
        logits_q=np.stack(pictures),
        crop_to_frame=frozen(np.tile([[1.5, 0.1, 3.0], [-0.1, 1.5, 7.0]], (count, 1, 1))),
    )


def frozen_film(seen: PoseTrack, load: LoadTrack | None = None) -> FrozenFilm:
    return FrozenFilm(
        name="test-0003",
        seed=3_000_003,
        test="deadlift",
        factors=Factors(
            move="sumo",
            style="rounded",
            person=5,
            sex="female",
            build="heavy",
            clothing="hoodie",
            close_fitting=False,
            plates=True,
            yaw_rad=0.1,
            width_px=320,
            height_px=240,
            frames_per_s=24.0,
            extras=("post",),
        ),
        track=seen,
        level=CameraLevel(roll_rad=0.02, why="few lines"),
        load=load,
        truth={"view": "side", "time_s": [0.0, 0.1], "standing_s": [0.0, 0.1]},
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_rays_leave_a_packed_silhouette_exactly_where_they_left_the_whole_one(
    seed: int,
) -> None:
    whole = blobs(seed)
    back = unpacked(packed(whole))
    random = np.random.default_rng(seed)
    for before, after in zip(whole.logits_q, back.logits_q, strict=True):
        angle, span = random.uniform(0.0, 2.0 * np.pi), random.uniform(55.0, 70.0)
        along = span * np.array([np.cos(angle), np.sin(angle)])
        backward = np.array([-along[1], along[0]])
        origin = np.array([128.0, 128.0])
        was, now = (exits(logits, origin, along, backward) for logits in (before, after))
        assert np.isfinite(was[0]).any()
        np.testing.assert_array_equal(now[0], was[0])
        np.testing.assert_array_equal(now[1], was[1])


def test_a_silhouette_without_its_fractions_keeps_every_sign() -> None:
    whole = blobs(9)
    bare = signs_only(whole)
    np.testing.assert_array_equal(bare.logits_q > 0, whole.logits_q > 0)
    assert np.unique(bare.logits_q).size == 2


def test_a_film_comes_back_to_a_hair_of_a_pixel(tmp_path: Path) -> None:
    seen = seen_track()
    lost = np.array(seen.xy_px)
    lost[4] = np.nan
    seen = replace(seen, xy_px=lost, depth_px=np.where(np.isnan(lost[..., 0]), np.nan, -3.0))
    film = frozen_film(seen)
    back = read_film(write_film(tmp_path, film))
    for name in ("name", "seed", "test", "factors", "truth", "load"):
        assert getattr(back, name) == getattr(film, name)
    assert (back.level.roll_rad, back.level.why) == (0.02, "few lines")
    assert np.isnan(back.level.pitch_rad)
    np.testing.assert_array_equal(back.track.found, seen.found)
    np.testing.assert_array_equal(back.track.time_s, seen.time_s)
    np.testing.assert_allclose(back.track.xy_px, seen.xy_px, atol=1.0 / 128.0)
    np.testing.assert_allclose(back.track.world_m, _unless_lost(seen.world_m, seen), atol=6e-5)
    np.testing.assert_allclose(back.track.visibility[5], seen.visibility[5], atol=1e-3)
    assert (back.track.engine, back.track.width_px) == (seen.engine, 320)


def test_the_load_comes_back(tmp_path: Path) -> None:
    line = np.linspace(10.0, 20.0, 12)
    load = LoadTrack(
        kind=LoadKind.PLATE,
        xy_px=np.stack([line, line], axis=1),
        se_px=line,
        axes_px=np.full((12, 2), np.nan),
        lost=line > 15.0,
        confidence=0.7,
        scale=Scale(m_per_px=0.004, se_m_per_px=1e-4, source="plate"),
        why="out of sight",
        magnification=1.1,
        magnification_se=0.02,
        midline_px=np.stack([line, -line], axis=1),
        midline_se_px=line,
    )
    back = read_film(write_film(tmp_path, frozen_film(seen_track(), load))).load
    assert back is not None
    for field in fields(load):
        want, got = getattr(load, field.name), getattr(back, field.name)
        if isinstance(want, np.ndarray):
            np.testing.assert_allclose(got, want, rtol=1e-6)
        else:
            assert got == want


def test_a_film_on_the_shelf_that_was_changed_is_noticed(tmp_path: Path) -> None:
    save_films([frozen_film(seen_track())], tmp_path, command="make it")
    assert [film.name for film in load_films(tmp_path)] == ["test-0003"]
    path = tmp_path / "test-0003.npz.xz"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ValueError, match="not the file"):
        load_films(tmp_path)


def test_a_thinned_track_keeps_its_frames_together_and_every_look_of_the_detector() -> None:
    seen = seen_track(12)
    looked = np.full(12, np.nan)
    looked[[0, 5, 11]] = [0.0, 2.0, 1.0]
    some = thinned(replace(seen, other_people=looked), np.arange(0, 12, 3))
    assert seen.silhouettes is not None
    assert some.silhouettes is not None
    np.testing.assert_array_equal(some.time_s, seen.time_s[::3])
    np.testing.assert_array_equal(some.xy_px, seen.xy_px[::3])
    np.testing.assert_array_equal(some.other_people, [0.0, 2.0, np.nan, 1.0])
    np.testing.assert_array_equal(some.silhouettes.frame_index, [0, 1, 2, 3])
    np.testing.assert_array_equal(some.silhouettes.logits_q, seen.silhouettes.logits_q[::3])


def test_the_choice_takes_nobody_twice_and_every_move() -> None:
    chosen = spread_out(cases("test", 200))
    assert len({one.person for one in chosen}) == len(chosen)
    counts = {move: sum(one.move == move for one in chosen) for move in PER_MOVE}
    assert counts == PER_MOVE
    assert chosen == spread_out(cases("test", 200))
    assert all(isinstance(one, Case) and abs(one.shot.yaw_deg) <= 20.0 for one in chosen)


def _unless_lost(values: np.ndarray, seen: PoseTrack) -> np.ndarray:
    kept = np.array(values)
    kept[~seen.found] = np.nan
    return kept
