"""What must hold of the reading for any measurement whatever."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from primemover.exam.readings import measures_from_readings
from primemover.findings import read_bend, read_exam, read_hip, screen
from primemover.findings.belief import believe
from primemover.knowledge import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.assessment import ExamReading
from primemover.model.finding import FindingStatus
from primemover.model.measure import Side
from primemover.model.plan import StepSide
from primemover.model.session import Screening, Session
from primemover.pipeline.session_file import parse_session
from primemover.plan import make_plan
from tests.unit.findings.given import given_all

ANGLE = st.floats(-10, 80)
ERROR = st.floats(0.5, 8)
DRAWING = 0.01  # error of a probability from 8192 low-discrepancy draws, generously
MIRROR = {"left": "right", "right": "left", "both": "both"}
MORE = {"left_more": "right_more", "right_more": "left_more"}
few = settings(max_examples=40, deadline=None)
fewer = settings(max_examples=15, deadline=None)  # whole sessions


def hip(
    passive: float, active: float, se: float, side: str = "left"
) -> dict[str, tuple[float, float]]:
    return {
        f"hip_rotation_passive_{side}": (passive, se),
        f"hip_rotation_active_{side}": (active, se),
    }


@few
@given(passive=ANGLE, active=ANGLE, se=ERROR)
def test_a_hips_probabilities_add_up_to_one(passive: float, active: float, se: float) -> None:
    found = read_hip(Side.LEFT, given_all(hip(passive, active, se))).probabilities
    assert abs(sum(found.values()) - 1.0) < 1e-9
    assert all(0.0 <= value <= 1.0 for value in found.values())


@few
@given(
    fingers=st.floats(-20, 60),
    pelvis=st.floats(0, 110),
    lumbar=st.floats(0, 100),
    thoracic=st.none() | st.floats(-10, 60),
    se=ERROR,
)
def test_a_bends_probabilities_add_up_to_one(
    fingers: float, pelvis: float, lumbar: float, thoracic: float | None, se: float
) -> None:
    measured = {
        "fingertip_to_floor": (fingers, se),
        "bend_pelvis_rotation": (pelvis, se),
        "bend_lumbar_excursion": (lumbar, se),
    }
    if thoracic is not None:
        measured["bend_thoracic_excursion"] = (thoracic, se)
    found = read_bend(given_all(measured)).probabilities
    assert abs(sum(found.values()) - 1.0) < 1e-9


@few
@given(passive=ANGLE, active=ANGLE, more=st.floats(0.1, 30), se=ERROR)
def test_more_passive_rotation_never_makes_the_target_less_likely(
    passive: float, active: float, more: float, se: float
) -> None:
    reached = [
        sum(
            read_hip(Side.LEFT, given_all(hip(value, active, se))).probabilities[name]
            for name in ("target_met", "control")
        )
        for value in (passive, passive + more)
    ]
    assert reached[1] >= reached[0] - 1e-12


@few
@given(passive=ANGLE, active=ANGLE, less=st.floats(0.1, 30), se=ERROR)
def test_less_active_rotation_never_makes_a_gap_less_likely(
    passive: float, active: float, less: float, se: float
) -> None:
    gap = Condition(measure="hip_rotation_gap_left", above=7.0, unit="deg")
    likely = [
        believe(gap, given_all(hip(passive, value, se))).lower for value in (active, active - less)
    ]
    assert likely[1] >= likely[0]


@few
@given(value=st.floats(-20, 100), wide=ERROR, ratio=st.floats(0.1, 0.95))
def test_a_narrower_error_on_the_same_side_of_the_line_is_never_less_certain(
    value: float, wide: float, ratio: float
) -> None:
    assume(abs(value - 30.0) > 1e-6)
    line = Condition(measure="lumbar_flexion_bottom", above=30.0, unit="deg")
    broad, narrow = (
        believe(line, given_all({"lumbar_flexion_bottom": (value, se)})).lower
        for se in (wide, wide * ratio)
    )
    assert abs(narrow - 0.5) >= abs(broad - 0.5) - 1e-12


@few
@given(passive=ANGLE, active=ANGLE, se=ERROR)
def test_left_and_right_are_read_alike(passive: float, active: float, se: float) -> None:
    left = read_hip(Side.LEFT, given_all(hip(passive, active, se, "left")))
    right = read_hip(Side.RIGHT, given_all(hip(passive, active, se, "right")))
    assert left.state == right.state
    for name, value in left.probabilities.items():
        assert abs(value - right.probabilities[name]) <= DRAWING


@few
@given(
    left=st.tuples(st.floats(20, 70), st.floats(20, 70)),
    right=st.tuples(st.floats(20, 70), st.floats(20, 70)),
    se=st.floats(1, 5),
)
def test_a_mirrored_person_gets_the_mirrored_plan(
    left: tuple[float, float], right: tuple[float, float], se: float
) -> None:
    session = Session(screening=Screening(answered=True))
    sides = []
    for first, second in ((left, right), (right, left)):
        measures = given_all(hip(*first, se, "left") | hip(*second, se, "right"))
        safety = screen(session.screening, measures)
        plan = make_plan(read_exam(measures, (), session), safety, session, measures)
        sides.append([step.side.value for step in plan.steps])
    assert [(MIRROR | MORE)[side] for side in sides[0]] == sides[1]


@few
@given(passive=st.floats(-10, 90), active=st.floats(-10, 90), se=st.floats(0.5, 10))
def test_a_hip_that_turns_too_little_is_never_trained_into_rotation(
    passive: float, active: float, se: float
) -> None:
    session = Session(screening=Screening(answered=True))
    measures = given_all(hip(passive, active, se))
    flagged = believe(
        Condition(measure="hip_rotation_passive_left", below=15.0, unit="deg"), measures
    )
    safety = screen(session.screening, measures)
    plan = make_plan(read_exam(measures, (), session), safety, session, measures)
    if flagged.lower >= 0.8:
        assert plan.steps == ()
    elif flagged.lower > 0.2:
        turned = load().exercises
        for choice in plan.steps[3].exercises:
            inward = "hip_internal_rotation" in turned[choice.id].actions
            assert not inward or choice.side is StepSide.RIGHT


@few
@given(value=st.floats(-20, 60), se=ERROR)
def test_a_finding_is_called_exactly_where_its_probability_says(value: float, se: float) -> None:
    measures = given_all({"trunk_lean_back_lockout": (value, se)})
    found = next(f for f in read_exam(measures, (), Session()).findings if f.id == "leans_back")
    called = {
        FindingStatus.PRESENT: found.probability >= 0.8,
        FindingStatus.ABSENT: found.probability <= 0.2,
        FindingStatus.INDETERMINATE: 0.2 < found.probability < 0.8,
    }
    assert called[found.status]


@few
@given(passive=ANGLE, active=ANGLE, more=st.floats(0.1, 30), se=ERROR)
def test_more_passive_rotation_never_makes_the_socket_likelier(
    passive: float, active: float, more: float, se: float
) -> None:
    # an upper bound: readings that contradict each other leave the hip open
    found = [
        read_hip(Side.LEFT, given_all(hip(value, active, se))).probabilities
        for value in (passive, passive + more)
    ]
    low, high = (one["socket"] + one.get("indeterminate", 0.0) for one in found)
    assert high <= low + 1e-9


@few
@given(fingers=st.floats(-20, 60), lower=st.floats(0.1, 20), pelvis=st.floats(0, 110), se=ERROR)
def test_lower_fingertips_never_make_a_blocked_bend_likelier(
    fingers: float, lower: float, pelvis: float, se: float
) -> None:
    found = [
        read_bend(
            given_all(
                {
                    "fingertip_to_floor": (value, 1.2),
                    "bend_pelvis_rotation": (pelvis, se),
                    "bend_lumbar_excursion": (50, se),
                }
            )
        ).probabilities
        for value in (fingers, fingers - lower)
    ]
    blocked = [one["hip_blocked"] for one in found]
    assert blocked[1] <= blocked[0] + DRAWING


@few
@given(passive=ANGLE, active=ANGLE, se=ERROR, wider=st.floats(1.0, 4.0))
def test_more_error_never_makes_a_called_hip_surer(
    passive: float, active: float, se: float, wider: float
) -> None:
    sharp, broad = (
        read_hip(Side.LEFT, given_all(hip(passive, active, error))) for error in (se, se * wider)
    )
    if sharp.state != "indeterminate":
        assert broad.probabilities[sharp.state] <= sharp.probabilities[sharp.state] + 1e-9
        assert broad.state in (sharp.state, "indeterminate")


@few
@given(passive=ANGLE, active=ANGLE, se=ERROR, wider=st.floats(1.0, 4.0))
def test_more_error_never_calls_a_hip_that_was_open(
    passive: float, active: float, se: float, wider: float
) -> None:
    assume(passive - active > -5.0)  # readings that contradict each other are another matter
    sharp, broad = (
        read_hip(Side.LEFT, given_all(hip(passive, active, error))) for error in (se, se * wider)
    )
    if sharp.state == "indeterminate":
        assert broad.state == "indeterminate"


@fewer
@given(
    left=st.tuples(ANGLE, ANGLE), right=st.tuples(ANGLE, ANGLE), se=ERROR, fingers=st.floats(-9, 30)
)
def test_a_mirrored_session_is_read_as_its_mirror_image(
    left: tuple[float, float], right: tuple[float, float], se: float, fingers: float
) -> None:
    bend = {
        "fingertip_to_floor": (fingers, 1.2),
        "bend_pelvis_rotation": (60.0, se),
        "bend_lumbar_excursion": (60.0, se),
    }
    one, other = (
        read_exam(given_all(hip(*a, se, "left") | hip(*b, se, "right") | bend), (), Session())
        for a, b in ((left, right), (right, left))
    )
    assert one.hip_left.state == other.hip_right.state
    assert one.hip_right.state == other.hip_left.state
    assert one.pairing.result == other.pairing.result
    swapped = [MIRROR.get(str(c.side), "none") for c in one.conflicts]
    assert sorted(swapped) == sorted(
        {"left": "left", "right": "right"}.get(str(c.side), "none") for c in other.conflicts
    )
    assert len(one.further) == len(other.further)
    assert sorted(round(f.bits, 6) for f in one.further if f.bits == f.bits) == sorted(
        round(f.bits, 6) for f in other.further if f.bits == f.bits
    )


@fewer
@given(
    passive=st.floats(5, 70), active=st.floats(5, 70), fingers=st.floats(-10, 40), by=st.booleans()
)
def test_the_unit_in_which_a_value_is_typed_does_not_matter(
    passive: float, active: float, fingers: float, *, by: bool
) -> None:
    reader = "clinician" if by else "self"

    def read(angle: Callable[[float], str], length: Callable[[float], str]) -> ExamReading:
        hips = {"passive": [angle(passive)] * 2, "active": [angle(active)] * 2}
        tables = {
            "hip_rotation": {"instrument": "goniometer", "by": reader, "left": hips, "right": hips},
            "forward_bend": {
                "instrument": "inclinometer",
                "by": reader,
                "fingertip_to_floor": [length(fingers)],
                "pelvis_rotation": [angle(55.0)],
                "lumbar_excursion": [angle(52.0)],
            },
        }
        session = parse_session(tables, folder=Path())
        measures, checks = measures_from_readings(session.readings)
        return read_exam(measures, checks, session)

    metric = read(lambda v: f"{v:.9f}deg", lambda v: f"{v:.9f}cm")
    other = read(lambda v: f"{math.radians(v):.12f}rad", lambda v: f"{v / 2.54:.12f}in")
    for a, b in ((metric.hip_left, other.hip_left), (metric.hip_right, other.hip_right)):
        assert a.probabilities == pytest.approx(b.probabilities, abs=1e-6)
    assert metric.bend.probabilities == pytest.approx(other.bend.probabilities, abs=DRAWING)
    assert metric.pairing.probabilities == pytest.approx(other.pairing.probabilities, abs=DRAWING)
    for one, two in zip(metric.findings, other.findings, strict=True):
        assert one.probability == pytest.approx(two.probability, abs=DRAWING, nan_ok=True)
