"""What must hold of any course, whoever trains and however it feels."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from primemover.knowledge import load
from primemover.model.course import Change, PlannedSession, Week
from primemover.model.measure import Side
from primemover.model.session import Session
from primemover.model.training import DoneExercise, DoneSession, TrainingLog
from primemover.plan.course import plan_week
from tests.unit.plan.following import CALM, SHORT, case, done

ROWS = load().exercises
GEAR = sorted(row.id for row in load().equipment.values() if not row.household)
HOUSE = {row.id for row in load().equipment.values() if row.household}
MIRROR = {"left": "right", "right": "left", "both": "both"}
MIRROR |= {"left_more": "right_more", "right_more": "left_more", "none": "none"}
few = settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
pains = st.one_of(st.none(), st.floats(0, 8))
symptoms = st.frozensets(
    st.sampled_from(["groin_pinch", "sharp_pain", "leg_symptoms", "dizzy", "muscle_soreness"]),
    max_size=1,
)


@st.composite
def people(draw: st.DrawFn) -> tuple[Session, dict[str, tuple[float, float]]]:
    session = replace(
        CALM,
        equipment=tuple(draw(st.lists(st.sampled_from(GEAR), unique=True))),
        minutes_per_day=draw(st.sampled_from([5.0, 8.0, 12.0, 20.0, 30.0, 60.0, 120.0])),
        days_per_week=draw(st.integers(2, 7)),
    )
    measured = {
        name: (draw(st.floats(0.2, 2.0)) * value, error) for name, (value, error) in SHORT.items()
    }
    kept = draw(st.frozensets(st.sampled_from(sorted(measured)), min_size=2))
    return session, {name: measured[name] for name in sorted(kept)}


class Person:
    """Trains by the plan; how it feels is drawn."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def train(self, week: Week, session: PlannedSession) -> DoneSession | None:
        """Return the session as it was done, None where it was missed."""
        draw = self.data.draw
        if draw(st.integers(0, 6)) == 0:
            return None
        calm = draw(st.integers(0, 3)) > 0
        rating = st.floats(0, 3) if calm else pains
        planned = {one.id: one for one in week.exercises}
        return DoneSession(
            day=session.day,
            exercises=tuple(
                DoneExercise(
                    id=name,
                    sets=max(planned[name].sets_left, planned[name].sets_right),
                    count=planned[name].count,
                    pain=draw(rating),
                    effort=draw(st.floats(4, 9)),
                    too_easy=draw(st.booleans()),
                )
                for name in session.exercises
            ),
            pain_before=1.0,
            pain_next_day=1.0 if calm else draw(pains),
            symptoms=frozenset() if calm else draw(symptoms),
        )


def courses(
    session: Session, measured: dict[str, tuple[float, float]], data: st.DataObject, weeks: int = 6
) -> list[tuple[TrainingLog, Week]]:
    """Return each week of a drawn course with the log it was planned from."""
    who, person = case(session, **measured), Person(data)
    log, found = TrainingLog(), []
    for number in range(1, weeks + 1):
        week = plan_week(who, log, from_day=7 * (number - 1) + 1)
        if week is None:
            break
        found.append((log, week))
        trained = [person.train(week, one) for one in week.sessions]
        log = replace(log, sessions=(*log.sessions, *(one for one in trained if one is not None)))
    return found


@few
@given(person=people(), data=st.data())
def test_never_more_minutes_than_told_and_never_gear_that_is_not_there(
    person: tuple[Session, dict[str, tuple[float, float]]], data: st.DataObject
) -> None:
    session, measured = person
    assert session.minutes_per_day is not None
    assert session.days_per_week is not None
    there = HOUSE | set(session.equipment or ())
    for _, week in courses(session, measured, data):
        assert len(week.sessions) <= session.days_per_week
        assert all(one.minutes <= session.minutes_per_day + 1e-6 for one in week.sessions)
        assert all(set(ROWS[one.id].equipment) <= there for one in week.exercises)


@few
@given(person=people(), data=st.data())
def test_never_an_exercise_that_a_finding_or_a_report_speaks_against(
    person: tuple[Session, dict[str, tuple[float, float]]], data: st.DataObject
) -> None:
    session, measured = person
    who = case(session, **measured)
    for log, week in courses(session, measured, data):
        told = {name for one in log.sessions for name in one.symptoms}
        answers = {load().stop_rules[name].same_as for name in told & {"leg_symptoms"}}
        for one in week.exercises:
            sides = {"left": (Side.LEFT,), "right": (Side.RIGHT,)}.get(
                one.side.value, (Side.LEFT, Side.RIGHT)
            )
            for name in ROWS[one.id].not_when:
                if name != "pain_high":  # lifted once sessions have been green
                    assert not any(who.facts.may_hold(name, s) for s in (*sides, Side.NONE))
                assert name not in answers


@few
@given(person=people(), data=st.data(), pain=st.floats(3.1, 10), rose=st.booleans())
def test_after_pain_nothing_goes_up_and_after_red_every_load_is_a_fifth_lower_or_gone(
    person: tuple[Session, dict[str, tuple[float, float]]],
    data: st.DataObject,
    pain: float,
    rose: bool,  # noqa: FBT001 - drawn
) -> None:
    session, measured = person
    who = case(session, **measured)
    log, week = courses(session, measured, data, weeks=5)[-1]
    first = done(week, week.sessions[0])
    hurt = tuple(replace(one, pain=pain) for one in first.exercises)
    hurting = replace(first, exercises=hurt, pain_next_day=min(pain + 1, 10.0) if rose else 1.0)
    day = week.sessions[0].day + 1
    with_it = plan_week(who, replace(log, sessions=(*log.sessions, hurting)), from_day=day)
    if with_it is None:  # three red sessions in a row stop the course
        return
    before = {one.id: one for one in week.exercises}
    red = pain > 5 or rose
    for one in with_it.exercises:
        old = before.get(one.id)
        if one.id not in {done_one.id for done_one in hurt} or old is None:
            continue
        assert one.change is not Change.UP
        assert one.load_share <= old.load_share * (0.8 if red and one.is_loaded else 1.0)
        if not one.is_loaded:
            assert one.sets_left * one.count <= old.sets_left * old.count
    if red:
        assert not any(one.change is Change.UP for one in with_it.exercises if one.id in before)
        assert (
            with_it.lift is None
            or week.lift is None
            or (with_it.lift.stage <= max(week.lift.stage - 1, 0))
        )
    if hurting.pain_next_day is not None and hurting.pain_next_day > 5:
        assert not any(one.is_loaded for one in with_it.exercises)


@few
@given(person=people(), data=st.data())
def test_a_step_never_climbs_more_than_one_level(
    person: tuple[Session, dict[str, tuple[float, float]]], data: st.DataObject
) -> None:
    session, measured = person
    highest: dict[int, int] = {}
    for _, week in courses(session, measured, data, weeks=9):
        for step in {one.step for one in week.exercises}:
            level = max(one.level for one in week.exercises if one.step == step)
            assert level <= highest.get(step, 1 if step != 5 else level) + 1
            highest[step] = max(level, highest.get(step, 0))


@few
@given(person=people(), data=st.data())
def test_two_to_four_exercises_of_a_step_and_a_reason_for_each_and_for_each_left_out(
    person: tuple[Session, dict[str, tuple[float, float]]], data: st.DataObject
) -> None:
    session, measured = person
    for _, week in courses(session, measured, data):
        worked = {one.step for one in week.exercises}
        for told in week.steps:
            listed = [one for one in week.exercises if one.step == told.step]
            out = [one for one in week.left_out if one.step == told.step]
            assert told.why
            assert len(listed) <= 4
            if told.step in worked:
                rows = [row for row in ROWS.values() if row.step == told.step]
                assert {one.id for one in listed} | {one.id for one in out} == {r.id for r in rows}
                assert len(listed) >= 2 or all(one.why for one in out)
        assert all(one.why and one.change_why and one.dose for one in week.exercises)
        loaded = [
            one.day for one in week.sessions if any(ROWS[name].is_loaded for name in one.exercises)
        ]
        assert all(b - a >= 2 for a, b in pairwise(loaded))


@few
@given(person=people(), data=st.data())
def test_the_same_log_gives_the_same_week(
    person: tuple[Session, dict[str, tuple[float, float]]], data: st.DataObject
) -> None:
    session, measured = person
    log, week = courses(session, measured, data, weeks=3)[-1]
    again = plan_week(case(session, **measured), log, from_day=week.sessions[0].day - 0)
    assert again is not None
    assert again.number == week.number
    assert [one.id for one in again.exercises] == [one.id for one in week.exercises]


@few
@given(person=people())
def test_a_mirrored_person_gets_the_mirrored_course(
    person: tuple[Session, dict[str, tuple[float, float]]],
) -> None:
    session, measured = person
    swap = {"left": "right", "right": "left"}
    mirrored = {
        f"{name.rpartition('_')[0]}_{swap[name.rpartition('_')[2]]}"
        if name.rpartition("_")[2] in swap
        else name: value
        for name, value in measured.items()
    }
    one, other = (plan_week(case(session, **told)) for told in (measured, mirrored))
    assert one is not None
    assert other is not None
    assert [s.exercises for s in one.sessions] == [s.exercises for s in other.sessions]
    for left, right in zip(one.exercises, other.exercises, strict=True):
        assert MIRROR[left.side.value] == right.side.value
        assert MIRROR[left.first_side.value] == right.first_side.value
        assert (left.sets_left, left.sets_right) == (right.sets_right, right.sets_left)
