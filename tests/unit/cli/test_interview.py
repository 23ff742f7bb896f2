"""The interview: the exam's order, the knowledge's questions, a stop on emergency."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from primemover.cli.asking import Asker
from primemover.cli.interview import interview
from primemover.knowledge import Knowledge, load
from primemover.model.measure import Instrument, Side
from primemover.model.outcome import RmdqAnswers
from primemover.model.safety import SafetyLevel
from primemover.model.session import ClipKind, Session
from tests.acceptance import making


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


class Script(Asker):
    """Answers by a phrase of the question or of the heading above it; Enter for all others."""

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(self._next)
        self.left = dict(answers)
        self.asked: list[str] = []
        self._heading = ""

    def say(self, text: str = "") -> None:
        """Remember the heading."""
        super().say(text)
        if not text.startswith("  "):
            self._heading = text.strip()

    def ask(self, question, parse):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201 - as the base
        """Remember the question below its heading."""
        self.asked.append(f"{self._heading} | {question}")
        return super().ask(question, parse)

    def _next(self) -> str:
        for phrase, answer in self.left.items():
            if phrase in self.asked[-1]:
                del self.left[phrase]
                return answer
        return ""


def _interviewed(knowledge: Knowledge, answers: dict[str, str]) -> tuple[Session, Script]:
    script = Script(answers)
    session = interview(script, knowledge)
    assert script.left == {}, "an answer found no question"
    return session, script


_PAGES = (
    "Safety first",
    *(f"{name}. Any of these?" for name in ("Nerves", "Bones", "Health in general", "The hip")),
)


def test_everything_can_be_skipped(knowledge: Knowledge) -> None:
    session, _ = _interviewed(knowledge, {})
    assert not session.screening.answered
    assert session.readings == ()
    assert session.clips == ()
    assert session.felt is None
    assert session.equipment is None
    assert session.person.age_years is None


def test_the_exam_is_asked_in_its_order(knowledge: Knowledge) -> None:
    _, script = _interviewed(knowledge, {"| Instrument": "goniometer"})
    order = [
        "Your age",
        "Sex, as",
        "Safety first",
        "Body mass",
        "Pain now",
        "Activity 1",
        "Answer it now",
        "muscles did you feel",
        "active: you turn",
        "passive: somebody",
        "forward bend, knees",
        "The deadlift",
        "Hip extension",
        "train with",
        "Minutes a day",
    ]
    places = [next(i for i, line in enumerate(script.asked) if one in line) for one in order]
    assert places == sorted(places)


def test_every_screening_question_is_shown(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    _interviewed(knowledge, dict.fromkeys(_PAGES, "0"))
    told = capsys.readouterr().err
    for row in knowledge.screening.values():
        assert row.question in told


def test_a_screen_answered_with_none_is_answered(knowledge: Knowledge) -> None:
    session, _ = _interviewed(knowledge, dict.fromkeys(_PAGES, "0"))
    assert session.screening.answered
    assert session.screening.yes == frozenset()


def test_one_skipped_page_leaves_the_screen_unanswered(knowledge: Knowledge) -> None:
    answers = dict.fromkeys(_PAGES, "0")
    del answers["The hip. Any of these?"]
    session, _ = _interviewed(knowledge, answers)
    assert not session.screening.answered


@pytest.mark.parametrize("answer", ["saddle_numbness", "1"])
def test_an_emergency_ends_the_questions_at_once(knowledge: Knowledge, answer: str) -> None:
    session, script = _interviewed(knowledge, {"Safety first": answer})
    (yes,) = session.screening.yes
    assert knowledge.screening[yes].level is SafetyLevel.EMERGENCY
    assert session.screening.answered
    assert len(script.asked) == 3  # age, sex, the first page


def test_children_are_asked_what_concerns_children(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    question = knowledge.screening["adolescent_hip"].question
    _interviewed(knowledge, {"Your age": "40"})
    assert question not in capsys.readouterr().err
    _interviewed(knowledge, {"Your age": "15"})
    assert question in capsys.readouterr().err


def test_men_are_not_asked_what_concerns_women(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    question = knowledge.screening["pregnancy"].question
    _interviewed(knowledge, {"Sex, as": "male"})
    assert question not in capsys.readouterr().err
    _interviewed(knowledge, {"Sex, as": "female"})
    assert question in capsys.readouterr().err


def test_own_activities_are_asked_until_one_is_skipped(knowledge: Knowledge) -> None:
    session, _ = _interviewed(
        knowledge,
        {
            "Activity 1": "put on socks",
            "(put on socks)": "4",
            "Activity 2": "sit an hour",
            "(sit an hour)": "6,5",
        },
    )
    told = session.questionnaires
    assert [(one.name, one.rating) for one in told.activities] == [
        ("put on socks", 4.0),
        ("sit an hour", 6.5),
    ]
    assert told.rmdq is None


def test_the_same_activity_is_not_taken_twice(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    session, _ = _interviewed(knowledge, {"Activity 1": "sit", "(sit)": "4", "Activity 2": "Sit"})
    assert len(session.questionnaires.activities) == 1
    assert knowledge.outcome_asking.again in capsys.readouterr().err


def test_the_sentences_of_daily_life_are_offered_and_shown_only_when_wanted(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = knowledge.rmdq_items[9].text
    session, _ = _interviewed(knowledge, {})
    assert session.questionnaires.rmdq is None
    assert sentence not in capsys.readouterr().err
    session, _ = _interviewed(knowledge, {"Answer it now": "y", "describe you": "3 9 16"})
    assert sentence in capsys.readouterr().err
    assert session.questionnaires.rmdq == RmdqAnswers(yes=frozenset({3, 9, 16}))
    session, _ = _interviewed(knowledge, {"Answer it now": "y", "describe you": "0"})
    assert session.questionnaires.rmdq == RmdqAnswers()


def test_typed_rotations_become_readings_in_radians_with_their_side(knowledge: Knowledge) -> None:
    session, _ = _interviewed(
        knowledge,
        {
            "clinician": "y",
            "| Instrument": "goniometer",
            "Active hip internal rotation, right": "30 31,5",
        },
    )
    assert [round(math.degrees(one.value), 6) for one in session.readings] == [30.0, 31.5]
    for one in session.readings:
        assert one.measure == "hip_rotation_active"
        assert one.side is Side.RIGHT
        assert one.instrument is Instrument.GONIOMETER
        assert one.unit == "rad"
        assert not one.by_lay_person


def test_counts_and_lengths_need_no_angle_instrument(knowledge: Knowledge) -> None:
    session, _ = _interviewed(
        knowledge, {"Knee to wall": "9.5", "Fingertip to floor": "-3", "bridge": "12"}
    )
    values = {one.measure: one.value for one in session.readings}
    assert values["knee_to_wall"] == pytest.approx(0.095)
    assert values["fingertip_to_floor"] == pytest.approx(-0.03)
    assert values["single_leg_bridge"] == 12.0
    assert {one.measure: (one.unit, one.instrument) for one in session.readings} == {
        "knee_to_wall": ("m", Instrument.TAPE),
        "fingertip_to_floor": ("m", Instrument.TAPE),
        "single_leg_bridge": ("1", Instrument.COUNT),
    }


def test_every_instrument_that_is_asked_for_is_one_the_exam_can_read(knowledge: Knowledge) -> None:
    from primemover.exam.readings import measures_from_readings  # noqa: PLC0415 - slow to import

    answers = {"| Instrument": "phone", "Hip extension, left": "5", "Pelvis rotation": "50"}
    session, _ = _interviewed(knowledge, answers)
    measures, _ = measures_from_readings(session.readings, filmed={})
    assert measures["hip_extension_left"].value == pytest.approx(math.radians(5))


def test_a_film_is_checked_when_it_is_named(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = making.film(tmp_path / "bend.mp4")
    lines = iter([str(tmp_path / "nowhere.mp4"), f"'{good}'"])
    script = Script({})

    def read() -> str:
        in_bend = "forward bend" in script.asked[-1] and "Film" in script.asked[-1]
        return next(lines) if in_bend else ""

    script._read_line = read
    session = interview(script, knowledge)
    assert [(one.kind, one.path) for one in session.clips] == [(ClipKind.FORWARD_BEND, good)]
    assert "There is no film" in capsys.readouterr().err


def test_answers_that_end_early_end_the_exam(knowledge: Knowledge) -> None:
    def read() -> str:
        raise EOFError

    with pytest.raises(EOFError):
        interview(Asker(read), knowledge)
