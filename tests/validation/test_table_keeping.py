"""What was collected of a film comes back from its file as it was."""

from __future__ import annotations

import math
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np
import pytest

from tests.validation.pretend import Errors, pretend_films
from validation.table.keeping import load_result, load_results, save_result, save_results


def test_results_come_back_as_they_were(tmp_path: Path) -> None:
    films = pretend_films(2, seed=3, errors=Errors(refused=0.2))
    save_results(tmp_path, films)
    back = {film.name: film for film in load_results(tmp_path)}
    assert set(back) == {film.name for film in films}
    for film in films:
        other = back[film.name]
        for name in ("seed", "factors", "findings", "forward", "standing_s", "refused"):
            assert getattr(other, name) == getattr(film, name)
        assert math.isnan(other.yaw_estimate_rad)
        for one, two in zip(film.curves, other.curves, strict=True):
            for field in fields(one):
                np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name))
        for mine, theirs in zip(film.measures, other.measures, strict=True):
            np.testing.assert_equal(asdict(theirs), asdict(mine))


def test_a_track_keeps_its_landmarks_to_a_thousandth_of_a_pixel(tmp_path: Path) -> None:
    film = pretend_films(1, seed=3)[0]
    track, back = film.track, load_result(save_result(tmp_path, film)).track
    assert track is not None
    assert back is not None
    assert (back.engine, back.width_px, back.silhouettes) == (track.engine, track.width_px, None)
    np.testing.assert_array_equal(back.time_s, track.time_s)
    np.testing.assert_allclose(back.xy_px, track.xy_px, atol=1e-3)
    np.testing.assert_allclose(back.world_m, track.world_m, atol=1e-6)


def test_a_film_without_anybody_in_it_is_kept_too(tmp_path: Path) -> None:
    film = replace(pretend_films(1)[0], track=None, refused="Nobody was found.")
    back = load_result(save_result(tmp_path, film))
    assert back.track is None
    assert back.refused == "Nobody was found."


def test_an_unfinished_file_is_not_read(tmp_path: Path) -> None:
    save_results(tmp_path, pretend_films(1)[:1])
    (tmp_path / ".other.part").write_bytes(b"half")
    assert len(load_results(tmp_path)) == 1


def test_another_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.npz"
    np.savez(path, about=np.array('{"schema": "something else"}'))
    with pytest.raises(ValueError, match="collect it again"):
        load_result(path)
