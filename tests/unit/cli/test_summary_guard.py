"""What the terminal says of questionnaires and of stopping."""

from __future__ import annotations

from dataclasses import replace

from primemover.cli.summary import exam_summary
from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.outcome import Activity, Questionnaires, RmdqAnswers
from primemover.model.session import Pain, Session
from primemover.outcomes import score_all
from primemover.plan.stopping import stop_rules
from tests.unit.report import sample


def exam(told: Questionnaires | None = None, pain: Pain | None = None) -> Assessment:
    session = Session(pain=pain or Pain(), questionnaires=told or Questionnaires())
    return replace(
        sample.assessment(), session=session, scores=score_all(session), stop_rules=stop_rules()
    )


def test_totals_are_told_with_what_a_change_means() -> None:
    told = Questionnaires(
        activities=(Activity(name="sit", rating=4),),
        rmdq=RmdqAnswers(yes=frozenset({1, 2, 3})),
        odi_percent=24,
    )
    text = exam_summary(exam(told, Pain(now=3)))
    assert load().outcome_headings.title in text
    assert "Everyday things, of 24 (RMDQ)                3 of 24" in text
    assert "24 % (moderate)" in text
    assert "less than 5 may be chance" in text


def test_a_total_that_could_not_be_made_says_why() -> None:
    told = Questionnaires(rmdq=RmdqAnswers(left_out=frozenset(range(1, 10))))
    text = exam_summary(exam(told))
    assert "No total" in text
    assert "only 15 of 24 sentences were answered" in text


def test_nothing_answered_says_nothing() -> None:
    assert load().outcome_headings.title not in exam_summary(exam())


def test_when_to_stop_stands_beside_the_programme_and_nowhere_else() -> None:
    words = load().stop_headings
    text = " ".join(exam_summary(exam()).split())
    assert words.title in text
    assert f"{words.emergency}: new trouble with bladder or bowel;" in text
    assert words.title not in exam_summary(sample.stopped_assessment())
