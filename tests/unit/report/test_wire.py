from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest

from primemover.model.measure import Instrument, Measure, Side, Status
from primemover.model.person import Person, Sex
from primemover.model.session import LiftFacts, Reading, Variant
from primemover.report import assessment_to_json, trial_to_json
from primemover.report.contract import ExamJson, TrialJson, json_schema
from primemover.report.files import json_bytes
from tests.unit.report import sample
from tests.unit.report.lifted import mechanics


def strict(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data after a trip through strict JSON text."""
    loaded: dict[str, Any] = json.loads(json_bytes(data))
    return loaded


@pytest.mark.parametrize(
    "make", [sample.assessment, sample.typed_assessment, sample.stopped_assessment]
)
def test_every_exam_follows_the_contract(make: Any) -> None:  # noqa: ANN401 - a function
    ExamJson.model_validate_json(json_bytes(assessment_to_json(make())))


@pytest.mark.parametrize("make", [sample.deadlift_trial, sample.bend_trial, sample.hip_trial])
def test_every_trial_follows_the_contract(make: Any) -> None:  # noqa: ANN401 - a function
    TrialJson.model_validate_json(json_bytes(trial_to_json(make())))


def test_a_deadlift_has_the_keys_of_the_contract() -> None:
    data = strict(trial_to_json(sample.deadlift_trial()))
    assert data["schema_version"] == 1
    assert data["kind"] == "deadlift"
    assert {"label", "yaw_deg", "yaw_se_deg", "accepted"} <= set(data["view"])
    assert set(data["task"]) >= {"looks_like", "probability"}
    instants = {"start_s", "lift_off_s", "knee_pass_s", "lockout_s", "end_s", "measures"}
    assert all(instants <= set(one) for one in data["repetitions"])
    assert len(data["repetitions"]) == 3
    finding = data["findings"][0]
    assert {"id", "status", "probability", "verdict", "sources"} <= set(finding)
    assert finding["id"] == "back_rounds"
    assert finding["status"] == "present"


def test_angles_are_in_degrees_and_lengths_in_centimetres() -> None:
    data = strict(trial_to_json(sample.deadlift_trial()))
    lumbar = data["measures"]["lumbar_flexion_bottom"]
    assert (lumbar["value"], lumbar["se"], lumbar["unit"]) == (33.0, 5.2, "deg")
    drift = data["measures"]["bar_drift"]
    assert (drift["value"], drift["unit"]) == (3.4, "cm")
    assert data["view"]["yaw_deg"] == pytest.approx(4.0)


def test_every_measure_tells_its_interval_in_the_unit_of_its_value() -> None:
    data = strict(assessment_to_json(sample.assessment()))
    repetitions = [one for trial in data["trials"] for one in trial["repetitions"]]
    parts = [data, *data["trials"], *repetitions]
    told = [measure for part in parts for measure in part["measures"].values()]
    known = [one for one in told if one["value"] is not None]
    for one in known:
        assert (one["low"] + one["high"]) / 2.0 == pytest.approx(one["value"], abs=1e-3)
        assert one["high"] - one["low"] == pytest.approx(3.29 * one["se"], abs=1e-3)
    assert {one["unit"] for one in known} == {"deg", "cm", "1"}
    assert "fingertip_to_floor" in data["measures"]


def test_a_number_without_error_has_no_interval() -> None:
    trial = sample.deadlift_trial()
    lumbar = replace(trial.measures["lumbar_flexion_bottom"], se=float("nan"))
    data = strict(trial_to_json(replace(trial, measures={"lumbar_flexion_bottom": lumbar})))
    told = data["measures"]["lumbar_flexion_bottom"]
    assert told["value"] == 33.0
    assert (told["se"], told["low"], told["high"]) == (None, None, None)


def test_json_of_an_earlier_version_still_follows_the_contract() -> None:
    data = strict(trial_to_json(sample.deadlift_trial()))
    repetitions = [one["measures"] for one in data["repetitions"]]
    for measures in (data["measures"], *repetitions):
        for one in measures.values():
            del one["low"], one["high"]
    TrialJson.model_validate_json(json_bytes(data))


def test_the_tilt_of_the_camera_stands_beside_the_yaw_null_where_unknown() -> None:
    trial = sample.deadlift_trial()
    assert trial.view is not None
    tilt = ("pitch_deg", "pitch_se_deg", "roll_deg", "roll_se_deg")
    assert all(strict(trial_to_json(trial))["view"][name] is None for name in tilt)
    view = replace(trial.view, pitch_rad=0.1, pitch_se_rad=0.02, roll_rad=-0.05, roll_se_rad=0.01)
    told = strict(trial_to_json(replace(trial, view=view)))["view"]
    assert [told[name] for name in tilt] == pytest.approx([5.7296, 1.1459, -2.8648, 0.573])


def test_what_was_not_measured_is_null_with_a_reason() -> None:
    data = strict(trial_to_json(sample.deadlift_trial()))
    missing = data["measures"]["thoracic_flexion_bottom"]
    assert missing["value"] is None
    assert missing["se"] is None
    assert (missing["low"], missing["high"]) == (None, None)
    assert missing["status"] == "not_measured"
    assert missing["why"] == "A hood stands off the upper back."
    assert strict(trial_to_json(sample.bend_trial()))["repetitions"][0]["knee_pass_s"] is None


def test_an_exam_has_the_keys_of_the_contract() -> None:
    data = strict(assessment_to_json(sample.assessment()))
    assert data["kind"] == "exam"
    assert data["hip_rotation"]["right"]["state"] == "control"
    assert data["hip_rotation"]["left"]["probabilities"]["control"] == pytest.approx(0.38)
    assert data["forward_bend"]["pattern"] == "mobile_compensating"
    assert data["forward_bend"]["direction"] == "over_rounded"
    assert data["pairing"] == "agree_control"
    assert [step["step"] for step in data["plan"]["steps"]] == [1, 2, 3, 4, 5]
    assert all(
        {"step", "needed", "why", "side", "exercises"} <= set(step)
        for step in data["plan"]["steps"]
    )
    assert data["safety"]["level"] == "clear"
    assert [trial["kind"] for trial in data["trials"]] == [
        "hip_rotation",
        "forward_bend",
        "deadlift",
    ]


def test_an_exam_tells_what_a_retest_needs_of_the_session() -> None:
    told = sample.typed_assessment()
    person = Person(sex=Sex.FEMALE, age_years=31.0, height_m=1.68, body_mass_kg=61.5)
    by_self = Reading(
        measure="hip_rotation_active",
        value=0.5,
        unit="rad",
        instrument=Instrument.PHONE,
        side=Side.LEFT,
    )
    lift = LiftFacts(bar_mass_kg=80.0, variant=Variant.SUMO)
    session = replace(told.session, person=person, readings=(by_self,), lift=lift)
    data = strict(assessment_to_json(replace(told, session=session)))
    assert data["session"] == {
        "person": {"sex": "female", "age_years": 31.0, "height_cm": 168.0, "body_mass_kg": 61.5},
        "lift": {"variant": "sumo", "bar_mass_kg": 80.0},
        "read_by_lay": ["hip_rotation_active_left"],
    }


def test_a_stopped_exam_reads_nothing_and_plans_nothing() -> None:
    data = strict(assessment_to_json(sample.stopped_assessment()))
    assert data["safety"]["level"] == "emergency"
    assert data["hip_rotation"] is None
    assert data["pairing"] is None
    assert data["plan"]["steps"] == []
    assert data["plan"]["stopped"]


def test_the_committed_schema_is_the_one_in_the_code() -> None:
    name = "schema/primemover-report-1.schema.json"
    committed = resources.files("primemover.report").joinpath(name).read_text("utf-8")
    assert json.loads(committed) == json_schema()


def test_the_mechanics_of_a_repetition_follow_the_contract() -> None:
    trial = replace(sample.deadlift_trial(), mechanics=(mechanics(1),))
    TrialJson.model_validate_json(json_bytes(trial_to_json(trial)))
    first, second, _ = strict(trial_to_json(trial))["repetitions"]
    assert first["mechanics"] is None
    told = second["mechanics"]
    assert told["closure_percent"] == pytest.approx(100.0 * mechanics(1).closure, abs=1e-3)
    hip = told["moment_largest_nm"]["hip"]
    assert 400.0 < hip["low"] < hip["middle"] < hip["high"] < 700.0
    assert [one["part"] for one in told["work"]] == [str(w.part) for w in mechanics(1).work]
    assert len(told["muscles"]) == len(mechanics(1).muscles)
    for one in told["muscles"]:
        share = one["force_share"]
        assert share["low"] <= share["middle"] <= share["high"]
    assert told["instants"][1]["instant"] == "lift_off"
    assert told["assumptions"] == list(mechanics(1).assumptions)


def test_a_lift_without_mechanics_says_null() -> None:
    data = strict(trial_to_json(sample.deadlift_trial()))
    assert [one["mechanics"] for one in data["repetitions"]] == [None] * 3


def test_an_estimate_tells_its_own_ends_in_its_own_unit() -> None:
    hip = Measure(
        id="hip_moment_peak",
        value=560.0,
        se=60.0,
        unit="N·m",
        status=Status.ESTIMATED,
        bounds=(470.0, 690.0),
    )
    closure = Measure(
        id="ground_reaction_residual", value=0.004, se=0.001, unit="weight", bounds=(0.003, 0.006)
    )
    trial = replace(sample.deadlift_trial(), measures={one.id: one for one in (hip, closure)})
    told = strict(trial_to_json(trial))["measures"]
    assert [told[hip.id][key] for key in ("low", "value", "high", "unit")] == [
        470.0,
        560.0,
        690.0,
        "N·m",
    ]
    assert [told[closure.id][key] for key in ("low", "value", "high")] == [0.3, 0.4, 0.6]
    assert told[closure.id]["unit"] == "%"
