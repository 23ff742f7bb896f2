from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from primemover.knowledge import load
from primemover.knowledge.retest_integrity import retest_problems


def test_every_measure_has_exactly_one_aim() -> None:
    assert list(retest_problems(load())) == []
    named = [name for row in load().aims for name in row.measures]
    assert sorted(named) == sorted(load().measures)


def test_a_measure_without_an_aim_or_with_two_is_found() -> None:
    knowledge = load()
    fewer = replace(knowledge, aims=knowledge.aims[1:])
    twice = replace(knowledge, aims=(*knowledge.aims, knowledge.aims[0]))
    assert any("has 0 aims" in fault for fault in retest_problems(fewer))
    assert any("has 2 aims" in fault for fault in retest_problems(twice))


def test_an_unknown_measure_or_a_wrong_unit_is_found() -> None:
    knowledge = load()
    aim, day = knowledge.aims[0], knowledge.days[0]
    in_cm = replace(knowledge, aims=(replace(aim, unit="cm"), *knowledge.aims[1:]))
    orphan = replace(knowledge, days=(replace(day, measures=("nothing",)), *knowledge.days[1:]))
    assert any("'cm'" in fault for fault in retest_problems(in_cm))
    assert any("nothing" in fault for fault in retest_problems(orphan))


def test_an_aim_without_words_or_upside_down_is_found() -> None:
    knowledge = load()
    aim = knowledge.aims[0]
    silent = replace(knowledge, aims=(replace(aim, words=""), *knowledge.aims[1:]))
    turned = replace(knowledge, aims=(replace(aim, low=60.0, high=40.0), *knowledge.aims[1:]))
    assert any("needs its words" in fault for fault in retest_problems(silent))
    assert any("ends before it begins" in fault for fault in retest_problems(turned))


@pytest.mark.parametrize("name", list(load().retest_texts.__dataclass_fields__))
def test_every_sentence_can_be_filled_in_and_ends(name: str) -> None:
    text: str = getattr(load().retest_texts, name)
    assert [field for _, field, _, _ in Formatter().parse(text) if field == ""] == []
    assert text.strip().endswith((".", "}", ")")) or name in {"from_readings", "day_unknown", "lay"}


def test_exit_tests_and_aims_agree_on_their_lines() -> None:
    """Where an exit test asks for a value, the aim must not call reaching it away from the aim."""
    aims = {name: row for row in load().aims for name in row.measures}
    for row in load().exits.values():
        for way in row.any:
            aim = aims[way.measure]
            if way.kind == "at_least":
                assert aim.high is None or way.value <= aim.high
                assert aim.low is not None, way.measure
            if way.kind == "at_most":
                assert aim.low is None or way.value >= aim.low
