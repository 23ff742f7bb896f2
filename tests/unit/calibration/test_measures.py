"""The factor beside a fit reaches its measures' errors and nothing else."""

import pytest

from primemover.calibration import measures
from primemover.calibration.measures import calibrated_errors
from primemover.model.measure import Measure, not_measured

FACTORS = {"hip_rotation": 0.5, "hip_rotation_passive": 2.0}


def angle(name: str) -> Measure:
    return Measure(id=name, value=0.5, se=0.1, unit="rad")


@pytest.fixture(autouse=True)
def factors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "shipped", lambda: {"front": {"measures": FACTORS}})


def test_the_longest_name_that_fits_counts() -> None:
    names = ("hip_rotation_active_left", "hip_rotation_passive_right", "hip_rotations", "shank")
    found = calibrated_errors({name: angle(name) for name in names}, "front")
    assert [found[name].se for name in names] == pytest.approx([0.05, 0.2, 0.1, 0.1])
    assert {one.value for one in found.values()} == {0.5}


def test_what_was_not_measured_stays_so_and_a_fit_without_factors_changes_nothing() -> None:
    nothing = {"hip_rotation_active_left": not_measured("hip_rotation_active_left", "hidden")}
    assert calibrated_errors(nothing, "front") == nothing
    known = {"hip_rotation_active_left": angle("hip_rotation_active_left")}
    assert calibrated_errors(known, "side") == known
