"""What must hold of the reading for any measurement whatever."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from primemover.findings import read_bend, read_exam, read_hip, screen
from primemover.findings.belief import believe
from primemover.knowledge import load
from primemover.knowledge.reading_rows import Condition
from primemover.model.finding import FindingStatus
from primemover.model.measure import Side
from primemover.model.plan import StepSide
from primemover.model.session import Screening, Session
from primemover.plan import make_plan
from tests.unit.findings.given import given_all

ANGLE = st.floats(-10, 80)
ERROR = st.floats(0.5, 8)
DRAWING = 0.01  # error of a probability from 8192 low-discrepancy draws, generously
MIRROR = {"left": "right", "right": "left", "both": "both"}
MORE = {"left_more": "right_more", "right_more": "left_more"}
few = settings(max_examples=40, deadline=None)


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
