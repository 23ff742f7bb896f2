"""The published scoring rules, by their worked examples and by their laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.knowledge import load
from primemover.model.outcome import RMDQ_SENTENCES, Activity, RmdqAnswers
from primemover.outcomes.scoring import band_of, psfs_mean, rmdq_tally, start_back_group

GROUPS = load().questionnaires["start_back"].group
LEAST = 20

sentences = st.frozensets(st.integers(1, RMDQ_SENTENCES))


def activities(*ratings: float) -> tuple[Activity, ...]:
    return tuple(Activity(name=f"activity {n}", rating=one) for n, one in enumerate(ratings))


@st.composite
def answers(draw: st.DrawFn, *, complete: bool = False) -> RmdqAnswers:
    yes = draw(sentences)
    left_out = frozenset() if complete else draw(sentences) - yes
    return RmdqAnswers(yes=yes, left_out=left_out)


# ------------------------------------------------------------------ Roland-Morris
@pytest.mark.parametrize(("ticked", "total"), [(0, 0), (1, 1), (12, 12), (24, 24)])
def test_each_ticked_sentence_is_one_point(ticked: int, total: int) -> None:
    tally = rmdq_tally(RmdqAnswers(yes=frozenset(range(1, ticked + 1))), least_answered=LEAST)
    assert tally.value == total
    assert tally.possible == (total, total)


def test_sentences_left_out_are_recalculated_by_proportion() -> None:
    # Kent & Lauridsen's own example: 17 yes of 20 answered is 85 % of the scale
    told = RmdqAnswers(yes=frozenset(range(1, 18)), left_out=frozenset({21, 22, 23, 24}))
    tally = rmdq_tally(told, least_answered=LEAST)
    assert tally.value == pytest.approx(0.85 * RMDQ_SENTENCES)
    assert tally.possible == (17.0, 21.0)
    assert (tally.answered, tally.of) == (20, 24)


def test_too_few_answers_give_no_total() -> None:
    told = RmdqAnswers(yes=frozenset({1}), left_out=frozenset(range(10, 15)))
    assert rmdq_tally(told, least_answered=LEAST).value is None
    everything = RmdqAnswers(left_out=frozenset(range(1, 25)))
    assert rmdq_tally(everything, least_answered=0).value is None


@given(told=answers())
def test_a_total_lies_between_its_possible_ends_and_on_the_scale(told: RmdqAnswers) -> None:
    tally = rmdq_tally(told, least_answered=1)
    low, high = tally.possible
    assert 0 <= low <= high <= RMDQ_SENTENCES
    if tally.value is not None:
        assert low - 1e-9 <= tally.value <= high + 1e-9


@given(told=answers(), number=st.integers(1, RMDQ_SENTENCES))
def test_one_more_yes_never_lowers_the_total(told: RmdqAnswers, number: int) -> None:
    if number in told.yes or number in told.left_out:
        return
    before = rmdq_tally(told, least_answered=1).value
    more = RmdqAnswers(yes=told.yes | {number}, left_out=told.left_out)
    after = rmdq_tally(more, least_answered=1).value
    assert before is not None
    assert after is not None
    assert after > before


@given(told=answers(complete=True))
def test_without_gaps_the_total_is_the_count(told: RmdqAnswers) -> None:
    assert rmdq_tally(told, least_answered=LEAST).value == len(told.yes)


# ------------------------------------------------------------------ PSFS
def test_the_patient_specific_scale_is_the_mean_of_its_activities() -> None:
    assert psfs_mean(activities(3, 5, 7)) == pytest.approx(5.0)
    assert psfs_mean(activities(4)) == pytest.approx(4.0)


@given(ratings=st.lists(st.floats(0, 10), min_size=1, max_size=5), data=st.data())
def test_the_order_of_activities_does_not_matter(ratings: list[float], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(ratings))
    assert psfs_mean(activities(*mixed)) == pytest.approx(psfs_mean(activities(*ratings)))


@given(ratings=st.lists(st.floats(0, 10), min_size=1, max_size=5), more=st.floats(0, 10))
def test_a_better_activity_never_lowers_the_mean(ratings: list[float], more: float) -> None:
    better = [max(ratings[0], more), *ratings[1:]]
    low, high = min(ratings), max(ratings)
    assert low - 1e-9 <= psfs_mean(activities(*ratings)) <= high + 1e-9
    assert psfs_mean(activities(*better)) >= psfs_mean(activities(*ratings)) - 1e-9


# ------------------------------------------------------------------ Oswestry bands
@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (20, "minimal"),
        (21, "moderate"),
        (40, "moderate"),
        (41, "severe"),
        (60, "severe"),
        (61, "very_severe"),
        (80, "very_severe"),
        (81, "beyond"),
        (100, "beyond"),
    ],
)
def test_oswestry_totals_fall_into_the_printed_bands(total: float, band: str) -> None:
    found = band_of(total, load().questionnaires["odi"].band)
    assert found is not None
    assert found.id == band


def test_a_scale_without_bands_has_none() -> None:
    assert band_of(5, load().questionnaires["rmdq"].band) is None


# ------------------------------------------------------------------ STarT Back
@pytest.mark.parametrize(
    ("total", "distress", "group"),
    [
        (0, 0, "low"),
        (3, 3, "low"),
        (4, 0, "medium"),
        (4, 3, "medium"),
        (6, 3, "medium"),
        (4, 4, "high"),
        (7, 4, "high"),
        (9, 5, "high"),
    ],
)
def test_the_groups_follow_the_scoring_sheet(total: int, distress: int, group: str) -> None:
    found = start_back_group(total, distress, GROUPS)
    assert found is not None
    assert found.id == group


@pytest.mark.parametrize(
    ("total", "group"), [(2, "low"), (3, "low"), (4, None), (7, None), (8, "high"), (9, "high")]
)
def test_a_total_alone_tells_a_group_only_where_no_subscale_could_change_it(
    total: int, group: str | None
) -> None:
    found = start_back_group(total, None, GROUPS)
    assert (found.id if found else None) == group


@given(total=st.integers(0, 9), part=st.integers(0, 5))
def test_every_possible_pair_has_one_group_and_more_never_lowers_it(total: int, part: int) -> None:
    if not 0 <= total - part <= 4:
        return
    order = [row.id for row in GROUPS]
    found = start_back_group(total, part, GROUPS)
    assert found is not None
    if part < 5 and total < 9:
        worse = start_back_group(total + 1, part + 1, GROUPS)
        assert worse is not None
        assert order.index(worse.id) >= order.index(found.id)
