"""What an interview keeps is a session file that says the same."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.cli.session_toml import session_to_toml
from primemover.model.measure import Instrument, Side
from primemover.model.outcome import Activity, Questionnaires, RmdqAnswers
from primemover.model.person import Person, Sex
from primemover.model.session import (
    Clip,
    ClipKind,
    LiftFacts,
    Pain,
    Reading,
    Screening,
    Session,
    Variant,
)
from primemover.pipeline.session_file import parse_session, read_session

_EXAMPLES = Path(__file__).parents[3] / "examples"

_FULL = Session(
    title='A "quoted" title \\ with ü and \x7f',
    date="2026-11-20",
    person=Person(body_mass_kg=79.832, height_m=1.8034, age_years=34, sex=Sex.FEMALE),
    screening=Screening(yes=frozenset({"leg_symptoms", "pregnancy"}), answered=True),
    pain=Pain(now=2, worst=6.5, during=4, after=3, where=("low_back", "groin_left")),
    felt=("gluteus_maximus", "low_back"),
    readings=(),
    clips=(
        Clip(kind=ClipKind.FORWARD_BEND, path=Path("/films/bend 1.mp4")),
        Clip(kind=ClipKind.DEADLIFT, path=Path("/films/lift.mp4")),
    ),
    lift=LiftFacts(bar_mass_kg=102.5, variant=Variant.SUMO, plate_diameter_m=0.45),
    equipment=("barbell", "band"),
    minutes_per_day=25,
    questionnaires=Questionnaires(
        activities=(Activity(name='tie "my" shoes', rating=4.5), Activity(name="sit", rating=7)),
        rmdq=RmdqAnswers(yes=frozenset({3, 11}), left_out=frozenset({24})),
        odi_percent=22.2,
        start_back=5,
        start_back_distress=2,
    ),
)


def _hip(degrees: float, instrument: Instrument, *, lay: bool) -> Reading:
    return Reading(
        measure="hip_rotation_active",
        value=math.radians(degrees),
        unit="rad",
        instrument=instrument,
        side=Side.LEFT,
        by_lay_person=lay,
    )


def test_readings_of_several_instruments_and_people_keep_who_took_them_with_what() -> None:
    mixed = (
        _hip(30, Instrument.GONIOMETER, lay=False),
        _hip(34, Instrument.INCLINOMETER, lay=False),
        _hip(25, Instrument.GONIOMETER, lay=True),
        _hip(31, Instrument.GONIOMETER, lay=False),
        _hip(29, Instrument.VIDEO, lay=True),
    )
    again = _again(Session(readings=mixed)).readings
    told = {(one.instrument, one.by_lay_person, round(math.degrees(one.value))) for one in mixed}
    kept = {(one.instrument, one.by_lay_person, round(math.degrees(one.value))) for one in again}
    assert kept == told


def _again(session: Session, folder: Path = Path("/elsewhere")) -> Session:
    return parse_session(tomllib.loads(session_to_toml(session)), folder=folder)


def test_everything_that_was_told_comes_back() -> None:
    again = _again(_FULL)
    assert replace(again, person=Person()) == replace(_FULL, person=Person())
    assert again.person.body_mass_kg == pytest.approx(79.832)
    assert again.person.height_m == pytest.approx(1.8034)
    assert (again.person.age_years, again.person.sex) == (34, Sex.FEMALE)


def test_what_was_skipped_stays_untold() -> None:
    again = _again(Session())
    assert again == Session()
    assert not again.screening.answered


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_survives_being_written_again(path: Path) -> None:
    session = read_session(path)
    again = _again(session)
    assert replace(again, readings=(), person=Person()) == replace(
        session, readings=(), person=Person()
    )
    written = {
        (one.measure, one.side, one.instrument, round(one.value, 6)): one for one in again.readings
    }
    for one in session.readings:
        twin = written[one.measure, one.side, one.instrument, round(one.value, 6)]
        assert (twin.unit, twin.by_lay_person) == (one.unit, one.by_lay_person)


@given(degrees=st.floats(-20, 90), side=st.sampled_from([Side.LEFT, Side.RIGHT]))
def test_any_angle_comes_back_to_a_millionth_of_a_degree(degrees: float, side: Side) -> None:
    reading = Reading(
        measure="hip_rotation_passive",
        value=math.radians(degrees),
        unit="rad",
        instrument=Instrument.PHONE,
        side=side,
    )
    (again,) = _again(Session(readings=(reading,))).readings
    assert math.degrees(again.value) == pytest.approx(degrees, abs=2e-6)
    assert (again.side, again.instrument) == (side, Instrument.PHONE)
