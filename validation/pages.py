"""Put a generated section into a page that people also write in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["ACCURACY_PAGE", "markdown_table", "put_section", "section"]

ACCURACY_PAGE = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"


def put_section(page: Path, name: str, text: str) -> None:
    """Replace the section `name` of a page, or append it if the page has none.

    A section stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; whatever is outside
    is left as it is.
    """
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    begin, end = _marks(name)
    made = f"{begin}\n{text.strip()}\n{end}"
    if begin in old and end in old:
        before, rest = old.split(begin, 1)
        new = before + made + rest.split(end, 1)[1]
    else:
        new = f"{old.rstrip()}\n\n{made}\n".lstrip()
    page.write_text(new, encoding="utf-8")


def section(page: Path, name: str) -> str:
    """Return a section's text, empty if the page has none."""
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    begin, end = _marks(name)
    if begin not in old or end not in old:
        return ""
    return old.split(begin, 1)[1].split(end, 1)[0].strip()


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- begin {name} -->", f"<!-- end {name} -->"
