"""The command line's pages are made from the code and are up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from primemover import errors
from primemover.cli.docs import cli_page, commands, errors_page

_DOCS = Path(__file__).parents[2] / "docs"
_AGAIN = "run `python -m primemover.cli.docs`"


def test_the_command_page_is_up_to_date() -> None:
    assert (_DOCS / "cli.md").read_text(encoding="utf-8") == cli_page(), _AGAIN


@pytest.mark.parametrize(
    ("path", "one"), list(commands()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_command_and_option_is_on_the_page(path: str, one: object) -> None:
    page = (_DOCS / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"## `{path}`\n")[2].partition("\n## ")[0]
    assert section, f"{path}: {_AGAIN}"
    for option in one.params:  # type: ignore[attr-defined] # Typer's class is private
        if option.name not in {"install_completion", "show_completion"}:
            is_argument = option.param_type_name == "argument"
            names = [option.metavar or option.name.upper()] if is_argument else option.opts
            assert all(f"`{name}`" in section for name in names), f"{option.opts}: {_AGAIN}"
            assert option.help, f"{path} {option.opts} has no help"


def test_every_error_code_is_on_the_page_with_its_statuses() -> None:
    page = (_DOCS / "errors.md").read_text(encoding="utf-8")
    for name in errors.__all__:
        kind = vars(errors)[name]
        assert f"| `{kind.code}` | {kind.exit_status} | {kind.http_status} |" in page, _AGAIN


def test_every_reason_in_the_code_is_on_the_page() -> None:
    page = (_DOCS / "errors.md").read_text(encoding="utf-8")
    rows = [row for row in errors_page().splitlines() if row.startswith("| `")]
    missing = [row for row in rows if row.split("|")[1].strip() not in page]
    assert missing == [], _AGAIN
