"""The exam by asking, in the exam's order; the questions come from the knowledge files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from primemover.cli.asking import Asker
from primemover.cli.interview_answers import ask_pain, ask_questionnaires
from primemover.cli.outputs import check_film
from primemover.findings.safety import questions_for
from primemover.knowledge import Knowledge
from primemover.knowledge.evidence_rows import MeasureRow
from primemover.model.limits import AGE_YEARS, typed_quantity
from primemover.model.measure import Instrument, Side
from primemover.model.person import Person, Sex
from primemover.model.safety import SafetyLevel
from primemover.model.session import (
    Clip,
    ClipKind,
    LiftFacts,
    Reading,
    Screening,
    Session,
    Variant,
)
from primemover.model.units import from_display, to_display

__all__ = ["interview"]

_MINUTES: Final = (5.0, 240.0)  # as in a session file
_ANGLE_INSTRUMENTS: Final = (Instrument.GONIOMETER, Instrument.INCLINOMETER, Instrument.PHONE)
_OTHER_INSTRUMENTS: Final = (Instrument.TAPE, Instrument.STOPWATCH, Instrument.COUNT)
_GROUPS: Final = {
    "nerves": "Nerves",
    "bone": "Bones",
    "general": "Health in general",
    "hip": "The hip",
}
_ROTATION: Final = (
    (ClipKind.HIP_ROTATION_ACTIVE, "hip_rotation_active", "active: you turn the hip in yourself"),
    (ClipKind.HIP_ROTATION_PASSIVE, "hip_rotation_passive", "passive: somebody else moves the leg"),
)
_BEND: Final = ("fingertip_to_floor", "bend_pelvis_rotation", "bend_lumbar_excursion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who measures, and with what: the same for all angles of a session."""

    by_lay_person: bool
    angle_instrument: Instrument | None


def interview(asker: Asker, knowledge: Knowledge) -> Session:
    """Ask the whole exam and return it as a session.

    An emergency answer of the safety screen ends the questions at once.

    Raises
    ------
    EOFError
        If the answers end before the questions do.
    """
    asker.say("PrimeMover asks in the order of the exam. Enter skips a question.")
    person = _who(asker)
    screening = _screening(asker, person)
    session = Session(
        title="Interview",
        date=date.today().isoformat(),  # noqa: DTZ011 - the day on the person's own calendar
        person=person,
        screening=screening,
    )
    if _is_emergency(knowledge, screening):
        return session
    session = replace(session, person=_person(asker, person), pain=ask_pain(asker, knowledge))
    session = replace(session, questionnaires=ask_questionnaires(asker, knowledge))
    session = replace(session, felt=_felt(asker, knowledge))
    session = _tests(asker, knowledge, session)
    return replace(
        session,
        equipment=_equipment(asker, knowledge),
        minutes_per_day=asker.number(
            "Minutes a day you can train", low=_MINUTES[0], high=_MINUTES[1]
        ),
    )


def _who(asker: Asker) -> Person:
    """Ask what decides which safety questions concern a person."""
    age = asker.number("Your age in years", low=AGE_YEARS[0], high=AGE_YEARS[1])
    sex = asker.one_of("Sex, as the norms are divided", {one.value: one.value for one in Sex})
    return Person(age_years=age, sex=Sex(sex) if sex else None)


def _screening(asker: Asker, person: Person) -> Screening:
    """Ask the safety screen: what needs help today on the first page, the rest by topic."""
    asked = questions_for(person)
    urgent = [row for row in asked if row.level is SafetyLevel.EMERGENCY]
    pages = {"Safety first. Do you have any of these?": urgent}
    for row in asked:
        if row.level is not SafetyLevel.EMERGENCY:
            heading = f"{_GROUPS.get(row.group, row.group)}. Any of these?"
            pages.setdefault(heading, []).append(row)
    yes: set[str] = set()
    answered = True
    for heading, rows in pages.items():
        asker.say(f"\n{heading}")
        picks = asker.several_of("Which", {row.id: row.question for row in rows})
        answered = answered and picks is not None
        yes.update(picks or ())
        if yes & {row.id for row in urgent}:
            return Screening(yes=frozenset(yes), answered=True)
    return Screening(yes=frozenset(yes), answered=answered)


def _is_emergency(knowledge: Knowledge, screening: Screening) -> bool:
    rows = knowledge.screening
    return any(rows[answer].level is SafetyLevel.EMERGENCY for answer in screening.yes)


def _person(asker: Asker, who: Person) -> Person:
    asker.say("\nAbout you")
    return replace(
        who,
        body_mass_kg=asker.ask("Body mass, such as 80kg", lambda t: typed_quantity("body_mass", t)),
        height_m=asker.ask("Height, such as 180cm", lambda t: typed_quantity("height", t)),
    )


def _felt(asker: Asker, knowledge: Knowledge) -> tuple[str, ...] | None:
    asker.say("\nAfter a set of deadlifts, which muscles did you feel working?")
    return asker.several_of("Which", {row.id: row.label for row in knowledge.muscles.values()})


def _tests(asker: Asker, knowledge: Knowledge, session: Session) -> Session:
    """Ask the three tests and the entry tests."""
    hand = _hand(asker)
    clips: list[Clip] = []
    readings: list[Reading] = []
    for kind, stem, words in _ROTATION:
        asker.say(f"\nSeated hip internal rotation, {words}")
        film = _film(asker, "Film from the front (path)")
        if film is not None:
            clips.append(Clip(kind=kind, path=film))
        else:
            readings += _readings(asker, knowledge, stem, hand)
    asker.say("\nStanding forward bend, knees straight")
    film = _film(asker, "Film from the side (path)")
    if film is not None:
        clips.append(Clip(kind=ClipKind.FORWARD_BEND, path=film))
    else:
        readings += _bend(asker, knowledge, hand)
    asker.say("\nThe deadlift")
    lift = LiftFacts()
    film = _film(asker, "Film from the side (path)")
    if film is not None:
        clips.append(Clip(kind=ClipKind.DEADLIFT, path=film))
        lift = _lift(asker)
    readings += _entry_tests(asker, knowledge, hand)
    return replace(session, clips=tuple(clips), readings=tuple(readings), lift=lift)


def _hand(asker: Asker) -> Hand:
    asker.say("\nThe tests. Each can be filmed or typed in, or skipped.")
    lay = not asker.yes("Does a clinician take the readings")
    asker.say("What are angles read with?")
    chosen = asker.one_of("Instrument", {one.value: one.value for one in _ANGLE_INSTRUMENTS})
    return Hand(by_lay_person=lay, angle_instrument=Instrument(chosen) if chosen else None)


def _film(asker: Asker, question: str) -> Path | None:
    """Ask for a film until it can be read; None when there is none."""

    def parse(line: str) -> Path:
        path = Path(line.strip("'\"")).expanduser()
        check_film(path)
        return path

    return asker.ask(f"{question}, Enter if there is none", parse)


def _bend(asker: Asker, knowledge: Knowledge, hand: Hand) -> Iterator[Reading]:
    for stem in _BEND:
        yield from _readings(asker, knowledge, stem, hand)


def _lift(asker: Asker) -> LiftFacts:
    names = {one.value: one.value.replace("_", " ") for one in Variant}
    variant = asker.one_of("How is it lifted", names)
    mass = asker.ask("Bar with plates, such as 100kg", lambda t: typed_quantity("bar_mass", t))
    plate = asker.ask(
        "Diameter of the largest plate, Enter for 450mm",
        lambda t: typed_quantity("plate_diameter", t),
    )
    facts = LiftFacts(bar_mass_kg=mass, variant=Variant(variant) if variant else None)
    return facts if plate is None else replace(facts, plate_diameter_m=plate)


def _entry_tests(asker: Asker, knowledge: Knowledge, hand: Hand) -> Iterator[Reading]:
    asker.say("\nTests of the programme's steps")
    for test in knowledge.entry_tests.values():
        if any(_instrument(knowledge, stem, hand) for stem in test.measures):
            asker.say(f"\n{test.label}. {test.how}")
            for stem in test.measures:
                yield from _readings(asker, knowledge, stem, hand)


def _readings(asker: Asker, knowledge: Knowledge, stem: str, hand: Hand) -> Iterator[Reading]:
    """Ask the repetitions of one measure, on each side if it has sides."""
    row, instrument = knowledge.measures[stem], _instrument(knowledge, stem, hand)
    if instrument is None:
        return
    shown = to_display(0.0, row.unit)[1]
    for side in (Side.LEFT, Side.RIGHT) if row.sided else (Side.NONE,):
        low, high = row.low or 0.0, row.high or 0.0
        for typed in asker.numbers(_question(row, side, shown), low=low, high=high):
            value, unit = from_display(typed, shown)
            yield Reading(
                measure=stem,
                value=value,
                unit=unit,
                instrument=instrument,
                side=side,
                by_lay_person=hand.by_lay_person,
            )


def _question(row: MeasureRow, side: Side, shown: str) -> str:
    place = "" if side is Side.NONE else f", {side}"
    words = {"1": "how many", "deg": "degrees", "s": "seconds"}.get(shown, shown)
    return f"{row.label[:1].upper()}{row.label[1:]}{place} ({words}; repetitions with spaces)"


def _instrument(knowledge: Knowledge, stem: str, hand: Hand) -> Instrument | None:
    """Return what a measure is read with here, None when nothing fitting is at hand."""
    fitting = {row.instrument for row in knowledge.precision if stem in row.measures}
    if hand.angle_instrument in fitting:
        return hand.angle_instrument
    return next((one for one in _OTHER_INSTRUMENTS if one in fitting), None)


def _equipment(asker: Asker, knowledge: Knowledge) -> tuple[str, ...] | None:
    asker.say("\nWhat do you have to train with?")
    rows: Mapping[str, str] = {
        row.id: row.label for row in knowledge.equipment.values() if not row.household
    }
    return asker.several_of("Which", rows)
