"""When to stop and the totals, on the page."""

from __future__ import annotations

from dataclasses import replace

from primemover.findings import screen
from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.outcome import Questionnaires, RmdqAnswers
from primemover.model.safety import StopLevel
from primemover.model.session import Pain, Screening, Session
from primemover.outcomes import score_all
from primemover.plan.stopping import stop_rules
from primemover.report.guard import guard_of, guard_sources, score_text
from tests.unit.report import sample
from tests.unit.report.test_page import exam_page, outline


def exam(told: Questionnaires | None = None) -> Assessment:
    session = Session(pain=Pain(now=3, worst=6), questionnaires=told or Questionnaires())
    return replace(
        sample.assessment(), session=session, scores=score_all(session), stop_rules=stop_rules()
    )


def test_the_levels_stand_worst_first_with_all_their_rules() -> None:
    groups = guard_of(exam()).stops
    assert [group.level for group in groups] == list(reversed(StopLevel))
    assert sum(len(group.rules) for group in groups) == len(load().stop_rules)
    assert all(len(group.rules) == len(group.ends) for group in groups)


def test_the_page_tells_when_to_stop_and_what_then() -> None:
    text = outline(exam_page(exam())).text
    for row in load().stop_rules.values():
        assert row.label in text
        assert row.clinician.split(":")[0] in text
    assert "Start again only when a doctor has looked at it and agreed." in text


def test_the_page_tells_totals_with_what_a_change_means() -> None:
    told = Questionnaires(rmdq=RmdqAnswers(yes=frozenset({1, 2, 3})), odi_percent=24)
    text = outline(exam_page(exam(told))).text
    assert "3 of 24" in text
    assert "24 %" in text
    assert "moderate" in text
    assert "less than 5 may be chance" in text
    assert "MDC 5 points (default), MIC 5 points (read)" in text


def test_a_total_that_could_not_be_made_says_why_on_the_page() -> None:
    told = Questionnaires(rmdq=RmdqAnswers(left_out=frozenset(range(1, 10))))
    text = outline(exam_page(exam(told))).text
    assert "No total" in text
    assert "Only 15 of 24 sentences were answered" in text


def test_every_source_of_this_part_is_in_the_list_of_sources() -> None:
    page = exam_page(exam(Questionnaires(odi_percent=24)))
    for key in guard_sources(guard_of(exam(Questionnaires(odi_percent=24)))):
        assert load().sources[key].citation.replace("&", "&amp;") in page


def test_without_answers_there_is_no_part_about_totals() -> None:
    calm = replace(sample.assessment(), scores=())
    assert guard_of(calm).cards == ()
    assert 'id="totals"' not in exam_page(calm)


def test_a_stopped_exam_shows_the_clinicians_line_and_no_stop_rules() -> None:
    stopped = sample.stopped_assessment()
    safety = screen(Screening(answered=True, yes=frozenset({"saddle_numbness"})), {})
    page = outline(exam_page(replace(stopped, safety=safety)))
    assert load().screening["saddle_numbness"].clinician in page.text
    assert load().stop_headings.title not in page.text


def test_flags_carry_their_clinicians_line_on_the_page() -> None:
    answers = frozenset({"morning_stiffness", "inflammation_signs"})
    safety = screen(Screening(answered=True, yes=answers), {})
    page = outline(exam_page(replace(exam(), safety=safety))).text
    assert load().screening_clusters["inflamed_spine"].clinician in page


def test_a_total_is_written_with_the_end_of_its_scale() -> None:
    found = {one.id: score_text(one) for one in exam(Questionnaires(odi_percent=22.25)).scores}
    assert found == {"nprs_now": "3 of 10", "nprs_worst": "6 of 10", "odi": "22.2 %"}
