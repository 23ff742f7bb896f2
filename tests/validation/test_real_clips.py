"""What is said of real clips: scatter that is scatter, two clocks, halves that make a whole."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.calibration.model import Fit, Novelty
from primemover.model.measure import Measure, not_measured
from primemover.model.outline import Tangents
from primemover.model.pose import LANDMARK_COUNT, PoseTrack, Silhouettes
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from validation.pages import ACCURACY_PAGE, section
from validation.real.again import _half_track
from validation.real.clips import CLIPS, NAMES, REPETITIONS, SETS, clip_path, fingerprint
from validation.real.likeness import _farthest
from validation.real.page import SECTION
from validation.real.repeating import values_of
from validation.real.spread import apart, scatter, twice_read
from validation.real.standing import _means, standing_of
from validation.real.two_cameras import _instants, foreshortened, widened_for_yaw

AGAIN = "run `python -m validation.real_clips --write`"
finite = st.floats(-50.0, 50.0)


def test_the_page_tells_of_real_clips_and_that_they_hold_no_truth() -> None:
    made = section(ACCURACY_PAGE, SECTION)
    assert "no truth" in made, AGAIN
    assert all(f"`{name}`" in made for name in NAMES), AGAIN


@pytest.mark.shared
@pytest.mark.skipif(not CLIPS.is_dir(), reason="the real recordings of ../shared are not here")
@pytest.mark.parametrize("name", NAMES)
def test_the_page_was_made_from_the_clips_that_are_here(name: str) -> None:
    assert fingerprint(clip_path(name)) in section(ACCURACY_PAGE, SECTION), AGAIN


def test_the_sets_are_side_films_whose_repetitions_are_known() -> None:
    assert {clip for clips in SETS.values() for clip in clips} <= set(REPETITIONS)
    assert set(REPETITIONS) <= set(NAMES)
    assert len(REPETITIONS) == 9


def test_scatter_is_pooled_by_degrees_of_freedom() -> None:
    # Squares about the means: 2 over 2 degrees of freedom, and 8 over 1.
    found = scatter([np.array([1.0, 2.0, 3.0]), np.array([10.0, 14.0])])
    assert found.sd == pytest.approx(math.sqrt(10.0 / 3.0))
    assert found.freedom == 3
    assert found.low < found.sd < found.high


def test_what_sets_differ_in_is_no_scatter() -> None:
    near = scatter([np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])])
    far = scatter([np.array([1.0, 2.0, 3.0]), np.array([91.0, 92.0, 93.0])])
    assert far == near


def test_a_slow_drift_counts_little_from_step_to_step() -> None:
    found = scatter([np.arange(10.0)])
    assert found.step == pytest.approx(math.sqrt(0.5))
    assert found.sd > 4.0 * found.step


def test_one_repetition_has_no_scatter() -> None:
    found = scatter([np.array([5.0]), np.array([np.nan, 3.0])])
    assert found.freedom == 0
    assert math.isnan(found.sd)


def test_the_interval_of_a_scatter_holds_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    found = [
        scatter([random.normal(0.0, 2.0, 10), random.normal(9.0, 2.0, 10)]) for _ in range(600)
    ]
    held = np.mean([one.low <= 2.0 <= one.high for one in found])
    assert 0.92 < held < 0.98


def test_reading_twice_gives_the_error_of_one_reading() -> None:
    random = np.random.default_rng(8)
    true = random.uniform(0.0, 60.0, 4000)
    first, second = (true + random.normal(0.0, 1.5, true.size) for _ in range(2))
    assert twice_read(first, second) == pytest.approx(1.5, rel=0.05)
    assert twice_read(first, first + 3.0) == pytest.approx(3.0 / math.sqrt(2.0))
    assert math.isnan(twice_read(first, np.full(true.size, np.nan)))


@given(st.lists(finite, min_size=2, max_size=9), st.lists(finite, min_size=2, max_size=9), finite)
def test_telling_apart_is_fair_to_both_and_blind_to_an_offset(
    first: list[float], second: list[float], shift: float
) -> None:
    a, b = np.array(first), np.array(second)
    there, back = apart(a, b), apart(b, a)
    assert there.auc + back.auc == pytest.approx(1.0)
    assert there.difference == pytest.approx(-back.difference)
    moved = apart(np.round(a) + round(shift), np.round(b) + round(shift))
    assert moved.auc == apart(np.round(a), np.round(b)).auc


def test_sets_that_do_not_overlap_are_told_apart_always() -> None:
    found = apart(np.array([1.0, 2.0, 3.0]), np.array([11.0, 12.0, 13.0, np.nan]))
    assert (found.auc, found.difference, found.in_sds) == pytest.approx((1.0, 10.0, 10.0))


@given(st.floats(-1.5, 1.5), st.floats(0.0, 1.5))
def test_a_turned_camera_makes_every_lean_look_smaller(lean: float, yaw: float) -> None:
    seen = float(foreshortened(np.array([lean]), yaw)[0])
    assert abs(seen) <= abs(lean) + 1e-12
    assert seen * lean >= 0.0
    assert math.tan(seen) == pytest.approx(math.tan(lean) * math.cos(yaw))


def _curves() -> dict[str, Series]:
    time_s = np.arange(3.0)
    names = ("pelvis_inclination", "lumbar_flexion", "thoracic_flexion", "hip_flexion", "trunk")
    return {
        name: Series(
            id=name, unit="rad", time_s=time_s, value=np.array([0.0, 0.5, 0.9]), se=np.full(3, 0.1)
        )
        for name in names
    }


def test_errors_of_the_outline_grow_with_the_camera_and_others_stay() -> None:
    curves = _curves()
    at_side, turned = widened_for_yaw(curves, 0.0), widened_for_yaw(curves, 0.7)
    for name, curve in curves.items():
        assert at_side[name].se == pytest.approx(curve.se)
        assert turned[name].value == pytest.approx(curve.value)
        assert (turned[name].se >= curve.se).all()
    assert turned["pelvis_inclination"].se[2] > 0.15
    assert turned["trunk"].se == pytest.approx(curves["trunk"].se)


def _repetition(start_s: float, **measures: float) -> Repetition:
    return Repetition(
        start_s=start_s,
        bottom_s=start_s + 0.2,
        lift_off_s=start_s + 0.25,
        knee_pass_s=math.nan,
        lockout_s=start_s + 1.0,
        lowering_s=start_s + 1.5,
        end_s=start_s + 2.0,
        measures={
            name: Measure(id=name, value=value, se=0.1, unit="rad")
            for name, value in measures.items()
        },
    )


def test_films_that_began_apart_agree_once_their_clocks_are_set() -> None:
    side = tuple(_repetition(3.0 * k) for k in range(4))
    late = tuple(_repetition(3.0 * k + 0.4) for k in range(4))
    for row in _instants(side, late, 0.4):
        if row.what == "knee pass":
            assert row.count == 0
            continue
        assert (row.count, row.mean_s, row.largest_s) == pytest.approx((4, 0.0, 0.0), abs=1e-12)
    slow = tuple(replace(one, lockout_s=one.lockout_s + 0.1) for one in late)
    pull = next(row for row in _instants(side, slow, 0.4) if row.what == "pull")
    assert pull.mean_s == pytest.approx(0.1)


def test_what_was_not_measured_is_no_number() -> None:
    silent = replace(_repetition(5.0), measures={"a": not_measured("a", "hidden")})
    values = values_of([_repetition(0.0, a=1.0), silent, _repetition(9.0)], "a")
    assert values[0] == 1.0
    assert np.isnan(values[1:]).all()


def _track(frames: int) -> PoseTrack:
    count = np.arange(frames, dtype=np.float64)
    paths = np.broadcast_to(count[:, None, None], (frames, LANDMARK_COUNT, 2)).copy()
    seen = np.flatnonzero(np.arange(frames) % 3 != 1)
    return PoseTrack(
        time_s=count**1.1,
        width_px=100,
        height_px=200,
        xy_px=paths,
        depth_px=paths[..., 0],
        visibility=paths[..., 0],
        presence=count,
        world_m=np.repeat(paths[..., :1], 3, axis=2),
        silhouettes=Silhouettes(
            frame_index=seen,
            logits_q=np.broadcast_to(seen[:, None, None] % 100, (seen.size, 4, 4)).astype(np.int8),
            crop_to_frame=np.broadcast_to(seen[:, None, None], (seen.size, 2, 3)).astype(float),
        ),
        other_people=count,
        engine="made up",
        weights_sha256="",
    )


@given(st.integers(2, 40))
def test_the_two_halves_of_a_film_make_up_the_whole(frames: int) -> None:
    whole = _track(frames)
    halves = [_half_track(whole, first) for first in (0, 1)]
    assert np.sort(np.concatenate([half.time_s for half in halves])) == pytest.approx(whole.time_s)
    rows = 0
    for half in halves:
        assert half.silhouettes is not None
        assert half.presence**1.1 == pytest.approx(half.time_s)
        of_frame = half.presence[half.silhouettes.frame_index]
        assert half.silhouettes.crop_to_frame[:, 0, 0] == pytest.approx(of_frame)
        assert half.silhouettes.logits_q[:, 0, 0] == pytest.approx(of_frame % 100)
        rows += half.silhouettes.frame_index.size
    assert whole.silhouettes is not None
    assert rows == whole.silhouettes.frame_index.size


def test_a_standing_is_the_median_of_its_half_open_window() -> None:
    time_s = np.arange(6.0)
    turn = np.array([9.0, 1.0, 2.0, 7.0, 9.0, 9.0])
    hidden = np.full(6, np.nan)
    read = Tangents(
        sacral_rad=turn,
        sacral_se_rad=np.full(6, 0.1),
        thoracolumbar_rad=-turn,
        thoracolumbar_se_rad=np.full(6, 0.1),
        upper_thoracic_rad=hidden,
        upper_thoracic_se_rad=hidden,
    )
    zero = standing_of(time_s, read, (1.0, 4.0))
    assert (zero.pelvis_rad, zero.thoracolumbar_rad) == (2.0, -2.0)
    assert zero.has_outline
    assert math.isnan(zero.upper_thoracic_rad)


def test_the_inputs_that_are_farthest_from_the_fit_are_named() -> None:
    fit = Fit(
        name="side",
        inputs=("a", "b", "c", "d"),
        outputs=(),
        centre=np.zeros(4),
        scale=np.array([1.0, 2.0, 1.0, 1.0]),
        members=(),
        novelty=Novelty(basis=np.eye(4), usual=1.0),
        doubts=(),
    )
    inputs = np.array([[0.1, -8.0, 3.0, np.nan], [0.1, -8.0, 3.0, np.nan]])
    assert _farthest(fit, inputs)[:2] == (("b", -4.0), ("c", 3.0))


def test_standings_are_compared_over_the_repetitions_that_all_of_them_measure() -> None:
    nan = np.nan
    means = _means(np.array([[1.0, nan, 5.0], [2.0, 90.0, 6.0], [nan, nan, nan]]))
    assert means[:2] == pytest.approx([3.0, 4.0])
    assert np.isnan(means[2])
    assert np.isnan(_means(np.array([[1.0, nan], [nan, 2.0]]))).all()
