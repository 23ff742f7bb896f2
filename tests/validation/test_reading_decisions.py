"""The decision table is made anew and compared; for the article's cases the answer is its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from primemover.knowledge import load
from validation.pages import section
from validation.reading.decisions import BENDS, HIPS, decide_all
from validation.reading.decisions_page import GOLDEN, PAGE, golden_text, table_section

_AGAIN = "run `python -m validation.reading decisions --write` and read what changed"
_ARTICLE = {
    ("control", "mobile_compensating"): "agree_control",
    ("socket", "hip_blocked"): "agree_socket",
    ("target_met", "even"): "clear",
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return decide_all()


def kept() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


def key(row: dict[str, Any]) -> str:
    return json.dumps(row["in"], sort_keys=True)


def mirrored(row: dict[str, Any]) -> dict[str, Any]:
    swapped = json.dumps(row).replace("left", "\0").replace("right", "left").replace("\0", "right")
    found: dict[str, Any] = json.loads(swapped)
    return found


def test_every_row_comes_out_as_it_was_reviewed(rows: list[dict[str, Any]]) -> None:
    changed = [
        f"{new['label']}: {new['out']} was {old['out']}"
        for new, old in zip(rows, kept(), strict=True)
        if new != old
    ]
    assert changed == [], _AGAIN


def test_the_files_are_what_the_command_writes(rows: list[dict[str, Any]]) -> None:
    assert GOLDEN.read_text(encoding="utf-8") == golden_text(rows), _AGAIN
    assert section(PAGE, "decision table") == table_section(rows), _AGAIN


def test_there_are_at_least_two_hundred_different_sessions() -> None:
    assert len({key(row) for row in kept()}) >= 200


def test_every_state_pattern_and_pairing_occurs() -> None:
    table = kept()
    for place, names in (
        ("left hip", load().hip_states),
        ("right hip", load().hip_states),
        ("bend", load().bend_patterns),
    ):
        called = {row["out"][place].split()[0] for row in table}
        assert set(names) <= called
    both = {row["out"]["both tests"].split()[0] for row in table}
    assert both == {"agree_control", "agree_socket", "clear", "disagree", "open:"}


@pytest.mark.parametrize("state", HIPS)
@pytest.mark.parametrize("pattern", BENDS)
def test_for_every_pair_the_answer_is_the_articles(state: str, pattern: str) -> None:
    label = f"both hips {state}, bend {pattern}"
    (row,) = [row for row in kept() if row["label"] == label]
    expected = _ARTICLE.get((state, pattern), "disagree")
    assert row["out"]["left hip"].split()[0] == row["out"]["right hip"].split()[0] == state
    assert row["out"]["bend"].split()[0] == pattern
    assert row["out"]["both tests"].split()[0] == expected


def test_a_mirrored_session_has_the_mirrored_answer() -> None:
    by_input = {key(row): row for row in kept()}
    pairs = 0
    for row in kept():
        other = mirrored(row)
        twin = by_input.get(key(other))
        if twin is None or twin["label"] == row["label"]:
            continue
        pairs += 1
        for out in (other["out"], twin["out"]):
            out["findings"] = sorted(out["findings"])
        assert twin["out"] == other["out"], row["label"]
    assert pairs >= 50


def test_only_the_limited_hip_is_trained_into_rotation() -> None:
    rows = [row for row in kept() if row["group"] == "one hip only"]
    assert len(rows) == 24
    for row in rows:
        assert row["out"]["plan"]["4"] == row["label"].split()[0]


def test_no_instrument_turns_one_state_into_another() -> None:
    for row in kept():
        if row["group"] != "instruments and who reads them":
            continue
        state = row["label"].partition("hips ")[2].partition(",")[0]
        assert row["out"]["left hip"].split()[0] in (state, "open:")


def test_a_possible_gap_is_open_and_a_real_one_is_called() -> None:
    rows = {r["label"]: r["out"]["left hip"] for r in kept() if "inclinometer, c" in r["group"]}
    for gap, said in ((3, "target_met"), (5, "open:"), (7, "open:"), (9, "open:"), (11, "control")):
        found = rows[f"both hips passive 50, active {50 - gap:g}, no bend"]
        assert found.split()[0] == said


def test_whoever_is_stopped_is_not_asked_to_lift() -> None:
    stopped = [row for row in kept() if row["out"]["plan"] == "stopped"]
    assert len(stopped) >= 3
    assert not any(one.startswith("film_lift") for row in stopped for one in row["out"]["next"])
