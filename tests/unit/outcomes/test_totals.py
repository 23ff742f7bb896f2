"""A session's answers as totals: errors, words, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.errors import OutOfRangeError
from primemover.knowledge import load
from primemover.model.outcome import (
    RMDQ_SENTENCES,
    Activity,
    Direction,
    Questionnaires,
    RmdqAnswers,
    Score,
)
from primemover.model.session import Pain, Session
from primemover.outcomes import score_all


def scores(pain: Pain | None = None, **told: Any) -> dict[str, Score]:  # noqa: ANN401 - fields of the record
    session = Session(pain=pain or Pain(), questionnaires=Questionnaires(**told))
    return {one.id: one for one in score_all(session)}


def three(*ratings: float) -> tuple[Activity, ...]:
    return tuple(Activity(name=f"thing {n}", rating=one) for n, one in enumerate(ratings))


def test_what_was_not_answered_gives_no_total() -> None:
    assert score_all(Session()) == ()


def test_pain_ratings_stand_for_themselves_without_a_mean() -> None:
    found = scores(Pain(now=2, worst=7))
    assert {name: one.value for name, one in found.items()} == {"nprs_now": 2, "nprs_worst": 7}
    assert found["nprs_now"].error.mic == 2
    assert found["nprs_now"].error.mic_share == pytest.approx(0.3)


def test_a_total_carries_its_smallest_changes_and_how_far_they_were_checked() -> None:
    found = scores(rmdq_total=9, odi_percent=30)
    assert (found["rmdq"].error.mdc, found["rmdq"].error.mdc_tag) == (5, "default")
    assert (found["rmdq"].error.mic, found["rmdq"].error.mic_tag) == (5, "read")
    assert (found["odi"].error.mdc, found["odi"].error.mic) == (12, 10)
    assert "MIC 5 points (read)" in found["rmdq"].clinician


def test_one_activity_moves_more_by_chance_than_the_mean_of_three() -> None:
    assert scores(activities=three(4))["psfs"].error.mdc == 3
    assert scores(activities=three(4, 5))["psfs"].error.mdc == 3
    assert scores(activities=three(4, 5, 6))["psfs"].error.mdc == 2


def test_only_the_patient_specific_scale_is_better_when_higher() -> None:
    found = scores(
        Pain(now=1), activities=three(4, 5, 6), rmdq_total=3, odi_percent=5, start_back=1
    )
    better = [name for name, one in found.items() if one.higher_is is Direction.BETTER]
    assert better == ["psfs"]
    assert "Higher is better" in found["psfs"].error_plain


def test_a_total_with_gaps_says_so_and_between_which_ends_it_lies() -> None:
    told = RmdqAnswers(yes=frozenset(range(1, 8)), left_out=frozenset({20, 21}))
    score = scores(rmdq=told)["rmdq"]
    assert score.value == pytest.approx(24 * 7 / 22)
    assert "Left out: 2 of 24 sentences" in score.plain
    assert "7 to 9" in score.plain


def test_too_many_gaps_give_a_reason_instead_of_a_number() -> None:
    score = scores(rmdq=RmdqAnswers(left_out=frozenset(range(1, 6))))["rmdq"]
    assert score.value is None
    assert score.plain == ""
    assert score.why == "only 19 of 24 sentences were answered; at least 20 are needed for a total"


def test_a_change_that_matters_but_may_be_chance_is_said_as_such() -> None:
    told = scores(odi_percent=30)["odi"].error_plain
    assert "A change of 10 would matter" in told
    assert "less than 12 may be chance" in told


def test_the_oswestry_total_names_its_band_and_its_tag() -> None:
    score = scores(odi_percent=24)["odi"]
    assert (score.category, score.category_label) == ("moderate", "moderate")
    assert "unverified" in score.clinician


def test_the_high_group_is_told_without_alarm_and_without_points_of_change() -> None:
    found = scores(start_back=6, start_back_distress=4)
    assert found["start_back"].category == "high"
    assert found["start_back"].error.mdc is None
    assert "compare its groups" in found["start_back"].error_plain
    assert found["start_back_distress"].high == 5
    assert "of 5" in found["start_back_distress"].plain


def test_a_start_back_total_without_its_subscale_may_leave_the_group_open() -> None:
    score = scores(start_back=5)["start_back"]
    assert score.category == ""
    assert "subscale" in score.plain


@given(
    now=st.one_of(st.none(), st.floats(0, 10)),
    ratings=st.lists(st.floats(0, 10), max_size=5),
    rmdq=st.one_of(st.none(), st.integers(0, 24)),
    odi=st.one_of(st.none(), st.floats(0, 100)),
    start_back=st.one_of(st.none(), st.integers(0, 9)),
)
def test_every_total_lies_on_its_scale_and_has_its_sentences(
    now: float | None,
    ratings: list[float],
    rmdq: int | None,
    odi: float | None,
    start_back: int | None,
) -> None:
    found = scores(
        Pain(now=now),
        activities=three(*ratings),
        rmdq_total=rmdq,
        odi_percent=odi,
        start_back=start_back,
    )
    for score in found.values():
        assert score.value is not None
        assert score.low <= score.value <= score.high
        assert score.plain
        assert score.clinician
        assert score.error_plain
        assert "{" not in score.plain + score.clinician + score.error_plain
        assert set(score.sources) <= set(load().sources)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"rmdq_total": 25}, "outside 0 to 24"),
        ({"rmdq_total": -1}, "outside 0 to 24"),
        ({"odi_percent": 100.5}, "outside 0 to 100"),
        ({"odi_percent": float("nan")}, "outside 0 to 100"),
        ({"start_back": 10}, "outside 0 to 9"),
        ({"start_back_distress": 6}, "outside 0 to 5"),
        ({"start_back": 3, "start_back_distress": 4}, "does not fit"),
        ({"start_back": 9, "start_back_distress": 4}, "does not fit"),
        ({"rmdq_total": 3, "rmdq": RmdqAnswers()}, "not both"),
        ({"activities": three(1, 2, 3, 4, 5, 6)}, "at most 5"),
        (
            {"activities": (Activity(name="Sit", rating=1), Activity(name="sit ", rating=2))},
            "twice",
        ),
    ],
)
def test_totals_that_nobody_can_have_are_refused(told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(OutOfRangeError, match=sentence):
        Questionnaires(**told)


def test_answers_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(OutOfRangeError, match="both yes and left out"):
        RmdqAnswers(yes=frozenset({3}), left_out=frozenset({3}))
    with pytest.raises(OutOfRangeError, match="outside 1 to 24"):
        RmdqAnswers(yes=frozenset({0}))
    with pytest.raises(OutOfRangeError, match="needs a name"):
        Activity(name=" ", rating=3)
    with pytest.raises(OutOfRangeError, match="outside 0 to 10"):
        Activity(name="walk", rating=11)


def test_the_rows_and_the_records_speak_of_the_same_scales() -> None:
    rows = load().questionnaires
    assert list(load().rmdq_items) == list(range(1, RMDQ_SENTENCES + 1))
    assert rows["rmdq"].high == RMDQ_SENTENCES
    for row in rows.values():
        assert row.low < row.high
        assert (row.mdc is None) == (row.mdc_tag is None)
        assert (row.mic is None) == (row.mic_tag is None)
        assert row.mic is None or row.mic < row.high - row.low
    assert {row.id for row in rows.values() if row.items == "total"} == {"odi", "start_back"}


def test_no_smallest_change_is_called_read_where_another_stands_in_for_it() -> None:
    for row in load().questionnaires.values():
        if "stands in" in row.mdc_note:
            assert row.mdc == row.mic
            assert row.mdc_tag == "default"
            assert "project_default" in row.sources
