"""docs/decisions.md and the golden file of the decision table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from validation.pages import markdown_table, put_section
from validation.reading.decisions import summary

__all__ = ["GOLDEN", "PAGE", "golden_text", "table_section", "write_decisions"]

_ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = _ROOT / "docs" / "decisions.md"
GOLDEN: Final = _ROOT / "tests" / "golden" / "decisions.json"
_NAME: Final = "decision table"
_HEAD: Final = (
    "#",
    "session",
    "left hip",
    "right hip",
    "bend",
    "both tests",
    "does not fit",
    "next",
    "plan, step by step",
)
_STATES: Final = ("left hip", "right hip", "bend", "both tests")

Row = Mapping[str, Any]


def write_decisions(rows: Sequence[Row], *, page: Path = PAGE, golden: Path = GOLDEN) -> None:
    """Write the golden file and put the table into the page."""
    golden.parent.mkdir(parents=True, exist_ok=True)
    golden.write_text(golden_text(rows), encoding="utf-8")
    put_section(page, _NAME, table_section(rows))


def golden_text(rows: Sequence[Row]) -> str:
    """Return the golden file: a list of rows, one per line, so that a change shows as a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def table_section(rows: Sequence[Row]) -> str:
    """Return the table, one heading a group."""
    parts = [f"**{summary(rows)}**"]
    numbered = list(enumerate(rows, start=1))
    for group in dict.fromkeys(row["group"] for row in rows):
        lines = [_line(number, row) for number, row in numbered if row["group"] == group]
        parts.append(f"### {group[:1].upper()}{group[1:]}\n\n{markdown_table(_HEAD, lines)}")
    return "\n\n".join(parts)


def _line(number: int, row: Row) -> tuple[str, ...]:
    out = row["out"]
    return (
        str(number),
        row["label"].replace("_", " "),
        *(out[key].replace("_", " ") for key in _STATES),
        "; ".join(one.replace("_", " ") for one in out["conflicts"]),
        "; ".join(_words(one) for one in out["next"]),
        _plan(out),
    )


def _words(text: str) -> str:
    return text.replace("_", " ").replace("+", ", ")


def _plan(out: Mapping[str, Any]) -> str:
    if out["plan"] == "stopped":
        return "stopped"
    steps = ", ".join(f"{step} {what}" for step, what in out["plan"].items())
    return f"{steps}; deadlift first" if out["deadlift first"] else steps
