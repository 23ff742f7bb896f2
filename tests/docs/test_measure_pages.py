"""The page of measures is made from the table, and the table has every measure there is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import primemover
from primemover.exam.bend_measures import BEND_MEASURES
from primemover.exam.lift_measures import LIFT_MEASURES
from primemover.exam.mechanics.measures import MECHANICS_MEASURES
from primemover.knowledge import load
from primemover.knowledge.evidence_rows import MeasureRow
from validation.measure_pages import FILM_ERRORS, measures_page

_DOCS = Path(__file__).parents[2] / "docs"
_SRC = Path(primemover.__file__).parent
_AGAIN = "run `python -m validation.measure_pages --write`"
_SEATED = {
    f"{stem}_{mode}_{side}": "rad"
    for stem in ("hip_rotation", "shank_from_vertical", "shank_at_rest")
    for mode in ("active", "passive")
    for side in ("left", "right")
}
_FILMED = {
    **BEND_MEASURES,
    **LIFT_MEASURES,
    **MECHANICS_MEASURES,
    **_SEATED,
    "lumbar_share_of_own_bend": "1",
}
_ROWS = list(load().measures.values())


def named_in_code() -> Iterator[tuple[str, str]]:
    """Yield (file, id) of every measure that the code makes under a name written there."""
    for path in _SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            given = [keyword.value for keyword in node.keywords if keyword.arg == "id"]
            if node.func.id == "not_measured":
                given += node.args[:1]
            elif node.func.id != "Measure":
                continue
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield path.name, value.value


def test_the_page_of_measures_is_up_to_date() -> None:
    assert (_DOCS / "measures.md").read_text(encoding="utf-8") == measures_page(), _AGAIN


@pytest.mark.parametrize("measure_id", _FILMED)
def test_a_filmed_measure_has_a_row_of_its_unit_and_a_stated_error(measure_id: str) -> None:
    row = load().measure_of_id.get(measure_id)
    assert row is not None, f"{measure_id} has no row in measures.toml"
    assert row.unit == _FILMED[measure_id]
    assert row.id in FILM_ERRORS, f"{row.id}: say its error in validation/measure_pages.py"


def test_every_measure_named_in_the_code_has_a_row() -> None:
    found = list(named_in_code())
    assert len({measure_id for _, measure_id in found}) >= 3, "the search finds nothing any more"
    assert [pair for pair in found if pair[1] not in load().measure_of_id] == []


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.id)
def test_no_row_stands_for_a_measure_that_nobody_outputs(row: MeasureRow) -> None:
    typed = any(row.id in one.measures for one in load().precision)
    told = row.group in {"pain", "felt"}
    assert typed or told or row.derived is not None or row.id in FILM_ERRORS


def test_every_stated_film_error_belongs_to_a_row() -> None:
    assert set(FILM_ERRORS) <= set(load().measures)


@pytest.mark.parametrize("row", [r for r in _ROWS if r.unit == "rad"], ids=lambda row: row.id)
def test_every_angle_says_its_sign(row: MeasureRow) -> None:
    assert "+" in row.meaning or " minus " in row.meaning.lower()
