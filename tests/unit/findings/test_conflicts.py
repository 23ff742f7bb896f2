from __future__ import annotations

from dataclasses import replace

import pytest

from primemover.findings import read_bend, read_exam, read_hip
from primemover.findings.conflicts import instrument_conflicts, measured_conflicts
from primemover.knowledge import load
from primemover.knowledge.reading_rows import Example
from primemover.knowledge.reasoning_rows import ConflictRow
from primemover.model.finding import FindingStatus
from primemover.model.measure import Instrument, Measure, Part, Side
from primemover.model.reasoning import FurtherKind
from primemover.model.session import Session
from primemover.model.units import from_display
from tests.unit.findings.given import given, given_all

ROWS = [
    pytest.param(row, example, id=f"{row.id}-{index}")
    for row in load().conflicts.values()
    for index, example in enumerate(row.example)
]
HIPS = {
    "target_met": (51, 49),
    "control": (51, 30),
    "socket": (27, 26),
    "mixed": (30, 12),
}
BENDS = {
    "mobile_compensating": (-4, 60, 84),
    "hip_blocked": (20, 38, 56),
    "even": (0, 74, 45),
    "mixed": (12, 78, 84),
}
AGREE = {("target_met", "even"), ("control", "mobile_compensating"), ("socket", "hip_blocked")}


def session_of(state: str, pattern: str, right: str = "") -> dict[str, Measure]:
    hips = {"left": HIPS[state], "right": HIPS[right or state]}
    fingers, pelvis, lumbar = BENDS[pattern]
    return given_all(
        {f"hip_rotation_passive_{side}": (hips[side][0], 2) for side in hips}
        | {f"hip_rotation_active_{side}": (hips[side][1], 2) for side in hips}
        | {
            "fingertip_to_floor": (fingers, 1.2),
            "bend_pelvis_rotation": (pelvis, 2.5),
            "bend_lumbar_excursion": (lumbar, 2.5),
        }
    )


@pytest.mark.parametrize(("row", "example"), ROWS)
def test_every_example_of_a_conflict_comes_out_as_it_says(
    row: ConflictRow, example: Example
) -> None:
    found = {one.id for one in measured_conflicts(given_all(example.given))}
    assert (row.id in found) == (example.then is FindingStatus.PRESENT)


@pytest.mark.parametrize("state", HIPS)
@pytest.mark.parametrize("pattern", BENDS)
def test_two_tests_that_do_not_belong_together_are_named(state: str, pattern: str) -> None:
    reading = read_exam(session_of(state, pattern), (), Session())
    named = [one for one in reading.conflicts if one.id == "tests_disagree"]
    assert bool(named) == ((state, pattern) not in AGREE)
    for one in named:
        assert load().hip_states[state].label in one.what
        assert load().bend_patterns[pattern].label in one.what
        assert one.why
        assert one.clinician
        assert "Film the lift" in one.to_do


def test_the_side_that_disagrees_is_named() -> None:
    measures = session_of("target_met", "hip_blocked", right="control")
    (one,) = read_exam(measures, (), Session()).conflicts
    assert one.side is Side.RIGHT
    assert "right hip" in one.what


def test_nobody_is_asked_to_lift_whom_the_screen_stops() -> None:
    measures = session_of("control", "hip_blocked")
    stopped = read_exam(measures, (), Session(), may_lift=False)
    assert not any(one.kind is FurtherKind.FILM_LIFT for one in stopped.further)
    assert stopped.conflicts[0].to_do == load().next_texts.clinician_first
    free = read_exam(measures, (), Session())
    assert free.further[0].kind is FurtherKind.FILM_LIFT


def test_more_active_than_passive_motion_leaves_the_hip_open() -> None:
    measures = given(hip_rotation_passive_left=(32, 2), hip_rotation_active_left=(46, 2))
    hip = read_hip(Side.LEFT, measures)
    assert hip.state == "indeterminate"
    assert hip.next_step == load().conflicts["active_beyond_passive"].to_do
    reading = read_exam(measures, (), Session())
    assert [(one.id, one.side) for one in reading.conflicts] == [
        ("active_beyond_passive", Side.LEFT)
    ]
    assert reading.further[0].measures == ("hip_rotation_passive_left", "hip_rotation_active_left")


def test_what_rests_on_contradictory_readings_is_open_but_never_a_warning() -> None:
    # found among the simulated people: both hips were called the shorter one
    measures = given(
        hip_rotation_passive_left=(17.4, 5.4),
        hip_rotation_active_left=(-1.6, 5.4),
        hip_rotation_passive_right=(-1.0, 5.4),
        hip_rotation_active_right=(22.9, 5.4),
    )
    reading = read_exam(measures, (), Session())
    sides = [one for one in reading.findings if one.id == "one_side_limited"]
    assert {one.status for one in sides} == {FindingStatus.INDETERMINATE}
    assert {one.failed_check for one in sides} == {"active_beyond_passive"}
    flags = {one.side: one.status for one in reading.findings if one.id == "hip_joint_flag"}
    assert flags[Side.RIGHT] is FindingStatus.PRESENT


def test_active_a_little_beyond_passive_is_measurement_error() -> None:
    measures = given(hip_rotation_passive_left=(46, 2), hip_rotation_active_left=(49, 2))
    assert measured_conflicts(measures) == ()
    assert read_hip(Side.LEFT, measures).state == "target_met"


def test_a_bend_that_does_not_add_up_stays_open() -> None:
    measures = given(
        fingertip_to_floor=(0, 1.2), bend_pelvis_rotation=(30, 3), bend_lumbar_excursion=(28, 3)
    )
    bend = read_bend(measures)
    assert bend.pattern == "indeterminate"
    assert "straight knees" in bend.next_step


def two_ways(typed: float, filmed: float, *, stem: str = "bend_lumbar_excursion") -> Measure:
    """Return a measure that was typed in from an inclinometer and filmed, degrees."""

    def part(value: float, instrument: Instrument, *, by_film: bool) -> Part:
        return Part(
            instrument=instrument,
            value=from_display(value, "deg")[0],
            se=from_display(3.0, "deg")[0],
            repeats=3,
            offset=0.0 if not by_film else float("nan"),
            offset_se=0.0 if not by_film else float("nan"),
            fused=not by_film,
            by_film=by_film,
        )

    parts = (
        part(typed, Instrument.INCLINOMETER, by_film=False),
        part(filmed, Instrument.VIDEO, by_film=True),
    )
    return replace(given(**{stem: (typed, 3.0)})[stem], parts=parts)


def test_a_film_far_from_what_was_typed_is_named_with_both_numbers() -> None:
    measure = two_ways(40.0, 75.0)
    (one,) = instrument_conflicts({measure.id: measure})
    assert one.id == "instruments_disagree"
    assert "40 deg (± 3) by inclinometer" in one.what
    assert "75 deg (± 3) by film" in one.what
    assert one.probability > 0.95


def test_a_film_near_what_was_typed_is_no_conflict() -> None:
    measure = two_ways(40.0, 46.0)
    assert instrument_conflicts({measure.id: measure}) == ()


def test_effort_felt_in_the_back_does_not_overrule_the_estimate() -> None:
    measures = given(
        felt_groups=(1, 0),
        felt_prime_movers=(0, 0),
        felt_others=(1, 0),
        work_share_hips=(0.65, 0.05),
        work_share_back=(0.15, 0.05),
    )
    (one,) = measured_conflicts(measures)
    assert one.id == "felt_back_hips_worked"
    assert "does not have to follow" in one.why
    assert "estimate" in one.what


def test_every_disagreeing_pair_has_its_own_row_before_any_wildcard() -> None:
    rows = load().pair_conflicts
    wild = [any("*" in pair for pair in row.pairs) for row in rows]
    assert wild == sorted(wild)
