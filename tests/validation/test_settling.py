"""Factors for measures: with them nine of ten errors of other people lie inside the intervals."""

from dataclasses import replace

import numpy as np
import pytest

from tests.validation.pretend import pretend_films
from validation.calibration.settling import factors_from
from validation.table.records import FilmResult, MeasureResult


def films(seed: int, count: int = 60) -> list[FilmResult]:
    """Return films whose errors are 1.5 times the stated ones in one measure, half in another."""
    random = np.random.default_rng(seed)
    bare = [one for one in pretend_films(count, seed=seed) if one.factors.move != "hip_rotation"]

    def measure(name: str, factor: float) -> MeasureResult:
        error = factor * 0.05 * random.normal()
        return MeasureResult(
            id=name, unit="rad", repetition=-1, true=1.0, measured=1.0 + error, se=0.05,
            low=0.0, high=0.0,
        )  # fmt: skip

    return [
        replace(one, measures=(measure("bend_knee_flexion", 1.5), measure("bend_thoracic", 0.5)))
        for one in bare
    ]


def test_factors_make_stated_errors_true() -> None:
    found = factors_from(films(1, 200), view="side")
    assert found == pytest.approx({"bend_knee_flexion": 1.5, "bend_thoracic": 0.5}, rel=0.12)


def test_both_legs_of_the_seated_test_share_a_factor_and_other_measures_have_none() -> None:
    def both(one: FilmResult) -> FilmResult:
        first, second = one.measures
        names = ("hip_rotation_active_left", "hip_rotation_passive_right", "shank_at_rest")
        return replace(
            one,
            measures=tuple(
                replace(measure, id=name)
                for measure, name in zip((first, first, second), names, strict=True)
            ),
        )

    found = factors_from([both(one) for one in films(2, 100)], view="front")
    assert set(found) == {"hip_rotation"}


def test_too_few_films_say_nothing() -> None:
    assert factors_from(films(3, 5), view="side") == {}
