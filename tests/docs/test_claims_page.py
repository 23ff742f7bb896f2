"""The page of the article's claims is made from the table and is up to date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from primemover.cli.claims import claims_page
from primemover.cli.main import run
from primemover.knowledge import load
from primemover.knowledge.evidence_rows import ClaimRow
from primemover.report.names import citation

_PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
_AGAIN = "run `python -m primemover.cli.docs`"
_ROWS = list(load().claims.values())


def test_the_page_of_claims_is_up_to_date() -> None:
    assert _PAGE.read_text(encoding="utf-8") == claims_page(), _AGAIN


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.id)
def test_every_claim_stands_on_the_page_with_all_there_is_to_it(row: ClaimRow) -> None:
    section = claims_page().partition(f"\n## {row.id}. ")[2].partition("\n## ")[0]
    for text in (row.idea, row.known, row.product, row.clinician):
        assert text in section
    assert all(citation(key) in section for key in row.sources)


def test_the_command_prints_all_claims_or_one_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claims"]) == 0
    short = " ".join(capsys.readouterr().out.split())
    assert all(row.known in short for row in _ROWS)
    assert run(["claims", "g"]) == 0
    full = " ".join(capsys.readouterr().out.split())
    assert load().claims["g"].clinician in full


def test_the_command_gives_claims_as_json_and_refuses_one_that_is_not_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["claims", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told["claims"]) == [row.id for row in _ROWS]
    assert run(["claims", "zz"]) == 5
    assert "no claim zz" in capsys.readouterr().err
