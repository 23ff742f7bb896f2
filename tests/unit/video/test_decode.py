from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from primemover.video.decode import open_film
from tests.unit.video.films import even_times, numbered_pictures, turn_film, write_film


@pytest.fixture
def film_path(tmp_path: Path) -> Path:
    return write_film(tmp_path / "film.mp4", numbered_pictures(36), even_times(36))


def test_every_picture_arrives_with_its_time(film_path: Path) -> None:
    film = open_film(film_path)
    shown = list(film.frames())
    assert [round(time_s, 3) for time_s, _ in shown] == [round(i / 30, 3) for i in range(36)]
    assert film.expected_frames == 36


def test_pictures_are_contiguous_rgb_bytes_of_the_announced_size(film_path: Path) -> None:
    film = open_film(film_path)
    _, picture = next(iter(film.frames()))
    assert picture.shape == (film.height_px, film.width_px, 3) == (48, 64, 3)
    assert picture.dtype == np.uint8
    assert picture.flags.c_contiguous


def test_pictures_come_in_the_order_in_which_they_were_filmed(film_path: Path) -> None:
    grey = [float(picture[:, :20].mean()) for _, picture in open_film(film_path).frames()]
    assert np.all(np.diff(grey) > 0)


def test_uneven_times_are_kept_and_noticed(tmp_path: Path) -> None:
    steps = np.where(np.arange(29) % 3 == 0, 0.050, 0.025)
    time_s = np.concatenate([[0.0], np.cumsum(steps)])
    film = open_film(write_film(tmp_path / "uneven.mp4", numbered_pictures(30), time_s))
    seen = np.array([time for time, _ in film.frames()])
    np.testing.assert_allclose(seen, time_s, atol=0.0011)
    assert film.recording(seen).is_uneven


def test_the_clock_starts_at_zero_even_if_the_container_does_not(tmp_path: Path) -> None:
    path = write_film(tmp_path / "late.mkv", numbered_pictures(20), even_times(20) + 3.0)
    seen = [time for time, _ in open_film(path).frames()]
    assert seen[0] == 0.0
    assert seen[-1] == pytest.approx(19 / 30, abs=0.0011)


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_a_turned_film_arrives_upright(film_path: Path, clockwise: int) -> None:
    film = open_film(turn_film(film_path, clockwise))
    assert film.rotation_deg == clockwise
    _, picture = next(iter(film.frames()))
    assert picture.shape[:2] == ((48, 64) if clockwise == 180 else (64, 48))
    # the bright right third of the stored picture: right -> down -> left -> up, clockwise
    bright = {90: picture[-8:], 180: picture[:, :8], 270: picture[:8]}[clockwise]
    dark = {90: picture[:8], 180: picture[:, -8:], 270: picture[-8:]}[clockwise]
    assert bright.mean() > dark.mean() + 100
    assert picture.flags.c_contiguous


def test_oblong_pixels_are_made_square(tmp_path: Path) -> None:
    path = write_film(
        tmp_path / "oblong.mp4", numbered_pictures(20), even_times(20), aspect=Fraction(4, 3)
    )
    film = open_film(path)
    _, picture = next(iter(film.frames()))
    assert (film.width_px, film.height_px) == (85, 48)
    assert picture.shape == (48, 85, 3)


def test_a_stride_gives_every_kth_picture(film_path: Path) -> None:
    film = open_film(film_path)
    every = [time for time, _ in film.frames()]
    assert [time for time, _ in film.frames(stride=3)] == every[::3]


def test_samples_are_the_same_pictures_as_in_the_whole_film(film_path: Path) -> None:
    film = open_film(film_path)
    whole = list(film.frames())
    wanted = [1, 2, 2, 17, 35]  # neighbours, one twice, and beyond the next two key frames
    sampled = list(film.samples([whole[index][0] for index in wanted]))
    assert len(sampled) == len(wanted)
    for (time_s, picture), index in zip(sampled, wanted, strict=True):
        assert time_s == pytest.approx(whole[index][0])
        np.testing.assert_array_equal(picture, whole[index][1])


def test_a_time_between_two_pictures_gives_the_later_one(film_path: Path) -> None:
    film = open_film(film_path)
    ((time_s, _),) = film.samples([0.05])
    assert time_s == pytest.approx(2 / 30, abs=0.0011)


def test_after_the_last_picture_there_is_none(film_path: Path) -> None:
    assert len(list(open_film(film_path).samples([1.0, 5.0]))) == 1


def test_a_film_can_be_left_early_and_read_again(film_path: Path) -> None:
    film = open_film(film_path)
    next(iter(film.frames()))
    assert len(list(film.frames())) == 36


def test_the_record_names_the_file_but_not_its_folder(film_path: Path) -> None:
    film = open_film(film_path)
    recording = film.recording(np.array([time for time, _ in film.frames()]))
    assert recording.name == "film.mp4"
    assert recording.sha256 == sha256(film_path.read_bytes()).hexdigest()
    assert recording.codec == "mpeg4"
    assert recording.frame_rate_hz == pytest.approx(30, rel=0.02)  # stamps are whole milliseconds
    assert recording.notes == ()


@pytest.mark.parametrize("codec", ["libvpx-vp9", "mpeg4"])
def test_a_film_cut_off_in_the_middle_gives_what_is_left_and_says_so(
    tmp_path: Path, codec: str
) -> None:
    path = write_film(
        tmp_path / "cut.mp4",
        numbered_pictures(60),
        even_times(60),
        codec=codec,
        options={"movflags": "faststart"},
    )
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2])
    film = open_film(path)
    time_s = np.array([time for time, _ in film.frames()])
    assert 10 <= time_s.size < 60
    (note,) = film.recording(time_s).notes
    assert note.startswith(f"The file is incomplete: {time_s.size} of 60 pictures")
