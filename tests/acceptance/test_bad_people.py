"""Films that decode and show nothing that can be measured; these need the pose network."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest

from primemover.cli.main import run
from tests.acceptance import making
from tests.acceptance.making import Picture

pytestmark = pytest.mark.weights

_FIRST, _LAST = 90, 300  # of the sample: one repetition, at 30 pictures a second


@pytest.fixture(scope="module")
def lift() -> list[Picture]:
    """Return pictures of a rendered person who lifts once."""
    with as_file(files("primemover.sample") / "deadlift_side.mp4") as path:
        pictures = list(making.pictures_of(path, limit=_LAST))
    return pictures[_FIRST:_LAST]


def _film(
    path: Path, pictures: list[Picture], change: Callable[[Picture], Picture], *, every: int
) -> Path:
    changed = [np.ascontiguousarray(change(picture)) for picture in pictures[::every]]
    height, width = changed[0].shape[:2]
    return making.film(
        path,
        frames=len(changed),
        rate_hz=30.0 / every,
        size=(width, height),
        draw=lambda index: changed[index],
    )


def _analyse(film: Path, *more: str) -> int:
    return run(["analyze", "deadlift", str(film), "--no-report", "--model", "heavy", *more])


@pytest.mark.parametrize("what", ["noise", "blank"])
def test_a_film_without_anybody_is_refused(
    what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draw = making.noise() if what == "noise" else None
    film = making.film(tmp_path / "lift.mp4", frames=20, size=(480, 360), draw=draw)
    status = _analyse(film)
    out, err = capfd.readouterr()
    assert len(err.splitlines()) == 1, err
    assert "Nobody can be seen" in err
    assert out == ""
    assert status == 3


def test_half_a_person_is_refused(
    lift: list[Picture], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    film = _film(tmp_path / "lift.mp4", lift, lambda picture: picture[:480], every=3)
    status = _analyse(film, "--quiet")
    out, err = capfd.readouterr()
    assert len(err.splitlines()) == 1, err
    assert "outside the picture" in err
    assert out == ""
    assert status == 3


def test_a_person_who_does_nothing_is_told_that_nothing_could_be_measured(
    lift: list[Picture], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    film = _film(tmp_path / "lift.mp4", lift[:30], lambda _: lift[0], every=1)
    status = _analyse(film, "--quiet", "--json")
    out, err = capfd.readouterr()
    told = json.loads(out)
    assert told["kind"] == "deadlift"
    assert told["repetitions"] == []
    assert err.startswith("Nothing could be measured in this film. ")
    assert len(err.splitlines()) == 1, err
    assert status == 3


@pytest.mark.slow
def test_two_people_who_lift_side_by_side_are_pointed_out(
    lift: list[Picture], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    film = _film(
        tmp_path / "lift.mp4",
        lift,
        lambda picture: np.concatenate([picture, picture], axis=1),
        every=2,
    )
    _analyse(film, "--quiet", "--json")
    checks = {one["id"]: one for one in json.loads(capfd.readouterr().out)["checks"]}
    assert checks["one_person"]["status"] in {"warning", "failed"}
    assert "right person" in checks["one_person"]["detail"]
