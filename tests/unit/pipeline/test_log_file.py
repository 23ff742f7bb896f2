from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from primemover.errors import NotFoundError, OutOfRangeError, SessionFileError, UnknownUnitError
from primemover.pipeline.log_file import parse_log, read_log


def entry(**told: object) -> dict[str, Any]:
    return {"id": "glute_bridge", **told}


def session(*exercises: dict[str, Any], **told: object) -> dict[str, Any]:
    return {"session": [{"day": 1, "exercise": list(exercises), **told}]}


def test_a_session_is_read_with_all_that_was_told() -> None:
    one = entry(sets=3, reps=8, load="60kg", pain=2, effort=6, too_easy=True)
    log = parse_log(session(one, pain_before=1, pain_next_day=2, symptoms=["muscle_soreness"]))
    done = log.sessions[0]
    assert (done.day, done.pain_before, done.pain_next_day) == (1, 1.0, 2.0)
    assert done.symptoms == {"muscle_soreness"}
    exercise = done.exercises[0]
    assert (exercise.sets, exercise.count, exercise.load_kg) == (3, 8, 60.0)
    assert (exercise.pain, exercise.effort, exercise.too_easy) == (2.0, 6.0, True)


def test_dates_become_days_of_the_course_in_order() -> None:
    raw = {
        "start": "2026-11-02",
        "session": [{"date": "2026-11-09"}, {"date": "2026-11-02"}],
        "test": [{"date": "2026-11-15", "entry": {"rib_control_hold": "30s"}}],
    }
    log = parse_log(raw)
    assert [one.day for one in log.sessions] == [1, 8]
    assert [one.day for one in log.tests] == [14]
    assert log.start == "2026-11-02"


def test_without_a_start_the_first_date_is_day_one() -> None:
    log = parse_log({"session": [{"date": "2026-11-05"}, {"date": "2026-11-04"}]})
    assert [one.day for one in log.sessions] == [1, 2]


def test_what_was_not_told_is_not_made_up() -> None:
    exercise = parse_log(session(entry())).sessions[0].exercises[0]
    assert (exercise.sets, exercise.count, exercise.pain, exercise.effort) == (None,) * 4


def test_tests_become_measures_with_their_errors() -> None:
    raw = {"test": [{"day": 14, "entry": {"by": "clinician", "hip_extension_left": [3, 4]}}]}
    measure = parse_log(raw).tests[0].measures["hip_extension_left"]
    assert measure.value == pytest.approx(3.5 * 3.14159 / 180, rel=1e-3)
    assert measure.se > 0


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "set of tables"),
        ({"sessions": []}, "sessions is not part of a training log; expected title, start"),
        (session(entry(rep=8)), "rep is not part of a training log; expected id, sets"),
        (session({"id": "glute_brige"}), "did you mean glute_bridge"),
        (session(entry(seconds=30)), "counted in reps, not in seconds"),
        (session(entry(pain=11)), "11 cannot be used"),
        (session(entry(pain=True)), "True cannot be used"),
        (session(entry(), entry()), "stands twice"),
        (session(symptoms=["headache_from_tv"]), "is not known"),
        ({"session": [{"day": 1}, {"day": 1}]}, "day 1 stands twice"),
        ({"session": [{"exercise": []}]}, "day is missing"),
        ({"session": [{"day": 1, "date": "2026-11-02"}]}, "not both"),
        ({"session": [{"day": 0}]}, "0 cannot be used"),
        ({"start": "2026-11-02", "session": [{"date": "2026-11-01"}]}, "before the start"),
        ({"test": [{"day": 3}]}, "holds no reading"),
        ({"cleared": [{"day": 3, "by": ""}]}, "cannot be used"),
    ],
)
def test_a_mistake_is_named_with_its_place(raw: Any, said: str) -> None:  # noqa: ANN401 - parsed TOML
    with pytest.raises(SessionFileError, match=said) as told:
        parse_log(raw, name="log.toml")
    assert str(told.value).startswith("log.toml: ")
    assert told.value.reason == "training_log"


def test_a_load_without_a_unit_or_beyond_belief_is_refused() -> None:
    with pytest.raises(UnknownUnitError):
        parse_log(session(entry(load=60)))
    with pytest.raises(OutOfRangeError):
        parse_log(session(entry(load="9000kg")))


def test_files_that_are_no_logs_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_log(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[[session]\n")
    with pytest.raises(SessionFileError, match="not valid TOML"):
        read_log(broken)
    film = tmp_path / "film.toml"
    film.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SessionFileError, match="not a text file"):
        read_log(film)
    good = tmp_path / "log.json"
    good.write_text('{"session": [{"day": 2}]}')
    assert read_log(good).sessions[0].day == 2
