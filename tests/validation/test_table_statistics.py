"""The table's statistics against published examples, closed forms and errors that were put in."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import stats

from primemover.model.arrays import Floats, Ints
from tests.validation.pretend import Errors, pretend_films
from validation.table.bootstrap import bca_interval, draw_people, estimates
from validation.table.moments import agreement_of, person_sums
from validation.table.observations import Observations, of_curves, of_measures, thinned
from validation.table.statistics import correlation, icc_a1, mae_ratio, summary

# Bland and Altman 2007, J Biopharm Stat 17:571-82, table 1 (of their 1999 paper): ejection fraction
# by two methods, one line a person, "first,second" a pair. Their section 3 works it out.
EJECTION = (
    "7.83,6.57 7.42,5.62 7.89,6.9 7.12,6.57 7.88,6.35",
    "6.16,4.06 7.26,4.29 6.71,4.26 6.54,4.09",
    "4.75,4.71 5.24,5.5 4.86,5.08 4.78,5.02 6.05,6.01 5.42,5.67",
    "4.21,4.14 3.61,4.2 3.72,4.61 3.87,4.68 3.92,5.04",
    "3.13,3.03 2.98,2.86 2.85,2.77 3.17,2.46 3.09,2.32 3.12,2.43",
    "5.92,5.9 6.42,5.81 5.92,5.7 6.27,5.76",
    "7.13,5.09 6.62,4.63 6.58,4.61 6.93,5.09",
    "4.54,4.72 4.81,4.61 5.11,4.36 5.29,4.2 5.39,4.36 5.57,4.2",
    "4.48,3.17 4.92,3.12 3.97,2.96",
    "4.22,4.35 4.65,4.62 4.74,3.16 4.44,3.53 4.5,3.53",
    "6.78,7.2 6.07,6.09 6.52,7.0 6.42,7.1 6.41,7.4 5.76,6.8",
    "5.06,4.5 4.72,4.2 4.9,3.8 4.8,3.8 4.9,4.2 5.1,4.5",
)
# Shrout and Fleiss 1979, Psychol Bull 86:420-8, table 2: six targets, four judges.
JUDGES = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)


def seen(
    true: Floats, measured: Floats, *, person: Ints | None = None, half: float = 1.0
) -> Observations:
    owner = np.arange(true.size) if person is None else person
    return Observations(
        true=true,
        measured=measured,
        low=measured - half,
        high=measured + half,
        person=owner,
        film=owner,
    )


def test_limits_of_agreement_match_bland_and_altmans_worked_example() -> None:
    pairs = [[tuple(map(float, p.split(","))) for p in line.split()] for line in EJECTION]
    person = np.repeat(np.arange(len(pairs)), [len(one) for one in pairs])
    first, second = np.array([pair for one in pairs for pair in one]).T
    found = summary(seen(second, first, person=person))
    assert (found.people, found.asked) == (12, 60)
    assert found["bias"].value == pytest.approx(0.6021667, abs=1e-7)
    assert found["loa_low"].value == pytest.approx(-1.3394565, abs=1e-7)
    assert found["loa_high"].value == pytest.approx(2.5437899, abs=1e-7)


def test_with_one_pair_a_person_the_limits_are_the_classical_ones() -> None:
    random = np.random.default_rng(1)
    true, error = random.uniform(0.0, 90.0, 50), random.normal(1.0, 3.0, 50)
    found = summary(seen(true, true + error))
    assert found["loa_high"].value == pytest.approx(error.mean() + 1.96 * error.std(ddof=1))


def test_the_icc_is_the_published_one_of_shrout_and_fleiss() -> None:
    assert icc_a1(JUDGES) == pytest.approx(0.29, abs=0.005)


@pytest.mark.parametrize("pair", [(0, 1), (0, 3), (1, 2)])
def test_the_icc_from_sums_is_the_icc_of_the_ratings(pair: tuple[int, int]) -> None:
    two = JUDGES[:, list(pair)]
    assert summary(seen(two[:, 0], two[:, 1]))["icc"].value == pytest.approx(icc_a1(two))


def test_an_offset_lowers_absolute_agreement_though_not_correlation() -> None:
    true = np.linspace(0.0, 40.0, 30)
    shifted = summary(seen(true, true + 10.0))
    assert shifted["slope"].value == pytest.approx(1.0)
    assert shifted["icc"].value == pytest.approx(icc_a1(np.column_stack([true, true + 10.0])))
    assert shifted["icc"].value < 0.8


def test_simple_errors_have_their_simple_figures() -> None:
    true = np.array([0.0, 10.0, 20.0, 30.0, 40.0, 50.0])
    measured = np.array([1.0, 8.0, np.nan, 33.0, 40.0, 62.0])
    found = summary(seen(true, measured, half=2.5))
    error = np.array([1.0, -2.0, 3.0, 0.0, 12.0])
    assert found["bias"].value == pytest.approx(error.mean())
    assert found["mae"].value == pytest.approx(np.abs(error).mean())
    assert found["rmse"].value == pytest.approx(np.sqrt(np.mean(error**2)))
    assert found["gross"].value == pytest.approx(1 / 5)
    assert found["covered"].value == pytest.approx(3 / 5)
    assert found["refused"].value == pytest.approx(1 / 6)
    known = np.isfinite(measured)
    line = stats.linregress(true[known], measured[known])
    assert found["slope"].value == pytest.approx(line.slope)


def test_nothing_measured_gives_no_error_rather_than_none() -> None:
    found = summary(seen(np.arange(8.0), np.full(8, np.nan)))
    assert found["refused"].value == 1.0
    assert np.isnan([found[name].value for name in ("bias", "mae", "icc", "covered")]).all()


def test_no_observations_at_all_are_a_row_of_nothing() -> None:
    found = summary(seen(np.zeros(0), np.zeros(0)))
    assert (found.people, found.asked) == (0, 0)
    assert np.isnan(found["mae"].value)


def test_too_few_people_carry_no_interval() -> None:
    found = summary(seen(np.arange(40.0), np.arange(40.0) + 1.0, person=np.arange(40) % 4))
    assert found["mae"].value == pytest.approx(1.0)
    assert np.isnan([found["mae"].low, found["mae"].high]).all()


def test_a_draw_of_people_draws_as_many_as_there_are() -> None:
    weights = draw_people(17, seed=5, draws=300)
    assert weights.shape == (300, 17)
    assert (weights.sum(axis=1) == 17).all()
    assert weights.mean() == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_interval() -> None:
    films = pretend_films(8, seed=4)
    first, second = (summary(of_curves(films, ["knee_flexion"]))["mae"] for _ in range(2))
    assert first == second


def test_drawing_people_and_not_frames_keeps_an_interval_honest() -> None:
    """A hundred frames of a person share an offset: the interval is that of the offsets' mean."""
    random = np.random.default_rng(11)
    offsets = random.normal(0.0, 3.0, 40)
    person = np.repeat(np.arange(40), 100)
    true = random.uniform(0.0, 60.0, 4000)
    found = summary(seen(true, true + offsets[person], person=person))["bias"]
    expected = 2.0 * 1.96 * offsets.std(ddof=1) / np.sqrt(40)
    assert found.high - found.low == pytest.approx(expected, rel=0.12)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    random = np.random.default_rng(2)
    held = 0
    for trial in range(200):
        sums = np.column_stack([random.exponential(1.0, 40), np.ones(40)])
        found = estimates(sums, lambda t: {"mean": t[..., 0] / t[..., 1]}, seed=trial, draws=400)
        held += found["mean"].low <= 1.0 <= found["mean"].high
    assert 0.89 <= held / 200 <= 0.99


def test_the_accelerated_interval_is_that_of_scipy() -> None:
    data = np.random.default_rng(3).exponential(2.0, 60)
    expected = stats.bootstrap(
        (data,), np.mean, n_resamples=9999, method="BCa", rng=np.random.default_rng(0)
    ).confidence_interval
    weights = draw_people(60, seed=1, draws=9999)
    left_out = (data.sum() - data) / 59
    low, high = bca_interval(data.mean(), drawn=weights @ data / 60, left_out=left_out)
    assert (low, high) == pytest.approx((expected.low, expected.high), rel=0.02)


def test_sums_of_people_add_up_to_the_whole() -> None:
    random = np.random.default_rng(9)
    true = random.uniform(0.0, 60.0, 90)
    measured = true + random.normal(0.0, 4.0, 90)
    parts = person_sums(true, measured, low=true, high=true, person=np.arange(90) % 9, gross=10.0)
    found = agreement_of(parts.sum(axis=0))
    assert found["mae"] == pytest.approx(np.abs(measured - true).mean())
    assert agreement_of(parts[None, :, :].sum(axis=1))["mae"].shape == (1,)


def test_the_ratio_of_errors_draws_the_same_people_on_both_sides() -> None:
    true = np.linspace(0.0, 50.0, 60)
    person = np.arange(60) % 12
    good, poor = seen(true, true + 1.0, person=person), seen(true, true + 2.5, person=person)
    found = mae_ratio(poor, good)
    assert (found.value, found.low, found.high) == pytest.approx((2.5, 2.5, 2.5))


def test_correlation_is_pearsons() -> None:
    random = np.random.default_rng(8)
    x = random.normal(size=80)
    y = 0.6 * x + random.normal(size=80)
    found = correlation(x, y, list(range(80)))
    assert found.value == pytest.approx(stats.pearsonr(x, y).statistic)
    assert found.low < found.value < found.high


def test_errors_that_were_put_in_come_out() -> None:
    errors = Errors(bias=1.5, person_sd=0.0, frame_sd=2.0, refused=0.25, hard=1.0)
    films = pretend_films(60, seed=1, errors=errors)
    found = summary(of_curves(films, ["pelvis_inclination"]))
    assert found["bias"].value == pytest.approx(1.5, abs=0.15)
    assert found["refused"].value == pytest.approx(0.25, abs=0.02)
    assert found["loa_high"].value - found["bias"].value == pytest.approx(1.96 * 2.0, rel=0.04)
    assert found["slope"].value == pytest.approx(1.0, abs=0.02)


def test_honest_intervals_are_covered_and_narrow_ones_are_not() -> None:
    honest = pretend_films(40, seed=2, errors=Errors())
    narrow = pretend_films(40, seed=2, errors=Errors(interval=0.5))
    covered = [summary(of_curves(f, ["lumbar_flexion"]))["covered"].value for f in (honest, narrow)]
    assert covered[0] == pytest.approx(0.90, abs=0.03)
    assert covered[1] < 0.70


def test_ten_frames_of_every_repetition_count_and_none_outside() -> None:
    curve = pretend_films(1, seed=0)[0].curves[0]
    frames = thinned(curve)
    assert frames.size == 30
    assert (np.bincount(curve.repetition[frames]) == 10).all()


def test_frames_are_chosen_whether_or_not_they_were_measured() -> None:
    half = pretend_films(1, seed=0, errors=Errors(refused=0.5))[0].curves[0]
    assert thinned(half).size == 30


def test_measures_per_repetition_replace_the_films_mean() -> None:
    films = pretend_films(3, seed=0)
    assert of_measures(films, ["lumbar_flexion_bottom"]).true.size == 3 * 3 * 3
    assert of_measures(films, ["no_such_measure"]).true.size == 0


def test_a_whole_page_of_rows_takes_seconds() -> None:
    films = pretend_films(60, seed=5)
    rows = of_curves(films, ["lumbar_flexion"])
    start = time.perf_counter()
    for _ in range(20):
        summary(rows)
    assert time.perf_counter() - start < 4.0
