from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from primemover.errors import NotFoundError, SessionFileError
from primemover.model.finding import FindingStatus
from primemover.model.measure import Instrument
from primemover.model.retest import ChangeKind, Retest, Shift, StepMove, Visit
from primemover.pipeline.exam import examine
from primemover.pipeline.options import Options
from primemover.pipeline.saved_exam import visit_of_saved
from primemover.pipeline.session_file import read_session
from primemover.pipeline.visit_files import open_visit, visit_from
from primemover.pipeline.visits import compare, date_of, visit_of
from primemover.report.files import json_bytes
from primemover.report.wire import assessment_to_json
from tests.unit.report import sample

EXAMPLES = Path(__file__).parents[3] / "examples" / "retest"


def saved(name: str) -> dict[str, Any]:
    """Return an example as `primemover exam --json` writes it."""
    session = read_session(EXAMPLES / f"{name}.toml")
    made = assessment_to_json(examine(session, options=Options()).assessment)
    loaded: dict[str, Any] = json.loads(json_bytes(made))
    return loaded


def from_file(name: str) -> Visit:
    return visit_from(open_visit(EXAMPLES / f"{name}.toml"), options=Options())


@pytest.fixture(scope="module")
def pair() -> Retest:
    return compare([from_file("first"), from_file("second")])


def test_the_example_shows_each_of_the_four_verdicts(pair: Retest) -> None:
    kinds = {one.id: one.kind for one in pair.changes}
    assert kinds["hip_rotation_active_left"] is ChangeKind.REAL
    assert kinds["hip_rotation_active_right"] is ChangeKind.WITHIN_ERROR
    assert kinds["hip_extension_left"] is ChangeKind.INSTRUMENT_CHANGED
    assert kinds["knee_to_wall_left"] is ChangeKind.NOT_MEASURED_AGAIN
    moves = {one.step: one.move for one in pair.steps}
    assert moves == {
        1: StepMove.HOLD,
        2: StepMove.MOVE_ON,
        3: StepMove.HOLD,
        4: StepMove.HOLD,
        5: StepMove.HOLD,
    }


def test_the_examples_findings_change_only_where_a_measure_did(pair: Retest) -> None:
    real = {one.id for one in pair.changes if one.kind is ChangeKind.REAL}
    pains = {f"pain_{one}" for one in ("now", "worst", "during", "after")}
    told = [one for one in pair.findings if one.shift in {Shift.NEW, Shift.GONE}]
    assert told
    assert all(one.supported_by and set(one.supported_by) <= real | pains for one in told)


def test_a_saved_result_says_the_same_as_its_session(pair: Retest) -> None:
    first, second = (
        visit_of_saved(saved(name), name=f"{name}.toml") for name in ("first", "second")
    )
    again = compare([first, second])
    assert again.headline == pair.headline
    assert [one.plain for one in again.changes] == [one.plain for one in pair.changes]
    assert [one.clinician for one in again.changes] == [one.clinician for one in pair.changes]
    assert again.scores == pair.scores
    assert again.findings == pair.findings
    assert again.states == pair.states
    assert again.steps == pair.steps
    assert again.notes == pair.notes


def test_a_film_that_is_gone_is_compared_from_its_saved_numbers() -> None:
    filmed = sample.assessment()
    dated = replace(filmed, session=replace(filmed.session, date="2026-09-07"))
    raw = json.loads(json_bytes(assessment_to_json(dated)))
    found = visit_of_saved(raw, name="film.json")
    direct = visit_of(dated, name="film.json")
    assert found.network == direct.network != ""
    assert found.steps == direct.steps
    assert [(one.id, one.state) for one in found.states] == [
        (one.id, one.state) for one in direct.states
    ]
    for key, measure in direct.measures.items():
        told = found.measures[key]
        assert told.instrument is measure.instrument
        assert told.is_known is measure.is_known
        if measure.is_known:
            assert told.value == pytest.approx(measure.value, abs=1e-5)
            assert told.interval == pytest.approx(measure.interval, abs=1e-5)


def test_every_kind_of_unit_comes_back_as_it_went() -> None:
    raw = saved("first")
    shown = {"bar_speed_peak": ("m/s", 1.4), "hip_moment_peak": ("N·m", 410.0)}
    for name, (unit, value) in shown.items():
        raw["measures"][name] = {
            "value": value,
            "se": value / 10.0,
            "unit": unit,
            "status": "measured",
            "why": "",
            "label": name,
            "side": "none",
            "instrument": "video",
            "low": 0.5 * value,
            "high": 1.1 * value,
        }
    found = visit_of_saved(raw, name="first.json").measures
    assert [found[name].value for name in shown] == [1.4, 410.0]
    assert found["hip_moment_peak"].interval == pytest.approx((205.0, 451.0))
    assert found["fingertip_to_floor"].value == pytest.approx(0.0567, abs=1e-4)
    assert found["hip_rotation_active_left"].value == pytest.approx(math.radians(29.0))
    assert found["hip_rotation_active_left"].bounds is None


def test_a_result_of_an_earlier_version_takes_every_typed_value_as_a_lay_readers() -> None:
    old = saved("first")
    for key in ("session", "questionnaires", "stop_rules"):
        del old[key]
    found = visit_of_saved(old, name="old.json")
    assert found.read_by_lay is None
    assert found.scores == ()
    newer = visit_of_saved(saved("second"), name="new.json")
    change = next(one for one in compare([found, newer]).changes if one.id == "sorensen_hold")
    assert change.lay


def test_keys_and_measures_of_a_later_version_are_left_alone() -> None:
    raw = saved("first")
    raw["something_new"] = {"a": 1}
    raw["findings"][0]["something_new"] = 1
    raw["measures"]["measure_of_tomorrow"] = raw["measures"]["sorensen_hold"]
    found = visit_of_saved(raw, name="first.json")
    assert "measure_of_tomorrow" not in found.measures
    assert "sorensen_hold" in found.measures


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"schema_version": 2}, "unknown_schema"),
        ({"schema_version": "1"}, "unknown_schema"),
        ({"kind": "deadlift"}, "not_an_exam"),
        ({"kind": "error"}, "not_an_exam"),
        ({"measures": 3}, "damaged_result"),
        ({"date": ""}, "no_date"),
        ({"date": "last week"}, "bad_date"),
    ],
)
def test_a_file_that_is_no_exam_of_this_schema_is_refused_with_its_reason(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps({**saved("first"), **change}), encoding="utf-8")
    with pytest.raises(SessionFileError) as raised:
        visit_from(open_visit(path), options=Options())
    assert raised.value.reason == reason
    assert "result.json" in str(raised.value)


def test_a_measure_in_a_wrong_unit_is_refused() -> None:
    raw = saved("first")
    raw["measures"]["fingertip_to_floor"]["unit"] = "deg"
    with pytest.raises(SessionFileError, match="expected 'cm'"):
        visit_of_saved(raw, name="first.json")


def test_a_session_in_json_is_a_session_and_not_a_result(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_text(json.dumps({"date": "2026-09-07", "pain": {"now": 3}}), encoding="utf-8")
    opened = open_visit(path)
    assert opened.saved is None
    assert opened.session is not None
    assert opened.session.pain.now == 3


@pytest.mark.parametrize(("text", "words"), [("{", "not valid JSON"), ("\xff", "not a text")])
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SessionFileError, match=words):
        open_visit(path)
    with pytest.raises(NotFoundError):
        open_visit(tmp_path / "nowhere.json")


@pytest.mark.parametrize("text", ["2026-09-07", " 2026-09-07 ", "2026-09-07T10:30"])
def test_a_date_may_stand_with_a_time(text: str) -> None:
    assert date_of(text, name="x").isoformat() == "2026-09-07"


def test_a_session_knows_what_a_lay_person_read() -> None:
    session = read_session(EXAMPLES.parent / "right-side-only.toml")
    lay = {one.measure_id for one in session.readings if one.by_lay_person}
    assert session.read_by_lay == frozenset(lay)
    assert read_session(EXAMPLES / "first.toml").read_by_lay == frozenset()


def test_what_was_not_read_by_hand_is_not_a_lay_persons() -> None:
    raw = saved("first")
    del raw["session"]
    video = raw["measures"]["hip_rotation_active_left"] | {"instrument": "video"}
    raw["measures"]["hip_rotation_active_left"] = video
    found = visit_of_saved(raw, name="a")
    later = replace(found, date=found.date.replace(year=2027), name="b")
    change = next(
        one for one in compare([found, later]).changes if one.id == "hip_rotation_active_left"
    )
    assert change.before is not None
    assert change.before.instrument is Instrument.VIDEO
    assert not change.lay


def test_an_exam_that_safety_stopped_brings_its_stop_and_no_findings() -> None:
    stopped = sample.stopped_assessment()
    dated = replace(stopped, session=replace(stopped.session, date="2026-09-07"))
    direct = visit_of(dated, name="x")
    from_saved = visit_of_saved(json.loads(json_bytes(assessment_to_json(dated))), name="x")
    for found in (direct, from_saved):
        assert found.stops_exam
        assert found.stopped
        assert found.findings == ()
        assert found.states == ()
    assert FindingStatus.PRESENT not in {one.status for one in direct.findings}
