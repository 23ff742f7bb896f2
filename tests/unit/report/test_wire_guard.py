"""Safety flags, stop rules and questionnaires in the JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from primemover.findings import screen
from primemover.knowledge import load
from primemover.model.outcome import Activity, Questionnaires, RmdqAnswers
from primemover.model.session import Pain, Screening, Session
from primemover.outcomes import score_all
from primemover.plan.stopping import stop_rules
from primemover.report import assessment_to_json
from primemover.report.contract import ExamJson
from primemover.report.files import json_bytes
from tests.unit.report import sample

ANSWERS = Questionnaires(
    activities=(Activity(name="put on socks", rating=4), Activity(name="sit", rating=6)),
    rmdq=RmdqAnswers(yes=frozenset({3, 9}), left_out=frozenset(range(11, 20))),
    odi_percent=24,
    start_back=5,
)


def told() -> dict[str, Any]:
    session = Session(pain=Pain(now=3), questionnaires=ANSWERS)
    exam = replace(
        sample.assessment(),
        session=session,
        scores=score_all(session),
        stop_rules=stop_rules(),
        safety=screen(
            Screening(answered=True, yes=frozenset({"morning_stiffness", "inflammation_signs"})), {}
        ),
    )
    data = json_bytes(assessment_to_json(exam))
    ExamJson.model_validate_json(data)
    found: dict[str, Any] = json.loads(data)
    return found


def test_every_total_stands_in_the_json_with_its_smallest_changes() -> None:
    scores = {one["id"]: one for one in told()["questionnaires"]}
    assert set(scores) == {"nprs_now", "psfs", "rmdq", "odi", "start_back"}
    assert scores["psfs"]["value"] == 5.0
    assert (scores["psfs"]["mdc"], scores["psfs"]["mic"]) == (3.0, 2.3)
    assert scores["psfs"]["higher_is"] == "better"
    assert scores["odi"]["category"] == "moderate"
    assert scores["start_back"]["mdc"] is None


def test_a_total_that_could_not_be_made_is_null_with_its_reason_and_its_ends() -> None:
    rmdq = {one["id"]: one for one in told()["questionnaires"]}["rmdq"]
    assert rmdq["value"] is None
    assert "only 15 of 24" in rmdq["why"]
    assert (rmdq["possible_low"], rmdq["possible_high"]) == (2.0, 11.0)


def test_the_stop_rules_stand_in_the_json_worst_first() -> None:
    rules = told()["stop_rules"]
    assert rules[0]["level"] == "emergency"
    assert rules[-1]["level"] == "carry_on"
    assert all(one["action"] and one["then"] and one["clinician"] for one in rules)


def test_a_cluster_names_its_answers_and_how_soon_to_act() -> None:
    flags = {one["id"]: one for one in told()["safety"]["flags"]}
    cluster = flags["inflamed_spine"]
    assert cluster["together"] == ["morning_stiffness", "inflammation_signs"]
    assert cluster["within"] == "weeks"
    assert cluster["clinician"] == load().screening_clusters["inflamed_spine"].clinician


def test_json_without_the_new_keys_still_follows_the_contract() -> None:
    data = told()
    del data["questionnaires"], data["stop_rules"]
    for flag in data["safety"]["flags"]:
        del flag["clinician"], flag["within"], flag["together"]
    ExamJson.model_validate_json(json_bytes(data))
