from __future__ import annotations

import math

import pytest

from primemover.model.outcome import Activity, Questionnaires
from primemover.model.retest import ChangeKind, ScoreChange, Towards
from primemover.model.session import Session
from primemover.outcomes import score_all
from primemover.retest.scores import important_change, score_changes
from tests.unit.retest.visits import pain_scores, visit


def told(before: Questionnaires, after: Questionnaires) -> dict[str, ScoreChange]:
    first = visit(scores=score_all(Session(questionnaires=before)))
    last = visit(scores=score_all(Session(questionnaires=after)), weeks=3)
    return {one.id: one for one in score_changes(first, last)}


# clinical notes 6.3: RMDQ MIC 5 or 30 %, ODI MIC 10 or 30 % and MDC 10-12, NPRS MIC 2 or 30 %
@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (12, 8, ChangeKind.WITHIN_ERROR),
        (12, 7, ChangeKind.REAL),
        (7, 12, ChangeKind.REAL),
    ],
)
def test_a_roland_morris_total_really_changes_by_five_points(
    before: int, after: int, kind: ChangeKind
) -> None:
    found = told(Questionnaires(rmdq_total=before), Questionnaires(rmdq_total=after))["rmdq"]
    assert found.kind is kind
    if kind is ChangeKind.REAL:
        assert found.towards is (Towards.BETTER if after < before else Towards.WORSE)
        assert found.matters


def test_higher_is_better_where_the_row_says_so() -> None:
    def activities(rating: float) -> Questionnaires:
        names = ("lift", "sit", "run")
        return Questionnaires(activities=tuple(Activity(name=n, rating=rating) for n in names))

    up = told(activities(3.0), activities(7.0))["psfs"]
    down = told(activities(7.0), activities(3.0))["psfs"]
    assert (up.towards, down.towards) == (Towards.BETTER, Towards.WORSE)
    # MDC90: its error is 2 / 1.645 points
    assert up.high - up.low == pytest.approx(2.0 * 2.0)


def test_an_important_change_is_the_smaller_of_points_and_share() -> None:
    (low,) = pain_scores(worst=4.0)
    (high,) = pain_scores(worst=10.0)
    assert important_change(low) == pytest.approx(1.2)
    assert important_change(high) == pytest.approx(2.0)
    (nothing,) = pain_scores(worst=0.0)
    assert important_change(nothing) == pytest.approx(2.0)


def test_a_total_without_a_known_error_is_compared_by_its_groups() -> None:
    first = Questionnaires(start_back=6, start_back_distress=4)
    last = Questionnaires(start_back=2, start_back_distress=1)
    found = told(first, last)["start_back"]
    assert found.kind is ChangeKind.ERROR_UNKNOWN
    assert math.isnan(found.mdc)
    assert (found.category_before, found.category_after) == ("high group", "low group")
    assert "high group, now low group" in found.plain


def test_a_total_told_once_is_not_compared() -> None:
    found = told(Questionnaires(rmdq_total=5), Questionnaires())["rmdq"]
    assert found.kind is ChangeKind.NOT_MEASURED_AGAIN
    assert found.after is None
