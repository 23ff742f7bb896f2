from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from primemover.errors import NotFoundError, VideoError
from primemover.video import container
from primemover.video.decode import open_film
from tests.unit.video.films import even_times, numbered_pictures, write_film, write_sound


def _text(folder: Path) -> Path:
    path = folder / "text.mp4"
    path.write_text("this is a letter, not a film\n" * 50)
    return path


def _empty(folder: Path) -> Path:
    (folder / "empty.mp4").touch()
    return folder / "empty.mp4"


def _headless(folder: Path) -> Path:
    path = write_film(folder / "headless.mp4", numbered_pictures(30), even_times(30))
    path.write_bytes(path.read_bytes()[:2000])  # the index at the end is gone
    return path


def _playlist(folder: Path) -> Path:
    write_film(folder / "other_client.mp4", numbered_pictures(30), even_times(30))
    path = folder / "playlist.mp4"
    path.write_text("ffconcat version 1.0\nfile other_client.mp4\n")
    return path


def _huge(folder: Path) -> Path:
    picture = np.full((8192, 8192, 3), 90, dtype=np.uint8)
    return write_film(folder / "huge.avi", [picture], even_times(1), codec="mjpeg")


def _slow(folder: Path) -> Path:
    return write_film(folder / "slow.mp4", numbered_pictures(20), even_times(20, 1.0))


def _single(folder: Path) -> Path:
    return write_film(folder / "single.mp4", numbered_pictures(1), even_times(1))


def _photo(folder: Path) -> Path:
    path = folder / "photo.jpg"
    write_film(folder / "one.avi", numbered_pictures(1), even_times(1), codec="mjpeg")
    data = (folder / "one.avi").read_bytes()
    path.write_bytes(data[data.index(b"\xff\xd8\xff") : data.rindex(b"\xff\xd9") + 2])
    return path


def _short(folder: Path) -> Path:
    return write_film(folder / "short.mp4", numbered_pictures(20), even_times(20, 120.0))


def _long(folder: Path) -> Path:
    pictures = numbered_pictures(1, width=16, height=16) * 4900
    return write_film(folder / "long.mp4", pictures, even_times(4900, 8.1))


def _foreign(folder: Path) -> Path:
    return write_film(folder / "foreign.mkv", numbered_pictures(20), even_times(20), codec="ffv1")


def _sound(folder: Path) -> Path:
    return write_sound(folder / "sound.mp4")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_text, "not_a_video"),
        (_empty, "empty_file"),
        (_headless, "not_a_video"),
        (_playlist, "not_a_video"),
        (_photo, "not_a_video"),
        (_huge, "too_big_picture"),
        (_slow, "too_slow"),
        (_single, "too_few_frames"),
        (_short, "too_short"),
        (_long, "too_long"),
        (_foreign, "codec"),
        (_sound, "no_picture"),
        (lambda folder: folder, "not_a_file"),
    ],
)
def test_what_is_no_film_of_a_lift_is_refused_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    path = make(tmp_path)
    with pytest.raises(VideoError) as refused:
        open_film(path)
    assert refused.value.reason == reason
    sentence = str(refused.value)
    assert path.name in sentence
    assert str(tmp_path.parent) not in sentence  # names may identify people; folders more so
    assert sentence.endswith(".")


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no file lift\.mp4"):
        open_film(tmp_path / "lift.mp4")


def test_a_playlist_would_have_opened_without_the_whitelist(tmp_path: Path) -> None:
    import av  # noqa: PLC0415 - only this test goes round the guard

    path = _playlist(tmp_path)
    with av.open(str(path), options={"safe": "0"}) as unguarded:
        assert unguarded.format.name == "concat"  # so the refusal above is the guard's work


def test_a_name_with_a_protocol_in_it_stays_a_file_name(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mp4", numbered_pictures(20), even_times(20))
    odd = path.rename(tmp_path / "concat:film.mp4")
    assert open_film(odd).expected_frames == 20


def test_too_much_picture_for_the_machine_is_refused_before_decoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_film(tmp_path / "film.mp4", numbered_pictures(20), even_times(20))
    monkeypatch.setattr(container, "MAX_PIXELS", 64 * 48 * 19.0)
    with pytest.raises(VideoError) as refused:
        container.read_packets(path)
    assert refused.value.reason == "too_much"


def test_a_file_of_gigabytes_is_refused_before_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_film(tmp_path / "film.mp4", numbered_pictures(20), even_times(20))
    monkeypatch.setattr(container, "MAX_FILE_BYTES", 100)
    with pytest.raises(VideoError) as refused:
        open_film(path)
    assert refused.value.reason == "too_large"
