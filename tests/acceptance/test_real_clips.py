"""What must hold on real film: repetitions, views, tasks, and a rounded back told from a held one.

The recordings are not part of the project; without them these tests skip.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from primemover.model.finding import FindingStatus
from primemover.model.person import Person
from primemover.model.session import Clip, ClipKind, LiftFacts
from primemover.model.trial import Trial
from primemover.model.view import TaskName, ViewLabel
from primemover.pipeline.analyze import analyze
from primemover.pipeline.options import Options
from validation.real.again import corrected_angles, look_of, measured
from validation.real.clips import HELD, OBLIQUE, ROUNDED, RealFilm
from validation.real.repeating import values_of
from validation.real.rounding import Told, told_apart
from validation.real.two_cameras import TwoCameras, two_cameras

CLIPS = Path(__file__).parents[3] / "shared" / "data" / "clips"
REPETITIONS = {
    "sumo-side-1rep": 1,
    "barbell-outdoor-01": 1,
    "barbell-outdoor-02": 1,
    "barbell-outdoor-03": 1,
    "barbell-gym-01": 1,
    "barbell-gym-02": 1,
    "barbell-gym-03": 1,
    "kettlebell-correct-side": 10,
    "kettlebell-rounded-side": 10,
}
WRONG_VIEWS = ("kettlebell-correct-oblique", "deadlift-front-oblique", "deadlift-rear-oblique")
OTHER_TASKS = {"power-clean-side": TaskName.CLEAN, "back-squat-side": TaskName.SQUAT}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.weights,
    pytest.mark.skipif(not CLIPS.is_dir(), reason="the real recordings of ../shared are not here"),
]


@cache
def examined(name: str) -> Trial:
    """Return the trial of one real clip, from file, with the heavy model."""
    clip = Clip(kind=ClipKind.DEADLIFT, path=CLIPS / f"{name}.mp4")
    return analyze(clip, person=Person(), lift=LiftFacts(), options=Options()).trial


def finding_status(trial: Trial, finding_id: str) -> FindingStatus:
    return next(finding.status for finding in trial.findings if finding.id == finding_id)


@pytest.mark.parametrize(("name", "count"), REPETITIONS.items())
def test_the_repetitions_of_every_side_view_clip_are_right(name: str, count: int) -> None:
    trial = examined(name)
    assert trial.view is not None
    assert trial.view.label is ViewLabel.SIDE
    assert trial.task is not None
    assert trial.task.looks_like is TaskName.DEADLIFT
    assert len(trial.repetitions) == count


@pytest.mark.parametrize("name", REPETITIONS)
def test_phases_follow_on_each_other_inside_the_film(name: str) -> None:
    trial = examined(name)
    assert trial.film is not None
    for one in trial.repetitions:
        instants = [one.start_s, one.lift_off_s, one.knee_pass_s, one.lockout_s, one.end_s]
        seen = [instant for instant in instants if np.isfinite(instant)]
        assert seen == sorted(seen)
        assert one.lift_off_s < one.lockout_s
        assert trial.film.recording.duration_s + 1e-6 >= one.end_s


@pytest.mark.parametrize("name", WRONG_VIEWS)
def test_a_wrong_view_is_named_and_measures_nothing(name: str) -> None:
    trial = examined(name)
    assert trial.view is not None
    assert trial.view.label in {ViewLabel.OBLIQUE, ViewLabel.FRONT, ViewLabel.REAR}
    assert not trial.view.accepted
    assert not any(measure.is_known for measure in trial.measures.values())
    assert not any(finding.status is FindingStatus.PRESENT for finding in trial.findings)


@pytest.mark.parametrize(("name", "task"), OTHER_TASKS.items())
def test_a_clean_and_a_squat_are_not_reported_as_deadlifts(name: str, task: TaskName) -> None:
    trial = examined(name)
    assert trial.task is not None
    assert trial.task.looks_like is task
    assert not any(measure.is_known for measure in trial.measures.values())
    assert any(check.id == "task" and check.status.value == "failed" for check in trial.checks)
    assert not any(finding.status is FindingStatus.PRESENT for finding in trial.findings)


def test_the_rounded_back_is_told_from_the_held_one() -> None:
    rounded, held = examined("kettlebell-rounded-side"), examined("kettlebell-correct-side")
    lumbar = "lumbar_flexion_bottom"
    difference_rad = rounded.measures[lumbar].value - held.measures[lumbar].value
    assert np.rad2deg(difference_rad) >= 12.0
    found, missed = (
        next(one for one in trial.findings if one.id == "back_rounds") for trial in (rounded, held)
    )
    assert found.status is FindingStatus.PRESENT
    assert missed.status is FindingStatus.ABSENT


@pytest.mark.parametrize("name", REPETITIONS)
def test_the_measures_of_a_real_lift_are_anatomically_possible(name: str) -> None:
    """Ranges that no living lifter leaves; clinical.md 3.1 gives the middle of each."""
    limits_deg = {
        "trunk_inclination_bottom": (10.0, 105.0),
        "trunk_thigh_bottom": (60.0, 165.0),
        "knee_flexion_bottom": (-5.0, 140.0),
        "ankle_dorsiflexion_bottom": (-25.0, 50.0),
        "lumbar_flexion_bottom": (-30.0, 85.0),
        "pelvis_inclination_bottom": (-20.0, 100.0),
        "trunk_lean_back_lockout": (-25.0, 35.0),
    }
    for measure_id, (low, high) in limits_deg.items():
        measure = examined(name).measures[measure_id]
        if measure.is_known:
            assert low <= np.rad2deg(measure.value) <= high, measure_id
            assert 0.0 < np.rad2deg(measure.se) < 20.0, measure_id


def told_by(way: str) -> Told:
    """Return how rounded and held repetitions lie apart in lumbar flexion at the bottom."""
    films = {name: real_film(name) for name in (HELD, ROUNDED)}
    lumbar = [one for one in told_apart(films) if one.measure == "lumbar_flexion_bottom"]
    return next(one for one in lumbar if one.way == way)


def both_cameras() -> TwoCameras:
    """Return the set that was filmed from the side and obliquely at once."""
    found = two_cameras({name: real_film(name) for name in (HELD, OBLIQUE)})
    assert found is not None
    return found


def real_film(name: str) -> RealFilm:
    return RealFilm(name=name, fingerprint="", trial=examined(name))


def test_the_correction_tells_rounded_repetitions_apart_as_well_as_plain_tangents() -> None:
    plain, shipped = told_by("plain tangents"), told_by("shipped")
    # One pair of the hundred, and the sampling error of a distance in standard deviations
    # between ten and ten repetitions, 0.5.
    assert shipped.apart.auc >= plain.apart.auc - 0.01
    assert shipped.apart.in_sds >= plain.apart.in_sds - 0.5


def test_two_films_of_one_set_count_and_time_it_alike() -> None:
    found = both_cameras()
    assert len(found.side.repetitions) == len(found.oblique.repetitions) == 10
    assert abs(found.clocks.offset_s) < 0.05
    assert found.clocks.correlation > 0.99
    for instant in found.instants:
        assert instant.count == 10, instant.what
        assert instant.largest_s < 0.12, instant.what


def test_two_films_of_one_set_agree_within_the_stated_intervals() -> None:
    """The oblique film is refused; read all the same, with its place in the interval, it agrees."""
    found = both_cameras()
    assert not any(measure.is_known for measure in found.oblique.measures.values())
    read = [row for row in found.stressed if np.isfinite(row.oblique)]
    assert len(read) >= 5
    assert [row.measure for row in read if not row.overlap] == []


@pytest.mark.parametrize("name", REPETITIONS)
def test_what_is_read_again_for_the_accuracy_page_is_what_the_product_says(name: str) -> None:
    trial = examined(name)
    look = look_of(trial)
    assert look is not None
    again = measured(look, corrected_angles)
    for measure_id in trial.measures:
        said, read = (values_of(one, measure_id) for one in (trial.repetitions, again))
        assert read == pytest.approx(said, abs=1e-9, nan_ok=True), measure_id


@pytest.fixture(scope="session", autouse=True)
def _free_the_films() -> Iterator[None]:
    yield
    examined.cache_clear()
