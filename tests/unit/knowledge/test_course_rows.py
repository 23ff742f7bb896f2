"""The course's rows: numbers of clinical.md where it has them, and faults that are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from primemover.knowledge import load
from primemover.knowledge.course_rows import CourseTexts
from primemover.knowledge.integrity import problems
from primemover.knowledge.programme_rows import Dose
from primemover.plan.ladder import followers


def _with_exercise(name: str, **changes: object) -> tuple[str, ...]:
    known = load()
    row = replace(known.exercises[name], **changes)  # type: ignore[arg-type]
    return problems(replace(known, exercises={**known.exercises, name: row}))


def test_there_are_at_least_forty_exercises_with_all_they_need() -> None:
    rows = load().exercises.values()
    assert len(rows) >= 40
    for row in rows:
        assert all((row.positions, row.muscles, row.actions, row.cue, row.cheat, row.must_not))
        assert row.sources


def test_every_exercise_is_reached_from_one_that_begins_the_step() -> None:
    rows = load().exercises
    reached = {row.id for row in rows.values() if not row.follows}
    while more := {name for one in reached for name in followers(one)} - reached:
        reached |= more
    assert reached == set(rows)


def test_a_ring_of_exercises_is_found() -> None:
    faults = _with_exercise("glute_bridge", follows="single_leg_bridge_ex", level=1)
    assert any("nobody can reach it" in fault for fault in faults)


def test_an_exercise_two_levels_above_the_one_before_is_found() -> None:
    assert any("two levels" in fault for fault in _with_exercise("side_plank", level=2))


def test_a_hard_exercise_that_follows_nothing_is_found() -> None:
    assert any("follows nothing" in fault for fault in _with_exercise("hip_thrust", follows=""))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sets": (3, 3), "rest_s": 0.0, "per_week": 3},
        {"sets": (3, 3), "rest_s": 0.0, "per_week": 3, "reps": (8, 8), "seconds": (30, 30)},
        {"sets": (3, 2), "rest_s": 0.0, "per_week": 3, "reps": (8, 8)},
    ],
)
def test_a_dose_that_counts_nothing_or_falls_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="dose"):
        Dose(**wrong)


def test_the_stages_of_the_lift_have_the_doses_of_the_evidence_base() -> None:
    doses = {stage.stage: stage.dose for stage in load().lift_stages.values()}
    told = {k: (d.sets, d.reps, d.rpe) for k, d in doses.items() if d is not None}
    assert told == {
        1: ((3, 3), (8, 10), (5, 6)),
        2: ((3, 3), (6, 8), (6, 7)),
        3: ((3, 4), (5, 6), (7, 8)),
    }


def test_the_rules_keep_to_the_published_bounds() -> None:
    rules = load().course_rules
    assert 0.05 <= rules.load_up <= rules.load_up_easy <= 0.10
    assert 0.20 <= rules.load_down <= 0.40
    assert rules.effort_up_to == 7
    assert rules.green_sessions == rules.calm_sessions == 2
    assert 2 <= rules.retest_weeks <= 3
    assert rules.weeks >= 12
    assert all(gap.tag == "default" for gap in load().gaps)


def test_an_exit_test_of_an_unknown_measure_or_unit_is_found() -> None:
    known = load()
    row = known.exits["ankle_ten"]
    for way in (replace(row.any[0], measure="ankle"), replace(row.any[0], unit="m")):
        broken = replace(row, any=(way,))
        faults = problems(replace(known, exits={**known.exits, row.id: broken}))
        assert any("exit test ankle_ten" in fault for fault in faults)


def test_advice_for_an_unknown_finding_or_exercise_is_found() -> None:
    known = load()
    row = replace(known.lift_advice["bar_drifts"], finding="bar_sings", prefers=("glute_bridge",))
    faults = problems(replace(known, lift_advice={**known.lift_advice, "bar_drifts": row}))
    assert any("bar_sings" in fault for fault in faults)
    assert any("prefers glute_bridge" in fault for fault in faults)


def test_every_text_of_the_course_is_used() -> None:
    from pathlib import Path  # noqa: PLC0415 - only here

    import primemover.plan  # noqa: PLC0415 - same

    folder = Path(primemover.plan.__file__).parent
    code = "".join(path.read_text() for path in folder.rglob("*.py"))
    unused = [name for name in CourseTexts.__dataclass_fields__ if name not in code]
    assert unused == []
