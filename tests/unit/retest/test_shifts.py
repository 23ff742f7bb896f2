from __future__ import annotations

import pytest

from primemover.model.finding import FindingStatus
from primemover.model.measure import Side
from primemover.model.retest import FindingShift, Shift, Visit, VisitState
from primemover.retest.changes import changes_between
from primemover.retest.scores import score_changes
from primemover.retest.shifts import finding_shifts, state_shifts
from tests.unit.retest.visits import finding, measure, pain_scores, visit

GAP = "hip_rotation_gap_left"
PRESENT, ABSENT, OPEN = FindingStatus.PRESENT, FindingStatus.ABSENT, FindingStatus.INDETERMINATE


def seen(gap: float, status: FindingStatus, weeks: float) -> Visit:
    found = finding("hip_rotation_gap", status, GAP, side=Side.LEFT)
    return visit(measure(GAP, gap, 3.0), weeks=weeks, findings=(found,))


def shift(first: Visit, last: Visit) -> FindingShift:
    changes, scores = changes_between(first, last), score_changes(first, last)
    (found,) = finding_shifts(first, last, changes, scores)
    return found


@pytest.mark.parametrize(
    ("before", "after", "gaps", "expected"),
    [
        (PRESENT, ABSENT, (20.0, 3.0), Shift.GONE),
        (PRESENT, ABSENT, (8.0, 5.0), Shift.CANNOT_TELL),  # the change behind it is within error
        (ABSENT, PRESENT, (3.0, 20.0), Shift.NEW),
        (ABSENT, PRESENT, (5.0, 8.0), Shift.CANNOT_TELL),
        (PRESENT, PRESENT, (20.0, 19.0), Shift.STILL_THERE),
        (ABSENT, ABSENT, (2.0, 3.0), Shift.STILL_ABSENT),
        (PRESENT, OPEN, (20.0, 3.0), Shift.CANNOT_TELL),
        (OPEN, ABSENT, (20.0, 3.0), Shift.CANNOT_TELL),
    ],
)
def test_a_finding_goes_or_comes_only_with_a_real_change_behind_it(
    before: FindingStatus, after: FindingStatus, gaps: tuple[float, float], expected: Shift
) -> None:
    found = shift(seen(gaps[0], before, 0), seen(gaps[1], after, 3))
    assert found.shift is expected
    assert bool(found.supported_by) is (abs(gaps[1] - gaps[0]) > 10.0)


def test_a_finding_of_pain_rests_on_the_totals() -> None:
    def sore(rating: float, status: FindingStatus, weeks: float) -> Visit:
        low = finding("pain_low", status, "pain_worst")
        return visit(weeks=weeks, findings=(low,), scores=pain_scores(worst=rating))

    assert shift(sore(7.0, ABSENT, 0), sore(2.0, PRESENT, 3)).shift is Shift.NEW
    assert shift(sore(4.0, ABSENT, 0), sore(3.0, PRESENT, 3)).shift is Shift.CANNOT_TELL


def test_an_answer_that_carries_no_error_is_not_called_changed() -> None:
    def felt(status: FindingStatus, weeks: float) -> Visit:
        return visit(weeks=weeks, findings=(finding("felt_only_one_group", status, "felt_groups"),))

    found = shift(felt(PRESENT, 0), felt(ABSENT, 3))
    assert found.shift is Shift.CANNOT_TELL
    assert "what you told" in found.plain


def test_a_finding_that_one_session_did_not_look_for_says_so() -> None:
    found = shift(seen(20.0, PRESENT, 0), visit(weeks=3))
    assert (found.before, found.after) == ("present", "")
    assert "one of the two sessions" in found.plain


def states(*pairs: tuple[str, str]) -> tuple[VisitState, ...]:
    return tuple(VisitState(id=name, state=state, probability=0.9) for name, state in pairs)


def test_a_hip_changes_its_state_only_with_its_own_measures() -> None:
    left = states(("hip_left", "control")), states(("hip_left", "target_met"))
    own = visit(measure(GAP, 20.0, 3.0), states=left[0])
    after = visit(measure(GAP, 3.0, 3.0), weeks=3, states=left[1])
    (changed,) = state_shifts(own, after, changes_between(own, after))
    assert changed.changed
    assert changed.settled
    other = "hip_rotation_gap_right"
    before = visit(measure(other, 20.0, 3.0), states=left[0])
    wrong_side = visit(measure(other, 3.0, 3.0), weeks=3, states=left[1])
    (still,) = state_shifts(before, wrong_side, changes_between(before, wrong_side))
    assert not still.changed
    assert not still.settled


def test_the_pairing_waits_until_both_tests_are_settled() -> None:
    bend = "bend_lumbar_excursion"
    first = visit(
        measure(bend, 80.0, 2.0),
        states=states(
            ("hip_left", "control"), ("bend", "mobile_compensating"), ("pairing", "agree_control")
        ),
    )
    last = visit(
        measure(bend, 45.0, 2.0),
        weeks=3,
        states=states(("hip_left", "target_met"), ("bend", "even"), ("pairing", "clear")),
    )
    found = {one.id: one for one in state_shifts(first, last, changes_between(first, last))}
    assert found["bend"].changed
    assert not found["hip_left"].settled
    assert not found["pairing"].changed
