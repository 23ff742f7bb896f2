"""The page about the training log: its example is read, its symptoms are the rules'."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from primemover.knowledge import load
from primemover.pipeline.log_file import parse_log
from validation.pages import markdown_table, section

_PAGE = Path(__file__).parents[2] / "docs" / "training-log.md"


def test_the_example_is_a_log() -> None:
    example = re.search(r"```toml\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    log = parse_log(tomllib.loads(example.group(1)))
    assert [one.day for one in log.sessions] == [1]
    assert {one.id for one in log.sessions[0].exercises} == {"glute_bridge", "side_plank_knees"}
    assert [one.day for one in log.tests] == [14]
    assert "rib_control_hold" in log.tests[0].measures
    assert [one.by for one in log.clearances] == ["my physical therapist"]


def test_every_symptom_that_can_be_logged_is_on_the_page() -> None:
    rows = [
        (f"`{row.id}`", row.label, str(row.level).replace("_", " "), str(row.ends))
        for row in load().stop_rules.values()
        if row.when is None
    ]
    assert section(_PAGE, "symptoms") == markdown_table(("id", "what", "level", "ends"), rows)
