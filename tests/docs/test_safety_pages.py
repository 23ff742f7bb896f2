"""The pages for reviewing clinicians are made from the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from primemover.knowledge import load
from validation.safety_pages import pages

_DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["safety.md", "questionnaires.md"])
def test_the_page_is_up_to_date(name: str) -> None:
    written = (_DOCS / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run `python -m validation.safety_pages --write`"


def test_every_row_stands_on_the_page_of_safety() -> None:
    page = pages()["safety.md"]
    known = load()
    for table in (known.screening, known.screening_clusters, known.stop_rules):
        assert [name for name in table if f"| `{name}` |" not in page] == []


def test_every_questionnaire_says_its_licence() -> None:
    page = pages()["questionnaires.md"]
    for row in load().questionnaires.values():
        assert row.licence in page
