"""The gate: frozen films of virtual people are examined no worse than when that was recorded.

If it fails, read what got worse and in which film. If the change was meant and is worth it,
``python -m validation.frozen record`` records the errors anew; what it changes is reviewed too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from unittest.mock import patch

import numpy as np
import pytest

from primemover.model.arrays import frozen
from primemover.model.pose import LANDMARK_COUNT, Landmark
from validation.frozen.choosing import PER_MOVE
from validation.frozen.errors import Seen, examine
from validation.frozen.gate import complaints, noted
from validation.frozen.records import FrozenFilm
from validation.frozen.shelf import about, load_films, load_noted, manifest
from validation.table.bounds import TARGETS
from validation.table.records import CurveResult

MOST_BYTES = 3_200_000
MOST_S = 30.0  # what the issue allows; it takes about a tenth of that


@lru_cache(maxsize=1)
def films() -> tuple[FrozenFilm, ...]:
    return tuple(load_films())


@lru_cache(maxsize=1)
def examined() -> tuple[Seen, ...]:
    return tuple(examine(film) for film in films())


def got_worse(every: tuple[Seen, ...]) -> tuple[str, ...]:
    return complaints(load_noted(), noted(every), about=about())


def again(change: Callable[[FrozenFilm], FrozenFilm], *, test: str = "") -> tuple[Seen, ...]:
    """Return all films examined, those of some tests after a change."""
    return tuple(
        examine(change(film)) if film.test.startswith(test) else seen
        for film, seen in zip(films(), examined(), strict=True)
    )


def misread(change: Callable[[CurveResult], CurveResult]) -> tuple[Seen, ...]:
    """Return what was examined, with other curves."""
    return tuple(
        replace(
            seen,
            result=replace(
                seen.result, curves=tuple(change(curve) for curve in seen.result.curves)
            ),
        )
        for seen in examined()
    )


def test_the_frozen_films_are_examined_no_worse_than_recorded_within_seconds() -> None:
    start_s = time.process_time()
    wrong = got_worse(examined())
    spent_s = time.process_time() - start_s
    assert not wrong, "\n".join(("", *wrong, "", str(__doc__)))
    assert spent_s < MOST_S


def test_the_frozen_films_are_few_small_different_and_from_the_test_set() -> None:
    rows = manifest()["films"]
    assert {row["move"] for row in rows} == set(PER_MOVE)
    assert {row["set"] for row in rows} == {"test"}
    assert len({row["person"] for row in rows}) == len(rows) == sum(PER_MOVE.values())
    assert len({row["style"] for row in rows}) >= 10
    assert len({row["clothing"] for row in rows}) >= 6
    assert {row["sex"] for row in rows} == {"female", "male"}
    assert sum(abs(row["yaw_deg"]) <= 10.0 for row in rows) >= 16
    assert sum(row["bytes"] for row in rows) <= MOST_BYTES


def test_every_target_of_the_table_is_held() -> None:
    held = {name for kind, name in load_noted().pooled if kind == "mean error"}
    assert {target.id for target in TARGETS} <= held


@pytest.mark.parametrize("name", [curve for target in TARGETS for curve in target.curves])
def test_it_trips_when_an_angle_is_off_by_5_deg_and_names_it(name: str) -> None:
    def shifted(curve: CurveResult, off: float) -> CurveResult:
        if curve.id != name:
            return curve
        return replace(
            curve, measured=curve.measured + off, low=curve.low + off, high=curve.high + off
        )

    # A curve that was 4 deg too low is not worse when it is 1 deg too high: both ways are tried.
    wrong = [
        one
        for off_deg in (-5.0, 5.0)
        for one in got_worse(misread(partial(shifted, off=np.radians(off_deg))))
    ]
    assert any(one.startswith(f"{name}: curve") for one in wrong)
    assert any("over all films" in one for one in wrong)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_it_trips_when_standard_errors_are_halved_or_doubled(factor: float) -> None:
    def restated(curve: CurveResult) -> CurveResult:
        return replace(
            curve,
            low=curve.measured + factor * (curve.low - curve.measured),
            high=curve.measured + factor * (curve.high - curve.measured),
        )

    wrong = got_worse(misread(restated))
    said = "outside" if factor < 1.0 else "half width"
    assert sum(f": {said} " in one for one in wrong) >= len(TARGETS) - 2


def test_it_trips_when_left_and_right_legs_are_swapped() -> None:
    wrong = got_worse(again(mirrored_names, test="hip_rotation"))
    assert any(one.startswith("rotation: ") for one in wrong)


def test_it_trips_when_the_landmarks_come_a_picture_late() -> None:
    def late(film: FrozenFilm) -> FrozenFilm:
        xy = film.track.xy_px
        return replace(film, track=replace(film.track, xy_px=np.concatenate([xy[:1], xy[:-1]])))

    wrong = got_worse(again(late))
    assert any(": instant" in one for one in wrong)
    assert any("over all films" in one for one in wrong)


@pytest.mark.parametrize("part", ["side", "front"])
def test_it_trips_when_the_correction_is_switched_off(part: str) -> None:
    where = {"side": "primemover.exam.corrected", "front": "primemover.exam.hip_signals"}[part]
    with patch(f"{where}.fit_for", return_value=None):
        wrong = got_worse(again(lambda film: film))
    assert any("over all films" in one for one in wrong)


def test_it_trips_when_a_film_is_refused() -> None:
    def cut(film: FrozenFilm) -> FrozenFilm:
        nobody = np.full_like(film.track.xy_px, np.nan)
        return replace(film, track=replace(film.track, xy_px=nobody))

    first, *rest = films()
    wrong = got_worse((examine(cut(first)), *examined()[1:]))
    assert any(f"in {first.name} " in one and "not measured" in one for one in wrong)
    assert not any(f"in {film.name} " in one for film in rest for one in wrong)


@pytest.mark.parametrize("seed", range(2))
def test_it_does_not_trip_on_noise_as_another_machine_might_make_it(seed: int) -> None:
    random = np.random.default_rng(seed)

    def shaken(film: FrozenFilm) -> FrozenFilm:
        xy = film.track.xy_px + random.normal(0.0, 0.02, film.track.xy_px.shape)
        return replace(film, track=replace(film.track, xy_px=frozen(xy)))

    assert not got_worse(again(shaken))


def mirrored_names(film: FrozenFilm) -> FrozenFilm:
    """Return the film with every left landmark called right and the other way round."""
    order = np.arange(LANDMARK_COUNT)
    for one in Landmark:
        if "LEFT" in one.name:
            order[one] = Landmark[one.name.replace("LEFT", "RIGHT")]
            order[order[one]] = one
    seen = film.track
    return replace(
        film,
        track=replace(
            seen,
            xy_px=seen.xy_px[:, order],
            depth_px=seen.depth_px[:, order],
            visibility=seen.visibility[:, order],
            world_m=seen.world_m[:, order],
        ),
    )
