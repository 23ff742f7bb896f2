"""No sentence that people read makes a claim of the forbidden list, but for named exceptions."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from primemover.cli.summary import exam_summary
from primemover.knowledge.loading import read_rows
from primemover.knowledge.safety_rows import AllowedRow, ForbiddenRow, WordingReading
from primemover.pipeline.exam import examine
from primemover.pipeline.options import Options
from primemover.pipeline.session_file import read_session
from primemover.report import assessment_to_json
from tests.wording.sentences import (
    ROOT,
    Sentence,
    every_sentence,
    of_json,
    of_python,
    of_template,
    of_toml,
)

FORBIDDEN = {row.id: row for row in read_rows("wording", "forbidden", ForbiddenRow)}
ALLOWED = read_rows("wording", "allowed", AllowedRow)
CLINICIANS = read_rows("wording", "reading", WordingReading)[0]
FEWEST_SENTENCES = 4000  # a walk that finds less has lost a folder


@cache
def sentences() -> tuple[Sentence, ...]:
    return every_sentence()


def says(row: ForbiddenRow, sentence: Sentence) -> bool:
    """Return whether a sentence makes a forbidden claim to somebody who must not read it."""
    for_clinicians = (
        sentence.field in CLINICIANS.clinician_fields
        or sentence.where in CLINICIANS.clinician_files
    )
    if row.readers == "lay" and for_clinicians:
        return False
    return re.search(row.pattern, sentence.text, re.IGNORECASE) is not None


def excused(row: ForbiddenRow, sentence: Sentence) -> bool:
    return any(
        one.forbidden == row.id and one.where == sentence.where and one.text in sentence.text
        for one in ALLOWED
    )


@pytest.mark.parametrize("name", list(FORBIDDEN))
def test_no_sentence_makes_a_forbidden_claim(name: str) -> None:
    row = FORBIDDEN[name]
    wrong = [f"{one.where}: {one.text[:160]}" for one in sentences()
             if says(row, one) and not excused(row, one)]  # fmt: skip
    assert wrong == [], row.why


@pytest.mark.parametrize("name", list(FORBIDDEN))
def test_each_pattern_catches_its_samples_and_leaves_its_neighbours(name: str) -> None:
    row = FORBIDDEN[name]
    for text in row.caught:
        assert says(row, Sentence(text=text, where="")), text
    for text in row.fine:
        assert not says(row, Sentence(text=text, where="")), text


@pytest.mark.parametrize(
    "example", sorted((ROOT / "examples").glob("*.toml")), ids=lambda p: p.stem
)
def test_no_sentence_that_is_put_together_for_a_person_makes_a_forbidden_claim(
    example: Path,
) -> None:
    exam = examine(read_session(example), options=Options()).assessment
    said = [*of_json(assessment_to_json(exam)), Sentence(text=exam_summary(exam), where="terminal")]
    wrong = [f"{row.id}: {one.text[:160]}" for one in said for row in FORBIDDEN.values()
             if says(row, one) and not any(part.text in one.text for part in ALLOWED)]  # fmt: skip
    assert wrong == []


def test_an_exception_has_a_reason_and_something_to_excuse() -> None:
    for one in ALLOWED:
        assert len(one.reason) > 10
        row = FORBIDDEN[one.forbidden]
        assert any(
            says(row, sentence) and sentence.where == one.where and one.text in sentence.text
            for sentence in sentences()
        ), f"{one.where}: {one.text!r} excuses nothing"


def test_an_exception_excuses_only_its_own_claim_in_its_own_file() -> None:
    one = ALLOWED[0]
    row = FORBIDDEN[one.forbidden]
    text = f"{one.text} {row.caught[0]}"
    assert excused(row, Sentence(text=text, where=one.where))
    assert not excused(row, Sentence(text=text, where="README.md"))
    assert not excused(row, Sentence(text=row.caught[0], where=one.where))


def test_the_walk_reaches_every_kind_of_file() -> None:
    found = sentences()
    assert len(found) > FEWEST_SENTENCES
    files = {one.where for one in found}
    for name in (
        "src/primemover/knowledge/data/screening.toml",
        "src/primemover/knowledge/data/exercises.toml",
        "src/primemover/report/templates/exam.html.j2",
        "src/primemover/report/templates/page.js",
        "src/primemover/words/en/report.toml",
        "src/primemover/cli/interview.py",
        "src/primemover/errors.py",
        "README.md",
        "docs/measures.md",
    ):
        assert name in files, name
    data = {path.name for path in (ROOT / "src/primemover/knowledge/data").glob("*.toml")}
    assert data - {file.rpartition("/")[2] for file in files} == {"wording.toml"}


CLAIM = FORBIDDEN["injury_risk"]


def test_a_claim_planted_in_a_knowledge_file_is_found_in_lists_and_tables() -> None:
    text = '[[row]]\nid = "a"\ndeep = { plain = ["fine", "Your injury risk is high."] }\n'
    assert any(says(CLAIM, one) for one in of_toml(text, "x.toml"))


def test_a_claim_in_a_comment_of_a_knowledge_file_is_not_a_claim() -> None:
    assert not any(says(CLAIM, one) for one in of_toml("# injury risk\na = 'b'\n", "x.toml"))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Your injury\n risk is high.</p>",
        '{{ "Your injury risk is high" if bad else "" }}',
        "{% set words = 'injury risk' %}",
        "Your <b>injury</b> risk is {{ number }}.",
    ],
)
def test_a_claim_planted_in_a_template_is_found(text: str) -> None:
    assert any(says(CLAIM, one) for one in of_template(text, "x.html.j2"))


@pytest.mark.parametrize(
    "text",
    [
        'x = "Your injury risk is high."',
        'x = ("Your injury "\n     "risk is high.")',
        'x = f"Your injury risk is {y}."',
        'def f():\n    """Help."""\n    return {"a": ["injury risk"]}',
        "x = f\"{'injury risk' if y else 1}\"",
    ],
)
def test_a_claim_planted_in_python_is_found(text: str) -> None:
    assert any(says(CLAIM, one) for one in of_python(text, "x.py", docstrings=False))


def test_a_docstring_counts_only_where_help_is_made_of_it() -> None:
    text = 'def f():\n    """Say the injury risk."""\n'
    assert not any(says(CLAIM, one) for one in of_python(text, "x.py", docstrings=False))
    assert any(says(CLAIM, one) for one in of_python(text, "x.py", docstrings=True))


def test_a_clinicians_line_may_name_what_is_suspected_and_a_lifters_may_not() -> None:
    row = FORBIDDEN["disease_names"]
    text = 'a = { clinician = "cauda equina", plain = "cauda equina" }'
    assert [one.field for one in of_toml(text, "x.toml") if says(row, one)] == ["plain"]
