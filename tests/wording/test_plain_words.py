"""Sentences for people stay easy to read; what is not in catalogues yet does not grow."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

import pytest

from primemover.knowledge import load
from validation.plain_words import (
    FEWEST_WORDS,
    PlainText,
    grade_of,
    literals_left,
    page,
    plain_texts,
    syllables_of,
)

DOCS = Path(__file__).parents[2] / "docs"
HIGHEST_MEDIAN = 7.0  # a reader of about 12
HIGHEST = 9.0
HARDER: dict[str, str] = {}
"""Places of texts that may be harder, each with its reason; there are none."""
# Sentences that still stand in Python, by room: a ceiling that only comes down.
CEILING = {
    "report": 13,  # errors of writing files, and class names of drawings
    "findings": 1,  # a mistake in the knowledge
    "plan": 0,
    "outcomes": 0,
    "retest": 4,  # what the command says about the wrong sessions
    "exam": 205,  # reasons why a film was not measured, and its checks
    "kinematics": 0,
    "dynamics": 6,
    "load": 11,
    "events": 6,
    "pose": 12,
    "outline": 1,
    "pipeline": 16,  # what is wrong with a session file
    "cli": 101,  # help, questions of the interview, notes
}
GRADED = [one for one in plain_texts() if one.words >= FEWEST_WORDS]


def test_no_sentence_is_too_hard() -> None:
    hard = {f"{one.room} {one.place}": one.grade for one in GRADED if one.grade > HIGHEST}
    assert hard.keys() == HARDER.keys(), hard


@pytest.mark.parametrize("room", sorted({one.room for one in GRADED}))
def test_a_room_is_for_readers_of_twelve(room: str) -> None:
    own = [one for one in plain_texts() if one.room == room]
    graded = [one.grade for one in own if one.words >= FEWEST_WORDS]
    whole = grade_of(" ".join(f"{one.text.rstrip('.')}." for one in own))
    assert whole <= HIGHEST_MEDIAN
    if len(graded) >= 5:
        assert median(graded) <= HIGHEST_MEDIAN


def test_short_texts_are_counted_in_their_room_and_not_forgotten() -> None:
    assert len(plain_texts()) > 1000
    assert len(plain_texts()) > len(GRADED) > 600


def test_the_grade_is_the_published_formula() -> None:
    """Ten words, one sentence, twelve syllables: 0.39 * 10 + 11.8 * 1.2 - 15.59."""
    text = "The hip turns in and the low back stays quite quiet."
    words, syllables = 11, 12
    assert grade_of(text) == pytest.approx(0.39 * words + 11.8 * syllables / words - 15.59)
    assert grade_of(f"{text} {text}") == pytest.approx(grade_of(text))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("hip", 1),
        ("rotation", 3),
        ("people", 2),
        ("usual", 3),
        ("person's", 2),
        ("45", 1),
        ("deadlift", 2),  # not in the dictionary from here on
        ("sacrum", 2),
        ("inclinometer", 5),
        ("adductors", 3),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_a_hard_sentence_is_found_hard_and_an_easy_one_easy() -> None:
    hard = (
        "Lumbopelvic dissociation necessitates proprioceptive recalibration of segmental control."
    )
    assert grade_of(hard) > 2 * HIGHEST
    assert grade_of("Sit tall. Turn the thigh in so that the foot lifts out. Hold it.") < 3.0


def test_units_and_placeholders_are_read_out() -> None:
    said = PlainText(room="", place="", text="It turns {much} in, 40 deg at least.")
    assert said.words == len(["It", "turns", "30", "in", "40", "degrees", "at", "least"])


def test_every_finding_state_pairing_step_and_exercise_has_both_lines() -> None:
    known = load()
    rows: list[Any] = [
        *known.rules.values(),
        *known.hip_states.values(),
        *known.bend_patterns.values(),
        *known.bend_directions.values(),
        *known.pairings.values(),
        *known.steps.values(),
        *known.exercises.values(),
        *known.screening.values(),
        *known.conflicts.values(),
        *known.stop_rules.values(),
    ]
    for row in rows:
        plain = getattr(row, "plain", "") or getattr(row, "why", "") or getattr(row, "action", "")
        plain = plain or getattr(row, "why_needed", "")
        assert len(row.clinician) >= 15, row
        assert plain, row
        assert row.clinician != plain
        assert "\n" not in row.clinician


def test_what_still_stands_in_python_only_becomes_less() -> None:
    left = {room: len(found) for room, found in literals_left().items()}
    assert left.keys() == CEILING.keys()
    assert {room: count for room, count in left.items() if count > CEILING[room]} == {}


def test_the_page_is_current() -> None:
    written = (DOCS / "plain-words.md").read_text(encoding="utf-8")
    assert written == page(), "run `python -m validation.plain_words --write`"
