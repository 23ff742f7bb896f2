"""Balanced accuracy, areas under curves and the bounds, on cases that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.validation.pretend import Errors, pretend_films
from validation.table.bounds import HARD, TARGETS, USUAL, breaches
from validation.table.classing import area_under_curve, called
from validation.table.observations import of_curves
from validation.table.records import FindingResult, FindingState
from validation.table.statistics import summary

YES, NO, OPEN = FindingState.PRESENT, FindingState.ABSENT, FindingState.INDETERMINATE


def posed(state: FindingState) -> FindingResult:
    """Return what was said of a film posed with the finding."""
    return FindingResult(id="back_rounds", true=True, probability=0.5, state=state)


def unposed(state: FindingState) -> FindingResult:
    """Return what was said of a film posed without it."""
    return replace(posed(state), true=False)


def test_balanced_accuracy_is_the_mean_of_both_rates_and_open_ones_are_apart() -> None:
    films = [posed(YES)] * 8 + [posed(NO)] * 2 + [posed(OPEN)] * 2
    films += [unposed(NO)] * 27 + [unposed(YES)] * 3 + [unposed(OPEN)] * 6
    found = called(films, list(range(len(films))))
    assert found.sensitivity.value == pytest.approx(0.8)
    assert found.specificity.value == pytest.approx(0.9)
    assert found.balanced.value == pytest.approx(0.85)
    assert found.open_share.value == pytest.approx(8 / 48)
    assert (found.present, found.absent, found.people) == (12, 36, 48)
    assert found.balanced.low < 0.85 < found.balanced.high


def test_answering_only_one_way_has_no_balanced_accuracy() -> None:
    found = called([unposed(NO)] * 10, list(range(10)))
    assert np.isnan(found.balanced.value)
    assert found.specificity.value == 1.0


def test_films_of_one_person_widen_the_interval() -> None:
    films = [posed(YES if k % 5 else NO) for k in range(40)]
    films += [unposed(NO if k % 5 else YES) for k in range(40)]
    alone = called(films, list(range(80))).balanced
    blocks = [posed(YES if k // 8 else NO) for k in range(40)]
    blocks += [unposed(NO if k // 8 else YES) for k in range(40)]
    together = called(blocks, [k // 8 % 5 for k in range(80)]).balanced
    assert alone.value == together.value
    assert together.high - together.low > alone.high - alone.low


def test_the_area_under_the_curve_is_mann_and_whitneys() -> None:
    random = np.random.default_rng(4)
    scores = np.round(np.concatenate([random.normal(1.0, 1.0, 30), random.normal(0.0, 1.0, 50)]), 1)
    true = np.arange(80) < 30
    u = stats.mannwhitneyu(scores[true], scores[~true]).statistic
    found = area_under_curve(scores, true, list(range(80)))
    assert found.value == pytest.approx(u / (30 * 50))
    assert found.low < found.value < found.high


def test_a_score_that_is_missing_is_left_out_of_the_area() -> None:
    scores = np.array([2.0, 3.0, np.nan, 0.0, 1.0, np.nan])
    true = np.array([True, True, True, False, False, False])
    assert area_under_curve(scores, true, [0, 1, 2, 3, 4, 5]).value == 1.0


def test_bounds_that_hold_are_quiet_and_every_broken_one_is_named() -> None:
    good = pretend_films(30, seed=0, errors=Errors(person_sd=0.5, frame_sd=0.8, hard=1.0))
    poor = pretend_films(30, seed=0, errors=Errors(bias=11.0))
    ids = {target.id: target.curves for target in TARGETS}
    kept = {name: summary(of_curves(good, curves)) for name, curves in ids.items()}
    broken = {name: summary(of_curves(poor, curves)) for name, curves in ids.items()}
    assert breaches(kept) == ()
    assert breaches(kept, column=HARD) == ()
    found = breaches(broken, column=USUAL)
    for target in TARGETS:
        of_one = [line for line in found if line.startswith(f"{target.label}:")]
        assert [part in line for part, line in zip(("error", "hold", "gross"), of_one, strict=True)]


def test_a_measure_that_was_never_measured_breaks_its_bound() -> None:
    films = pretend_films(6, seed=0, errors=Errors(refused=1.0))
    row = summary(of_curves(films, ["knee_flexion"]))
    assert breaches({"knee": row}) == ("knee flexion: nothing was measured",)


def test_the_target_table_is_the_issues() -> None:
    wanted = [(1.5, 2.5), (2, 4), (3, 5), (3, 5), (3, 5), (3, 5), (1.5, 2.5)]
    assert [(one.usual_deg, one.hard_deg) for one in TARGETS] == wanted
    assert len({name for one in TARGETS for name in one.curves}) == 8


def test_a_refused_film_counts_as_left_open() -> None:
    film = pretend_films(1, seed=0)[0]
    unclear = replace(film.findings[0], state=OPEN)
    assert called([unclear], [0]).open_share.value == 1.0
