"""``primemover claims``, and ``docs/claims.md``: what the article says and what is known."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Final

import typer

from primemover.cli import choices
from primemover.cli.console import print_json, print_result
from primemover.errors import NotFoundError
from primemover.words import word

if TYPE_CHECKING:
    from primemover.knowledge.evidence_rows import ClaimRow

__all__ = ["claims", "claims_page"]

_SCHEMA_VERSION: Final = 1
_WIDTH: Final = 88  # as the summary's
_MADE: Final = (
    "<!-- Made by `python -m primemover.cli.docs`; change claims.toml, not this page. -->"
)
_TAGS: Final = {
    "read": "read in the publications, mostly their abstracts",
    "secondary": "read in somebody else's notes",
    "unverified": "from memory; verify before quoting",
    "default": "a choice of this project",
}


def claims(
    claim: Annotated[
        str, typer.Argument(metavar="[CLAIM]", help="A claim's letter, for all there is on it.")
    ] = "",
    *,
    json: choices.Json = False,
) -> None:
    """Say what the article claims, what is known of it and what PrimeMover does about it."""
    from primemover.knowledge import load  # noqa: PLC0415 - loads pydantic
    from primemover.report.wire_evidence import claims_to_json  # noqa: PLC0415 - as above

    rows = load().claims
    if claim and claim not in rows:
        raise NotFoundError(
            f"There is no claim {claim}; there are {', '.join(rows)}.", reason="claim"
        )
    if json:
        every = claims_to_json(())
        told = {claim: every[claim]} if claim else every
        print_json({"schema_version": _SCHEMA_VERSION, "kind": "claims", "claims": told})
        return
    lines = _in_full(rows[claim]) if claim else _in_short()
    print_result("\n".join(lines))


def claims_page() -> str:
    """Return the page of all claims as Markdown, made from the claims table."""
    from primemover.knowledge import load  # noqa: PLC0415 - as above

    texts = load().claim_texts
    parts = [_MADE, f"# {texts.title}\n", *textwrap.wrap(texts.intro, 100), ""]
    for row in load().claims.values():
        parts += [*_section(row), ""]
    return "\n".join(parts)


def _section(row: ClaimRow) -> list[str]:
    from primemover.knowledge import load  # noqa: PLC0415 - as above
    from primemover.report.names import citation  # noqa: PLC0415 - as above

    texts = load().claim_texts
    where = ", ".join(str(number) for number in row.paragraph)
    sources = "; ".join(citation(key) for key in row.sources)
    return [
        f"## {row.id}. {row.idea}",
        "",
        f"- **{texts.article}**: paragraph {where} of the article, in our words above.",
        f"- **{texts.known}**: {word('report.verdict', row.verdict.value)}. {row.known}",
        f"- **{texts.product}**: {row.product}",
        f"- **{texts.clinician}**: {row.clinician}",
        f"- {_beside(row)}",
        f"- **Sources** ({_TAGS[row.tag]}): {sources}.",
    ]


def _beside(row: ClaimRow) -> str:
    from primemover.knowledge import load  # noqa: PLC0415 - as above
    from primemover.report.claims import places_of  # noqa: PLC0415 - as above

    texts = load().claim_texts
    if row.page_only:
        return f"**{texts.beside_nothing}**: {row.page_only}"
    return f"**{texts.beside}**: {'; '.join(places_of(row.id))}."


def _in_short() -> list[str]:
    from primemover.knowledge import load  # noqa: PLC0415 - as above

    lines = [load().claim_texts.title, ""]
    for row in load().claims.values():
        lines += _wrapped(f"{row.id:<3} {row.idea}", indent="    ", first="")
        lines += _wrapped(
            f"{word('report.verdict', row.verdict.value)}. {row.known}", indent="    "
        )
    return lines


def _in_full(row: ClaimRow) -> list[str]:
    plain = (line.replace("**", "").removeprefix("## ") for line in _section(row) if line)
    return [line for text in plain for line in _wrapped(text, indent="  ", first="")]


def _wrapped(text: str, *, indent: str, first: str | None = None) -> list[str]:
    start = indent if first is None else first
    return textwrap.wrap(text, _WIDTH, initial_indent=start, subsequent_indent=indent)
